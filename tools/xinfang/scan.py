"""Reading the mark of an issued paper off a file: its text, or the QR of a scan or photograph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xinfang.documents import Stamp
from xinfang.errors import XinfangError

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

IMAGES: Final = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})
_PRINTED: Final = re.compile(r"核验码\s*([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})")
#: Dots an inch at which a page is looked at: four to five dots a module of the QR.
_DPI: Final = 300
#: So many pages are looked at; the mark stands on every page.
_PAGES: Final = 3
#: A larger picture is no scan of a sheet.
_MOST_PIXELS: Final = 200_000_000


class UnreadableError(XinfangError):
    """A file is neither a PDF nor a picture that can be read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 不是可以读取的 PDF 或图片(png jpg tif)")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file shows of the mark.

    Attributes:
        codes: Short codes, those of QRs first.
        has_text: Whether it holds text; a scan holds none.
    """

    codes: tuple[str, ...]
    has_text: bool


def look_at(file: Path) -> Seen:
    """Look for the mark of an issued paper in a PDF or a picture.

    Raises:
        UnreadableError: It is neither.
    """
    from PIL.Image import DecompressionBombError  # noqa: PLC0415 - only verify looks at pictures

    try:
        if file.suffix.lower() in IMAGES:
            return Seen(tuple(dict.fromkeys(_codes_of_picture(file))), has_text=False)
        return _look_at_pdf(file)
    except (OSError, ValueError, RuntimeError, DecompressionBombError) as error:
        raise UnreadableError(file.name) from error


def _look_at_pdf(file: Path) -> Seen:
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - only verify reads PDFs

    document = PdfDocument(file.read_bytes())
    try:
        text = "".join(_texts(document))
        codes = [code for image in _images(document) for code in _codes(image)]
    finally:
        document.close()
    codes += _PRINTED.findall(text)
    return Seen(tuple(dict.fromkeys(codes)), has_text=bool(text.strip()))


def _texts(document: PdfDocument) -> Iterator[str]:
    for number in range(min(len(document), _PAGES)):
        yield document[number].get_textpage().get_text_range()


def _images(document: PdfDocument) -> Iterator[Image]:
    for number in range(min(len(document), _PAGES)):
        page = document[number]
        scale = _DPI / 72
        if page.get_width() * page.get_height() * scale**2 < _MOST_PIXELS:
            yield page.render(scale=scale, grayscale=True).to_pil()


def _codes_of_picture(file: Path) -> Iterator[str]:
    from PIL import Image  # noqa: PLC0415

    with Image.open(file) as image:
        if image.width * image.height < _MOST_PIXELS:
            yield from _codes(image.convert("L"))


def _codes(image: Image) -> Iterator[str]:
    import zxingcpp  # noqa: PLC0415

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for found in zxingcpp.read_barcodes(image, formats=wanted):
        stamp = Stamp.parse(found.text)
        if stamp is not None:
            yield stamp.code
