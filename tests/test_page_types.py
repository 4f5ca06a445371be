"""Every kind of page of the site: quiet, whole, in every light, on paper and without scripts.

Kinds are read from the site as it was built, so that a new page is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from browsing import PHONE, Reader
from playwright.sync_api import Browser, Page
from shots import kind, kinds

#: Points that a letter may stand beyond the edge of its paper by rounding.
ROUNDING = 1.0
#: Letters by which a cell is known on paper; longer ones may run over to the next sheet.
BEGIN = 6
#: What a page says of itself.
ABOUT = """() => ({
  lang: document.documentElement.lang,
  title: document.title,
  headings: [...document.querySelectorAll('h1')].filter(h => h.checkVisibility()).length,
  main: document.querySelectorAll('main').length,
})"""
#: How much wider than its window a page is.
TOO_WIDE = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
#: Everything seen on a light ground; pictures of papers and pages are light by themselves.
WHITE = """() => {
  const seen = {opacityProperty: true, visibilityProperty: true};
  return [...document.querySelectorAll('body *')].filter(box => {
    const size = box.getBoundingClientRect();
    if (box.closest('img, .x-shot') || !box.checkVisibility(seen)) return false;
    const colour = getComputedStyle(box).backgroundColor.match(/[\\d.]+/g).map(Number);
    const [red, green, blue, alpha = 1] = colour;
    return size.width * size.height > 400 && alpha > 0.5 && (red + green + blue) / 3 > 170;
  }).map(box => `${box.tagName}.${box.className}`);
}"""
#: Head and last row of every table that is seen: what stands in their last column.
LAST_COLUMN = """() => [...document.querySelectorAll('table')]
  .filter(table => table.checkVisibility())
  .flatMap(table => [table.rows[0], table.rows[table.rows.length - 1]])
  .map(row => row.cells[row.cells.length - 1])
  .filter(cell => cell.checkVisibility())
  .map(cell => cell.innerText)"""
#: Sections that are seen only with scripts.
UNSEEN = """() => [...document.querySelectorAll('article h2, article h3')]
  .filter(heading => !heading.closest('details:not([open])') && !heading.checkVisibility())
  .map(heading => heading.textContent)"""


@pytest.fixture(scope="module")
def addresses(sample_site_folder: Path) -> dict[str, str]:
    return kinds(sample_site_folder)


def found(pages: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    """What is amiss, by kind of page."""
    return {name: amiss for name, amiss in pages if amiss}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("index.html", "home"),
        ("cases/2026/XF-2026-0013.html", "cases-one"),
        ("departments/index.html", "departments"),
        ("departments/d02.html", "departments-one"),
        ("departments/duties.html", "departments-duties"),
        ("manual/site.html", "manual-one"),
    ],
)
def test_records_of_a_folder_are_one_kind(address: str, name: str) -> None:
    assert kind(address) == name


def test_the_kinds_of_pages_are_those_of_the_site(addresses: dict[str, str]) -> None:
    assert {"home", "cases-one", "ledger", "manual-one", "departments-one"} <= addresses.keys()
    assert len(set(addresses.values())) == len(addresses) < 40


def test_each_opens_quietly_and_says_what_it_is(
    browser: Browser, sample_site: str, addresses: dict[str, str]
) -> None:
    reader = Reader(browser, sample_site)
    titles = []
    for name, address in addresses.items():
        reader.opens(address)
        reader.page.wait_for_timeout(100)
        about = reader.page.evaluate(ABOUT)
        titles.append(about.pop("title"))
        assert about == {"lang": "zh", "headings": 1, "main": 1}, name
        assert reader.troubles == [], name
    assert len(set(titles)) == len(titles)
    reader.page.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["脚本", "无脚本"])
def test_none_is_wider_than_a_phone(
    browser: Browser,
    sample_site: str,
    addresses: dict[str, str],
    scripts: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    context = browser.new_context(
        viewport={"width": PHONE, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    wide = found((name, _wide(page, sample_site + where)) for name, where in addresses.items())
    context.close()
    assert wide == {}


def _wide(page: Page, address: str) -> int:
    page.goto(address)
    wide: int = page.evaluate(TOO_WIDE)
    return wide


def test_none_has_a_white_box_in_the_dark(
    browser: Browser, sample_site: str, addresses: dict[str, str]
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    white = {}
    for name, address in addresses.items():
        page.goto(sample_site + address)
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate", name
        if boxes := page.evaluate(WHITE):
            white[name] = boxes
    context.close()
    assert white == {}


def test_nothing_is_cut_on_paper(
    browser: Browser, sample_site: str, addresses: dict[str, str]
) -> None:
    page = browser.new_page()
    cut = {}
    for name, address in addresses.items():
        page.goto(sample_site + address)
        page.emulate_media(media="print")
        wanted = page.evaluate(LAST_COLUMN)
        text, beyond = _on_paper(page.pdf(format="A4", prefer_css_page_size=True))
        lost = [cell for cell in wanted if _letters(cell)[:BEGIN] not in text]
        if lost or beyond:
            cut[name] = (lost, beyond)
    page.close()
    assert cut == {}


def _letters(text: str) -> str:
    return "".join(text.split())


def _on_paper(data: bytes) -> tuple[str, str]:
    """All letters of a printed page, and those that stand beyond the edge of the paper."""
    document = pypdfium2.PdfDocument(data)
    whole = beyond = ""
    for sheet in document:
        letters = sheet.get_textpage()
        text = letters.get_text_range()
        whole += text
        width = sheet.get_width()
        for index in range(letters.count_rects()):
            left, bottom, right, top = letters.get_rect(index)
            if left < -ROUNDING or right > width + ROUNDING:
                beyond += letters.get_text_bounded(left, bottom, right, top)
    document.close()
    return _letters(whole), beyond.strip()


def test_each_can_be_read_without_scripts(
    browser: Browser, sample_site: str, addresses: dict[str, str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, address in addresses.items():
        page.goto(sample_site + address)
        assert page.evaluate(ABOUT)["headings"] == 1, name
        assert page.evaluate(UNSEEN) == [], name
        assert page.locator("main").inner_text().count("\n") > 3, name
    context.close()
