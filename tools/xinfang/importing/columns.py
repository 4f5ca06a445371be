"""Which column of an old ledger is which item: by its name, with synonyms as data."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from xinfang.errors import XinfangError

_DATA: Final = Path(__file__).with_name("columns.yaml")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")


class UnknownItemError(XinfangError):
    """``--map`` or ``--set`` names an item that there is not."""

    def __init__(self, name: str) -> None:
        items = " ".join(vocabulary().headings)
        super().__init__(f"没有“{name}”这个项目;可用: {items} 不用 其余")


class UnknownColumnError(XinfangError):
    """``--map`` names a column that the table has not."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"表中没有“{name}”这一列;有: {'、'.join(filter(None, known))}")


@dataclass(frozen=True)
class Vocabulary:
    """The words of old ledgers, from ``columns.yaml``.

    Attributes:
        headings: Item → headings, the best first, in normal form.
        kinds: Item → what its cells hold.
        units: Unit → what an amount in it is multiplied by.
        words: Item → way of writing → word of the register.
        empty: What people write where there is nothing to write.
        bodies: Parts of the names of units.
        totals: How rows of totals begin.
        notes: How remarks below a table begin.
    """

    headings: Mapping[str, Sequence[str]]
    kinds: Mapping[str, str]
    units: Mapping[str, int]
    words: Mapping[str, Mapping[str, str]]
    empty: frozenset[str]
    bodies: tuple[str, ...]
    totals: tuple[str, ...]
    notes: tuple[str, ...]
    by_heading: Mapping[str, tuple[str, int]] = field(repr=False)


@cache
def vocabulary() -> Vocabulary:
    """Read the words once."""
    with _DATA.open("rb") as stream:
        data: dict[str, Any] = yaml.load(stream, yaml.CSafeLoader)
    items = data["项目"]
    headings = {item: [plain(name) for name in facts["列名"]] for item, facts in items.items()}
    words = {
        item: {plain(way): word for word, ways in table.items() for way in (word, *ways)}
        for item, table in data["用词"].items()
    }
    return Vocabulary(
        headings=headings,
        kinds={item: facts["值"] for item, facts in items.items()},
        units=data["单位"],
        words=words,
        empty=frozenset(plain(word) for word in data["空话"]) | {""},
        bodies=tuple(data["单位字样"]),
        totals=tuple(data["合计"]),
        notes=tuple(data["说明"]),
        by_heading={
            name: (item, place)
            for item, names in headings.items()
            for place, name in enumerate(names)
        },
    )


def letters(column: int) -> str:
    """Name a column (from 0) as Excel does."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def plain(text: str) -> str:
    """Fold a heading or a word: one width, no spaces, no punctuation, small letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum() or char in "√✓×/-—")


def heading_of(text: str) -> tuple[str, int] | None:
    """Find the item of a heading, and how far down its list it stands; None for an unknown one."""
    known = vocabulary().by_heading
    folded = unicodedata.normalize("NFKC", text)
    bare = _BRACKETS.sub("", folded)
    for way in (folded, bare):
        name = plain(way).replace("/", "").replace("-", "")
        if name in known:
            return known[name]
    return None


def factor_of(text: str) -> int:
    """Say what an amount below a heading is multiplied by: 涉及金额(万元) counts ten thousands."""
    folded = unicodedata.normalize("NFKC", text)
    for inner in _BRACKETS.findall(folded):
        unit = inner.removeprefix("单位:").strip()
        if unit in vocabulary().units:
            return vocabulary().units[unit]
    return 1


@dataclass(frozen=True, slots=True)
class Mapped:
    """How the columns of a table are understood.

    Attributes:
        columns: Item → index of its column.
        factors: Item → what its amounts are multiplied by.
        rest: Columns that are no item; their content is kept sealed.
        unused: Columns that are left out on purpose.
        ambiguous: Items that several columns could be, none of which was taken.
    """

    columns: Mapping[str, int]
    factors: Mapping[str, int]
    rest: Sequence[int]
    unused: Sequence[int]
    ambiguous: Mapping[str, Sequence[int]]

    def item_at(self, column: int) -> str:
        """Name the item of a column; empty where it is none."""
        return next((item for item, index in self.columns.items() if index == column), "")


#: What ``--map`` may also say of a column.
UNUSED: Final = "不用"
REST: Final = "其余"


def match(headings: Sequence[str], given: Mapping[str, str]) -> Mapped:
    """Understand the headings of a table.

    Args:
        headings: They, as written.
        given: Heading, or letter of a column, → item, as the clerk said; it comes before
            everything else.

    Raises:
        UnknownItemError: The clerk named an item that there is not.
        UnknownColumnError: The clerk named a column that there is not.
    """
    said = _said(headings, given)
    candidates: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, heading in enumerate(headings):
        found = heading_of(heading)
        if index not in said and found is not None and found[0] not in said.values():
            candidates[found[0]].append((found[1], index))
    columns = {item: index for index, item in said.items() if item not in {UNUSED, REST}}
    ambiguous: dict[str, Sequence[int]] = {}
    for item, places in candidates.items():
        best = min(places)
        if sum(place == best[0] for place, _ in places) > 1:
            ambiguous[item] = [index for _, index in places]
        else:
            columns[item] = best[1]
    return _sorted_out(headings, columns, said, ambiguous)


def _sorted_out(
    headings: Sequence[str],
    columns: Mapping[str, int],
    said: Mapping[int, str],
    ambiguous: Mapping[str, Sequence[int]],
) -> Mapped:
    kinds = vocabulary().kinds
    left_out = {index for index, item in said.items() if item == UNUSED}
    left_out |= {index for item, index in columns.items() if kinds[item] == UNUSED}
    used = {item: index for item, index in columns.items() if kinds[item] not in {UNUSED, REST}}
    taken = {*used.values(), *left_out}
    return Mapped(
        columns=used,
        factors={item: factor_of(headings[index]) for item, index in used.items()},
        rest=[i for i, name in enumerate(headings) if i not in taken and name],
        unused=sorted(left_out),
        ambiguous=ambiguous,
    )


def item_named(name: str) -> str:
    """Find an item by its own name, or by that of a column which it often has.

    Raises:
        UnknownItemError: There is none.
    """
    if name in vocabulary().headings:
        return name
    found = heading_of(name)
    if found is None:
        raise UnknownItemError(name)
    return found[0]


def _said(headings: Sequence[str], given: Mapping[str, str]) -> dict[int, str]:
    by_name = {letters(index): index for index in range(len(headings))}
    by_name |= {plain(heading): index for index, heading in enumerate(headings) if heading}
    said: dict[int, str] = {}
    for name, wanted in given.items():
        item = wanted if wanted in {UNUSED, REST} else item_named(wanted)
        index = by_name.get(plain(name), by_name.get(name.upper()))
        if index is None:
            raise UnknownColumnError(name, headings)
        said[index] = item
    return said
