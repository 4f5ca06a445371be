"""What a report is made of: cells with names, tables, sections, and charts as plain numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from xinfang.balance import NO_RATE
from xinfang.reports.terms import Term
from xinfang.yearly import FEW, WITHHELD


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a report, as it may be told.

    Attributes:
        id: Its name, the same in every report: ``received``, ``closed.by-category.c05``,
            ``received.before``.
        name: What it says, in words, without the period.
        text: What is written in its place.
        value: The number; None for a rate, and for what is not told.
        cases: Numbers of the cases behind it, each once; none for what is not told.
        note: How it is reckoned, or why it is not told.
    """

    id: str
    name: str
    text: str
    value: int | None = None
    cases: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_told(self) -> bool:
        """Whether it is a number that may be told."""
        return self.value is not None

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing: too small, withheld, or there is nothing to say."""
        return self.text in {FEW, WITHHELD, NO_RATE}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its name, a second line below the name, its cells."""

    name: str
    cells: tuple[Cell, ...]
    under: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as numbers; pages and papers draw it.

    Attributes:
        shape: Columns side by side, one bar a row, or bars made of parts.
        title: What it shows.
        labels: What stands below the columns or before the bars.
        series: Name → one number for each label; None where it may not be shown.
        unit: What is counted.
    """

    shape: Literal["columns", "bars", "stacked"]
    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | None, ...]], ...]
    unit: str = "件"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what its numbers mean.

    Attributes:
        id: Its name in addresses.
        title: Its heading.
        head: What its rows are.
        columns: Headings of its columns.
        rows: Its rows; the last one may be the sum.
        definitions: What stands below it, sentence by sentence.
        charts: Charts beside it.
        summed: Whether the last row is the sum.
    """

    id: str
    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    definitions: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: sentences, then tables, then what stands below them."""

    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report of one period.

    Attributes:
        term: The period.
        unit: Full name of the unit.
        register: Name of the register.
        sample: Whether all of it is sample data.
        today: The day of looking.
        sections: Its parts in their order.
        balance: The balance, written out and checked against a count of what is open.
        silent: Cells of groups, by name, that say why they are not told where they are not.
    """

    term: Term
    unit: str
    register: str
    sample: bool
    today: date
    sections: tuple[Section, ...]
    balance: str
    silent: Mapping[str, Cell]

    @property
    def title(self) -> str:
        """Its title: 信访工作月报（2026年8月）."""
        return f"信访工作{self.term.kind.label}（{self.term.name}）"

    @property
    def tables(self) -> Iterator[Table]:
        """All tables."""
        return (table for section in self.sections for table in section.tables)

    @property
    def cells(self) -> dict[str, Cell]:
        """All cells by their names; a number that stands in two tables is one cell."""
        return {cell.id: cell for table in self.tables for row in table.rows for cell in row.cells}
