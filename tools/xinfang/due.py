"""What is due: every running deadline of the unit itself, the next one first.

Internal and national deadlines stand side by side, the earlier one first; neither hides the
other. Petitioners' and superiors' periods are no work of the office and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xinfang.clocks import Deadline, State
from xinfang.ledger import Entry


class Lateness(StrEnum):
    """How urgent a deadline is; the order of the list."""

    OVERDUE = "已逾期"
    TODAY = "今天到期"
    NEAR = "临近"
    LATER = "未到期"


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline of one matter that the unit still has to meet.

    Attributes:
        number: Case number.
        path: The file of the case, relative to the register.
        title: What the matter is about; a fixed sentence for accusations.
        department: Who answers for it: the department a clock runs for, else the leading
            department, else the office.
        departments: All that a list by department shows it to.
        deadline: The deadline, with its trace.
        days_left: Calendar days until the last day; negative when it is past.
    """

    number: str
    path: str
    title: str
    department: str
    departments: frozenset[str]
    deadline: Deadline
    days_left: int

    @property
    def lateness(self) -> Lateness:
        """How urgent it is."""
        if self.days_left < 0:
            return Lateness.OVERDUE
        if self.days_left == 0:
            return Lateness.TODAY
        return Lateness.NEAR if self.deadline.state is State.NEAR else Lateness.LATER

    @property
    def left(self) -> str:
        """The days left, in words."""
        if self.days_left < 0:
            return f"超{-self.days_left}天"
        return f"剩{self.days_left}天" if self.days_left else "今天"

    @property
    def order(self) -> tuple[date, date, str, str]:
        """The earliest last day first; of two on one day the one to be ready for first."""
        deadline = self.deadline
        return deadline.due, deadline.plan, self.number, deadline.clock.id


def due(
    entries: Iterable[Entry],
    today: date,
    office_department: str,
    *,
    within: int | None = None,
    department: str = "",
) -> list[Due]:
    """List what is due, sorted.

    Args:
        entries: The ledger.
        today: The day of looking.
        office_department: Department that answers for what no other one does.
        within: Only what has to be ready within so many days (what is overdue always shows);
            None for all.
        department: Only what this department answers for or joins in; empty for all.
    """
    found = [
        _due(entry, deadline, today, office_department)
        for entry in entries
        for deadline in entry.deadlines
        if deadline.is_pending and _is_within(deadline, today, within)
    ]
    return sorted(
        (item for item in found if not department or department in item.departments),
        key=lambda item: item.order,
    )


def _is_within(deadline: Deadline, today: date, within: int | None) -> bool:
    return within is None or (deadline.plan - today).days <= within


def _due(entry: Entry, deadline: Deadline, today: date, office: str) -> Due:
    handling = () if entry.sealed else entry.departments
    department = deadline.department or next(iter(handling), office)
    involved = {deadline.department} if deadline.department else {office, *handling}
    return Due(
        number=entry.number,
        path=entry.path,
        title=entry.title,
        department=department,
        departments=frozenset(involved),
        deadline=deadline,
        days_left=(deadline.due - today).days,
    )


def grouped(items: Iterable[Due]) -> Mapping[Lateness, list[Due]]:
    """Group by lateness, in its order; empty groups are left out."""
    found: dict[Lateness, list[Due]] = {lateness: [] for lateness in Lateness}
    for item in items:
        found[item.lateness].append(item)
    return {lateness: group for lateness, group in found.items() if group}


def summary(items: Sequence[Due], today: date) -> str:
    """Say in one sentence how much is due."""
    if not items:
        return f"没有待办的期限(按 {today} 计算)"
    parts = "、".join(f"{lateness} {len(group)}" for lateness, group in grouped(items).items())
    return f"待办期限 {len(items)} 项: {parts}(按 {today} 计算)"
