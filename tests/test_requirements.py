"""Every row R01–R64 of the requirements is kept by a rule, or says why no rule can keep it."""

from __future__ import annotations

import pytest

from xinfang.law.office_rules import requirements
from xinfang.rules import all_rules

ROWS = tuple(f"R{number:02d}" for number in range(1, 65))

#: Rows that no case or office file can show to be kept; the data say why.
NOT_CHECKABLE = {key for key, row in requirements().items() if row.unchecked}

KEPT = {row for rule in all_rules() for row in rule.rows}


@pytest.mark.parametrize("row", ROWS)
def test_row_is_kept_or_says_why_not(row: str) -> None:
    assert (row in KEPT) != (row in NOT_CHECKABLE)


def test_every_row_is_on_record() -> None:
    assert tuple(requirements()) == ROWS


def test_no_rule_names_a_row_that_does_not_exist() -> None:
    assert set(ROWS) >= KEPT
