"""The home page: what must be done, what is late, what came and went this month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from xinfang.diagnostics import Level
from xinfang.pages import agenda as desk
from xinfang.pages.frame import Frame

#: How many lines the home page shows of each group; the rest stands one click away.
_SHOWN: Final = 12
#: How many of the later ones it shows.
_NEXT: Final = 5


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the home page."""
    yield "index.md", frame.page("home.md", **_home(frame))


def _home(frame: Frame) -> dict[str, Any]:
    return {
        "groups": {
            when: [due for due in frame.dues if due.when is when]
            for when in (desk.When.LATE, desk.When.TODAY, desk.When.WEEK)
        },
        "next": [due for due in frame.dues if due.when is desk.When.LATER][:_NEXT],
        "unread": len(frame.register.case_files()) - len(frame.entries),
        "shown": _SHOWN,
        "counts": frame.counts,
        "provisional": sum(due.deadline.provisional for due in frame.dues),
        "levels": {
            level: sum(finding.level is level for finding in frame.findings) for level in Level
        },
    }
