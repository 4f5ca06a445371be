"""The search of the site: an index in small pieces, each a script that a page loads when asked.

Pieces are scripts, so that they load from a shared folder as from a server:

* ``search/about.js``: how many pieces there are, which numbers exist; read first, a few KB;
* ``search/g/N.js``: for each gram (see :mod:`.grams`) the documents that hold it: anywhere, in
  their facts, in their title. The gram says in which piece it stands;
* ``search/t/N.js``: title, facts and text of four documents. ``search.js`` looks there whether
  a longer word really stands as it was typed, and takes the excerpt from there.

A document has a place that does not move when others come or go: the parts of pages first, then
the cases of each year by their number. So one changed case changes the pieces of the grams that
came or went with it, its own text, and ``about.js``: :func:`update` mends those and leaves the
rest, and gives the same bytes as an index made from nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from xinfang.search_index.grams import grams, shard
from xinfang.search_index.parts import CASE, Part, is_searched, parts
from xinfang.search_index.postings import decode, encode

#: Tells this version of the program from any other by its own files: it may index otherwise.
EDITION: Final = blake2b(
    b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))),
    digest_size=8,
).hexdigest()
#: Files of the index, below the root of the site.
FOLDER: Final = "search"
STATE: Final = f"{FOLDER}/state.json"
_ABOUT: Final = f"{FOLDER}/about.js"
#: Documents in one piece of texts: a piece is loaded for one hit, so it must be small; but one
#: file for each document would double the files of the site.
_TEXTS: Final = 4
#: Documents for one piece of grams; pieces then have 3 to 15 KB.
_DOCUMENTS: Final = 6
_FEWEST: Final = 8
#: A year keeps room for new numbers, so that they do not move the years after it.
_ROOM: Final = 1000
#: Where more than one page in so many changed, an index from nothing is quicker.
_MANY: Final = 4

#: Gives a text by its address.
Read = Callable[[str], str]
#: What a document is found by: in its title, in its facts, anywhere.
_Found = tuple[set[str], set[str], set[str]]
_TIERS: Final = 3


@dataclass(frozen=True, slots=True)
class Update:
    """What is to be written for the index to be right again.

    Attributes:
        files: Address below the root of the site → text; among them the state.
        removed: Addresses of files that are no more.
        whole: Whether this is all of the index; whatever else stands in its folder is old.
    """

    files: dict[str, str]
    removed: frozenset[str] = frozenset()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the documents have their places.

    Attributes:
        shards: Number of pieces of grams.
        pages: Pages that are no cases → number of their parts, in the order of their places.
        years: Address of a case without its number → place of number 0 of that year.
    """

    shards: int
    pages: dict[str, int]
    years: dict[str, int]

    def first(self, address: str) -> int:
        """Place of the first part of a page."""
        if match := CASE.fullmatch(address):
            return self.years[match[1]] + int(match[2])
        place = 0
        for page, count in self.pages.items():
            if page == address:
                break
            place += count
        return place

    def continues(self, old: _Layout) -> bool:
        """Whether every document of the old one has kept its place."""
        kept = all(self.years.get(year, base) == base for year, base in old.years.items())
        return kept and self.shards == old.shards and self.pages == old.pages


@dataclass(frozen=True, slots=True)
class _State:
    """What an index was made from: page → fingerprint, page that is no case → its parts."""

    prints: dict[str, str] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)

    def text(self) -> str:
        return _json({"edition": EDITION, "prints": self.prints, "pages": self.pages})

    @classmethod
    def read(cls, read: Read | None) -> _State:
        """Read what an earlier run left; anything else is no state."""
        try:
            data = json.loads(read(STATE)) if read else {}
            return cls(data["prints"], data["pages"]) if data["edition"] == EDITION else cls()
        except (OSError, LookupError, ValueError, TypeError):
            return cls()


def fingerprint(text: str) -> str:
    """Tell one text from another."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def update(prints: Mapping[str, str], page: Read, old: Read | None = None) -> Update:
    """Bring the index up to its pages.

    Args:
        prints: Address of every page of the site → anything that changes with its text.
        page: Gives the Markdown of a page; asked only for pages that changed, or for all.
        old: Gives a file of the index as it stands now; raises an OSError or LookupError where
            there is none. Without it the index is made from nothing.
    """
    prints = {address: prints[address] for address in sorted(prints) if is_searched(address)}
    state = _State.read(old)
    changed = [address for address, known in prints.items() if state.prints.get(address) != known]
    gone = sorted(state.prints.keys() - prints.keys())
    if old and not changed and not gone:
        return Update({})
    if old and len(changed) + len(gone) < len(prints) / _MANY:
        fresh = {address: parts(address, page(address)) for address in changed}
        counts = {**state.pages, **{a: len(p) for a, p in fresh.items() if not CASE.fullmatch(a)}}
        now = _State(prints, {a: n for a, n in sorted(counts.items()) if a in prints})
        before, layout = _layout(state), _layout(now)
        if layout.continues(before):
            try:
                return _mended(now, layout, fresh, _places(before, gone, state), old)
            except (OSError, LookupError, ValueError):
                pass  # something is missing or was written by somebody else
    return _made(prints, {address: parts(address, page(address)) for address in prints})


def _layout(state: _State) -> _Layout:
    numbers: dict[str, int] = defaultdict(int)
    for address in state.prints:
        if match := CASE.fullmatch(address):
            numbers[match[1]] = max(numbers[match[1]], int(match[2]))
    base, years = _rounded(sum(state.pages.values())), {}
    for year in sorted(numbers):
        years[year] = base
        base += _rounded(numbers[year] + 1)
    shards = _FEWEST
    while shards * _DOCUMENTS < len(state.prints):
        shards *= 2
    return _Layout(shards, state.pages, years)


def _rounded(count: int) -> int:
    return -(-count // _ROOM) * _ROOM


def _places(layout: _Layout, addresses: Iterable[str], state: _State) -> list[int]:
    """Give the places of all parts of some pages."""
    return [
        place
        for address in addresses
        for first in [layout.first(address)]
        for place in range(first, first + state.pages.get(address, 1))
    ]


def _made(prints: dict[str, str], found: Mapping[str, Sequence[Part]]) -> Update:
    """Make an index from nothing."""
    state = _State(prints, {a: len(p) for a, p in found.items() if not CASE.fullmatch(a)})
    layout = _layout(state)
    documents = dict(sorted(_by_place(layout, found).items()))
    lists: list[defaultdict[str, list[int]]] = [defaultdict(list) for _ in range(_TIERS)]
    for place, part in documents.items():
        for tier, own in zip(lists, _found(part), strict=True):
            for gram in own:
                tier[gram].append(place)
    titles, facts, anywhere = lists
    tables: list[dict[str, str]] = [{} for _ in range(layout.shards)]
    for gram, places in anywhere.items():
        tables[shard(gram, layout.shards)][gram] = _entry(
            [titles.get(gram, ()), facts.get(gram, ()), places]
        )
    files = {_gram_file(number): _script(f"g/{number}", t) for number, t in enumerate(tables)}
    for number in sorted({place // _TEXTS for place in documents}):
        rows = [documents.get(place, 0) for place in _piece(number)]
        files[_text_file(number)] = _script(f"t/{number}", rows)
    return Update({**files, **_about(state, layout)}, whole=True)


def _mended(
    state: _State,
    layout: _Layout,
    fresh: Mapping[str, Sequence[Part]],
    gone: Sequence[int],
    old: Read,
) -> Update:
    """Mend an index where documents came, went or changed."""
    documents: dict[int, Part | None] = {**dict.fromkeys(gone), **_by_place(layout, fresh)}
    pieces: dict[int, list[Any]] = {}
    for number in sorted({place // _TEXTS for place in documents}):
        try:
            pieces[number] = _content(old(_text_file(number)))
        except (OSError, LookupError):  # nothing stood there yet
            pieces[number] = [0] * _TEXTS
    edits: dict[int, list[tuple[str, int, int, bool]]] = defaultdict(list)
    for place, part in documents.items():
        rows, row = pieces[place // _TEXTS], place % _TEXTS
        before = _found(Part(*rows[row]) if rows[row] else None)
        rows[row] = part or 0
        for tier, (was, now) in enumerate(zip(before, _found(part), strict=True)):
            for gram in was ^ now:
                edits[shard(gram, layout.shards)].append((gram, tier, place, gram in now))
    files = _about(state, layout)
    for number, listed in edits.items():
        table = _content(old(_gram_file(number)))
        _edit(table, listed)
        files[_gram_file(number)] = _script(f"g/{number}", table)
    removed = {_text_file(number) for number, rows in pieces.items() if not any(rows)}
    for number, rows in pieces.items():
        if any(rows):
            files[_text_file(number)] = _script(f"t/{number}", rows)
    return Update(files, frozenset(removed))


def _edit(table: dict[str, str], edits: Iterable[tuple[str, int, int, bool]]) -> None:
    """Put places into the lists of some grams, or take them out."""
    lists: dict[str, list[set[int]]] = {}
    for gram, tier, place, added in edits:
        if gram not in lists:
            texts = table.get(gram, "").split(" ")[::-1]
            texts += [""] * (_TIERS - len(texts))
            lists[gram] = [set(decode(text)) for text in reversed(texts)]
        (set.add if added else set.discard)(lists[gram][tier], place)
    for gram, tiers in lists.items():
        if tiers[-1]:
            table[gram] = _entry([sorted(places) for places in tiers])
        else:
            table.pop(gram, None)


def _entry(tiers: Sequence[Sequence[int]]) -> str:
    """Write the lists of a gram; most stand in no title and in no facts."""
    return " ".join(map(encode, tiers)).lstrip(" ")


def _by_place(layout: _Layout, found: Mapping[str, Sequence[Part]]) -> dict[int, Part]:
    return {
        place: part
        for address, listed in found.items()
        for place, part in enumerate(listed, layout.first(address))
    }


def _found(part: Part | None) -> _Found:
    if part is None:
        return set(), set(), set()
    title, facts = grams(part.title), grams(part.facts)
    return title, facts, grams(part.text) | title | facts


def _about(state: _State, layout: _Layout) -> dict[str, str]:
    """Give what a reader's browser asks for first, and what the next update does."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for address in state.prints:
        if match := CASE.fullmatch(address):
            numbers[match[1]].append(int(match[2]))
    text = state.text()
    about = {
        "edition": fingerprint(text),
        "shards": layout.shards,
        "texts": _TEXTS,
        "years": [
            [year.rpartition("/")[2], base, _runs(sorted(numbers[year]))]
            for year, base in layout.years.items()
        ],
    }
    return {_ABOUT: _script("about", about), STATE: text}


def _runs(numbers: Iterable[int]) -> list[int]:
    """Write ascending numbers as the first and the length of each run."""
    runs: list[int] = []
    for number in numbers:
        if runs and runs[-2] + runs[-1] == number:
            runs[-1] += 1
        else:
            runs += [number, 1]
    return runs


def _piece(number: int) -> range:
    return range(number * _TEXTS, (number + 1) * _TEXTS)


def _gram_file(number: int) -> str:
    return f"{FOLDER}/g/{number}.js"


def _text_file(number: int) -> str:
    return f"{FOLDER}/t/{number}.js"


_HEAD: Final = "xfSearch("


def _script(name: str, content: object) -> str:
    return f'{_HEAD}"{name}",{_json(content)})\n'


def _content(script: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(script[script.index(",") + 1 : script.rindex(")")])


def _json(content: object) -> str:
    """Write JSON that may stand in a script; equal contents give equal texts."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.translate({0x3C: "\\u003c", 0x2028: "\\u2028", 0x2029: "\\u2029"})
