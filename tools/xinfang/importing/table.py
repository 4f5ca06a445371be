"""Finding the ledger in a sheet: its headings, its rows, and what is no row of it.

Every row of the sheet is accounted for: it is above the headings, a heading, a row of the ledger,
empty, a total, a heading again, or a remark below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from xinfang.errors import XinfangError
from xinfang.importing.columns import heading_of, letters, plain, vocabulary
from xinfang.importing.reading import EMPTY, Cell, Grid

#: Headings are looked for in so many rows.
_TOP: Final = 30
#: Fewer known headings than this are no ledger.
_LEAST: Final = 3
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)\s*年?")
_SERIAL: Final = re.compile(r"[\d.]*")


class NoLedgerError(XinfangError):
    """No sheet has headings of a ledger."""

    def __init__(self, names: Sequence[str]) -> None:
        sheets = f"(查看了工作表 {'、'.join(names)})" if any(names) else ""
        super().__init__(
            f"没有找到台账的表头{sheets}: 前 {_TOP} 行里没有一行有三个以上认识的列名,"
            "如 收到日期、信访人、反映内容。请核对文件,列名可参照 xinfang ledger 导出的台账"
        )


class SeveralLedgersError(XinfangError):
    """Two sheets are equally likely to be the ledger."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"不止一张工作表像台账: {'、'.join(names)};请用 --sheet 指明导入哪一张")


class NoSuchSheetError(XinfangError):
    """``--sheet`` names none of the sheets."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"没有工作表“{name}”;有: {'、'.join(filter(None, known)) or '(只有一张)'}")


class Skipped(StrEnum):
    """Why a row of the sheet is no row of the ledger."""

    ABOVE = "表头以上"
    HEADING = "表头"
    EMPTY = "空行"
    TOTAL = "合计行"
    NOTE = "表下说明"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the ledger.

    Attributes:
        number: Its number in the sheet, from 1.
        cells: Its cells, in the order of the headings.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ledger as found.

    Attributes:
        sheet: Name of its sheet; empty for a text file.
        headings: Its headings; those of two rows in one.
        lines: Its rows.
        skipped: Number of a row in the sheet → why it is none of the ledger.
        title: What stands above it.
        year: The year that the title or the sheet names; None where none or several.
        grid: The whole sheet.
    """

    sheet: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    skipped: Mapping[int, Skipped]
    title: str
    year: int | None
    grid: Grid

    def address(self, line: Line, column: int | None = None) -> str:
        """Name a cell, or a row, as Excel does: 台账!F12."""
        place = f"第{line.number}行" if column is None else f"{letters(column)}{line.number}"
        return f"{self.sheet}!{place}" if self.sheet else place


def find_table(grids: Sequence[Grid], sheet: str = "") -> Table:
    """Find the ledger among the sheets of a file.

    Args:
        grids: The sheets.
        sheet: Name of the one to take; empty for the one with the most known headings.

    Raises:
        NoSuchSheetError: There is none of this name.
        NoLedgerError: No sheet has headings of a ledger.
        SeveralLedgersError: Two are equally likely.
    """
    names = [grid.name for grid in grids]
    if sheet and sheet not in names:
        raise NoSuchSheetError(sheet, names)
    rated = [
        (*found, grid)
        for grid in grids
        if sheet in {"", grid.name} and (found := _head(grid)) is not None
    ]
    if not rated:
        raise NoLedgerError(names)
    best = max(score for score, *_ in rated)
    likely = [(top, height, grid) for score, top, height, grid in rated if score == best]
    if len(likely) > 1:
        raise SeveralLedgersError([grid.name for _, _, grid in likely])
    top, height, grid = likely[0]
    return _table(grid, top, height)


def _head(grid: Grid) -> tuple[int, int, int] | None:
    """Find the headings: how many are known, their first row, and in how many rows they stand."""
    rated = []
    for top in range(min(_TOP, len(grid.rows))):
        for height in (1, 2):
            if height == 2 and not _goes_on(grid, top):  # noqa: PLR2004 - two rows
                continue
            known = {heading_of(name) for name in _headings(grid, top, height)} - {None}
            items = {found[0] for found in known if found}
            rated.append((len(items), -top, height))
    score, top, height = max(rated, default=(0, 0, 1))
    return (score, -top, height) if score >= _LEAST else None


def _goes_on(grid: Grid, top: int) -> bool:
    """Whether a heading spreads over columns that the row below divides."""
    width = len(grid.rows[top])
    return top + 1 < len(grid.rows) and any(
        first == top and last == top and left < right and right - left + 1 < width
        for first, left, last, right in grid.merged
    )


def _headings(grid: Grid, top: int, height: int) -> list[str]:
    rows = _filled(grid, range(top, top + height))
    names = []
    for cells in zip(*rows, strict=True):
        parts = list(dict.fromkeys(_one_line(cell.text) for cell in cells if cell.text.strip()))
        names.append(_named(parts))
    return names


def _named(parts: list[str]) -> str:
    """Join a heading of two rows, unless the lower alone says more than both."""
    joined = "".join(parts)
    if len(parts) > 1 and heading_of(joined) is None and heading_of(parts[-1]) is not None:
        return parts[-1]
    return joined


def _one_line(text: str) -> str:
    return "".join(text.split())


def _filled(grid: Grid, rows: Sequence[int]) -> list[list[Cell]]:
    """Give rows with the content of merged cells in each of their places."""
    filled = [list(grid.rows[row]) for row in rows]
    for first, left, last, right in grid.merged:
        for row in range(max(first, rows[0]), min(last, rows[-1]) + 1):
            for column in range(left, min(right + 1, len(filled[0]))):
                filled[row - rows[0]][column] = grid.rows[first][left]
    return filled


def _table(grid: Grid, top: int, height: int) -> Table:
    headings = tuple(_headings(grid, top, height))
    below = top + height
    filled = _filled_down(grid, below)
    skipped: dict[int, Skipped] = {row + 1: Skipped.ABOVE for row in range(top)}
    skipped |= {row + 1: Skipped.HEADING for row in range(top, below)}
    lines = []
    again = {plain(name) for name in headings} | _words(grid, top, height)
    for index, cells in enumerate(filled, below):
        reason = _reason(cells, grid.rows[index], again)
        if reason is None:
            lines.append(Line(index + 1, tuple(cells)))
        else:
            skipped[index + 1] = reason
    title = " ".join(dict.fromkeys(c.text for row in grid.rows[:top] for c in row if c.text))
    years = {int(year) for year in _YEAR.findall(title)} or {
        int(year) for year in _YEAR.findall(grid.name)
    }
    year = years.pop() if len(years) == 1 else None
    return Table(grid.name, headings, tuple(lines), skipped, title, year, grid)


def _words(grid: Grid, top: int, height: int) -> set[str]:
    return {plain(cell.text) for row in grid.rows[top : top + height] for cell in row}


def _filled_down(grid: Grid, below: int) -> list[list[Cell]]:
    """Give the rows below the headings; what is merged over several rows holds for each."""
    rows = [list(row) for row in grid.rows[below:]]
    for first, left, last, right in grid.merged:
        if first >= below and left == right:
            for row in range(first + 1, last + 1):
                if row - below < len(rows):
                    rows[row - below][left] = grid.rows[first][left]
    return rows


def _reason(cells: Sequence[Cell], own: Sequence[Cell], headings: set[str]) -> Skipped | None:
    """Say why a row is none of the ledger; None where it is one."""
    texts = [plain(cell.text) for cell in own if cell.text.strip() or cell.flaw]
    if not texts:
        return Skipped.EMPTY
    if len(texts) > 1 and sum(text in headings for text in texts) * 2 > len(texts):
        return Skipped.HEADING
    words = vocabulary()
    if any(text in words.totals for text in texts[:2]):
        return Skipped.TOTAL
    said = list(_said(cells))
    if len(said) == 1 and said[0].startswith(words.notes):
        return Skipped.NOTE
    return None


def _said(cells: Sequence[Cell]) -> Iterator[str]:
    """Give the texts of a row that are more than a serial number, each once."""
    yield from dict.fromkeys(
        plain(cell.text) for cell in cells if cell.text.strip() and not _is_serial(cell.text)
    )


def _is_serial(text: str) -> bool:
    return _SERIAL.fullmatch(text.strip()) is not None


def without_flaws(line: Line) -> Line:
    """Give a row with what is not known left empty."""
    return replace(line, cells=tuple(EMPTY if cell.flaw else cell for cell in line.cells))
