"""What the public is told of a year: totals that name nobody (domain/1 §1.5, domain/5 §5.5).

In a project of eighty people a small number names a person. No count from 1 to 4 is shown, nor
one from which such a count could be worked out, from other years neither: what is open at the
end of one is carried over into the next. Of a year that still runs only what came in is told, up
to its last whole quarter and in bands of five, so that comparing the pages of two quarters tells
nothing either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from xinfang import suppression
from xinfang.balance import SEALED, Balance, balance, balances, by_category
from xinfang.ledger import Entry
from xinfang.selection import Period

#: The smallest count that is shown; none at all is told as 0.
FLOOR: Final = suppression.FLOOR
#: In the place of a count from 1 to 4.
FEW: Final = f"不足{FLOOR}"
#: In the place of a count, of any size, that would give such a one away.
WITHHELD: Final = "不列"
#: Groups too small to be told, together.
REST: Final = "其余各类合计"
#: The numbers of a year in their order; the last one is the first one of the next year.
_CARRIED, RECEIVED, _CLOSED, _OPEN = "上年结转", "本期收到", "本期办结", "期末在办"
_RATE: Final = "办结率"
#: More than any count.
_MANY: Final = 10**9

#: A number of a year: the place of the year, and :data:`RECEIVED` or the like.
_Key = tuple[int, str]

#: What stands below the figures.
DEFINITIONS: Final = (
    "“件”是登记的信访事项，一件一个编号。同一件事来几次，仍算一件。",
    "“上年结转”是上年没有办完、接着办的；“期末在办”是到期末还没有办完的。",
    "上年结转 + 本期收到 − 本期办结 = 期末在办。办结率 = 本期办结 ÷（上年结转 + 本期收到）。",
    f"为保护个人信息，1至{FLOOR - 1}件的不列数字，写“{FEW}”；能推算出这种数字的，写“{WITHHELD}”。",
    f"年度未满的，只列收到多少，统计到上一个季度末，每{FLOOR}件一档；其余数字年度结束后公布。",
    f"按内容分的，不足{FLOOR}件的类别合在一起。",
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
    over = range(first, last.year + (last == date(last.year, 12, 31)))
    whole = [_whole(year) for year in over]
    told = figures([balance(known, period) for period in whole])
    found = [
        Year(year, date(year, 12, 31), True, numbers, _categories(known, period, numbers))
        for year, period, numbers in zip(over, whole, told, strict=True)
    ]
    if first <= last.year and last.year not in over:
        found.append(_running(known, last))
    return found[::-1]


def _quarter_end(today: date) -> date:
    """Last day of the last quarter that is over."""
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


def _whole(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _running(entries: list[Entry], last: date) -> Year:
    """Tell of a year that runs what came in, in bands of five."""
    count = balance(entries, Period(date(last.year, 1, 1), last)).received
    told = Figure(RECEIVED, f"{_band(count)}至{_band(count) + FLOOR - 1}")
    return Year(last.year, last, complete=False, figures=(told,))


def _categories(
    entries: list[Entry], period: Period, numbers: tuple[Figure, ...]
) -> tuple[Figure, ...]:
    """Tell what came in by category, unless the sum of it is withheld."""
    if Figure(RECEIVED, FEW) in numbers or Figure(RECEIVED, WITHHELD) in numbers:
        return ()
    groups = balances(entries, period, by_category)
    return folded({name: group.received for name, group in groups.items()})


def figures(balances_: Sequence[Balance]) -> list[tuple[Figure, ...]]:
    """Tell the balances of years on end; as much is withheld as would tell a small number.

    What is told of a year stays as it is when later ones are over, for it was read by then.
    """
    counts: dict[_Key, int] = {}
    withheld: set[_Key] = set()
    for year, whole in enumerate(balances_):
        numbers = (whole.carried, whole.received, whole.closed, whole.open)
        counts |= dict(zip(_keys(year), numbers, strict=True))
        while free := _to_withhold(counts, withheld, year):
            withheld.add(free)
    told = {
        key: WITHHELD if key in withheld else FEW if suppression.is_few(count) else str(count)
        for key, count in counts.items()
    }
    return [
        _figures([told[key] for key in _keys(year)], whole.rate)
        for year, whole in enumerate(balances_)
    ]


def _figures(told: Sequence[str], rate: str) -> tuple[Figure, ...]:
    hidden = FEW in told or WITHHELD in told
    names = (_CARRIED, RECEIVED, _CLOSED, _OPEN, _RATE)
    return tuple(map(Figure, names, (*told, WITHHELD if hidden else rate)))


def _keys(year: int) -> tuple[_Key, _Key, _Key, _Key]:
    """Name the numbers of a year: the first two are as many as the last two."""
    return (year - 1, _OPEN), (year, RECEIVED), (year, _CLOSED), (year, _OPEN)


def _to_withhold(counts: Mapping[_Key, int], withheld: Collection[_Key], last: int) -> _Key | None:
    """Find the smallest number of the last year that has to be withheld, if any has."""
    known = _bounds(counts, withheld, [_keys(year) for year in range(last + 1)])
    if not any(
        suppression.is_few(counts[key]) and low == high for key, (low, high) in known.items()
    ):
        return None
    # What came in goes last, but for numbers whose absence tells that they are small or none:
    # without it nothing can be told by category.
    free = [
        (counts[key] < FLOOR, key[1] == RECEIVED, counts[key], key)
        for key in _keys(last)[1 if last else 0 :]
        if key not in withheld
    ]
    return min(free)[-1] if free else None


def _bounds(
    counts: Mapping[_Key, int], withheld: Collection[_Key], lines: Sequence[tuple[_Key, ...]]
) -> Mapping[_Key, tuple[int, int]]:
    """Work out between what a reader knows each number to be.

    Years hang together by one number each, so that narrowing them in turn finds all there is.
    """
    known = {key: _seen(key, count, withheld=key in withheld) for key, count in counts.items()}
    before: Mapping[_Key, tuple[int, int]] = {}
    while before != known:
        before = dict(known)
        for line in lines:
            for place, key in enumerate(line):
                same = line[:2] if place < len(line) // 2 else line[2:]  # its own side
                other = [known[k] for k in line if k not in same]
                (beside,) = [known[k] for k in same if k != key]
                low = sum(least for least, _ in other) - beside[1]
                high = sum(most for _, most in other) - beside[0]
                known[key] = max(known[key][0], low), min(known[key][1], high)
    return known


def _seen(key: _Key, count: int, *, withheld: bool) -> tuple[int, int]:
    """Say between what a number lies for a reader of it alone."""
    if not withheld:
        return (1, FLOOR - 1) if suppression.is_few(count) else (count, count)
    # While the year ran, its quarters told the band of what came in.
    return (_band(count) if key[1] == RECEIVED else 0), _MANY


def _band(count: int) -> int:
    """Give the smallest number of the band of five that a count falls into."""
    return count // FLOOR * FLOOR


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
