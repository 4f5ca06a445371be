"""Long ledgers: WeasyPrint sets the sheets and the letters, this sets the rows into them.

Setting three thousand rows as a table of HTML takes WeasyPrint most of a minute, nearly all of
it for making boxes around short lines. Here it prints only a first and a following sheet with
an empty row, a specimen of every letter, and the last sheet with the statistics; see
:mod:`xinfang.exports.specimen`. A row then is some lines with known widths, and costs next to
nothing. What comes out is what WeasyPrint would have made of the same rows, which a test
compares; the sheets are shared, so that the file stays small.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import accumulate, chain, zip_longest
from typing import Any, Final

from pikepdf import Array, Page, Pdf

from xinfang.exports.specimen import Point, SpecimenError, Style, anchors, styles
from xinfang.tables import PRINTED

#: A cell is some lines, each of a kind of text, and a row some cells.
Cell = Sequence[tuple[str, str]]
Row = Sequence[Cell]

#: The kind of text of page numbers, and how they read (table.css says the same).
FOLIO: Final = "folio"
_NUMBERED: Final = "第 {} 页　共 {} 页"
_POINTS: Final = 72 / 25.4
#: Lines within the table, around it, and from it to the page number: as the form's page.css
#: and the layout's table.css have them.
_THIN: Final = 0.2 * _POINTS
_THICK: Final = 0.4 * _POINTS
_FOLIO_GAP: Final = 3.5 * _POINTS
#: Kinds of text in the middle of their column.
_CENTRED: Final = frozenset({"ordinal"})
_OPENING: Final = r"(\[{（〔【《〈「『“‘"
_CLOSING: Final = r")\]}）〕】》〉」』”’、，。；：！？…,.;:!?"
#: What is never torn apart: a number of a paper, Latin letters and digits, and no line begins
#: or ends with the wrong side of a bracket (UAX 14).
_PIECE: Final = re.compile(
    rf"(?:〔\d+〕\d+号|[{_OPENING}]*(?:[^\W\u2e80-\uffff][!-~]*|.))[{_CLOSING}]*", re.DOTALL
)
#: Letters that look the same whatever stands beside them: no joined scripts, no combining
#: marks, no emoji, no controls.
_PLAIN: Final = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u200a\u2010-\u2027"
    r"\u2030-\u205e\u2070-\u20cf\u2100-\u3029\u3030-\u3098\u309b-\ua48c\uac00-\ud7a3"
    r"\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uffee\U00020000-\U0003ffff]*"
)
#: Height of the empty rows that only serve to measure.
_SAMPLE_ROOM: Final = 10.0


@dataclass(frozen=True, slots=True)
class Room:
    """An empty row of a sheet.

    Attributes:
        height: Height of its cells' content in points.
        next_sheet: Whether it begins a sheet.
    """

    height: float
    next_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the form prints instead of rows.

    Attributes:
        rooms: Its empty rows.
        head: Whether it is the beginning of the ledger, with title and specimen, or its end,
            with the statistics.
        specimen: Kind of text → its letters.
    """

    rooms: Sequence[Room]
    head: bool = False
    specimen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The geometry of the sheets.

    Attributes:
        lefts: Left edge of each column's text, and ``widths`` its width.
        edges: Left edge of the table, then the right edge of each column.
        tops: Upper edge of the first row on the first sheet, and on all others.
        foot: Lower edge of a sheet.
        padding: Space above the text of a row.
        extra: What a row is higher than its text.
        middle: Middle of the page.
    """

    lefts: Sequence[float]
    widths: Sequence[float]
    edges: Sequence[float]
    tops: tuple[float, float]
    foot: float
    padding: float
    extra: float
    middle: float

    @classmethod
    def of(cls, places: Mapping[str, Point], page_width: float) -> _Grid:
        """Measure a frame with three rows: two on its first sheet, one on its second."""
        columns = range(len(PRINTED))
        edge, top = places["room-1"]
        lefts = [places[f"left-{at}"][0] for at in columns]
        return cls(
            lefts=lefts,
            widths=[places[f"right-{at}"][0] - lefts[at] for at in columns],
            edges=[
                edge + width * _POINTS
                for width in accumulate((stack.width for stack in PRINTED), initial=0)
            ],
            tops=(top, places["room-3"][1]),
            foot=places["foot"][1],
            padding=top - places["left-0"][1],
            extra=top - places["room-2"][1] - _SAMPLE_ROOM,
            middle=page_width / 2,
        )


@dataclass(frozen=True, slots=True)
class _Set:
    """A row with its lines broken.

    Attributes:
        cells: Its cells.
        height: Its height, lines and paddings and all.
    """

    cells: Sequence[Cell]
    height: float


def printed(
    rows: Sequence[Row], fill: Callable[[Frame], str], prints: Callable[[str], bytes]
) -> bytes:
    """Print a ledger of more than one sheet.

    Args:
        rows: Its rows.
        fill: Fills the form with a frame.
        prints: Makes a PDF.

    Raises:
        SpecimenError: The rows cannot be set here: they have letters that are more than a
            letter, one is higher than a sheet, or the form is one that knows no frames.
    """
    letters = _letters(rows)
    rooms = (Room(_SAMPLE_ROOM), Room(_SAMPLE_ROOM), Room(_SAMPLE_ROOM, next_sheet=True))
    with _opened(prints(fill(Frame(rooms, head=True, specimen=letters)))) as head:
        places = anchors(head)
        try:
            grid = _Grid.of(places, float(head.pages[0].mediabox[2]))
            kinds = styles(head.pages[-1], places, letters)
        except KeyError as error:
            raise SpecimenError from error
        setter = _Setter(kinds, grid.widths)
        sheets = list(_sheets([setter.row(row, grid.extra) for row in rows], grid))
        rest = sum(row.height for row in sheets[-1]) - grid.extra
        with _opened(prints(fill(Frame((Room(rest),))))) as tail:
            return _joined(head, tail, sheets, _Painter(grid, kinds))


def _opened(content: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(content))


def _letters(rows: Iterable[Row]) -> dict[str, str]:
    """Find the letters of each kind of text.

    Raises:
        SpecimenError: There are others than those that stand one after another.
    """
    found: dict[str, set[str]] = {FOLIO: set(_NUMBERED.format("0123456789", ""))}
    for kind, text in chain.from_iterable(chain.from_iterable(rows)):
        found.setdefault(kind, set()).update(text)
    specimen = {kind: "".join(sorted(letters)) for kind, letters in sorted(found.items())}
    for kind, letters in specimen.items():
        if not _PLAIN.fullmatch(letters):
            raise SpecimenError(kind)
    return specimen


class _Setter:
    """Breaks texts into lines, each text of a ledger only once."""

    def __init__(self, kinds: Mapping[str, Style], widths: Sequence[float]) -> None:
        self._kinds = kinds
        self._widths = widths
        self._known: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def row(self, row: Row, extra: float) -> _Set:
        """Break the lines of a row."""
        cells = [
            [line for text in cell for line in self._lines(text, width)]
            for cell, width in zip(row, self._widths, strict=True)
        ]
        heights = (sum(self._kinds[kind].height for kind, _ in cell) for cell in cells)
        return _Set(cells, max(heights) + extra)

    def _lines(self, text: tuple[str, str], width: float) -> list[tuple[str, str]]:
        lines = self._known.get(text)
        if lines is None:
            kind, words = text
            lines = self._known[text] = [
                (kind, line.rstrip()) for line in _broken(words, self._kinds[kind].width, width)
            ]
        return lines


def _broken(text: str, measure: Callable[[str], float], width: float) -> Iterator[str]:
    """Break a text into lines that fit a width."""
    line, used = "", 0.0
    for piece in _pieces(text, measure, width):
        wide = measure(piece)
        if line and used + measure(piece.rstrip()) > width:
            yield line
            line, used = "", 0.0
        line, used = line + piece, used + wide
    yield line


def _pieces(text: str, measure: Callable[[str], float], width: float) -> Iterator[str]:
    """Give what is to stay together, unless it is wider than a line."""
    if measure(text) <= width:
        yield text
        return
    for piece in _PIECE.findall(text):
        if measure(piece) <= width:
            yield piece
        else:
            yield from piece


def _sheets(rows: Iterable[_Set], grid: _Grid) -> Iterator[list[_Set]]:
    """Deal the rows out to sheets; a row stays whole.

    Raises:
        SpecimenError: A row is higher than a sheet.
    """
    sheet: list[_Set] = []
    room = grid.tops[0] - grid.foot
    for row in rows:
        if row.height > room and sheet:
            yield sheet
            sheet, room = [], grid.tops[1] - grid.foot
        if row.height > room:
            raise SpecimenError
        sheet.append(row)
        room -= row.height
    yield sheet


class _Painter:
    """Writes rows and page numbers as operations of PDF (ISO 32000-1, annex A)."""

    def __init__(self, grid: _Grid, kinds: Mapping[str, Style]) -> None:
        self._grid = grid
        self._kinds = kinds

    def page(self, rows: Sequence[_Set], number: int, count: int, *, last: bool) -> str:
        """Write what a page has on it besides its frame."""
        top = self._grid.tops[number > 1]
        tops = list(accumulate((-row.height for row in rows), initial=top))
        rules = self._rules(tops, last=last) if rows else ()
        texts = chain.from_iterable(map(self._row, rows, tops))
        return "\n".join(["Q 0 g", *rules, "BT", *texts, *self._folio(number, count), "ET"])

    def _folio(self, number: int, count: int) -> Iterator[str]:
        style, text = self._kinds[FOLIO], _NUMBERED.format(number, count)
        left = self._grid.middle - style.width(text) / 2
        return self._line(style, text, left, self._grid.foot - _FOLIO_GAP - style.baseline)

    def _row(self, row: _Set, top: float) -> Iterator[str]:
        for left, width, cell in zip(self._grid.lefts, self._grid.widths, row.cells, strict=True):
            upper = top - self._grid.padding
            for kind, text in cell:
                style = self._kinds[kind]
                indent = (width - style.width(text)) / 2 if kind in _CENTRED else 0
                yield from self._line(style, text, left + indent, upper - style.baseline)
                upper -= style.height

    def _line(self, style: Style, text: str, left: float, baseline: float) -> Iterator[str]:
        yield f"{style.colour} 1 0 0 1 {left:.2f} {baseline:.2f} Tm"
        font, codes = "", ""
        for glyph in map(style.glyphs.__getitem__, text):
            if glyph.font != font:
                if codes:
                    yield f"<{codes}> Tj"
                font, codes = glyph.font, ""
                yield f"{_own(font)} {style.size:.3f} Tf"
            codes += glyph.code
        yield f"<{codes}> Tj"

    def _rules(self, bottoms: Sequence[float], *, last: bool) -> Iterator[str]:
        """Write the lines below the rows and at both sides of the columns."""
        left, *rights = self._grid.edges
        top, *lower = bottoms
        for bottom in lower:
            yield f"{left:.2f} {bottom:.2f} {rights[-1] - left:.2f} {_THIN:.2f} re"
        foot = lower[-1]
        if last:
            foot -= _THICK - _THIN
            yield f"{left:.2f} {foot:.2f} {rights[-1] - left:.2f} {_THICK:.2f} re"
        yield f"{left:.2f} {foot:.2f} {_THICK:.2f} {top - foot:.2f} re"
        for right in rights:
            width = _THICK if right == rights[-1] else _THIN
            yield f"{right - width:.2f} {foot:.2f} {width:.2f} {top - foot:.2f} re"
        yield "f"


def _own(font: str) -> str:
    """Name a font of the specimen on a page that has fonts of its own."""
    return f"/R{font[1:]}"


def _joined(head: Pdf, tail: Pdf, sheets: Sequence[Sequence[_Set]], painter: _Painter) -> bytes:
    """Make one file of the shared sheets, each with its rows, and of the end."""
    fonts: Any = head.pages[0].resources.Font
    own = {_own(name): fonts[name] for name in list(fonts)}
    following = head.pages[1].obj
    del head.pages[1:]
    for _ in sheets[1:-1]:
        head.pages.append(Page(head.make_indirect(copy(following))))
    head.pages.extend(tail.pages)
    begin, count = head.make_stream(b"q"), len(head.pages)
    for number, (page, rows) in enumerate(zip_longest(head.pages, sheets), 1):
        for name, font in own.items():
            page.resources.Font[name] = font
        over = painter.page(rows or (), number, count, last=number == len(sheets))
        page.obj.Contents = Array([begin, page.obj.Contents, head.make_stream(over.encode())])
    del head.Root.Names.Dests
    content = io.BytesIO()
    head.save(content, deterministic_id=True)
    return content.getvalue()
