"""Every row R01–R64 of the requirements is kept by a rule, or says why no rule can keep it."""

from __future__ import annotations

import pytest

from xinfang.rules import all_rules

ROWS = tuple(f"R{number:02d}" for number in range(1, 65))

#: Rows that no case or office file can show to be kept, each with the reason.
NOT_CHECKABLE = {
    "R01": "the notice is printed and posted once; a paper and a page, not a record",
    "R05": "risk assessment of decisions has no record in this register yet",
    "R07": "inspection of matters has no record in this register yet",
    "R18": "monthly reports of departments have no record in this register yet",
    "R21": "kept by the model itself: channels are a closed list",
    "R35": "a contingency plan is a document of its own",
    "R52": "trend analysis is a report over many cases",
    "R53": "as R05",
    "R54": "as R05",
    "R55": "as R05",
    "R56": "as R05",
    "R57": "as R05",
    "R58": "as R05",
    "R61": "people hand neglect of duty over; the program judges nobody",
}

KEPT = {row for rule in all_rules() for row in rule.rows}


@pytest.mark.parametrize("row", ROWS)
def test_row_is_kept_or_says_why_not(row: str) -> None:
    assert (row in KEPT) != (row in NOT_CHECKABLE)


def test_no_rule_names_a_row_that_does_not_exist() -> None:
    assert set(ROWS) >= KEPT
