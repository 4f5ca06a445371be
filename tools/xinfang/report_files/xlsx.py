"""A report as a workbook: the tables as they stand, the names of their cells small beside them.

Texts are written as texts, whatever they begin with; numbers are numbers, so that they can be
added up.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from xinfang.reports import Cell, Report, Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FONT: Final = "宋体"
_A4: Final = 9
_NAMES: Final = 28
_FIGURES: Final = 14
_IDS: Final = 24
_BASE: Final = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
_LINES: Final = {"border": 1, "border_color": "#808080"}
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {"font_size": 16, "bold": True},
    "section": {"font_size": 12, "bold": True},
    "table": {"bold": True},
    "line": {},
    "define": {"font_size": 8, "font_color": "#444444"},
    "head": {**_LINES, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E7E6E6"},
    "name": {**_LINES, "num_format": "@"},
    "text": {**_LINES, "num_format": "@", "align": "center"},
    "number": {**_LINES, "num_format": "0", "align": "center"},
    "id": {"font_size": 6, "font_color": "#808080", "num_format": "@"},
}


def as_xlsx(report: Report) -> bytes:
    """Write a report as a workbook."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - validation never needs it

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(buffer, options) as book:
        book.set_properties(
            {
                "title": report.title,
                "subject": report.register,
                "company": report.unit,
                "comments": "样例数据" if report.sample else "",
                "created": datetime.combine(report.today, time(), UTC).replace(tzinfo=None),
            }
        )
        _Writer(book, report).write()
    return buffer.getvalue()


class _Writer:
    """The one sheet of a report, written from top to bottom."""

    def __init__(self, book: Workbook, report: Report) -> None:
        self.report = report
        self.sheet: Worksheet = book.add_worksheet(report.term.kind.label)
        self.styles = {name: book.add_format({**_BASE, **style}) for name, style in _STYLES.items()}
        self.line = 0
        #: Names of cells stand to the right of the widest table.
        self.ids = max((len(table.columns) for table in report.tables), default=0) + 2

    def write(self) -> None:
        """Write everything."""
        report, term = self.report, self.report.term
        self._text("title", f"{report.unit}{report.title}")
        self._text("line", f"{term.first} 至 {term.last}")
        if report.sample:
            self._text("line", "样例数据")
        for section in report.sections:
            self.line += 1
            self._text("section", section.title)
            for said in section.lines:
                self._text("line", said)
            for table in section.tables:
                self._table(table)
            for said in section.notes:
                self._text("line", said)
        self._set_up()

    def _text(self, style: str, text: str) -> None:
        self.sheet.write_string(self.line, 0, text, self.styles[style])
        self.line += 1

    def _table(self, table: Table) -> None:
        self._text("table", table.title)
        for at, heading in enumerate((table.head, *table.columns)):
            self.sheet.write_string(self.line, at, heading, self.styles["head"])
        self.line += 1
        for row in table.rows:
            self.sheet.write_string(self.line, 0, row.name, self.styles["name"])
            for at, cell in enumerate(row.cells):
                self._cell(at + 1, cell)
            self.line += 1
        for said in table.definitions:
            self._text("define", said)

    def _cell(self, at: int, cell: Cell) -> None:
        if cell.value is None:
            self.sheet.write_string(self.line, at, cell.text, self.styles["text"])
        else:
            self.sheet.write_number(self.line, at, cell.value, self.styles["number"])
        self.sheet.write_string(self.line, self.ids + at - 1, cell.id, self.styles["id"])

    def _set_up(self) -> None:
        """Set up A4 across, one page wide; names of cells are not printed."""
        last = self.ids - 2
        self.sheet.set_column(0, 0, _NAMES)
        self.sheet.set_column(1, last, _FIGURES)
        self.sheet.set_column(self.ids, self.ids + last, _IDS)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.print_area(0, 0, max(self.line - 1, 0), last)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C第 &P 页 共 &N 页")
