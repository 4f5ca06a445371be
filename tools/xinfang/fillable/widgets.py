"""The fields of a PDF: where each room stands, and what readers need to fill it (12.7).

Section numbers are those of ISO 32000-1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from xinfang.fillable.rooms import ROOM, Room

if TYPE_CHECKING:
    from weasyprint import Document

#: Resource name of the font. pdfium (Chrome, Edge, Foxit's kin) draws a Chinese character with
#: the field's own font only where that bears a name of a symbol font, of which it expects any
#: character (CPDF_BAFontMap); otherwise it takes what the machine has, and prints nothing where
#: it has nothing. For all other readers the name is a name.
FONT: Final = "Webdings"
#: What readers draw the tick with when they draw it anew (12.5.6.19).
_TICK_FONT: Final = "ZaDb"
_TICK: Final = "4"

_POINTS: Final = 72 / 96
#: Print (12.5.3); several lines; no more than the room holds (table 228).
_PRINT: Final = 4
_HIDDEN: Final = 2
_READ_ONLY: Final = 1
_MULTILINE: Final = 1 << 12
_NO_SCROLL: Final = 1 << 23
_CENTRED: Final = 1
#: Size of text in a room of several lines; elsewhere readers choose what fits.
_SIZE: Final = 10.5
#: Height of a room that takes two lines and more.
_TWO_LINES: Final = 40.0
#: Height of a line of typed text; width of a room for a number of two to four digits.
_LINE: Final = 17.0
_NUMBER: Final = 48.0
#: What is left free between a cell's lines and its field.
_INSET: Final = 2.0
#: A field in a line of print, in sizes of its type: how high it is, and how high its middle is
#: above the rule, or above the foot of the print where there is none. Readers set text as large
#: as the height takes, 1.45 times the size a line.
_HIGH: Final = 1.6
_ABOVE_RULE: Final = 0.5
_ABOVE_FOOT: Final = 0.42


@dataclass(frozen=True, slots=True)
class Place:
    """Where a room stands.

    Attributes:
        room: The room.
        page: Page, from 0.
        box: Left, lower, right, upper edge in points.
        size: Size of the type around it in points.
        is_ruled: Whether a line is drawn below it.
        is_cell: Whether it is a cell of a table, otherwise a place in a line.
        centred: Whether what is written there stands in the middle.
    """

    room: Room
    page: int
    box: tuple[float, float, float, float]
    size: float
    is_ruled: bool
    is_cell: bool
    centred: bool

    @property
    def width(self) -> float:
        """Width in points."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Height in points."""
        return self.box[3] - self.box[1]


def places(document: Document, rooms: Sequence[Room]) -> Iterator[Place]:
    """Find where the rooms came to stand; one on several pages has several places."""
    for number, page in enumerate(document.pages):
        # WeasyPrint tells where a link stands, but not where a cell does; so look at its boxes.
        for box in _marked(page._page_box):  # noqa: SLF001
            left, top = box.border_box_x(), page.height - box.border_box_y()
            right, lower = left + box.border_width(), top - box.border_height()
            yield Place(
                rooms[int(box.element.get(ROOM))],
                number,
                (left * _POINTS, lower * _POINTS, right * _POINTS, top * _POINTS),
                size=box.style["font_size"] * _POINTS,
                is_ruled=box.border_bottom_width > 0,
                is_cell=box.element.tag == "td",
                centred=box.style["text_align_all"] == "center",
            )


def _marked(box: Any, within: Any = None) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint is untyped
    """Give the outermost box of each element that is a room."""
    element = getattr(box, "element", None)
    if element is not None and element is not within and element.get(ROOM):
        yield box
        within = element
    for child in box.all_children():
        yield from _marked(child, within)


def add_fields(pdf: pikepdf.Pdf, found: Sequence[Place], font: pikepdf.Object) -> None:
    """Give a PDF a field for each name, with a widget in each of its places."""
    fonts = Dictionary({f"/{FONT}": pdf.copy_foreign(font), f"/{_TICK_FONT}": _dingbats(pdf)})
    maker = _Maker(pdf, Dictionary(Font=pdf.make_indirect(fonts)))
    by_name: defaultdict[str, list[Place]] = defaultdict(list)
    for place in found:
        by_name[place.room.name].append(place)
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(
            Fields=Array([maker.field(spots) for spots in by_name.values()]),
            DR=maker.resources,
            DA=String(f"/{FONT} 0 Tf 0 g"),
        )
    )
    for page in pdf.pages:
        if Name.Annots in page:
            page.Tabs = Name.R


def add_hidden(pdf: pikepdf.Pdf, known: Mapping[str, str]) -> None:
    """Add fields that are neither seen nor changed (table 165, 221) and keep a value."""
    page = pdf.pages[0]
    for name, value in known.items():
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String(name),
                TU=String(name),
                V=String(value),
                DA=String(f"/{FONT} 0 Tf 0 g"),
                Ff=_READ_ONLY,
                F=_HIDDEN,
                P=page.obj,
                Rect=Array([0, 0, 0, 0]),
            )
        )
        page.Annots.append(field)
        pdf.Root.AcroForm.Fields.append(field)


def _dingbats(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
    )


class _Maker:
    """Makes the fields of one PDF."""

    def __init__(self, pdf: pikepdf.Pdf, resources: Dictionary) -> None:
        self._pdf = pdf
        self.resources = resources

    def field(self, spots: Sequence[Place]) -> pikepdf.Object:
        """Make a field and put its widgets on their pages."""
        first = spots[0]
        field = self._pdf.make_indirect(
            Dictionary(T=String(first.room.name), TU=String(first.room.name))
        )
        field.update(self._box(first) if first.room.word else _line(first))
        if len(spots) == 1:
            self._put(field, first)
            return field
        field.Kids = Array()
        for spot in spots:
            widget = self._pdf.make_indirect(Dictionary(Parent=field))
            self._put(widget, spot)
            field.Kids.append(widget)
        return field

    def _put(self, widget: pikepdf.Object, spot: Place) -> None:
        """Make a dictionary the widget of a place."""
        page = self._pdf.pages[spot.page]
        edges = spot.box if spot.room.word else _edges(spot)
        widget.Type, widget.Subtype, widget.F, widget.P = Name.Annot, Name.Widget, _PRINT, page.obj
        widget.Rect = Array([round(edge, 2) for edge in edges])
        size = edges[2] - edges[0], edges[3] - edges[1]
        if spot.room.word:
            widget.AS = Name.Off
            states = {"/0": self._drawn(_tick(*size), *size), "/Off": self._drawn("", *size)}
            widget.AP = Dictionary(N=Dictionary(states))
        else:
            if spot.centred or spot.width < _NUMBER:
                widget.Q = _CENTRED
            widget.AP = Dictionary(N=self._drawn("/Tx BMC EMC", *size))
        if Name.Annots not in page:
            page.Annots = Array()
        page.Annots.append(widget)

    def _box(self, place: Place) -> dict[str, Any]:
        """A box: ticked, its value is its word. Words are no names, hence the list (12.7.4.2.3)."""
        return {
            "/FT": Name.Btn,
            "/V": Name.Off,
            "/Opt": Array([String(place.room.word)]),
            "/DA": String(f"/{_TICK_FONT} 0 Tf 0 g"),
            "/MK": Dictionary(CA=String(_TICK)),
        }

    def _drawn(self, content: str, width: float, height: float) -> pikepdf.Object:
        """Make an appearance (12.5.5)."""
        return self._pdf.make_stream(
            content.encode("ascii"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=self.resources,
        )


def _line(place: Place) -> dict[str, Any]:
    """Room to write: several lines where it is high enough, otherwise one that shrinks."""
    several = _is_high(place)
    return {
        "/FT": Name.Tx,
        "/Ff": _MULTILINE | _NO_SCROLL if several else 0,
        "/DA": String(f"/{FONT} {_SIZE if several else 0} Tf 0 g"),
    }


def _is_high(place: Place) -> bool:
    return place.is_cell and place.height >= _TWO_LINES


def _edges(place: Place) -> tuple[float, float, float, float]:
    """The field within its room: a cell less its edge, a line in the middle, on the rule."""
    left, lower, right, upper = place.box
    if _is_high(place):
        return left + _INSET, lower + _INSET, right - _INSET, upper - _INSET
    if place.is_cell:
        middle = (lower + upper) / 2
        return left + _INSET, middle - _LINE / 2, right - _INSET, middle + _LINE / 2
    middle = lower + place.size * (_ABOVE_RULE if place.is_ruled else _ABOVE_FOOT)
    reach = place.size * _HIGH / 2
    return left, middle - reach, right, middle + reach


def _tick(width: float, height: float) -> str:
    """Draw a tick with a pen, so that it needs no font."""
    corners = ((0.18, 0.5), (0.42, 0.2), (0.86, 0.86))
    points = [f"{x * width:.2f} {y * height:.2f}" for x, y in corners]
    return f"{width / 8:.2f} w 1 J 1 j {points[0]} m {points[1]} l {points[2]} l S"
