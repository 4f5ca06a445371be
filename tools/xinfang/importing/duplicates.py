"""Rows that are already there: in the file itself, imported before, or the same matter.

Only matters are compared, with the measure of :mod:`xinfang.similar`; never who brought them. A
later petition about the same is a matter of its own and is registered; two entries of one day are
doubled. The matters of the register are indexed once, so that thousands of rows cost no more than
a look each.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from xinfang.model import Case
from xinfang.model.words import Purpose
from xinfang.similar import SAME_CATEGORY, Traits, rated

#: So alike is taken for the same matter: far more than what ``new`` only shows.
SAME: Final = 0.8
_WORDS: Final = SAME - SAME_CATEGORY
#: Two entries of one matter were received on days no further apart.
_DAYS: Final = 3


class Known:
    """The matters of a register, ready to be asked for the same one.

    Two texts as alike as :data:`SAME` share one of the rarest pairs of each; only these are
    indexed (prefix filtering, as in Chaudhuri et al. 2006).
    """

    def __init__(self, cases: Iterable[Case]) -> None:
        self._former: dict[str, str] = {}
        self._cases: list[Case] = []
        self._traits: list[Traits] = []
        for case in cases:
            self._former |= dict.fromkeys(case.former, case.number)
            if case.purpose is not Purpose.ACCUSATION:
                self._cases.append(case)
                self._traits.append(Traits.of(case))
        self._often = Counter(
            pair for traits in self._traits for text in _texts(traits) for pair in text
        )
        self._index: dict[tuple[int, str], list[int]] = defaultdict(list)
        for place, traits in enumerate(self._traits):
            for kind, text in enumerate(_texts(traits)):
                for pair in self._rarest(text):
                    self._index[kind, pair].append(place)

    def imported_as(self, old: str) -> str:
        """Give the case that once had this number; empty where none had."""
        return self._former.get(old, "")

    def same_as(self, case: Case) -> str:
        """Give the case that is most likely the same matter; empty where none is that alike."""
        if case.purpose is Purpose.ACCUSATION:
            return ""
        traits = Traits.of(case)
        places = {
            place
            for kind, text in enumerate(_texts(traits))
            for pair in self._rarest(text)
            for place in self._index.get((kind, pair), ())
        }
        near = (place for place in places if _may_be(case, self._cases[place]))
        best = max(((rated(traits, self._traits[p]), -p) for p in near), default=(0.0, 0))
        return self._cases[-best[1]].number if best[0] >= SAME else ""

    def _rarest(self, text: frozenset[str]) -> list[str]:
        if not text:
            return []
        shared = math.ceil(len(text) * _WORDS / (2 - _WORDS))
        ordered = sorted(text, key=lambda pair: (self._often[pair], pair))
        return ordered[: len(text) - shared + 1]


def near(received: str) -> set[str]:
    """Give the days on which another entry of a matter can have been received."""
    day = date.fromisoformat(received)
    return {str(day + timedelta(away)) for away in range(-_DAYS, _DAYS + 1)}


def _may_be(case: Case, other: Case) -> bool:
    """Whether two cases can be one: two numbers of the old ledger are two matters."""
    apart = abs((case.received.day - other.received.day).days)
    return apart <= _DAYS and not (case.former and other.former)


def _texts(traits: Traits) -> tuple[frozenset[str], frozenset[str]]:
    return traits.title, traits.claims
