"""The ledger on paper: A4 across, the header on every page, set by the form D26."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from markupsafe import Markup, escape

from xinfang.balance import DEFINITIONS
from xinfang.documents import Papers
from xinfang.errors import XinfangError
from xinfang.exports.sheets import Frame, printed
from xinfang.exports.specimen import SpecimenError
from xinfang.extract import Extract
from xinfang.model import Office
from xinfang.render import pdf
from xinfang.tables import PRINTED, Row, Stack, text

FORM: Final = "D26"
#: Ten thousand rows take ten seconds, and more are no reading for anyone.
MOST_ROWS: Final = 20_000
#: A table of HTML, which takes a second for a hundred rows, is worth it up to here.
MOST_AS_TABLE: Final = 60
#: The same, where nothing else will do: half a gigabyte of memory for a thousand rows.
_MOST_BY_FORCE: Final = 2000

_EMPTY: Final = "—"
_NUMBER: Final = re.compile(r"〔\d+〕\d+号")


class LedgerTooLongError(XinfangError):
    """More rows than a machine of the office can print at once."""

    def __init__(self, rows: int, most: int) -> None:
        super().__init__(
            f"台账共 {rows} 件,一次最多印 {most} 件。请用 --from、--to 按期间分册,或改用 xlsx 格式"
        )


def as_pdf(ledger: Extract, papers: Papers, office: Office) -> bytes:
    """Print the ledger; the same extract gives the same bytes.

    Raises:
        LedgerTooLongError: It has more rows than can be printed.
    """
    count = len(ledger.entries)
    if count > MOST_ROWS:
        raise LedgerTooLongError(count, MOST_ROWS)
    if count > MOST_AS_TABLE:
        try:
            return as_sheets(ledger, papers, office)
        except SpecimenError:
            if count > _MOST_BY_FORCE:
                raise LedgerTooLongError(count, _MOST_BY_FORCE) from None
    return pdf(as_html(ledger, papers, office))


def as_sheets(ledger: Extract, papers: Papers, office: Office) -> bytes:
    """Print the ledger sheet by sheet.

    Raises:
        SpecimenError: It can only be printed as a table.
    """
    rows = [[_cell(stack, row) for stack in PRINTED] for row in ledger.rows]
    return printed(rows, partial(as_html, ledger, papers, office), pdf)


def as_html(ledger: Extract, papers: Papers, office: Office, frame: Frame | None = None) -> str:
    """Fill the form of the ledger: with its rows, or with the frame for them."""
    rows = () if frame else ledger.rows
    return papers.of_register(
        papers.forms[FORM],
        office,
        {
            "count": len(ledger.entries),
            "rows": [[_marked(_cell(stack, row)) for stack in PRINTED] for row in rows],
            "frame": frame,
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
    return [(key, shown or _EMPTY) for key, shown in lines]


def _marked(lines: Sequence[tuple[str, str]]) -> list[tuple[str, Markup]]:
    """Keep the number of a paper whole where its text is broken into lines."""
    return [
        (key, Markup(_NUMBER.sub(r'<span class="w">\g<0></span>', str(escape(shown)))))  # noqa: S704
        for key, shown in lines
    ]
