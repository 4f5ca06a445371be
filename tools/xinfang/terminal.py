"""Text for a terminal, where a Chinese character is as wide as two Latin ones."""

from __future__ import annotations

import unicodedata
from typing import Final

_WIDE: Final = frozenset("WF")
_NO_WIDTH: Final = frozenset({"Mn", "Me", "Cf", "Cc"})
_CUT: Final = "…"


def width(text: str) -> int:
    """Count the columns that a text takes."""
    return sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def pad(text: str, columns: int) -> str:
    """Fill a text up with blanks to so many columns; a wider one stays as it is."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """Cut a text to at most so many columns, marking the cut."""
    if width(text) <= columns:
        return text
    room = columns - width(_CUT)
    kept = ""
    for char in text:
        room -= _width(char)
        if room < 0:
            break
        kept += char
    return kept + _CUT if columns >= width(_CUT) else ""
