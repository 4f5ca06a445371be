"""How long things are kept, and what it takes to let what is sealed go."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from browsing import ROOT
from clerk import commanded
from hypothesis import given
from hypothesis import strategies as st

from xinfang.register import open_register
from xinfang.retention import Retention, due_in, retention

CASE = "XF-2026-0014"  # archived on 2026-08-28, kept for ten years
AFTER = "2037-01-01"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The sample register with one archived case and its seal, under Git."""
    folder = tmp_path / "登记册"
    (folder / "cases" / "2026").mkdir(parents=True)
    (folder / "sealed" / "2026").mkdir(parents=True)
    office = (ROOT / "office.yaml").read_text(encoding="utf-8")
    (folder / "office.yaml").write_text(re.sub(r"样例日期: .*\n", "\n", office), encoding="utf-8")
    shutil.copy(ROOT / "cases" / "2026" / f"{CASE}.yaml", folder / "cases" / "2026")
    shutil.copy(ROOT / "sealed" / "2026" / f"{CASE}.age", folder / "sealed" / "2026")
    for command in (
        ["init", "-q"],
        ["config", "user.name", "李敏"],
        ["config", "user.email", "limin@example.invalid"],
        ["add", "."],
        ["commit", "-q", "-m", "登记册"],
    ):
        subprocess.run(["git", "-C", folder, *command], check=True)
    return folder


def xinfang(folder: Path, *arguments: str, today: str = AFTER) -> subprocess.CompletedProcess[str]:
    return commanded(folder, ("--today", today, *arguments), os.environ)


def erased(folder: Path, today: str = AFTER) -> subprocess.CompletedProcess[str]:
    options = ("--approver", "陈立", "--handler", "李敏", "--yes", "--commit")
    return xinfang(folder, "erase", CASE, *options, today=today)


def seal(folder: Path) -> Path:
    return folder / "sealed" / "2026" / f"{CASE}.age"


def case(folder: Path) -> Path:
    return folder / "cases" / "2026" / f"{CASE}.yaml"


def test_the_reminder_comes_a_year_before_the_erasure(register: Path) -> None:
    done = xinfang(register, "retention", today="2036-03-01")
    assert done.returncode == 0
    assert "2036-01-01" in done.stdout
    assert "2037-01-01" in done.stdout
    assert "本年到期" in done.stdout
    assert "保管中" in xinfang(register, "retention", today="2035-12-31").stdout
    assert "没有到 2035 年底期满的事项" in xinfang(register, "retention", "--year", "2035").stdout


def test_before_its_time_nothing_is_destroyed(register: Path) -> None:
    before = case(register).read_bytes()
    done = erased(register, "2036-12-31")
    assert done.returncode == 2
    assert "2037-01-01 起才能销毁" in done.stderr
    assert seal(register).exists()
    assert case(register).read_bytes() == before


def test_a_hold_stops_it_and_a_release_lets_it_go_on(register: Path) -> None:
    hold = ("step", CASE, "暂缓销毁", "理由=正在仲裁", "批准人=陈立", "经办=李敏")
    assert xinfang(register, *hold, today="2036-06-01").returncode == 0
    held = erased(register)
    assert held.returncode == 2
    assert "正在仲裁" in held.stderr
    assert seal(register).exists()
    assert "暂缓销毁" in xinfang(register, "retention").stdout
    free = ("step", CASE, "解除暂缓", "理由=仲裁已结", "批准人=陈立", "经办=李敏")
    assert xinfang(register, *free, today="2036-12-20").returncode == 0
    assert erased(register).returncode == 0


def test_erasing_records_a_step_and_says_what_git_still_holds(register: Path) -> None:
    done = erased(register)
    assert done.returncode == 0, done.stderr
    assert not seal(register).exists()
    assert "事项: 销毁" in case(register).read_text(encoding="utf-8")
    assert "Git 的历史" in done.stdout
    log = subprocess.run(
        ["git", "-C", register, "log", "-1", "--format=%s", "--name-status"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert log.startswith(f"{CASE}: 销毁")
    assert f"D\tsealed/2026/{CASE}.age" in log
    again = erased(register)
    assert again.returncode == 2
    assert "已于 2037-01-01 销毁" in again.stderr
    errors = xinfang(register, "check").stdout
    assert "erasure" not in errors


def test_a_permanent_file_is_never_destroyed() -> None:
    today = date(2199, 1, 1)
    opened = open_register(ROOT, today, today)
    loaded = opened.load(opened.file_of("XF-2026-0004"))
    assert loaded.record is not None
    found = retention(opened.matter(loaded.record, ""))
    assert found is not None
    assert found.erasable_from is None
    assert found.standing(today) == "长期保管"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from([3, 5, 10, 30]))
def test_a_period_counts_from_the_year_after(archived: date, years: int) -> None:
    until = date(archived.year + years, 12, 31)
    found = Retention("XF-2026-0001", archived, "永久", None, f"{years}年", until, "", None)
    assert found.reminder is not None
    assert found.erasable_from is not None
    assert found.reminder < until < found.erasable_from
    assert (found.erasable_from - archived).days >= years * 365
    assert due_in([found], until.year) == [found]
    assert due_in([found], until.year - 1) == []
