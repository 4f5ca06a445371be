"""Where a blank form has room to write, and what each room is called.

A room is a ruled line, an empty cell, a gap left in a printed line (``　　年　　月``) or a box to
tick. Its name is what a clerk would call it: the label at its left or above it, in running text
the words around it. The same form always gives the same names, so that a filled file can be read
back. Where somebody signs by hand there is no room.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from xinfang.fillable.grid import labels

#: Attribute that tells which room an element is.
ROOM: Final = "data-room"

#: Places signed by hand, and parts of a page where nobody writes.
_CLOSED: Final = frozenset({"sign", "hand", "signers", "origin", "watermark", "issuer"})
#: A part that only keeps the room for its like at the foot of the page.
_UNSEEN: Final = frozenset({"colophon", "room"})
_SIGNING: Final = re.compile("签名|签字|签章|盖章|印章|按印|指印")
#: A cell with such a line, or a table without labels, is signed as a whole, name and date.
_SIGNED: Final = re.compile(f"(?:{_SIGNING.pattern})[^，。；：]{{0,3}}：")
#: Parts of a page that the heading above them is no heading of.
_APART: Final = frozenset({"stubs", "stub", "colophon"})
#: Elements in whose text a gap only spreads the words.
_HEADINGS: Final = frozenset({"th", "h1", "h2", "h3"})
_SPREAD: Final = frozenset({"name", "title", "unit"})
_BLOCKS: Final = _HEADINGS | {"p", "div", "li", "table", "thead", "tbody", "tr", "td"}
#: A gap left in print, or a printed box.
_GAP: Final = re.compile("　{2,}|　(?=[人份件页](?:[，。；、）]|$))|□")
_BOX: Final = "□"
_CLAUSE: Final = re.compile("[，。；：、（）〔〕().—\\s]+")
_NUMBERING: Final = re.compile("^[一二三四五六七八九十]+、|^（[一二三四五六七八九十]+）")
_TIMES: Final = "年月日时分"
#: A line that nothing names: alone at the top of a letter, or in a cell without a label.
_ADDRESSEE: Final = "主送"
_NAMELESS: Final = "内容"
#: Of a paper; it stands below the name of the unit, which is no name for a date.
_DAY: Final = "成文日期"
#: Labels that mean the same wherever they stand: what is typed once appears in all places.
_SAME: Final = frozenset({"登记编号", "文号年份", "文号序号"})
#: Fewer characters say too little by themselves; more are no name.
_TELLING: Final = 3
_LONGEST: Final = 14


@dataclass(frozen=True, slots=True)
class Room:
    """A place to fill in.

    Attributes:
        name: Name, unique in its form except for what is the same in several places.
        word: What a box says when it is ticked; empty for room to write.
    """

    name: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text in a block, or a room or a block within it; a box has its word as text."""

    text: str = ""
    room: Element | None = None
    block: Element | None = None


def mark_rooms(page: Element) -> list[Room]:
    """Find the rooms of a blank form and mark each element with its number in :data:`ROOM`."""
    finder = _Finder(labels(page))
    for element in list(page.iter("body")):
        finder.visit(element)
    return finder.rooms


class _Finder:
    """Goes through a page once, in its order."""

    def __init__(self, cells: Mapping[Element, str]) -> None:
        self.rooms: list[Room] = []
        self._cells = cells
        self._seen: Counter[str] = Counter()
        self._heading = ""
        self._date = ""

    def visit(self, element: Element) -> None:
        """Take a block and all in it."""
        label = self._cells.get(element, "")
        if _is_closed(element, label):
            return
        if element.tag in {"h2", "h3"}:
            self._heading = _heading(element)
        elif _classes(element) & _APART:
            self._heading = ""
        if element.tag == "td" and not _plain(element) and not _several(element):
            self._add(element, label)
            return
        if element.tag not in _HEADINGS and not _classes(element) & _SPREAD:
            _part_gaps(element)
        pieces = list(_pieces(element))
        self._read(pieces, _DAY if "signed" in _classes(element) else label or self._heading)
        for piece in pieces:
            if piece.block is not None:
                self.visit(piece.block)

    def _read(self, pieces: list[_Piece], base: str) -> None:
        """Name the rooms of one block by the words before and behind them."""
        question = ""
        for number, piece in enumerate(pieces):
            if piece.room is None:
                continue
            before = pieces[number - 1].text if number else ""
            after = pieces[number + 1].text if number + 1 < len(pieces) else ""
            if _is_box(piece.room):
                question = question or _last(before)
                self._add_box(piece.room, base or question, piece.text or _first(after))
            elif not _SIGNING.search(_last(before)):
                self._add(piece.room, self._called(base, before, after))

    def _called(self, base: str, before: str, after: str) -> str:
        """Name a room in a line."""
        if before.endswith("〔"):
            return f"{base or '文号'}年份"
        if before == "〕":
            return f"{base or '文号'}序号"
        unit = after[:1] if after[:1] in _TIMES else ""
        if self._date and before and before[0] in _TIMES:
            before = before[1:]
            if unit and not before:
                return self._date + unit
        inline = "" if base == _DAY else _last(_NUMBERING.sub("", before))
        if len(inline) < _TELLING and not unit and not inline.isdigit():
            inline = "…".join(filter(None, (inline, _first(after))))
        name = inline if inline in _SAME else "：".join(filter(None, (base, inline)))
        self._date = (name or "日期") if unit else ""
        if unit:
            return self._date + unit
        return name or (_ADDRESSEE if after.startswith("：") else _NAMELESS)

    def _add_box(self, element: Element, question: str, word: str) -> None:
        self._mark(element, Room(self._unique("：".join(filter(None, (question, word)))), word))

    def _add(self, element: Element, name: str) -> None:
        self._mark(element, Room(self._unique(name or _NAMELESS)))

    def _mark(self, element: Element, room: Room) -> None:
        element.set(ROOM, str(len(self.rooms)))
        self.rooms.append(room)

    def _unique(self, name: str) -> str:
        # A full stop would part the name into levels (ISO 32000-1, 12.7.3.2).
        name = name.replace(".", "．")
        if name in _SAME:
            return name
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name}（{self._seen[name]}）"


def _pieces(block: Element) -> Iterator[_Piece]:
    """Give the text of a block and, between, its rooms and the blocks within it."""
    text = ""
    for found in _flat(block):
        if isinstance(found, str):
            text += found
            continue
        yield from (_Piece(_squeezed(text)), found)
        text = ""
    yield _Piece(_squeezed(text))


def _flat(element: Element) -> Iterator[str | _Piece]:
    yield element.text or ""
    for child in element:
        if _is_block(child, element):
            yield _Piece(block=child)
        elif "tick" in _classes(child):
            yield from (_Piece(_plain(child), box) for box in child.iter("i"))
        elif _is_room(child):
            yield _Piece(room=child)
        elif not _classes(child) & _CLOSED:
            yield from _flat(child)
        yield child.tail or ""


def _part_gaps(block: Element) -> None:
    """Make an element of each gap and each printed box in a block's own text."""
    for element in [block, *_inline(block)]:
        _part_text(element)
        for child in list(element):
            _part_tail(element, child)


def _inline(element: Element) -> Iterator[Element]:
    for child in list(element):
        if not _is_block(child, element) and not _classes(child) & _CLOSED:
            yield child
            yield from _inline(child)


def _part_text(element: Element) -> None:
    text, gaps = _parted(element.text)
    element.text = text
    for place, gap in enumerate(gaps):
        element.insert(place, gap)


def _part_tail(parent: Element, child: Element) -> None:
    text, gaps = _parted(child.tail)
    child.tail = text
    for gap in gaps:
        parent.insert(list(parent).index(child) + 1, gap)
        child = gap


def _parted(text: str | None) -> tuple[str, list[Element]]:
    """Part a text into what stands before the first gap, and the gaps with what follows each."""
    text, gaps = text or "", []
    found = list(_GAP.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=False):
        gap = Element("span", {"class": "gap"})
        gap.text = match[0]
        gap.tail = text[match.end() : end]
        gaps.append(gap)
    return (text[: found[0].start()] if found else text), gaps


def _is_closed(element: Element, label: str) -> bool:
    """Whether nothing is filled in there, or only by hand."""
    if _classes(element) & _CLOSED or _classes(element) >= _UNSEEN or _SIGNING.search(label):
        return True
    if element.tag == "table" and next(element.iter("th"), None) is not None:
        return False
    return element.tag in {"td", "table"} and _SIGNED.search(_plain(element)) is not None


def _heading(element: Element) -> str:
    """What a heading says, without its number where it says anything else."""
    words = _plain(element)
    return (_NUMBERING.sub("", words) or words).rstrip("：")


def _is_block(element: Element, parent: Element) -> bool:
    """Whether an element stands for itself: text does not run on from it into the next."""
    return element.tag in _BLOCKS or "above" in _classes(parent)


def _is_room(element: Element) -> bool:
    return bool(_classes(element) & {"ruled", "gap"})


def _is_box(element: Element) -> bool:
    return element.tag == "i" or element.text == _BOX


def _several(cell: Element) -> bool:
    """Whether a cell without a word holds more than one thing to fill in."""
    return sum(_is_room(element) or element.tag == "i" for element in cell.iter()) > 1


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def _plain(element: Element) -> str:
    return _squeezed("".join(element.itertext()))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _last(text: str) -> str:
    """The last clause of what stands before a room."""
    return next((part for part in reversed(_CLAUSE.split(text)) if part), "")[-_LONGEST:]


def _first(text: str) -> str:
    """The first clause of what stands behind a room."""
    return next((part for part in _CLAUSE.split(text) if part), "")[:_LONGEST]
