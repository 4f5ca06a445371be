"""The home page, the desks of departments and the page of a case, as readers meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from browsing import PHONE, ROOT, Reader, copied, served
from playwright.sync_api import Browser

from xinfang.check import check
from xinfang.cli.site import make_site
from xinfang.packaged import site_templates_folder
from xinfang.pages import Pages, pages
from xinfang.pages.case import source
from xinfang.register import open_register
from xinfang.site import template_folders

TODAY = date(2026, 9, 16)
#: A day on which something of the sample is late, due today, due soon and promised.
BUSY = date(2026, 10, 12)
CASE = "cases/2026/XF-2026-0001.yaml"
ISSUED = """\
  - 日期: 2026-09-10
    事项: 出具
    文书: D05
    短码: AB12-CD34
    散列: {first}
  - 日期: 2026-09-11
    事项: 出具
    文书: D05
    版本: 2
    短码: EF56-GH78
    散列: {second}
    数据版本: 0123456789abcdef0123456789abcdef01234567
"""


def made(folder: Path, today: date = TODAY) -> Pages:
    register = open_register(folder, today, today)
    checked = check(register, remember=False)
    folders = template_folders(folder, site_templates_folder())
    return pages(register, checked.entries, checked.findings, folders)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return copied(tmp_path / "登记册", sorted(ROOT.glob("cases/2026/*.yaml")))


@pytest.fixture(scope="module")
def busy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample on a busy day, served."""
    folder = copied(tmp_path_factory.mktemp("忙"), sorted(ROOT.glob("cases/2026/*.yaml")))
    make_site(open_register(folder, BUSY, BUSY), folder / "build")
    with served(folder / "build" / "site") as address:
        yield address


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


# Home

#: Every link whose text, or whose part of a chart, is a number of something.
NUMBERED = """() => [...document.querySelectorAll('main a[href]')].flatMap(a => {
  const told = a.ownerSVGElement ? a.querySelector('title') : a.querySelector('b') || a;
  const found = (a.ownerSVGElement ? /(\\d+)(?:件|项)/ : /^(\\d+)$/).exec(told.textContent.trim());
  const href = a.getAttribute('href');
  return found ? [[href, +found[1]]] : [];
})"""


def numbered(reader: Reader, name: str) -> list[tuple[str, int]]:
    reader.opens(name)
    found = reader.page.evaluate(NUMBERED)
    return [(href, count) for href, count in found]


def counted(reader: Reader, href: str) -> int:
    """Open an address and count what it lists."""
    reader.page.goto("about:blank")  # a change of the fragment alone would not load anew
    reader.opens(href)
    page = reader.page
    if "#promises" in href:
        return page.locator("section:has(> #promises) tbody tr").count()
    if page.locator("[data-grid]").count():
        page.wait_for_selector("[data-grid][data-ready]")
        told = re.search(r"\d+", page.locator("[data-count]").inner_text())
        return int(told[0]) if told else -1
    return page.locator("[data-filtered] tbody tr:visible").count()


def test_every_number_of_the_home_page_leads_to_as_many(busy_site: str, browser: Browser) -> None:
    reader = Reader(browser, busy_site)
    links = numbered(reader, "index.html")
    kinds = {re.sub(r"d\d\d|\d{4}-\d\d", "", href) for href, _ in links}
    assert len(links) > 30
    assert {"deadlines.html#f-late", "deadlines.html#f-today,", "ledger.html#f-carried"} <= kinds
    assert {"ledger.html#f-received-", "ledger.html#f-closed-", "ledger.html#f-open,"} <= kinds
    assert sum(count > 0 for _, count in links) > 20
    for href, count in dict(links).items():
        assert counted(reader, href) == count, href
    assert reader.troubles == []


def test_every_number_of_the_departments_leads_to_as_many(busy_site: str, browser: Browser) -> None:
    reader = Reader(browser, busy_site)
    links = numbered(reader, "departments/index.html")
    links += [
        (f"d02.html{h}" if h[0] == "#" else h, n)
        for h, n in numbered(reader, "departments/d02.html")
    ]
    assert len(links) > 20
    for href, count in dict(links).items():
        address = href.removeprefix("../")
        if address == href:
            address = f"departments/{href}"
        assert counted(reader, address) == count, href


def test_a_month_adds_up(register: Path) -> None:
    for today in (TODAY, BUSY, date(2026, 5, 1)):
        sums = re.search(
            r'<p class="x-sum">(.*?)</p>', made(register, today)["index.md"], re.DOTALL
        )
        assert sums
        carried, received, closed, still = map(int, re.findall(r"<b>(\d+)</b>", sums[1]))
        assert carried + received - closed == still


def test_lamps_have_words_and_the_worst_one_wins(register: Path) -> None:
    page = made(register)["departments/index.md"]
    lamps = dict(
        re.findall(r'd\d\d\.html">([^<]+)</a></td>\s*<td><span class="x-lamp x-\w+">([^<]+)<', page)
    )
    assert lamps["工程技术部"] == "有逾期"  # a deadline
    assert lamps["财务部"] == "有逾期"  # a promise
    assert lamps["物资设备部"] == "正常"
    later = made(register, BUSY)["departments/index.md"]
    assert "临近" in text_of(made(register, date(2026, 9, 24))["departments/index.md"]) + later


def test_what_is_late_says_where_and_for_how_long(register: Path) -> None:
    home = made(register)["index.md"]
    assert "最久 9 天" in home
    assert "1项，最久9天" in text_of(home)


def test_an_empty_register_looks_like_one(tmp_path: Path) -> None:
    folder = copied(tmp_path / "空", [])
    home = made(folder)["index.md"]
    assert "登记册里还没有事项" in home
    assert "逾期在哪里" not in home
    assert "有逾期" not in home
    assert made(folder)["departments/d01.md"]


def test_a_quiet_day_says_so(tmp_path: Path) -> None:
    folder = copied(tmp_path / "静", [ROOT / "cases/2026/XF-2026-0003.yaml"])
    home = made(folder)["index.md"]
    assert "没有逾期的期限，今天和7天内也没有要办的" in home
    assert '<h2 id="late">' not in home


def test_the_essential_stands_above_the_fold(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    for part in (".x-board", ".x-lamps", ".x-row-late"):
        box = reader.page.locator(part).first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 800, part


@pytest.mark.parametrize("name", ["index", "departments/index", "departments/d02", CASE[:-5]])
def test_no_page_is_wider_than_a_phone(sample_site: str, browser: Browser, name: str) -> None:
    reader = Reader(browser, sample_site, PHONE)
    reader.opens(f"{name}.html")
    reader.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert reader.troubles == []


# Departments


def test_a_department_sees_its_clocks_its_calendar_and_what_was_late(register: Path) -> None:
    page = made(register)["departments/d04.md"]
    assert "../ics/d04.ics" in page
    assert "本部室负责的期限" in page
    late = page.partition('id="late"')[2].partition("</section>")[0]
    assert "XF-2026-0019" in late
    assert "转交部室" in late
    assert '<td data-label="迟" class="x-whole">3天</td>' in late
    after = made(register, date(2027, 1, 20))["departments/d04.md"]
    assert "转交部室" not in after.partition('id="late"')[2].partition("</section>")[0]


# A case


def test_a_case_says_what_comes_next_by_whom_and_by_when(register: Path) -> None:
    site = made(register)

    def coming(number: str) -> str:
        page = site[f"cases/2026/XF-2026-{number}.md"]
        line = re.search(r'<p class="x-note x-coming.*?</p>', page, re.DOTALL)
        assert line
        return text_of(line[0])

    assert coming("0019").startswith(
        "下一步：部室回复是否承办，由 工程技术部，不迟于 2026年9月7日（周一）已逾期9天"
    )
    assert coming("0001").startswith("下一步：兑现第1条的承诺，由 财务部，不迟于 2026年3月31日")
    # What is promised in a draft waits for the reply, which has not gone out.
    assert coming("0013").startswith("下一步：办结，由 ")
    assert coming("0003") == "下一步：没有，已全部办完"


def with_steps(folder: Path, steps: str, name: str = CASE) -> None:
    file = folder / name
    file.write_text(file.read_text("utf-8").rstrip("\n") + "\n" + steps, "utf-8")


def papers_of(folder: Path, name: str = CASE) -> str:
    page = made(folder)[name.replace(".yaml", ".md")]
    return page.partition('<h2 id="papers">')[2].partition("<h2 ")[0]


def test_versions_that_went_out_stand_with_the_number_of_their_step(register: Path) -> None:
    with_steps(register, ISSUED.format(first="a" * 64, second="b" * 64))
    shown = papers_of(register)
    (row,) = re.findall(r"<li>(?:(?!</li>).)*EF56-GH78.*?</li>", shown, re.DOTALL)
    assert "受理告知书" in row
    assert "青机电信告〔2026〕2号" in row
    assert "出具第1版（已有新版）" in text_of(row)
    assert "AB12-CD34" in row
    assert "bbbbbbbbbbbb…" in row
    assert "数据版本 0123456789" in row
    assert shown.count("青机电信告〔2026〕2号") == 1


def test_a_voided_number_is_told_with_its_reason(register: Path) -> None:
    void = (
        "  - {日期: 2026-09-10, 事项: 文书作废, 文号: 青机电信处〔2026〕1号, 理由: 印错日期, "
        "批准人: 陈立, 已收回: 是, 经办: 李敏}\n"
    )
    with_steps(register, void)
    shown = text_of(papers_of(register))
    assert re.search(r"处理意见书青机电信处〔2026〕1号已作废 2026-09-10", shown)
    assert "作废：印错日期（批准 陈立，已收回）" in shown


def test_a_case_names_what_can_be_printed_while_it_is_open(register: Path) -> None:
    assert "现在可以印的文书" in papers_of(register, "cases/2026/XF-2026-0019.yaml")
    assert "现在可以印的文书" not in papers_of(register)


def test_linked_matters_tell_whether_they_were_answered_and_kept(register: Path) -> None:
    page = made(register)["cases/2026/XF-2026-0013.md"]
    related = text_of(page.partition('<h2 id="related">')[2].partition("<h2 ")[0])
    assert "此前同一事项 XF-2026-0001" in " ".join(related.split())
    assert "已答复（青机电信处〔2026〕1号），第1条尚未全部兑现" in related


def test_outside_git_a_case_says_so(register: Path) -> None:
    assert "登记册不在 Git 仓库中" in made(register)[CASE.replace(".yaml", ".md")]


def test_the_bar_of_sections_leads_to_every_section(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    for number in ("0001", "0019", "0024"):
        reader.opens(f"cases/2026/XF-2026-{number}.html")
        page = reader.page
        heads = page.locator("article h2[id]").evaluate_all("all => all.map(h => '#' + h.id)")
        links = page.locator(".x-sections a").evaluate_all(
            "all => all.map(a => a.getAttribute('href'))"
        )
        assert links == heads
    page.locator(".x-sections a[href='#history']").click()
    page.wait_for_function("scrollY > 300")
    bar, head = page.locator(".x-sections").bounding_box(), page.locator("#history").bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert bar
    assert head
    assert header
    assert abs(bar["y"] - header["height"]) <= 2  # it sticks below the header
    assert bar["y"] + bar["height"] <= head["y"]  # and covers no heading
    assert reader.troubles == []


def test_a_case_page_is_small(sample_site_folder: Path) -> None:
    files = sorted(sample_site_folder.glob("cases/2026/*.html"))
    assert len(files) == len(list(ROOT.glob("cases/2026/*.yaml")))
    for file in files:
        assert file.stat().st_size <= 60 * 1024, file.name


def test_nothing_of_the_file_is_printed_that_is_no_part_of_the_paper(
    sample_site: str, browser: Browser
) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("cases/2026/XF-2026-0019.html")
    reader.page.emulate_media(media="print")
    assert not reader.page.locator(".x-source pre").is_visible()
    assert not reader.page.locator(".x-sections").is_visible()
    assert (
        reader.page.locator(".x-history").count()
        + reader.page.get_by_text("登记册不在 Git 仓库中").count()
    )
    assert "由 工程技术部" in reader.page.locator(".x-coming").inner_text()


# The file itself


def test_the_file_is_shown_as_it_stands(register: Path) -> None:
    page = made(register)["cases/2026/XF-2026-0019.md"]
    shown = page.partition("<pre>")[2].partition("</pre>")[0]
    assert "编号: XF-2026-0019&#10;标题: 反映便道排水不畅" in shown
    assert "事项: 催办, 部门: 工程技术部" in shown


@pytest.mark.parametrize(
    "written",
    [
        "信访人:\n  - {代号: A, 关系: 秘密}\n",
        "信访人:\n- 关系: 秘密\n",
        "'信访人' : [{关系: 秘密}]\n",
        '"信\\u8bbf人": [{关系: 秘密}]\n',
        "? 信访人\n: 秘密\n",
        "{信访人: 秘密}\n",
        "# 秘密\n",
        "标题: 甲  # 秘密\n",
        "标题: 甲\n# 秘密\n",
        "不认识: 秘密\n",
    ],
)
def test_petitioners_and_comments_stay_in_the_register(written: str) -> None:
    shown = source(f"编号: XF-2026-0001\n{written}事实: |\n  三号#楼\n\n  停水\n")
    assert "秘密" not in shown
    assert shown.startswith("编号: XF-2026-0001")
    assert shown.endswith("事实: |\n  三号#楼\n\n  停水")
