"""Counting of periods, and the trace that says how a due date came out.

The 条例 has no rule of counting of its own; the general one is applied by analogy (民法典 201,
203; 民诉法 85): the day on which a period starts is not counted, and a last day that is a day
off moves to the next working day. Plain 日 are calendar days. 工作日 are counted only where the
law writes so (条例 23¶3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from xinfang.calendar import MADE_UP, WEEKEND, Calendar, Day
from xinfang.quickly import by_fields

#: 日: calendar days. 工作日: working days. 指定日期: the last day is written in a document.
Unit = Literal["日", "工作日", "指定日期"]

_ONE_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final = "一二三四五六日"


@by_fields
@dataclass(frozen=True, slots=True)
class Trace:
    """How a due date came out.

    Attributes:
        start: The day of the event; it is not counted itself.
        first_day: The first day that counts.
        length: Number of days; 0 means the same day (and always for 指定日期).
        unit: What was counted.
        skipped: Days off passed over while counting working days.
        made_up: Days worked in exchange (调休上班) that were counted as working days.
        reckoned: The last day by plain counting.
        due: The last day that counts: ``reckoned``, moved on if that is a day off.
        rolled_over: The days off between, ``reckoned`` first.
        last_working_before: The working day to plan for when ``reckoned`` is a day off; None when
            it is not, and when no working day lies between.
        provisional: True if a day that decided the outcome has no official arrangement yet (暂定).
        source: What says which days are worked; several documents are joined by 、.
    """

    start: date
    first_day: date
    length: int
    unit: Unit
    skipped: tuple[Day, ...]
    made_up: tuple[Day, ...]
    reckoned: date
    due: date
    rolled_over: tuple[Day, ...]
    last_working_before: date | None
    provisional: bool
    source: str

    @property
    def plan(self) -> date:
        """The day by which to be ready: the working day before, if the last day is a day off."""
        return self.last_working_before or self.due

    def sentences(self, event: str = "") -> list[str]:
        """Tell in Chinese how the date came out, one step a sentence.

        Args:
            event: What happened on the start day, for example 收到.
        """
        return [
            self._beginning(event),
            *self._passed(),
            *self._moved(),
            *(
                ["相关日期没有放假通知可据，按周末和固定节日推算，为暂定日期"]
                if self.provisional
                else []
            ),
            f"工作日依据：{self.source}",
        ]

    def _beginning(self, event: str) -> str:
        start = f"{chinese_day(self.start)}{event}"
        last = f"{chinese_day(self.reckoned)}（星期{_WEEKDAYS[self.reckoned.weekday()]}）"
        if self.unit == "指定日期":
            return f"{start}，来文载明的期限为{last}"
        if self.length == 0:
            return f"{start}，当日办理"
        unit = "日" if self.unit == "日" else "个工作日"
        first = chinese_day(self.first_day, after=self.start)
        return f"{start}，当日不计，自{first}起算，{self.length}{unit}至{last}"

    def _passed(self) -> Iterator[str]:
        """Say what lay between, for working days."""
        if self.skipped:
            yield f"其间{_stretches(self.skipped)}不计"
        if self.made_up:
            days = "、".join(chinese_day(day.date, after=self.start) for day in self.made_up)
            yield f"其间{days}{MADE_UP}，计入"

    def _moved(self) -> Iterator[str]:
        """Say what became of a last day that is a day off."""
        if self.due != self.reckoned:
            due = f"{chinese_day(self.due)}（星期{_WEEKDAYS[self.due.weekday()]}）"
            yield f"{_stretches(self.rolled_over)}，期限顺延至{due}"
        if self.last_working_before is not None:
            yield f"宜在此前最后一个工作日{chinese_day(self.last_working_before)}办妥"


def count(start: date, length: int, unit: Unit, calendar: Calendar, *, roll: bool = True) -> Trace:
    """Count a period from an event.

    Args:
        start: Day of the event; not counted.
        length: Number of days, 0 for the same day.
        unit: 日 or 工作日.
        calendar: Which days are worked.
        roll: Whether a last day that is a day off moves to the next working day.
    """
    return _counted(start, length, unit, calendar, roll)


@lru_cache(maxsize=1 << 15)
def _counted(start: date, length: int, unit: Unit, calendar: Calendar, roll: bool) -> Trace:  # noqa: FBT001
    """Count once: thousands of matters share a few hundred start days."""
    if unit == "工作日":
        return _count_working_days(start, length, calendar)
    return _trace(start, length, unit, _later(start, length), calendar, roll=roll)


def until(start: date, last: date, calendar: Calendar) -> Trace:
    """Trace a last day that a document names; it is binding as written and never moves."""
    return _trace(start, 0, "指定日期", last, calendar, roll=False)


def _count_working_days(start: date, length: int, calendar: Calendar) -> Trace:
    """Count working days only; the last of them is worked by itself, so that nothing moves."""
    day, passed, left = start, [], length
    while left and day < date.max:
        day += _ONE_DAY
        passed.append(calendar.day(day))
        left -= passed[-1].working
    reckoned = day if length else calendar.next_working(start)
    return Trace(
        start=start,
        first_day=_later(start, 1),
        length=length,
        unit="工作日",
        skipped=tuple(day for day in passed if not day.working),
        made_up=tuple(day for day in passed if day.reason == MADE_UP),
        reckoned=reckoned,
        due=reckoned,
        rolled_over=(),
        last_working_before=None,
        provisional=any(day.provisional for day in passed),
        source=_sources(passed or [calendar.day(start)]),
    )


def _trace(
    start: date, length: int, unit: Unit, reckoned: date, calendar: Calendar, *, roll: bool
) -> Trace:
    before = None if calendar.is_working(reckoned) else calendar.last_working_before(reckoned)
    due = calendar.next_working(reckoned) if roll else reckoned
    rolled = [calendar.day(reckoned + timedelta(days=n)) for n in range((due - reckoned).days)]
    decisive = [*rolled, calendar.day(due)]
    return Trace(
        start=start,
        first_day=_later(start, 1),
        length=length,
        unit=unit,
        skipped=(),
        made_up=(),
        reckoned=reckoned,
        due=due,
        rolled_over=tuple(rolled),
        last_working_before=before if before and before >= start else None,
        provisional=any(day.provisional for day in decisive),
        source=_sources(decisive),
    )


def _sources(days: Iterable[Day]) -> str:
    """Name each document once, in the order in which it came into play."""
    return "、".join(dict.fromkeys(day.source for day in days))


def _later(day: date, days: int) -> date:
    """Add days; a date at the end of time stays there instead of failing."""
    return day + timedelta(days=min(days, (date.max - day).days))


def chinese_day(day: date, *, after: date | None = None) -> str:
    """Write a day for print: 2026年1月5日; without the year where ``after`` has the same."""
    if after is not None and after.year == day.year:
        return f"{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


def _stretches(days: tuple[Day, ...]) -> str:
    """Tell days off by stretches of one reason: 2月15日至23日春节放假、3月1日周末."""
    groups: list[list[Day]] = []
    for day in days:
        last = groups[-1][-1] if groups else None
        if last and last.reason == day.reason and day.date - last.date == _ONE_DAY:
            groups[-1].append(day)
        else:
            groups.append([day])
    return "、".join(_stretch(group) for group in groups)


def _stretch(days: list[Day]) -> str:
    first, last = days[0].date, days[-1].date
    text = f"{first.month}月{first.day}日"
    if last != first:
        month = "" if last.month == first.month else f"{last.month}月"
        text += f"至{month}{last.day}日"
    return f"{text}{days[0].reason}" if days[0].reason == WEEKEND else f"{text}{days[0].reason}放假"
