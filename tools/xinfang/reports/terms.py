"""The periods that reports are made of: business months, their quarters and years.

A business month (业务月) ends on a fixed day of the month, such as the 25th, or with the
calendar month; quarters and years are three and twelve of them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from typing import Final

from xinfang.errors import XinfangError
from xinfang.selection import Period

_MONTHS: Final = 12
_ORDINALS: Final = "一二三四"


class NoReportError(XinfangError):
    """There is no such period, it is not over, or the register has nothing of it."""


class Kind(Enum):
    """Month, quarter or year: the word that asks for it, and how many of it make a year."""

    MONTH = ("month", "月报", 12)
    QUARTER = ("quarter", "季报", 4)
    YEAR = ("year", "年报", 1)

    @property
    def word(self) -> str:
        """What it is called on the command line."""
        return self.value[0]

    @property
    def label(self) -> str:
        """What its report is called."""
        return self.value[1]

    @property
    def in_year(self) -> int:
        """How many there are in a year."""
        return self.value[2]


_FORMS: Final = {
    Kind.MONTH: (re.compile(r"(20\d\d)-(0[1-9]|1[0-2])"), "2026-08"),
    Kind.QUARTER: (re.compile(r"(20\d\d)-Q([1-4])"), "2026-Q3"),
    Kind.YEAR: (re.compile(r"(20\d\d)"), "2026"),
}


@dataclass(frozen=True)
class Term:
    """One period of a kind.

    Attributes:
        kind: Month, quarter or year.
        year: The year it counts for.
        place: Its place in the year, from 1.
        cut: Last day of a business month; None for months of the calendar.
    """

    kind: Kind
    year: int
    place: int
    cut: int | None = None

    @cached_property
    def period(self) -> Period:
        """Its days."""
        months = _MONTHS // self.kind.in_year
        last = self.place * months
        begun = _end(*_months_on(self.year, last, -months), self.cut)
        return Period(begun + timedelta(days=1), _end(self.year, last, self.cut))

    @property
    def first(self) -> date:
        """Its first day."""
        return self.period.first or date.min

    @property
    def last(self) -> date:
        """Its last day."""
        return self.period.last or date.max

    @property
    def id(self) -> str:
        """Its name in files and options: 2026-08, 2026-Q3, 2026."""
        match self.kind:
            case Kind.MONTH:
                return f"{self.year}-{self.place:02d}"
            case Kind.QUARTER:
                return f"{self.year}-Q{self.place}"
            case Kind.YEAR:
                return str(self.year)

    @property
    def name(self) -> str:
        """Its name in Chinese: 2026年8月, 2026年第三季度, 2026年."""
        match self.kind:
            case Kind.MONTH:
                return f"{self.year}年{self.place}月"
            case Kind.QUARTER:
                return f"{self.year}年第{_ORDINALS[self.place - 1]}季度"
            case Kind.YEAR:
                return f"{self.year}年"

    def step(self, count: int) -> Term:
        """Go on by some periods, or back."""
        year, place = divmod(
            self.year * self.kind.in_year + self.place - 1 + count, self.kind.in_year
        )
        return Term(self.kind, year, place + 1, self.cut)

    @property
    def before(self) -> Term:
        """The period before it (上期)."""
        return self.step(-1)

    @property
    def year_ago(self) -> Term:
        """The same period of the year before (去年同期)."""
        return self.step(-self.kind.in_year)

    @property
    def to_date(self) -> Period:
        """The year that it counts for, up to its last day."""
        return Period(Term(Kind.YEAR, self.year, 1, self.cut).first, self.last)

    def divided(self) -> list[list[Term]]:
        """Divide it into the smaller periods that have reports of their own, each way once."""
        return [
            [
                Term(kind, self.year, place, self.cut)
                for place in range(
                    (self.place - 1) * kind.in_year // self.kind.in_year + 1,
                    self.place * kind.in_year // self.kind.in_year + 1,
                )
            ]
            for kind in Kind
            if kind.in_year > self.kind.in_year
        ]


def containing(kind: Kind, day: date, cut: int | None = None) -> Term:
    """Find the period that a day lies in."""
    year, month = day.year, day.month
    if cut and day.day > cut:
        year, month = _months_on(year, month, 1)
    return Term(kind, year, (month - 1) * kind.in_year // _MONTHS + 1, cut)


def latest(kind: Kind, today: date, cut: int | None = None) -> Term:
    """Find the last period that is over."""
    return containing(kind, today, cut).before


def parse(kind: Kind, text: str, cut: int | None = None) -> Term:
    """Read a period as it is asked for.

    Raises:
        NoReportError: It is none of that kind.
    """
    form, example = _FORMS[kind]
    found = form.fullmatch(text)
    if found is None:
        message = f"“{text}”不是{kind.label}的期间,请写成 {example}"
        raise NoReportError(message)
    return Term(kind, int(found[1]), int(found[2]) if kind.in_year > 1 else 1, cut)


def _months_on(year: int, month: int, count: int) -> tuple[int, int]:
    """Go on by some months."""
    years, place = divmod(year * _MONTHS + month - 1 + count, _MONTHS)
    return years, place + 1


def _end(year: int, month: int, cut: int | None) -> date:
    """Last day of a business month."""
    return date(year, month, cut or monthrange(year, month)[1])
