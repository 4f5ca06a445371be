// The form of a registration page, made from the fields in xfIntake. A part of it is a widget:
//
//   box       what is seen
//   value()   what the file gets: text, {key: value} or a list of them; undefined for nothing
//   raw(all)  what was typed, to be put back by set(); without `all` only what may be kept
//   faults()  everything that is wrong, each shown beside the field it is about
//   refresh() shows and hides what depends on other fields
//
// A widget that is hidden has no value and no faults. Where a field is called with `sealed`, what
// it holds is encrypted and never kept.
"use strict"

const xfForm = (() => {
  const data = xfIntake
  let serial = 0

  // Leaving a field by a press elsewhere must not move what is pressed before it is let go.
  const waiting = []
  let isPressed = false
  function settled(act) {
    if (isPressed) waiting.push(act)
    else act()
  }
  addEventListener("pointerdown", () => { isPressed = true }, true)
  for (const name of ["pointerup", "pointercancel"]) {
    addEventListener(name, () => {
      isPressed = false
      setTimeout(() => waiting.splice(0).forEach(act => act()))
    }, true)
  }

  // Make an element: h("p", {class: "note", onclick: f}, "text", other)
  function h(name, given = {}, ...inside) {
    const made = document.createElement(name)
    for (const [key, value] of Object.entries(given)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value)
      else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value)
    }
    made.append(...inside.filter(part => part !== undefined && part !== ""))
    return made
  }

  const LEVELS = { error: "错误", warning: "请核对", hint: "提示" }

  // Values of the fields beside and above; what one field shows may hang on another.
  class Scope {
    constructor(up, form) {
      this.up = up
      this.form = form ?? up.form
      this.parts = new Map()
    }

    lookup(key) {
      return this.parts.has(key) ? this.parts.get(key).text() : this.up?.lookup(key) ?? ""
    }

    fits(when = {}) {
      return Object.entries(when).every(([key, words]) => words.includes(this.lookup(key)))
    }
  }

  const joined = (place, key) => place ? `${place}/${key}` : key

  // What a field means, where that says more than its name.
  const explained = (field, label) => field.about && field.about !== label
    ? h("small", { id: `f${++serial}`, class: "about" }, field.about)
    : ""

  // Where messages about a field stand, and how they are shown.
  function messages(controls, describing) {
    const id = `f${++serial}`
    const list = h("ul", { class: "said", id, hidden: true })
    for (const control of controls) {
      control.setAttribute("aria-describedby", [id, ...describing].join(" "))
    }
    list.show = faults => {
      list.replaceChildren(...faults.map(({ level, message, mend }) =>
        h("li", { class: level }, h("b", {}, LEVELS[level]), ` ${message}`, mend ? `。${mend}` : "")))
      list.hidden = !faults.length
      const wrong = faults.some(({ level }) => level === "error")
      for (const control of controls) control.setAttribute("aria-invalid", wrong)
    }
    return list
  }

  function wantedFaults(key, place, scope, label) {
    if (place !== key) return []
    return data.wanted
      .filter(want => want.key === key && scope.fits(Object.fromEntries(Object.entries(want.when).map(([k, v]) => [k, [v]]))))
      .map(want => xfValues.fault(want, { 项: label }))
  }

  // One value

  function leaf(field, scope, place, sealed) {
    const label = field.label ?? field.key
    const controls = controlsOf(field, label)
    const about = explained(field, label)
    const said = messages(controls.all, about ? [about.id] : [])
    // One of many records need not be there at all, but whoever petitions is of some sort.
    const mark = field.required && (field.default || !/\/\d+\//.test(place)) ? h("i", { class: "must" }, "必填") : ""
    const box = controls.grouped || controls.all.length > 1
      ? h("fieldset", { class: `field ${field.kind}` }, h("legend", {}, label, mark), about, controls.box, said)
      : field.kind === "flag"
        ? h("div", { class: "field flag" }, h("label", {}, controls.box, h("span", {}, label)), about, said)
        : h("div", { class: `field ${field.kind}` }, h("label", { for: controls.all[0].id }, label, mark), about, controls.box, said)

    const widget = { box, field, place, first: controls.all[0], label, isSealed: sealed }
    widget.typed = () => controls.get()
    widget.text = () => box.hidden ? "" : controls.get()
    widget.normal = () => {
      const text = widget.text()
      const [bring] = xfValues.PERSONAL[field.as ?? field.key] ?? []
      return sealed && bring && text.trim() ? bring(text) : xfValues.normal(field.kind, text)
    }
    widget.parts = () => field.many ? widget.text().split("\n").map(part => xfValues.normal(field.kind, part)).filter(Boolean) : [widget.normal()].filter(Boolean)
    widget.value = () => {
      const parts = widget.parts()
      if (!parts.length) return undefined
      if (field.many) return parts.map(part => xfValues.bare(field.kind, part))
      if (parts[0] === field.default && !field.required) return undefined
      return xfValues.bare(field.kind, parts[0])
    }
    widget.isEmpty = () => !widget.parts().length || (!field.many && widget.normal() === field.default)
    widget.find = () => {
      if (box.hidden) return []
      if (controls.isBad?.()) return xfValues.leafFaults(field.kind, "\x01", label)
      const parts = widget.parts()
      if (!parts.length) {
        const wanted = wantedFaults(field.key, place, scope, label)
        return field.required ? [xfValues.fault(data.missing, { 项: label })] : wanted
      }
      return [...new Map(parts.flatMap(partFaults).map(fault => [fault.message, fault])).values()]
    }
    function partFaults(value) {
      const found = xfValues.leafFaults(field.kind, value, label)
      if (found.length) return found
      const { today, form, known } = scope.form
      const ahead = data.ahead[place.replace(/\/\d+\//g, "/")]
      if (ahead && value.slice(0, 10) > today()) found.push(xfValues.fault(ahead, { 值: value.slice(0, 10), 今天: today() }))
      const [, check] = sealed ? xfValues.PERSONAL[field.as ?? field.key] ?? [] : []
      const wrong = check?.(value, { today: today(), unit: scope.lookup("统一社会信用代码") !== "" })
      if (wrong) found.push(xfValues.fault(wrong, { 项: label }))
      if (!sealed && ["line", "text"].includes(field.kind) && !field.from) {
        const parts = place.split("/").filter(part => !/^\d+$/.test(part))
        const purpose = scope.lookup("目的")
        found.push(...xfValues.textFaults(value, { field: parts[0] === "请求" ? "请求" : field.key, label, form, purpose, known: known() }))
      }
      found.push(...scope.form.more(place, value))
      return found
    }
    widget.show = () => {
      const faults = widget.find()
      said.show(faults)
      return faults
    }
    widget.faults = () => widget.show().map(fault => ({ ...fault, label, to: controls.all[0] }))
    widget.raw = all => sealed && !all ? undefined : controls.get()
    widget.set = controls.set
    widget.clear = () => {
      controls.set("")
      said.show([])
    }
    widget.refresh = () => {
      box.hidden = !scope.fits(field.when) || !scope.form.allows(place, sealed)
    }
    widget.leaves = () => [widget]
    box.addEventListener("change", () => settled(() => {
      if (controls.isOpen?.()) return
      if (!widget.show().length && LOOSE.includes(field.kind)) controls.set(widget.normal())
    }))
    return widget
  }

  // The controls of one value: all of them, the box they stand in, how to read and set them.
  function controlsOf(field, label) {
    const id = `f${++serial}`
    if (field.from === "people" && !field.many) return person(id, label)
    if (field.from === "departments") return choices(id, data.office.departments, field)
    if (field.kind === "choice") return choices(id, field.choices, field)
    if (field.kind === "flag") return flag(id, field)
    if (field.kind === "moment") return moment(id)
    const control = field.kind === "text" || field.many
      ? h("textarea", { id, rows: field.many ? 3 : 4, placeholder: field.many ? "一行一项" : undefined })
      : h("input", { id, ...INPUTS[field.kind], placeholder: field.kind === "case" || field.kind === "paper" ? field.example : undefined })
    control.autocomplete = "off"
    control.value = field.default ?? ""
    const fit = () => {
      if (control.rows) control.rows = Math.min(20, Math.max(4, control.value.split("\n").length + 1))
    }
    control.addEventListener("input", fit)
    return {
      all: [control],
      box: control,
      get: () => control.value,
      set: text => {
        control.value = text || field.default || ""
        fit()
      },
      isBad: () => control.validity.badInput,
    }
  }

  // Numbers are shown as they were understood.
  const LOOSE = ["money", "count"]

  const INPUTS = {
    line: { type: "text" },
    day: { type: "date" },
    time: { type: "time" },
    money: { type: "text", inputmode: "decimal" },
    count: { type: "text", inputmode: "numeric" },
    case: { type: "text" },
    paper: { type: "text" },
    code: { type: "text" },
  }

  function choices(id, words, field) {
    const type = field.many ? "checkbox" : "radio"
    const offered = field.many || field.required || field.default ? words : ["", ...words]
    const all = offered.map((word, at) => h("input", { type, name: id, value: word, id: `${id}-${at}`, checked: !field.many && word === (field.default ?? "") }))
    const box = h("div", { class: "choices" }, ...all.map((control, at) =>
      h("label", { for: control.id }, control, h("span", {}, offered[at] || "不填"))))
    return {
      all,
      box,
      grouped: true,
      get: () => all.filter(control => control.checked).map(control => control.value).join("\n"),
      set: text => {
        const chosen = (text || (field.many ? "" : field.default ?? "")).split("\n")
        for (const control of all) control.checked = chosen.includes(control.value)
      },
    }
  }

  function flag(id, field) {
    const control = h("input", { type: "checkbox", id })
    control.checked = field.default === "是"
    return {
      all: [control],
      box: control,
      get: () => control.checked ? "是" : field.default ? "否" : "",
      set: text => {
        control.checked = (text || field.default) === "是"
      },
    }
  }

  function moment(id) {
    const day = h("input", { type: "date", id, "aria-label": "日期" })
    const clock = h("input", { type: "time", id: `${id}-time`, "aria-label": "时刻" })
    return {
      all: [day, clock],
      box: h("div", { class: "moment-inputs" }, day, clock),
      get: () => [day.value, clock.value].filter(Boolean).join(" "),
      set: text => {
        const [date = "", time = ""] = (text ?? "").split(" ")
        day.value = date
        clock.value = time
      },
      isBad: () => day.validity.badInput || clock.validity.badInput || (!day.value && clock.value !== ""),
    }
  }

  const OTHER = "其他人……"

  // Somebody of the office, or whoever else it was.
  function person(id, label) {
    const groups = data.office.people.map(({ name, names }) =>
      h("optgroup", { label: name }, ...names.map(each => h("option", { value: each }, each))))
    const select = h("select", { id }, h("option", { value: "" }, "请选择"), ...groups, h("option", { value: OTHER }, OTHER))
    const other = h("input", { type: "text", "aria-label": `${label}的姓名`, placeholder: "姓名", autocomplete: "off", hidden: true })
    const known = data.office.people.flatMap(({ names }) => names)
    const follow = () => {
      other.hidden = select.value !== OTHER
    }
    select.addEventListener("change", follow)
    return {
      all: [select],
      box: h("div", { class: "person" }, select, other),
      get: () => select.value === OTHER ? other.value : select.value,
      set: text => {
        const listed = !text || known.includes(text)
        select.value = listed ? text ?? "" : OTHER
        other.value = listed ? "" : text
        follow()
      },
      isOpen: () => select.value === OTHER && document.activeElement === select,
    }
  }

  // Several values

  // The boxes of these widgets; what is rarely needed stands behind 更多, open where it is filled in.
  function arranged(widgets) {
    const rare = widgets.filter(part => part.field.rare)
    const boxes = widgets.filter(part => !part.field.rare).map(part => part.box)
    const names = h("small")
    const more = h("details", { class: "more", hidden: true }, h("summary", {}, "更多", names), ...rare.map(part => part.box))
    return {
      boxes: rare.length ? [...boxes, more] : boxes,
      refresh: () => {
        const shown = rare.filter(part => !part.box.hidden)
        more.hidden = !shown.length
        names.textContent = shown.map(part => part.field.label ?? part.field.key).join("、")
        if (shown.some(part => !part.isEmpty())) more.open = true
      },
    }
  }

  function record(fields, up, place, sealed) {
    const scope = new Scope(up)
    const widgets = fields.map(field => {
      const made = widget(field, scope, joined(place, field.key), sealed || field.sealed)
      scope.parts.set(field.key, made)
      return made
    })
    const { boxes, refresh } = arranged(widgets)
    return {
      scope,
      widgets,
      boxes,
      of: key => scope.parts.get(key),
      value: () => {
        const pairs = widgets.map(part => [part.field.key, part.value()]).filter(([, value]) => value !== undefined)
        return pairs.length ? Object.fromEntries(pairs) : undefined
      },
      isEmpty: () => widgets.every(part => part.isEmpty()),
      faults: () => widgets.flatMap(part => part.faults()),
      raw: all => Object.fromEntries(widgets.map(part => [part.field.key, part.raw(all)]).filter(([, raw]) => raw !== undefined)),
      set: raw => widgets.forEach(part => raw?.[part.field.key] !== undefined && part.set(raw[part.field.key])),
      clear: () => widgets.forEach(part => part.clear()),
      refresh: () => {
        widgets.forEach(part => part.refresh())
        refresh()
      },
      leaves: () => widgets.flatMap(part => part.leaves()),
    }
  }

  // A record of its own, like the letter that a matter came with.
  function group(field, scope, place, sealed) {
    const label = field.label ?? field.key
    const inner = record(field.fields, scope, place, sealed)
    const box = h("fieldset", { class: "group" }, h("legend", {}, label), explained(field, label), ...inner.boxes)
    const said = messages([], [])
    box.append(said)
    const isAsked = () => !inner.isEmpty()
    return {
      ...inner,
      box,
      field,
      text: () => "",
      value: () => box.hidden || !isAsked() ? undefined : inner.value(),
      isEmpty: () => box.hidden || inner.isEmpty(),
      faults: () => {
        const wanted = box.hidden || isAsked() ? [] : wantedFaults(field.key, place, scope, label)
        said.show(wanted)
        const first = inner.leaves()[0]
        if (box.hidden || !isAsked()) return wanted.map(fault => ({ ...fault, label, to: first.first }))
        return inner.faults()
      },
      refresh: () => {
        box.hidden = !scope.fits(field.when) || !scope.form.allows(place, sealed)
        inner.refresh()
      },
    }
  }

  // As many records as are wanted.
  function list(field, scope, place, sealed) {
    const label = field.label ?? field.key
    const items = []
    const stack = h("div", { class: "items" })
    const wide = field.fields.length > 2
    const add = h("button", { type: "button", class: "add", onclick: () => added().leaves()[0].first.focus() }, `添加${field.kind === "parties" ? "一位" : ""}${label}`)
    const box = h(wide ? "section" : "fieldset", { class: `list ${wide ? "wide" : ""}` },
      wide ? h("h3", {}, label) : h("legend", {}, label),
      explained(field, label), stack, add)
    const said = messages([], [])
    box.append(said)

    function added() {
      const at = items.length
      const item = record(field.fields, scope, `${place}/${at}`, sealed)
      if (field.identity) {
        item.identity = record(field.identity, item.scope, `${place}/${at}`, true)
        for (const [key, part] of item.identity.scope.parts) item.scope.parts.set(key, part)
      }
      const name = h("b")
      const away = h("button", { type: "button", class: "away", onclick: () => removed(item) }, "删去")
      const head = h("div", { class: "item-head" }, name, away)
      item.box = h("div", { class: "item" }, head)
      const [first, ...rest] = item.boxes
      if (item.identity) {
        item.box.append(first, h("fieldset", { class: "sealed" }, h("legend", {}, "身份信息，加密后才写入文件"), ...item.identity.boxes), ...rest)
      } else {
        item.box.append(first, ...rest)
      }
      item.named = index => {
        name.textContent = field.kind === "parties" ? `${label} ${letters(index)}` : `第 ${index + 1} ${field.kind === "record" && sealed ? "个" : "条"}`
        away.setAttribute("aria-label", `删去${name.textContent}`)
        away.hidden = items.length === 1 && start() === 1
        head.hidden = away.hidden && field.kind !== "parties"
      }
      items.push(item)
      stack.append(item.box)
      renamed()
      scope.form.changed()
      return item
    }
    function removed(item) {
      items.splice(items.indexOf(item), 1)
      item.box.remove()
      if (items.length < start()) added()
      renamed()
      scope.form.changed()
      add.focus()
    }
    const renamed = () => items.forEach((item, index) => item.named(index))
    const start = () => field.start ?? 1
    const isFilled = item => !item.isEmpty() || Boolean(item.identity && !item.identity.isEmpty())
    // Somebody who says nothing of himself stands in the list only beside others.
    const kept = () => items.filter(item => isFilled(item) || (field.kind === "parties" && items.length > 1))
    const some = list_ => list_.length ? list_ : undefined

    return {
      box,
      field,
      items,
      fill: () => {
        while (items.length < start()) added()
      },
      text: () => "",
      value: () => {
        if (box.hidden) return undefined
        return some(kept().map(item => item.identity ? { open: item.value() ?? {}, identity: item.identity.value() ?? {} } : item.value()).filter(Boolean))
      },
      isEmpty: () => box.hidden || !items.some(isFilled),
      faults: () => {
        if (box.hidden) return []
        const wanted = items.some(isFilled) ? [] : wantedFaults(field.key, place, scope, label)
        said.show(wanted)
        const inner = kept().flatMap(item => [...item.faults(), ...(item.identity?.faults() ?? [])])
        return [...wanted.map(fault => ({ ...fault, label, to: add })), ...inner]
      },
      raw: all => sealed && !all ? undefined : items.map(item => ({ ...item.raw(all), ...(all ? item.identity?.raw(all) : {}) })),
      set: raw => {
        while (items.length < raw.length) added()
        items.forEach((item, index) => {
          item.set(raw[index])
          item.identity?.set(raw[index])
        })
      },
      clear: () => {
        while (items.length) items.pop().box.remove()
        said.show([])
        while (items.length < start()) added()
      },
      refresh: () => {
        box.hidden = !scope.fits(field.when) || !scope.form.allows(place, sealed)
        items.forEach(item => {
          item.refresh()
          item.identity?.refresh()
        })
      },
      leaves: () => items.flatMap(item => [...item.leaves(), ...(item.identity?.leaves() ?? [])]),
    }
  }

  // A, B … Z, AA: as parties are called in the file.
  const letters = index => (index < 26 ? "" : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + index % 26)

  function widget(field, scope, place, sealed = false) {
    if (field.kind === "parties" || (field.kind === "record" && field.many)) {
      const made = list(field, scope, place, sealed)
      made.fill()
      return made
    }
    return field.kind === "record" ? group(field, scope, place, sealed) : leaf(field, scope, place, sealed)
  }

  // The whole form: parts with their headings. `hooks` answers what fields ask, see intake.js.
  function build(parts, hooks) {
    const root = new Scope(undefined, hooks)
    const whole = record(parts.flatMap(part => part.fields), root, "", false)
    const byKey = new Map(whole.widgets.map(part => [part.field.key, part]))
    const refreshed = [whole.refresh]
    const boxes = parts.map(part => {
      const { boxes: inner, refresh } = arranged(part.fields.map(field => byKey.get(field.key)))
      refreshed.push(refresh)
      if (part.folded) return h("details", { class: "part" }, h("summary", {}, part.title, h("small", {}, "可以不填，由信访办补")), ...inner)
      return h("section", { class: "part" }, ...(part.title ? [h("h2", {}, part.title)] : []), ...inner)
    })
    return { ...whole, boxes, refresh: () => refreshed.forEach(each => each()) }
  }

  return { build, h, letters, settled }
})()
