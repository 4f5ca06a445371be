"""The manual for clerks: its chapters as pages.

Chapters stand as Markdown in ``site_templates/manual``, in the order of their names; the number
in front of a name is no part of its address. They tell the same in every register. Pictures
stand with the theme, which brings them to the site, and are made by ``make shots``.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from xinfang.pages.frame import Frame

#: Beside the folder of page templates.
_FOLDER: Final = "manual"
_PICTURES: Final = Path("theme", "assets", "manual")
_TITLE: Final = re.compile(r"# (.+)\n\n(.+)\n")
_FENCE: Final = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PICTURE: Final = re.compile(r"^!\[(.+)\]\((.+\.png)\)$", re.MULTILINE)
_CHAPTER: Final = re.compile(r"\]\(\d\d-([\w-]+)\.md")
_ANSWER: Final = re.compile("«(.*?)»")
#: Lines that hold columns side by side must not be broken.
_COLUMNS: Final = re.compile(r"\S {2,}\S.* {2,}\S")
#: Dots of a picture to one of the page: pictures are taken twice as fine.
_FINE: Final = 2


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter.

    Attributes:
        name: Its word in addresses.
        title: Its heading.
        lead: Its first paragraph.
        body: What follows, as Markdown whose examples and pictures are HTML.
    """

    name: str
    title: str
    lead: str
    body: Markup


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the table of contents and a page for each chapter."""
    made = chapters(frame.folders[-1].parent)
    yield "manual/index.md", frame.page("manual.md", root="../", chapters=made)
    for number, chapter in enumerate(made):
        yield (
            f"manual/{chapter.name}.md",
            frame.page(
                "manual_chapter.md",
                root="../",
                chapter=chapter,
                number=number + 1,
                before=made[number - 1] if number else None,
                after=made[number + 1] if number + 1 < len(made) else None,
            ),
        )


def chapters(folder: Path) -> Sequence[Chapter]:
    """Read the chapters.

    Args:
        folder: The folder of site templates.
    """
    return tuple(
        _read(file, folder / _PICTURES) for file in sorted((folder / _FOLDER).glob("*.md"))
    )


def _read(file: Path, pictures: Path) -> Chapter:
    text = file.read_text(encoding="utf-8")
    head = _TITLE.match(text)
    assert head, f"{file.name} begins with a title and a sentence"  # noqa: S101 - a slip of ours
    body = _FENCE.sub(_example, text[head.end() :])
    body = _PICTURE.sub(lambda found: _picture(found[1], pictures / found[2]), body)
    body = _CHAPTER.sub(r"](\1.md", body)
    _, _, name = file.stem.partition("-")
    return Chapter(name, head[1], head[2], Markup(body))  # noqa: S704 - the program's own text


def _aside(html: str) -> str:
    return f"<!-- html -->\n{html}\n<!-- end -->"


def _example(fence: re.Match[str]) -> str:
    if fence[1] == "console":
        lines = "\n".join(map(_line, fence[3].splitlines()))
        return _aside(
            f'<pre class="x-session" tabindex="0" aria-label="终端"><code>{lines}</code></pre>'
        )
    title = f"<figcaption>{escape(fence[2])}</figcaption>" if fence[2] else ""
    pre = f'<pre tabindex="0" aria-label="文件"><code>{escape(fence[3])}</code></pre>'
    return _aside(f'<figure class="x-example">{title}{pre}</figure>')


def _line(line: str) -> str:
    """Mark what is typed, what is answered, and what keeps its columns."""
    if line.startswith("$ "):
        return f'<span class="x-prompt">$ </span><b>{escape(line[2:])}</b>'
    if line.startswith("# "):
        return f'<span class="x-quiet">{escape(line)}</span>'
    answered = _ANSWER.sub(lambda found: f"<kbd>{found[1] or '回车'}</kbd>", str(escape(line)))
    return f"<i>{answered}</i>" if _COLUMNS.search(line) else answered


def _picture(caption: str, file: Path) -> str:
    """Show a picture as wide as it was taken, so that the page does not move when it comes."""
    width, height = (size // _FINE for size in _size(file))
    return _aside(
        f'<figure class="x-shot"><a href="../assets/manual/{file.name}">'
        f'<img src="../assets/manual/{file.name}" width="{width}" height="{height}" '
        f'alt="{escape(caption)}" loading="lazy"></a>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _size(file: Path) -> tuple[int, int]:
    """Read width and height from the head of a PNG file."""
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    return width, height
