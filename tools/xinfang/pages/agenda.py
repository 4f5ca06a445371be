"""What is due, of all matters together: one line a deadline, with who has to act.

检举控告 never stand here: of them a site shows number, date and hand-over only (A13).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from xinfang.clocks import Deadline
from xinfang.due import due
from xinfang.ledger import Entry, Owed
from xinfang.matter import State
from xinfang.model import Office

#: “This week” on the home page: so many days from today.
WEEK: Final = timedelta(days=7)


class When(StrEnum):
    """When something is due, seen from today; the value is its word in a filter."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return _LABELS[self]


_LABELS: Final = {
    When.LATE: "已逾期",
    When.TODAY: "今天要办",
    When.WEEK: "7天内",
    When.LATER: "以后",
}


@dataclass(frozen=True, slots=True)
class Due:
    """One pending deadline of one matter.

    Attributes:
        entry: The matter.
        deadline: The deadline.
        owner: Department that has to act.
        when: When it is due, by the day to plan for.
        left: Days from today to the due date; negative when it is late.
    """

    entry: Entry
    deadline: Deadline
    owner: str
    when: When
    left: int

    @property
    def wording(self) -> str:
        """How far off it is, in words: 已逾期3天, 今天到期, 还有5天."""
        return _wording(self.left)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised in an answer and not yet wholly carried out.

    Attributes:
        entry: The matter; it may be closed already.
        owed: What was promised, by whom and by when.
        when: When it is due.
        left: Days from today to the day promised; negative when it is late.
    """

    entry: Entry
    owed: Owed
    when: When
    left: int

    @property
    def wording(self) -> str:
        """How far off it is, in words."""
        return _wording(self.left)


class Lamp(StrEnum):
    """How a department stands, at a glance; the value is its tone."""

    LATE = "late"
    NEAR = "near"
    CALM = "good"

    @property
    def label(self) -> str:
        """The word beside the lamp."""
        return _LAMPS[self]


_LAMPS: Final = {Lamp.LATE: "有逾期", Lamp.NEAR: "临近", Lamp.CALM: "正常"}


@dataclass(frozen=True, slots=True)
class Share:
    """What is on the desk of one department.

    Attributes:
        name: The department.
        key: Its word in addresses and filters: d01, d02, …
        dues: Its pending deadlines.
        promises: What it has to carry out.
        matters: Open matters that it leads or takes part in.
        handled: Number of all its matters, open or closed.
    """

    name: str
    key: str
    dues: tuple[Due, ...]
    promises: tuple[Promise, ...]
    matters: tuple[Entry, ...]
    handled: int

    def count(self, when: When) -> int:
        """Count its deadlines of one kind."""
        return sum(item.when is when for item in self.dues)

    @property
    def lamp(self) -> Lamp:
        """Whether anything is late, or has to be done within a week; promises count too."""
        found = {due.when for due in self.dues} | {promise.when for promise in self.promises}
        if When.LATE in found:
            return Lamp.LATE
        return Lamp.NEAR if found & {When.TODAY, When.WEEK} else Lamp.CALM

    @property
    def longest_late(self) -> int:
        """For how many days the deadline that is late the longest is late; 0 without one."""
        return max((-item.left for item in self.dues if item.when is When.LATE), default=0)

    @property
    def late_promises(self) -> int:
        """How many promises are late."""
        return sum(promise.when is When.LATE for promise in self.promises)


def _wording(left: int) -> str:
    if left < 0:
        return f"已逾期{-left}天"
    return f"还有{left}天" if left else "今天到期"


def promises(entry: Entry, today: date) -> list[Promise]:
    """List what a matter still owes; the day promised is taken as it stands in the answer."""
    return [
        Promise(
            entry,
            owed,
            when=_from(owed.due, owed.due, today),
            left=(owed.due - today).days,
        )
        for owed in entry.owed
    ]


def agenda(entries: Iterable[Entry], office: Office, today: date) -> tuple[Due, ...]:
    """List every pending deadline as :func:`xinfang.due.due` does, each with its matter."""
    shown = {entry.number: entry for entry in entries if not entry.sealed}
    return tuple(
        Due(
            shown[item.number],
            item.deadline,
            item.department,
            _from(item.deadline.due, item.deadline.plan, today),
            item.days_left,
        )
        for item in due(shown.values(), today, office.office_department)
    )


def _from(due: date, plan: date, today: date) -> When:
    """Say when something is due, by the day to plan for."""
    if due < today:
        return When.LATE
    if plan <= today:
        return When.TODAY
    return When.WEEK if plan <= today + WEEK else When.LATER


def shares(
    entries: Iterable[Entry], dues: Iterable[Due], owed: Iterable[Promise], office: Office
) -> tuple[Share, ...]:
    """Part the work among the departments, in the order of ``office.yaml``.

    A department that a case names and the office does not know stands at the end.
    """
    owned: dict[str, list[Due]] = {department.name: [] for department in office.departments}
    promised: dict[str, list[Promise]] = {}
    handled: dict[str, list[Entry]] = {}
    for item in dues:
        owned.setdefault(item.owner, []).append(item)
    for promise in owed:
        promised.setdefault(promise.owed.department, []).append(promise)
    for entry in entries:
        if not entry.sealed:
            for name in departments(entry, office):
                handled.setdefault(name, []).append(entry)
    return tuple(
        Share(
            name,
            f"d{number:02d}",
            dues=tuple(owned.get(name, ())),
            promises=tuple(promised.get(name, ())),
            matters=tuple(entry for entry in handled.get(name, ()) if entry.is_open),
            handled=len(handled.get(name, ())),
        )
        for number, name in enumerate(dict.fromkeys([*owned, *promised, *handled]), 1)
    )


def departments(entry: Entry, office: Office) -> tuple[str, ...]:
    """Departments that handle a matter, the lead first; the office until it is transferred."""
    return entry.departments or (office.office_department,)


def nearest(dues: Iterable[Due]) -> Mapping[str, Due]:
    """Find the earliest pending deadline of each matter, by its number."""
    found: dict[str, Due] = {}
    for item in dues:
        found.setdefault(item.entry.number, item)
    return found


#: States in colours: the tone of a chip. What is not named here is plain.
TONES: Final[Mapping[State, str]] = {
    State.REGISTERED: "new",
    State.CLOSED: "done",
    State.ARCHIVED: "done",
    State.HANDED_OVER: "done",
    State.SERVED: "good",
    State.FULFILLING: "near",
    State.REVIEWING: "near",
}
