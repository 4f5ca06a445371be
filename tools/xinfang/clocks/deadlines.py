"""The deadlines of one case: clocks met with what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType
from typing import Final

from xinfang.calendar import Calendar
from xinfang.clocks.clock import Clock, Jurisdiction, Whose
from xinfang.clocks.counting import Trace, count, until
from xinfang.quickly import by_fields

#: So many days before the day to plan for, a deadline is near.
NEAR: Final = 3
_NO_DAYS: Final[Mapping[str, int]] = MappingProxyType({})
_AFTER: Final = "原期限届满"


class State(StrEnum):
    """How a clock stands on the day of looking."""

    RUNNING = "未到期"
    NEAR = "临近"
    MET = "已按期"
    EXTENDED = "已延期"
    MET_LATE = "逾期完成"
    OVERDUE = "已逾期"
    OPEN_TO_PETITIONER = "救济期内"
    EXPIRED = "救济期已届满"


@by_fields
@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock that runs or ran for one case.

    Attributes:
        clock: The clock.
        trace: How its due date came out.
        started_by: Event that started it.
        department: The department it runs for, where it runs for each by itself; else empty.
        met_on: Day on which it ended; None while it runs. A petitioner's period that ran out
            unused has none either.
        met_by: Event that ended it; empty while it runs.
        state: How it stands.
        days_late: Calendar days after the due date, up to the end or to today; 0 in time, and
            always 0 for a period of the petitioner.
        target: The day to aim at, where the clock has an aim.
    """

    clock: Clock
    trace: Trace
    started_by: str
    department: str
    met_on: date | None
    met_by: str
    state: State
    days_late: int
    target: date | None

    @property
    def due(self) -> date:
        """The last day."""
        return self.trace.due

    @property
    def plan(self) -> date:
        """The day by which to be ready: before a last day that is a day off."""
        return self.trace.plan

    @property
    def provisional(self) -> bool:
        """Whether the due date may still change with a notice to come (暂定)."""
        return self.trace.provisional

    @property
    def is_pending(self) -> bool:
        """Whether the unit itself still has to act on it."""
        return self.state in _PENDING and self.clock.whose.is_ours

    @property
    def is_missed(self) -> bool:
        """Whether the unit itself is or was late. A petitioner or superior never makes it so."""
        return self.state in _MISSED and self.clock.whose.is_ours

    @property
    def status(self) -> str:
        """How it stands, in the words for a page."""
        if self.state is State.OVERDUE:
            return f"已逾期{self.days_late}天"
        if self.state is State.MET_LATE:
            return f"逾期{self.days_late}天完成"
        if self.state is State.EXPIRED:
            return "救济期届满后提出，由有权机关决定" if self.met_on else self.clock.when_expired
        return self.state.value

    def sentences(self) -> list[str]:
        """Tell how the due date came out, and on which basis."""
        return [*self.trace.sentences(self.started_by), f"依据：{'、'.join(self.clock.grounds)}"]


_PENDING: Final = frozenset({State.RUNNING, State.NEAR, State.OVERDUE})
_MISSED: Final = frozenset({State.OVERDUE, State.MET_LATE})


def deadlines(
    milestones: Mapping[str, date],
    conditions: AbstractSet[str],
    calendar: Calendar,
    today: date,
    clocks: Iterable[Clock],
    days: Mapping[str, int] = _NO_DAYS,
) -> tuple[Deadline, ...]:
    """Meet the clocks with one case; names are those in the docstring of ``xinfang.clocks``.

    Args:
        milestones: Event → day.
        conditions: What is true of the case.
        calendar: Working days. Periods of law are counted without the unit's own arrangements.
        today: The day of looking.
        clocks: The clocks in force; a clock stands behind the one that it runs after.
        days: Numbers of days that the case itself sets.
    """
    found: list[Deadline] = []
    for known in clocks:
        if not known.applies_to(conditions):
            continue
        clock = known.seen_with(conditions)
        national = clock.jurisdiction is Jurisdiction.NATIONAL
        worked = calendar.national if national else calendar
        for department in _departments(clock, milestones):
            started = _start(clock, milestones, department, found)
            trace = _count(clock, started, milestones, worked, days) if started else None
            if started is None or trace is None:
                continue
            deadline = _judge(
                clock,
                trace,
                started_by=started[0],
                department=department,
                ended=_end(clock, milestones, department),
                target=_target(clock, trace, worked),
                today=today,
            )
            found.append(deadline)
    return tuple(_with_extensions(found))


def _departments(clock: Clock, milestones: Mapping[str, date]) -> Iterable[str]:
    """List the departments a clock runs for; one without a name where it runs for the matter."""
    if not clock.per_department:
        return ("",)
    parts = (name.partition("@") for name in milestones)
    return dict.fromkeys(
        department for event, at, department in parts if at and event in clock.start
    )


def _start(
    clock: Clock, milestones: Mapping[str, date], department: str, found: list[Deadline]
) -> tuple[str, date] | None:
    """Find what started a clock and when, or None if nothing did."""
    suffix = f"@{department}" if department else ""
    for event in clock.start:
        day = milestones.get(event + suffix)
        if day is not None:
            return _extended(clock, day, found) if clock.after else (event, day)
    return None


def _extended(clock: Clock, day: date, found: list[Deadline]) -> tuple[str, date] | None:
    """Start behind the clock that is extended; an extension after it ran out has no effect."""
    for base in found:
        if base.clock.id == clock.after and day <= base.due:
            return _AFTER, base.trace.reckoned
    return None


def _count(
    clock: Clock,
    started: tuple[str, date],
    milestones: Mapping[str, date],
    calendar: Calendar,
    days: Mapping[str, int],
) -> Trace | None:
    """Count a clock; None where it was not law yet or its last day is missing from the case."""
    _, day = started
    if clock.since is not None and day < clock.since:
        return None
    if clock.until:
        last = milestones.get(clock.until)
        return None if last is None else until(day, last, calendar)
    length = clock.length
    if clock.length_from:
        length = min(length, days.get(clock.length_from, length))
    if clock.not_counted:
        length += days.get(clock.not_counted, 0)
    return count(day, length, clock.unit, calendar)


def _target(clock: Clock, trace: Trace, calendar: Calendar) -> date | None:
    """Give the day to aim at, where a clock has an aim."""
    if clock.target is None:
        return None
    return count(trace.start, clock.target, clock.unit, calendar).due


def _end(clock: Clock, milestones: Mapping[str, date], department: str) -> tuple[date | None, str]:
    """Find the earliest event that ended a clock; of two on one day the one listed first."""
    suffix = f"@{department}" if department else ""
    found = [
        (milestones[name], event) for event in clock.end if (name := event + suffix) in milestones
    ]
    found += [(milestones[event], event) for event in clock.ends_matter if event in milestones]
    return min(found, key=itemgetter(0)) if found else (None, "")


def _judge(
    clock: Clock,
    trace: Trace,
    *,
    started_by: str,
    department: str,
    ended: tuple[date | None, str],
    target: date | None,
    today: date,
) -> Deadline:
    """Say how a clock stands today."""
    met_on, met_by = ended
    late = max(0, ((met_on or today) - trace.due).days)
    petitioner = clock.whose is Whose.PETITIONER
    return Deadline(
        clock=clock,
        trace=trace,
        started_by=started_by,
        department=department,
        met_on=met_on,
        met_by=met_by,
        state=_right(met_on, late) if petitioner else _duty(met_on, late, trace, today),
        days_late=0 if petitioner else late,
        target=target,
    )


def _duty(met_on: date | None, late: int, trace: Trace, today: date) -> State:
    """State of something that has to be done."""
    if met_on is not None:
        return State.MET_LATE if late else State.MET
    if late:
        return State.OVERDUE
    return State.NEAR if (trace.plan - today).days <= NEAR else State.RUNNING


def _right(met_on: date | None, late: int) -> State:
    """State of a period in which the petitioner may act; using it late is for others to judge."""
    if late:
        return State.EXPIRED
    return State.OPEN_TO_PETITIONER if met_on is None else State.MET


def _with_extensions(found: list[Deadline]) -> Iterator[Deadline]:
    """Mark what a valid extension replaced, unless it was met in time all the same."""
    extended = {deadline.clock.after for deadline in found}
    for deadline in found:
        replaced = (deadline.clock.stricter_than or deadline.clock.id) in extended
        if replaced and not deadline.clock.after and deadline.state is not State.MET:
            yield replace(deadline, state=State.EXTENDED, days_late=0)
        else:
            yield deadline


def pending(found: Iterable[Deadline]) -> list[Deadline]:
    """List what the unit still has to do, the earliest day to plan for first."""
    return sorted(
        (deadline for deadline in found if deadline.is_pending),
        key=lambda deadline: (deadline.plan, deadline.clock.id, deadline.department),
    )


def finish_by(found: Iterable[Deadline]) -> Deadline | None:
    """Find the earliest pending deadline that finishes the matter; the office plans by it.

    For a superior's matter that is the earlier of the day in its letter and the 60 days; both run.
    """
    return next((deadline for deadline in pending(found) if deadline.clock.finishes), None)
