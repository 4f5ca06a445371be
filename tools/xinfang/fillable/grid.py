"""What the cells of a table are about: the labels at their left and above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell and the first of the places it takes.

    Attributes:
        element: The ``td`` or ``th``.
        row: Row, from 0.
        column: Column, from 0.
    """

    element: Element
    row: int
    column: int

    @property
    def is_label(self) -> bool:
        """Whether it names others."""
        return self.element.tag == "th"

    @property
    def words(self) -> str:
        """What it says, without spread."""
        return "".join("".join(self.element.itertext()).split())


_Grid = dict[tuple[int, int], _Cell]


def labels(page: Element) -> dict[Element, str]:
    """Find the label of each cell that is none itself."""
    result: dict[Element, str] = {}
    for table in page.iter("table"):
        grid = _grid(table)
        result.update(
            (cell.element, _label(grid, cell)) for cell in grid.values() if not cell.is_label
        )
    return result


def _grid(table: Element) -> _Grid:
    """Lay the cells out: each place of the table → the cell that takes it."""
    grid: _Grid = {}
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for element in line:
            while (row, column) in grid:
                column += 1
            cell = _Cell(element, row, column)
            grid.update((place, cell) for place in _places(cell))
    return grid


def _places(cell: _Cell) -> Iterator[tuple[int, int]]:
    for down in range(int(cell.element.get("rowspan", "1"))):
        for right in range(int(cell.element.get("colspan", "1"))):
            yield cell.row + down, cell.column + right


def _label(grid: _Grid, cell: _Cell) -> str:
    """The label right at the left; otherwise that of the column, within that of the row."""
    beside = grid.get((cell.row, cell.column - 1))
    if beside is not None and beside.is_label:
        return beside.words
    across = next((found.words for found in _leftward(grid, cell) if found.is_label), "")
    above = next((found.words for found in _upward(grid, cell) if _heads_columns(grid, found)), "")
    return "：".join(filter(None, (across, above)))


def _leftward(grid: _Grid, cell: _Cell) -> Iterator[_Cell]:
    for column in range(cell.column - 1, -1, -1):
        yield grid[cell.row, column]


def _upward(grid: _Grid, cell: _Cell) -> Iterator[_Cell]:
    for row in range(cell.row - 1, -1, -1):
        if (row, cell.column) in grid:
            yield grid[row, cell.column]


def _heads_columns(grid: _Grid, cell: _Cell) -> bool:
    """Whether a cell stands in a row of nothing but labels, and of several."""
    row = {id(found): found for (number, _), found in grid.items() if number == cell.row}
    return len(row) > 1 and all(found.is_label for found in row.values())
