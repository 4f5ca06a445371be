"""What the search of the site knows: the texts of the pages, by section.

Made from the pages as they were written, so that nothing can be found that does not stand on
a page. Lists are left out: what they show is found on the pages they link to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

#: Pages worth finding.
_SEARCHED: Final = ("cases/", "basis/")
#: Sections that repeat what other pages say: how dates came out, what was found.
_LEFT_OUT: Final = frozenset({"deadlines", "findings"})
_TITLE: Final = re.compile(r"^title: (.*)$", re.MULTILINE)
_HEADING: Final = re.compile(r"^## (.+) \{#([\w-]+)\}$", re.MULTILINE)
#: Parts of the head that say nothing of a page that its title does not say.
_FRAME: Final = re.compile(
    r'<h1.*?</h1>|<p class="x-(?:back|lead|sample)">.*?</p>|<ol class="x-stepper".*?</ol>',
    re.DOTALL,
)
_TAG: Final = re.compile(r"<[^>]*>")
_BLANK: Final = re.compile(r"\s+")


def search_index(pages: Mapping[str, str]) -> str:
    """Give the index as JSON, in the shape that the theme hands to its search.

    Args:
        pages: Address of a page → its Markdown. Texts stay escaped, as they are there.
    """
    docs = [
        doc
        for address, text in pages.items()
        if address.startswith(_SEARCHED)
        for doc in _docs(address.removesuffix(".md") + ".html", text)
    ]
    index = {"config": {"lang": ["zh"], "separator": " ", "pipeline": [], "fields": {}}}
    return json.dumps({**index, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def _docs(location: str, page: str) -> Iterator[dict[str, str]]:
    """Part a page into its head and its sections."""
    _, front, body = page.split("---\n", 2)
    head, *rest = _HEADING.split(body)
    yield {"location": location, "title": _title(front), "text": _plain(_FRAME.sub("", head))}
    for name, key, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        if key not in _LEFT_OUT:
            yield {"location": f"{location}#{key}", "title": name, "text": _plain(text)}


def _title(front: str) -> str:
    match = _TITLE.search(front)
    value = match[1] if match else ""
    return str(json.loads(value)) if value.startswith('"') else value


def _plain(html: str) -> str:
    """Take the tags out; character references stay."""
    return _BLANK.sub(" ", _TAG.sub(" ", html)).strip()
