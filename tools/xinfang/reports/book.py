"""What all reports of a register are made from, and what of it may be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from xinfang.clocks import Clock
from xinfang.ledger import Entry
from xinfang.model import Office
from xinfang.reports.measures import NAMED, PEOPLE, PURPOSE, STEPS, more_events, names_of
from xinfang.reports.terms import Kind, NoReportError, Term, latest
from xinfang.statistics import (
    CLOCK,
    CLOSED,
    OUTCOME,
    PLEDGED,
    REPEAT,
    REREVIEWED,
    RESULT,
    REVIEWED,
    Distribution,
    Measure,
    Statistics,
)
from xinfang.suppression import is_few

#: Numbers that come close to somebody, though they are of no group.
CLOSE: Final = frozenset(
    {PEOPLE, PLEDGED, REPEAT, REVIEWED, REREVIEWED, STEPS["整改"], STEPS["调解"]}
)


class Book:
    """Everything that reports of one register need, sorted once.

    Args:
        office: The office.
        clocks: The clocks in force.
        entries: All matters.
        today: The day of looking.

    Raises:
        NoReportError: Nothing is registered.
    """

    def __init__(
        self, office: Office, clocks: Sequence[Clock], entries: Sequence[Entry], today: date
    ) -> None:
        if not entries:
            message = "登记册里还没有事项,没有可以统计的"
            raise NoReportError(message)
        self.office = office
        self.today = today
        self.entries = entries
        self.clocks = [clock for clock in clocks if clock.whose.is_ours]
        self.book = Statistics(entries, today, more_events)
        self.names = names_of(office, clocks, entries)
        self.since = min(entry.registered for entry in entries)
        self._told: dict[tuple[str, str, Term], Distribution] = {}

    def reaches(self, term: Term) -> bool:
        """Whether the register has anything of a period or of one before it."""
        return term.last >= self.since

    def complete(self, kind: Kind, count: int, cut: int | None) -> list[Term]:
        """List the last periods that can be reported, the latest first."""
        last = latest(kind, self.today, cut)
        return [term for n in range(count) if self.reaches(term := last.step(-n))]

    def told(self, measure: Measure, dimension: str, term: Term) -> Distribution:
        """Break a measure down for a period, so that no report gives away another one's cells.

        A group of a year is told only if it cannot be taken, together with what the reports of
        its months or quarters tell, for a number that one of them does not tell.
        """
        key = (measure.id, dimension, term)
        if key not in self._told:
            parts = [] if self.is_yearly(measure, dimension) else term.divided()
            never = {
                group
                for terms in parts
                for group in self.book.groups(measure, dimension)
                if self._gives_away(measure, dimension, group, terms)
            }
            self._told[key] = self._distribution(measure, dimension, term, never)
        return self._told[key]

    @staticmethod
    def is_yearly(measure: Measure, dimension: str) -> bool:
        """Whether only reports of a year break a measure down so.

        Three purposes, or few conclusions, leave a month hardly anything to tell; and what some
        months tell and others do not, their year cannot.
        """
        return measure in (CLOSED, NAMED) or dimension in (PURPOSE, OUTCOME, RESULT)

    def _distribution(
        self, measure: Measure, dimension: str, term: Term, never: set[str]
    ) -> Distribution:
        """Break down without some groups; none of them is all that is left together."""
        while True:
            found = self.book.distribution(
                measure, dimension, term.period, self.names[dimension], never
            )
            hidden = [
                group
                for group in found.together
                if self.book.count(measure, term.period, dimension, group)
            ]
            if not (found.apart and len(hidden) == 1 and never.issuperset(hidden)):
                return found
            never = {*never, min(found.apart, key=lambda figure: figure.count).group}

    def _gives_away(
        self, measure: Measure, dimension: str, group: str, parts: Sequence[Term]
    ) -> bool:
        """Whether the number of a group gives away that of a part which does not tell it."""
        hidden = [
            count
            for part in parts
            if group not in {f.group for f in self.told(measure, dimension, part).apart}
            and (count := self.book.count(measure, part.period, dimension, group))
        ]
        return _come_out(hidden)

    def tells(self, measure: Measure, term: Term, clock: str = "") -> bool:
        """Whether a number that is of no group of matters may be told for a period.

        What may be told of somebody is not to come out of several reports either; acts of the
        office and its deadlines are only not told below five.

        Args:
            measure: What is counted.
            term: The period.
            clock: A clock; empty for all matters.
        """
        if is_few(self._count(measure, term, clock)):
            return False
        return measure not in CLOSE or not any(
            _come_out(
                [
                    count
                    for part in parts
                    if (count := self._count(measure, part, clock))
                    and not self.tells(measure, part)
                ]
            )
            for parts in term.divided()
        )

    def _count(self, measure: Measure, term: Term, clock: str) -> int:
        return self.book.count(measure, term.period, CLOCK if clock else "", clock)


def _come_out(hidden: Sequence[int]) -> bool:
    """Whether numbers that are not told come out of their sum, or are too few together."""
    return len(hidden) == 1 or is_few(sum(hidden))
