// The field and the panel of the search, in the head of every page; xfIndex gives what is found.
// Text goes into the page as text, never as markup.
"use strict"

{
  const { ROOT, fold, query, further } = xfIndex
  const PAUSE = 120 // ms without a key before a query is made
  const AROUND = 28, EXCERPT = 96 // characters before the first hit, and in all

  function make(tag, attributes, ...children) {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    made.append(...children)
    return made
  }

  // A text with the words in it marked.
  function marked(text, words) {
    const low = fold(text), out = document.createDocumentFragment()
    let done = 0
    for (let at = 0; at < text.length;) {
      const hit = words.filter(word => low.startsWith(word, at)).sort((a, b) => b.length - a.length)[0]
      if (!hit) at++
      else {
        out.append(text.slice(done, at), make("mark", {}, text.slice(at, at + hit.length)))
        done = at += hit.length
      }
    }
    out.append(text.slice(done))
    return out
  }

  function excerpt(text, words) {
    const low = fold(text), hits = words.map(word => low.indexOf(word)).filter(at => at >= 0)
    const from = hits.length ? Math.max(0, Math.min(...hits) - AROUND) : 0
    const told = text.slice(from, from + EXCERPT).replace(/^[\s，。、；：）”]+/, "")
    return (from ? "…" : "") + told + (from + EXCERPT < text.length ? "…" : "")
  }

  function option(hit, words, id) {
    const { address, number, title, facts, text } = hit
    const name = make("b", {})
    if (number) name.append(make("span", { class: "x-number" }, marked(number, words)), " ")
    name.append(marked(title, words))
    const made = make("a", { role: "option", id, href: ROOT + address, tabindex: "-1", "aria-selected": "false" }, name)
    if (facts) made.append(make("small", {}, marked(facts, words)))
    if (text) made.append(make("span", { class: "x-excerpt" }, marked(excerpt(text, words), words)))
    return made
  }

  const opener = make("button", { type: "button", class: "md-header__button md-icon x-opener", "aria-label": "搜索" })
  const field = make("input", {
    type: "search", role: "combobox", "aria-label": "搜索", "aria-expanded": "false", "aria-autocomplete": "list",
    "aria-controls": "x-hits", placeholder: "搜索事由、编号、文号", autocomplete: "off", spellcheck: "false",
  })
  const status = make("p", { role: "status" })
  const list = make("div", { role: "listbox", id: "x-hits", "aria-label": "搜索结果" })
  const more = make("button", { type: "button", class: "x-further" }, "继续查找")
  const panel = make("div", { class: "x-panel", hidden: "" }, status, list, more)
  const form = make("form", { role: "search", class: "x-search" }, opener, field, make("kbd", { "aria-hidden": "true" }, "/"), panel)
  let asked, typed = "", timer, active = -1

  function show(open) {
    panel.hidden = !open
    field.setAttribute("aria-expanded", String(open && !list.hidden))
    if (!open) choose(-1)
  }

  function open(wanted) {
    form.classList.toggle("x-open", wanted)
    opener.setAttribute("aria-label", wanted ? "关闭搜索" : "搜索")
    if (wanted) field.select()
    else show(false)
  }

  function choose(at) {
    list.children[active]?.setAttribute("aria-selected", "false")
    active = at
    const chosen = list.children[at]
    chosen?.setAttribute("aria-selected", "true")
    chosen?.scrollIntoView({ block: "nearest" })
    if (chosen) field.setAttribute("aria-activedescendant", chosen.id)
    else field.removeAttribute("aria-activedescendant")
  }

  function sentence({ places, next, sure }) {
    const count = list.children.length
    if (next >= places.length) return count ? `找到 ${count} 条` : "没有找到"
    return sure ? `找到 ${places.length} 条，先列 ${count} 条` : `已找到 ${count} 条，还没有查完`
  }

  // What was there stays until the answer is: nothing jumps. One no longer wanted is dropped.
  async function answer(text) {
    clearTimeout(timer)
    typed = text
    if (!text) return show(false)
    try {
      const mine = await query(text), hits = await further(mine)
      if (typed !== text) return
      asked = mine
      choose(-1)
      list.replaceChildren()
      add(hits)
    } catch {
      if (typed !== text) return
      status.textContent = "搜索的索引没有读到，请刷新页面再试"
      show(true)
    }
    panel.dataset.answers = text
  }

  function add(hits) {
    for (const hit of hits) list.append(option(hit, asked.words, `x-hit-${list.children.length}`))
    status.textContent = sentence(asked)
    list.hidden = !list.children.length
    more.hidden = asked.next >= asked.places.length
    show(true)
  }

  function typing() {
    clearTimeout(timer)
    timer = setTimeout(() => answer(field.value.trim()), PAUSE)
  }

  function key(event) {
    if (event.isComposing || event.keyCode === 229) return // it belongs to the input method
    const count = list.children.length, down = event.key === "ArrowDown"
    if (event.key === "Escape") {
      open(false)
      field.blur()
    } else if (event.key === "Enter") {
      const text = field.value.trim()
      if (text !== typed) answer(text)
      else if (!panel.hidden) list.children[Math.max(0, active)]?.click()
    } else if ((down || event.key === "ArrowUp") && count && !panel.hidden) {
      choose(down ? (active + 1) % count : (Math.max(0, active) + count - 1) % count)
    } else return
    event.preventDefault()
  }

  field.addEventListener("input", event => { if (!event.isComposing) typing() })
  field.addEventListener("compositionend", typing)
  field.addEventListener("focus", () => { if (asked && typed && typed === field.value.trim()) show(true) })
  field.addEventListener("keydown", key)
  form.addEventListener("submit", event => event.preventDefault())
  opener.addEventListener("click", () => open(!form.classList.contains("x-open")))
  list.addEventListener("click", event => { if (!event.ctrlKey && !event.metaKey) open(false) })
  more.addEventListener("click", async () => {
    const mine = asked, hits = await further(mine)
    if (mine === asked) add(hits)
    field.focus()
  })
  document.addEventListener("click", event => { if (!form.contains(event.target)) open(false) })
  document.addEventListener("keydown", event => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]")
    const plain = !writing && !event.altKey && (event.key === "/" || event.key === "s")
    if (event.ctrlKey || event.metaKey ? event.key !== "k" : !plain) return
    event.preventDefault()
    open(true)
    field.focus()
  })
  document.querySelector(".md-header__inner")?.append(form)
}
