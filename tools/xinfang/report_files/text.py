"""A report as text for the terminal, and what stands behind one of its cells."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from xinfang.errors import XinfangError
from xinfang.reports import Cell, Report, Table
from xinfang.terminal import pad, width

#: Asks for the names of all cells.
ALL: Final = "?"
_GAP: Final = "  "


class NoSuchCellError(XinfangError):
    """A report has no cell of this name."""

    def __init__(self, name: str, like: list[str]) -> None:
        mend = f"相近的有: {'、'.join(like)}" if like else "没有相近的"
        super().__init__(f"这份报表没有“{name}”这一格;{mend}。--explain ? 列出全部")


def as_text(report: Report) -> str:
    """Write a report for the terminal."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    mark = "（样例数据）" if report.sample else ""
    yield f"{report.unit}{report.title}{mark}"
    yield f"{report.term.first} 至 {report.term.last}"
    for section in report.sections:
        yield ""
        yield f"【{section.title}】"
        yield from section.lines
        for table in section.tables:
            yield table.title
            yield from _table(table)
            yield from (f"  {definition}" for definition in table.definitions)
        yield from section.notes


def _table(table: Table) -> Iterator[str]:
    rows = [(table.head, *table.columns)]
    rows += [(row.name, *(cell.text for cell in row.cells)) for row in table.rows]
    rooms = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (pad(text, room) for text, room in zip(row, rooms, strict=True))
        yield f"  {_GAP.join(cells)}".rstrip()


def explained(report: Report, name: str) -> str:
    """Say what stands behind a cell, or list all cells.

    Raises:
        NoSuchCellError: There is no such cell.
    """
    cells = report.cells
    if name == ALL:
        return "".join(f"{cell.id}\t{cell.name}\t{cell.text}\n" for cell in cells.values())
    found = cells.get(name) or report.silent.get(name)
    if found is None:
        raise NoSuchCellError(name, get_close_matches(name, cells))
    return "\n".join(_behind(report, found)) + "\n"


def _behind(report: Report, cell: Cell) -> Iterator[str]:
    yield f"{report.title} {cell.id} {cell.name}: {cell.text}"
    if cell.note:
        yield cell.note
    yield from cell.cases
