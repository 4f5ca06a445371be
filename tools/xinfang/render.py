"""From HTML to PDF by WeasyPrint, which is imported only when something is printed.

The same HTML gives the same bytes: the day of making comes from the HTML's own
``dcterms.created``, nothing asks for the time, and no font is shared between papers, so that
a paper never holds a glyph of another one. Nothing is ever fetched, from no host and no file.

Printing many papers shares what does not depend on the paper, parsed styles and the font
map, and uses every processor: most of the time goes into subsetting fonts.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import re
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from ctypes.util import find_library
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import chain, count, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element

from xinfang.archival import archival, packed
from xinfang.errors import XinfangError
from xinfang.justify import EVEN, justify

if TYPE_CHECKING:
    from weasyprint import CSS, HTML, Document

#: Library that WeasyPrint loads → the Debian package that has it.
LIBRARIES: Final = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0"}
#: How a package is installed here.
APT: Final = "sudo apt-get install -y --no-install-recommends"

#: Strongest variant that every paper keeps: tagged, Unicode text, embedded source allowed.
_ARCHIVAL: Final = "pdf/a-3a"
_CREATED: Final = re.compile(r'name="dcterms.created" content="(\d{4}-\d\d-\d\d)"')
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)

_EVEN: Final = re.compile(rf'<body class="[^"]*\b{EVEN}\b')
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_FONT_FILES: Final = (".otf", ".ttf", ".ttc")
#: Fewer papers than this are printed faster here than by processes still to be started.
_WORTH_PROCESSES: Final = 12
#: So many papers leave some hundred megabytes of garbage in a printing process.
_COLLECTED_AFTER: Final = 40
_PRINTED: Final = count(1)
#: Papers sent to a process at a time: few, so that a progress bar moves.
_CHUNK: Final = 4


class PrintingError(Exception):
    """Something in a paper asked for a resource, or WeasyPrint could not lay it out."""


class CannotPrintError(XinfangError):
    """This machine lacks libraries without which nothing can be printed."""

    def __init__(self, packages: list[str]) -> None:
        super().__init__(
            f"本机缺少打印所需的 {'、'.join(packages)},文书和 PDF 台账印不出来。"
            f"补装: {APT} {' '.join(packages)}"
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be printed.

    Attributes:
        html: The whole paper.
        archival: Whether it is a final: tagged, and PDF/A-3a (ISO 19005-3, level A).
        source: Name and text of the record it was made from, embedded as its source; only in
            an archival paper.
    """

    html: str
    archival: bool = False
    source: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A paper that could not be printed, in the place of its bytes.

    Attributes:
        reason: Name of the trouble and where it arose; no text of the paper.
    """

    reason: str


def pdf(page: Sheet | str) -> bytes:
    """Print one paper.

    Raises:
        PrintingError: It cannot be printed.
        CannotPrintError: Nothing can be printed on this machine.
    """
    sheet = page if isinstance(page, Sheet) else Sheet(page)
    document = laid_out(sheet.html)
    if not sheet.archival:
        return packed(document.write_pdf(uncompressed_pdf=True))
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile for Python to close.
        warnings.simplefilter("ignore", ResourceWarning)
        return archival(document.write_pdf(**_archival(sheet)))


def laid_out(html: str, prepare: Callable[[Element], None] | None = None) -> Document:
    """Lay a paper out on pages, ready to be measured and printed.

    Args:
        html: The whole paper.
        prepare: What may change the paper's elements first.

    Raises:
        PrintingError: It cannot be laid out.
        CannotPrintError: Nothing can be printed on this machine.
    """
    require_printing()
    styles, body = _parted(html)
    paper = _html(body)
    if prepare is not None:
        prepare(paper.etree_element)
    try:
        document = paper.render(
            font_config=_font_configuration(), stylesheets=[_css(text) for text in styles]
        )
    except _fatal() as error:
        raise PrintingError(str(error)) from error
    if _EVEN.search(body):
        justify(document)
    return document


def _archival(sheet: Sheet) -> dict[str, Any]:
    from weasyprint import Attachment  # noqa: PLC0415

    options: dict[str, Any] = {"pdf_variant": _ARCHIVAL, "uncompressed_pdf": True}
    if sheet.source is not None:
        name, text = sheet.source
        day = _CREATED.search(sheet.html)
        made = datetime.fromisoformat(day[1]).replace(tzinfo=UTC) if day else _EPOCH
        options["attachments"] = [
            Attachment(
                string=text,
                name=name,
                description="本文书所依据的事项记录,不含身份信息",
                created=made,
                modified=made,
                relationship="Source",
            )
        ]
    return options


def pdfs(pages: Iterable[Sheet | str], *, workers: int | None = None) -> Iterator[bytes | Failure]:
    """Print many papers, in their order. One that fails leaves the others printed.

    Papers may be made one by one: the first are printed while the last are still being made.

    Args:
        pages: The papers.
        workers: How many processes may print; by default as many as there are processors.
    """
    require_printing()
    coming = iter(pages)
    workers = workers or _processors()
    papers = list(islice(coming, _WORTH_PROCESSES))
    if workers == 1 or len(papers) < _WORTH_PROCESSES:
        yield from map(_attempt, chain(papers, coming))
        return
    done = 0
    with TemporaryDirectory(prefix="xinfang-") as scratch:
        try:
            with _pool(workers, scratch) as pool:
                more = _remembered(coming, papers)
                results = pool.map(_attempt, chain(tuple(papers), more), chunksize=_CHUNK)
                for result in results:
                    yield result
                    done += 1
        except BrokenProcessPool:
            # A process died, not only a paper: print what is left one by one, each on its own.
            yield from _one_by_one([*papers[done:], *coming], scratch)


def _remembered(coming: Iterator[Sheet | str], papers: list[Sheet | str]) -> Iterator[Sheet | str]:
    """Hand papers on, keeping each in a list."""
    for paper in coming:
        papers.append(paper)
        yield paper


@cache
def require_printing() -> None:
    """Make sure that WeasyPrint finds its libraries, without importing it.

    Raises:
        CannotPrintError: It would not.
    """
    lacking = [package for name, package in LIBRARIES.items() if not find_library(name)]
    if lacking:
        raise CannotPrintError(lacking)


def _one_by_one(papers: list[Sheet | str], scratch: str) -> Iterator[bytes | Failure]:
    for paper in papers:
        with _pool(1, scratch) as pool:
            try:
                yield pool.submit(_attempt, paper).result()
            except BrokenProcessPool:
                yield Failure("打印进程意外终止")


def _pool(workers: int, scratch: str) -> ProcessPoolExecutor:
    """Start processes from a clean one: Pango's threads do not survive a fork."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["weasyprint"])
    return ProcessPoolExecutor(workers, context, _keep_scratch_in, (scratch,))


def _keep_scratch_in(folder: str) -> None:
    """Let WeasyPrint put the fonts it copies where the process that waits removes them.

    What is loaded stays for good, and the garbage of a paper is collected once in many papers:
    looking for it all the time takes a tenth of the time.
    """
    tempfile.tempdir = folder
    gc.freeze()
    gc.disable()


def _attempt(page: Sheet | str) -> bytes | Failure:
    if not gc.isenabled() and next(_PRINTED) % _COLLECTED_AFTER == 0:
        gc.collect()
    try:
        return pdf(page)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other papers are printed
        return Failure(described(error))


def described(error: Exception) -> str:
    """Name an error by its type and place in the program; its message could quote a record."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    return type(error).__name__ + place


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _parted(html: str) -> tuple[list[str], str]:
    """Take the styles out of a paper, to parse each only once."""
    return _STYLE.findall(html), _STYLE.sub("", html)


def _html(text: str) -> HTML:
    from weasyprint import HTML  # noqa: PLC0415

    return HTML(string=text, base_url="", url_fetcher=_no_fetcher())


@cache
def _css(text: str) -> CSS:
    from weasyprint import CSS  # noqa: PLC0415

    return CSS(string=text, font_config=_font_configuration(), url_fetcher=_font_fetcher())


@cache
def _font_configuration() -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    # WeasyPrint warns in English of fonts that a stack has instead of others; doctor says it.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    atexit.register(_forget)
    return FontConfiguration()


def _forget() -> None:
    """Let the copied fonts be removed while Python still can."""
    _css.cache_clear()
    _font_configuration.cache_clear()


def _fatal() -> type[BaseException]:
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    error: type[BaseException] = FatalURLFetchingError
    return error


@cache
def _no_fetcher() -> Any:  # noqa: ANN401
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    class NoFetcher(URLFetcher):  # type: ignore[misc]
        """Fetches nothing; data in the paper itself is no fetching."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ANN401
            if url.startswith("data:"):
                return super().fetch(url, headers)
            message = "文书不得引用外部资源"
            raise FatalURLFetchingError(message)

    return NoFetcher(allowed_protocols={"data"})


@cache
def _font_fetcher() -> Any:  # noqa: ANN401
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    refuse = _no_fetcher()

    class FontFetcher(URLFetcher):  # type: ignore[misc]
        """Reads fonts of this machine, which WeasyPrint found by name; nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ANN401
            if url.startswith("file:") and url.lower().endswith(_FONT_FILES):
                return super().fetch(url, headers)
            return refuse.fetch(url, headers)

    return FontFetcher(allowed_protocols={"file"})
