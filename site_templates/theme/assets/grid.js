// An interactive list of up to tens of thousands of rows: sorting, a filter per column, search,
// choice of columns, copying, export and print. All of its state stands in the address,
//   #f-open,d02&q=工资&category=工资支付&sort=-received&cols=number,title
// (words as in lists.js; q: search; sort: column, - for descending; cols: columns seen; any other
// key is a column with its filter). The data come as `xfGrid` (pages/grid.py).
"use strict"

{
  const PHONE = 720
  const TYPING = 150 // milliseconds to wait for the next key
  const RESERVED = ["q", "sort", "cols"]
  const PHONE_COLUMNS = { number: 96, title: 0, state: 74 }
  // Where a text could become a formula; the same as in exports/csv_.py.
  const FORMULA = /^\s*[=+\-@＝＋－＠]|^\s|^'/

  const box = document.querySelector("[data-grid]")
  const area = box.closest("[data-filtered]")
  const columns = xfGrid.columns
  const byKey = new Map(columns.map(column => [column.key, column]))
  const collator = new Intl.Collator("zh", { numeric: true })
  const narrow = innerWidth < PHONE
  const usual = narrow
    ? columns.map(column => column.key).filter(key => key in PHONE_COLUMNS)
    : columns.filter(column => column.shown).map(column => column.key)
  const memory = `xf-columns-${box.dataset.grid}`
  const rows = unpacked()
  const picked = new Set()
  const inputs = new Map()
  let state = { words: [], q: "", filters: new Map(), sort: "", cols: usual }
  let typing = ""

  function unpacked() {
    const { names, sets, rows: own } = xfGrid.words
    const words = sets.map(places => new Set(places.map(place => names[place])))
    const made = own.map((set, place) => ({ id: place, words: words[set] }))
    for (const { key, values, cells } of columns) {
      const known = [null, ...values]
      for (let place = 0; place < made.length; place++) made[place][key] = known[cells[place]]
    }
    return made
  }

  const caseOf = row => `${box.dataset.root}cases/${row.number.slice(3, 7)}/${row.number}.html`

  // What cells say

  function said(column, value) {
    if (value === null) return ""
    return column.kind === "amount" ? value.toFixed(2) : String(value)
  }

  // Wide and narrow forms and capitals are the same.
  const folded = text => text.normalize("NFKC").toLowerCase()

  function haystack(row) {
    return row.haystack ??= folded(columns.map(column => said(column, row[column.key])).join("\n"))
  }

  // The address

  function fromAddress() {
    const { words, params } = xfLists.read()
    const known = (params.get("cols") ?? "").split(",").filter(key => byKey.has(key))
    return {
      words,
      q: params.get("q") ?? "",
      sort: byKey.has((params.get("sort") ?? "").replace(/^-/, "")) ? params.get("sort") : "",
      filters: new Map([...params].filter(([key]) => byKey.has(key))),
      cols: known.length ? known : remembered(),
    }
  }

  function paramsOf({ q, filters, sort, cols }) {
    const params = new Map()
    if (q) params.set("q", q)
    for (const [key, value] of filters) params.set(key, value)
    if (sort) params.set("sort", sort)
    if (cols.join() !== usual.join()) params.set("cols", cols.join())
    return params
  }

  const addressOf = one => xfLists.address(one.words, paramsOf(one))

  // Keep the address in step. What one field changes while somebody types is one step back.
  function write(source = "") {
    const target = addressOf(state)
    const here = location.hash.startsWith("#f-") ? location.hash : "#f-"
    const again = source && source === typing
    typing = source
    if (target === here) return
    if (again || source === "start") location.replace(target)
    else location.hash = target
  }

  function follow() {
    if (location.hash && !location.hash.startsWith("#f-")) return // a place on this page
    const wanted = fromAddress()
    if (addressOf(wanted) === addressOf(state)) return
    state = wanted
    typing = ""
    show()
  }

  function remembered() {
    try {
      const kept = (localStorage.getItem(memory) ?? "").split(",").filter(key => byKey.has(key))
      return kept.length && !narrow ? kept : usual
    } catch {
      return usual // storage is closed to pages opened from a folder in some browsers
    }
  }

  function remember() {
    try {
      if (state.cols.join() === usual.join()) localStorage.removeItem(memory)
      else localStorage.setItem(memory, state.cols.join())
    } catch { /* as above */ }
  }

  // Filters

  function fits(column, wanted) {
    if (column.choice) {
      return value => value !== null &&
        value.split("、").some(part => part === wanted || part.replace(/\d+$/, "") === wanted)
    }
    const text = folded(wanted).trim()
    if (column.kind === "text" || column.kind === "list") {
      return value => value !== null && folded(value).includes(text)
    }
    return between(column, text)
  }

  // >=2026-03-10, 2026-01~2026-03, >5, 3~5; else the beginning of a day, or just this number.
  function between(column, text) {
    const day = column.kind === "date"
    const number = part => (day ? part.trim() : Number(part.replaceAll(",", "")))
    const upTo = (value, end) => (day ? value.slice(0, end.length) <= end : value <= end)
    const compared = /^(>=?|<=?)(.+)$/.exec(text)
    const range = /^(.+?)[~～](.+)$/.exec(text)
    if (compared) {
      const [, sign, end] = compared, limit = number(end)
      return value => value !== null && {
        ">": !upTo(value, limit), ">=": value >= limit, "<": value < limit, "<=": upTo(value, limit),
      }[sign]
    }
    if (range) {
      const from = number(range[1]), to = number(range[2])
      return value => value !== null && value >= from && upTo(value, to)
    }
    return value => value !== null && (day ? value.startsWith(text) : value === number(text))
  }

  function test() {
    const { words } = state
    const terms = folded(state.q).split(/\s+/).filter(Boolean)
    // Each value of a column is looked at once, not once a row.
    const allowed = [...state.filters].map(([key, wanted]) => {
      const fit = fits(byKey.get(key), wanted)
      return [key, new Set(byKey.get(key).values.filter(fit))]
    })
    return row =>
      words.every(word => row.words.has(word)) &&
      allowed.every(([key, values]) => values.has(row[key])) &&
      terms.every(term => haystack(row).includes(term))
  }

  // Order: a column whose values are chosen from keeps the order of its vocabulary.

  function ranks(column) {
    if (!column.ranks) {
      const sorted = column.choice || column.kind !== "text" && column.kind !== "list"
        ? column.values
        : [...column.values].sort(collator.compare)
      column.ranks = new Map(sorted.map((value, place) => [value, place]))
    }
    return column.ranks
  }

  function sorter(column) {
    const { sortsAs } = column
    return (_a, _b, rowA, rowB, _column, direction) => {
      const known = ranks(byKey.get(sortsAs))
      const none = direction === "asc" ? Infinity : -Infinity // what is missing stands last
      const a = known.get(rowA.getData()[sortsAs]) ?? none
      const b = known.get(rowB.getData()[sortsAs]) ?? none
      return a === b ? 0 : a - b
    }
  }

  // Cells and heads

  const TONES = { late: "late", today: "today", week: "near" }
  const tone = row => Object.keys(TONES).find(word => row.words.has(word))

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children)
    return made
  }

  function formatted(column) {
    return cell => {
      const row = cell.getData(), text = said(column, cell.getValue())
      if (column.key === "number") return element("a", { href: caseOf(row), className: "x-number", textContent: text })
      cell.getElement().title = text
      if (column.key === "left" && text) {
        return element("span", { className: `x-chip x-${TONES[tone(row)] ?? "plain"}`, textContent: text })
      }
      return document.createTextNode(text)
    }
  }

  function filterField(column) {
    return () => {
      const made = column.choice ? choice(column) : element("input", { type: "search" })
      made.setAttribute("aria-label", `筛选${column.heading}`)
      made.value = state.filters.get(column.key) ?? ""
      made.addEventListener("mousedown", event => event.stopPropagation())
      made.addEventListener("click", event => event.stopPropagation())
      typed(made, column.key, value => {
        if (value) state.filters.set(column.key, value)
        else state.filters.delete(column.key)
      })
      inputs.set(column.key, made)
      return made
    }
  }

  function choice(column) {
    const parts = column.kind === "list"
      ? column.values.flatMap(value => value.split("、").map(part => part.replace(/\d+$/, "")))
      : column.values
    const options = [...new Set(parts)].map(part => element("option", { value: part, textContent: part }))
    return element("select", {}, element("option", { value: "", textContent: "全部" }), ...options)
  }

  // Follow a field while somebody types, but not while an input method is still composing.
  function typed(field, name, take) {
    let waiting = 0
    const changed = () => {
      clearTimeout(waiting)
      take(field.value.trim())
      refresh()
      write(name)
    }
    field.addEventListener("input", event => {
      if (event.isComposing) return
      clearTimeout(waiting)
      waiting = setTimeout(changed, field.tagName === "SELECT" ? 0 : TYPING)
    })
    field.addEventListener("compositionend", changed)
  }

  // Choosing rows

  function checkbox(label, checked, change) {
    const made = element("input", { type: "checkbox", checked })
    made.setAttribute("aria-label", label)
    made.addEventListener("click", event => event.stopPropagation())
    made.addEventListener("change", () => change(made.checked))
    return made
  }

  const pickColumn = {
    field: "picked", width: 34, headerSort: false, resizable: false, frozen: true, cssClass: "x-picks",
    titleFormatter: () => checkbox("选中筛选出的全部行", false, on => {
      for (const row of found()) if (on) picked.add(row.id); else picked.delete(row.id)
      for (const row of table.getRows("visible")) row.reformat()
      count()
    }),
    formatter: cell => {
      const { id, number } = cell.getData()
      return checkbox(`选中 ${number}`, picked.has(id), on => {
        if (on) picked.add(id)
        else picked.delete(id)
        cell.getRow().reformat()
        count()
      })
    },
  }

  function columnOf(column) {
    const numeric = column.kind === "count" || column.kind === "amount"
    const width = narrow && column.key in PHONE_COLUMNS ? PHONE_COLUMNS[column.key] : column.width
    return {
      title: column.heading,
      field: column.key,
      headerTooltip: false,
      visible: state.cols.includes(column.key),
      ...(width ? { width } : { minWidth: narrow ? 120 : 180, widthGrow: 1 }),
      hozAlign: numeric ? "right" : "left",
      frozen: column.key === "number" && !narrow,
      cssClass: `x-col-${column.key}`,
      sorter: sorter(column),
      formatter: formatted(column),
      ...(narrow ? {} : { headerFilter: filterField(column), headerFilterLiveFilter: false }),
    }
  }

  // What is shown

  const found = () => table.getRows("active").map(row => row.getData())
  const seen = () => columns.filter(column => state.cols.includes(column.key))

  function refresh() {
    table.setFilter(test())
    count()
    chips()
  }

  function count() {
    const shown = table.getDataCount("active")
    const chosen = picked.size ? `，选中 ${found().filter(row => picked.has(row.id)).length}` : ""
    box.querySelector("[data-count]").textContent =
      (shown === rows.length ? `共 ${shown} 行` : `${shown} 行，共 ${rows.length} 行`) + chosen
  }

  function extraChips() {
    const without = key => {
      const params = paramsOf(state)
      params.delete(key)
      return params
    }
    const made = [...state.filters].map(([key, value]) =>
      ({ label: `${byKey.get(key).heading}：${value}`, params: without(key) }))
    return state.q ? [{ label: `搜索：${state.q}`, params: without("q") }, ...made] : made
  }

  function chips() {
    const kept = key => key === "sort" || key === "cols"
    xfLists.showChips(area, { words: state.words, params: paramsOf(state) }, kept, extraChips())
  }

  // Bring everything in step with the state.
  function show() {
    box.querySelector("[data-seek]").value = state.q
    for (const [key, field] of inputs) field.value = state.filters.get(key) ?? ""
    showColumns()
    showSort()
    refresh()
  }

  function showColumns() {
    table.blockRedraw()
    for (const column of table.getColumns()) {
      const key = column.getField()
      if (!byKey.has(key) || column.isVisible() === state.cols.includes(key)) continue
      if (column.isVisible()) column.hide()
      else column.show()
    }
    table.restoreRedraw()
    for (const field of box.querySelectorAll("[data-pick] input")) field.checked = state.cols.includes(field.value)
  }

  const sortOf = sorters =>
    sorters.length ? (sorters[0].dir === "desc" ? "-" : "") + sorters[0].field : ""

  function showSort() {
    const sorters = table.getSorters()
    if (sortOf(sorters) === state.sort) return
    const column = state.sort.replace(/^-/, "")
    if (column) table.setSort(column, state.sort.startsWith("-") ? "desc" : "asc")
    else table.clearSort()
  }

  // Columns

  function picker() {
    const list = box.querySelector("[data-pick]")
    for (const column of columns) {
      const field = element("input", { type: "checkbox", value: column.key, checked: state.cols.includes(column.key) })
      field.addEventListener("change", () => {
        const wanted = new Set(state.cols)
        if (field.checked) wanted.add(column.key)
        else wanted.delete(column.key)
        choose(columns.map(one => one.key).filter(key => wanted.has(key)))
      })
      list.append(element("label", { title: column.note }, field, column.heading))
    }
    const back = element("button", { type: "button", textContent: "恢复默认" })
    back.addEventListener("click", () => choose(usual))
    list.append(back)
    const opened = list.parentElement
    addEventListener("click", event => { if (!opened.contains(event.target)) opened.open = false })
    opened.addEventListener("keydown", event => { if (event.key === "Escape") opened.open = false })
  }

  function choose(cols) {
    state.cols = cols.length ? cols : usual
    remember()
    showColumns()
    write()
    chips()
  }

  // Copying, exporting, printing: the rows found, in their order, with the columns seen

  const guarded = text => (FORMULA.test(text) ? `'${text}` : text)

  function safe(column, value) {
    const text = said(column, value)
    return column.kind === "text" || column.kind === "list" ? guarded(text) : text
  }

  function tsv(lines) {
    const flat = text => text.replace(/[\t\r\n]+/g, " ")
    const head = seen().map(column => column.heading)
    const body = lines.map(row => seen().map(column => flat(safe(column, row[column.key]))))
    return [head, ...body].map(cells => cells.join("\t")).join("\n")
  }

  const chosen = () => {
    const own = found().filter(row => picked.has(row.id))
    return own.length ? own : found()
  }

  // The old way first: it works on plain http and from a folder, where the new one is closed.
  function copy(text) {
    const put = event => {
      event.clipboardData.setData("text/plain", text)
      event.preventDefault()
    }
    document.addEventListener("copy", put)
    const done = document.execCommand("copy")
    document.removeEventListener("copy", put)
    if (!done) navigator.clipboard?.writeText(text)
  }

  function csv() {
    const quoted = text => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    const lines = [
      seen().map(column => column.heading),
      ...found().map(row => seen().map(column => safe(column, row[column.key]))),
    ]
    return `\ufeff${lines.map(cells => `${cells.map(quoted).join(",")}\r\n`).join("")}`
  }

  function xlsx() {
    const shape = seen().map(({ heading, kind, width }) => ({ heading, kind, width: width ? width / 7 : 40 }))
    return xfWorkbook(box.dataset.grid, shape, found().map(row => seen().map(column => row[column.key])))
  }

  function save(content, type, ending) {
    const address = URL.createObjectURL(new Blob([content], { type }))
    element("a", { href: address, download: `${box.dataset.grid}-${box.dataset.day}.${ending}` }).click()
    setTimeout(() => URL.revokeObjectURL(address), 10000)
  }

  function tell(text) {
    count()
    box.querySelector("[data-count]").textContent += ` · ${text}`
  }

  const DO = {
    copy() {
      const lines = chosen()
      copy(tsv(lines))
      tell(`已复制 ${lines.length} 行`)
    },
    csv: () => save(csv(), "text/csv;charset=utf-8", "csv"),
    xlsx: () => save(xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    link() {
      copy(location.href.split("#")[0] + addressOf(state))
      tell("已复制地址")
    },
    print: () => print(),
    reset() {
      picked.clear()
      state = { words: [], q: "", filters: new Map(), sort: "", cols: usual }
      remember()
      show()
      write()
    },
  }

  // On paper every row found stands in a plain table.
  function paper() {
    const cells = (name, texts) => texts.map(text => element(name, { textContent: text }))
    const head = element("tr", {}, ...cells("th", seen().map(column => column.heading)))
    const body = found().map(row =>
      element("tr", {}, ...cells("td", seen().map(column => said(column, row[column.key])))))
    const told = [...area.querySelectorAll("[data-chips] a[aria-current]")]
      .filter(link => link.dataset.filter !== "")
      .map(link => (link.firstChild.textContent).replace(/ ×$/, "").trim())
    const note = (told.length ? `筛选：${told.join("；")}。` : "") + `共 ${body.length} 行。`
    box.after(element("div", { className: "x-paper" },
      element("p", { className: "x-note", textContent: note }),
      element("table", { className: "x-table" }, element("thead", {}, head), element("tbody", {}, ...body))))
  }

  addEventListener("beforeprint", paper)
  addEventListener("afterprint", () => area.querySelector(".x-paper")?.remove())

  // Begin

  state = fromAddress()
  box.hidden = false
  const first = state.sort.replace(/^-/, "")
  const table = new Tabulator(box.querySelector("[data-rows]"), {
    data: rows,
    index: "id",
    layout: "fitColumns",
    maxHeight: narrow ? "75vh" : "72vh",
    rowHeight: narrow ? 48 : 31,
    columns: [...(narrow ? [] : [pickColumn]), ...columns.map(columnOf)],
    columnDefaults: { headerSortTristate: true, resizable: "header" },
    initialFilter: [],
    initialSort: first ? [{ column: first, dir: state.sort.startsWith("-") ? "desc" : "asc" }] : [],
    placeholder: "没有符合条件的",
    rowFormatter(row) {
      const at = row.getElement(), own = tone(row.getData())
      at.classList.toggle("x-picked", picked.has(row.getData().id))
      for (const [word, name] of Object.entries(TONES)) at.classList.toggle(`x-row-${name}`, word === own)
    },
  })
  picker()
  typed(box.querySelector("[data-seek]"), "q", value => { state.q = value })
  for (const button of box.querySelectorAll("[data-do]")) button.addEventListener("click", DO[button.dataset.do])
  box.addEventListener("copy", event => {
    if (!picked.size || String(getSelection())) return
    event.clipboardData.setData("text/plain", tsv(chosen()))
    event.preventDefault()
  })
  table.on("tableBuilt", () => {
    box.querySelector("[data-seek]").value = state.q
    refresh()
    if (!location.hash || location.hash.startsWith("#f-")) write("start")
    addEventListener("hashchange", follow)
    // Its rows hold links that take the focus; a grid may hold nothing else that does.
    box.querySelector(".tabulator-tableholder").removeAttribute("tabindex")
    box.dataset.ready = ""
    setTimeout(() => rows.forEach(haystack), 300) // before the first search, behind the first paint
  })
  table.on("dataSorted", sorters => {
    const now = sortOf(sorters.map(({ field, dir }) => ({ field, dir })))
    if (now === state.sort) return
    state.sort = now
    chips()
    write()
  })
  table.on("rowClick", (event, row) => {
    if (event.target.closest("a, input") || String(getSelection())) return
    if (event.ctrlKey || event.metaKey) open(caseOf(row.getData()))
    else location.href = caseOf(row.getData())
  })
}
