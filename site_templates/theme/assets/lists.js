// Lists: filter rows by the words in the address (#f-late,d02), sort by a click on a heading, and
// open the rule that an address names. Without this script every row stands on the page.
//
// An address is #f-word,word&key=value: rows that carry all these words, and whatever else a grid
// keeps in it (see grid.js). Chips are links to addresses, so that "back" and "open in a new tab"
// do what they should.
"use strict"

const xfLists = (() => {
  function decoded(text) {
    try {
      return decodeURIComponent(text)
    } catch {
      return text // cut or typed by hand
    }
  }

  function read() {
    const state = { words: [], params: new Map() }
    if (!location.hash.startsWith("#f-")) return state
    const [words, ...pairs] = location.hash.slice(3).split("&")
    state.words = [...new Set(decoded(words).split(",").filter(Boolean))]
    for (const pair of pairs) {
      const at = pair.indexOf("=")
      if (at > 0 && at < pair.length - 1) state.params.set(pair.slice(0, at), decoded(pair.slice(at + 1)))
    }
    return state
  }

  function address(words, params) {
    const pairs = [...params].map(([key, value]) => `&${key}=${encodeURIComponent(value)}`)
    return `#f-${words.join(",")}${pairs.join("")}`
  }

  const labels = () => (typeof xfGrid === "undefined" ? {} : xfGrid.labels)

  // Mark the chips that are on and give each the address that it leads to.
  // `extra` are filters that are no words: [{label, params: what the address keeps without it}].
  function showChips(area, { words, params }, keep = () => true, extra = []) {
    const box = area.querySelector("[data-chips]")
    if (!box) return
    box.hidden = false
    const known = new Set()
    for (const group of box.querySelectorAll("nav:not(.x-loose)")) {
      const links = [...group.querySelectorAll("[data-filter]")]
      const own = links.map(link => link.dataset.filter).filter(Boolean)
      own.forEach(word => known.add(word))
      for (const link of links) {
        const word = link.dataset.filter
        const on = word ? words.includes(word) : !words.length && !extra.length
        const others = words.filter(other => on ? other !== word : !own.includes(other))
        link.href = word
          ? address(on ? others : [...others, word], params)
          : address([], new Map([...params].filter(([key]) => keep(key))))
        if (on) link.setAttribute("aria-current", "true")
        else link.removeAttribute("aria-current")
      }
    }
    const loose = words.filter(word => !known.has(word)).map(word => ({
      label: labels()[word] ?? `${word}（没有）`,
      href: address(words.filter(other => other !== word), params),
    }))
    showLoose(box, [...loose, ...extra.map(one => ({ ...one, href: address(words, one.params) }))])
  }

  function showLoose(box, chips) {
    box.querySelector(".x-loose")?.remove()
    if (!chips.length) return
    const nav = document.createElement("nav")
    nav.className = "x-filters x-loose"
    nav.setAttribute("aria-label", "其他筛选")
    const name = document.createElement("span")
    name.className = "x-filters-name"
    name.textContent = "另按"
    nav.append(name)
    for (const { label, href } of chips) {
      const link = document.createElement("a")
      link.href = href
      link.title = `去掉“${label}”`
      link.setAttribute("aria-current", "true")
      link.textContent = `${label} ×`
      nav.append(" ", link)
    }
    box.append(nav)
  }

  return { read, address, showChips, labels }
})()

{
  function filter(area) {
    const state = xfLists.read()
    const rows = [...area.querySelectorAll("tbody tr")]
    for (const row of rows) {
      const own = row.dataset.words.split(" ")
      row.hidden = !state.words.every(word => own.includes(word))
    }
    xfLists.showChips(area, state)
    tell(area, rows.filter(row => !row.hidden).length, rows.length)
  }

  function tell(area, shown, all) {
    const note = area.querySelector(".x-shown")
    note.textContent = shown ? `显示 ${shown} 项，共 ${all} 项` : "没有符合条件的"
    note.hidden = shown === all
  }

  function prepare(area) {
    const note = document.createElement("p")
    note.className = "x-note x-shown"
    note.setAttribute("role", "status")
    area.append(note)
    for (const table of area.querySelectorAll("table")) sortable(table)
    filter(area)
    addEventListener("hashchange", () => filter(area))
  }

  function sortable(table) {
    const heads = [...table.querySelectorAll("thead th")]
    heads.forEach((head, column) => {
      const button = document.createElement("button")
      button.type = "button"
      button.append(...head.childNodes)
      head.append(button)
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending"
        heads.forEach(other => other.removeAttribute("aria-sort"))
        head.setAttribute("aria-sort", down ? "descending" : "ascending")
        sort(table.tBodies[0], column, down ? -1 : 1)
      })
    })
  }

  function sort(body, column, direction) {
    const key = row => {
      const cell = row.cells[Math.min(column, row.cells.length - 1)]
      return cell.dataset.key ?? cell.textContent.trim()
    }
    const order = new Intl.Collator("zh", { numeric: true })
    const rows = [...body.rows].map(row => [key(row), row])
    rows.sort(([a], [b]) => direction * order.compare(a, b))
    body.append(...rows.map(([, row]) => row))
  }

  function reveal() {
    const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (named instanceof HTMLDetailsElement) named.open = true
  }

  for (const area of document.querySelectorAll("[data-filtered]")) {
    if (!area.querySelector("[data-grid]")) prepare(area)
  }
  reveal()
  addEventListener("hashchange", reveal)
}
