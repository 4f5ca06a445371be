// Single values of the registration pages: brought to one form, held against the forms of the
// model, and written as YAML. Knows no field and no sentence; they come with xfIntake, which the
// build makes (tools/xinfang/webform). What has to be code is held against Python by a test.
"use strict"

const xfValues = (() => {
  const data = xfIntake

  // Build a pattern; undefined where an old browser does not know one of its parts.
  function built(source, flags) {
    try {
      return new RegExp(source, flags)
    } catch {
      return undefined
    }
  }

  const whole = source => built(`^(?:${source})$`, "u")
  const filled = (text, names) => text.replace(/\{([^{}]+)\}/g, (all, name) => names[name] ?? all)

  // Say what is wrong: a sentence of xfIntake with names put in.
  const fault = (said, names) => ({
    level: said.level,
    message: filled(said.message, names),
    mend: filled(said.mend, names),
  })

  // Numbers as people write them, as tools/xinfang/typed.py reads them

  const DIGITS = "零一二三四五六七八九"
  const SAME = new Map([..."〇两貳壹贰叁肆伍陆柒捌玖拾佰仟萬億"].map((char, at) => [char, "零二二一二三四五六七八九十百千万亿"[at]]))
  const UNITS = { 千: 1000, 百: 100, 十: 10 }
  const BIG = [["亿", 1e8], ["万", 1e4], ["", 1]]

  const common = text => [...text].map(char => SAME.get(char) ?? char).join("")

  function section(text) {
    let value = 0
    for (let at = 0; at < text.length; at++) {
      const digit = DIGITS.indexOf(text[at])
      if (digit >= 0) value += digit * (UNITS[text[at + 1]] ?? 1)
      else if (text[at] === "十" && !(DIGITS.indexOf(text[at - 1] ?? "") > 0)) value += 10
    }
    return value
  }

  function writtenSection(value) {
    let text = ""
    for (const [word, unit] of [["千", 1000], ["百", 100], ["十", 10], ["", 1]]) {
      const digit = Math.floor(value / unit) % 10
      if (digit) text += DIGITS[digit] + word
      else if (text && !text.endsWith("零")) text += "零"
    }
    return text.replace(/零+$/, "")
  }

  function written(value) {
    let text = ""
    for (const [word, factor] of BIG) {
      const part = Math.floor(value / factor) % 10000
      if (part) text += (text && part < 1000 ? "零" : "") + writtenSection(part) + word
    }
    return text || "零"
  }

  const loosely = text => text
    .replace(/(^|[^二三四五六七八九])一十/g, "$1十")
    .replace(/([万亿])零/g, "$1")

  // A number in Chinese numerals; what was read must be written this way.
  function numeral(text) {
    const plain = common(text)
    let rest = plain
    let value = 0
    for (const [word, factor] of BIG.slice(0, 2)) {
      const at = rest.indexOf(word)
      if (at < 0) continue
      value += section(rest.slice(0, at)) * factor
      rest = rest.slice(at + 1)
    }
    value += section(rest)
    return loosely(plain) === loosely(written(value)) ? value : undefined
  }

  // Fold; undefined where a raised or circled digit would turn into a plain one.
  const unfractioned = text => /\p{No}/u.test(text) ? undefined : text.normalize("NFKC").trim()

  // Move the point of a number to the right, and keep two places behind it.
  function cents(number, places) {
    const [before, behind = ""] = number.split(".")
    const moved = behind.padEnd(places, "0")
    const yuan = (before + moved.slice(0, places)).replace(/^0+(?=\d)/, "")
    const rest = moved.slice(places).replace(/0+$/, "")
    return yuan.length > 12 || rest.length > 2 ? undefined : `${yuan}.${rest.padEnd(2, "0")}`
  }

  const AMOUNT = /^(?:人民币|RMB|CNY|[¥￥])?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*([万亿])?\s*(?:元|圆|块)?(?:整|正)?$/i
  const WRITTEN = /^(?:人民币)?([^元圆块]+)(?:元|圆|块)(?:整|正)?$/

  // An amount in yuan with two decimals: 41,860.00, 4.186万, 叁万伍仟元整.
  function money(text) {
    const plain = unfractioned(text)
    if (plain === undefined) return undefined
    const found = AMOUNT.exec(plain)
    if (found) return cents(found[1].replaceAll(",", ""), { 万: 4, 亿: 8 }[found[2]] ?? 0)
    const value = numeral(WRITTEN.exec(plain)?.[1] ?? plain)
    return value === undefined ? undefined : cents(String(value), 0)
  }

  // A whole number: 23, 23人, 二十三名.
  function count(text) {
    const plain = unfractioned(text)
    if (plain === undefined) return undefined
    const figures = common(plain).replace(/[零一二三四五六七八九十百千万亿]+/g, found => {
      if (found.length === 4 && [...found].every(char => DIGITS.includes(char))) {
        return [...found].map(char => DIGITS.indexOf(char)).join("")
      }
      if (found.length > 1 && [...found].every(char => DIGITS.includes(char))) return found
      return numeral(found) ?? found
    })
    return /^(0|[1-9]\d{0,6})\s*(?:人|名|位|个|人次|件|份|次)?$/.exec(figures)?.[1]
  }

  // Bring what was typed to the form that the file has; what is not understood stays as it is.
  function normal(kind, text) {
    const plain = text.trim()
    if (kind === "money") return money(plain) ?? plain
    if (kind === "count") return count(plain) ?? plain
    if (kind === "moment") return plain.replace("T", " ")
    return kind === "text" ? plain.replace(/\r\n?/g, "\n") : plain
  }

  // What is wrong with a value of a kind, in its normal form.
  function leafFaults(kind, value, label) {
    const safe = whole(data.safe)
    for (const form of data.leaves[kind] ?? []) {
      const fits = form.max ? [...value].length <= form.max : new RegExp(form.pattern, "u").test(value)
      if (fits) continue
      const said = fault(form, { 项: label })
      if (form.quoted && safe.test(value)) said.message += `：${value}`
      return [said]
    }
    return []
  }

  // Personal values, as tools/xinfang/identity/values.py reads them

  const rules = data.values

  function normalName(text) {
    const composed = text.normalize("NFC").trim().split(/\s+/).join(" ")
    const dotted = composed.replace(/[\u2022\u30fb\uff65\u2027\u22c5\u2219]/g, "·")
    const han = "[\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}]"
    return dotted.replace(new RegExp(`(${han})\\s*[.\\uff0e]\\s*(?=${han})`, "gu"), "$1·")
  }

  function nameFault(name) {
    if (/[\p{Cc}\p{Cs}\ufffd]/u.test(name)) return rules.name.control
    if (!/[\p{L}\p{M}\ue000-\uf8ff]/u.test(name)) return rules.name.nothing
    return /[\ue000-\uf8ff]/.test(name) ? rules.name.private : undefined
  }

  const compact = text => text.normalize("NFKC").split(/\s+/).join("")
  const normalId = text => compact(text).toUpperCase()

  const idCheck = body => rules.id.checks[[...body].reduce((sum, digit, at) => sum + digit * rules.id.weights[at], 0) % 11]

  function idFault(number, today) {
    const { id } = rules
    if ([...number].filter(char => char >= "0" && char <= "9").length < id.meant) return undefined
    if (whole(id.old.pattern).test(number)) return id.old
    if (!whole(id.shape.pattern).test(number)) return id.shape
    const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)]
    const born = new Date(Date.UTC(year, month - 1, day))
    const real = born.getUTCMonth() === month - 1 && born.getUTCDate() === Number(day)
    if (!real || !/^(18|19|20)/.test(year)) return id.born
    if (`${year}-${month}-${day}` > today) return id.ahead
    return idCheck(number.slice(0, 17)) === number[17] ? undefined : id.wrong
  }

  function normalPhone(text) {
    const folded = text.normalize("NFKC").trim()
    if (folded.includes("@")) return folded
    const number = folded
      .replace(new RegExp(rules.phone.dashes, "g"), "-")
      .split(/\s+/).join("")
      .replace(/^(?:\+|00)86-?/, "")
      .replace(/^\((0[0-9]{2,3})\)-?/, "$1-")
    const plain = number.replaceAll("-", "")
    return plain.startsWith("0") && whole(rules.phone.landline).test(number) ? number : plain
  }

  function phoneFault(number, unit) {
    const { phone } = rules
    if (phone.good.some(form => whole(form).test(number))) return undefined
    if (whole(phone.service.pattern).test(number)) return unit ? undefined : phone.service
    return phone.other
  }

  const normalCode = text => compact(text).replace(new RegExp(rules.phone.dashes, "g"), "-").replaceAll("-", "").toUpperCase()

  function codeFault(number) {
    const { code } = rules
    if (!whole(code.shape.pattern).test(number)) return code.shape
    const sum = [...number.slice(0, 17)].reduce((total, char, at) => total + code.alphabet.indexOf(char) * code.weights[at], 0)
    return code.alphabet[(31 - sum % 31) % 31] === number[17] ? undefined : code.wrong
  }

  // What a personal value is kept as, and what is wrong with it, by the field it stands in.
  const PERSONAL = {
    姓名: [normalName, nameFault],
    号码: [normalPhone, (number, { unit }) => phoneFault(number, unit)],
    证件号: [normalId, (number, { today }) => idFault(number, today)],
    统一社会信用代码: [normalCode, codeFault],
  }

  // Personal values in a text that is not sealed

  const kinds = data.personal.kinds.map(({ name, pattern }) => ({ name, pattern: built(pattern, "gu") }))

  function luhn(number) {
    const digits = [...number].filter(char => /[0-9]/.test(char)).reverse().map(Number)
    return digits.reduce((sum, digit, at) => sum + (at % 2 ? Math.floor(digit / 5) + digit * 2 % 10 : digit), 0) % 10 === 0
  }

  // Name the first kind of personal number in a text, as rules/_numbers.py does.
  function kindIn(text) {
    const folded = text.normalize("NFKC")
    const bare = value => value.replace(new RegExp(data.personal.between, "g"), "")
    for (const { name, pattern } of kinds) {
      for (const [value] of pattern ? folded.matchAll(pattern) : []) {
        const digits = value.replaceAll(" ", "").toUpperCase()
        if (name === "身份证号" && idCheck(digits.slice(0, 17)) !== digits[17] && !folded.includes("证")) continue
        if (name === "银行卡号" && !luhn(value) && !folded.includes("卡")) continue
        if (!data.personal.published.includes(bare(value))) return name
      }
    }
    return ""
  }

  const folded = text => text.normalize("NFKC").replace(new RegExp(data.leaks.junk, "g"), "")

  // Those of the sealed values that are long enough to be told from ordinary words.
  // `sealed` is [[field, value]]; `staff` are names of the office, a namesake is no leak.
  function secrets(sealed, staff) {
    return sealed
      .filter(([field, value]) => value && !staff.includes(value) && folded(value).length >= (data.leaks.shortest[field] ?? Infinity))
      .map(([field, value]) => [field, folded(value)])
  }

  // What is wrong with an open text: personal values, and words that must not stand in it.
  function textFaults(text, { field, label, form, purpose, known }) {
    const found = []
    const kind = kindIn(text)
    if (kind) found.push(fault(data.personal.said, { 项: label, 类: kind }))
    const leak = known.find(([, value]) => folded(text).includes(value))
    if (leak) found.push(fault(data.personal.known, { 项: label, 类: leak[0] }))
    for (const word of data.words) {
      if (word.fields && !word.fields.includes(field)) continue
      if (word.form && word.form !== form) continue
      const quoted = !word.fields && data.quoted.fields.includes(field)
      const own = quoted ? text.replace(new RegExp(data.quoted.pattern, "g"), "") : text
      const match = built(word.pattern, "u")?.exec(own)
      if (match) found.push(fault(word, { 项: label, 词: match[0], 目的: purpose }))
    }
    return found
  }

  // YAML. Every text is read back as it was; dates and numbers stand bare, as clerks write them.

  // A value of such a kind is no text.
  class Bare {
    constructor(text) {
      this.text = text
    }
  }

  const BARE = ["day", "moment", "money", "count"]
  const bare = (kind, text) => BARE.includes(kind) ? new Bare(text) : text

  const PLAIN = /^([\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9，。、；？！（）《》〔〕“”—·]*|XF-\d{4}-\d{4,6}|[0-9A-Z]{4}-[0-9A-Z]{4}|[A-MO-XZ])$/u
  // Whatever a reader might take for a line break, or not show.
  const ODD = /[^\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu

  const escaped = char => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`

  function scalar(value, indent) {
    if (value instanceof Bare) return ` ${value.text}`
    const text = value.replace(/\p{Cs}/gu, "\ufffd")
    if (PLAIN.test(text)) return ` ${text}`
    const odd = text.search(ODD) >= 0
    if (!text.includes("\n") || odd || text !== text.trim()) return ` ${JSON.stringify(text).replace(ODD, escaped)}`
    return ` |-\n${text.split("\n").map(line => line && " ".repeat(indent) + line).join("\n")}`
  }

  const mapping = (record, indent) => Object.entries(record)
    .map(([key, value]) => `${" ".repeat(indent)}${key}:${node(value, indent + 2)}\n`)
    .join("")

  function node(value, indent) {
    const pad = " ".repeat(indent)
    if (Array.isArray(value)) {
      const items = value.map(item => typeof item === "string" || item instanceof Bare
        ? `\n${pad}-${scalar(item, indent + 2)}`
        : `\n${pad}- ${mapping(item, indent + 2).trim()}`)
      return items.join("") || " []"
    }
    if (typeof value === "string" || value instanceof Bare) return scalar(value, indent)
    return `\n${mapping(value, indent).replace(/\n$/, "")}`
  }

  const yaml = record => mapping(record, 0)

  // A new code to ask by: of 40 bits, no secret.
  function newCode() {
    const drawn = [...crypto.getRandomValues(new Uint8Array(8))].map(byte => data.alphabet[byte % data.alphabet.length])
    return `${drawn.slice(0, 4).join("")}-${drawn.slice(4).join("")}`
  }

  return {
    PERSONAL, bare, codeFault, count, fault, idFault, kindIn, leafFaults, money, newCode, normal,
    normalCode, normalId, normalName, normalPhone, nameFault, numeral, phoneFault, secrets,
    textFaults, yaml,
  }
})()
