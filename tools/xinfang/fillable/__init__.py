"""A blank form as a PDF that is filled in on the screen, Chinese typed into its fields.

It is a copy for use, never an archival one: it changes while it is filled, so it is no PDF/A,
says so in its metadata, and is kept apart from the papers of a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element

import pikepdf

from xinfang.fillable.rooms import Room, mark_rooms
from xinfang.fillable.typeface import KEY, NoTypefaceError, field_font
from xinfang.fillable.widgets import add_fields, add_hidden, places
from xinfang.render import laid_out

__all__ = ["MARK", "NoTypefaceError", "fillable"]

#: What the metadata of such a file says of it.
MARK: Final = "可填写副本,不归档"
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def fillable(html: str, known: Mapping[str, str] = _NOTHING) -> bytes:
    """Print a blank form with fields where it has room to write; the same HTML, the same bytes.

    Args:
        html: The blank form, as :meth:`xinfang.documents.Papers.blank` makes it.
        known: What is printed already and has to be told again when the form comes back: label
            of the field → value. It goes along in fields that nobody sees or changes.

    Raises:
        NoTypefaceError: The font of the fields is not installed.
        PrintingError: The form cannot be printed.
        CannotPrintError: Nothing can be printed on this machine.
    """
    rooms: list[Room] = []

    def prepare(page: Element) -> None:
        rooms.extend(mark_rooms(page))

    document = laid_out(html, prepare)
    with pikepdf.open(BytesIO(document.write_pdf())) as pdf, field_font() as font:
        add_fields(pdf, list(places(document, rooms)), font.Root[KEY])
        add_hidden(pdf, known)
        _describe(pdf)
        result = BytesIO()
        pdf.save(
            result,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return result.getvalue()


def _describe(pdf: pikepdf.Pdf) -> None:
    """Tell what the file is; its title is shown instead of its name."""
    title, keywords = str(pdf.docinfo.get("/Title", "")), "/Keywords"
    pdf.docinfo[keywords] = MARK
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {str(pdf.Root.get("/Lang", "zh-CN"))}
        metadata["dc:description"] = MARK
        metadata["pdf:Keywords"] = MARK
