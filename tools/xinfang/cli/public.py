"""The guide for the public (办事指南), below ``build/public``: pages, blank forms, the poster.

Of the register it takes ``office.yaml``, the clocks, the forms, and entries of the ledger only
to add them up; the guide itself never sees an entry.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from xinfang.check import check
from xinfang.cli.context import Context
from xinfang.cli.papers import Locate, papers_of
from xinfang.cli.printed import Memory
from xinfang.cli.progress import bar
from xinfang.diagnostics import Finding
from xinfang.documents import Papers
from xinfang.errors import XinfangError
from xinfang.forms import Form
from xinfang.guide import STYLE, File, Guide, Sheet, guide_pages
from xinfang.ledger import Entry
from xinfang.packaged import site_templates_folder
from xinfang.render import Failure, pdfs
from xinfang.render import Sheet as Page
from xinfang.store import write_atomic
from xinfang.yearly import years

FOLDER: Final = "public"
POSTER: Final = "poster.pdf"
#: The notice board of the site and the guide as a poster.
_POSTER_FORM: Final = "D29"
_FORMS: Final = "forms"
#: What was printed before, beside the guide: nobody who reads the guide has use for it.
_PRINTED: Final = "public-papers"


class NotPrintedError(XinfangError):
    """The program could not print one of the papers of the guide."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"办事指南的 {address} 没有印成: {reason}")


@dataclass(frozen=True, slots=True)
class Published:
    """A finished guide.

    Attributes:
        folder: Where it stands.
        pages: How many pages it has.
        files: How many files can be fetched from it.
        fresh: How many of them were printed now.
        findings: What stopped the poster.
        seconds: How long it took.
    """

    folder: Path
    pages: int
    files: int
    fresh: int
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def sentence(self) -> str:
        """What a clerk is told."""
        return (
            f"办事指南已生成: {self.folder / 'index.html'}"
            f"({self.pages} 页,{self.files} 份表格和告示,用时 {self.seconds:.1f} 秒)"
        )


def make_guide(context: Context, entries: Iterable[Entry] | None = None) -> Published:
    """Make the guide; what is no more part of it is removed.

    Args:
        context: The register; needs a sound ``office.yaml``.
        entries: All entries of the ledger, where they are known already.
    """
    started = time.monotonic()
    office, register = context.office, context.register
    if entries is None:
        with bar("检查", len(register.case_files())) as advance:
            entries = check(register, progress=advance).entries.values()
    papers = papers_of(register)
    press = _Press(context.build / _PRINTED)
    wanted = [form for form in papers.forms.values() if form.for_guide]
    poster, findings = _poster(papers, context)
    printed = press.printed(
        {
            **{_printed(form): papers.blank(form, office) for form in wanted},
            **({POSTER: poster} if poster else {}),
        }
    )
    for form in wanted:
        printed[_fillable(form)] = press.fillable(_fillable(form), papers.blank(form, office))
    press.memory.save()
    guide = Guide(
        office,
        register.clocks,
        years(entries, context.today),
        [_sheet(form, printed) for form in wanted],
        _file(POSTER, printed) if poster else None,
        context.today,
    )
    folders = _folders(register.folder)
    pages = guide_pages(guide, folders)
    style = next(folder / STYLE for folder in folders if (folder / STYLE).is_file())
    folder = context.build / FOLDER
    made = {
        **printed,
        STYLE: style.read_bytes(),
        **{name: text.encode() for name, text in pages.items()},
    }
    _write(made, folder)
    seconds = time.monotonic() - started
    return Published(folder, len(pages), len(printed), press.fresh, findings, seconds)


def report(made: Published) -> None:
    """Say what was made, and what stopped the poster."""
    for finding in made.findings:
        click.echo(finding, err=True)
    if made.findings:
        click.secho("警告: 告示牌缺以上内容,没有印;办事指南的其余部分已生成", fg="yellow", err=True)
    click.secho(made.sentence, fg="green")


def _folders(register: Path) -> list[Path]:
    """Folders of templates: the register's own, where it has any, then the packaged ones."""
    folders = (register / "site_templates" / FOLDER, site_templates_folder() / FOLDER)
    return list(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


def _poster(papers: Papers, context: Context) -> tuple[str | None, tuple[Finding, ...]]:
    """Give the page of the poster, or what stopped it."""
    document = context.register.loaded.document
    for paper in papers.office_papers(context.office, Locate(document, document)):
        if paper.form.id == _POSTER_FORM:
            return paper.html, paper.findings
    return None, ()


def _printed(form: Form) -> str:
    return f"{_FORMS}/{form.id}.pdf"


def _fillable(form: Form) -> str:
    return f"{_FORMS}/{form.id}-fillable.pdf"


def _file(address: str, printed: Mapping[str, bytes]) -> File:
    return File(address, len(printed[address]))


def _sheet(form: Form, printed: Mapping[str, bytes]) -> Sheet:
    return Sheet(
        form.id,
        form.name,
        form.for_guide or "",
        _file(_printed(form), printed),
        _file(_fillable(form), printed),
    )


class _Press:
    """Prints what changed, and remembers the rest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.memory = Memory(folder)
        self.fresh = 0

    def printed(self, papers: Mapping[str, str]) -> dict[str, bytes]:
        """Print papers, given by their addresses.

        Raises:
            NotPrintedError: One of them cannot be printed.
        """
        pages = {address: Page(html) for address, html in papers.items()}
        changed = {a: p for a, p in pages.items() if not self.memory.holds(self.folder / a, p)}
        for address, result in zip(changed, pdfs(changed.values()), strict=True):
            if isinstance(result, Failure):
                raise NotPrintedError(address, result.reason)
            self._keep(address, pages[address], result)
        return {address: (self.folder / address).read_bytes() for address in papers}

    def fillable(self, address: str, html: str) -> bytes:
        """Make a form that is filled in on a screen."""
        from xinfang.fillable import fillable  # noqa: PLC0415 - only where fields are made anew

        page = Page(html)
        if not self.memory.holds(self.folder / address, page):
            self._keep(address, page, fillable(html))
        return (self.folder / address).read_bytes()

    def _keep(self, address: str, page: Page, content: bytes) -> None:
        write_atomic(self.folder / address, content)
        self.memory.keep(self.folder / address, page)
        self.fresh += 1


def _write(made: Mapping[str, bytes], folder: Path) -> None:
    """Write what changed, pages last, and remove what is no more."""
    for address, content in made.items():
        file = folder / address
        if not file.is_file() or file.read_bytes() != content:
            write_atomic(file, content)
    for file in _strangers(folder, made):
        file.unlink()


def _strangers(folder: Path, made: Mapping[str, bytes]) -> Iterator[Path]:
    found = [file for file in folder.rglob("*") if file.is_file()]
    yield from (file for file in found if file.relative_to(folder).as_posix() not in made)
