"""Files are written whole or not at all, and what stands in a case is never touched."""

from __future__ import annotations

import threading
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.model import load_case
from xinfang.model.fields import Moment
from xinfang.source import read_text
from xinfang.store import (
    StepsNotAListError,
    _dump,
    _dumped,
    _Dumper,
    create,
    create_all,
    record_text,
    replace_all,
    with_step,
    write_atomic,
)

HEAD = """\
# 一件样例
编号: XF-2026-0001   # 与文件名相同
标题: 反映宿舍热水供应时断时续
收到: 2026-03-02
登记: 2026-03-02
渠道: 走访
登记人: 李敏
目的: 申诉求决
类别: 食宿与劳动条件
"""
STEPS = """\
办理:
  - {日期: 2026-03-02, 事项: 受理, 经办: 李敏}  # 当日受理
"""
STEP = {"日期": date(2026, 3, 3), "事项": "转办", "主办": "劳务管理部", "时间": time(12, 30)}


def test_a_step_is_appended_and_no_byte_before_it_changes() -> None:
    text = HEAD + STEPS
    longer = with_step(text, STEP)
    assert longer.startswith(text)
    assert longer.removeprefix(text) == (
        "  - {日期: 2026-03-03, 事项: 转办, 主办: 劳务管理部, 时间: '12:30'}\n"
    )


def test_the_first_step_brings_its_key() -> None:
    assert with_step(HEAD, STEP).startswith(f"{HEAD}办理:\n  - {{日期")


def test_a_missing_last_newline_is_added() -> None:
    text = (HEAD + STEPS).rstrip("\n").removesuffix("  # 当日受理")
    assert with_step(text, STEP).startswith(f"{text}\n  - {{日期")


def test_windows_line_ends_are_kept() -> None:
    text = (HEAD + STEPS).replace("\n", "\r\n")
    longer = with_step(text, STEP)
    assert longer.startswith(text)
    assert "\n" not in longer.replace("\r\n", "")


def test_a_key_behind_the_steps_stays_behind_them() -> None:
    tail = "\n# 材料另存\n材料: [工资表]\n"
    longer = with_step(HEAD + STEPS + tail, STEP)
    assert longer.startswith(HEAD + STEPS)
    assert longer.endswith(tail)
    assert load_case(read_text(longer, "a.yaml")).findings == ()


@pytest.mark.parametrize("steps", ["办理: []\n", "办理: [{日期: 2026-03-02, 事项: 受理}]\n"])
def test_steps_in_brackets_are_refused_with_a_sentence(steps: str) -> None:
    with pytest.raises(StepsNotAListError, match="逐行"):
        with_step(HEAD + steps, STEP)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
    st.decimals(0, 10**9, places=2),
)
def test_what_is_written_is_read_back(remark: str, amount: Decimal) -> None:
    remark = remark.strip()
    step = {"日期": date(2026, 3, 9), "事项": "兑现", "请求": 1, "金额": amount, "备注": remark}
    text = with_step(HEAD + STEPS, step | {"全部兑现": True, "凭证": "007"})
    loaded = load_case(read_text(text, "a.yaml"))
    assert loaded.record is not None, list(map(str, loaded.findings))
    written = loaded.record.steps[-1]
    assert written.remark == remark
    assert getattr(written, "amount") == amount  # noqa: B009 - the field of one kind of step
    assert getattr(written, "proof") == "007"  # noqa: B009


def test_a_new_record_is_written_as_clerks_write_it() -> None:
    text = record_text(
        {
            "收到": Moment(date(2026, 3, 2), time(9, 20)),
            "信访人": [{"代号": "A", "代表": True, "已载明": ["姓名"]}],
            "事实": "第一行\n第二行\n",
        }
    )
    assert text == (
        "收到: 2026-03-02 09:20\n"
        "信访人:\n  - {代号: A, 代表: 是, 已载明: [姓名]}\n"
        "事实: |\n  第一行\n  第二行\n"
    )


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("old", encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomic(file, b"new")
    assert file.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_of_several_files_all_are_created_or_none(tmp_path: Path) -> None:
    case, seal = tmp_path / "cases/1.yaml", tmp_path / "sealed/1.age"
    assert create_all({case: b"a", seal: b"b"}) is None
    assert (case.read_bytes(), seal.read_bytes()) == (b"a", b"b")
    case.unlink()
    assert create_all({case: b"c", seal: b"d"}) == seal
    assert not case.exists()
    assert seal.read_bytes() == b"b"


def test_only_one_of_many_clerks_gets_a_number(tmp_path: Path) -> None:
    file = tmp_path / "XF-2026-0001.yaml"
    won: list[int] = []

    def register(clerk: int) -> None:
        if create(file, str(clerk).encode()):
            won.append(clerk)

    clerks = [threading.Thread(target=register, args=(clerk,)) for clerk in range(20)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert [file.read_text(encoding="utf-8")] == list(map(str, won))


# Two emitters, one text

#: What YAML quotes, folds, escapes or takes for something else, and letters of rare names.
_AWKWARD = st.text(alphabet="中文，。 :-#'\"{}[]&*!|>%@`\n\t0.5éABC𬭎喆😀", max_size=120)


@given(text=_AWKWARD, flow=st.booleans())
def test_the_quick_emitter_writes_what_the_slow_one_writes(text: str, flow: bool) -> None:  # noqa: FBT001
    value = {"键": text, "内": {"键": text}}
    assert _dump(value, flow=flow) == _dumped(value, _Dumper, flow=flow)


def test_the_same_day_in_two_places_is_written_twice() -> None:
    day = date(2026, 3, 2)
    text = with_step(HEAD + STEPS, {"日期": day, "事项": "送达", "收到": day, "经办": "李敏"})
    assert "{日期: 2026-03-02, 事项: 送达, 收到: 2026-03-02, 经办: 李敏}" in text
    long = with_step(HEAD + STEPS, {"日期": day, "事项": "送达", "收到": day, "备注": "长" * 120})
    assert long.count("2026-03-02") == (HEAD + STEPS).count("2026-03-02") + 2


def test_several_files_are_replaced_or_none(tmp_path: Path) -> None:
    one, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    one.write_bytes(b"1")
    other.write_bytes(b"1")
    assert replace_all({one: (b"1", b"2"), other: (b"1", b"2")}) is None
    assert (one.read_bytes(), other.read_bytes()) == (b"2", b"2")
    one.write_bytes(b"somebody else")
    assert replace_all({other: (b"2", b"3"), one: (b"2", b"3")}) == one
    assert other.read_bytes() == b"2"
