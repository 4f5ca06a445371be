"""Making pages in as many processes as pay; the outcome is the same with one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, TypeVar

from xinfang.errors import XinfangError
from xinfang.pages import LISTS, Frame, cases
from xinfang.site.faults import SiteError
from xinfang.site.files import put
from xinfang.site.shell import Shells

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")
#: Pages that one process makes before it asks for more.
_CHUNK: Final = 50


@dataclass(frozen=True, slots=True)
class Work:
    """What all processes know: it is there when they are forked.

    Attributes:
        frame: What pages are made from.
        pages: Folder of the Markdown.
        site: Folder of the site.
    """

    frame: Frame
    pages: Path
    site: Path


@dataclass(frozen=True, slots=True)
class Done:
    """What came of some pages.

    Attributes:
        changed: How many differ from what stood there.
        digests: Number of each case → digest of its file as it was read; None for accusations.
    """

    changed: int
    digests: dict[str, bytes | None]


class Crew(Protocol):
    """Does the same with many things, in their order; what was begun goes on meanwhile."""

    def __call__(
        self, function: Callable[[ItemT], ResultT], items: Iterable[ItemT], /
    ) -> Iterator[ResultT]:
        """Give the results."""


class _Known:
    work: Work


@contextmanager
def crew(work: Work, *, many: bool) -> Iterator[Crew]:
    """Gather processes, where there is enough to do for more than one and the system can fork."""
    _Known.work = work
    workers = os.cpu_count() or 1
    if not many or workers == 1 or not _forks():
        yield map
        return
    context = multiprocessing.get_context("fork")
    # Pages leave nothing behind that would be worth collecting.
    with ProcessPoolExecutor(workers, context, initializer=gc.disable) as pool:
        yield pool.map


def _forks() -> bool:
    # On macOS a fork of a process that has started threads may hang.
    return "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"


def chunks(numbers: Iterable[str]) -> list[tuple[str, ...]]:
    """Part the work."""
    remaining = iter(numbers)
    return list(iter(lambda: tuple(islice(remaining, _CHUNK)), ()))


def lists(place: int) -> list[tuple[str, str]]:
    """Make the pages of one topic, but no cases."""
    try:
        return list(LISTS[place](_Known.work.frame))
    except XinfangError as error:
        raise _told(error) from error


def fill(numbers: Sequence[str]) -> Done:
    """Write the Markdown of some cases."""
    work, changed, digests = _Known.work, 0, {}
    try:
        for number in numbers:
            filled = cases.fill(work.frame, number)
            changed += put(work.pages, cases.address(number), filled.text)
            digests[number] = filled.digest
    except XinfangError as error:
        raise _told(error) from error
    return Done(changed, digests)


def dress(order: tuple[Shells, Sequence[str]]) -> None:
    """Write the pages of some cases into the site: their Markdown as it stands, and a shell."""
    work, (shells, numbers) = _Known.work, order
    for number in numbers:
        address = cases.address(number)
        text = (work.pages / address).read_text("utf-8")
        put(work.site, html(address), shells.html(text))


def html(address: str) -> str:
    """Where a page stands in the site."""
    return f"{address.removesuffix('.md')}.html"


def _told(error: XinfangError) -> SiteError:
    """Make an error that finds its way back from another process."""
    return error if isinstance(error, SiteError) else SiteError(str(error))
