"""What WeasyPrint made of a form: where its cells stand and how its letters look.

The form of the ledger prints, on request, a specimen: every letter that a kind of text needs,
on one line of its own. Read back, it says which font, size and colour each kind has, how wide
each letter is and how high a line; so fonts, fallbacks and styles stay the business of the form
and of WeasyPrint, and thousands of rows can be set without either.

Measures are points, counted from the lower left corner of a page (ISO 32000-1, 8.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from pikepdf import Matrix, Page, Pdf, parse_content_stream

Point = tuple[float, float]

#: How the anchors above and below the line of a kind of text are called.
TOP: Final = "style-"
BOTTOM: Final = "after-"
#: How far from its anchor a line may begin.
_NEAR: Final = 0.5
_OPERATORS: Final = "q Q cm rg BT Tm Tf TJ ET"


class SpecimenError(Exception):
    """The specimen is not one glyph for every letter, as with Arabic or joined emoji."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter in a font.

    Attributes:
        font: Name of the font in the resources of the page.
        code: What shows it, as four hexadecimal digits.
        width: How far it moves on, in points.
    """

    font: str
    code: str
    width: float


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of text looks.

    Attributes:
        size: Size of the font.
        colour: The operation that sets its colour.
        height: Height of a line.
        baseline: How far below the top of the line the letters stand.
        glyphs: Letter → how it is shown.
    """

    size: float
    colour: str
    height: float
    baseline: float
    glyphs: Mapping[str, Glyph]

    def width(self, text: str) -> float:
        """Measure a text on one line."""
        glyphs = self.glyphs
        return sum(glyphs[letter].width for letter in text)


@dataclass(slots=True)
class _Line:
    """A line of text found on a page; ``codes`` has the font and code of each glyph."""

    x: float
    y: float
    size: float
    colour: str
    codes: list[tuple[str, str]] = field(default_factory=list)


def anchors(pdf: Pdf) -> dict[str, Point]:
    """Give the upper left corner of every element that has an id."""
    if "/Names" not in pdf.Root:
        return {}
    names: Any = pdf.Root.Names.Dests.Names
    return {
        str(names[at]): (float(names[at + 1][2]), float(names[at + 1][3]))
        for at in range(0, len(names), 2)
    }


def styles(page: Page, places: Mapping[str, Point], texts: Mapping[str, str]) -> dict[str, Style]:
    """Read the specimen on a page.

    Args:
        page: The page.
        places: The anchors of its document.
        texts: Kind of text → the letters on its line.

    Raises:
        SpecimenError: A line is missing, or has not one glyph for each letter.
    """
    lines = list(_lines(page))
    fonts: Any = page.resources.Font
    widths = {name: _widths(fonts[name]) for name in fonts}
    found = {}
    for kind, letters in texts.items():
        (left, top), (_, bottom) = places[TOP + kind], places[BOTTOM + kind]
        here = [line for line in lines if abs(line.x - left) < _NEAR and bottom <= line.y < top]
        if len(here) != 1 or len(here[0].codes) != len(letters):
            raise SpecimenError(kind)
        line = here[0]
        found[kind] = Style(
            size=line.size,
            colour=line.colour,
            height=top - bottom,
            baseline=top - line.y,
            glyphs={
                letter: Glyph(font, code, widths[font].get(int(code, 16), 1000) * line.size / 1000)
                for letter, (font, code) in zip(letters, line.codes, strict=True)
            },
        )
    return found


def _lines(page: Page) -> Iterator[_Line]:
    """Find the lines of text on a page, in the order in which they are drawn."""
    matrix, colour, font, size = Matrix(), "", "", 0.0
    outer = []
    line = _Line(0, 0, 0, "")
    for step in parse_content_stream(page, _OPERATORS):
        values: Any = step.operands
        match str(step.operator):
            case "q":
                outer.append((matrix, colour))
            case "Q":
                matrix, colour = outer.pop()
            case "cm":
                matrix = Matrix(*map(float, values)) @ matrix
            case "rg":
                colour = f"{' '.join(str(value) for value in values)} rg"
            case "Tf":
                font, size = str(values[0]), float(values[1])
                line.size = line.size or size * abs(matrix.d)
            case "Tm":
                at = Matrix(*map(float, values)) @ matrix
                line = _Line(at.e, at.f, 0, colour)
            case "TJ":
                line.codes += [(font, code) for part in values[0] for code in _codes(part)]
            case "ET":
                yield line


def _codes(part: Any) -> Iterator[str]:  # noqa: ANN401 - a part of a text is a string or a number
    """Split a string of a text into codes of two bytes; numbers only move the next glyph."""
    shown = bytes(part).hex() if hasattr(part, "__bytes__") else ""
    return (shown[at : at + 4] for at in range(0, len(shown), 4))


def _widths(font: Any) -> dict[int, float]:  # noqa: ANN401 - any object of a PDF
    """Read the widths of a font's glyphs in thousandths of its size (ISO 32000-1, 9.7.4.3)."""
    entries: Any = font.DescendantFonts[0].W
    return {
        int(first) + offset: float(width)
        for first, row in pairwise(entries)
        if hasattr(row, "append")
        for offset, width in enumerate(row)
    }
