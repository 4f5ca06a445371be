// Lists: filter rows by the words in the address (#f-late,d02), sort by a click on a heading, and
// open the rule that an address names. Without this script every row stands on the page.
"use strict"

function words() {
  const hash = decodeURIComponent(location.hash)
  return hash.startsWith("#f-") ? hash.slice(3).split(",").filter(Boolean) : []
}

function filter(area) {
  const wanted = words()
  for (const row of area.querySelectorAll("tbody tr")) {
    const own = row.dataset.words.split(" ")
    row.hidden = !wanted.every(word => own.includes(word))
  }
  for (const link of area.querySelectorAll("[data-filter]")) {
    const word = link.dataset.filter
    const on = word ? wanted.includes(word) : !wanted.length
    if (on) link.setAttribute("aria-current", "true")
    else link.removeAttribute("aria-current")
  }
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
  for (const table of area.querySelectorAll("table")) sortable(table)
  filter(area)
  addEventListener("hashchange", () => filter(area))
}
reveal()
addEventListener("hashchange", reveal)
