"""The lists of the site: the ledger as a grid, tables by month, the month view, calendars."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

import pdfplumber
import pytest
import vobject
from browsing import DESKTOP, PHONE, ROOT, Reader, copied, served
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page

from xinfang.balance import balance, monthly
from xinfang.check import check
from xinfang.exports.csv_ import guarded
from xinfang.ledger import Entry
from xinfang.packaged import site_templates_folder
from xinfang.pages import calendar, deadlines, ledger
from xinfang.pages.frame import Frame
from xinfang.pages.grid import GridColumn, script
from xinfang.pages.words import labels
from xinfang.register import Register, open_register
from xinfang.selection import Period
from xinfang.tables import COLUMNS, ORDINAL, Kind

TODAY = date(2026, 9, 16)
SEALED = "XF-2026-0008"
GRID = "信访台账"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder = copied(tmp_path_factory.mktemp("清单"), sorted(ROOT.glob("cases/2026/*.yaml")))
    return open_register(folder, TODAY, TODAY)


@pytest.fixture(scope="module")
def entries(register: Register) -> dict[str, Entry]:
    return dict(check(register, remember=False).entries)


@pytest.fixture(scope="module")
def frame(register: Register, entries: dict[str, Entry]) -> Frame:
    return Frame(register, entries, (), [site_templates_folder() / "pages"])


def data_of(text: str) -> Any:  # noqa: ANN401 - JSON
    """What a data script assigns."""
    assert text.startswith("var xfGrid = ")
    return json.loads(text.removeprefix("var xfGrid = "))


def multiplied(frame: Frame, count: int) -> Frame:
    """Make a large ledger cheaply: the same matters over and over, under new numbers."""
    kept = list(frame.entries.values())
    made = {}
    for place in range(count):
        entry, number = kept[place % len(kept)], f"XF-2026-{place:05d}"
        title = entry.title if entry.sealed else f"{entry.title}（第{place}件）"
        made[number] = replace(entry, number=number, title=title)
    large = Frame(frame.register, made, (), frame.folders)
    large.__dict__["promises"] = ()  # they stand in the files, and there are none
    return large


# Data


def test_the_data_hold_every_column_of_the_ledger(frame: Frame) -> None:
    data = data_of(dict(ledger.pages(frame))["data/ledger.js"])
    keys = [column["key"] for column in data["columns"]]
    assert keys[: len(COLUMNS) - 1] == [c.key for c in COLUMNS if c is not ORDINAL]
    for column in data["columns"]:
        assert len(column["cells"]) == len(frame.listed)
        assert max(column["cells"]) <= len(column["values"])
    for word in data["words"]["names"]:
        assert re.search(r"[\u4e00-\u9fff]", data["labels"][word]), word


def test_of_an_accusation_the_data_tell_number_day_and_hand_over(frame: Frame) -> None:
    data = data_of(dict(ledger.pages(frame))["data/ledger.js"])
    place = [entry.number for entry in frame.listed].index(SEALED)
    told = {
        column["key"]: column["values"][column["cells"][place] - 1]
        for column in data["columns"]
        if column["cells"][place]
    }
    assert told == {"number": SEALED, "received": "2026-04-13", "title": "已按规定移送"}
    words = data["words"]
    assert [words["names"][w] for w in words["sets"][words["rows"][place]]] == ["sealed"]


def test_ten_thousand_matters_stay_small(frame: Frame) -> None:
    large = multiplied(frame, 10_000)
    began = time.monotonic()
    text = ledger._data(large)
    assert time.monotonic() - began < 20
    assert len(text.encode()) < 4_000_000


def test_data_are_safe_in_a_script() -> None:
    hostile = "</script><!--\u2028&'\"\\"
    text = script(
        [GridColumn("number", "编号", Kind.TEXT, 0)],
        [{"number": hostile}],
        ["open"],
        {"open": "在办"},
    )
    assert not re.search("[<>&\u2028]", text)
    assert data_of(text)["columns"][0]["values"] == [hostile]


def test_words_are_told_in_chinese(frame: Frame) -> None:
    told = labels(
        ["open received-2026-03 c01 e02 o03 c3-missed d02", "day-2026-09-18 C3 provisional"],
        frame.keys,
        frame.register.clocks,
    )
    assert told["received-2026-03"] == "2026年3月新收"
    assert told["c01"] == "类别：工资支付"
    assert told["c3-missed"] == "办结（C3）超期"
    assert told["day-2026-09-18"] == "2026年9月18日到期"
    assert told["d02"] in frame.keys
    assert told["C3"] == "办结（C3）"


# Plain tables


def test_every_matter_stands_in_the_table_of_its_month(frame: Frame) -> None:
    made = {k: v for k, v in ledger.pages(frame) if k.startswith("ledger/")}
    found = [
        number
        for text in made.values()
        for number in re.findall(r"<tr[^>]*>\n<td[^>]*><a[^>]*>(XF-[\d-]+)", text)
    ]
    assert sorted(found) == sorted(frame.entries)
    assert SEALED in made["ledger/2026-04.md"]
    assert "另收检举控告 1 件" in made["ledger/2026-04.md"]


def test_months_are_balanced_as_any_period(entries: dict[str, Entry]) -> None:
    ends = {2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30}
    found = monthly(entries.values())
    assert len(found) == len(ends)
    for month, last in ends.items():
        period = Period(date(2026, month, 1), date(2026, month, last))
        assert found[f"2026-{month:02d}"] == balance(entries.values(), period), month


def test_without_scripts_the_ledger_is_plain_tables(sample_site: str, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(sample_site + "ledger.html#f-open")
    numbers = len(list(ROOT.glob("cases/2026/*.yaml")))
    assert page.locator("noscript tbody tr:visible").count() == numbers
    assert not page.locator("[data-grid]").is_visible()
    assert not page.locator("[data-chips]").is_visible()
    page.get_by_role("link", name="2026年8月").click()
    assert page.url.endswith("ledger/2026-08.html")
    rows = page.locator("tbody tr")
    rows.first.wait_for()
    assert rows.count() == 7
    rows.first.locator("a.x-number").click()
    assert "cases/2026/" in page.url
    page.close()


def test_a_plain_table_is_sorted_by_a_click(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("ledger/2026-08.html")
    days = reader.page.locator("tbody td[data-label=收到]")
    reader.page.get_by_role("button", name="收到").click()
    assert days.all_inner_texts() == sorted(days.all_inner_texts())
    reader.page.get_by_role("button", name="收到").click()
    assert days.all_inner_texts() == sorted(days.all_inner_texts(), reverse=True)
    assert reader.troubles == []


def test_a_long_ledger_has_its_plain_tables_by_month_only(
    frame: Frame,
) -> None:
    large = multiplied(frame, 301)
    assert "<noscript>" not in dict(ledger.pages(large))["ledger.md"]
    assert "<noscript>" in dict(ledger.pages(frame))["ledger.md"]


# The grid in a browser


class Grid(Reader):
    """Somebody who works with the ledger."""

    def __init__(self, browser: Browser, address: str, width: int = DESKTOP) -> None:
        super().__init__(browser, address, width)

    def opens(self, name: str = "ledger.html") -> None:
        super().opens(name)
        self.page.wait_for_selector("[data-grid][data-ready]")

    @property
    def count(self) -> int:
        told = self.page.locator("[data-count]").inner_text()
        return int(re.findall(r"\d+", told)[0])

    def counts(self, number: int) -> None:
        """Wait until so many rows are found."""
        self.page.wait_for_function(
            "n => +/\\d+/.exec(document.querySelector('[data-count]').textContent)[0] === n",
            arg=number,
        )

    def column(self, key: str) -> list[str]:
        """Texts of a column, as far as it is drawn, from top to bottom."""
        texts: list[str] = self.page.locator(f".tabulator-row .x-col-{key}").all_inner_texts()
        return texts

    def filters(self, key: str, value: str) -> None:
        field = self.page.locator(f".tabulator-col.x-col-{key} :is(input, select)")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
        wanted = f"{key}={quote(value)}"
        self.page.wait_for_function("wanted => location.hash.includes(wanted)", arg=wanted)

    def searches_for(self, words: str) -> None:
        self.page.locator("[data-seek]").fill(words)
        self.page.wait_for_function("q => location.hash.includes(q)", arg=f"q={quote(words)}")

    def saves(self, kind: str) -> bytes:
        with self.page.expect_download() as coming:
            self.page.locator(f"[data-do={kind}]").click()
        assert coming.value.suggested_filename == f"{GRID}-2026-09-16.{kind}"
        return Path(coming.value.path()).read_bytes()

    def hash(self) -> str:
        told: str = self.page.evaluate("location.hash")
        return told


@pytest.fixture
def grid(sample_site: str, browser: Browser) -> Iterator[Grid]:
    reader = Grid(browser, sample_site)
    reader.opens()
    yield reader
    assert reader.troubles == []
    reader.page.close()


def test_the_grid_sorts(grid: Grid) -> None:
    head = grid.page.locator(".tabulator-col.x-col-received .tabulator-col-title")
    head.click()
    days = grid.column("received")
    assert len(days) > 10
    assert days == sorted(days)
    assert grid.hash() == "#f-&sort=received"
    head.click()
    days = grid.column("received")
    assert days == sorted(days, reverse=True)
    head.click()
    assert grid.hash() == "#f-"
    numbers = grid.column("number")
    assert numbers == sorted(numbers, reverse=True)


def test_what_is_missing_stands_last_either_way(grid: Grid) -> None:
    for sort in ("next_due", "-next_due"):
        grid.opens(f"ledger.html#f-&sort={sort}")
        grid.page.reload()
        dues = grid.column("next_due")
        assert dues[0]
        assert not dues[-1]


def test_columns_are_filtered(grid: Grid, entries: dict[str, Entry]) -> None:
    shown = [e for e in entries.values() if not e.sealed]
    grid.filters("category", "工资支付")
    grid.counts(sum(e.category == "工资支付" for e in shown))
    assert set(grid.column("category")) == {"工资支付"}
    grid.filters("title", "工资")
    assert all("工资" in title for title in grid.column("title"))
    grid.page.locator("[data-do=reset]").click()
    grid.counts(len(entries))
    grid.filters("outcomes", "支持")
    grid.counts(sum("支持" in e.outcomes and e.replied is not None for e in shown))


@pytest.mark.parametrize(
    ("wanted", "takes"),
    [
        ("2026-08", lambda day: f"{day:%Y-%m}" == "2026-08"),
        (">=2026-08-12", lambda day: day >= date(2026, 8, 12)),
        ("<2026-04", lambda day: day < date(2026, 4, 1)),
        (">2026-08", lambda day: day >= date(2026, 9, 1)),
        ("2026-03~2026-04", lambda day: date(2026, 3, 1) <= day <= date(2026, 4, 30)),
    ],
)
def test_days_are_filtered_by_range(
    grid: Grid, entries: dict[str, Entry], wanted: str, takes: Callable[[date], bool]
) -> None:
    expected = sum(takes(entry.received) for entry in entries.values())
    assert 0 < expected < len(entries)
    grid.filters("received", wanted)
    grid.counts(expected)


def test_numbers_are_filtered_by_range(grid: Grid, entries: dict[str, Entry]) -> None:
    shown = [entry for entry in entries.values() if not entry.sealed]
    for wanted, expected in {
        ">5": sum(entry.people > 5 for entry in shown),
        "1": sum(entry.people == 1 for entry in shown),
        "2~5": sum(2 <= entry.people <= 5 for entry in shown),
    }.items():
        grid.page.goto("about:blank")
        grid.opens(f"ledger.html#f-&people={quote(wanted)}")
        assert grid.count == expected > 0


def test_a_search_looks_at_all_columns(grid: Grid) -> None:
    grid.page.locator("[data-seek]").press_sequentially("青机电信处〔2026〕1号")
    grid.counts(1)
    assert grid.column("number") == ["XF-2026-0001"]
    grid.searches_for("ｘｆ-2026-00 热水")
    assert grid.count == 1
    assert "热水" in grid.column("title")[0]
    grid.searches_for("没有这样的事")
    assert grid.count == 0
    assert grid.page.get_by_text("没有符合条件的").is_visible()


def test_chips_of_two_groups_go_together(grid: Grid, frame: Frame) -> None:
    open_ = grid.page.locator("[data-filter=open]")
    grid.counts(len(frame.entries))
    open_.click()
    grid.counts(int(open_.locator("b").inner_text()))
    grid.page.locator("[data-filter=d02]").click()
    grid.page.wait_for_function("location.hash === '#f-open,d02'")
    both = {"open", "d02"}
    grid.counts(sum(both <= set(frame.words(e).split()) for e in frame.listed))
    assert open_.get_attribute("aria-current") == "true"
    grid.page.locator("[data-filter=closed]").click()
    grid.page.wait_for_function("location.hash === '#f-d02,closed'")
    grid.page.locator("[data-filter=closed]").click()
    grid.page.wait_for_function("location.hash === '#f-d02'")


def test_a_filter_that_is_no_chip_is_shown_and_can_be_taken_off(grid: Grid) -> None:
    grid.opens("ledger.html#f-c01,received-2026-03")
    loose = grid.page.locator(".x-loose a")
    assert loose.all_inner_texts() == ["类别：工资支付 ×", "2026年3月新收 ×"]
    before = grid.count
    loose.first.click()
    grid.page.wait_for_function("location.hash === '#f-received-2026-03'")
    assert loose.all_inner_texts() == ["2026年3月新收 ×"]
    assert grid.count > before > 0


def test_chosen_columns_are_remembered(sample_site: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    for _ in range(2):
        page.goto(sample_site + "ledger.html")
        page.wait_for_selector("[data-grid][data-ready]")
        people = page.locator(".tabulator-col.x-col-people")
        if not people.is_visible():
            page.locator(".x-pick summary").click()
            page.get_by_label("人数", exact=True).check()
            page.get_by_label("状态", exact=True).uncheck()
            people.wait_for(state="visible")
    assert people.is_visible()
    assert not page.locator(".tabulator-col.x-col-state").is_visible()
    assert "people" in page.evaluate("location.hash")
    page.locator(".x-pick summary").click()
    page.get_by_role("button", name="恢复默认").click()
    people.wait_for(state="hidden")
    kept = f"localStorage.getItem('xf-columns-{GRID}')"
    assert page.evaluate(f"[location.hash, {kept}]") == ["#f-", None]
    context.close()


def test_an_address_gives_the_same_view_again(
    grid: Grid, sample_site: str, browser: Browser
) -> None:
    grid.page.locator("[data-filter=closed]").click()
    grid.page.locator("[data-seek]").fill("反映")
    grid.page.wait_for_function("location.hash.includes('q=')")
    grid.filters("category", "工资支付")
    grid.page.locator(".tabulator-col.x-col-title .tabulator-col-title").click()
    grid.page.locator(".x-pick summary").click()
    grid.page.get_by_label("人数", exact=True).check()
    address = grid.page.url
    assert grid.hash().startswith("#f-closed&q=")
    other = Grid(browser, sample_site)
    other.opens(address.removeprefix(sample_site))
    for key in ("number", "title", "people", "category"):
        assert other.column(key) == grid.column(key)
    assert other.column("number")
    assert other.page.locator("[data-seek]").input_value() == "反映"
    assert other.page.locator(".x-col-category select").input_value() == "工资支付"
    assert other.page.url == address
    assert other.troubles == []


def test_back_undoes_the_last_filter(grid: Grid) -> None:
    every = grid.count
    grid.page.locator("[data-filter=open]").click()
    grid.page.wait_for_function("location.hash === '#f-open'")
    some = grid.count
    grid.page.locator("[data-seek]").press_sequentially("工资", delay=250)
    grid.page.wait_for_function("location.hash.includes('q=%E5%B7%A5%E8%B5%84')")
    assert grid.count < some
    grid.page.go_back()
    grid.counts(some)
    assert grid.page.locator("[data-seek]").input_value() == ""
    grid.page.go_back()
    grid.counts(every)


def test_a_place_on_the_page_is_no_filter(grid: Grid) -> None:
    every = grid.count
    grid.page.evaluate("location.hash = '#months'")
    grid.page.wait_for_timeout(100)
    assert grid.count == every
    assert grid.hash() == "#months"


def test_rows_lead_to_their_case(grid: Grid) -> None:
    number = grid.column("number")[2]
    grid.page.locator(".tabulator-row .x-col-title").nth(2).click()
    grid.page.wait_for_url(f"**/cases/2026/{number}.html")


# Taking rows along


def _shown(grid: Grid) -> tuple[list[str], list[list[str]]]:
    """The heading and all rows as they stand in the grid."""
    keys = grid.page.evaluate(
        "[...document.querySelectorAll('.tabulator-col')].filter(c => c.offsetWidth)"
        ".map(c => c.getAttribute('tabulator-field')).filter(k => k !== 'picked')"
    )
    heads = [
        grid.page.locator(f".tabulator-col.x-col-{key} .tabulator-col-title").inner_text()
        for key in keys
    ]
    columns = [grid.column(key) for key in keys]
    return heads, [list(row) for row in zip(*columns, strict=True)]


@pytest.fixture
def narrowed(grid: Grid) -> Grid:
    """The grid with few enough rows that all of them are drawn, in an order of their own."""
    grid.page.goto("about:blank")
    cols = "number,received,people,title,category,amount,outcomes,next_due"
    grid.opens(
        f"ledger.html#f-&q={quote('反映')}&category={quote('工资支付')}&sort=-title&cols={cols}"
    )
    assert 1 < grid.count < 15
    return grid


def test_what_is_saved_as_csv_is_what_is_shown(narrowed: Grid) -> None:
    content = narrowed.saves("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == narrowed.count + 1
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert (head, rows) == _shown(narrowed)


def test_what_is_saved_as_xlsx_is_what_is_shown(narrowed: Grid) -> None:
    sheet = load_workbook(io.BytesIO(narrowed.saves("xlsx"))).active
    assert sheet.title == GRID
    assert sheet.freeze_panes == "A2"
    head, rows = _shown(narrowed)
    cells = list(sheet.iter_rows())
    assert [cell.value for cell in cells[0]] == head
    for line, row in zip(cells[1:], rows, strict=True):
        for cell, name, text in zip(line, head, row, strict=True):
            if not text:
                assert cell.value is None
            elif name in {"收到日期", "最近期限"}:
                assert cell.is_date
                assert f"{cell.value:%Y-%m-%d}" == text
            elif name in {"人数", "请求金额(元)"}:
                assert cell.value == float(text)
            else:
                assert (cell.value, cell.data_type) == (text, "s")


def test_rows_are_copied_as_a_table(narrowed: Grid) -> None:
    page = narrowed.page
    assert _copied(page, "copy") == _table(narrowed)
    page.locator(".tabulator-row .x-picks input").nth(1).check()
    head, rows = _shown(narrowed)
    assert _copied(page, "copy") == "\n".join(map("\t".join, [head, rows[1]]))
    assert page.locator("[data-count]").inner_text().endswith("已复制 1 行")
    assert _copied(page, "link") == page.url


def _table(grid: Grid) -> str:
    head, rows = _shown(grid)
    return "\n".join(map("\t".join, [head, *rows]))


def _copied(page: Page, button: str) -> str:
    """Press a button and paste what it copied."""
    page.locator(f"[data-do={button}]").click()
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('textarea'), {id: 'p'}))"
    )
    page.locator("#p").focus()
    page.keyboard.press("Control+V")
    pasted = page.locator("#p").input_value()
    page.evaluate("document.querySelector('#p').remove()")
    return pasted


HOSTILE = (
    "=1+1",
    "+86",
    "-2",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    " 空",
    "'已有",
    '"引号", 逗号',
    "<b onclick=alert(1)>&amp;",
    "两\n行",
    "平常",
)


def test_no_text_becomes_a_formula_or_markup(
    sample_site_folder: Path, tmp_path: Path, browser: Browser
) -> None:
    site = shutil.copytree(sample_site_folder, tmp_path / "site")
    shape = [
        GridColumn("number", "登记编号", Kind.TEXT, 119, shown=True),
        GridColumn("title", "事项摘要", Kind.TEXT, 0, shown=True),
    ]
    rows = [{"number": f"XF-2026-{n:04d}", "title": text} for n, text in enumerate(HOSTILE)]
    content = script(shape, rows, ["open"] * len(rows), {"open": "在办"})
    (site / "data" / "ledger.js").write_text(content, encoding="utf-8")
    with served(site) as address:
        grid = Grid(browser, address)
        grid.opens()
        assert grid.count == len(HOSTILE)
        assert grid.page.locator(".tabulator-row b").count() == 0
        saved = csv.reader(io.StringIO(grid.saves("csv").decode("utf-8-sig"), newline=""))
        assert [row[1] for row in saved][1:] == [guarded(text) for text in HOSTILE]
        sheet = load_workbook(io.BytesIO(grid.saves("xlsx"))).active
        cells = [row[1] for row in sheet.iter_rows(min_row=2)]
        assert [cell.value for cell in cells] == list(HOSTILE)
        assert {cell.data_type for cell in cells} == {"s"}
        assert grid.troubles == []


def test_on_paper_stands_every_row_found(narrowed: Grid, tmp_path: Path) -> None:
    paper = tmp_path / "台账.pdf"
    narrowed.opens("ledger.html#f-closed")
    narrowed.page.reload()
    narrowed.page.wait_for_selector("[data-grid][data-ready]")
    narrowed.page.pdf(path=str(paper), prefer_css_page_size=True)
    with pdfplumber.open(paper) as pdf:
        text = normalize("NFKC", "".join(page.extract_text() for page in pdf.pages))
        assert all(page.width > page.height for page in pdf.pages)
    numbers = re.findall(r"XF-2026-\d{4}", text)
    assert len(numbers) == narrowed.count == len(set(numbers))
    assert "已办结" in text
    assert "导出" not in text
    assert narrowed.page.locator(".x-paper").count() == 0


# Large, small, and from a folder


def test_ten_thousand_rows_are_smooth(
    frame: Frame,
    sample_site_folder: Path,
    tmp_path: Path,
    browser: Browser,
) -> None:
    site = shutil.copytree(sample_site_folder, tmp_path / "site")
    large = multiplied(frame, 10_000)
    (site / "data" / "ledger.js").write_text(ledger._data(large), encoding="utf-8")
    with served(site) as address:
        grid = Grid(browser, address)
        began = time.monotonic()
        grid.opens()
        assert grid.count == 10_000
        assert time.monotonic() - began < 15
        assert grid.page.locator(".tabulator-row").count() < 200
        grid.page.wait_for_timeout(1000)  # let it build what a search looks at
        expected = sum(e.category == "工资支付" for e in large.listed if not e.sealed)
        took = grid.page.evaluate(
            """() => new Promise(done => {
              const field = document.querySelector(".x-col-title input"), began = performance.now()
              field.value = "热水"
              field.dispatchEvent(new InputEvent("input"))
              const told = () => requestAnimationFrame(() => done(performance.now() - began))
              new MutationObserver(told)
                .observe(document.querySelector("[data-count]"), {childList: true})
            })"""
        )
        assert took < 1000
        assert 0 < grid.count < 1000
        grid.page.locator("[data-do=reset]").click()
        grid.counts(10_000)
        grid.filters("category", "工资支付")
        grid.counts(expected)
        grid.page.evaluate("document.querySelector('.tabulator-tableholder').scrollTop = 20000")
        grid.page.wait_for_function(
            "document.querySelector('.tabulator-row').getBoundingClientRect().height > 0"
        )
        assert grid.page.locator(".tabulator-row").count() < 200
        assert len(grid.saves("csv").splitlines()) == expected + 1
        assert grid.troubles == []


def test_on_a_phone_a_row_opens_its_case(sample_site: str, browser: Browser) -> None:
    grid = Grid(browser, sample_site, PHONE)
    grid.opens("ledger.html#f-open")
    assert grid.page.evaluate("document.documentElement.scrollWidth") <= PHONE
    holder = grid.page.locator(".tabulator-tableholder")
    assert holder.evaluate("at => at.scrollWidth <= at.clientWidth")
    assert all(grid.column("title"))
    grid.page.locator(".tabulator-row").first.click()
    grid.page.wait_for_url("**/cases/2026/XF-*.html")
    assert grid.troubles == []


def test_the_grid_works_from_a_folder(sample_site_folder: Path, browser: Browser) -> None:
    grid = Grid(browser, f"{sample_site_folder.as_uri()}/")
    grid.opens("ledger.html#f-open")
    some = grid.count
    grid.page.locator("[data-filter=closed]").click()
    grid.page.wait_for_function("location.hash === '#f-closed'")
    grid.filters("category", "工资支付")
    assert len(grid.saves("csv").splitlines()) == grid.count + 1
    grid.page.go_back()
    grid.page.go_back()
    grid.counts(some)
    assert grid.troubles == []


# What is due


def test_deadlines_are_filtered_by_three_things_at_once(
    sample_site: str, browser: Browser, frame: Frame
) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("deadlines.html")
    page = reader.page
    rows = page.locator("[data-filtered] tbody tr:visible")
    assert rows.count() == len(frame.dues)
    names = page.locator(".x-filters-name").all_inner_texts()
    assert names == ["缓急", "谁来办", "期限"]
    key = frame.keys["劳务管理部"]
    for word in ("later", key, "C3"):
        page.locator(f"[data-filter={word}]").click()
    page.wait_for_function("wanted => location.hash === wanted", arg=f"#f-later,{key},C3")
    expected = [
        due
        for due in frame.dues
        if (due.when, due.owner, due.deadline.clock.id) == ("later", "劳务管理部", "C3")
    ]
    assert rows.count() == len(expected) > 0
    assert f"显示 {len(expected)} 项" in page.locator(".x-shown").inner_text()
    page.go_back()
    page.wait_for_function("wanted => location.hash === wanted", arg=f"#f-later,{key}")
    assert reader.troubles == []


def test_a_day_is_a_filter_too(sample_site: str, browser: Browser, frame: Frame) -> None:
    day = frame.dues[1].deadline.due
    reader = Reader(browser, sample_site)
    reader.opens(f"deadlines.html#f-day-{day}")
    shown = reader.page.locator("[data-filtered] tbody tr:visible")
    assert shown.count() == sum(due.deadline.due == day for due in frame.dues)
    chip = reader.page.locator(".x-loose a")
    assert chip.inner_text() == f"{day.year}年{day.month}月{day.day}日到期 ×"
    chip.click()
    reader.page.wait_for_function("location.hash === '#f-'")
    assert shown.count() == len(frame.dues)


def test_many_deadlines_come_as_a_grid(frame: Frame) -> None:
    large = multiplied(frame, 3000)
    made = dict(deadlines.pages(large))
    assert len(large.dues) > deadlines.LONGEST
    page = made["deadlines.md"]
    plain = page[page.index("<noscript>") : page.index("</noscript>")]
    assert plain.count("<tr class") == deadlines.LONGEST
    assert 'src="data/deadlines.js"' in page
    data = data_of(made["data/deadlines.js"])
    assert len(data["words"]["rows"]) == len(large.dues)
    assert "columns" not in data_of(dict(deadlines.pages(frame))["data/deadlines.js"])


# Month view


def test_the_month_view_shows_every_deadline_of_its_months(frame: Frame) -> None:
    months = calendar._months(frame)
    assert [month.name for month in months] == ["2026年9月", "2026年10月", "2026年11月"]
    page = dict(calendar.pages(frame))["calendar.md"]
    shown = re.findall(r'class="x-item.*?(XF-2026-\d{4})</span> ([^<（]+)', page)
    last = date(2026, 11, 30)
    expected = [
        (due.entry.number, due.deadline.clock.name)
        for due in frame.dues
        if date(2026, 9, 1) <= due.deadline.due <= last
    ]
    assert sorted(shown) == sorted(expected)
    assert all(len(week) == 7 for month in months for week in month.weeks)
    cells = {cell.day.date: cell for m in months for week in m.weeks for cell in week if cell}
    assert cells[date(2026, 10, 1)].mark == "休 国庆节"
    assert cells[date(2026, 9, 20)].mark == "班"
    assert cells[date(2026, 9, 19)].mark == ""


def test_the_months_after_november_lie_in_the_next_year(register: Register) -> None:
    later = replace(register, today=date(2026, 12, 5))
    months = calendar._months(Frame(later, {}, (), [site_templates_folder() / "pages"]))
    assert [month.name for month in months] == ["2026年12月", "2027年1月", "2027年2月"]
    assert months[1].provisional


def test_a_full_day_leads_to_its_list(frame: Frame) -> None:
    large = multiplied(frame, 240)
    page = dict(calendar.pages(large))["calendar.md"]
    day = next(due.deadline.due for due in large.dues if due.when == "later")
    count = sum(due.deadline.due == day for due in large.dues)
    assert f'<a href="deadlines.html#f-day-{day}">另 {count - 5} 项</a>' in page


def test_the_month_view_prints_a_month_a_sheet(
    sample_site: str, browser: Browser, tmp_path: Path
) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("calendar.html")
    reader.page.pdf(path=str(tmp_path / "月历.pdf"), prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "月历.pdf") as pdf:
        texts = [normalize("NFKC", page.extract_text()) for page in pdf.pages]
        assert [round(page.width) for page in pdf.pages] == [842, 842, 842]
    for text, name in zip(texts, ("2026年9月", "2026年10月", "2026年11月"), strict=True):
        assert name in text
    assert reader.troubles == []


def test_on_a_phone_the_month_view_is_a_list_of_days(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site, PHONE)
    reader.opens("calendar.html")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert not reader.page.locator(".x-calendar thead").first.is_visible()
    assert not reader.page.locator(".x-empty:not(.x-now)").first.is_visible()
    assert reader.page.locator(".x-item").first.is_visible()
    reader.page.locator(".x-switch a").first.click()
    assert reader.page.url.endswith("deadlines.html")
    assert reader.troubles == []


# Calendars to subscribe to


def test_calendars_are_read_by_two_programs(frame: Frame) -> None:
    made = {k: v for k, v in deadlines.pages(frame) if k.startswith("ics/")}
    assert set(made) == {"ics/all.ics", *(f"ics/{key}.ics" for key in frame.keys.values())}
    for address, text in made.items():
        assert text.count("\n") == text.count("\r\n")
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert "RRULE" not in text
        events = list(Calendar.from_ical(text).walk("VEVENT"))
        second = getattr(vobject.readOne(text), "vevent_list", [])
        assert [str(event["UID"]) for event in events] == [event.uid.value for event in second]
        assert [event.decoded("DTSTART") for event in events] == [e.dtstart.value for e in second]
        assert all(event.walk("VALARM") for event in events)
        if address == "ics/all.ics":
            assert sorted(event.decoded("DTSTART") for event in events) == [
                due.deadline.due for due in frame.dues
            ]


def test_a_department_has_in_its_calendar_what_it_takes_part_in(frame: Frame) -> None:
    made = dict(deadlines.pages(frame))
    key = frame.keys["工程技术部"]
    numbers = {
        str(event["SUMMARY"]).removeprefix("【已逾期9天】").split(" ")[0]
        for event in Calendar.from_ical(made[f"ics/{key}.ics"]).walk("VEVENT")
    }
    assert numbers == {"XF-2026-0019"}


def test_calendars_name_nobody_and_no_accusation(frame: Frame) -> None:
    made = {k: v.replace("\r\n ", "") for k, v in deadlines.pages(frame) if k.startswith("ics/")}
    for text in made.values():
        assert SEALED not in text
        for due in frame.dues:
            assert due.entry.title not in text


def test_the_site_offers_the_calendars(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("deadlines.html")
    address = reader.page.locator(".x-subscribe a").get_attribute("href")
    assert address == "ics/all.ics"
    answer = reader.page.request.get(sample_site + address)
    assert answer.body().startswith(b"BEGIN:VCALENDAR\r\n")
