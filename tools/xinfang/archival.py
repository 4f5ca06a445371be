"""What WeasyPrint leaves to do: streams to be compressed, and a valid PDF/A-3a (ISO 19005-3).

WeasyPrint would compress with Python's own loop over every small object; qpdf does it in a third
of the time into object streams, which keep the file as small.

Running matter, page numbers and whatever stands in an ``<aside>`` (watermark, origin, stamp),
becomes artefacts instead of content that no element owns; header cells get the tree of names
that ISO 32000-1, 14.7.2 asks for; and a file that WeasyPrint associates twice, only once.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from pikepdf import Array, Dictionary, ObjectStreamMode, Pdf, String

#: How WeasyPrint marks text and pictures; its numbers are those of the page.
_MARK: Final = re.compile(rb"/(?:Span|Figure)\s*<</MCID (\d+)>>\s*BDC")
_ARTEFACT: Final = b"/Artifact <</Type /Pagination>> BDC"
#: What WeasyPrint makes of an ``<aside>``.
_RUNNING: Final = "/NonStruct"


def packed(content: bytes) -> bytes:
    """Compress a PDF that WeasyPrint wrote uncompressed; the same bytes give the same bytes."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return saved(pdf)


def saved(pdf: Pdf) -> bytes:
    """Write a PDF compressed; the same objects give the same bytes."""
    result = io.BytesIO()
    pdf.save(result, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return result.getvalue()


def archival(content: bytes) -> bytes:
    """Mend a PDF that WeasyPrint wrote as PDF/A-3a; the same bytes give the same bytes."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        root: Any = pdf.Root
        tree = root.StructTreeRoot
        document = tree.K[0]
        document.K = Array([element for element in document.K if element.S != _RUNNING])
        elements = list(_elements(document))
        _index(pdf, tree, elements)
        _artefacts(pdf, tree, elements)
        if "/AF" in root:
            root.AF = Array({file.objgen: file for file in root.AF}.values())
        return saved(pdf)


def _kids(element: Any) -> list[Any]:  # noqa: ANN401 - an object of a PDF
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, Array) else [kids]


def _elements(element: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    waiting = [element]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in _kids(element) if not isinstance(kid, int) and "/S" in kid]


def _index(pdf: Pdf, tree: Any, elements: list[Any]) -> None:  # noqa: ANN401 - as above
    named = {bytes(element.ID): element for element in elements if "/ID" in element}
    if named:
        entries = [part for name in sorted(named) for part in (String(name), named[name])]
        tree.IDTree = pdf.make_indirect(Dictionary(Names=Array(entries)))


def _artefacts(pdf: Pdf, tree: Any, elements: list[Any]) -> None:  # noqa: ANN401 - as above
    owned = {
        (element.Pg.objgen, kid)
        for element in elements
        for kid in _kids(element)
        if isinstance(kid, int)
    }
    numbers = list(tree.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in pdf.pages:
        own = parents[int(page.obj.StructParents)]

        def marked(match: re.Match[bytes], place: Any = page.obj.objgen, own: Any = own) -> bytes:  # noqa: ANN401
            mark = int(match[1])
            if (place, mark) in owned:
                return match[0]
            own[mark] = None
            return _ARTEFACT

        stream: Any = page.obj.Contents
        stream.write(_MARK.sub(marked, stream.read_bytes()))
