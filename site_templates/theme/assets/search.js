// The search of the site: finds any run of characters, in numbers, titles and texts.
//
// The index lies in search/ in small pieces (tools/xinfang/search_index says how they are made).
// Each is a script that calls xfSearch, so that it loads from a shared folder, too, where a page
// may read no file. A query loads the pieces of its grams, ranks what holds all of them, and then
// loads the texts of those few that it shows: there it sees whether a longer word really stands
// as it was typed. Text goes into the page as text, never as markup.
"use strict"

{
  const ROOT = new URL("..", document.currentScript.src).href
  const SHOWN = 8 // results at a time
  const LOOKED = 12 // texts looked at for them: what a reader's line has to carry is bounded
  const GRAMS = 8 // pieces loaded for one query; the texts decide what they leave open
  const PAUSE = 120 // ms without a key before a query is made
  const AROUND = 28, EXCERPT = 96 // characters before the first hit, and in all

  // ---- Pieces

  const pieces = new Map(), waiting = new Map()
  window.xfSearch = (name, content) => waiting.get(name)?.(content)

  function piece(name, edition) {
    if (!pieces.has(name)) {
      pieces.set(name, new Promise((done, failed) => {
        const script = document.createElement("script")
        waiting.set(name, done)
        script.onload = () => script.remove()
        script.onerror = () => {
          script.remove()
          pieces.delete(name)
          failed(new Error(name))
        }
        // A browser must not mix pieces of two editions that it kept.
        script.src = `${ROOT}search/${name}.js?${edition}`
        document.head.append(script)
      }))
    }
    return pieces.get(name)
  }

  // ---- Words and grams: the same as in grams.py and postings.py

  const fold = text => text
    .replace(/\u0130/g, "i")
    .replace(/[\uff01-\uff5e]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[([【]/g, "〔").replace(/[)\]】]/g, "〕").toLowerCase()

  // What has to be in the index where a word stands. Digits and Latin letters go by three.
  function grams(word) {
    const paper = word.match(/[\p{L}\p{N}]?〔[0-9]{4}〕[0-9]+/u)
    if (paper) return [paper[0]]
    const found = new Set()
    for (const [run] of word.matchAll(/[\p{L}\p{N}]+/gu)) {
      const chars = [...run], triple = at => /^[0-9a-z]{3}$/.test(chars.slice(at, at + 3).join(""))
      if (chars.length === 1) found.add(run)
      for (let at = 0; at < chars.length - 1; at++) {
        if (triple(at)) found.add(chars.slice(at, at + 3).join(""))
        else if (!at || !triple(at - 1)) found.add(chars[at] + chars[at + 1])
      }
    }
    return [...found]
  }

  // Some of them, evenly spread.
  function few(list, count) {
    if (list.length <= count) return list
    return Array.from({ length: count }, (_, at) => list[Math.round(at * (list.length - 1) / (count - 1))])
  }

  function shard(gram, shards) {
    let value = 0
    for (const char of gram) value = (value * 31 + char.codePointAt(0)) % 1000003
    return value % shards
  }

  const DIGITS = new Map()
  for (let code = 0x23; code < 0x7f; code++) {
    if (code !== 0x3c && code !== 0x5c) DIGITS.set(String.fromCharCode(code), DIGITS.size)
  }

  function decode(text) {
    const places = []
    if (text.startsWith("!")) {
      const bits = atob(text.slice(1))
      for (let place = 0; place < bits.length * 8; place++) {
        if (bits.charCodeAt(place >> 3) & (128 >> (place & 7))) places.push(place)
      }
      return places
    }
    let place = -1, high = 0
    for (const char of text) {
      const value = DIGITS.get(char)
      if (value < 64) {
        places.push(place += high * 64 + value + 1)
        high = 0
      } else high = high * 26 + value - 64
    }
    return places
  }

  // ---- Queries

  // Where a gram stands: in titles, in facts, anywhere.
  async function lists(gram, about) {
    const table = await piece(`g/${shard(gram, about.shards)}`, about.edition)
    const texts = (Object.hasOwn(table, gram) ? table[gram] : "").split(" ")
    return [...Array(3 - texts.length).fill(""), ...texts].map(text => new Set(decode(text)))
  }

  // Place of every document that can hold a word → how much that counts.
  async function holders(word, about, count) {
    const found = await Promise.all(few(grams(word), count).map(gram => lists(gram, about)))
    const scores = new Map()
    for (const [tier, score] of [[2, 1], [1, 2], [0, 3]]) {
      const [first, ...rest] = found.map(tiers => tiers[tier]).sort((a, b) => a.size - b.size)
      for (const place of first) if (rest.every(set => set.has(place))) scores.set(place, score)
    }
    if (/^[-a-z0-9]{3,}$/.test(word)) {
      for (const [prefix, base, runs] of about.years) {
        for (let at = 0; at < runs.length; at += 2) {
          for (let number = runs[at]; number < runs[at] + runs[at + 1]; number++) {
            const whole = prefix.toLowerCase() + String(number).padStart(4, "0")
            if (whole.endsWith(word)) scores.set(base + number, 4)
            else if (whole.includes(word) && !scores.has(base + number)) scores.set(base + number, 1)
          }
        }
      }
    }
    return scores
  }

  async function query(text) {
    const about = await piece("about", Date.now())
    const words = [...new Set(fold(text).split(/\s+/))].filter(word => /[\p{L}\p{N}]/u.test(word))
    if (!words.length) return { words, places: [], next: 0, sure: true, about }
    const count = Math.max(2, Math.floor(GRAMS / words.length))
    const [first, ...rest] = await Promise.all(words.map(word => holders(word, about, count)))
    const scores = new Map()
    for (const [place, score] of first) {
      if (rest.every(other => other.has(place))) {
        scores.set(place, rest.reduce((sum, other) => sum + other.get(place), score))
      }
    }
    // The best first; of equal ones the newest.
    const places = [...scores.keys()].sort((a, b) => scores.get(b) - scores.get(a) || b - a)
    // A word that is one gram stands wherever the index says so.
    const sure = words.every(word => grams(word)[0] === word)
    return { words, places, next: 0, sure, about }
  }

  // The next results of a query: documents in which every word stands as it was typed.
  async function further(asked) {
    const found = [], { about } = asked, until = asked.next + LOOKED
    while (found.length < SHOWN && asked.next < Math.min(until, asked.places.length)) {
      const places = asked.places.slice(asked.next, Math.min(until, asked.next + SHOWN - found.length))
      asked.next += places.length
      const texts = await Promise.all(places.map(place =>
        piece(`t/${Math.floor(place / about.texts)}`, about.edition)))
      places.forEach((place, at) => {
        const [address, title, facts, text] = texts[at][place % about.texts] || ["", "", "", ""]
        const number = (address.match(/^cases\/\d+\/([^/]+)\.html$/) || ["", ""])[1]
        const whole = fold([number, title, facts, text].join("\n"))
        if (asked.words.every(word => whole.includes(word))) found.push({ address, number, title, facts, text })
      })
    }
    return found
  }

  // ---- What the reader sees

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
    return (from ? "…" : "") + text.slice(from, from + EXCERPT) + (from + EXCERPT < text.length ? "…" : "")
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

  const opener = make("button", { type: "button", class: "md-header__button md-icon x-search-opener", "aria-label": "搜索" })
  const field = make("input", {
    type: "search", role: "combobox", "aria-label": "搜索", "aria-expanded": "false", "aria-autocomplete": "list",
    "aria-controls": "x-hits", placeholder: "搜索事由、编号、文号", autocomplete: "off", spellcheck: "false",
  })
  const status = make("p", { role: "status" })
  const list = make("div", { role: "listbox", id: "x-hits", "aria-label": "搜索结果" })
  const more = make("button", { type: "button", class: "x-further" }, "继续查找")
  const panel = make("div", { class: "x-panel" }, status, list, more)
  const form = make("form", { role: "search", class: "x-search" }, opener, field, make("kbd", { "aria-hidden": "true" }, "/"), panel)
  let asked, typed = "", timer, active = -1

  function show(open) {
    panel.hidden = !open
    field.setAttribute("aria-expanded", String(open && !list.hidden))
  }

  function close() {
    form.classList.remove("x-open")
    show(false)
    choose(-1)
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
    if (!list.children.length) return next < places.length ? "看过的里面没有" : "没有找到"
    if (sure) return `找到 ${places.length} 条`
    return next < places.length ? `已找到 ${list.children.length} 条` : `找到 ${list.children.length} 条`
  }

  // What was there stays until the answer is: nothing jumps. An answer that is no longer wanted
  // is dropped.
  async function answer(text) {
    typed = text
    if (!text) return close()
    try {
      const mine = await query(text), hits = await further(mine)
      if (typed !== text) return
      asked = mine
      choose(-1)
      list.replaceChildren()
      add(hits)
    } catch {
      if (typed === text) status.textContent = "搜索的索引没有读到，请刷新页面再试"
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

  function open() {
    form.classList.add("x-open")
    field.focus()
    field.select()
  }

  field.addEventListener("input", event => event.isComposing || typing())
  field.addEventListener("compositionend", typing)
  field.addEventListener("focus", () => typed && asked && typed === field.value.trim() && show(true))
  field.addEventListener("keydown", event => {
    if (event.isComposing) return // the key belongs to the input method
    const count = list.children.length
    if (event.key === "Escape") {
      close()
      field.blur()
    } else if (event.key === "Enter") list.children[Math.max(0, active)]?.click()
    else if (event.key === "ArrowDown" && count) choose((active + 1) % count)
    else if (event.key === "ArrowUp" && count) choose((active + count) % (count + 1) === count ? -1 : active - 1)
    else return
    event.preventDefault()
  })
  form.addEventListener("submit", event => event.preventDefault())
  opener.addEventListener("click", () => form.classList.contains("x-open") ? close() : open())
  list.addEventListener("click", event => event.target.closest("a") && !event.ctrlKey && !event.metaKey && close())
  more.addEventListener("click", async () => {
    const mine = asked, hits = await further(mine)
    if (mine === asked) add(hits)
    field.focus()
  })
  document.addEventListener("click", event => form.contains(event.target) || close())
  document.addEventListener("keydown", event => {
    const control = event.ctrlKey || event.metaKey
    const elsewhere = event.target.closest("input, textarea, select, [contenteditable]")
    const wanted = control ? event.key.toLowerCase() === "k" : !elsewhere && !event.altKey && "/s".includes(event.key)
    if (!wanted) return
    event.preventDefault()
    open()
  })
  panel.hidden = true
  document.querySelector(".md-header__inner")?.append(form)
}
