"""The home page: what must be done, what is late and where, what came and went this month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from markupsafe import Markup

from xinfang.balance import Balance, balance
from xinfang.diagnostics import Level
from xinfang.pages import agenda as desk
from xinfang.pages import words
from xinfang.pages.charts import Point, Series, bars, columns
from xinfang.pages.frame import Frame
from xinfang.selection import Period

#: How many lines the home page shows of each group; the rest stands one click away.
_SHOWN: Final = 12
#: How many of the later ones it shows.
_NEXT: Final = 5
#: How many months its small chart shows, this one last.
_MONTHS: Final = 6


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
        "longest_late": max((share.longest_late for share in frame.shares), default=0),
        "balance": _balance(frame),
        "busy": [s for s in frame.shares if s.matters or s.dues or s.promises],
        "months": _months(frame),
        "late": _late(frame),
        "levels": {
            level: sum(finding.level is level for finding in frame.findings) for level in Level
        },
    }


def _balance(frame: Frame) -> Balance:
    """Balance this month; without accusations, of which no list shows more than that they are."""
    first = frame.today.replace(day=1)
    month = Period(first, _following(first) - timedelta(days=1))
    return balance((entry for entry in frame.listed if not entry.sealed), month)


def _following(first: date) -> date:
    """Give the first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def _months(frame: Frame) -> Markup:
    """Draw what came and what was closed in the last months."""
    firsts = [frame.today.replace(day=1)]
    while len(firsts) < _MONTHS:
        firsts.insert(0, (firsts[0] - timedelta(days=1)).replace(day=1))
    visible = [entry for entry in frame.listed if not entry.sealed]
    came = [(entry.registered.year, entry.registered.month) for entry in visible]
    went = [(entry.closed.year, entry.closed.month) for entry in visible if entry.closed]
    series = [
        Series(
            name,
            [
                Point(
                    f"{first.month}月",
                    days.count((first.year, first.month)),
                    f"ledger.html#f-{words.month(word, first)}",
                )
                for first in firsts
            ],
        )
        for name, word, days in (("新收", "received", came), ("办结", "closed", went))
    ]
    return columns(f"近{_MONTHS}个月新收和办结", series, tiny=True)


def _late(frame: Frame) -> Markup | None:
    """Draw what is late, department by department; nothing where nothing is."""
    points = [
        Point(
            share.name,
            share.count(desk.When.LATE),
            f"deadlines.html#f-{desk.When.LATE},{share.key}",
            text=f"{share.count(desk.When.LATE)}项，最久{share.longest_late}天",
        )
        for share in frame.shares
        if share.longest_late
    ]
    return bars("各部室逾期的期限", points, unit="项", tiny=True) if points else None
