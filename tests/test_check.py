"""Checking a whole register: nothing hidden, nothing remembered that is no longer true."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from xinfang.cache import digest
from xinfang.check import Checked, check
from xinfang.diagnostics import Finding, Level, Place, exit_code
from xinfang.register import open_register

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "register"
    folder.mkdir()
    shutil.copy(ROOT / "office.yaml", folder)
    shutil.copytree(ROOT / "cases", folder / "cases")
    return folder


def run(folder: Path, today: date = TODAY, *, remember: bool = True) -> Checked:
    return check(open_register(folder, today, today), remember=remember)


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_what_is_remembered_is_what_a_fresh_check_finds(folder: Path) -> None:
    fresh = run(folder, remember=False)
    assert run(folder) == fresh
    assert run(folder) == fresh


def test_a_changed_file_is_looked_at_again(folder: Path) -> None:
    before = run(folder)
    spoil(folder / "cases/2026/XF-2026-0011.yaml", "渠道: 电话", "渠道: 来电")
    after = run(folder)
    assert "XF-2026-0011" in before.entries
    assert "XF-2026-0011" not in after.entries
    assert after == run(folder, remember=False)


def test_a_file_put_back_in_time_is_looked_at_again(folder: Path) -> None:
    file = folder / "cases/2026/XF-2026-0011.yaml"
    run(folder)
    before = file.stat()
    spoil(file, "渠道: 电话", "渠道: 来电")  # as many bytes
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "XF-2026-0011" not in run(folder).entries


def test_files_are_read_only_where_they_may_have_changed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def noted(file: Path) -> bytes:
        read.append(file)
        return digest(file)

    monkeypatch.setattr("xinfang.cache.digest", noted)
    fresh, files = run(folder), len(list(folder.glob("cases/2026/*.yaml")))
    read.clear()
    run(folder)  # what was written a moment ago may have been written again since
    assert len([file for file in read if file.name != "office.yaml"]) == files
    for memory in (tmp_path / "cache/xinfang").iterdir():  # as if an hour had passed
        later = memory.stat().st_mtime_ns + 3600 * 10**9
        os.utime(memory, ns=(later, later))
    read.clear()
    assert run(folder) == fresh
    assert [file for file in read if file.name != "office.yaml"] == []


def test_a_changed_office_or_another_day_forgets_everything(folder: Path) -> None:
    run(folder)
    later = date(2026, 12, 1)
    assert run(folder, later) == run(folder, later, remember=False)
    spoil(folder / "office.yaml", "姓名: 陈立", "姓名: 陈力")
    assert run(folder) == run(folder, remember=False)


def test_a_removed_file_is_forgotten(folder: Path) -> None:
    run(folder)
    (folder / "cases/2026/XF-2026-0011.yaml").unlink()
    assert "XF-2026-0011" not in run(folder).entries


def test_a_broken_memory_is_only_slower(folder: Path, tmp_path: Path) -> None:
    fresh = run(folder)
    for file in (tmp_path / "cache/xinfang").iterdir():
        file.write_bytes(b"\x80nonsense")
    assert run(folder) == fresh


def test_many_files_are_checked_in_several_processes_with_the_same_outcome(folder: Path) -> None:
    text = (folder / "cases/2026/XF-2026-0011.yaml").read_text("utf-8")
    for number in range(1000, 1400):
        name = f"XF-2026-{number}"
        (folder / f"cases/2026/{name}.yaml").write_text(text.replace("XF-2026-0011", name), "utf-8")
    spoil(folder / "cases/2026/XF-2026-1234.yaml", "渠道: 电话", "渠道: 来电")
    ticks: list[int] = []
    checked = check(open_register(folder, TODAY), progress=ticks.append, remember=False)
    assert sum(ticks) == checked.files == 424
    wrong = {f.place.path for f in checked.findings if f.rule == "bad-choice"}
    assert wrong == {"cases/2026/XF-2026-1234.yaml"}


def test_stray_files_are_named(folder: Path) -> None:
    (folder / "cases/2026/扫描件.pdf").write_bytes(b"%PDF")
    (folder / "cases/XF-2026-0099.yml").write_text("a: 1", "utf-8")
    strays = {f.place.path for f in run(folder).findings if f.rule == "stray-file"}
    assert strays == {"cases/2026/扫描件.pdf", "cases/XF-2026-0099.yml"}


def test_the_verdict_is_derived_from_the_findings() -> None:
    warning = Finding(Place("a"), Level.WARNING, "r", "m")
    error = Finding(Place("a"), Level.ERROR, "r", "m")
    assert exit_code([]) == exit_code([warning]) == 0
    assert exit_code([warning, error]) == 1


def test_findings_sort_by_place_before_anything_else() -> None:
    places = [Place("a", 3, 5), Place("a", 2, 20), Place("a", 10, 1), Place("A", 99, 1)]
    found = sorted(Finding(place, Level.HINT, "r", "m") for place in places)
    assert [str(f.place) for f in found] == ["A:99:1", "a:2:20", "a:3:5", "a:10:1"]
