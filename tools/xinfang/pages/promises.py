"""What was promised in answers and is not kept yet (承诺兑现): what repeats are linked for.

A row is a promise of the office, with the department that has to keep it and the matters that
came because it was not kept. Nobody who petitions is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from xinfang.pages import agenda as desk
from xinfang.pages.chips import Chip, Group
from xinfang.pages.frame import Frame
from xinfang.pages.grid import labels_only
from xinfang.pages.words import AGAIN, NOT_URGED, URGED, labels, promise_words


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page and what its words say."""
    again = _again(frame)
    said = [_words(frame, promise, again) for promise in frame.promises]
    groups = _groups(frame, said)
    yield "promises.md", frame.page("promises.md", rows=said, again=again, groups=groups)
    yield "data/promises.js", labels_only(labels(said, frame.keys, ()))


def _again(frame: Frame) -> Mapping[str, Sequence[str]]:
    """Give the later matters of each matter that still owes something; accusations never."""
    return {
        promise.entry.number: [
            number
            for number in frame.later.get(promise.entry.number, ())
            if not frame.entries[number].sealed
        ]
        for promise in frame.promises
    }


def _words(frame: Frame, promise: desk.Promise, again: Mapping[str, Sequence[str]]) -> str:
    department = frame.keys[promise.owed.department]
    return promise_words(promise, department, again[promise.entry.number])


def _groups(frame: Frame, said: Sequence[str]) -> list[Group]:
    """By what promises can be filtered, with the number of rows each leaves."""
    counts = Counter(word for words in said for word in words.split())
    keys = {share.key: share.name for share in frame.shares}
    ways = {URGED: "已催办或督办", NOT_URGED: "还没有催办", AGAIN: "此后再次反映"}
    return [
        Group("缓急", tuple(Chip(w.value, w.label, counts[w.value]) for w in desk.When)),
        Group("谁来办", tuple(Chip(k, n, counts[k]) for k, n in keys.items() if counts[k])),
        Group("核对", tuple(Chip(word, name, counts[word]) for word, name in ways.items())),
    ]
