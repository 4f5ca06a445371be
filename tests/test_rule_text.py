"""The office rules as data and as pages: nothing lost, nothing invented, every citation lands."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from browsing import DESKTOP, PHONE, ROOT, Reader
from playwright.sync_api import Browser, Page

from xinfang.calendar import official_edition, official_years
from xinfang.clocks import default_clocks
from xinfang.forms import forms
from xinfang.law import Citation, parse_citation, works
from xinfang.law.office_rules import (
    Clause,
    UnexplainedChangeError,
    clauses,
    duties,
    notices,
    readings,
    requirements,
    restorations,
    restored_in,
    source,
)
from xinfang.model.office import Policy
from xinfang.pages.citing import address
from xinfang.pages.markup import prose
from xinfang.rules import all_rules

SOURCE = ROOT / "tests" / "fixtures" / "office-rules-source.txt"
PAGES = (
    "basis/rule-text",
    "basis/policy",
    "basis/rules",
    "basis/clocks",
    "basis/requirements",
    "basis/works",
    "departments/duties",
)
#: Parts, their articles, their items, as domain knowledge counts them.
SHAPE = {
    "一": {},
    "二": {"一": 0, "二": 0},
    "三": {"一": 3, "二": 0, "三": 0},
    "四": {"一": 4, "二": 0, "三": 4},
    "五": {"一": 0, "二": 0, "三": 0, "四": 4, "五": 0},
    "六": {"一": 0, "二": 0, "三": 0, "四": 0},
    "七": {"一": 0, "二": 0},
    "八": {},
}


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def ids(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', page)


def citations() -> Iterator[tuple[str, Citation]]:
    """Every citation of rules, clocks, forms and of the data themselves."""
    for rule in all_rules():
        yield from ((rule.slug, citation) for citation in rule.cites)
    for clock in default_clocks(optional=True):
        yield from ((clock.id, citation) for citation in clock.basis)
    for form in forms(ROOT / "forms").values():
        yield from ((form.id, parse_citation(text)) for text in form.basis)
    for clause in clauses().values():
        yield from ((clause.id, c) for step in clause.steps for c in step.basis)


@pytest.fixture(scope="module")
def built(sample_site_folder: Path) -> dict[str, str]:
    return {name: (sample_site_folder / f"{name}.html").read_text("utf-8") for name in PAGES}


# The data


def test_the_source_is_kept_byte_by_byte() -> None:
    digest, _found = source()
    assert hashlib.sha256(SOURCE.read_bytes()).hexdigest() == digest


def test_every_line_of_the_source_stands_in_one_clause() -> None:
    lines = [plain(line) for line in SOURCE.read_text("utf-8").splitlines() if line.strip()]
    assert [plain(clause.original) for clause in clauses().values() if clause.original] == lines


def test_every_part_article_and_item_is_there_under_the_number_that_citations_use() -> None:
    expected = [
        place
        for part, articles in SHAPE.items()
        for place in (
            part,
            *(
                place
                for article, items in articles.items()
                for place in (
                    f"{part}·{article}",
                    *(f"{part}·{article}·{item}" for item in range(1, items + 1)),
                )
            ),
        )
    ]
    numbered = [key for key in clauses() if key[0] in SHAPE and "正文" not in key]
    assert numbered == expected


def test_the_number_of_a_clause_is_the_one_that_its_text_begins_with() -> None:
    for clause in clauses().values():
        number = clause.id.split("·")[-1]
        if clause.part in SHAPE and clause.text and number != "正文":
            begins = {1: f"{number}、", 2: f"第{number}条", 3: f"{number}、"}[clause.level]
            assert clause.text.startswith(begins), clause.id


@pytest.mark.parametrize("clause", clauses().values(), ids=lambda clause: clause.id)
def test_nothing_differs_that_no_restoration_explains(clause: Clause) -> None:
    pieces = clause.pieces
    assert "".join(piece.source for piece in pieces) == clause.original
    assert "".join(piece.text for piece in pieces) == clause.text
    assert "旳" not in clause.text


def test_a_change_that_no_restoration_explains_is_told() -> None:
    with pytest.raises(UnexplainedChangeError):
        _ = Clause("五", "五、工作规定", "五、工作安排").pieces
    with pytest.raises(UnexplainedChangeError):
        _ = Clause("五", "五、工作规定", "五、工作").pieces


def test_every_restoration_is_needed_and_tells_what_it_is() -> None:
    assert [entry for entry, places in restored_in().items() if not places] == []
    assert len({(entry.source, entry.text) for entry in restorations()}) == len(restorations())
    assert all(entry.effect for entry in restorations() if entry.meaning)


@pytest.mark.parametrize(
    ("place", "word", "meant"),
    [
        ("三·一·2", "立案", "备案"),
        ("四·三·1", "签订", "签署"),
        ("五·四·1", "接受", "接收"),
        ("五·四·4", "规定", "要求"),
        ("四·三·2", "小区", "社区"),
        ("七·二", "负责人", "责任人"),
        ("七·二", "准时", "按时"),
        ("五·四·3", "波及", "涉及"),
        ("四·三·1", "多种部室", "多个部室"),
        ("二·一", "对旳", "正确"),
        ("四·一·1", "联络 ", "联系电话"),
    ],
)
def test_the_words_that_change_a_rule_are_restored(place: str, word: str, meant: str) -> None:
    changed = {(p.source, p.text) for p in clauses()[place].pieces if p.restoration}
    assert (word, meant) in changed


def test_the_missing_article_is_told_and_not_invented() -> None:
    missing = [clause for clause in clauses().values() if clause.missing]
    assert [clause.id for clause in missing] == ["四·二"]
    assert missing[0].text == missing[0].original == ""
    assert {c.work for step in missing[0].steps for c in step.basis} == {"条例", "细则"}


def test_the_impossible_date_is_left_as_it_is() -> None:
    assert clauses()["落款·日期"].text == "二〇一五年十一月三十一日"


def test_places_named_by_notices_duties_requirements_and_readings_exist() -> None:
    known = {clause.cited_as for clause in clauses().values()}
    assert {row.clause for row in requirements().values()} <= known
    assert {place for reading in readings().values() for place in reading.clauses} <= known
    assert {place for duty in duties() for place in duty.clauses} <= set(clauses())
    assert {place for notice in notices() for place in notice.clauses} <= set(clauses())
    assert {key for notice in notices() for key in notice.works} <= set(works())


def test_every_numbered_clause_asks_for_something_but_bare_headings() -> None:
    asked = {row.clause for row in requirements().values()}
    bare = {"二", "三", "四", "四·一", "四·三", "五", "六", "七"}
    assert {key for key in clauses() if key[0] in SHAPE and "正文" not in key} - asked == bare


@pytest.mark.parametrize(("who", "citation"), list(citations()), ids=str)
def test_every_citation_of_the_office_rules_lands_on_its_clause(
    who: str, citation: Citation
) -> None:
    place = address(citation)
    assert place, f"{who} cites {citation}, which leads nowhere"
    if citation.work == "细则" and citation.article:
        assert place == f"basis/rule-text.html#{citation.article}"
    if citation.work == "口径":
        assert place == f"basis/policy.html#{citation.article}"


def test_what_cannot_be_cited_leads_to_the_whole_page_or_nowhere() -> None:
    assert address("细则 九·九") == "basis/rule-text.html"
    assert address("没有这部法 1") == ""


def test_readings_are_complete_and_every_value_of_the_policy_belongs_to_one() -> None:
    assert list(readings()) == [f"A{number}" for number in range(1, 18)]
    named = {name for reading in readings().values() for name in reading.policy}
    assert named == {field.alias for field in Policy.model_fields.values()}
    for reading in readings().values():
        assert set(reading.kept) <= {"policy", "office", "code"}, reading.id
        assert ("policy" in reading.kept) == bool(reading.policy), reading.id


def test_every_work_has_a_kind() -> None:
    assert {work.kind for work in works().values()} == {
        *("本单位", "上级单位", "信访", "法律", "法规", "公文档案")
    }


# The pages


@pytest.mark.parametrize("name", [*PAGES, "statistics"])
def test_prose_has_the_punctuation_of_chinese(sample_site_folder: Path, name: str) -> None:
    page = (sample_site_folder / f"{name}.html").read_text("utf-8")
    article = page.partition("<article")[2].partition("</article")[0]
    # The text as found and what is typed as it stands keep their marks.
    kept = r'<(code|pre|del|ins|script)\b.*?</\1>|<(\w+)[^>]*class="x-original.*?</\2>'
    text = unescape(re.sub(r"<[^>]*>", "\n", re.sub(kept, "\n", article, flags=re.DOTALL)))
    lines = [line for line in text.splitlines() if "旳" not in line]
    assert len(lines) > 50
    half = r"[\u4e00-\u9fff”][,;:!?()](?! )|[,;!?()][\u4e00-\u9fff“]"
    assert [line for line in lines if re.search(half, line)] == []


def test_prose_keeps_what_is_typed_and_numbers() -> None:
    assert prose("姓名(名称)缺的,填“书面: 是”;xinfang seal,再看") == (
        "姓名（名称）缺的，填“书面: 是”；xinfang seal，再看"
    )
    assert prose("1,234.56元") == "1,234.56元"
    assert prose("a,b(c)") == "a,b(c)"


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_links_between_these_pages_land(
    built: dict[str, str], name: str
) -> None:
    doubled = [key for key, times in Counter(ids(built[name])).items() if times > 1]
    assert doubled == []
    folder = name.partition("/")[0]
    for link in re.findall(r'href="([^"]+)"', built[name]):
        file, _, anchor = unquote(link.replace("&#35;", "#")).partition("#")
        target = f"{folder}/{file}" if file and "/" not in file else file.removeprefix("../")
        known = built.get((target or f"{name}.html").removesuffix(".html"))
        if known and anchor and not anchor.startswith("__"):
            assert anchor in ids(known), link


def test_each_clause_stands_on_the_page_at_its_id(built: dict[str, str]) -> None:
    there = set(ids(built["basis/rule-text"]))
    assert set(clauses()) <= there
    assert {notice.id for notice in notices()} <= there
    assert set(requirements()) <= set(ids(built["basis/requirements"]))
    assert set(readings()) <= set(ids(built["basis/policy"]))
    assert set(works()) <= set(ids(built["basis/works"]))
    assert {rule.slug for rule in all_rules()} <= set(ids(built["basis/rules"]))
    assert {c.id for c in default_clocks(optional=True)} <= set(ids(built["basis/clocks"]))


def opened(browser: Browser, site: str, name: str, width: int = DESKTOP) -> Reader:
    reader = Reader(browser, site, width)
    reader.opens(f"{name}.html")
    return reader


def originals(page: Page) -> list[str]:
    """The lines as found, as far as they can be seen."""
    return [
        line.removeprefix("原文")
        for line in page.locator(".x-original").all_inner_texts()
        if line.strip()
    ]


def test_gaps_and_faults_are_told_plainly(browser: Browser, sample_site: str) -> None:
    reader = opened(browser, sample_site, "basis/rule-text")
    text = reader.page.inner_text("article")
    for told in (
        "第四部分缺“第二条”",
        "〔原文缺〕",
        "不是本条原文",
        "施行日期取决于下发日，而落款日期不存在",
        "原文如此，该日期不存在",
        "所列《国务院信访工作条例》当时并不存在",
        "三项依据没有取得文本",
        "以青岚水电站机电安装项目部正式印发的文本为准",
    ):
        assert told in text
    missing = reader.page.locator("[id='四·二']")
    assert "《信访工作条例》第二十三条" in missing.inner_text()
    reader.page.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_text_as_found_shows_when_it_is_asked_for(
    browser: Browser, sample_site: str, *, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{sample_site}basis/rule-text.html")
    assert page.locator(".x-original:visible").count() == 0
    assert "旳" not in page.locator("[id='二·一']").inner_text()
    page.get_by_label("对照原文").check()
    lines = [plain(line) for line in SOURCE.read_text("utf-8").splitlines() if line.strip()]
    assert [plain(line) for line in originals(page)] == lines
    clause = page.locator("[id='二·一']")
    assert clause.locator("del").all_inner_texts()[:2] == ["旳", "防止"]
    assert clause.locator("ins").all_inner_texts()[:2] == ["的", "预防"]
    for mark, line in (("del", "line-through"), ("ins", "underline")):
        drawn = clause.locator(mark).first.evaluate("e => getComputedStyle(e).textDecorationLine")
        assert drawn == line, "what differs is told without colour"
    page.get_by_label("对照原文").uncheck()
    assert page.locator(".x-original:visible").count() == 0
    context.close()


@pytest.mark.parametrize("compared", [False, True], ids=["restored", "compared"])
def test_print_shows_the_text_as_found_only_when_it_was_asked_for(
    browser: Browser, sample_site: str, tmp_path: Path, *, compared: bool
) -> None:
    reader = opened(browser, sample_site, "basis/rule-text")
    if compared:
        reader.page.get_by_label("对照原文").check()
    reader.page.pdf(path=tmp_path / "制度.pdf", format="A4")
    reader.page.close()
    done = subprocess.run(
        ["pdftotext", "-raw", str(tmp_path / "制度.pdf"), "-"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    text = plain(done.stdout)
    assert "重视预防，加强排查；畅通渠道，正确引导" in text
    assert ("畅通渠道,对旳引导" in text) is compared
    assert "对照原文" not in text
    assert "第四部分缺“第二条”" in text


def test_a_clause_leads_to_what_keeps_it_and_back(browser: Browser, sample_site: str) -> None:
    reader = opened(browser, sample_site, "basis/rule-text")
    clause = reader.page.locator("[id='五·四·1']")
    clause.locator("summary").click()
    told = clause.locator("details").inner_text()
    for word in ("R45", "I2 转交部室", "D08", "A1"):
        assert word in told
    clause.get_by_role("link", name="I2 转交部室").click()
    reader.page.wait_for_url("**/clocks.html#I2")
    reader.page.locator("#I2").get_by_role("link", name="第五部分第四条第1项").click()
    reader.page.wait_for_url("**/rule-text.html#*")
    assert reader.page.locator("[id='五·四·1']").is_visible()
    assert not reader.troubles
    reader.page.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_catalogue_shows_one_level_only(
    browser: Browser, sample_site: str, *, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{sample_site}basis/rules.html")
    assert page.locator(".x-rule:visible").count() == len(all_rules())
    for level, number in Counter(rule.level.label for rule in all_rules()).items():
        page.get_by_role("radio", name=level).check(force=True)
        assert page.locator(".x-rule:visible").count() == number
    context.close()


def test_a_rule_tells_its_clause_its_rows_and_its_papers(
    browser: Browser, sample_site: str
) -> None:
    reader = opened(browser, sample_site, "basis/rules")
    reader.opens("basis/rules.html#extension-by-head")
    rule = reader.page.locator("#extension-by-head")
    told = rule.inner_text()
    assert "D13 " in told
    assert rule.get_by_role("link", name="《信访工作条例》第三十四条").count() == 1
    assert rule.locator("a[href^='requirements.html#R']").count() >= 1
    reader.page.close()


def test_the_clocks_stand_side_by_side_and_examples_come_out_as_they_should(
    browser: Browser, sample_site: str
) -> None:
    reader = opened(browser, sample_site, "basis/clocks")
    overview = reader.page.locator("table.x-overview")
    named = overview.locator("a").all_inner_texts()
    assert sorted(named) == sorted({*named}), "each clock stands once"
    assert {clock.id for clock in default_clocks(optional=True)} | {"C2-本单位"} == set(named)
    overview = reader.page.locator("table.x-overview")
    assert overview.get_by_text("待核对").count() == sum(
        clock.mark == "memory" for clock in default_clocks(optional=True)
    )
    rows = reader.page.locator("table.x-examples tbody tr")
    counted = [
        (row.locator("td").nth(1).inner_text(), row.locator("td").nth(3).inner_text())
        for row in rows.all()
    ]
    assert counted == [
        ("2026-02-10", "2026-02-25"),
        ("2026-02-06", "2026-02-24"),
        ("2026-03-02", "2026-05-06"),
        ("2026-04-28", "2026-05-06"),
        ("2026-02-11", "2026-02-25"),
        ("2026-05-01", "2026-06-01"),
    ]
    text = reader.page.inner_text("article")
    first, last = official_years()
    assert f"{first}—{last} 年" in text
    assert official_edition() in text
    conditions = {
        word for clock in default_clocks(optional=True) for word in clock.applies | clock.unless
    }
    terms = reader.page.locator("#terms ~ dl dt").all_inner_texts()
    assert conditions <= set(terms), "every condition is explained"
    reader.page.close()


def test_readings_tell_the_values_in_force_and_where_they_act(
    browser: Browser, sample_site: str
) -> None:
    reader = opened(browser, sample_site, "basis/policy")
    text = reader.page.inner_text("article")
    for told in (
        "代表建议数：3",
        "代表上限：5",
        "答复发出日：3",
        "重大人数：5",
        "I2 转交部室：2日，目标1日",
        "施行日期：2026年1月1日",
        "复查：云岭工程局机电安装分局（已确认）",
        "办结方式：答复、引导、转送、调解和解、撤回、并案、移送",
    ):
        assert told in text
    acting = reader.page.locator("dl.x-reading > div:last-child").all_inner_texts()
    assert len(acting) == len(readings())
    assert all(plain(line) != "作用" for line in acting), "each reading acts somewhere"
    reader.page.close()


def test_duties_show_the_office_and_rate_nobody(browser: Browser, sample_site: str) -> None:
    reader = opened(browser, sample_site, "departments/duties")
    text = reader.page.inner_text("article")
    for told in ("周一至周六", "0999-5550101", "云岭工程局有限公司", "综合办公室主任", "请求复核"):
        assert told in text
    assert "郭明" not in text, "who has left the post is not listed"
    assert not re.search("终结|评分|排名|考核", text)
    place = reader.page.locator("ul.x-duties a", has_text="三·二")
    assert place.get_attribute("href") == "../basis/rule-text.html#三·二"
    reader.page.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_pages_fit_and_are_quiet(browser: Browser, sample_site: str, name: str, width: int) -> None:
    reader = opened(browser, sample_site, name, width)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    levels = reader.page.locator("article :is(h1,h2,h3,h4)").evaluate_all(
        "all => all.map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(low - high <= 1 for high, low in pairwise(levels))
    assert reader.page.locator("article th:not([scope])").count() == 0
    assert not reader.troubles
    reader.page.close()
