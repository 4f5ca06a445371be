"""The theme around a page of a case: made once by MkDocs, filled for each case.

MkDocs builds one specimen of a case page. What stands around its title and its content is the
same for every case; with the title and the content of another page in their places, it is that
page, byte for byte as MkDocs would have built it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final

import yaml

from xinfang.rawhtml import only_block
from xinfang.site.faults import PageShapeError

#: Where specimens stand: as deep below the site as the page of any case.
FOLDER: Final = "cases/0000"
_TITLE: Final = "xinfang-specimen-title"
#: The theme puts a heading of its own above a page that has none.
_CONTENT: Final = "<h1>xinfang-specimen-content</h1>"
_TITLE_LINE: Final = re.compile(r"^title: .*\n", re.MULTILINE)
_NOT_SHOWN: Final = "事项页的内容在主题中须恰好出现一次"
_NO_BLOCK: Final = "事项页的模板除题头外须全在 <!-- html --> 和 <!-- end --> 两行之间"
_NO_HEADING: Final = "事项页的模板须有一级标题 <h1>"
_OTHER_FRONT: Final = "事项页的题头除 title 外须每页相同"
_NO_FRONT: Final = "事项页的模板须以题头开始，其中有 title"


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page's Markdown.

    Attributes:
        title: Its title, escaped.
        front: The rest of its front matter.
        body: What follows.
    """

    title: str
    front: str
    body: str

    @classmethod
    def of(cls, text: str) -> Page:
        """Take a page apart.

        Raises:
            PageShapeError: It has no front matter with a title.
        """
        _, _, rest = text.partition("---\n")
        front, end, body = rest.partition("---\n")
        line = _TITLE_LINE.search(front)
        if not text.startswith("---\n") or not end or line is None:
            raise PageShapeError(_NO_FRONT)
        title = yaml.load(line[0], Loader=yaml.CSafeLoader)["title"]
        return cls(str(title), front.replace(line[0], "", 1), body)


@dataclass(frozen=True)
class Shells:
    """The shells of all kinds of case pages.

    Attributes:
        kinds: Front matter without the title → the specimen of it as MkDocs built it.
    """

    kinds: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """Tells these shells from any others."""
        return blake2b(repr(self.kinds).encode(), digest_size=16).hexdigest()

    @cached_property
    def _pieces(self) -> dict[str, list[list[str]]]:
        """The specimens, each parted at its content, and the parts at the title."""
        return {
            front: [part.split(_TITLE) for part in around.split(_CONTENT)]
            for front, around in self.kinds.items()
        }

    def html(self, text: str) -> str:
        """Build a page of a case.

        Args:
            text: Its Markdown with front matter.

        Raises:
            PageShapeError: The page is not as its specimen.
        """
        page = Page.of(text)
        pieces = self._pieces.get(page.front)
        if pieces is None:
            raise PageShapeError(_OTHER_FRONT)
        content = only_block(page.body)
        if content is None:
            raise PageShapeError(_NO_BLOCK)
        if "<h1" not in content:
            raise PageShapeError(_NO_HEADING)
        return content.join(page.title.join(piece) for piece in pieces)


def specimens(texts: Iterable[str]) -> dict[str, str]:
    """Give the specimens for some pages: address → Markdown; one for each front matter."""
    fronts = dict.fromkeys(Page.of(text).front for text in texts)
    return {
        f"{FOLDER}/{place}.md": f"---\ntitle: {json.dumps(_TITLE)}\n{front}---\n{_CONTENT}\n"
        for place, front in enumerate(fronts)
    }


def shell(specimen: str, built: str) -> tuple[str, str]:
    """Make a shell of a specimen.

    Args:
        specimen: Its Markdown.
        built: The page that MkDocs made of it.

    Returns:
        The front matter that it serves, and what stands around.

    Raises:
        PageShapeError: The theme does not show the content once.
    """
    if built.count(_CONTENT) != 1:
        raise PageShapeError(_NOT_SHOWN)
    return Page.of(specimen).front, built
