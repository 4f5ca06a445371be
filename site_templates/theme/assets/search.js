// The search of the site, run as a worker: finds any run of characters, in titles and texts.
//
// It speaks the protocol of the theme's own worker. A page is found when every word of the query
// stands somewhere in it, whatever language that is in; titles count more than texts.
"use strict"

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3
const AROUND = 60
const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"' }

let pages = []

addEventListener("message", event => {
  const { type, data } = event.data
  if (type === SETUP) {
    pages = group(data.docs)
    postMessage({ type: READY })
  } else if (type === QUERY) {
    postMessage({ type: RESULT, data: { items: search(data) } })
  }
})

// Sections of one page belong together, the page itself first.
function group(docs) {
  const found = new Map()
  for (const doc of docs) {
    const page = doc.location.split("#")[0]
    if (!found.has(page)) found.set(page, [])
    const title = plain(doc.title), text = plain(doc.text)
    found.get(page).push({
      location: doc.location, boost: doc.boost || 1,
      title, text, lowTitle: fold(title), lowText: fold(text),
    })
  }
  return [...found.values()]
}

function search(query) {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (!words.length) return []
  return pages
    .filter(sections => words.every(word => sections.some(s => holds(s, word))))
    .map(sections => result(sections, words))
    .sort((a, b) => b[0].score - a[0].score)
}

function result(sections, words) {
  const [page, ...rest] = sections
  const found = rest
    .map(section => item(section, words))
    .filter(section => section.score > 0)
    .sort((a, b) => b.score - a.score)
  const top = item(page, words)
  const best = found.length ? found[0].score : 0
  const text = top.text || (found.length ? found[0].text : "")
  return [{ ...top, text, score: 2 * top.score + best + 0.1 }, ...found]
}

function item(section, words) {
  const terms = {}
  let score = 0
  for (const word of words) {
    terms[word] = true
    if (section.lowTitle.includes(word)) score += 10
    if (section.lowText.includes(word)) score += 1
  }
  return {
    location: section.location,
    title: marked(section.title, section.lowTitle, words),
    text: snippet(section, words),
    terms, score: score * section.boost,
  }
}

function holds(section, word) {
  return section.lowTitle.includes(word) || section.lowText.includes(word)
}

// The text around the first hit.
function snippet(section, words) {
  const hits = words.map(word => section.lowText.indexOf(word)).filter(at => at >= 0)
  if (!hits.length) return ""
  const from = Math.max(0, Math.min(...hits) - AROUND), to = Math.min(...hits) + 2 * AROUND
  const text = marked(section.text.slice(from, to), section.lowText.slice(from, to), words)
  return (from ? "…" : "") + text + (to < section.text.length ? "…" : "")
}

// Everything that goes back is escaped here; only the marks are markup.
function marked(text, low, words) {
  let out = "", at = 0
  while (at < text.length) {
    const hit = words.find(word => low.startsWith(word, at))
    if (hit) {
      out += `<mark>${escaped(text.slice(at, at + hit.length))}</mark>`
      at += hit.length
    } else {
      out += escaped(text[at++])
    }
  }
  return out
}

function escaped(text) {
  return text.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`)
}

function plain(html) {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:#(\d+)|(lt|gt|amp|quot));/g, (_, code, name) =>
      code ? String.fromCodePoint(code) : ENTITIES[name])
    .replace(/\s+/g, " ")
    .trim()
}

// Wide and narrow forms and capitals are the same; the length never changes, so that places agree.
function fold(text) {
  return text.toLowerCase().replace(/[\uff01-\uff5e\u3000]/g, char =>
    char === "\u3000" ? " " : String.fromCharCode(char.charCodeAt(0) - 0xfee0))
}
