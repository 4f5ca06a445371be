"""A page as the parts that can be found: a case as one, a long page by its headings.

Everything is read from the page as it was written, so that nothing can be found that stands on
no page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

#: Pages whose texts are searched, by heading.
_TEXTS: Final = ("basis/", "manual/", "departments/duties")
#: Records that are no cases, each found as a whole.
_RECORDS: Final = re.compile(r"(?:decisions|inspections)/(?!index\.)")
#: Pages of which the headings are; other pages are lists, and have only a title and a lead: what
#: they show is found on the pages they link to.
_HEADINGS: Final = "statistics"
#: Lists by month would crowd out the ledger itself.
_LISTS: Final = "ledger/"
#: Sections of a case that repeat what stands elsewhere, or tell how it came about.
_LEFT_OUT: Final = frozenset({"deadlines", "findings", "history", "source"})
#: An accusation has no title, only its number: nothing else of it is searched (A13).
CASE: Final = re.compile(r"(cases/\d{4}/[A-Z]+-\d{4}-)(\d+)\.md")

_FRONT_TITLE: Final = re.compile(r"^title: (.*)$", re.MULTILINE)
_SECTION: Final = re.compile(
    r"(?:\n## [^\n]*\{#|<(?:section|h2)\b[^>]*\bid=\")([\w-]+)(?:\}|\"[^>]*>(?:[^<]*</h2>)?)"
)
_PART: Final = re.compile(
    r"^#{2,3} +(?P<name>.+?)(?: +\{ *#(?P<named>[\w-]+)[^}\n]*\})?$"
    r"|(?=<(?:details|article|section|tr|div|h2|h3)\b[^>]*\bid=\"(?P<id>[^\"]+)\")",
    re.MULTILINE,
)
#: What names a part that has no heading of its own, the first of these that is there.
_NAMES: Final = (
    re.compile(r"<summary\b[^>]*>(.*?)</summary>", re.DOTALL),
    re.compile(r"<h[23]\b[^>]*>(.*?)</h[23]>", re.DOTALL),
    re.compile(r"<td\b[^>]*>(.*?</td>\s*<td\b[^>]*>.*?)</td>", re.DOTALL),
    re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL),
)
#: What is no name, though it stands beside one.
_BESIDE: Final = re.compile(r'<span class="x-chip\b.*?</span>|<code\b.*?</code>', re.DOTALL)
_HEADING: Final = re.compile(
    r"<h[1-3]\b[^>]*>(.*?)</h[1-3]>|^#+ +([^\n]+?)(?: \{#.*)?$", re.MULTILINE | re.DOTALL
)
_LEAD: Final = re.compile(r'<p class="x-lead">(.*?)</p>', re.DOTALL)
_CHIPS: Final = re.compile(r'<p class="x-chips">(.*?)</p>', re.DOTALL)
_RECEIVED: Final = re.compile(r"<dt>收到</dt>\s*<dd>(.*?日)")
_DEPARTMENT: Final = re.compile(r'href="[./]*departments/d\d+\.html"[^>]*>([^<]+)<')
_CHIP: Final = re.compile(r"<span\b[^>]*>(.*?)</span>", re.DOTALL)
#: Words of the frame: they stand on every page and would find all of them.
_FRAME: Final = re.compile(
    r"<(nav|h1|dt|i|svg|script|style|caption|thead)\b.*?</\1>"
    r'|<p class="x-(?:back|sample|note|chips)\b.*?</p>|<ol class="x-stepper.*?</ol>',
    re.DOTALL,
)
_TAG: Final = re.compile(r"<[^>]*>")
#: What a page of the manual writes in Markdown; in the others texts have none of it.
_LINK: Final = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)(?:\{[^}\n]*\})?")
_MARKDOWN: Final = re.compile(
    r"^[ \t]*(?:#+|[-*+>]|\d+\.)[ \t]+|^[ \t]*```.*$|\*\*|`|^\{:?[ .#].*\}$", re.MULTILINE
)


class Part(NamedTuple):
    """Something that can be found.

    Attributes:
        address: Where it stands, below the root of the site.
        title: Its name; of a case, its title without the number.
        facts: A line about it: state, category, day and departments of a case.
        text: What stands there.
    """

    address: str
    title: str
    facts: str
    text: str


def is_searched(address: str) -> bool:
    """Whether a page can be found at all."""
    return address.endswith(".md") and not address.startswith(_LISTS)


def parts(address: str, page: str) -> list[Part]:
    """Part a page into what can be found of it.

    Args:
        address: Where its Markdown stands, below the root of the pages.
        page: That Markdown, texts escaped as they are there.
    """
    _, front, body = page.split("---\n", 2)
    title, target = _title(front), address.removesuffix(".md") + ".html"
    if match := CASE.fullmatch(address):
        number = match[1].rpartition("/")[2] + match[2]
        return [_record(target, title.removeprefix(number).strip(), body)]
    if _RECORDS.match(address):
        return [_record(target, title, body)]
    if address.startswith(_TEXTS):
        return list(_long(target, title, body))
    told = _LEAD.findall(body)
    if address.startswith(_HEADINGS):
        told += [head or name for head, name in _HEADING.findall(body)]
    text = " ".join(map(_plain, told))
    return [Part(target, title, "", text)]


def _title(front: str) -> str:
    match = _FRONT_TITLE.search(front)
    value = match[1] if match else ""
    return unescape(str(json.loads(value)) if value.startswith('"') else value)


def _record(target: str, title: str, body: str) -> Part:
    if not title:
        return Part(target, "", "", "")
    head, *rest = _SECTION.split(body)
    chips = _CHIPS.search(head)
    facts = [*_CHIP.findall(chips[1])[:2]] if chips else []
    facts += _RECEIVED.findall(head)
    departments = _DEPARTMENT.findall(head.partition('<dl class="x-facts">')[2])
    facts.append("、".join(dict.fromkeys(departments)))
    sections = zip(rest[::2], rest[1::2], strict=True)
    texts = [text for key, text in sections if key not in _LEFT_OUT]
    told = " · ".join(_plain(fact) for fact in facts if fact)
    # What the matter is about comes first: an excerpt begins there when only the title was meant.
    return Part(target, title, told, _plain("\n".join([*texts, head])))


def _long(target: str, title: str, body: str) -> Iterator[Part]:
    """Part a page at its headings, and at everything that has an address of its own."""
    found = [*_PART.finditer(body)]
    starts = [*(match.start() for match in found), len(body)]
    head = body[: starts[0]]
    yield Part(target, title, "", _unmarked(head))
    anchor = ""
    for match, end in zip(found, starts[1:], strict=True):
        text = body[match.end() : end]
        # Without an id of its own, a heading is reached at the one before it.
        anchor = match["named"] or match["id"] or anchor
        name = _unmarked(match["name"]) if match["name"] else _name(text)
        plain = _unmarked(text)
        if plain:
            yield Part(f"{target}#{anchor}" if anchor else target, name or title, title, plain)


def _name(text: str) -> str:
    matches = (name.search(text) for name in _NAMES)
    return next((_plain(_BESIDE.sub(" ", match[1])) for match in matches if match), "")


def _plain(html: str) -> str:
    """Take out what is markup, and what stands on every page."""
    return " ".join(unescape(_TAG.sub(" ", _FRAME.sub(" ", html))).split())


def _unmarked(text: str) -> str:
    """Take out Markdown, too."""
    return _plain(_MARKDOWN.sub(" ", _LINK.sub(r"\1", text)))
