"""承诺兑现 as a reader meets it: every open promise, with what became of it, and nobody counted."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, ROOT, Reader, copied, served
from playwright.sync_api import Browser

from xinfang.cli.site import make_site
from xinfang.register import open_register

TODAY = date(2026, 9, 16)
PAGE = "promises.html"
ROWS = "main tbody tr"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def reader(request: pytest.FixtureRequest, browser: Browser, sample_site: str) -> Reader:
    found = Reader(browser, sample_site, request.param)
    found.opens(PAGE)
    return found


def owed_in_the_files() -> list[tuple[date, str, int]]:
    """Every open promise of the sample, counted anew from its files: day, number, claim."""
    register = open_register(ROOT, TODAY, TODAY)
    found = []
    for file in register.case_files():
        loaded = register.load(file)
        assert loaded.record is not None
        matter = register.matter(loaded.record, "")
        found += [
            (answer.execution.due, matter.case.number, answer.claim)
            for answer in matter.open_promises
            if answer.execution and not matter.is_sealed
        ]
    return sorted(found)


def test_every_open_promise_stands_there_the_latest_first(reader: Reader) -> None:
    rows = [row.inner_text() for row in reader.page.locator(ROWS).all()]
    expected = owed_in_the_files()
    assert len(rows) == len(expected) > 5
    for row, (day, number, claim) in zip(rows, expected, strict=True):
        assert str(day) in row
        assert number in row
        assert f"第{claim}条" in row
    assert reader.troubles == []


def test_a_row_tells_what_was_promised_and_what_became_of_it(reader: Reader) -> None:
    row = reader.page.locator(ROWS).first
    told = row.inner_text()
    for part in (
        "已逾期169天",
        "请求：支付焊工班2025年12月至2026年2月的工资",
        "418,600.00元",
        "已兑现 397,600.00元",
        "财务部",
    ):
        assert part in told
    later = row.locator("td").last.get_by_role("link")
    assert later.inner_text() == "XF-2026-0013"
    later.click()
    assert reader.page.locator("h1").inner_text() == "反映焊工班三人工资余款仍未到账"
    assert reader.troubles == []


def visible(reader: Reader) -> list[str]:
    return [row.inner_text() for row in reader.page.locator(ROWS).all() if row.is_visible()]


def test_chips_leave_as_many_rows_as_they_say(reader: Reader) -> None:
    words = [
        link.get_attribute("data-filter") or ""
        for link in reader.page.locator("[data-chips] a").all()
    ]
    assert {"late", "not-urged", "again"} <= set(words)
    for word in words:
        reader.opens(f"{PAGE}#f-{word}")
        reader.page.reload()
        chip = reader.page.locator(f'[data-chips] a[data-filter="{word}"] b')
        assert len(visible(reader)) == int(chip.inner_text()), word
    assert reader.troubles == []


def test_a_department_sees_its_own(reader: Reader) -> None:
    reader.page.get_by_role("link", name=re.compile("^财务部 ")).first.click()
    found = visible(reader)
    assert len(found) == 2
    assert all("财务部" in row for row in found)
    assert "显示 2 项" in reader.page.locator(".x-shown").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_nothing_is_wider_than_the_page(reader: Reader, scheme: str, medium: str) -> None:
    reader.page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light",
        media="print" if medium == "print" else "screen",
    )
    page = reader.page
    width = page.evaluate("innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(visible(reader)) == len(owed_in_the_files())


def test_the_deadlines_keep_a_short_list_and_lead_here(reader: Reader) -> None:
    reader.opens("deadlines.html")
    section = reader.page.locator("section", has=reader.page.locator("#promises"))
    assert section.locator("tbody tr").count() <= 10
    section.get_by_role("link", name="全部承诺").click()
    assert reader.page.url.endswith(PAGE)
    assert reader.page.locator("h1").inner_text() == "承诺兑现"


# A register of its own: what was done about a promise, and who came back

OWES = (ROOT / "cases/2026/XF-2026-0001.yaml").read_text("utf-8")


def again(number: str, **changed: str) -> str:
    """A later matter that names XF-2026-0001 as an earlier one."""
    text = (ROOT / "cases/2026/XF-2026-0013.yaml").read_text("utf-8")
    for old, new in {"XF-2026-0013": number, **changed}.items():
        text = text.replace(old, new)
    return text


def steps(text: str, *added: str) -> str:
    return text.rstrip() + "\n" + "".join(f"  - {{{step}}}\n" for step in added)


def built(folder: Path, **cases: str) -> Path:
    """Build the site of a register of these cases."""
    register = copied(folder / "册", [])
    for number, text in cases.items():
        (register / "cases/2026" / f"{number}.yaml").write_text(text, "utf-8")
    make_site(open_register(register, TODAY, TODAY), register / "build")
    return register / "build" / "site"


@pytest.fixture
def urged(tmp_path: Path) -> Path:
    """Of one promise, a department was reminded before the reply, and twice since."""
    before = "日期: 2026-03-05, 事项: 催办, 部门: 财务部, 请于: 2026-03-06, 经办: 李敏"
    since = "日期: 2026-08-10, 事项: 催办, 部门: 财务部, 请于: 2026-08-14, 经办: 李敏"
    other = "日期: 2026-08-11, 事项: 催办, 部门: 劳务管理部, 请于: 2026-08-14, 经办: 李敏"
    watched = (
        "日期: 2026-09-01, 事项: 督办, 部门: 财务部, 内容: 付清余款, 期限: 2026-09-10, 经办: 李敏"
    )
    return built(
        tmp_path,
        **{
            "XF-2026-0001": steps(OWES, before, since, other, watched),
            "XF-2026-0002": again("XF-2026-0002"),
            "XF-2026-0003": again("XF-2026-0003"),
            "XF-2026-0004": again("XF-2026-0004", 目的="目的").replace("申诉求决", "检举控告"),
        },
    )


def test_a_row_tells_what_was_done_to_have_it_kept(urged: Path, browser: Browser) -> None:
    assert (urged / "cases/2026/XF-2026-0004.html").exists()  # an accusation: never told of here
    with served(urged) as address:
        reader = Reader(browser, address)
        reader.opens(PAGE)
        row = reader.page.locator(ROWS).first
        done, came_back = (row.locator("td").nth(place).inner_text() for place in (5, 6))
        assert done.split("\n") == ["催办 2026-08-10", "督办 2026-09-01"]
        assert re.findall(r"XF-\d{4}-\d{4}", came_back) == ["XF-2026-0002", "XF-2026-0003"]
        assert reader.page.locator('a[data-filter="urged"] b').inner_text() == "1"


#: How a page would count what somebody did.
COUNTED = re.compile(
    r"(?:反映|来访|来信|上访|投诉|信访)了?(?:过)?\s*\d+\s*次|第\s*\d+\s*次(?:反映|来访|来信|上访|投诉)"
    r"|(?:累计|共|重复)\s*\d+\s*次|(?:反映|来访|来信|信访)次数|此人|该人"
)


def test_nobody_is_counted_on_any_page(urged: Path, sample_site_folder: Path) -> None:
    """Not in words, and not as a bare number beside the matters that came back."""
    assert COUNTED.search("信访人反映3次")
    for site in (urged, sample_site_folder):
        pages = [
            p for p in site.rglob("*.html") if "manual" not in p.parts and "basis" not in p.parts
        ]
        assert len(pages) > 20
        for page in pages:
            text = re.sub(r"<[^>]*>", "", page.read_text("utf-8"))
            assert not COUNTED.search(text), (page, COUNTED.search(text))
    rows = re.findall(
        r'data-label="此后再次反映">(.*?)</td>', (urged / PAGE).read_text("utf-8"), re.DOTALL
    )
    told = [re.sub(r"<[^>]*>|XF-\d{4}-\d{4}|\d{4}-\d\d-\d\d收到|没有|\s", "", row) for row in rows]
    assert set(told) == {""}
