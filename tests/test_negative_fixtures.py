"""What must be refused: small cases with one fault each, and the rule that has to find it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xinfang.check import Checked, check
from xinfang.diagnostics import Level
from xinfang.exports.csv_ import as_csv
from xinfang.extract import extract
from xinfang.identity import to_yaml
from xinfang.identity.values import credit_code_check_character
from xinfang.register import Register, open_register
from xinfang.sealed import load_keys, open_content, write_sealed
from xinfang.secrets_check import check_secrets
from xinfang.selection import Selection

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "fixtures" / "negative"
TODAY = date(2026, 9, 16)
CASE = "XF-2026-0001"

#: Fixture → the finding that names its fault. A missing address must never be an error: the
#: matter is registered all the same.
FOUND_BY = {
    "missing_address": (Level.HINT, "particulars-stated"),
    "six_representatives": (Level.ERROR, "representatives-limit"),
    "impossible_date": (Level.ERROR, "bad-day"),
    "placeholder_in_reply": (Level.ERROR, "placeholder-left"),
    "extension_after_expiry": (Level.ERROR, "extension-in-time"),
    "refusal_by_one_person": (Level.ERROR, "refusal-by-two"),
}


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """A register with the sample office, its published key and, as yet, no case."""
    folder = tmp_path / "register"
    (folder / "cases" / "2026").mkdir(parents=True)
    shutil.copy(ROOT / "office.yaml", folder)
    return open_register(folder, TODAY)


def checked(register: Register, fixture: str) -> Checked:
    shutil.copy(FOLDER / f"{fixture}.yaml", register.file_of(CASE))
    return check(register, remember=False)


def found(checked: Checked) -> list[tuple[Level, str]]:
    return [(finding.level, finding.rule) for finding in checked.findings]


def demo_keys() -> list[Any]:
    return load_keys(ROOT / "keys" / "demo.key")


@pytest.mark.parametrize(("fixture", "finding"), FOUND_BY.items())
def test_fault_is_found_and_no_other_error(
    register: Register, fixture: str, finding: tuple[Level, str]
) -> None:
    outcome = checked(register, fixture)
    assert finding in found(outcome), list(map(str, outcome.findings))
    errors = {pair for pair in found(outcome) if pair[0] is Level.ERROR}
    assert errors <= {finding}, list(map(str, outcome.findings))


def test_reply_needs_a_confirmed_review_body(register: Register) -> None:
    office = register.folder / "office.yaml"
    text = office.read_text("utf-8")
    chain = re.compile(r"^    已确认: 是$", re.MULTILINE)
    assert len(chain.findall(text)) == 2
    office.write_text(chain.sub("    已确认: 否", text), "utf-8")
    outcome = checked(open_register(register.folder, TODAY), "review_chain_unconfirmed")
    assert (Level.ERROR, "reply-names-review") in found(outcome)
    assert (Level.WARNING, "review-chain-confirmed") in found(outcome)


def test_wrong_credit_code_is_found_by_opening_it(register: Register) -> None:
    body = "91" + "999999" + "MA0000010"
    right = credit_code_check_character(body)
    wrong = next(char for char in "0123456789" if char != right)
    unit = {"姓名": "甲省丙镇某某起重有限公司", "统一社会信用代码": body + wrong}
    write_sealed(register, CASE, to_yaml({"编号": CASE, "信访人": {"A": unit}}))
    _, findings = open_content(register, CASE, demo_keys())
    assert [(f.level, f.rule) for f in findings] == [(Level.ERROR, "sealed-value")]
    assert body not in str(findings[0]), "a finding never quotes a value"


def test_name_in_a_commit_message_is_a_leak(register: Register) -> None:
    name = "龙" + "𬭎"
    write_sealed(register, CASE, to_yaml({"编号": CASE, "信访人": {"A": {"姓名": name}}}))
    git = ["git", "-C", str(register.folder), "-c", "user.name=t", "-c", "user.email=t@x.example"]
    subprocess.run([*git, "init", "-q"], check=True)
    message = f"{CASE} 登记 {name}"
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", message], check=True)
    file = FOLDER / "missing_address.yaml"
    shutil.copy(file, register.file_of(CASE))
    case = register.load(register.file_of(CASE)).record
    assert case is not None
    findings = check_secrets(register, {CASE: case}, demo_keys())
    leaks = [f for f in findings if f.rule == "sealed-value-in-clear"]
    assert [f.level for f in leaks] == [Level.ERROR]
    assert name not in str(leaks[0]), "a finding never quotes a value"


def test_formula_in_a_title_stays_text(register: Register) -> None:
    outcome = checked(register, "formula_in_summary")
    assert found(outcome) == []
    assert register.office is not None
    ledger = extract(register.office, TODAY, outcome.entries.values(), Selection())
    table = list(csv.reader(io.StringIO(as_csv(ledger).decode("utf-8-sig"))))
    cells = [cell for row in table for cell in row]
    assert any("cmd|" in cell for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
