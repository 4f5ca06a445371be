"""Late duties as facts: by post and step, with both times, and never about a person."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from browsing import ROOT

from xinfang.accountability import Fact, facts
from xinfang.history import history
from xinfang.matter import Matter
from xinfang.register import Register, open_register
from xinfang.selection import Period

TODAY = date(2026, 9, 16)
#: In this sample the transfer came late and one department has not said a word.
LATE = "XF-2026-0019"


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """The sample register, committed by one clerk at one moment."""
    folder = tmp_path / "登记册"
    shutil.copytree(ROOT / "cases", folder / "cases")
    shutil.copy(ROOT / "office.yaml", folder)
    when = "2026-09-04T10:20:00+08:00"
    environment = os.environ | {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    for command in (
        ["init", "-q"],
        ["config", "user.name", "李敏"],
        ["config", "user.email", "limin@example.invalid"],
        ["add", "."],
        ["commit", "-q", "-m", "登记册"],
    ):
        subprocess.run(["git", "-C", folder, *command], check=True, env=environment)
    return open_register(folder, TODAY, TODAY)


def matters(register: Register) -> list[Matter]:
    return [
        register.matter(loaded.record, loaded.document.path)
        for _, loaded in register.matters()
        if loaded.record is not None
    ]


def found(register: Register, period: Period | None = None) -> list[Fact]:
    return facts(matters(register), history(register, remember=False), period)


def test_a_late_step_is_told_with_both_times_its_post_and_its_reason(register: Register) -> None:
    fact = next(f for f in found(register) if f.number == LATE and f.clock == "I2")
    assert (fact.due, fact.done, fact.step) == (date(2026, 8, 31), date(2026, 9, 3), 3)
    assert fact.recorded is not None
    assert f"{fact.recorded:%Y-%m-%d %H:%M}" == "2026-09-04 10:20"
    assert fact.post == "信访办 信访专员"
    assert "B角没有接到移交" in fact.reason
    assert fact.days == 3


def test_what_nobody_did_falls_to_the_head_of_the_department(register: Register) -> None:
    fact = next(f for f in found(register) if f.number == LATE and f.clock == "I4")
    assert (fact.done, fact.step, fact.recorded) == (None, 0, None)
    assert fact.post == "工程技术部 负责人"


def test_no_fact_holds_a_name_of_anybody(register: Register) -> None:
    assert register.office is not None
    for fact in found(register):
        told = f"{fact.number} {fact.duty} {fact.clock} {fact.post}"
        assert not [post.name for post in register.office.posts if post.name in told]


def test_a_fact_has_no_place_for_a_rank_or_a_count_of_people() -> None:
    assert {field.name for field in fields(Fact)} == {
        *("number", "duty", "clock", "post", "started", "due", "done", "step", "recorded"),
        *("days", "reason"),
    }


def test_the_wait_for_a_leader_stands_beside_what_was_late(register: Register) -> None:
    file = register.folder / "cases" / "2026" / "XF-2026-0019.yaml"
    text = file.read_text(encoding="utf-8")
    steps = (
        "  - {日期: 2026-09-05, 事项: 请示, 呈送: 陈立, 内容: 拟调配抽水设备, 经办: 李敏}\n"
        "  - {日期: 2026-09-11, 事项: 批示, 领导: 陈立, 内容: 同意, 经办: 李敏}\n"
    )
    file.write_text(text.rstrip("\n") + "\n" + steps, encoding="utf-8")
    waits = [fact for fact in found(register) if fact.number == LATE and not fact.clock]
    assert [(fact.duty, fact.post, fact.days) for fact in waits] == [
        ("请示后等待批示", "项目领导 项目党支部书记", 6)
    ]


def test_a_period_chooses_by_the_last_day(register: Register) -> None:
    august = found(register, Period(date(2026, 8, 1), date(2026, 8, 31)))
    assert {fact.clock for fact in august if fact.due} == {"I2"}


def test_accusations_are_left_out(register: Register) -> None:
    sealed = {matter.case.number for matter in matters(register) if matter.is_sealed}
    later = open_register(register.folder, TODAY, date(2027, 9, 1))
    assert sealed
    assert not sealed & {fact.number for fact in found(later)}


def test_the_command_lists_them_as_text_and_as_a_table(register: Register) -> None:
    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "xinfang", "-C", str(register.folder)]
        command += ["lateness", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "提交时间 2026-09-04 10:20" in run()
    rows = list(csv.DictReader(run("--format", "csv").removeprefix("\ufeff").splitlines()))
    assert {row["编号"] for row in rows} == {LATE}
    assert run("--from", "2027-01-01") == "没有逾期的事项\n"
