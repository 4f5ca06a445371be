"""Earlier matters that may be the same: shown, never in the way, and never about persons."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from browsing import ROOT
from hypothesis import given
from hypothesis import strategies as st

from xinfang.demo import write_demo
from xinfang.model import Case
from xinfang.register import Register, open_register
from xinfang.similar import dice, pairs, similar

TODAY = date(2026, 9, 16)


def register(folder: Path = ROOT) -> Register:
    return open_register(folder, TODAY, TODAY)


def case(title: str, category: str, *claims: str, purpose: str = "申诉求决") -> Case:
    return Case.model_validate(
        {
            "编号": "XF-2026-0099",
            "标题": title,
            "收到": "2026-09-16",
            "登记": "2026-09-16",
            "渠道": "走访",
            "登记人": "李敏",
            "目的": purpose,
            "类别": category,
            "请求": [{"内容": claim} for claim in claims],
        }
    )


def numbers(*arguments: str, purpose: str = "申诉求决") -> list[str]:
    found = similar(register(), case(*arguments, purpose=purpose))
    return [one.matter.case.number for one in found]


def test_the_same_matter_is_found_first_though_it_is_closed() -> None:
    assert numbers("反映焊工班工资三个月没有付", "工资支付")[0] == "XF-2026-0001"


def test_width_and_spaces_do_not_matter() -> None:
    plain = numbers("反映三号宿舍楼没有热水", "食宿与劳动条件")
    assert plain
    assert numbers("再次反映 ３号宿舍楼 没有热水", "食宿与劳动条件")[0] == plain[0]
    assert numbers("反映三号宿舍楼　没有 热水", "食宿与劳动条件") == plain


def test_the_claims_tell_where_the_title_does_not() -> None:
    assert "XF-2026-0001" in numbers("来访登记", "工资支付", "支付2025年12月至2026年2月工资")


def test_what_is_about_something_else_is_not_shown() -> None:
    assert numbers("咨询食堂充值卡怎样补办", "其他") == []


def test_enough_is_told_to_judge() -> None:
    found = similar(register(), case("反映焊工班三个月工资未付", "工资支付"))
    told = "\n".join(found[0].lines)
    assert "XF-2026-0001 反映焊工班三个月工资未付" in told
    assert "2026-03-02 收到" in told
    assert "结论: 第1条支持" in told
    assert "承诺尚未兑现: 第1条" in told
    assert "请求: " in told


def test_accusations_neither_ask_nor_answer() -> None:
    assert numbers("检举控告(内容已封存)", "检举控告", purpose="检举控告") == []
    assert not any(
        one.matter.is_sealed
        for one in similar(register(), case("检举控告(内容已封存)", "其他"), limit=50)
    )


@given(st.text(), st.text())
def test_likeness_lies_between_nought_and_one_and_is_mutual(one: str, other: str) -> None:
    likeness = dice(pairs(one), pairs(other))
    assert 0 <= likeness <= 1
    assert likeness == dice(pairs(other), pairs(one))
    assert dice(pairs(one), pairs(one)) in {0.0, 1.0}


def test_a_clerk_is_told_and_nothing_is_stopped(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    shutil.copy(ROOT / "office.yaml", tmp_path)
    told = "标题=反映焊工班工资未付 渠道=走访 登记人=李敏 首问人=周成 目的=申诉求决"
    told += " 类别=工资支付 路径=信访程序"
    command = [sys.executable, "-m", "xinfang", "-C", str(tmp_path), "new", *told.split()]
    command.append("请求=[{内容: 支付工资}]")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "XF-2026-0001 反映焊工班三个月工资未付" in done.stdout
    assert "关联: [XF-2026-0001]" in done.stdout
    assert (tmp_path / "cases" / "2026" / "XF-2026-0025.yaml").exists()


@pytest.mark.parametrize("count", [2000])
def test_thousands_of_matters_are_looked_through_at_once(tmp_path: Path, count: int) -> None:
    write_demo(tmp_path / "大", ROOT, count, 7, date(2025, 1, 1), TODAY)
    opened = register(tmp_path / "大")
    started = time.perf_counter()
    assert similar(opened, case("反映焊工班三个月工资未付", "工资支付"))
    assert time.perf_counter() - started < 3
