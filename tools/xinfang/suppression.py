"""Which groups are large enough to be told apart (domain/5 §5.5, domain/7).

In a project of eighty people a small number names a person. Groups of fewer than five are told
together only, with as many others as it takes: nothing that is told apart, or together, is a
number from 1 to 4, so that no such number comes out by taking shown numbers from their sum.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

#: The smallest count that is shown; none at all is told as 0.
FLOOR: Final = 5


def told_apart(groups: Mapping[str, Sequence[int]], *, never: Collection[str] = ()) -> list[str]:
    """Give the groups that may be told apart; the others are told together or not at all.

    Args:
        groups: Name → one or more counts of the same group, each a column of a table. The first
            decides which group is given up for the others.
        never: Names of groups that are not told apart, however large.
    """
    kept = [n for n, counts in groups.items() if min(counts) >= FLOOR and n not in never]
    while kept and any(map(is_few, _together(groups, kept))):
        kept.remove(min(kept, key=lambda name: groups[name][0]))
    return kept


def side_by_side(counts: Sequence[int]) -> list[bool]:
    """Say which counts of periods within one another may be told; an earlier one goes first.

    A month, its year and twelve months differ by what lies in the one and not in the other: no
    such difference may be a number from 1 to 4.
    """
    told: list[int] = []
    for count in counts:
        if not any(map(is_few, (count, *(abs(count - other) for other in told)))):
            told.append(count)
    return [count in told for count in counts]


def is_few(count: int) -> bool:
    """Whether a count is too small to be shown."""
    return 0 < count < FLOOR


def _together(groups: Mapping[str, Sequence[int]], kept: Sequence[str]) -> list[int]:
    """Sum up, column by column, what is not kept."""
    rest = [counts for name, counts in groups.items() if name not in kept]
    return [sum(column) for column in zip(*rest, strict=True)]
