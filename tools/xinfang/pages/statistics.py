"""Statistics (统计): tables with their definitions, charts beside them, links to the cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, Final

from markupsafe import Markup

from xinfang.balance import DIMENSIONS, NO_DEPARTMENT, NO_RATE, Balance, rate
from xinfang.clocks import Clock
from xinfang.model.words import Category, Channel, Outcome
from xinfang.pages import counted
from xinfang.pages.charts import Point, Series, bars, columns, stacked
from xinfang.pages.frame import Frame
from xinfang.pages.words import CARRIED, SEALED, category, channel, month, outcome
from xinfang.selection import Period
from xinfang.statistics import (
    ANSWERED,
    CLOCK,
    CLOSED,
    DAYS,
    DUE,
    EARLIER_ANSWERED,
    EARLIER_KEPT,
    EARLIER_PLEDGED,
    FULFILLED,
    KEPT,
    MISSED,
    OPEN,
    OUTCOME,
    PLEDGED,
    RECEIVED,
    REPEAT,
    REPLIED,
    REREVIEWED,
    RESULT,
    RESULTS,
    REVIEWED,
    SPANS,
    Distribution,
    Figure,
    Measure,
    Share,
    Statistics,
)
from xinfang.suppression import FLOOR, is_few, side_by_side
from xinfang.yearly import FEW, WITHHELD

#: So many months are shown beside the year.
_MONTHS: Final = 12
#: Kinds of matters that are not told below five even as a total.
_GUARDED: Final = frozenset({PLEDGED, REPEAT, REVIEWED, REREVIEWED})
_DEPARTMENT, _CHANNEL, _CATEGORY = DIMENSIONS


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, and the words of the cases behind it; empty for no link."""

    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A period that tables show.

    Attributes:
        name: Its name: 本月, 2026年, 近12个月.
        period: Its days.
        year: The year whose words link to it; 0 where none do.
        month: Whether it is the month of the last day.
    """

    name: str
    period: Period
    year: int = 0
    month: bool = False

    def words(self, measure: Measure, clock: str = "") -> str:
        """Words of what counts in it; empty where no words say that."""
        if self.year:
            return counted.in_year(measure, self.year, clock)
        last = self.period.last
        if self.month and last and measure in {RECEIVED, CLOSED, REPLIED}:
            return month(measure.id, last)
        return ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of measures: its name, a cell for each span, and what it means."""

    name: str
    cells: tuple[Cell, ...]
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the table of months: what was there, came, went and stayed."""

    name: str
    balance: Balance
    cells: tuple[Cell, Cell, Cell, Cell]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock: what was due in the year, kept and missed; the rates of the other periods."""

    clock: Clock
    due: Cell
    kept: Cell
    missed: Cell
    rate: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """A group that is told apart: its name, number and share of all."""

    name: str
    cell: Cell
    share: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A measure by groups, as far as it may be shown.

    Attributes:
        key: Its name in addresses.
        title: Its heading.
        head: What the groups are.
        found: The numbers.
        rows: Each group that is told apart.
        total: All of it.
        chart: The same as a chart; None where nothing is told apart.
        definition: What stands below it.
    """

    key: str
    title: str
    head: str
    found: Distribution
    rows: tuple[BreakdownRow, ...]
    total: Cell
    chart: Markup | None
    definition: str


#: Headings of the tables by dimension, and what stands below them beside the definition.
_TITLES: Final[Mapping[str, str]] = {
    _CHANNEL: "按信访形式",
    _CATEGORY: "按内容类别",
    _DEPARTMENT: "按主办部室",
    OUTCOME: "请求的结论",
    DAYS: "答复用时",
    RESULT: "复查意见",
}
_NOTES: Final[Mapping[str, str]] = {
    _DEPARTMENT: "按主办部室计，协办的不重复计；只统计事项，不统计个人。",
    OUTCOME: "点开看到的是有这种结论的事项，一件事项可以有几条请求。",
    RESULT: "按最后一次复查意见计。",
}


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page of the year that runs, and one for each year before."""
    book = Statistics((e for e in frame.listed if not e.sealed), frame.today)
    years = range(frame.today.year, book.first_year - 1, -1)
    for year in years:
        view = _View(frame, book, year)
        address = "statistics" if view.runs else f"statistics/{year}"
        root = "" if view.runs else "../"
        yield f"{address}.md", frame.page("statistics.md", root=root, years=years, **view.values())


@dataclass(frozen=True)
class _View:
    """The page of one year."""

    frame: Frame
    book: Statistics
    year: int

    @property
    def runs(self) -> bool:
        """Whether the year is not over."""
        return self.year == self.frame.today.year

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The periods of its tables; the second one, or the only one, is the year."""
        first, today = date(self.year, 1, 1), self.frame.today
        if not self.runs:
            whole = Period(first, date(self.year, 12, 31))
            return (Span(f"{self.year}年", whole, self.year),)
        return (
            Span("本月", Period(today.replace(day=1), today), month=True),
            Span("本年", Period(first, today), self.year),
            Span("近12个月", Period(self._months[0].first, today)),
        )

    @property
    def whole(self) -> Span:
        """The year."""
        return next(span for span in self.spans if span.year)

    @cached_property
    def _months(self) -> list[Period]:
        """The twelve months that end with the year, or with today."""
        last = self.frame.today if self.runs else date(self.year, 12, 31)
        found = [Period(last.replace(day=1), last)]
        while len(found) < _MONTHS:
            end = (found[0].first or last) - timedelta(days=1)
            found.insert(0, Period(end.replace(day=1), end))
        return found

    def values(self) -> dict[str, Any]:
        """Everything that the template shows."""
        months, clocks = self._table_of_months(), self._clocks()
        return {
            "year": self.year,
            "runs": self.runs,
            "whole": self.whole,
            "spans": self.spans,
            "summary": self._summary(),
            "follow_up": self._follow_up(),
            "months": months,
            "flow": self._flow(months),
            "stock": self._stock(months),
            "clocks": clocks,
            "kept": self._kept(clocks),
            "breakdowns": [made for made in self._breakdowns() if _is_told(made.found.total)],
            "definitions": (RECEIVED, CLOSED, OPEN, REPLIED),
            "clock_definitions": (DUE, KEPT, MISSED),
            "sealed_word": SEALED,
            "few": FEW,
            "withheld": WITHHELD,
            "floor": FLOOR,
        }

    # Cells

    def _number(self, count: int, words: str, *, hidden: bool = False) -> Cell:
        if hidden:
            return Cell(FEW if is_few(count) else WITHHELD)
        return Cell(str(count), words if count else "")

    def _told(self, counts: Sequence[int]) -> list[bool]:
        """Say which of the periods' counts are told beside one another; the year goes first."""
        order = sorted(range(len(counts)), key=lambda place: not self.spans[place].year)
        told = dict(zip(order, side_by_side([counts[place] for place in order]), strict=True))
        return [told[place] for place in range(len(counts))]

    def _row(self, measure: Measure) -> Row:
        """Give numbers with their links; guarded ones are not told where they tell small ones."""
        counts = [self.book.figure(measure, span.period).count for span in self.spans]
        told = self._told(counts) if measure in _GUARDED else [True] * len(counts)
        cells = tuple(
            self._number(count, span.words(measure), hidden=not shown)
            for count, span, shown in zip(counts, self.spans, told, strict=True)
        )
        return Row(measure.name, cells, measure.definition)

    def _rate(self, name: str, part: Measure, whole: Measure) -> Row:
        """Give rates with their links."""
        shares = [self.book.share(part, whole, span.period) for span in self.spans]
        told = self._told([share.whole.count for share in shares])
        cells = tuple(
            replace(
                _written(share, told=shown),
                words=span.words(part) if shown and share.part.count else "",
            )
            for share, span, shown in zip(shares, self.spans, told, strict=True)
        )
        return Row(name, cells, f"{name} = {part.name} ÷ {whole.name}。{part.definition}")

    # Tables

    def _summary(self) -> list[Row]:
        """What came, went and stayed, and how long an answer took."""
        balances = [self.book.balance(span.period) for span in self.spans]
        carried = [
            Cell(str(b.carried), CARRIED if s.month and b.carried else "")
            for b, s in zip(balances, self.spans, strict=True)
        ]
        stayed = [Cell(str(b.open), "open" if self.runs and b.open else "") for b in balances]
        return [
            Row("期初在办", tuple(carried)),
            self._row(RECEIVED),
            self._row(CLOSED),
            Row("期末在办", tuple(stayed)),
            Row("办结率", tuple(Cell(b.rate) for b in balances)),
            self._row(REPLIED),
            Row("答复用时中位数", tuple(self._median(span) for span in self.spans)),
        ]

    def _median(self, span: Span) -> Cell:
        count = self.book.figure(REPLIED, span.period).count
        days = self.book.median_days(span.period)
        if days is None:
            return Cell(NO_RATE)
        return Cell(FEW if is_few(count) else f"{days:g}日")

    def _follow_up(self) -> list[Row]:
        """What became of promises, of earlier matters, and of requests for review."""
        return [
            self._row(PLEDGED),
            self._rate("兑现率", FULFILLED, PLEDGED),
            self._row(REPEAT),
            self._rate("前件答复率", EARLIER_ANSWERED, REPEAT),
            self._rate("前件兑现率", EARLIER_KEPT, EARLIER_PLEDGED),
            self._row(REVIEWED),
            self._row(REREVIEWED),
        ]

    def _table_of_months(self) -> list[Month]:
        """Balance the months, from the first one in which there is anything."""
        balances = {period: self.book.balance(period) for period in self._months}
        return [
            self._month(period, balance)
            for period, balance in balances.items()
            if balance != Balance() or period.last == self.whole.period.last
        ]

    def _month(self, period: Period, balance: Balance) -> Month:
        last = period.last or self.frame.today
        runs = last == self.frame.today
        words = (
            CARRIED if runs else "",
            month("received", last),
            month("closed", last),
            "open" if runs else "",
        )
        numbers = (balance.carried, balance.received, balance.closed, balance.open)
        first, second, third, fourth = map(self._number, numbers, words)
        return Month(f"{last.year}年{last.month}月", balance, (first, second, third, fourth))

    def _flow(self, months: Sequence[Month]) -> Markup:
        return columns(
            "每月新收和办结",
            [self._series("新收", months, 1), self._series("办结", months, 2)],
        )

    def _stock(self, months: Sequence[Month]) -> Markup:
        return columns("每月末在办", [self._series("月末在办", months, 3)])

    def _series(self, name: str, months: Sequence[Month], place: int) -> Series:
        """Make one column of the table of months a series of a chart."""
        points = zip(_labels(months), months, strict=True)
        return Series(name, [self._point(label, one.cells[place]) for label, one in points])

    def _clocks(self) -> list[ClockRow]:
        """Say of each clock of the unit what was due, kept and missed."""
        clocks = [clock for clock in self.frame.register.clocks if clock.whose.is_ours]
        return [row for row in map(self._standing, clocks) if row]

    def _standing(self, clock: Clock) -> ClockRow | None:
        """Judge one clock; None where it ended for nothing in any of the periods."""
        shares = {
            span: self.book.share(KEPT, DUE, span.period, CLOCK, clock.id) for span in self.spans
        }
        if not any(share.whole.count for share in shares.values()):
            return None
        shown = self._told([share.whole.count for share in shares.values()])
        told_of = dict(zip(shares, shown, strict=True))
        whole = shares.pop(self.whole)
        kept, due = whole.part.count, whole.whole.count
        cells = [
            self._number(count, self.whole.words(measure, clock.id), hidden=is_few(due))
            for measure, count in ((DUE, due), (KEPT, kept), (MISSED, due - kept))
        ]
        told = NO_RATE if is_few(due) else whole.rate
        others = tuple(_written(s, told=told_of[span]).text for span, s in shares.items())
        return ClockRow(clock, cells[0], cells[1], cells[2], told, others)

    def _kept(self, rows: Sequence[ClockRow]) -> Markup | None:
        """Draw what was kept and missed in the year, where there was enough of it."""
        drawn = [
            Series(
                f"{row.clock.id} {row.clock.name}",
                [self._point(row.clock.id, cell) for cell in (row.kept, row.missed)],
            )
            for row in rows
            if row.due.text not in {FEW, "0"}
        ]
        return (
            stacked("各项期限的按期和逾期", drawn, ("按期", "逾期"), unit="项") if drawn else None
        )

    def _breakdowns(self) -> Iterator[Breakdown]:
        """Break down what came, how claims were answered, how long it took, what reviews said."""
        desks = [*(share.name for share in self.frame.shares), NO_DEPARTMENT]
        yield self._breakdown("channel", RECEIVED, _CHANNEL, list(Channel), channel)
        yield self._breakdown("category", RECEIVED, _CATEGORY, list(Category), category)
        yield self._breakdown("department", RECEIVED, _DEPARTMENT, desks, self._lead)
        yield self._breakdown("outcome", ANSWERED, OUTCOME, list(Outcome), outcome)
        yield self._breakdown("days", REPLIED, DAYS, SPANS, partial(counted.group, DAYS))
        yield self._breakdown("review", REVIEWED, RESULT, RESULTS, partial(counted.group, RESULT))

    def _lead(self, department: str) -> str:
        return counted.lead("" if department == NO_DEPARTMENT else self.frame.keys[department])

    def _breakdown(
        self,
        key: str,
        measure: Measure,
        dimension: str,
        names: Sequence[str],
        word_of: Callable[[str], str],
    ) -> Breakdown:
        found = self.book.distribution(measure, dimension, self.whole.period, names)
        # Claims have no words of their own; the matters whose answers hold them have.
        whole = self.whole.words(REPLIED if measure is ANSWERED else measure)
        rows = {
            figure.group: Cell(str(figure.count), f"{whole},{word_of(figure.group)}")
            for figure in found.apart
        }
        title = _TITLES[dimension]
        points = [self._point(name, cell) for name, cell in rows.items()]
        if found.rest:
            points.append(Point("其余合计", found.rest))
        return Breakdown(
            key=key,
            title=title,
            head=dimension,
            found=found,
            rows=tuple(
                BreakdownRow(name, cell, rate(int(cell.text), found.total.count))
                for name, cell in rows.items()
            ),
            total=Cell(str(found.total.count), whole),
            chart=bars(title, points, unit=measure.unit) if rows else None,
            definition=measure.definition + _NOTES.get(dimension, ""),
        )

    # Charts

    def _point(self, label: str, cell: Cell) -> Point:
        return Point(label, int(cell.text), self._address(cell.words))

    def _address(self, words: str) -> str:
        return f"{'' if self.runs else '../'}ledger.html#f-{words}" if words else ""


def _is_told(total: Figure) -> bool:
    """Whether a table has anything to break down that may be told at all."""
    return bool(total.count) and not (total.measure in _GUARDED and is_few(total.count))


def _written(share: Share, *, told: bool) -> Cell:
    """Write a rate with both its numbers, where the whole may be told."""
    if not told:
        return Cell(FEW if is_few(share.whole.count) else WITHHELD)
    if not share.whole.count:
        return Cell(NO_RATE)
    return Cell(f"{share.part.count} ÷ {share.whole.count} = {share.rate}")


def _labels(months: Sequence[Month]) -> list[str]:
    """Name months below their columns; the year stands where it begins."""
    found = []
    for place, month_ in enumerate(months):
        year, name = month_.name.split("年")
        found.append(f"{name}\n{year}" if name == "1月" or not place else name)
    return found
