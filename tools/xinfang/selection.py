"""Which part of the ledger is asked for: a period, a department, a state.

A matter belongs to the period in which it was **registered** (登记), not in which it arrived:
a matter counts from its registration on (domain/3 §3.2: “件” = registered matters), and the
register cannot know of one before. The balance of a period uses the same day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from xinfang.errors import XinfangError
from xinfang.ledger import Entry
from xinfang.matter import State

#: Asked for like a state: all that the office still has to act on.
OPEN: Final = "在办"
#: What ``--state`` takes.
STATES: Final = (OPEN, *(state.value for state in State))


class PeriodError(XinfangError):
    """A period ends before it begins."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"期间的止日 {last} 早于起日 {first}")


@dataclass(frozen=True, slots=True)
class Period:
    """A period of days, both included; None leaves a side open.

    Raises:
        PeriodError: It ends before it begins.
    """

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        """Refuse a period that holds no day."""
        if self.first and self.last and self.last < self.first:
            raise PeriodError(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return (self.first or date.min) <= day <= (self.last or date.max)

    def __str__(self) -> str:
        """Say it in Chinese; empty for all days."""
        match self.first, self.last:
            case None, None:
                return ""
            case first, None:
                return f"{first} 起登记"
            case None, last:
                return f"截至 {last} 登记"
            case first, last:
                return f"{first} 至 {last} 登记"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; an empty text asks for all.

    Attributes:
        period: Period of registration.
        department: A department that leads or joins.
        state: One of :data:`STATES`.
    """

    period: Period = Period()
    department: str = ""
    state: str = ""

    def of(self, entries: Iterable[Entry]) -> list[Entry]:
        """Select entries, in the order of their numbers."""
        return sorted(filter(self._takes, entries), key=by_number)

    def _takes(self, entry: Entry) -> bool:
        return (
            entry.registered in self.period
            and self.department in ("", *entry.departments)
            and (not self.state or entry.state == self.state or self._asks_for_open(entry))
        )

    def _asks_for_open(self, entry: Entry) -> bool:
        return self.state == OPEN and entry.is_open

    def __str__(self) -> str:
        """Say it in Chinese, for a title; empty where all is asked for."""
        parts = (str(self.period), self.department, self.state)
        return " · ".join(part for part in parts if part)


def by_number(entry: Entry) -> tuple[str, int]:
    """Give the order of numbers: XF-2026-10000 stands behind XF-2026-9999."""
    year, _, ordinal = entry.number.removeprefix("XF-").partition("-")
    return year, int(ordinal)
