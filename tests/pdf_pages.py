"""Printed pages as they can be measured: characters, lines of text, edges of ink, all in mm.

Nothing here asks how a page was made; everything is read from the PDF.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any, Final

import pypdfium2 as pdfium
from pdfplumber import open as open_pdf
from PIL import Image

MM: Final = 72 / 25.4
#: 3号字, 4号字 and 一行 (GB/T 9704—2012 as numbers: domain notes, 4.3).
ZI: Final = 5.57
SI: Final = 4.94
HANG: Final = 10.22
#: Edges of the type area.
LEFT: Final = 28.0
RIGHT: Final = 184.0
TOP: Final = 37.0
BOTTOM: Final = 262.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character.

    Attributes:
        base: Distance of its baseline from the top of the page.
        size: Size of its font.
        font: Name of its font without the mark of the subset.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str

    @property
    def top(self) -> float:
        """Upper edge of the square that a Chinese character fills."""
        return self.base - 0.88 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of that square."""
        return self.base + 0.12 * self.size


@dataclass(frozen=True, slots=True)
class Row:
    """Characters that follow each other on one baseline, as they were printed.

    Attributes:
        page: Number of the page, from 1.
        begins: Whether a line begins here; not so right of other text, after a gap.
    """

    page: int
    chars: tuple[Char, ...]
    begins: bool

    @property
    def text(self) -> str:
        """What it says, without blanks."""
        return re.sub(r"\s", "", "".join(char.text for char in self.chars))

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(char.x1 for char in self.chars if char.text.strip())

    @property
    def middle(self) -> float:
        """Middle between its edges."""
        return (self.x0 + self.x1) / 2

    @property
    def base(self) -> float:
        """Its baseline."""
        return self.chars[0].base

    @property
    def size(self) -> float:
        """Size of its largest character."""
        return max(char.size for char in self.chars)


@dataclass(frozen=True, slots=True)
class Band:
    """A printed stroke across a strip of the page."""

    top: float
    bottom: float
    colour: tuple[int, int, int]

    @property
    def weight(self) -> float:
        """Its thickness."""
        return self.bottom - self.top


class Leaf:
    """One page of a printed paper."""

    def __init__(self, number: int, page: Any, raster: Any) -> None:  # noqa: ANN401 - untyped
        self.number = number
        self.width = float(page.width) / MM
        self.height = float(page.height) / MM
        self.chars = [_char(char, self.height) for char in page.chars if _is_level(char)]
        self.marks = [_char(char, self.height) for char in page.chars if not _is_level(char)]
        self.rects = [_box(rect) for rect in page.rects]
        self.curves = [_box(curve) for curve in page.curves]
        self._raster = raster

    @cached_property
    def rows(self) -> list[Row]:
        """Lines of text in the order of printing."""
        return list(_rows(self.number, self.chars))

    def image(self, box: Box, dpi: int = 300) -> Image.Image:
        """Draw a part of the page (left, top, right, bottom)."""
        left, top, right, bottom = (side * MM for side in box)
        crop = (left, self.height * MM - bottom, self.width * MM - right, top)
        drawn: Image.Image = self._raster.render(scale=dpi / 72, crop=crop).to_pil()
        return drawn.convert("RGB")

    def ink(self, box: Box, dpi: int = 300, darker_than: int = 200) -> Box | None:
        """Edges of what is printed in a box; None where nothing is."""
        grey = self.image(box, dpi).convert("L").point(lambda v: 255 * (v < darker_than))
        found = grey.getbbox()
        if found is None:
            return None
        scale = 25.4 / dpi
        left, top = box[0], box[1]
        return (
            left + found[0] * scale,
            top + found[1] * scale,
            left + found[2] * scale,
            top + found[3] * scale,
        )

    def bands(self, x: float, top: float, bottom: float) -> list[Band]:
        """Find the level lines that cross a strip of 1 mm, at 1200 dpi."""
        strip = self.image((x, top, x + 1, bottom), 1200)
        drawn = strip.resize((1, strip.height))
        scale = strip.height / (bottom - top)
        found: list[Band] = []
        begin: int | None = None
        column = [_rgb(drawn.getpixel((0, y))) for y in range(drawn.height)]
        for y, colour in enumerate([*column, (255, 255, 255)]):
            inked = min(colour) < 140
            if inked and begin is None:
                begin = y
            elif not inked and begin is not None:
                middle = column[(begin + y) // 2]
                found.append(Band(top + begin / scale, top + y / scale, middle))
                begin = None
        return found


class Print:
    """A printed paper."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @cached_property
    def pages(self) -> list[Leaf]:
        """Its pages."""
        raster = pdfium.PdfDocument(self.content)
        with open_pdf(BytesIO(self.content)) as document:
            return [Leaf(n, page, raster[n - 1]) for n, page in enumerate(document.pages, 1)]

    @cached_property
    def rows(self) -> list[Row]:
        """All lines of text."""
        return [row for page in self.pages for row in page.rows]

    @cached_property
    def page_texts(self) -> list[str]:
        """Text of each page as pdftotext gives it, without line ends and blanks."""
        result = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=self.content, capture_output=True, check=True
        )
        return [re.sub(r"\s", "", page) for page in result.stdout.decode().split("\f")[:-1]]

    @property
    def text(self) -> str:
        """Text of all pages."""
        return "".join(self.page_texts)

    @cached_property
    def fonts(self) -> list[tuple[str, bool]]:
        """Name of each font, and whether it is embedded, a subset, and maps to Unicode."""
        result = subprocess.run(
            ["pdffonts", "-"], input=self.content, capture_output=True, check=True
        )
        lines = result.stdout.decode().splitlines()[2:]
        return [(line.split()[0].partition("+")[2], " yes yes yes " in line) for line in lines]


def ink(page: Leaf, box: Box) -> Box:
    """Edges of what is printed inside a box (left, top, right, bottom)."""
    found = page.ink(box)
    assert found is not None, "nothing is printed there"
    return found


def squares(pages: Sequence[Leaf]) -> list[Char]:
    """List the characters of 3号 size, of which a 公文 is made."""
    return [char for page in pages for char in page.chars if abs(char.size - ZI) < 0.05]


def _is_level(char: dict[str, Any]) -> bool:
    """Whether a character is not part of a mark across the page."""
    return abs(float(char["matrix"][1])) < 0.01


def _char(char: dict[str, Any], height: float) -> Char:
    return Char(
        char["text"],
        float(char["x0"]) / MM,
        float(char["x1"]) / MM,
        height - float(char["matrix"][5]) / MM,
        float(char["size"]) / MM,
        str(char["fontname"]).partition("+")[2],
    )


def _box(shape: dict[str, Any]) -> Box:
    return (
        float(shape["x0"]) / MM,
        float(shape["top"]) / MM,
        float(shape["x1"]) / MM,
        float(shape["bottom"]) / MM,
    )


def _rgb(pixel: Any) -> tuple[int, int, int]:  # noqa: ANN401 - Pillow gives what the mode has
    return (int(pixel[0]), int(pixel[1]), int(pixel[2]))


def _rows(page: int, chars: Sequence[Char]) -> Iterator[Row]:
    row: list[Char] = []
    begins = True
    for char in chars:
        if row:
            level = abs(char.base - row[-1].base) < 0.35
            gap = char.x0 - row[-1].x1
            if not level or not -0.3 < gap < 1.2 * char.size:
                yield Row(page, tuple(row), begins)
                row, begins = [], not (level and gap > 0)
        row.append(char)
    if row:
        yield Row(page, tuple(row), begins)
