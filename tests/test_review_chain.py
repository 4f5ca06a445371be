"""复查 and 复核: a superior's own register holds the request and answers it (条例 35, 36)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from browsing import DESKTOP, PHONE, ROOT, Reader, served
from playwright.sync_api import Browser

from xinfang.check import check
from xinfang.cli.site import make_site
from xinfang.clocks import State, Whose
from xinfang.desk import next_step
from xinfang.diagnostics import Finding, Level
from xinfang.documents import Papers
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.matter import State as Standing
from xinfang.model import load_case
from xinfang.packaged import forms_folder
from xinfang.register import Register, open_register
from xinfang.rules import check_case
from xinfang.source import read_text

TODAY = date(2026, 9, 16)
OPINION = "云机分信复〔2026〕2号"

#: The request that came of XF-2026-0002 of the sample register, in the register of the superior.
CASE = (ROOT / "tests/review/XF-2026-0001.yaml").read_text("utf-8")


def superior_office(own: str = "分局") -> dict[str, Any]:
    """The office one level up: its own unit and series, and whom it is reviewed by."""
    office: dict[str, Any] = yaml.safe_load((ROOT / "office.yaml").read_text("utf-8"))
    office["登记册"]["名称"] = "机电安装分局信访登记册"
    above = {"代号": "集团", "全称": "云岭建设集团有限公司", "简称": "云岭集团"}
    office["单位"].append({**office["单位"][-1], **above})
    office["单位"][2]["上级"] = "集团"
    office["本单位"] = own
    office["代字"] = {k: v.replace("青机电", "云机分") for k, v in office["代字"].items()}
    bodies = office["复查机构"]
    bodies["复查"], bodies["复核"] = bodies["复核"], {**bodies["复核"], "单位": "集团"}
    return office


def superior(folder: Path, **cases: str) -> Register:
    """A register of the superior with these cases."""
    (folder / "cases" / "2026").mkdir(parents=True)
    written = yaml.safe_dump(superior_office(), allow_unicode=True, sort_keys=False)
    (folder / "office.yaml").write_text(written, "utf-8")
    for number, text in (cases or {"XF-2026-0001": CASE}).items():
        (folder / "cases" / "2026" / f"{number}.yaml").write_text(text, "utf-8")
    return open_register(folder, TODAY, TODAY)


def matter(register: Register, text: str = CASE, today: date = TODAY) -> Matter:
    loaded = load_case(read_text(text, "cases/2026/XF-2026-0001.yaml"))
    assert loaded.record is not None, list(map(str, loaded.findings))
    assert register.office is not None
    return Matter(loaded.record, register.office, register.calendar, register.clocks, today)


def until(text: str, last: str) -> str:
    """The case as it stood when its last step was this one."""
    kept = text[: text.index(last)]
    return kept + text[text.index(last) :].partition("\n")[0] + "\n"


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return superior(tmp_path / "上级")


@pytest.fixture
def original(tmp_path: Path) -> Register:
    folder = tmp_path / "原单位"
    folder.mkdir()
    shutil.copy(ROOT / "office.yaml", folder)
    shutil.copytree(ROOT / "cases", folder / "cases")
    return open_register(folder, TODAY, TODAY)


def errors(found: list[Finding]) -> list[str]:
    return [str(finding) for finding in found if finding.level is Level.ERROR]


# The two registers


def test_both_registers_are_in_order_and_tell_the_same(
    register: Register, original: Register
) -> None:
    reviewed, asked = check(original), check(register)
    assert errors(list(reviewed.findings)) == []
    assert errors(list(asked.findings)) == []
    found = matter(register)
    said = found.case.review
    assert said is not None
    entry = reviewed.entries[said.number or ""]
    assert (said.paper, said.served) == (entry.reply_number, entry.served)
    assert entry.reviews == ("复查申请", "复查维持")
    assert OPINION in (original.folder / entry.path).read_text("utf-8")
    assert found.state is Standing.CLOSED


def test_a_request_is_counted_as_answered_by_the_opinion_and_not_as_reviewed(
    register: Register,
) -> None:
    entry = Entry.of(matter(register))
    assert (entry.reply_number, entry.replied) == (OPINION, date(2026, 6, 3))
    assert entry.served == date(2026, 6, 5)
    assert entry.reviewed is None
    assert OPINION in {paper.number for paper in entry.papers}


# Clocks


def test_the_thirty_days_for_the_opinion_are_our_own_duty(register: Register) -> None:
    asked = until(CASE, "受理告知书")
    running = {d.clock.id: d for d in matter(register, asked, date(2026, 6, 1)).deadlines}
    opinion = running["C6"]
    assert (opinion.clock.whose, opinion.due) == (Whose.OFFICE, date(2026, 6, 8))
    assert opinion.is_pending
    assert opinion.clock.finishes
    assert not {"C3", "C4", "I2", "I3", "C8"} & set(running)
    late = {d.clock.id: d for d in matter(register, asked, date(2026, 6, 10)).deadlines}["C6"]
    assert (late.is_missed, late.days_late) == (True, 2)


def test_in_the_original_register_the_same_clock_is_the_superiors(original: Register) -> None:
    loaded = original.load(original.folder / "cases/2026/XF-2026-0002.yaml")
    assert loaded.record is not None
    clocks = {d.clock.id: d for d in original.matter(loaded.record, "").deadlines}
    assert clocks["C6"].clock.whose is Whose.SUPERIOR
    assert not clocks["C6"].is_missed
    assert clocks["C7"].state is State.EXPIRED


@pytest.mark.parametrize("way", ["撤回, 书面: 是", "并案, 并入: XF-2026-0002"])
def test_a_request_that_is_withdrawn_or_merged_waits_for_no_opinion(
    register: Register, way: str
) -> None:
    text = until(CASE, "受理告知书") + f"  - {{日期: 2026-05-20, 事项: {way}, 经办: 李敏}}\n"
    opinion = next(d for d in matter(register, text).deadlines if d.clock.id == "C6")
    assert opinion.met_on == date(2026, 5, 20)
    assert not opinion.is_pending


def test_the_petitioners_further_thirty_days_run_from_the_service_of_the_opinion(
    register: Register,
) -> None:
    clocks = {d.clock.id: d for d in matter(register).deadlines}
    assert clocks["C5"].trace.start == date(2026, 4, 14)
    assert clocks["C5"].met_on == date(2026, 5, 6)  # posted
    assert clocks["C7"].trace.start == date(2026, 6, 5)


REREVIEW = (
    CASE.replace(
        "阶段: 复查, 单位: 项目部, 编号: XF-2026-0002",
        "阶段: 复核, 单位: 工程局, 原办理单位: 项目部, 原意见文号: 青机电信处〔2026〕5号",
    )
    .replace("事项: 复查,", "事项: 复核,")
    .replace("文书: 复查意见书", "文书: 复核意见书")
    .replace("云机分信复", "云机分信核")
)


def test_a_rereview_runs_c8_without_the_days_of_its_hearing(register: Register) -> None:
    asked = until(REREVIEW, "受理告知书")
    held = f"{asked}  - {{日期: 2026-05-18, 事项: 听证, 至: 2026-05-20, 经办: 李敏}}\n"
    for text, due in ((asked, date(2026, 6, 8)), (held, date(2026, 6, 10))):
        clocks = {d.clock.id: d for d in matter(register, text, date(2026, 5, 21)).deadlines}
        assert (clocks["C8"].due, clocks["C8"].is_pending) == (due, True)
        assert not {"C3", "C5", "C6"} & set(clocks)
        assert clocks["C7"].met_on == date(2026, 5, 6)


# What is shown and never acted upon


def late_request(text: str = CASE) -> str:
    return text.replace("意见送达: 2026-04-14", "意见送达: 2026-03-02")


def test_a_request_after_its_thirty_days_is_only_hinted_at(tmp_path: Path) -> None:
    in_time = superior(tmp_path / "早", **{"XF-2026-0001": CASE})
    late = superior(tmp_path / "晚", **{"XF-2026-0001": late_request()})
    before, after = list(check(in_time).findings), list(check(late).findings)
    new = [f for f in after if f.rule not in {g.rule for g in before}]
    assert [(f.rule, f.level) for f in new] == [("review-request-in-time", Level.HINT)]
    assert "届满后35天" in new[0].message
    assert errors(after) == errors(before)


ENDED = re.compile(r"终结|不再受理|息访")


def cases_with_a_right() -> Iterator[Path]:
    """Sample cases in which a period of the petitioner runs or ran."""
    register = open_register(ROOT, TODAY, TODAY)
    for file in register.case_files():
        loaded = register.load(file)
        assert loaded.record is not None
        found = register.matter(loaded.record, "")
        if {"C5", "C7"} & {d.clock.id for d in found.deadlines}:
            yield file


@pytest.mark.parametrize("file", list(cases_with_a_right()), ids=lambda file: file.stem)
def test_nothing_follows_when_the_petitioners_right_expires(original: Register, file: Path) -> None:
    """Judged with and without its periods, on a day when they have expired."""
    loaded = original.load(file)
    assert loaded.record is not None
    assert original.office is not None
    papers = Papers(forms_folder())
    seen = []
    for clocks in (
        original.clocks,
        tuple(clock for clock in original.clocks if clock.id not in {"C5", "C7"}),
    ):
        found = Matter(
            loaded.record, original.office, original.calendar, clocks, date(2027, 3, 1), "x.yaml"
        )
        faults = [f for f in check_case(found, loaded.document) if f.level is Level.ERROR]
        seen.append(
            (
                faults,
                found.state,
                found.is_open,
                next_step(found),
                [form.id for form in papers.applicable(found)],
                [d.clock.id for d in found.deadlines if d.is_pending or d.is_missed],
            )
        )
    assert seen[0] == seen[1]


def test_the_program_asks_for_the_expiry_only_to_show_it() -> None:
    """No rule of level error, and no command, names the clocks or the state of expiry."""
    asked = re.compile(r"\bEXPIRED\b|OPEN_TO_PETITIONER|when_expired|[\"']C[57][\"']")
    package = ROOT / "tools" / "xinfang"
    found = {
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        if asked.search(file.read_text("utf-8"))
    }
    assert found == {
        "clocks/clock.py",
        "clocks/deadlines.py",
        "model/office.py",  # which clocks there are
        "pages/case.py",
        "pages/clocks.py",
        "rules/review_request_in_time/__init__.py",  # a hint
    }


def test_no_word_of_the_clocks_says_that_a_right_is_over_for_good() -> None:
    told = (ROOT / "tools/xinfang/clocks/clocks.yaml").read_text("utf-8")
    assert "救济期已届满，未收到复查请求" in told
    assert not ENDED.search(told)


# Closing


@pytest.mark.parametrize(
    ("without", "rule"),
    [("事项: 复查, 阶段: 意见", "closed-without-answer"), ("事项: 送达", "closed-without-service")],
)
def test_a_request_is_closed_by_an_opinion_that_was_served(
    tmp_path: Path, without: str, rule: str
) -> None:
    text = "".join(line for line in CASE.splitlines(keepends=True) if without not in line)
    found = check(superior(tmp_path / "上级", **{"XF-2026-0001": text})).findings
    assert rule in {f.rule for f in found if f.level is Level.ERROR}


def test_what_comes_next_for_a_request_is_the_opinion(register: Register) -> None:
    found = matter(register, until(CASE, "受理告知书"))
    assert "复查意见书" in next_step(found)
    assert matter(register, until(CASE, "阶段: 意见")).state is Standing.REPLIED
    assert matter(register, until(CASE, "事项: 送达")).state is Standing.SERVED


# Papers


def printed(register: Register, text: str, form: str) -> str:
    papers = Papers(forms_folder())
    made = papers.compose(papers.forms[form], matter(register, text))
    assert [list(map(str, paper.findings)) for paper in made] == [[]]
    html = made[0].html
    assert html is not None
    return re.sub(r"<style.*?</style>|<[^>]*>|\s", "", html, flags=re.DOTALL)


def test_the_acceptance_of_a_request_comes_from_the_reviewing_unit(register: Register) -> None:
    said = printed(register, CASE, "D16b")
    assert "不服青岚水电站机电安装项目部的处理意见（青机电信处〔2026〕5号" in said
    assert "云机分信告〔2026〕1号" in said
    assert "最迟2026年6月8日" in said


def test_the_opinion_names_what_it_reviews_and_who_comes_next(register: Register) -> None:
    said = printed(register, CASE, "D16")
    assert "原办理单位：青岚水电站机电安装项目部。" in said
    assert "青机电信处〔2026〕5号，申请人于2026年4月14日收到" in said
    assert "申请人不服原处理意见，于2026年5月6日向我单位请求复查" in said
    assert "维持青岚水电站机电安装项目部的原处理意见。" in said
    assert "向云岭工程局有限公司" in said
    assert "云岭建设集团" not in said


def test_the_opinion_on_a_rereview_names_both_units(register: Register) -> None:
    said = printed(register, REREVIEW, "D16c")
    assert "原办理单位：青岚水电站机电安装项目部（原处理意见书：青机电信处〔2026〕5号）" in said
    assert "复查单位：云岭工程局有限公司" in said
    assert "云机分信核〔2026〕2号" in said


# The page


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (CASE, "在三十日内（最后一日2026年5月14日）"),
        (late_request(), "在三十日届满（2026年4月1日）后35天；是否受理由人决定"),
    ],
    ids=["in-time", "late"],
)
def test_the_page_of_a_request_says_what_it_refers_to(
    tmp_path: Path, browser: Browser, text: str, wording: str, width: int
) -> None:
    register = superior(tmp_path / "上级", **{"XF-2026-0001": text})
    make_site(register, register.folder / "build")
    with served(register.folder / "build" / "site") as address:
        reader = Reader(browser, address, width)
        reader.opens("cases/2026/XF-2026-0001.html")
        line = reader.page.locator(
            ".x-facts div", has=reader.page.get_by_text("复查对象")
        ).inner_text()
        for told in ("青岚水电站机电安装项目部", "XF-2026-0002", "青机电信处〔2026〕5号", wording):
            assert told in line, line
        assert "复查意见：维持" in reader.page.locator(".x-claim").first.inner_text()
        assert not ENDED.search(reader.page.locator("main").inner_text())
        wide = reader.page.evaluate("document.documentElement.scrollWidth")
        assert wide == width
        assert reader.troubles == []
