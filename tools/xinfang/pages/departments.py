"""The desk of each department: what it is responsible for, and what waits there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from xinfang.clocks import Clock, Deadline, State
from xinfang.ledger import Entry
from xinfang.pages.agenda import Share
from xinfang.pages.frame import Frame

#: How far back a page tells what was done late.
_BACK: Final = timedelta(days=90)
#: So many open matters are listed; the ledger finds the others.
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Late:
    """A deadline that was met late, not long ago."""

    entry: Entry
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that a department answers for.

    Attributes:
        clock: The clock.
        running: How many of its deadlines it has to meet now.
    """

    clock: Clock
    running: int


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the list of departments and a page for each."""
    yield "departments/index.md", frame.page("departments.md", root="../")
    deadlines = _by_owner(frame)
    for share in frame.shares:
        own = deadlines.get(share.name, [])
        yield (
            f"departments/{share.key}.md",
            frame.page(
                "department.md",
                root="../",
                share=share,
                shown=_LONGEST,
                clocks=_clocks(frame, share, own),
                late=_late(frame, own),
                back=_BACK.days,
            ),
        )


def _by_owner(frame: Frame) -> dict[str, list[Late]]:
    """Find all deadlines that ever ran, by the department that had to act."""
    found: dict[str, list[Late]] = {}
    for entry in frame.listed:
        if entry.sealed:
            continue
        lead = next(iter(entry.departments), frame.office.office_department)
        for deadline in entry.deadlines:
            if deadline.clock.whose.is_ours:
                owner = deadline.department or lead
                found.setdefault(owner, []).append(Late(entry, deadline))
    return found


def _clocks(frame: Frame, share: Share, own: Sequence[Late]) -> list[Running]:
    """List the clocks that run or ran for a department, in the order of the catalogue."""
    known = {item.deadline.clock.id for item in own}
    running = Counter(due.deadline.clock.id for due in share.dues)
    return [Running(c, running[c.id]) for c in frame.register.clocks if c.id in known]


def _late(frame: Frame, own: Sequence[Late]) -> list[Late]:
    """List what was met late in the last days, the latest first."""
    since = frame.today - _BACK
    found = [
        (item.deadline.met_on, item)
        for item in own
        if item.deadline.state is State.MET_LATE and item.deadline.met_on is not None
    ]
    recent = [(day, item) for day, item in found if since < day <= frame.today]
    recent.sort(key=lambda pair: (pair[0], pair[1].entry.number), reverse=True)
    return [item for _, item in recent]
