// The registration pages: 登记 (intake.html) and 首问登记单 (first-contact.html). Nothing leaves the
// browser but by the hand of whoever fills the page in: as a file, by the clipboard, or as a page
// of the office's Git host. What is said of persons is encrypted here and kept nowhere.
"use strict";

(() => {
  const data = xfIntake
  const { h } = xfForm
  const kind = document.body.dataset.form
  const KEPT = `xinfang-${kind}`
  const REMEMBERED = kind === "首问" ? "首问人" : "登记人"
  const ACCUSED = data.accusation.purpose
  // Longer addresses are refused by many servers.
  const LONGEST = 6000
  const at = id => document.getElementById(id)

  // What may be kept in this browser; nothing where it forbids that.
  function kept(store, key, value) {
    try {
      if (value === undefined) return window[store].getItem(key)
      if (value === null) window[store].removeItem(key)
      else window[store].setItem(key, value)
    } catch {
      // a private window: the page works without
    }
    return null
  }

  // The time of the office, wherever the device thinks it is: 2026-03-02 09:20:00.
  const now = () => new Date().toLocaleString("sv-SE", { timeZone: data.office.zone })
  const today = () => data.office.today || now().slice(0, 10)
  const clock = () => now().slice(11, 16)

  let form // set below; widgets ask for what is here while they are made
  let code = xfValues.newCode()
  let unsaved = false
  let isTried = false
  let wasAccusation = false
  let isMoving = false

  const isAccusation = () => kind === "登记" && form?.of("目的").text() === ACCUSED

  // What widgets ask of the page.
  const hooks = {
    form: kind,
    today,
    // Sealed values that must not stand in an open text.
    known() {
      const staff = data.office.people.flatMap(({ names }) => names)
      return xfValues.secrets(sealedValues(), staff)
    },
    // Whether a field may be seen: of an accusation hardly any.
    allows(place, sealed) {
      if (!isAccusation() || sealed) return true
      const [first, , inner] = place.split("/")
      if (!data.accusation.open.includes(first) || first in data.accusation.fixed) return false
      return inner === undefined || data.accusation.party.includes(inner)
    },
    // Faults that hang on several fields.
    more(place, value) {
      if (kind !== "登记" || !form) return []
      const listed = (form.of("信访人").value() ?? []).length
      const people = Number(value)
      if (place === "人数" && people < listed) return [xfValues.fault(data.people.few, { 人数: people, 信访人: listed })]
      const isAlone = xfValues.normal("count", form.of("人数").text() || "1") === "1"
      if (place === "信访人/0/代表" && value === "是" && isAlone) return [xfValues.fault(data.people.alone, {})]
      return []
    },
    changed: () => form && changed(),
  }

  form = xfForm.build(data.forms[kind], hooks)
  const content = kind === "登记" ? accusedContent() : undefined
  at("fields").append(...form.boxes)
  if (content) form.of("目的").box.after(content.box)

  // Where the content of an accusation is written: a widget of its own, all of it sealed.
  function accusedContent() {
    const field = data.accusation.content
    const made = xfForm.build([{ title: "", fields: [{ ...field, sealed: true, label: "检举控告的内容" }] }], { ...hooks, allows: () => true, more: () => [] })
    const box = h("div", { class: "sealed accused" },
      h("p", {}, h("b", {}, "检举控告："), "内容只写在这里，加密后才写入文件。其余各项不再显示，标题固定为“", data.accusation.fixed.标题, "”。"),
      made.boxes[0])
    return { ...made, box, text: () => made.of(field.key).text() }
  }

  function sealedValues() {
    if (!form) return []
    const values = form.leaves()
      .filter(leaf => leaf.place.includes("信访人/") || form.of("姓名") === leaf || form.of("联系方式") === leaf)
      .map(leaf => [(leaf.field.as ?? leaf.field.key) === "号码" ? "联系方式" : leaf.field.key, leaf.normal()])
    return values.filter(([field]) => field in data.leaks.shortest)
  }

  const openTexts = () => form.leaves().filter(leaf => !leaf.isSealed && ["line", "text"].includes(leaf.field.kind) && leaf.text())

  // What hangs on what was just typed

  function changed() {
    if (isMoving) return
    form.refresh()
    if (content) {
      if (isAccusation() && !wasAccusation) moveIntoContent()
      wasAccusation = isAccusation()
      content.box.hidden = !isAccusation() && !content.text().trim()
      for (const part of document.querySelectorAll("#fields > .part")) {
        part.hidden = ![...part.children].some(child => !child.hidden && child.matches(".field, .group, .list, .more, .accused"))
      }
    }
    if (unsaved) kept("sessionStorage", KEPT, JSON.stringify({ code, form: form.raw(false) }))
    if (isTried) summarise(collect())
  }

  // Open texts that were written before it was said that this is an accusation.
  function moveIntoContent() {
    isMoving = true // each list that is emptied says that it changed
    const open = leaf => ["line", "text", "money"].includes(leaf.field.kind) && !leaf.field.from && !leaf.place.includes("信访人")
    const texts = form.leaves().filter(leaf => open(leaf) && leaf.box.hidden)
    const moved = texts.map(leaf => [leaf, leaf.typed()]).filter(([, text]) => text.trim())
    if (moved.length) {
      const widget = content.widgets[0]
      const before = widget.text().trim()
      widget.set([before, ...moved.map(([leaf, text]) => `${leaf.label}：${text.trim()}`)].filter(Boolean).join("\n"))
      told("已填的内容移到了“检举控告的内容”里，随身份信息一起加密。")
    }
    for (const part of form.widgets) if (!hooks.allows(part.field.key, part.field.sealed)) part.clear()
    for (const leaf of form.leaves()) if (!hooks.allows(leaf.place, leaf.isSealed)) leaf.clear()
    isMoving = false
    form.refresh()
  }

  function told(text) {
    at("told").textContent = text
    at("told").hidden = !text
  }

  // Faults

  function collect() {
    const found = form.faults()
    if (isAccusation()) found.push(...content.faults())
    return found
  }

  function summarise(found) {
    const errors = found.filter(({ level }) => level === "error")
    const box = at("faults")
    box.hidden = !errors.length
    box.replaceChildren(...(errors.length ? [
      h("h2", {}, `有 ${errors.length} 处要改`),
      h("ul", {}, ...errors.map(({ message, to }) => h("li", {}, h("a", { href: `#${to.id}`, onclick: event => go(event, to) }, message)))),
    ] : []))
    return errors
  }

  function go(event, to) {
    event.preventDefault()
    for (let box = to; box; box = box.parentElement) if (box.matches("details")) box.open = true
    to.focus()
    to.closest(".field, .group, .list")?.scrollIntoView({ block: "center" })
  }

  // The file

  // What the case file will hold, and what only the office may read.
  function parted() {
    const values = form.value() ?? {}
    const open = {}
    const sealed = { 查询码: code, 信访人: {} }
    if (kind === "登记") {
      const { 信访人: parties = [], 共同信访人: others, ...rest } = values
      Object.assign(open, rest)
      if (parties.length) open.信访人 = parties.map((party, index) => person(party.open, party.identity, index, sealed))
      if (others) sealed.共同信访人 = others
      if (isAccusation()) {
        Object.assign(open, data.accusation.fixed)
        const text = content.value()
        if (text) Object.assign(sealed, text)
      }
    } else {
      const { 姓名: name, 联系方式: number, ...rest } = values
      Object.assign(open, rest)
      const identity = { ...(name && { 姓名: name }), ...(number && { 联系方式: [{ 号码: number }] }) }
      if (name || number) open.信访人 = [person({ 类型: "个人" }, identity, 0, sealed)]
    }
    if (!Object.keys(sealed.信访人).length) delete sealed.信访人
    const order = data.order.filter(key => key in open)
    return { open: Object.fromEntries(order.map(key => [key, open[key]])), sealed: Object.keys(sealed).length > 1 ? sealed : undefined }
  }

  function person(open, identity, index, sealed) {
    const letter = xfForm.letters(index)
    if (Object.keys(identity).length) sealed.信访人[letter] = identity
    const { 类型: sort, ...more } = open
    return { 代号: letter, 类型: sort, ...more, 已载明: data.particulars.filter(word => word in identity) }
  }

  // Write the file; what is to be sealed is encrypted, or nothing is written at all.
  async function written() {
    const { open, sealed } = parted()
    const head = `# 信访来件，由登记页生成。交${data.office.desk}：xinfang intake 本文件\n`
    const file = { 来件: kind, 查询码: code, 事项: open }
    if (sealed) file.封存 = (await encrypted(xfValues.yaml(sealed))).trim()
    return head + xfValues.yaml(file)
  }

  class SealError extends Error {}
  const NO_RECIPIENTS = "office.yaml 里还没有收件人公钥，身份信息无法加密。请信访办先添加公钥（xinfang keys add），再生成网站。"
  const NOT_SEALED = "这个浏览器不能加密。请换一个较新的浏览器打开本页，或者用纸质表格登记。"

  async function encrypted(text) {
    const { recipients } = data.office
    if (!recipients.length) throw new SealError(NO_RECIPIENTS)
    try {
      return await xfAge.seal(text, recipients)
    } catch {
      // The browser is too old, or the script of age did not come with the page.
      throw new SealError(NOT_SEALED)
    }
  }

  async function finish(event) {
    event.preventDefault()
    isTried = true
    told("")
    const errors = summarise(collect())
    if (errors.length) {
      at("faults").focus()
      return
    }
    let text
    try {
      text = await written()
    } catch (error) {
      if (!(error instanceof SealError)) throw error
      at("faults").replaceChildren(h("h2", {}, "没有生成文件"), h("p", {}, error.message), h("p", {}, "填写的内容还在本页，没有以明文写出任何身份信息。"))
      at("faults").hidden = false
      at("faults").focus()
      return
    }
    kept("localStorage", `xinfang-${REMEMBERED}`, form.of(REMEMBERED).text())
    show(text)
  }

  // The end: the code, the receipt, and the ways to hand the file in

  const name = () => `intake-${code}.yaml`

  function show(text) {
    at("code").textContent = code
    at("file").value = text
    at("file-name").textContent = name()
    receipt()
    const git = at("git")
    const address = hosted(text)
    git.hidden = !address
    if (address) git.href = address.url
    at("git-note").hidden = !address?.isEmpty
    git.onclick = () => {
      if (address.isEmpty) copy()
      saved()
    }
    at("entry").hidden = true
    at("done").hidden = false
    document.body.dataset.state = "done"
    at("done-head").focus()
    scrollTo(0, 0)
  }

  // The new-file page of the Git host; a file that no address can hold is pasted by hand.
  function hosted(text) {
    const pattern = data.office.newFile
    if (!/^https?:\/\//.test(pattern)) return undefined
    const url = content_ => pattern
      .replaceAll("{路径}", encodeURIComponent(`${data.office.folder}/${name()}`))
      .replaceAll("{内容}", encodeURIComponent(content_))
    const full = url(text)
    const isEmpty = !pattern.includes("{内容}") || full.length > LONGEST
    return { url: isEmpty ? url("") : full, isEmpty }
  }

  function receipt() {
    const open = parted().open
    const [day, time = ""] = (open.收到.text ?? open.收到).split(" ")
    const [year, month, date] = day.split("-").map(Number)
    const rows = {
      收到时间: `${year}年${month}月${date}日 ${time}`,
      方式: open.渠道,
      事由: open.标题,
      经手人: open.首问人 ?? open.登记人,
    }
    at("receipt-rows").replaceChildren(...Object.entries(rows).filter(([, value]) => value).map(([key, value]) =>
      h("div", {}, h("dt", {}, key), h("dd", {}, value))))
    at("receipt-code").textContent = code
  }

  function saved() {
    unsaved = false
    kept("sessionStorage", KEPT, null)
  }

  function download() {
    const url = URL.createObjectURL(new Blob([at("file").value], { type: "application/yaml" }))
    h("a", { href: url, download: name() }).click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
    saved()
    at("handed").textContent = `已下载 ${name()}，请交${data.office.desk}。`
  }

  async function copy() {
    const box = at("file")
    try {
      await navigator.clipboard.writeText(box.value)
    } catch {
      at("file-box").open = true
      box.focus()
      box.select()
      if (!document.execCommand("copy")) {
        at("handed").textContent = "浏览器不让自动复制：文件内容已选中，请按“复制”。"
        return
      }
    }
    saved()
    at("handed").textContent = `已复制。请另存为 ${name()} 或粘贴给${data.office.desk}。`
  }

  function back() {
    at("entry").hidden = false
    at("done").hidden = true
    at("handed").textContent = ""
    delete document.body.dataset.state
    at("main").focus()
    unsaved = true
    changed()
  }

  function another() {
    if (unsaved && !confirm("文件还没有下载、复制，也没有在 Git 网站上新建。不要了吗？")) return
    kept("sessionStorage", KEPT, null)
    unsaved = false
    location.reload()
  }

  // Begin

  function restored() {
    const text = kept("sessionStorage", KEPT)
    if (!text) return false
    try {
      const before = JSON.parse(text)
      code = before.code
      form.set(before.form)
      return true
    } catch {
      return false // of another version of the page
    }
  }

  const before = restored()
  if (before) {
    told("上次填的公开部分已恢复；姓名、住址、电话等不在浏览器里保存，请重新填写。")
  } else {
    form.of("收到").set(`${today()} ${clock()}`)
    form.of(REMEMBERED).set(kept("localStorage", `xinfang-${REMEMBERED}`) ?? "")
  }
  unsaved = before
  changed()

  at("entry").addEventListener("input", () => {
    unsaved = true
    changed()
  })
  // What is said of a person may stand in an open text that was written before.
  at("entry").addEventListener("change", ({ target }) => {
    if (target.closest(".sealed")) xfForm.settled(() => openTexts().forEach(leaf => leaf.show()))
  })
  at("entry").addEventListener("submit", finish)
  at("download").addEventListener("click", download)
  at("copy").addEventListener("click", copy)
  at("print").addEventListener("click", () => print())
  at("back").addEventListener("click", back)
  at("another").addEventListener("click", another)
  addEventListener("beforeunload", event => {
    if (unsaved) event.preventDefault()
  })
  at("unready").hidden = true
  at("entry").hidden = false
})()
