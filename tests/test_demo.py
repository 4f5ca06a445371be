"""The made-up register: sound, the same every time, and worth looking at."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from browsing import ROOT

from xinfang.check import Checked, check
from xinfang.demo import NotEmptyError, write_demo
from xinfang.diagnostics import Level
from xinfang.register import open_register

FIRST, TODAY = date(2025, 1, 1), date(2026, 9, 16)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("演示") / "登记册"
    write_demo(folder, ROOT, 300, 7, FIRST, TODAY)
    return folder


@pytest.fixture(scope="module")
def checked(demo: Path) -> Checked:
    return check(open_register(demo, TODAY), remember=False)


def test_it_has_no_errors(checked: Checked) -> None:
    assert [str(f) for f in checked.findings if f.level is Level.ERROR] == []
    assert len(checked.entries) == 300


def test_it_shows_something(checked: Checked) -> None:
    entries = [entry for entry in checked.entries.values() if not entry.sealed]
    assert len(Counter(entry.category for entry in entries)) >= 10
    assert len(Counter(f"{entry.registered:%Y-%m}" for entry in entries)) == 21
    assert 5 < sum(entry.is_open for entry in entries) < 150
    assert any("deadline-missed" in f.rule for f in checked.findings)
    wages = Counter(entry.registered.month for entry in entries if entry.category == "工资支付")
    assert wages[1] > wages[5]


def test_the_same_seed_gives_the_same_files(demo: Path, tmp_path: Path) -> None:
    again = tmp_path / "又一个"
    write_demo(again, ROOT, 300, 7, FIRST, TODAY)
    files = sorted(file.relative_to(demo) for file in demo.rglob("*.yaml"))
    assert len(files) == 301
    assert all((demo / file).read_bytes() == (again / file).read_bytes() for file in files)


def test_nothing_is_written_over(demo: Path) -> None:
    with pytest.raises(NotEmptyError, match="已经有内容"):
        write_demo(demo, ROOT, 3, 7, FIRST, TODAY)


def test_the_command_says_what_to_do_next(tmp_path: Path) -> None:
    target = tmp_path / "练习"
    command = [sys.executable, "-m", "xinfang", "demo", str(target), "--cases", "12"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "已生成" in done.stdout
    assert "build" in done.stdout
    assert len(list(target.glob("cases/*/*.yaml"))) == 12
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert "已经有内容" in again.stderr
