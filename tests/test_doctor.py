"""The doctor tells what is there, what is missing and what mends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from xinfang.doctor import Fact, Health, facts, is_well
from xinfang.fonts import STACKS

ROOT = Path(__file__).parents[1]


def found(folder: Path) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts(folder, folder / "key.txt")}


def test_a_machine_that_was_set_up_is_well(tmp_path: Path) -> None:
    here = found(tmp_path)
    missing = [f"{f.name}: {f.detail}" for f in here.values() if f.health is Health.MISSING]
    assert missing == []
    assert is_well(here.values())


def test_every_style_says_which_font_it_really_gets(tmp_path: Path) -> None:
    here = found(tmp_path)
    for style, families in STACKS.items():
        assert here[f"字体 {style}"].detail.partition("(")[0] in families


def test_a_missing_key_is_a_note_with_its_mend(tmp_path: Path) -> None:
    key = found(tmp_path)["密钥"]
    assert key.health is Health.NOTE
    assert "xinfang keys new" in key.mend


def test_without_programs_and_fonts_the_doctor_names_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    here = found(tmp_path)
    assert not is_well(here.values())
    assert here["git"].mend == "sudo apt-get install -y --no-install-recommends git"
    assert "fontconfig" in here["字体"].mend
    assert here["age"].health is Health.NOTE


def test_the_command_prints_a_table_and_its_verdict(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "xinfang", "doctor", "-C", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "libharfbuzz-subset" in done.stdout
    assert "字体 仿宋" in done.stdout
