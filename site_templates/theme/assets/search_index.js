// What the search of the site knows, and how it is asked: finds any run of characters, in numbers,
// titles and texts.
//
// The index lies in search/ in small pieces (tools/xinfang/search_index says how they are made).
// Each is a script that calls xfSearch, so that it loads from a shared folder, too, where a page
// may read no file. A query loads the pieces of its grams, ranks what holds all of them, and then
// loads the texts of those few that are shown: there it sees whether a longer word really stands
// as it was typed.
"use strict"

const xfIndex = (() => {
  const ROOT = new URL("..", document.currentScript.src).href
  const SHOWN = 8 // results at a time
  const LOOKED = 12 // texts looked at for them: what a reader's line has to carry is bounded
  const GRAMS = 6 // pieces of the index loaded for one query

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

  // What is in the index wherever a word stands.
  function grams(word) {
    const paper = word.match(/[\p{L}\p{N}]?〔[0-9]{4}〕[0-9]+/u)
    if (paper) return [paper[0]]
    const found = [...word.matchAll(/(?=([0-9a-z]{3}|[\p{L}\p{N}]{2}))/gu)].map(match => match[1])
    return found.length ? [...new Set(found)] : word.match(/[\p{L}\p{N}]/gu)
  }

  // Some of them, evenly spread: the texts decide what they leave open.
  function few(list, count) {
    if (list.length <= count) return list
    return Array.from({ length: count }, (_, at) => list[Math.round(at * (list.length - 1) / (count - 1))])
  }

  function shard(gram, shards) {
    let value = 0
    for (const char of gram) value = (value * 31 + char.codePointAt(0)) % 1000003
    return value % shards
  }

  const DIGITS = Array.from({ length: 0x7f - 0x23 }, (_, at) => String.fromCharCode(0x23 + at))
    .filter(char => char !== "<" && char !== "\\").join("")

  function decode(text) {
    if (text.startsWith("!")) {
      const bits = atob(text.slice(1)), places = Array.from({ length: bits.length * 8 }, (_, place) => place)
      return places.filter(place => bits.charCodeAt(place >> 3) & (128 >> (place & 7)))
    }
    const places = []
    let place = -1, high = 0
    for (const char of text) {
      const value = DIGITS.indexOf(char)
      if (value < 64) places.push(place += high * 64 + value + 1)
      high = value < 64 ? 0 : high * 26 + value - 64
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
    for (const [place, number] of /^[-a-z0-9]{3,}$/.test(word) ? numbers(about) : []) {
      if (number.endsWith(word)) scores.set(place, 4)
      else if (number.includes(word) && !scores.has(place)) scores.set(place, 1)
    }
    return scores
  }

  // All case numbers there are.
  function* numbers({ years }) {
    for (const [prefix, base, runs] of years) {
      for (let at = 0; at < runs.length; at += 2) {
        for (let number = runs[at]; number < runs[at] + runs[at + 1]; number++) {
          yield [base + number, prefix.toLowerCase() + String(number).padStart(4, "0")]
        }
      }
    }
  }

  async function query(text) {
    const about = await piece("about", Date.now())
    const words = [...new Set(fold(text).split(/\s+/))].filter(word => /[\p{L}\p{N}]/u.test(word))
    const count = Math.max(2, Math.floor(GRAMS / words.length))
    const each = await Promise.all(words.map(word => holders(word, about, count)))
    const score = place => each.reduce((sum, scores) => sum + scores.get(place), 0)
    // The best first; of equal ones the newest.
    const places = [...each[0]?.keys() ?? []]
      .filter(place => each.every(scores => scores.has(place)))
      .sort((a, b) => score(b) - score(a) || b - a)
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
        const number = address.match(/^cases\/\d+\/([^/]+)\.html$/)?.[1] ?? ""
        const whole = fold([number, title, facts, text].join("\n"))
        if (asked.words.every(word => whole.includes(word))) found.push({ address, number, title, facts, text })
      })
    }
    return found
  }

  return { ROOT, fold, query, further }
})()
