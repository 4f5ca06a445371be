"""What the public is told of a year: totals that name nobody (domain/1 §1.5, domain/5 §5.5).

In a project of eighty people a small number names a person. No count from 1 to 4 is shown, nor
one from which such a count could be worked out; a year that still runs is told up to its last
whole quarter, and by category only when it is over, so that comparing two days' pages tells
nothing either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Final

from xinfang import suppression
from xinfang.balance import SEALED, Balance, balance, balances, by_category
from xinfang.ledger import Entry
from xinfang.selection import Period

#: The smallest count that is shown; none at all is told as 0.
FLOOR: Final = suppression.FLOOR
#: In the place of a count from 1 to 4.
FEW: Final = f"不足{FLOOR}"
#: In the place of a count that would give such a one away.
WITHHELD: Final = "不列"
#: Groups too small to be told, together.
REST: Final = "其余各类合计"
#: The numbers of a balance and their sides of it.
_SIDES: Final = {"上年结转": 1, "本期收到": 1, "本期办结": -1, "期末在办": -1}

#: What stands below the figures.
DEFINITIONS: Final = (
    "“件”是登记的信访事项，一件一个编号。同一件事来几次，仍算一件。",
    "上年结转 + 本期收到 − 本期办结 = 期末在办。办结率 = 本期办结 ÷（上年结转 + 本期收到）。",
    f"为保护个人信息，1至{FLOOR - 1}件的不列数字，写“{FEW}”；能推算出这种数字的，写“{WITHHELD}”。",
    f"年度未满的，统计到上一个季度末。按类别的数字年度结束后公布，不足{FLOOR}件的类别合在一起。",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as it may be told: 14, 0, :data:`FEW` or :data:`WITHHELD`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Year:
    """One year as the public is told.

    Attributes:
        year: Which one.
        until: Last day that counts.
        complete: Whether the year is over.
        figures: What came, went and stayed.
        categories: Matters received, by category; only of a year that is over.
    """

    year: int
    until: date
    complete: bool
    figures: tuple[Figure, ...]
    categories: tuple[Figure, ...] = ()


def years(entries: Iterable[Entry], today: date) -> list[Year]:
    """Give every year that can be told, the newest first.

    Args:
        entries: Everything that is registered.
        today: The day it is looked at.
    """
    known = list(entries)
    last = _quarter_end(today)
    first = min((entry.registered.year for entry in known), default=last.year + 1)
    return [_year(known, year, last) for year in range(last.year, first - 1, -1)]


def _quarter_end(today: date) -> date:
    """Last day of the last quarter that is over."""
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


def _year(entries: list[Entry], year: int, last: date) -> Year:
    end = date(year, 12, 31)
    period = Period(date(year, 1, 1), min(end, last))
    told = figures(balance(entries, period))
    complete = end <= last
    categories: tuple[Figure, ...] = ()
    if complete and told[1].value not in (FEW, WITHHELD):  # else their sum would tell it
        groups = balances(entries, period, by_category)
        categories = folded({name: group.received for name, group in groups.items()})
    return Year(year, min(end, last), complete, told, categories)


def figures(whole: Balance) -> tuple[Figure, ...]:
    """Tell a balance; as much of it is withheld as would tell a small number."""
    counts = dict(
        zip(_SIDES, (whole.carried, whole.received, whole.closed, whole.open), strict=True)
    )
    hidden = {name: FEW for name, count in counts.items() if 0 < count < FLOOR}
    while _tells(counts, hidden):
        shown = [name for name in counts if name not in hidden and counts[name]]
        hidden[min(shown, key=counts.__getitem__)] = WITHHELD
    told = {name: hidden.get(name, str(count)) for name, count in counts.items()}
    rate = WITHHELD if hidden else whole.rate
    return tuple(Figure(name, value) for name, value in {**told, "办结率": rate}.items())


def _tells(counts: Mapping[str, int], hidden: Mapping[str, str]) -> bool:
    """Whether the numbers shown leave a small one only one value."""
    few = [name for name, told in hidden.items() if told == FEW]
    withheld = [name for name, told in hidden.items() if told == WITHHELD]
    if not few or len(withheld) > 1:
        return False
    shown = sum(_SIDES[name] * count for name, count in counts.items() if name not in hidden)
    fitting = [
        guess
        for guess in product(range(1, FLOOR), repeat=len(few))
        for left in (shown + sum(_SIDES[n] * g for n, g in zip(few, guess, strict=True)),)
        if (-_SIDES[withheld[0]] * left >= FLOOR if withheld else left == 0)
    ]
    return any(len(set(values)) == 1 for values in zip(*fitting, strict=True))


def folded(counts: Mapping[str, int]) -> tuple[Figure, ...]:
    """Tell groups of at least five; smaller ones only together, with as many others as it takes.

    Accusations are never a group of their own.
    """
    apart = suppression.told_apart({n: (c,) for n, c in counts.items()}, never={SEALED})
    kept = {name: counts[name] for name in apart}
    rest = sum(counts.values()) - sum(kept.values())
    told = [Figure(name, str(count)) for name, count in kept.items()]
    if rest:
        told.append(Figure(REST if kept else "各类合计", str(rest) if rest >= FLOOR else FEW))
    return tuple(told)
