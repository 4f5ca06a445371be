"""The two long lists: what is due (待办与期限), and the ledger (台账)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xinfang.pages import agenda as desk
from xinfang.pages.frame import Frame


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above a list: the word that its rows carry, its name, how many there are."""

    word: str
    label: str
    count: int


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the lists."""
    yield "deadlines.md", frame.page("deadlines.md", dues=frame.dues, filters=_due_filters(frame))
    yield "ledger.md", frame.page("ledger.md", listed=frame.listed, filters=_matter_filters(frame))


def _due_filters(frame: Frame) -> list[Filter]:
    """By what the deadlines can be filtered, with the number of lines each leaves."""
    when = Counter(due.when for due in frame.dues)
    return [
        Filter("", "全部", len(frame.dues)),
        *(Filter(kind, kind.label, when[kind]) for kind in desk.When),
        Filter("provisional", "暂定", sum(due.deadline.provisional for due in frame.dues)),
        *(Filter(share.key, share.name, len(share.dues)) for share in frame.shares if share.dues),
    ]


def _matter_filters(frame: Frame) -> list[Filter]:
    """By what the ledger can be filtered; the words are those that its rows carry."""
    counts = frame.counts
    month = f"{frame.today:%Y-%m}"
    return [
        Filter("", "全部", len(frame.listed)),
        Filter("open", "在办", counts["open"]),
        Filter("closed", "已办结", counts["closed"]),
        Filter("late", "有逾期", counts["late"]),
        Filter("promised", "承诺待兑现", counts["promised"]),
        Filter(f"received-{month}", "本月新收", counts["received"]),
        Filter(f"closed-{month}", "本月办结", counts["closed_this_month"]),
        *(Filter(share.key, share.name, share.handled) for share in frame.shares if share.handled),
    ]
