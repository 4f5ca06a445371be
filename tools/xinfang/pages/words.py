"""The words by which a matter is found through an address: ``ledger.html#f-open,d02``.

Every list carries these words on its rows, and every number on the site that stands for
matters links to the words that those matters share. Words are short, ASCII and never change
with the texts they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from xinfang.clocks import Clock, Deadline, State
from xinfang.ledger import Entry
from xinfang.model.words import Category, Channel, Closing, Outcome, Purpose, Urgency
from xinfang.pages import counted
from xinfang.pages.agenda import Due, Promise, When

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
#: A matter that was open when this month began.
CARRIED: Final = "carried"
#: What the office did about a promise, and whether the same matter came up again.
URGED, NOT_URGED, AGAIN = "urged", "not-urged", "again"
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


# Deadlines


def due_words(due: Due, department: str) -> str:
    """Give all words of a deadline, parted by spaces.

    Args:
        due: The deadline.
        department: Word of the department that has to act.
    """
    found = [due.when, department, due.deadline.clock.id, day(due.deadline.due)]
    if due.deadline.provisional:
        found.append("provisional")
    return " ".join(found)


def promise_words(promise: Promise, department: str, again: Iterable[str]) -> str:
    """Give all words of a promise, parted by spaces.

    Args:
        promise: The promise.
        department: Word of the department that has to carry it out.
        again: Numbers of the matters that came of it later.
    """
    found = [promise.when, department, URGED if promise.owed.urged else NOT_URGED]
    if any(again):
        found.append(AGAIN)
    return " ".join(found)


def day(due: date) -> str:
    """Word of what is due on a day: ``day-2026-09-18``."""
    return f"day-{due}"


# What words say

_SAID: Final[Mapping[str, str]] = {
    "open": "在办",
    "closed": "已办结",
    SEALED: "检举控告",
    CARRIED: "本月初在办",
    "promised": "承诺待兑现",
    "provisional": "期限暂定",
    "repeat": "关联前件",
    URGED: "已催办或督办",
    NOT_URGED: "还没有催办",
    AGAIN: "此后再次反映",
    **{when.value: when.label for when in When},
}
_TITLES: Final = {
    Category: "类别",
    Channel: "形式",
    Outcome: "结论",
    Purpose: "目的",
    Urgency: "紧急程度",
}
_CHOSEN: Final[Mapping[str, str]] = {
    **{
        _WORDS[f"{vocabulary.__name__}.{word.value}"]: f"{title}：{word.value}"
        for vocabulary, title in _TITLES.items()
        for word in vocabulary
    },
    **{word: f"办结方式：{name}" for name, word in _CLOSINGS.items()},
}
_MONTHS: Final = {"received": "新收", "replied": "答复", "closed": "办结"}
_STANDINGS: Final = {"kept": "按期", "missed": "超期"}


def labels(
    lists: Iterable[str], departments: Mapping[str, str], clocks: Iterable[Clock]
) -> dict[str, str]:
    """Say in Chinese what words mean that rows carry.

    Args:
        lists: The words of each row, parted by spaces.
        departments: Department → its word.
        clocks: The clocks in force.
    """
    names = {word: name for name, word in departments.items()}
    for clock in clocks:
        names |= {clock.id: f"{clock.name}（{clock.id}）"}
        names |= {
            f"{clock.id.lower()}-{standing}": f"{clock.name}（{clock.id}）{said}"
            for standing, said in _STANDINGS.items()
        }
    found = sorted({word for words in set(lists) for word in words.split()})
    return {
        word: _SAID.get(word)
        or _CHOSEN.get(word)
        or names.get(word)
        or counted.said(word, names)
        or _dated(word)
        for word in found
    }


def _dated(word: str) -> str:
    """Say what a word with a month or a day means."""
    kind, _, when = word.partition("-")
    parts = [str(int(part)) for part in when.split("-") if part.isdigit()]
    written = "".join(map("".join, zip(parts, "年月日", strict=False)))
    if kind == "day":
        return f"{written}到期"
    return f"{written}{_MONTHS[kind]}" if kind in _MONTHS and written else word
