"""Even right edges: WeasyPrint widens only spaces, which Chinese text does not have.

A 公文 fills its type area (GB/T 9704—2012, 5.2.3). Where a line ends early, because a number
or a stop must not be torn off, the room left over is spread between its characters: after the
layout, each text of the line is set a little wider and moved. No character is added, so that
the text of the paper stays what it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

#: Class of a body whose paragraphs have even edges.
EVEN: Final = "even"
_TEXT: Final = "TextBox"
#: More room than this many characters is left: a line of few characters would fall apart.
_MOST: Final = 6
#: Less than this, in CSS pixels, cannot be seen.
_LEAST: Final = 0.05


def justify(document: Any) -> None:  # noqa: ANN401 - WeasyPrint is untyped
    """Spread the lines of a laid-out paper, all but the last of each paragraph."""
    pages = [page._page_box for page in document.pages]  # noqa: SLF001 - it gives them no other way
    going_on = [{id(box.element) for box in _paragraphs(page)} for page in pages[1:]] + [set()]
    for page, later in zip(pages, going_on, strict=True):
        for paragraph in _paragraphs(page):
            lines = [line for line in paragraph.children if type(line).__name__ == "LineBox"]
            ends_here = id(paragraph.element) not in later
            for line in lines[: -1 if ends_here else None]:
                _spread(line, paragraph.content_box_x() + paragraph.width)


def _paragraphs(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the paragraphs inside a box that hold lines."""
    for child in getattr(box, "children", ()):
        if child.element_tag == "p" and type(child).__name__ == "BlockBox":
            yield child
        else:
            yield from _paragraphs(child)


def _spread(line: Any, edge: float) -> None:  # noqa: ANN401
    texts = list(_texts(line))
    if not texts or any(type(text).__name__ != _TEXT for text in texts):
        return
    gaps = sum(len(text.text) for text in texts) - 1
    last = texts[-1]
    room = edge - (last.position_x + last.width)
    if gaps < 1 or not _LEAST < room < _MOST * last.style["font_size"]:
        return
    share = room / gaps
    moved = 0.0
    for text in texts:
        style = text.style.copy()
        style["letter_spacing"] = share
        text.style = style
        text.position_x += moved
        text.width += share * (len(text.text) - 1)  # Pango widens a text inside, not around it
        moved += share * len(text.text)


def _texts(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield what a line holds: its texts, and whatever else cannot be spread."""
    for child in box.children:
        if type(child).__name__ == "InlineBox":
            yield from _texts(child)
        elif child.is_in_normal_flow():
            yield child
