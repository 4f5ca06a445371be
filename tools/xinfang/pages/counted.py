"""Words of what statistics count: ``ledger.html#f-kept-2026-c3`` shows the cases of a figure.

They are made from the same events as the figures (:func:`xinfang.statistics.events`), so that
a link leads to exactly the cases that were counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from xinfang.ledger import Entry
from xinfang.statistics import (
    CLOCK,
    DAYS,
    MEASURES,
    RESULT,
    RESULTS,
    SPANS,
    Measure,
    events,
)

#: Groups that have words of their own; channels, categories and outcomes have theirs anyway.
_GROUPS: Final[Mapping[tuple[str, str], str]] = {
    **{(DAYS, name): f"days-{place}" for place, name in enumerate(SPANS, 1)},
    **{(RESULT, name): f"review-{place}" for place, name in enumerate(RESULTS, 1)},
}
_SAID: Final = {word: f"{dimension}：{name}" for (dimension, name), word in _GROUPS.items()}
_IN_YEAR: Final = re.compile(r"([a-z-]+?)-(20\d\d)(?:-([a-z].*))?")


def in_year(measure: Measure, year: int, clock: str = "") -> str:
    """Word of what counts for a measure in a year: ``replied-2026``, ``kept-2026-c3``."""
    return f"{measure.id}-{year}{_clock(clock)}"


def group(dimension: str, name: str) -> str:
    """Word of a group, where it has one that only statistics use; empty elsewhere."""
    return _GROUPS.get((dimension, name), "")


def lead(department: str) -> str:
    """Word of the matters that a department leads; ``lead-none`` for those that none leads."""
    return f"lead-{department or 'none'}"


def words(
    entry: Entry, known: Mapping[str, Entry], departments: Mapping[str, str], today: date
) -> Iterator[str]:
    """Give the words of everything that a matter counts for; none for an accusation.

    Args:
        entry: The matter.
        known: All matters, by number.
        departments: Department → its word.
        today: The day of looking.
    """
    if entry.sealed:
        return
    yield lead(departments[entry.departments[0]] if entry.departments else "")
    for (measure, dimension, name), day in events(entry, known, today):
        if not dimension:
            yield f"{measure}-{day.year}"
        elif dimension == CLOCK:
            yield f"{measure}-{day.year}{_clock(name)}"
        elif word := group(dimension, name):
            yield word


def said(word: str, names: Mapping[str, str]) -> str:
    """Say what a word means; empty for words of others.

    Args:
        word: The word.
        names: Words of departments and clocks, with what they mean.
    """
    if word in _SAID:
        return _SAID[word]
    kind, _, key = word.partition("-")
    if kind == "lead":
        return f"主办：{names.get(key, '未转办')}"
    match = _IN_YEAR.fullmatch(word)
    if match is None or match[1] not in MEASURES:
        return ""
    clock = f"{match[3].upper()} " if match[3] else ""
    return f"{clock}{match[2]}年{MEASURES[match[1]].name}"


def _clock(clock: str) -> str:
    """Write a clock as part of a word: C3, and C2-本单位, which no address likes, as c2own."""
    return f"-{clock.lower().replace('-本单位', 'own')}" if clock else ""
