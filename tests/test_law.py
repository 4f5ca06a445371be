"""Citations are values, and every work they name stands in the register of bases."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from xinfang.law import (
    Citation,
    Mark,
    UnknownWorkError,
    Work,
    cite,
    numeral,
    parse_citation,
    recognise,
    work,
    works,
)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("条例 34", "《信访工作条例》第三十四条"),
        ("条例 23¶3", "《信访工作条例》第二十三条第三款"),
        ("条例 31(六)", "《信访工作条例》第三十一条第（六）项"),
        ("条例 20¶1(二)", "《信访工作条例》第二十条第一款第（二）项"),
        ("条例", "《信访工作条例》"),
        ("民法典 1259", "《中华人民共和国民法典》第一千二百五十九条"),
        ("细则 五·四·1", "《项目部信访维稳工作实施细则》第五部分第四条第1项"),
        ("细则 七·一", "《项目部信访维稳工作实施细则》第七部分第一条"),
        ("细则 八", "《项目部信访维稳工作实施细则》第八部分"),
        ("细则 落款", "《项目部信访维稳工作实施细则》落款"),
        ("公文格式 7.3.5", "《党政机关公文格式》7.3.5"),
        ("口径 A1", "《制度执行口径》A1"),
        ("2492号 5", "发改投资〔2012〕2492号第五条"),
    ],
)
def test_a_citation_has_a_short_form_for_findings_and_a_full_form_for_papers(
    short: str, full: str
) -> None:
    citation = parse_citation(short)
    assert str(citation) == short
    assert citation.full == full


def test_the_note_of_a_citation_is_not_part_of_its_forms() -> None:
    citation = cite("条例", "34", note="延期")
    assert citation == Citation("条例", "34", "延期")
    assert str(citation) == "条例 34"


def test_an_unknown_work_is_told_when_its_title_is_wanted() -> None:
    citation = cite("信访大法", "1")
    with pytest.raises(UnknownWorkError, match="信访大法"):
        _ = citation.full
    with pytest.raises(LookupError):
        work("信访大法")


def test_citing_reads_no_file_and_loads_no_parser() -> None:
    program = (
        "import sys; from xinfang.law import cite; print(cite('条例', '34'));"
        "assert 'yaml' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "条例 34"), done.stderr


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (34, "三十四"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (188, "一百八十八"),
        (201, "二百零一"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1259, "一千二百五十九"),
    ],
)
def test_article_numbers_are_written_in_chinese(number: int, written: str) -> None:
    assert numeral(number) == written


@pytest.mark.parametrize("entry", works().values(), ids=lambda entry: entry.id)
def test_each_work_says_how_well_it_is_known(entry: Work) -> None:
    assert entry.cited_by in {"条", "部分", "原样"}
    if entry.mark is Mark.VERIFIED:
        assert entry.source, "a verified work names where it was read"
        assert entry.last_checked_on is not None
    if not entry.title:
        assert entry.number or entry.note, "without a title it says at least what it is"
    if "S1" in entry.source.split():
        assert entry.last_checked_on == date(2025, 4, 19)
    if "未取得文本" in entry.note:
        assert entry.mark is Mark.MEMORY


def test_no_two_works_share_a_name() -> None:
    names = [name for entry in works().values() for name in entry.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("保障农民工工资支付条例 第三十条", "工资条例"),
        ("《保障农民工工资支付条例》第三十条", "工资条例"),
        ("信访工作条例第三十四条", "条例"),
        ("《信访条例》第三十三条", "旧条例"),
        ("土地管理法第五十七条", "土地法"),
        ("《中华人民共和国土地管理法》第五十七条", "土地法"),
        ("《土地管理法实施条例》第二十条", "土地法实施条例"),
        ("信访事项简易办理办法(试行)", "简易办法"),
        ("GB/T 9704—2012 7.3.5", "公文格式"),
        ("条例 34", "条例"),
    ],
)
def test_a_basis_written_by_hand_is_recognised(text: str, key: str) -> None:
    found = recognise(text)
    assert found is not None
    assert found.id == key


@pytest.mark.parametrize("text", ["", "本单位规定", "土地管理法释义", "信访工作条例释义第三条"])
def test_a_near_miss_is_not_taken_for_a_work(text: str) -> None:
    assert recognise(text) is None


def test_a_work_holds_between_its_first_day_and_its_repeal() -> None:
    assert work("条例").holds_on(date(2022, 5, 1)) is True
    assert work("条例").holds_on(date(2022, 4, 30)) is False
    assert work("旧条例").holds_on(date(2022, 5, 1)) is False
    assert work("细则").holds_on(date(2026, 1, 1)) is None, "its first day is not known"
