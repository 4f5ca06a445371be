"""What was not imported, as a workbook: the clerk mends it and imports that very file again.

Every column as it was, as text, so that Excel neither rounds a number nor turns it into a day;
behind them the reason, which the next import passes over.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from xinfang.importing.plan import Left
from xinfang.importing.reading import Cell, Flaw
from xinfang.importing.table import Line, Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

REASON: Final = "未导入的原因"
_FONT: Final = "宋体"
_LONGEST: Final = 40
_NARROWEST: Final = 8
_REASON_WIDTH: Final = 60
#: Height of a line of text in points, and lines that a row has at most.
_LINE: Final = 14
_MOST_LINES: Final = 12
#: Excel refuses these in the name of a sheet, and names of more than 31 characters.
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_LONGEST_NAME: Final = 31


def rest_workbook(table: Table, left: Sequence[Left], today: date) -> bytes:
    """Write the rows that were not imported.

    Args:
        table: The table that they stood in.
        left: The rows and why.
        today: The day of the import, for the properties of the file.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - validation never needs it

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(buffer, options) as book:
        created = datetime.combine(today, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": "台账未导入的行", "created": created})
        _fill(book, table, left)
    return buffer.getvalue()


def _fill(book: Workbook, table: Table, left: Sequence[Left]) -> None:
    sheet = book.add_worksheet(table.sheet.translate(_FORBIDDEN)[:_LONGEST_NAME] or "未导入")
    style = {"font_name": _FONT, "font_size": 10, "valign": "top", "border": 1, "num_format": "@"}
    plain = book.add_format({**style, "text_wrap": True})
    doubtful = book.add_format({**style, "text_wrap": True, "bg_color": "#FFF2CC"})
    head = book.add_format({**style, "bold": True, "text_wrap": True, "bg_color": "#E7E6E6"})
    reason = book.add_format({**style, "text_wrap": True, "font_color": "#9C0006"})
    title = book.add_format({"font_name": _FONT, "bold": True, "font_size": 12})
    kept = [i for i, name in enumerate(table.headings) if name != REASON and _used(table, i)]
    # The title keeps the year of days that are written without one.
    sheet.write_string(0, 0, f"{table.title or '台账'}(未导入的行,改正后可直接再导入)", title)
    for place, index in enumerate(kept):
        sheet.set_column(place, place, _width(table, index, left), plain)
        sheet.write_string(1, place, table.headings[index], head)
    sheet.set_column(len(kept), len(kept), _REASON_WIDTH)
    sheet.write_string(1, len(kept), REASON, head)
    widths = [(index, _width(table, index, left)) for index in kept]

    def heights(line: Line) -> list[int]:
        return [1, *(_lines(line.cells[index].text, width) for index, width in widths)]

    for row, one in enumerate(left, 2):
        marked = {problem.address for problem in one.problems}
        for place, index in enumerate(kept):
            at_fault = table.address(one.line, index) in marked
            _write(sheet, row, place, one.line.cells[index], doubtful if at_fault else plain)
        said = "\n".join(f"{problem.message}。{problem.mend}" for problem in one.problems)
        sheet.write_string(row, len(kept), said, reason)
        sheet.set_row(row, _LINE * max(_lines(said, _REASON_WIDTH), *heights(one.line)))
    _finish(sheet, len(left) + 1, len(kept))


def _used(table: Table, index: int) -> bool:
    """Whether a column is more than the empty edge of a sheet."""
    return bool(table.headings[index]) or any(line.cells[index].text for line in table.lines)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, style: Any) -> None:  # noqa: ANN401
    if cell.flaw is not None and cell.flaw is not Flaw.DIGITS:
        # Left empty it would be imported as empty the next time.
        sheet.write_string(row, column, f"〔{cell.flaw.value}〕", style)
    else:
        sheet.write_string(row, column, cell.text, style)


def _finish(sheet: Worksheet, last: int, width: int) -> None:
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, last, width)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.repeat_rows(1)
    sheet.fit_to_pages(1, 0)


def _width(table: Table, index: int, left: Sequence[Left]) -> int:
    texts = [table.headings[index], *(one.line.cells[index].text for one in left)]
    widest = max(_columns(line) for text in texts for line in text.splitlines() or [""])
    return min(max(widest + 2, _NARROWEST), _LONGEST)


def _lines(text: str, width: int) -> int:
    """Say in how many lines a text stands in a column; not every program works that out."""
    lines = text.splitlines() or [""]
    return min(sum(-(-_columns(line) // width) or 1 for line in lines), _MOST_LINES)


def _columns(text: str) -> int:
    """Count Latin characters; a Chinese one takes two."""
    return sum(2 if ord(char) > 0xFF else 1 for char in text)  # noqa: PLR2004 - Latin 1 ends there
