"""The balance of a period: 结转 + 新收 − 办结 = 期末在办 (domain/3 §3.2).

Every matter counts, whatever became of it: transferred, withdrawn, merged or sealed. A matter
is new on the day of its registration and done on the day of its closing step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from xinfang.ledger import Entry
from xinfang.model.words import Category, Channel
from xinfang.selection import Period

#: What an empty denominator gives: no rate, and never 100%.
NO_RATE: Final = "—"
#: The group of accusations wherever a finer one would show more than that there are some.
SEALED: Final = "检举控告(已封存)"
NO_DEPARTMENT: Final = "未转办(信访办)"
_WORDS: Final[Mapping[str, int]] = {
    str(word): place for words in (Channel, Category) for place, word in enumerate(words)
}


@dataclass(frozen=True, slots=True)
class Balance:
    """How many matters came, went and stayed.

    Attributes:
        carried: 结转: registered before the period and not closed before it.
        received: 新收: registered in the period.
        closed: 办结: of those two, closed by its end.
    """

    carried: int = 0
    received: int = 0
    closed: int = 0

    @property
    def open(self) -> int:
        """期末在办: what is left at the end of the period."""
        return self.carried + self.received - self.closed

    @property
    def rate(self) -> str:
        """办结率: closed ÷ (carried + received)."""
        return rate(self.closed, self.carried + self.received)

    def __add__(self, other: Balance) -> Balance:
        """Add two groups of matters up."""
        return Balance(
            self.carried + other.carried,
            self.received + other.received,
            self.closed + other.closed,
        )


def rate(part: int, whole: int) -> str:
    """Write a share as 62.5%; :data:`NO_RATE` where there is nothing to share."""
    return f"{part / whole:.1%}" if whole else NO_RATE


def balance(entries: Iterable[Entry], period: Period) -> Balance:
    """Balance some matters over a period."""
    return sum((_one(entry, period) for entry in entries), Balance())


def monthly(entries: Iterable[Entry]) -> Mapping[str, Balance]:
    """Balance some matters month by month (2026-09), as :func:`balance` does, in one pass.

    Months in which nothing came or went are left out.
    """
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    for entry in entries:
        came[f"{entry.registered:%Y-%m}"] += 1
        if entry.closed:
            went[f"{max(entry.closed, entry.registered):%Y-%m}"] += 1
    found: dict[str, Balance] = {}
    carried = 0
    for month in sorted({*came, *went}):
        found[month] = Balance(carried, came[month], went[month])
        carried = found[month].open
    return found


def balances(
    entries: Iterable[Entry], period: Period, group: Callable[[Entry], str]
) -> Mapping[str, Balance]:
    """Balance matters group by group; groups without any are left out, and all add up."""
    found: dict[str, Balance] = {}
    for entry in entries:
        name = group(entry)
        found[name] = found.get(name, Balance()) + _one(entry, period)
    return {name: found[name] for name in sorted(found, key=_place) if found[name] != Balance()}


def _place(name: str) -> tuple[bool, int, str]:
    """Give the order of groups: words as the vocabularies have them, accusations last."""
    return name == SEALED, _WORDS.get(name, 0), name


def by_department(entry: Entry) -> str:
    """Group by the leading department."""
    if entry.sealed:
        return SEALED
    return next(iter(entry.departments), NO_DEPARTMENT)


def by_channel(entry: Entry) -> str:
    """Group by channel."""
    return SEALED if entry.sealed else entry.channel


def by_category(entry: Entry) -> str:
    """Group by category."""
    return SEALED if entry.sealed else entry.category


#: What a balance may be broken down by. Never by a person (domain/7).
DIMENSIONS: Final[Mapping[str, Callable[[Entry], str]]] = {
    "主办部室": by_department,
    "信访形式": by_channel,
    "内容类别": by_category,
}

#: What stands below a table of balances.
DEFINITIONS: Final = (
    "件为登记的信访事项,不作任何剔除;以登记日期为新收,以办结步骤的日期为办结。",
    "结转为期初在办,结转 + 新收 − 办结 = 期末在办;办结率 = 办结 ÷ (结转 + 新收),分母为 0 记“—”。",
    "检举控告件合为一类,不按部室、形式分列。",
)


def _one(entry: Entry, period: Period) -> Balance:
    first, last = period.first or date.min, period.last or date.max
    carried = entry.registered < first and (entry.closed is None or entry.closed >= first)
    received = entry.registered in period
    closed = (carried or received) and entry.closed is not None and entry.closed <= last
    return Balance(int(carried), int(received), int(closed))
