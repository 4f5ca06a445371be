"""Old ledgers taken in, and our own taken back: sheets read, columns and rows understood, a plan.

Nothing here writes a file of the register: a plan says what becomes of every row, and the command
line has it written once somebody has seen it.
"""

from __future__ import annotations

from xinfang.importing.columns import Mapped, heading_of, item_named, letters, match
from xinfang.importing.plan import Left, Plan, Ready, make_plan
from xinfang.importing.reading import Grid, read_grids
from xinfang.importing.rest import rest_workbook
from xinfang.importing.rows import TAKEN, Problem, Wishes
from xinfang.importing.table import Skipped, Table, find_table

__all__ = [
    "TAKEN",
    "Grid",
    "Left",
    "Mapped",
    "Plan",
    "Problem",
    "Ready",
    "Skipped",
    "Table",
    "Wishes",
    "find_table",
    "heading_of",
    "item_named",
    "letters",
    "make_plan",
    "match",
    "read_grids",
    "rest_workbook",
]
