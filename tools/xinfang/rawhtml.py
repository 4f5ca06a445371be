"""An extension of Python-Markdown: HTML between two comments is passed through unread.

Pages are nearly all HTML, escaped when it was made. Reading it again tag by tag takes longer
than everything else in a build; between ``<!-- html -->`` and ``<!-- end -->``, each on a line
of its own, it is set aside at once. Without this extension a page comes out the same, later.
"""

from __future__ import annotations

import re
from typing import Final

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]

BLOCK: Final = re.compile(r"^<!-- html -->\n(.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL)
#: Behind the tidying of white space (30), before anything else looks at the text (25).
_EARLY: Final = 28


#: What Python-Markdown tidies before anything else: most pages have none of it.
_UNTIDY: Final = re.compile(r"[\t\r\x02\x03]|^ +$", re.MULTILINE)
_TAB: Final = 4


def only_block(text: str) -> str | None:
    """Give the HTML of a text that is one block and nothing else; None for any other text.

    It is what Python-Markdown would give, without asking it.
    """
    if _UNTIDY.search(text):
        text = text.replace("\x02", "").replace("\x03", "")
        text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(_TAB)
        text = re.sub(r"(?<=\n) +\n", "\n", text)
    text = text.strip("\n")
    start, end = "<!-- html -->\n", "\n<!-- end -->"
    if not (text.startswith(start) and text.endswith(end) and text.count(end) == 1):
        return None
    return text[len(start) : -len(end)].strip()


class _Aside(Preprocessor):  # type: ignore[misc]
    """Sets the blocks aside until the page is put together."""

    def run(self, lines: list[str]) -> list[str]:
        """Leave a placeholder for each block."""
        store = self.md.htmlStash.store
        text = BLOCK.sub(lambda block: f"\n{store(block[1])}\n", "\n".join(lines))
        return text.split("\n")


class RawHtml(Extension):  # type: ignore[misc]
    """Registers the step."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Put the step behind the tidying of white space."""
        md.preprocessors.register(_Aside(md), "xinfang_raw_html", _EARLY)


def makeExtension(**_settings: object) -> RawHtml:  # noqa: N802 - as above
    """Give the extension, by the name that Python-Markdown looks for."""
    return RawHtml()
