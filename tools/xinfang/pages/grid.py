"""The data of an interactive list (``assets/grid.js``) as a classic script, and compact.

A page opened from a folder may load scripts but fetch nothing, so that the rows come as a
script. They stand column by column: each value once, and for each row the place of its value,
which keeps 10,000 matters with all their columns at 3 MB and lets a browser sort by number.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from xinfang.model.words import Attitude, Category, Channel, Closing, Outcome, Route, Urgency
from xinfang.tables import Kind, Value, text

#: Vocabularies whose order a list of choices keeps.
_ORDER: Final[Mapping[str, int]] = {
    str(word): place
    for place, word in enumerate(
        word
        for words in (Channel, Category, Urgency, Route, Outcome, Attitude, Closing)
        for word in words
    )
}
#: What would end a script or a line in it; JSON reads all of them back.
_ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column of a grid.

    Attributes:
        key: Its name in addresses.
        heading: Its name for people.
        kind: What its cells hold.
        width: Its width in pixels; 0 for what the other columns leave.
        note: What it means.
        shown: Whether it is seen until a reader chooses.
        choice: Whether it is filtered by choosing from its values.
        sorts_as: Key of the column by whose values it is sorted.
    """

    key: str
    heading: str
    kind: Kind
    width: int
    note: str = ""
    shown: bool = False
    choice: bool = False
    sorts_as: str = ""


def script(
    columns: Sequence[GridColumn],
    rows: Sequence[Mapping[str, Value]],
    words: Sequence[str],
    labels: Mapping[str, str],
) -> str:
    """Write the data of a grid.

    Args:
        columns: Its columns; ``number`` links to the page of the matter.
        rows: Values by key of the column.
        words: The words of each row, parted by spaces.
        labels: What a word says to a reader.
    """
    return _assigned(
        {
            "labels": labels,
            "words": _packed([entry.split(" ") for entry in words]),
            "columns": [_column(column, [row[column.key] for row in rows]) for column in columns],
        }
    )


def labels_only(labels: Mapping[str, str]) -> str:
    """Write what words say, for a list whose rows all stand on its page."""
    return _assigned({"labels": labels})


def _assigned(content: Mapping[str, Any]) -> str:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"var xfGrid = {written.translate(_ESCAPES)}\n"


def _packed(lists: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Write lists of words as lists of places, equal lists once."""
    known = {word: place for place, word in enumerate(sorted({w for one in lists for w in one}))}
    sets = {one: place for place, one in enumerate(dict.fromkeys(map(tuple, lists)))}
    return {
        "names": list(known),
        "sets": [[known[word] for word in one] for one in sets],
        "rows": [sets[tuple(one)] for one in lists],
    }


def _column(column: GridColumn, values: Sequence[Value]) -> dict[str, Any]:
    """Write a column: its values sorted, and for each row the place of its own, 0 for none."""
    cells = [None if value is None else _plain(value) for value in values]
    known = sorted({cell for cell in cells if cell is not None}, key=_place)
    places: dict[str | float | None, int] = {cell: place for place, cell in enumerate(known, 1)}
    places[None] = 0
    return {
        "key": column.key,
        "heading": column.heading,
        "kind": column.kind.name.lower(),
        "width": column.width,
        "note": column.note,
        "shown": column.shown,
        "choice": column.choice,
        "sortsAs": column.sorts_as or column.key,
        "values": known,
        "cells": [places[cell] for cell in cells],
    }


def _plain(value: Value) -> str | float:
    """Write a value as JSON knows it."""
    if isinstance(value, Decimal):
        return float(value)  # to look at and to sum up; what is paid stands in the case
    return value if isinstance(value, int) else text(value)


def _place(cell: str | float) -> tuple[int, float, str]:
    if isinstance(cell, str):
        return _ORDER.get(cell, len(_ORDER)), 0, cell
    return 0, cell, ""
