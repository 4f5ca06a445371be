"""The month view (月历) of what is due: this month and the next ones, one table a month."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from xinfang.calendar import MADE_UP, WEEKEND, Day
from xinfang.pages.agenda import Due, When
from xinfang.pages.frame import Frame

#: How many months there are, from that of today on.
_MONTHS: Final = 3
#: How many lines a day shows; the rest stands one click away.
_LINES: Final = 6
#: How many of the overdue ones are listed above the months.
_LATE: Final = 8
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month.

    Attributes:
        day: What the calendar of working days knows of it.
        dues: What is due on it.
    """

    day: Day
    dues: Sequence[Due]

    @property
    def shown(self) -> Sequence[Due]:
        """The lines that fit."""
        return self.dues if len(self.dues) <= _LINES else self.dues[: _LINES - 1]

    @property
    def rest(self) -> int:
        """How many do not."""
        return len(self.dues) - len(self.shown)

    @property
    def mark(self) -> str:
        """What a reader should know of the day: 休 with the holiday, 班, or nothing."""
        if self.day.working:
            return "班" if self.day.reason == MADE_UP else ""
        return "" if self.day.reason == WEEKEND else f"休 {self.day.reason}"


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its first day, and its weeks from Monday on; None for days of another month."""

    first: date
    weeks: Sequence[Sequence[Cell | None]]

    @property
    def name(self) -> str:
        """Its name: 2026年9月."""
        return f"{self.first.year}年{self.first.month}月"

    @property
    def _cells(self) -> Iterator[Cell]:
        return (cell for week in self.weeks for cell in week if cell)

    @property
    def count(self) -> int:
        """How much is due in it."""
        return sum(len(cell.dues) for cell in self._cells)

    @property
    def provisional(self) -> bool:
        """Whether its holidays are not announced yet."""
        return any(cell.day.provisional for cell in self._cells)


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the month view."""
    late = [item for item in frame.dues if item.when is When.LATE]
    months = _months(frame)
    last = max(cell.day.date for week in months[-1].weeks for cell in week if cell)
    yield (
        "calendar.md",
        frame.page(
            "calendar.md",
            months=months,
            late=late[:_LATE],
            late_count=len(late),
            beyond=sum(item.deadline.due > last for item in frame.dues),
        ),
    )


def _months(frame: Frame) -> list[Month]:
    by_day: dict[date, list[Due]] = defaultdict(list)
    for item in frame.dues:
        by_day[item.deadline.due].append(item)
    firsts = [frame.today.replace(day=1)]
    while len(firsts) < _MONTHS:
        firsts.append(_next(firsts[-1]))
    return [_month(frame, first, by_day) for first in firsts]


def _month(frame: Frame, first: date, by_day: Mapping[date, Sequence[Due]]) -> Month:
    calendar = frame.register.calendar
    return Month(
        first,
        [
            [
                Cell(calendar.day(day), by_day.get(day, ())) if day.month == first.month else None
                for day in week
            ]
            for week in Weeks().monthdatescalendar(first.year, first.month)
        ],
    )


def _next(first: date) -> date:
    if first.month == _DECEMBER:
        return date(first.year + 1, 1, 1)
    return first.replace(month=first.month + 1)
