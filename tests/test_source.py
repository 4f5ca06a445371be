"""Any bytes in, findings out: each fault of a file is named, placed and explained."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.diagnostics import Finding, Level, Place
from xinfang.model import load_case
from xinfang.source import Document, read, read_text

GOOD = """\
编号: XF-2026-0001
标题: 反映宿舍热水供应时断时续
收到: 2026-03-02 09:20
登记: 2026-03-02
渠道: 走访
登记人: 李敏
目的: 申诉求决
类别: 食宿与劳动条件
信访人:
  - {代号: A, 类型: 个人, 已载明: [姓名, 住址]}
请求:
  - {内容: 恢复宿舍热水}
事实: |
  反映人说：热水：只有一小时。
  # 这不是注释
办理:
  - {日期: 2026-03-02, 事项: 受理, 经办: 李敏}
"""


def findings(text: str) -> list[Finding]:
    return sorted(load_case(read_text(text, "a.yaml")).findings)


def only(text: str) -> Finding:
    found = findings(text)
    assert len(found) == 1, list(map(str, found))
    return found[0]


def written(tmp_path: Path, content: bytes) -> Document:
    file = tmp_path / "XF-2026-0001.yaml"
    file.write_bytes(content)
    return read(file, "a.yaml")


def test_a_sound_file_has_no_findings() -> None:
    assert findings(GOOD) == []


def test_gbk_is_recognised_and_named(tmp_path: Path) -> None:
    document = written(tmp_path, GOOD.encode("gb18030"))
    (finding,) = document.findings
    assert finding.rule == "not-utf-8"
    assert finding.place == Place("a.yaml", 1, 1)
    assert "GBK" in finding.message
    assert "UTF-8" in finding.mend


def test_utf_16_is_named(tmp_path: Path) -> None:
    (finding,) = written(tmp_path, GOOD.encode("utf-16")).findings
    assert "UTF-16" in finding.message


def test_bytes_that_are_no_text_are_said_to_be_none(tmp_path: Path) -> None:
    (finding,) = written(tmp_path, b"\x89PNG\r\n\x1a\n\x00\x00\xff").findings
    assert "不是文本文件" in finding.message


def test_a_wrong_byte_is_placed_in_characters(tmp_path: Path) -> None:
    (finding,) = written(tmp_path, "编号: 一\n标题: 二".encode() + b"\xff").findings
    assert (finding.place.line, finding.place.column) == (2, 6)


def test_a_bom_is_taken_off_with_a_hint(tmp_path: Path) -> None:
    document = written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())
    (finding,) = document.findings
    assert (finding.rule, finding.level) == ("byte-order-mark", Level.HINT)
    assert document.data["编号"] == "XF-2026-0001"


def test_crlf_is_accepted(tmp_path: Path) -> None:
    document = written(tmp_path, GOOD.replace("\n", "\r\n").encode())
    assert document.findings == ()
    assert load_case(document).record is not None


def test_a_file_of_more_than_a_mebibyte_is_not_read(tmp_path: Path) -> None:
    (finding,) = written(tmp_path, b"a" * (1024 * 1024 + 1)).findings
    assert finding.rule == "file-too-big"


def test_a_link_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "other.yaml"
    target.write_text(GOOD, encoding="utf-8")
    link = tmp_path / "XF-2026-0001.yaml"
    link.symlink_to(target)
    (finding,) = read(link, "a.yaml").findings
    assert finding.rule == "symlink"


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    (finding,) = read(tmp_path / "none.yaml", "a.yaml").findings
    assert finding.rule == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(GOOD, encoding="utf-8")
    file.chmod(0)
    (finding,) = read(file, "a.yaml").findings
    assert finding.rule == "unreadable"


def test_tabs_are_named() -> None:
    finding = only(GOOD.replace("  - {代号", "\t- {代号"))
    assert (finding.rule, finding.place.line) == ("yaml-syntax", 10)
    assert "制表符" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("标题: ", "标题：", (2, 1)),  # at the top level: swallowed by the line before
        ("编号: ", "编号：", (1, 1)),  # in the first line: the file is one long string
        ("  - {内容: ", "  - {内容：", (12, 6)),  # inside braces: a key without a value
        ("登记人: 李敏\n", "登记人：李敏\n", (6, 1)),
    ],
)
def test_a_full_width_colon_is_explained(old: str, new: str, place: tuple[int, int]) -> None:
    found = [f for f in findings(GOOD.replace(old, new)) if f.rule == "full-width-colon"]
    assert [(f.place.line, f.place.column) for f in found] == [place]
    assert "半角冒号" in found[0].mend


def test_a_full_width_colon_in_free_text_is_text() -> None:
    assert "热水：只有" in read_text(GOOD, "a.yaml").data["事实"]
    assert findings(GOOD.replace("标题: 反映", "标题: 反映情况：")) == []


def test_a_duplicate_key_names_both_places() -> None:
    finding = only(GOOD + "标题: 另一个\n")
    assert finding.rule == "duplicate-key"
    assert (finding.place.line, finding.place.column) == (18, 1)
    assert "第 2 行" in finding.message


def test_an_unknown_key_comes_with_the_nearest_known_one() -> None:
    unknown = next(f for f in findings(GOOD.replace("渠道:", "渠到:")) if f.rule == "unknown-key")
    assert (unknown.place.line, unknown.place.column) == (5, 1)
    assert "“渠道”" in unknown.mend


@pytest.mark.parametrize("day", ["2026-02-30", "2015-11-31", "2026-13-01"])
def test_an_impossible_date_is_told_from_a_misspelt_one(day: str) -> None:
    finding = only(GOOD.replace("登记: 2026-03-02", f"登记: {day}"))
    assert finding.rule == "bad-day"
    assert "没有" in finding.message
    assert day in finding.message
    assert (finding.place.line, finding.place.column) == (4, 5)


@pytest.mark.parametrize("day", ["2026-3-2", "2026/3/2", "2026年3月2日"])
def test_a_misspelt_date_is_shown_as_it_should_be(day: str) -> None:
    assert only(GOOD.replace("登记: 2026-03-02", f"登记: {day}")).mend == "请写成 2026-03-02"


def test_a_bare_time_is_read_as_written_and_warned_of() -> None:
    finding = only(GOOD.replace("事项: 受理,", "事项: 受理, 时间: 12:30,"))
    assert (finding.rule, finding.level) == ("unquoted-text", Level.WARNING)
    record = load_case(read_text(GOOD.replace("受理,", "受理, 时间: '12:30',"), "a.yaml")).record
    assert record is not None
    assert str(record.steps[0].clock) == "12:30:00"


@pytest.mark.parametrize("number", ["007", "0013800", "1e3", "12_3"])
def test_number_like_text_is_kept_as_written_and_warned_of(number: str) -> None:
    loaded = load_case(read_text(GOOD.replace("登记人: 李敏", f"登记人: {number}"), "a.yaml"))
    assert [f.rule for f in loaded.findings] == ["unquoted-text"]
    assert loaded.record is not None
    assert loaded.record.registrar == number


@pytest.mark.parametrize("word", ["yes", "no", "true", "Off"])
def test_english_booleans_are_refused(word: str) -> None:
    finding = only(GOOD.replace("类型: 个人,", f"类型: 个人, 代表: {word},"))
    assert finding.rule == "bad-flag"
    assert "“是”或“否”" in finding.message


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("标题: &a 甲\n", "yaml-anchor"),
        ("标题: *a\n", "yaml-anchor"),
        ("标题: !!python/object:os.system 甲\n", "yaml-tag"),
        ("a: &x [1]\nb: [*x, *x, *x]\n", "yaml-anchor"),
    ],
)
def test_anchors_aliases_and_tags_are_refused(text: str, rule: str) -> None:
    assert only(text).rule == rule


def test_an_ampersand_in_a_text_is_text() -> None:
    assert findings(GOOD.replace("标题: 反映", "标题: 张&王反映*重点*!")) == []


@pytest.mark.parametrize(
    "text",
    ["a: " + "[" * 500_000, "a: " + "{a: " * 200_000, "- " * 300_000, " ".join("?" * 250_000)],
)
def test_deep_nesting_is_refused_before_it_costs_anything(text: str) -> None:
    start = time.process_time()
    assert only(text).level is Level.ERROR
    assert time.process_time() - start < 1


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    start = time.process_time()
    (finding,) = written(tmp_path, "\n".join(lines).encode()).findings
    assert finding.rule == "yaml-anchor"
    assert time.process_time() - start < 1


def test_several_faults_are_all_found() -> None:
    broken = GOOD.replace("走访", "来访").replace("登记人", "登计人").replace("03-02\n", "02-30\n")
    rules = {finding.rule for finding in findings(broken)}
    assert {"bad-choice", "unknown-key", "missing-key", "bad-day"} <= rules


def test_a_personal_value_is_never_quoted() -> None:
    phone = "1" + "39" + "0" * 8
    broken = GOOD.replace("走访", f"张三{phone}").replace("人, 已", f"人, 代表: {phone}, 已")
    text = "\n".join(map(str, findings(broken)))
    assert "“渠道”" in text
    assert "张三" not in text
    assert phone not in text


@given(st.binary(max_size=300))
def test_no_bytes_raise(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        load_case(written(Path(folder), raw))


@given(
    st.text(alphabet=st.sampled_from("编号标题: -[]{}\"'|>&*!#?,\n\t：，0123ab是"), max_size=120)
)
def test_no_yaml_like_text_raises(text: str) -> None:
    for finding in load_case(read_text(text, "a.yaml")).findings:
        assert finding.message
        assert finding.place.line >= 0


@given(st.integers(0, len(GOOD)), st.sampled_from(list(":-[]{}\"'|>&*!#\t\n：")))
def test_one_wrong_character_anywhere_never_raises(where: int, char: str) -> None:
    findings(GOOD[:where] + char + GOOD[where:])
