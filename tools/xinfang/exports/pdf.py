"""The ledger on paper: A4 across, the header on every page, set by the form D26."""

from __future__ import annotations

from typing import Final

from xinfang.balance import DEFINITIONS
from xinfang.documents import Papers
from xinfang.errors import XinfangError
from xinfang.extract import Extract
from xinfang.model import Office
from xinfang.render import pdf
from xinfang.tables import PRINTED, Row, Stack, text

FORM: Final = "D26"
#: A thousand rows take 15 seconds and half a gigabyte of memory.
MOST_ROWS: Final = 2000


class LedgerTooLongError(XinfangError):
    """More rows than a machine of the office can print at once."""

    def __init__(self, rows: int) -> None:
        super().__init__(
            f"台账共 {rows} 件,一次最多印 {MOST_ROWS} 件。请用 --from、--to 按期间分册,"
            "或改用 xlsx 格式"
        )


def as_pdf(ledger: Extract, papers: Papers, office: Office) -> bytes:
    """Print the ledger; the same extract gives the same bytes.

    Raises:
        LedgerTooLongError: It has more than :data:`MOST_ROWS` rows.
    """
    if len(ledger.entries) > MOST_ROWS:
        raise LedgerTooLongError(len(ledger.entries))
    return pdf(as_html(ledger, papers, office))


def as_html(ledger: Extract, papers: Papers, office: Office) -> str:
    """Fill the form of the ledger."""
    return papers.of_register(
        papers.forms[FORM],
        office,
        {
            "rows": [[_cell(stack, row) for stack in PRINTED] for row in ledger.rows],
            "today": ledger.today,
            "part": str(ledger.selection),
            "tables": ledger.tables,
            "definitions": DEFINITIONS,
        },
    )


def _cell(stack: Stack, row: Row) -> list[tuple[str, str]]:
    """Give the lines of a cell; an empty one keeps its place above one that is not."""
    lines = [(key, text(row[key])) for key in stack.keys]
    while lines and not lines[-1][1]:
        lines.pop()
    return lines
