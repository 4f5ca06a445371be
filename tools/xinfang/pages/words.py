"""The words by which a matter is found through an address: ``ledger.html#f-open,d02``.

Every list carries these words on its rows, and every number on the site that stands for
matters links to the words that those matters share. Words are short, ASCII and never change
with the texts they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from xinfang.clocks import Deadline, State
from xinfang.ledger import Entry
from xinfang.model.words import Category, Channel, Closing, Outcome, Purpose, Urgency
from xinfang.pages.agenda import Due

#: Vocabularies whose words are told apart by their place: c01 is the first category.
_LETTERS: Final = {Category: "c", Channel: "h", Outcome: "o", Purpose: "p", Urgency: "u"}
_WORDS: Final[Mapping[str, str]] = {
    f"{vocabulary.__name__}.{word.value}": f"{letter}{place:02d}"
    for vocabulary, letter in _LETTERS.items()
    for place, word in enumerate(vocabulary, 1)
}
#: The word of each way of closing: e01, e02, …
_CLOSINGS: Final[Mapping[str, str]] = {
    word.value: f"e{place:02d}" for place, word in enumerate(Closing, 1)
}
#: Of an accusation a list tells nothing more.
SEALED: Final = "sealed"
_KEPT: Final = frozenset({State.MET})
_MISSED: Final = frozenset({State.MET_LATE, State.OVERDUE})


def category(name: str) -> str:
    """Word of a category."""
    return _WORDS[f"Category.{name}"]


def channel(name: str) -> str:
    """Word of a channel."""
    return _WORDS[f"Channel.{name}"]


def outcome(name: str) -> str:
    """Word of the outcome of a claim."""
    return _WORDS[f"Outcome.{name}"]


def month(kind: str, day: date) -> str:
    """Word of a month: ``received-2026-03``, ``replied-2026-03``, ``closed-2026-03``."""
    return f"{kind}-{day:%Y-%m}"


def kept(clock: str) -> str:
    """Word of matters that met a clock in time."""
    return f"{clock.lower()}-kept"


def missed(clock: str) -> str:
    """Word of matters that met a clock late or are late now."""
    return f"{clock.lower()}-missed"


def words(entry: Entry, due: Due | None, departments: Iterable[str]) -> str:
    """Give all words of a matter, parted by spaces.

    Args:
        entry: The matter.
        due: Its earliest pending deadline.
        departments: Words of the departments that handle it.
    """
    return " ".join([SEALED] if entry.sealed else dict.fromkeys(_words(entry, due, departments)))


def _words(entry: Entry, due: Due | None, departments: Iterable[str]) -> Iterator[str]:
    yield "open" if entry.is_open else "closed"
    yield from departments
    yield category(entry.category)
    yield channel(entry.channel)
    yield _WORDS[f"Purpose.{entry.purpose}"]
    yield _WORDS[f"Urgency.{entry.urgency}"]
    yield month("received", entry.registered)
    if entry.replied:
        yield month("replied", entry.replied)
    if entry.closed:
        yield month("closed", entry.closed)
        yield _CLOSINGS[entry.closing]
    yield from map(outcome, entry.outcomes)
    if due:
        yield due.when
        if due.deadline.provisional:
            yield "provisional"
    if entry.open_promises:
        yield "promised"
    if entry.earlier:
        yield "repeat"
    yield from filter(None, map(_standing, entry.deadlines))


def _standing(deadline: Deadline) -> str:
    if deadline.state in _KEPT:
        return kept(deadline.clock.id)
    return missed(deadline.clock.id) if deadline.state in _MISSED else ""
