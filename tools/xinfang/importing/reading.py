"""A ledger file as rows of cells: xlsx by calamine, csv in the encodings of Excel in China.

Nothing is understood here: a cell keeps what stood in it, and is marked where what stood there
cannot be known (a formula without a result, a number that lost digits).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from xinfang.errors import XinfangError
from xinfang.exports.csv_ import unguarded
from xinfang.importing.workbook import BookFacts, NotAWorkbookError, SheetFacts, look

#: Text files larger than this are no ledger.
_MOST_TEXT: Final = 64 * 1024 * 1024
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_DELIMITERS: Final = ",\t;"
#: A spreadsheet keeps fifteen digits of a number; behind them it writes zeros.
_DIGITS_KEPT: Final = 10**15
#: Lines that are looked at to find out what parts the columns.
_PROBE: Final = 40

Value = str | int | float | date | datetime | None


class Flaw(StrEnum):
    """Why what stood in a cell is not known."""

    UNCALCULATED = "是公式,没有算出的结果"
    ERROR = "是公式错误(如 #REF!)"
    DIGITS = "是科学计数的数字,15 位以后的数字已丢失"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        value: What stood in it; None where nothing did.
        flaw: Why its content is not known; None where it is.
    """

    value: Value = None
    flaw: Flaw | None = None

    @property
    def text(self) -> str:
        """Its content as text, as a reader of the sheet would write it down."""
        return written(self.value)


EMPTY: Final = Cell()


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet.

    Attributes:
        name: Its name; empty for a text file.
        rows: Its rows from the first on, all of the same width.
        merged: Merged ranges: (first row, first column, last row, last column), from 0.
        hidden_rows: How many rows with content are hidden; they are read like the others.
        hidden_columns: How many columns are hidden; as above.
        since_1904: Whether bare numbers of days count from 1904.
        created: Day that the properties of the file name.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: int = 0
    hidden_columns: int = 0
    since_1904: bool = False
    created: date | None = None


class UnreadableTextError(XinfangError):
    """A text file in no encoding that is known here."""

    def __init__(self) -> None:
        super().__init__("csv 文件的编码认不出;请在 Excel 中另存为“CSV UTF-8(逗号分隔)”后重试")


class OldWorkbookError(XinfangError):
    """A workbook of before 2007, or one with a password."""

    def __init__(self) -> None:
        super().__init__(
            "是旧式 xls 文件,或加了打开密码;请用 Excel 或 WPS 打开,另存为 xlsx(不加密码)后重试"
        )


def read_grids(raw: bytes) -> list[Grid]:
    """Read every sheet of a workbook, or the one table of a text file.

    Raises:
        NotAWorkbookError: A damaged workbook.
        WorkbookTooLargeError: It is larger than a ledger can be.
        OldWorkbookError: It is an xls.
        UnreadableTextError: Neither a workbook nor text.
    """
    if raw.startswith(_OLE):
        raise OldWorkbookError
    if raw.startswith(_ZIP):
        return _workbook(raw, look(raw))
    return [_text_grid(_decoded(raw))]


def written(value: Value) -> str:  # noqa: PLR0911 - a table of kinds
    """Write a value as text; a whole number never gets a point."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < _DIGITS_KEPT:
            return str(int(value))
        case float():
            return repr(value).upper()
        case _:
            return str(value)


def _workbook(raw: bytes, facts: BookFacts) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only here

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        return [_grid(book.get_sheet_by_name(s.name), s, facts) for s in facts.sheets if s.height]
    except CalamineError as error:
        raise NotAWorkbookError from error


def _grid(sheet: Any, facts: SheetFacts, book: BookFacts) -> Grid:  # noqa: ANN401 - calamine's
    found = sheet.to_python(skip_empty_area=False)
    width = max(facts.width, max(map(len, found), default=0))
    rows = [[*map(_cell, line), *[EMPTY] * (width - len(line))] for line in found]
    rows += [[EMPTY] * width for _ in range(facts.height - len(rows))]
    for places, flaw in ((facts.uncalculated, Flaw.UNCALCULATED), (facts.faulty, Flaw.ERROR)):
        for row, column in places:
            rows[row][column] = Cell(None, flaw)
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Grid(
        facts.name,
        tuple(map(tuple, rows)),
        tuple(sorted(merged)),
        sum(1 for row in facts.hidden_rows if row < len(rows) and any(c.text for c in rows[row])),
        len([column for column in facts.hidden_columns if column < width]),
        book.since_1904,
        book.created,
    )


def _cell(value: Any) -> Cell:  # noqa: ANN401 - calamine's
    match value:
        case bool():
            return Cell("是" if value else "否")
        case "":
            return EMPTY
        case int() | float() if abs(value) >= _DIGITS_KEPT:
            return Cell(float(value), Flaw.DIGITS)
        case time() | timedelta():
            return Cell(str(value))
        case _:
            return Cell(value)


def _decoded(raw: bytes) -> str:
    if len(raw) > _MOST_TEXT:
        raise UnreadableTextError
    names = ("utf-16",) if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for name in names:
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableTextError


def _text_grid(text: str) -> Grid:
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise UnreadableTextError from error
    width = max(map(len, lines), default=0)
    rows = [
        tuple(Cell(unguarded(cell)) if cell else EMPTY for cell in [*line, *[""] * width][:width])
        for line in lines
    ]
    return Grid("", tuple(rows))


def _delimiter(text: str) -> str:
    """Find what parts the columns: it stands in most lines, and most often."""
    lines: Sequence[str] = text.splitlines()[:_PROBE]
    return max(
        _DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), text.count(mark))
    )
