"""What a text can be found by: its characters, pairs of characters, and a few longer runs.

Pairs need no dictionary: every run of two characters is found, in any script. Digits and Latin
letters repeat so much (each page is full of dates) that runs of three are kept of them too, and
numbers of papers as a whole. ``search.js`` does the same to what a reader types; the tests hold
the two together.
"""

from __future__ import annotations

import re
from operator import add
from typing import Final

#: Wide and narrow letters are the same, and so are all brackets in which a year is written. Nothing
#: here changes the length of a text: İ is the only letter that would, in lower case.
_NARROW: Final = str.maketrans("([（［【)]）］】İ", "〔〔〔〔〔〕〕〕〕〕i") | {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()
}
_ODD: Final = re.compile(f"[{re.escape(''.join(map(chr, _NARROW)))}]")
_BREAK: Final = re.compile(r"[\W_]+")
_TRIPLE: Final = re.compile(r"(?=([0-9a-z]{3}))")
#: The year and number of a paper, with the last character of its series.
_PAPER: Final = re.compile(r"([^\W_]?)(〔[0-9]{4}〕[0-9]+)")


def fold(text: str) -> str:
    """Write a text as its grams are taken from it."""
    return _ODD.sub(_narrow, text).lower()


def _narrow(match: re.Match[str]) -> str:
    return chr(_NARROW[ord(match[0])])


def grams(text: str) -> set[str]:
    """Everything that a text can be found by."""
    folded = fold(text)
    plain = _BREAK.sub(" ", folded)
    found = set(plain)
    found.update(map(add, plain, plain[1:]))
    found = {gram for gram in found if " " not in gram}
    found.update(_TRIPLE.findall(plain))
    for series, number in _PAPER.findall(folded):
        found |= {number, series + number}
    return found


def shard(gram: str, shards: int) -> int:
    """Which of the pieces of the index holds a gram."""
    value = 0
    for character in gram:
        value = (value * 31 + ord(character)) % 1_000_003
    return value % shards
