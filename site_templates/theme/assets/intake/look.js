// Light or dark: as the reader chose on the pages of the site, else as the machine is set.
"use strict";

(() => {
  let chosen
  try {
    chosen = JSON.parse(localStorage.getItem(`${new URL(".", location).pathname}.__palette`))?.color?.scheme
  } catch {
    chosen = undefined // nothing may be kept here
  }
  const dark = matchMedia("(prefers-color-scheme: dark)")
  const show = () => {
    document.body.dataset.mdColorScheme = chosen ?? (dark.matches ? "slate" : "default")
  }
  dark.addEventListener("change", show)
  show()
})()
