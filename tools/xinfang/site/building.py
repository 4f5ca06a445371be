"""Building a site: what is made, in which order it is put in its place, what is left alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from xinfang.pages import LISTS, Frame, Pages, cases
from xinfang.search_index import FOLDER as SEARCH
from xinfang.search_index import STATE, Update, fingerprint, update
from xinfang.site.crew import Crew, Done, Work, chunks, crew, dress, fill, html, lists
from xinfang.site.files import addresses, copy, put, remove
from xinfang.site.memory import Memory
from xinfang.site.mkdocs import run
from xinfang.site.shell import FOLDER as SPECIMENS
from xinfang.site.shell import Shells, shell, specimens
from xinfang.store import write_output

PAGES: Final = "pages"
SITE: Final = "site"
_MEMORY: Final = "site.json"
#: From so many pages to make on, other processes pay; for the lists of so many matters, too.
_MANY: Final = 200
_LONG: Final = 2000

#: Called with the number of case pages made since the last call.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """A site to be built.

    Attributes:
        frame: What its pages are made from.
        digests: SHA-256 of the bytes of each case file, by its path.
        settings: ``mkdocs.yml``.
        build: Folder of all output.
    """

    frame: Frame
    digests: Mapping[str, bytes]
    settings: Path
    build: Path


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it.

    Attributes:
        pages: How many pages and files there are.
        changed: How many of them differ from the last time.
        warnings: What MkDocs warned about; nothing for a sound site.
    """

    pages: int
    changed: int
    warnings: list[str]


def build_site(order: Order, progress: Progress = lambda _count: None) -> Made:
    """Build a site, or bring it up to date.

    Raises:
        SiteError: It could not be built; the old one is still there.
        TemplateFaultError: A template is at fault.
    """
    return _Build(order, progress).run()


class _Build:
    """One run."""

    def __init__(self, order: Order, progress: Progress) -> None:
        self.order = order
        self.progress = progress
        self.work = Work(order.frame, order.build / PAGES, order.build / SITE)
        self.keys = cases.keys(order.frame, order.digests)
        self.before = Memory.taken(order.build / _MEMORY)
        self.due = self._due()
        self.settled = {n: key for n, key in self.keys.items() if n not in set(self.due)}
        self.filled: set[str] = set()
        self.changed = 0

    def _due(self) -> list[str]:
        """List the cases whose Markdown has to be made."""
        stand = set(addresses(self.work.pages))
        return [
            number
            for number, key in self.keys.items()
            if self.before.keys.get(number) != key or cases.address(number) not in stand
        ]

    def run(self) -> Made:
        """Build."""
        # Made before other processes are forked, so that each of them has what these need.
        samples = [cases.fill(self.order.frame, number).text for number in self._samples()]
        self.order.build.mkdir(parents=True, exist_ok=True)
        many = len(self.due) > _MANY or len(self.keys) > _LONG
        with (
            tempfile.TemporaryDirectory(prefix=".site-", dir=self.order.build) as room,
            crew(self.work, many=many) as do,
        ):
            made: Pages = dict(sorted(chain.from_iterable(do(lists, range(len(LISTS))))))
            filling = do(fill, chunks(self.due))
            self.changed += sum(put(self.work.pages, *page) for page in made.items())
            theme = _theme(self.order, Path(room), made, specimens(samples))
            for text in samples:
                theme.shells.html(text)  # a template that does not fit leaves the old site whole
            found = self._found(made, filling)
            for done in filling:
                self._note(done)
            self._publish(theme, found, do)
        remove(self.work.pages, set(addresses(self.work.pages)) - self._prints(made).keys())
        Memory(theme.shells.digest, dict(sorted(self.settled.items()))).put_back(
            self.order.build / _MEMORY
        )
        return Made(len(made) + len(self.keys), self.changed, theme.warnings)

    def _samples(self) -> Iterator[str]:
        """Number of a case of each kind."""
        for sealed in (False, True):
            entries = self.order.frame.entries.items()
            yield from islice((n for n, entry in entries if entry.sealed is sealed), 1)

    def _note(self, done: Done) -> None:
        """Note what became of some cases; a file that changed meanwhile is due again next time."""
        entries, digests = self.order.frame.entries, self.order.digests
        self.changed += done.changed
        self.filled |= done.digests.keys()
        for number, digest in done.digests.items():
            if digest in {None, digests[entries[number].path]}:
                self.settled[number] = self.keys[number]
        self.progress(len(done.digests))

    def _prints(self, made: Pages) -> dict[str, str]:
        """Give for every page what changes with its text."""
        prints = {address: fingerprint(text) for address, text in made.items()}
        return prints | {cases.address(number): key for number, key in self.keys.items()}

    def _found(self, made: Pages, filling: Iterator[Done]) -> Update:
        """Bring the search up to date, while other processes still make pages."""
        waited = {cases.address(number): number for number in self.due}

        def page(address: str) -> str:
            while address in waited and waited[address] not in self.filled:
                self._note(next(filling))
            text = made.get(address)
            return (self.work.pages / address).read_text("utf-8") if text is None else text

        def old(address: str) -> str:
            return (self.work.site / address).read_text("utf-8")

        # What broke off halfway may have left pieces that do not belong together.
        return update(self._prints(made), page, old if self.before.keys else None)

    def _publish(self, theme: _Theme, found: Update, do: Crew) -> None:
        """Put everything in its place: first what pages lead to, then they, then what is old."""
        site, frame = self.work.site, theme.folder
        stand = set(addresses(site))
        own = {html(cases.address(number)): number for number in self.keys}
        dull = theme.shells.digest == self.before.shells
        due = {*self.due} if dull else self.keys.keys()
        bare = [number for page, number in own.items() if number in due or page not in stand]
        pages = [name for name in theme.names if name.endswith(".html")]
        for name in sorted({*theme.names} - {*pages}):
            write_output(site / name, (frame / name).read_bytes())
        for _ in do(dress, [(theme.shells, chunk) for chunk in chunks(bare)]):
            pass
        for name, text in sorted(found.files.items(), key=lambda file: file[0] == STATE):
            put(site, name, text)
        for name in sorted(pages, key=lambda name: name == "index.html"):
            write_output(site / name, (frame / name).read_bytes())
        search = {name for name in stand if name.startswith(f"{SEARCH}/")}
        kept = {*found.files} if found.whole else search - found.removed
        remove(site, stand - {*theme.names} - own.keys() - kept)


@dataclass(frozen=True, slots=True)
class _Theme:
    """What MkDocs made.

    Attributes:
        folder: Where it stands until it is put in its place.
        names: Addresses of its files.
        shells: What stands around the pages of cases.
        warnings: What it warned about.
    """

    folder: Path
    names: Sequence[str]
    shells: Shells
    warnings: list[str]


def _theme(order: Order, room: Path, made: Pages, patterns: Mapping[str, str]) -> _Theme:
    """Have MkDocs build the lists and the specimens."""
    docs, folder = room / PAGES, room / SITE
    copy(order.build / PAGES, docs, made)
    for address, text in patterns.items():
        put(docs, address, text)
    warnings = run(order.settings, order.frame.office.register_.name, docs, folder)
    kinds = dict(
        shell(text, (folder / html(address)).read_text("utf-8"))
        for address, text in patterns.items()
    )
    names = [name for name in addresses(folder) if not name.startswith(f"{SPECIMENS}/")]
    return _Theme(folder, names, Shells(kinds), warnings)
