"""Which duty of the office was late, by post and step, with both times as evidence (细则 七·二).

A fact is a matter, a duty, when it was due and when it was done: by the day that the file gives
(业务时间) and by the time at which that step came into Git (提交时间). Facts are listed in the
order of the matters and are never counted by person or post; nothing is sent to anybody, and
whoever has to answer for it is asked for the reason by a 整改通知 (D28).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from xinfang.clocks import Deadline, State
from xinfang.history import History
from xinfang.matter import Matter
from xinfang.model.steps import Approval, Draft, Instruction, Rectification, StepBase, Submission
from xinfang.selection import Period

_MISSED: Final = frozenset({State.MET_LATE, State.OVERDUE})

#: Whoever heads a department answers for what nobody did.
_HEAD: Final = "负责人"
#: What waited on a leader: what was handed up, and the leader's own step that followed.
_LEADERS: Final[tuple[tuple[type[StepBase], type[StepBase]], ...]] = (
    (Submission, Instruction),
    (Draft, Approval),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One duty that was late, or one wait for a leader within a matter that was late.

    Attributes:
        number: Case number.
        duty: What had to be done, in words.
        clock: Id of the clock; empty for a wait, which has no limit of its own.
        post: Department and post that had to act; never a name.
        started: Day on which it began to run.
        due: Last day; None for a wait.
        done: Day on which it was done, as the file says; None where it was not.
        step: Number of the step that did it, from 1; 0 where none did.
        recorded: When that step came into Git; None where that is not known.
        days: Days late; for a wait, days it took.
        reason: The reason that a 整改 gives; empty where none was given.
    """

    number: str
    duty: str
    clock: str
    post: str
    started: date
    due: date | None
    done: date | None
    step: int
    recorded: datetime | None
    days: int
    reason: str


def facts(
    matters: Iterable[Matter], history: History | None, period: Period | None = None
) -> list[Fact]:
    """List what was late, in the order of matters and days.

    Args:
        matters: The matters; accusations are left out, of them nothing is shown.
        history: What Git knows; None outside a repository.
        period: Only duties whose last day lies in it; None for all.
    """
    found = [
        fact
        for matter in matters
        if not matter.is_sealed
        for fact in _of(matter, history, period or Period())
    ]
    return sorted(found, key=lambda fact: (fact.number, fact.started, fact.clock))


def _of(matter: Matter, history: History | None, period: Period) -> Iterator[Fact]:
    late = [
        deadline
        for deadline in matter.deadlines
        if deadline.state in _MISSED and deadline.clock.whose.is_ours and deadline.due in period
    ]
    recorded = _times(matter, history) if late else {}
    for deadline in late:
        yield _fact(matter, deadline, recorded)
    if late:
        yield from _waits(matter, recorded)


def _fact(matter: Matter, deadline: Deadline, recorded: dict[int, datetime]) -> Fact:
    number, step = _ended_by(matter, deadline)
    department = deadline.department or matter.office.office_department
    return Fact(
        matter.case.number,
        deadline.clock.name,
        deadline.clock.id,
        _post(matter, step, department),
        deadline.trace.start,
        deadline.due,
        deadline.met_on,
        number,
        recorded.get(number),
        deadline.days_late,
        _reason(matter, deadline.due),
    )


def _ended_by(matter: Matter, deadline: Deadline) -> tuple[int, StepBase | None]:
    """Find the step that ended a deadline: its number and itself."""
    for index, step in matter.indexed_steps:
        if step.day == deadline.met_on and deadline.met_by.startswith(step.KIND):
            return index + 1, step
    return 0, None


def _post(matter: Matter, step: StepBase | None, department: str) -> str:
    """Name department and post of whoever had to act; the name itself is left out."""
    post = matter.post(step.handler, step.day) if step and step.handler else None
    return f"{post.department} {post.title}" if post else f"{department} {_HEAD}"


def _reason(matter: Matter, due: date) -> str:
    """Give the reason of the first 整改 after a missed day."""
    return next((step.reason for step in matter.of(Rectification) if step.day >= due), "")


def _waits(matter: Matter, recorded: dict[int, datetime]) -> Iterator[Fact]:
    """List how long what was handed up waited for a leader's own step."""
    for handed, acted in _LEADERS:
        asked = matter.first(handed)
        answer = next(
            (
                (index + 1, step)
                for index, step in matter.indexed_steps
                if isinstance(step, acted) and asked is not None and step.day >= asked.day
            ),
            None,
        )
        if asked is None or answer is None or answer[1].day == asked.day:
            continue
        number, step = answer
        yield Fact(
            matter.case.number,
            f"{asked.KIND}后等待{step.KIND}",
            "",
            _leader(matter, step),
            asked.day,
            None,
            step.day,
            number,
            recorded.get(number),
            (step.day - asked.day).days,
            "",
        )


def _leader(matter: Matter, step: StepBase) -> str:
    name = step.signer if isinstance(step, Approval) else getattr(step, "leader", None)
    post = matter.post(name, step.day)
    return f"{post.department} {post.title}" if post else _HEAD


def _times(matter: Matter, history: History | None) -> dict[int, datetime]:
    """Tell when each step of a matter came into Git, by its number."""
    if history is None:
        return {}
    return {
        step.number: commit.when
        for commit in reversed(history.commits(matter.path))
        for step in commit.change.steps
    }
