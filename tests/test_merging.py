"""Two clerks' steps in one case are joined by time, nothing is lost, contradictions are told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xinfang.landing.layout import layout
from xinfang.landing.merging import Merged, merge, position, said
from xinfang.source import read_text
from xinfang.store import step_text

HEAD = """\
# 食堂卫生
编号: XF-2026-0007
标题: 反映食堂卫生
收到: 2026-03-02 09:20
登记: 2026-03-02
渠道: 电话
登记人: 李敏
目的: 建议意见
类别: 食宿与劳动条件          # 按反映的主要问题
"""
ACCEPTED = "  - {日期: 2026-03-02, 事项: 受理, 经办: 李敏}\n"
BASE = f"{HEAD}办理:                # 只追加\n{ACCEPTED}"
TRANSFER = "  - {日期: 2026-03-03, 事项: 转办, 主办: 劳务管理部, 经办: 李敏}\n"
TALK = """\
  - 日期: 2026-03-04
    事项: 调查                  # 现场看过
    调查人: [周成]
    经过: |
      查看了食堂。

      冰柜温度合格。
"""
REMINDER = "  - {日期: 2026-03-05, 事项: 催办, 部门: 劳务管理部, 请于: 2026-03-06, 经办: 李敏}\n"
FEEDBACK = "  - {日期: 2026-03-04, 事项: 承办反馈, 部门: 劳务管理部, 承办: 是, 承办人: 王建国}\n"


def steps(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_text(text, "").data.get("办理", [])
    return found


def names(text: str) -> list[str]:
    return [step["事项"] for step in steps(text)]


def both_ways(ours: str, theirs: str, base: str = BASE) -> str:
    """Join both ways round; the same must come out."""
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert not one.refusals, one.refusals
    assert steps(one.text) == steps(other.text)
    return one.text


def refused(ours: str, theirs: str, base: str = BASE) -> str:
    """Join both ways round; it must be refused, and our side must be there as it was."""
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.text == ours
    assert other.text == theirs
    assert len(one.refusals) == len(other.refusals) == 1
    return one.refusals[0]


def test_steps_of_both_stand_by_time_and_every_line_is_as_it_was_written() -> None:
    joined = both_ways(BASE + TRANSFER + REMINDER, BASE + TALK)
    assert joined == BASE + TRANSFER + TALK + REMINDER


def test_steps_of_one_day_come_by_the_clock_else_as_the_procedure_goes() -> None:
    drafted = "  - {日期: 2026-03-04, 事项: 解释说明, 内容: 说明了规定, 经办: 李敏}\n"
    assert names(both_ways(BASE + drafted, BASE + FEEDBACK)) == ["受理", "承办反馈", "解释说明"]
    early = '  - {日期: 2026-03-04, 时间: "09:00", 事项: 解释说明, 内容: 说明了规定}\n'
    late = '  - {日期: 2026-03-04, 时间: "10:00", 事项: 承办反馈, 部门: 财务部, 承办: 是}\n'
    assert names(both_ways(BASE + early, BASE + late)) == ["受理", "解释说明", "承办反馈"]


def test_the_same_step_on_both_sides_stands_once_however_it_is_written() -> None:
    spread = "  - 日期: 2026-03-03\n    事项: 转办\n    主办: 劳务管理部\n    经办: 李敏\n"
    joined = both_ways(BASE + TRANSFER + REMINDER, BASE + spread + TALK)
    assert names(joined) == ["受理", "转办", "调查", "催办"]


def test_first_steps_of_both_on_a_case_that_has_none() -> None:
    ours = f"{HEAD}办理:\n{TRANSFER}"
    theirs = f"{HEAD}办理:\n    {ACCEPTED.strip()}\n"
    assert names(both_ways(ours, theirs, HEAD)) == ["受理", "转办"]
    assert merge(HEAD, ours, theirs).text == f"{HEAD}办理:\n{ACCEPTED}{TRANSFER}"


def test_keys_behind_the_steps_and_comments_stay_where_they_are() -> None:
    tail = "\n# 材料另存\n材料: [照片]\n"
    joined = both_ways(BASE + TRANSFER + tail, BASE + TALK + tail, BASE + tail)
    assert joined == BASE + TRANSFER + TALK + tail


def test_a_head_changed_on_one_side_is_taken_on_both_differently_refused() -> None:
    mended = BASE.replace("类别: 食宿与劳动条件 ", "类别: 环境影响 ")
    assert both_ways(mended, BASE + TALK) == mended + TALK
    added = BASE.replace("办理:", "标段: 生活营地\n办理:")
    assert both_ways(added, BASE + TALK) == added + TALK
    other = BASE.replace("类别: 食宿与劳动条件 ", "类别: 其他 ")
    assert refused(mended, other + TALK) == "两边都改了“类别”,改得不同"


def test_line_ends_of_windows_are_kept() -> None:
    ours = (BASE + TRANSFER).replace("\n", "\r\n")
    joined = merge(BASE, ours, BASE + TALK).text
    assert joined == (BASE + TRANSFER + TALK).replace("\n", "\r\n")


def test_a_file_without_a_last_line_end_is_joined() -> None:
    joined = both_ways((BASE + TRANSFER).rstrip("\n"), BASE + TALK, BASE.rstrip("\n"))
    assert names(joined) == ["受理", "转办", "调查"]


def test_a_correction_names_the_same_step_after_others_came_before_it() -> None:
    mended = "  - {日期: 2026-03-06, 事项: 更正, 步骤: 2, 改为: {部门: 财务部}, 理由: 写错}\n"
    joined = both_ways(BASE + REMINDER + mended, BASE + TRANSFER)
    assert names(joined) == ["受理", "转办", "催办", "更正"]
    assert steps(joined)[3]["步骤"] == "3"


def test_two_corrections_of_one_step_contradict() -> None:
    one = "  - {日期: 2026-03-06, 事项: 更正, 步骤: 1, 改为: {经办: 周成}, 理由: 写错}\n"
    other = "  - {日期: 2026-03-06, 事项: 更正, 步骤: 1, 作废: 是, 理由: 重复}\n"
    assert refused(BASE + one, BASE + other) == "两边都更正了同一步“受理”,改得不同"


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        (
            "{日期: 2026-03-09, 事项: 办结, 方式: 答复办结, 审批人: 陈立}",
            "{日期: 2026-03-10, 事项: 办结, 方式: 撤回, 审批人: 陈立}",
            "两边都记了“办结” 2026-03-09 2026-03-10 内容不同",
        ),
        (
            "{日期: 2026-03-09, 事项: 转办, 主办: 财务部, 文号: 青机电信转〔2026〕3号}",
            "{日期: 2026-03-09, 事项: 催办, 部门: 财务部, 文号: 青机电信转〔2026〕3号}",
            "“转办”(2026-03-09) “催办”(2026-03-09) 同一个文号 青机电信转〔2026〕3号",
        ),
        (
            "{日期: 2026-03-09, 事项: 出具, 文书: D08, 短码: 7K3M-9QXR}",
            "{日期: 2026-03-09, 事项: 出具, 文书: D08, 短码: 9QXR-7K3M}",
            "两边各出具了一份 D08,版本相同",
        ),
    ],
)
def test_what_contradicts_is_told_with_both_sides(one: str, other: str, parts: str) -> None:
    told = refused(f"{BASE}  - {one}\n", f"{BASE}  - {other}\n")
    assert [part for part in parts.split(" ") if part not in told] == []


def test_a_paper_already_issued_keeps_its_place_among_its_kind() -> None:
    issued = REMINDER + "  - {日期: 2026-03-05, 事项: 出具, 文书: D11, 短码: 7K3M-9QXR}\n"
    earlier = REMINDER.replace("2026-03-05", "2026-03-04")
    assert "已出具文书" in refused(BASE + issued, BASE + earlier)
    later = REMINDER.replace("2026-03-05", "2026-03-08")
    assert names(both_ways(BASE + issued, BASE + later)) == ["受理", "催办", "出具", "催办"]


def test_an_edited_or_removed_step_is_not_joined() -> None:
    edited = BASE.replace("经办: 李敏", "经办: 周成")
    assert refused(edited, BASE + TALK).startswith("一边原有的第 1 步“受理”被改动或删去")


def test_two_matters_under_one_number_are_told_apart() -> None:
    other = BASE.replace("反映食堂卫生", "反映宿舍无热水").replace("09:20", "10:40")
    found = merge("", BASE, other)
    assert found.is_clash
    assert found.refusals == ("两件不同的事项都编为 XF-2026-0007",)
    # A step of the one never goes into the other, as when a rebase brings it behind.
    assert merge(BASE, other, BASE + TALK).is_clash
    assert merge("", BASE, BASE + TALK) == Merged(BASE + TALK)


def test_a_broken_side_is_left_alone() -> None:
    broken = BASE + "  - {日期: 2026-03-03\n"
    assert merge(BASE, broken, BASE + TALK) == Merged(
        broken, ("文件有错误或不是逐行书写,不能自动合并",)
    )


def test_cutting_a_file_loses_no_byte() -> None:
    for text in (HEAD, BASE, BASE + TALK + "\n# 末尾\n标段: 甲\n", BASE.rstrip("\n")):
        cut = layout(text)
        assert cut is not None
        assert cut.text == text


KINDS = {
    "催办": {"部门": "劳务管理部"},
    "协调": {"内容": "商定"},
    "解释说明": {"内容": "说明"},
    "承办反馈": {"部门": "财务部"},
}


@st.composite
def appended(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Steps of one clerk: in order of their days; some correct an earlier one."""
    days = sorted(draw(st.lists(st.integers(1, 6), max_size=5)))
    made: list[dict[str, Any]] = []
    for day in days:
        told = {"日期": str(date(2026, 3, 2) + timedelta(day)), "事项": "", "备注": ""}
        told["事项"] = draw(st.sampled_from([*KINDS, "更正"]))
        told["备注"] = draw(st.sampled_from(["甲", "乙", "丙"]))
        if told["事项"] == "更正":
            told |= {"步骤": str(draw(st.integers(1, len(made) + 1))), "理由": told["备注"]}
        else:
            told |= KINDS[told["事项"]]
        made.append({k: v for k, v in told.items() if v})
    return made


def written(extra: list[dict[str, Any]]) -> str:
    return BASE + "".join(step_text(step, 2) for step in extra)


def counted(found: list[dict[str, Any]]) -> dict[str, int]:
    """How often each step stands there; a correction by what it mends, wherever that stands."""
    keys = []
    for step in found:
        at = position(step) if step["事项"] == "更正" else None
        keys.append(repr((sorted(said(step).items()), at is not None and said(found[at]))))
    return {key: keys.count(key) for key in keys}


def mends_first(note: str) -> dict[str, Any]:
    return {"日期": "2026-03-03", "事项": "更正", "备注": note, "步骤": "1", "理由": note}


@settings(max_examples=150, deadline=None)
@given(appended(), appended())
@example([mends_first("甲")] * 2, [mends_first("甲"), mends_first("乙")])
def test_whatever_two_clerks_add_nothing_is_lost_and_sides_do_not_matter(
    ours: list[dict[str, Any]], theirs: list[dict[str, Any]]
) -> None:
    one = merge(BASE, written(ours), written(theirs))
    other = merge(BASE, written(theirs), written(ours))
    assert bool(one.refusals) == bool(other.refusals)
    if one.refusals:
        assert "更正" in one.refusals[0]
        return
    there, mine, others = (counted(steps(t)) for t in (one.text, written(ours), written(theirs)))
    assert there == {key: max(mine.get(key, 0), others.get(key, 0)) for key in mine | others}
    days = [step["日期"] for step in steps(one.text)]
    assert days == sorted(days)
    assert counted(steps(other.text)) == there
    # Joining again what is joined changes nothing.
    assert merge(BASE, one.text, written(theirs)).text == one.text
    assert merge(written(ours), one.text, one.text).text == one.text


@settings(max_examples=100, deadline=None)
@given(appended(), appended())
def test_two_who_join_the_same_get_the_same_file(
    ours: list[dict[str, Any]], theirs: list[dict[str, Any]]
) -> None:
    one = merge(BASE, written(ours), written(theirs))
    other = merge(BASE, written(theirs), written(ours))
    if not one.refusals and len(counted(ours)) == len(ours) and len(counted(theirs)) == len(theirs):
        assert steps(one.text) == steps(other.text)
