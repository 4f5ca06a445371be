"""The ledger (台账): a grid over all matters, and plain tables by month of registration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from xinfang.balance import Balance, monthly
from xinfang.ledger import Entry
from xinfang.pages.agenda import Due
from xinfang.pages.chips import Chip, Group
from xinfang.pages.frame import Frame
from xinfang.pages.grid import GridColumn, script
from xinfang.pages.words import SEALED, labels
from xinfang.tables import COLUMNS, ORDINAL, Column, Kind, Value, row

#: A register of so many matters shows them all without JavaScript on one page.
_ONE_PAGE: Final = 300
#: Columns seen until a reader chooses others.
_SHOWN: Final = frozenset({"number", "received", "title", "category", "lead", "outcomes", "state"})
#: Columns filtered by choosing one of their values.
_CHOICES: Final = frozenset(
    {
        "channel",
        "purpose",
        "category",
        "urgency",
        "route",
        "lead",
        "joint",
        "outcomes",
        "attitude",
        "state",
        "closing",
    }
)
#: Pixels for each Latin character of a column's width on a spreadsheet, and around them.
_PIXELS: Final = 7
_ROOM: Final = 14


@dataclass(frozen=True, slots=True)
class Month:
    """The matters of one month.

    Attributes:
        key: 2026-09.
        matters: Registered in it, the newest first; accusations by the day of receipt, which is
            all that may be told of them.
        balance: 结转, 新收, 办结, 在办 of all matters but accusations, which count apart.
    """

    key: str
    matters: tuple[Entry, ...]
    balance: Balance

    @property
    def name(self) -> str:
        """Its name: 2026年9月."""
        year, month = self.key.split("-")
        return f"{year}年{int(month)}月"

    @property
    def sealed(self) -> int:
        """How many accusations there are in it."""
        return sum(entry.sealed for entry in self.matters)


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the grid with its data, and a page for each month."""
    months = _months(frame)
    yield (
        "ledger.md",
        frame.page(
            "ledger.md",
            total=len(frame.listed),
            groups=_groups(frame),
            months=months,
            plain=frame.listed if len(frame.listed) <= _ONE_PAGE else (),
        ),
    )
    yield "data/ledger.js", _data(frame)
    for place, month in enumerate(months):
        yield (
            f"ledger/{month.key}.md",
            frame.page(
                "ledger_month.md",
                root="../",
                month=month,
                newer=months[place - 1] if place else None,
                older=months[place + 1] if place + 1 < len(months) else None,
            ),
        )


def _months(frame: Frame) -> list[Month]:
    """Part the ledger by month, the newest first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in frame.listed:
        day = entry.received if entry.sealed else entry.registered
        found[f"{day:%Y-%m}"].append(entry)
    balances = monthly(entry for entry in frame.listed if not entry.sealed)
    return [
        Month(key, tuple(found[key]), balances.get(key, Balance()))
        for key in sorted(found, reverse=True)
    ]


def _data(frame: Frame) -> str:
    words = [frame.words(entry) for entry in frame.listed]
    return script(
        _COLUMNS,
        [_row(entry, frame.nearest) for entry in frame.listed],
        words,
        labels(words, frame.keys, frame.register.clocks),
    )


def _row(entry: Entry, nearest: Mapping[str, Due]) -> Mapping[str, Value]:
    due = nearest.get(entry.number)
    return {
        **row(entry),
        "next_due": due.deadline.due if due else None,
        "left": due.wording if due else None,
        "next_clock": due.deadline.clock.name if due else None,
    }


def _shaped(column: Column) -> GridColumn:
    """Make a column of the ledger one of the grid."""
    return GridColumn(
        column.key,
        column.heading,
        column.kind,
        0 if column.key == "title" else column.width * _PIXELS + _ROOM,
        column.note,
        shown=column.key in _SHOWN,
        choice=column.key in _CHOICES,
    )


def _groups(frame: Frame) -> list[Group]:
    """By what the ledger can be filtered; the words are those that its rows carry."""
    counts = frame.counts
    month = f"{frame.today:%Y-%m}"
    states = (
        Chip("open", "在办", counts["open"]),
        Chip("closed", "已办结", counts["closed"]),
        Chip("late", "有逾期", counts["late"]),
        Chip("promised", "承诺待兑现", counts["promised"]),
        Chip(f"received-{month}", "本月新收", counts["received"]),
        Chip(f"closed-{month}", "本月办结", counts["closed_this_month"]),
        Chip(SEALED, "检举控告", counts["sealed"]),
    )
    desks = (Chip(share.key, share.name, share.handled) for share in frame.shares if share.handled)
    return [Group("办理", states), Group("部室", tuple(desks))]


#: The columns of the ledger, then what is due next.
_COLUMNS: Final = (
    *(_shaped(column) for column in COLUMNS if column is not ORDINAL),
    GridColumn("next_due", "最近期限", Kind.DATE, 91, "未完成期限中最先到期的一项", shown=True),
    GridColumn("left", "剩余", Kind.TEXT, 116, "距最近期限的天数", shown=True, sorts_as="next_due"),
    GridColumn("next_clock", "最近要办", Kind.TEXT, 150, "最近期限要办的事", choice=True),
)
