"""What must be refused: small cases with one fault each, and the rule that has to find it."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from xinfang.check import Checked, check
from xinfang.diagnostics import Level
from xinfang.exports.csv_ import as_csv
from xinfang.extract import extract
from xinfang.register import Register, open_register
from xinfang.selection import Selection

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "fixtures" / "negative"
TODAY = date(2026, 9, 16)

#: Fixture → slug of the one error that must name its fault.
FOUND_BY = {
    "impossible_date": "bad-day",
}


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """A register with the sample office and, as yet, no case."""
    (tmp_path / "cases" / "2026").mkdir(parents=True)
    shutil.copy(ROOT / "office.yaml", tmp_path)
    return open_register(tmp_path, TODAY)


def checked(register: Register, fixture: str) -> Checked:
    shutil.copy(FOLDER / f"{fixture}.yaml", register.file_of("XF-2026-0001"))
    return check(register, remember=False)


def errors(found: Checked) -> list[str]:
    return [finding.rule for finding in found.findings if finding.level is Level.ERROR]


@pytest.mark.parametrize(("fixture", "slug"), FOUND_BY.items())
def test_fault_is_found_and_nothing_else(register: Register, fixture: str, slug: str) -> None:
    found = checked(register, fixture)
    assert errors(found) == [slug], list(map(str, found.findings))


def test_formula_in_a_title_stays_text(register: Register) -> None:
    found = checked(register, "formula_in_summary")
    assert errors(found) == []
    assert register.office is not None
    ledger = extract(register.office, TODAY, found.entries.values(), Selection())
    table = list(csv.reader(io.StringIO(as_csv(ledger).decode("utf-8-sig"))))
    cells = [cell for row in table for cell in row]
    assert any("cmd|" in cell for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
