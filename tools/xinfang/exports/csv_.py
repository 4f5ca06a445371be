"""The ledger as comma-separated values.

A text that a spreadsheet would take for a formula gets a leading apostrophe, as does one that
begins with an apostrophe itself. Whoever reads it back takes one leading apostrophe off
(:func:`unguarded`) and has every text as it was. A csv cannot say that ``0012`` is a text; where
that matters, take the xlsx.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from xinfang.extract import Extract
from xinfang.tables import COLUMNS, Column, Kind, Value, text

#: What a spreadsheet may take for the beginning of a formula, in either width (OWASP).
_FORMULA_STARTS: Final = frozenset("=+-@＝＋－＠")
_APOSTROPHE: Final = "'"


def as_csv(ledger: Extract) -> bytes:
    """Write comma-separated values: UTF-8 with BOM and CRLF, as Excel expects them."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(guarded(column.heading) for column in COLUMNS)
    for row in ledger.rows:
        writer.writerow(_csv_cell(column, row[column.key]) for column in COLUMNS)
    return buffer.getvalue().encode("utf-8-sig")


def _csv_cell(column: Column, value: Value) -> str:
    shown = text(value)
    return guarded(shown) if column.kind in {Kind.TEXT, Kind.LIST} else shown


def guarded(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could take for a formula.

    Blank space in front does not hide one, and a text with blank space in front, which can only
    be a tab or a line break slipped in, is guarded too.
    """
    bare = cell.lstrip()
    risky = bare[:1] in _FORMULA_STARTS or cell != bare or cell.startswith(_APOSTROPHE)
    return _APOSTROPHE + cell if cell and risky else cell


def unguarded(cell: str) -> str:
    """Take off what :func:`guarded` put before a text."""
    return cell.removeprefix(_APOSTROPHE)
