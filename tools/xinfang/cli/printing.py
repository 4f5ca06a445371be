"""Printing the papers of a register into ``build/papers``: only what changed, all in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Final

import click

from xinfang.cli.context import Context
from xinfang.cli.papers import (
    Keys,
    Locate,
    composed,
    forms_folders,
    identities_of,
    keys_of,
    papers_of,
    sheet_of,
)
from xinfang.cli.printed import Memory, Outcome, digest_of
from xinfang.cli.progress import bar
from xinfang.cli.reading import shown
from xinfang.diagnostics import Finding, Level, exit_code
from xinfang.documents import Paper, Papers, books
from xinfang.documents.papers import OFFICE_PAPER
from xinfang.errors import XinfangError
from xinfang.forms import Form
from xinfang.register import OFFICE_FILE
from xinfang.render import Failure, Sheet, described, pdfs
from xinfang.sealed import public_keys, sealed_file
from xinfang.store import write_atomic

_FAULT: Final = 3
FOLDER: Final = "papers"
_BLANK: Final = "空白表格"
_FILLABLE: Final = "可填写表格"


@dataclass
class Printed:
    """What came of printing.

    Attributes:
        files: Papers that stand printed.
        fresh: How many of them were printed now; the others had not changed.
        findings: What stopped papers, and files that could not be read.
        crashed: Case number → reason; the program is at fault there.
        changed: How many finals no longer say what the version that went out says.
        sealed: Whether some paper shows codes instead of names, for want of a key.
        folder: Where they are.
    """

    files: list[Path] = field(default_factory=list)
    fresh: int = 0
    findings: list[Finding] = field(default_factory=list)
    crashed: dict[str, str] = field(default_factory=dict)
    changed: int = 0
    sealed: bool = False
    folder: Path | None = None

    @property
    def code(self) -> int:
        """Exit code: 3 where the program failed, else derived from the findings."""
        return _FAULT if self.crashed else exit_code(self.findings)


@dataclass(frozen=True, slots=True)
class _Order:
    """Papers of one matter, or of the office, that are to be printed.

    Attributes:
        owner: Case number, or the word for the office.
        data: Digest of all that they are made from.
        papers: The papers.
        findings: What was found in the seal.
        sealed: Whether they show codes instead of names.
    """

    owner: str
    data: str
    papers: tuple[Paper, ...]
    findings: tuple[Finding, ...] = ()
    sealed: bool = False


def print_papers(context: Context, files: Sequence[Path] = (), form: Form | None = None) -> Printed:
    """Print the papers of some matters; trouble with one leaves the others printed.

    Without files, those of all matters and those of the office itself.
    """
    press = _Press(context, form)
    press.print(press.orders(files))
    return press.done


def print_blanks(context: Context, form: Form | None) -> Printed:
    """Print blank forms for handwriting."""
    press = _Press(context, form)
    folder = press.done.folder = press.folder / _BLANK
    press.write(
        (wanted.id, _blank_file(folder, wanted), Sheet(press.papers.blank(wanted, context.office)))
        for wanted in press.forms
    )
    press.memory.save()
    return press.done


def print_fillable(context: Context, form: Form | None) -> Printed:
    """Make blank forms that are filled in on the screen; kept apart, for they are no archive."""
    from xinfang.fillable import fillable  # noqa: PLC0415 - only here are fields made

    press = _Press(context, form)
    folder = press.done.folder = context.build / _FILLABLE
    with bar("制作", len(press.forms)) as advance:
        for wanted in press.forms:
            target = _blank_file(folder, wanted)
            write_atomic(target, fillable(press.papers.blank(wanted, context.office)))
            press.done.files.append(target)
            advance(1)
    press.done.fresh = len(press.done.files)
    return press.done


def _blank_file(folder: Path, form: Form) -> Path:
    return folder / f"{form.id}-{form.name}.pdf"


class _Press:
    """One run of printing: what it needs, and what has come of it so far."""

    def __init__(self, context: Context, form: Form | None) -> None:
        self.register = context.register
        self.own = context.office
        self.form = form
        self.folder = context.build / FOLDER
        self.memory = Memory(self.folder)
        self.keys: Keys = keys_of(self.register)
        self.done = Printed()
        #: Whether the matters were named; a form that does not apply is told only then.
        self.named = False

    @cached_property
    def papers(self) -> Papers:
        return papers_of(self.register)

    @property
    def forms(self) -> list[Form]:
        return [self.form] if self.form else list(self.papers.forms.values())

    @cached_property
    def _common(self) -> str:
        """Digest of what all papers are made from."""
        forms = (file for folder in forms_folders(self.register) for file in folder.rglob("*"))
        files = sorted(file for file in forms if file.is_file())
        words = [str(self.register.today), *public_keys(list(self.keys))]
        return digest_of([self.register.folder / OFFICE_FILE, *files, *words])

    def orders(self, files: Sequence[Path]) -> Iterator[_Order]:
        """Compose what changed, matter by matter; all matters and the office without files."""
        self.named = bool(files)
        for file in files or self.register.case_files():
            order = self.matter(file)
            if order is not None:
                yield order
        if not files:
            yield from filter(None, (self.office(), *self.decisions(), *self.inspections()))

    def matter(self, file: Path) -> _Order | None:
        """Compose the papers of a matter, unless nothing changed since they were printed."""
        seal = sealed_file(self.register.folder, file.stem)
        data = digest_of([self._common, file, seal])
        if self._is_known(file.stem, data):
            return None
        loaded = self.register.load(file)
        if loaded.record is None:
            self.done.findings += [f for f in loaded.findings if f.level is Level.ERROR]
            return None
        papers: list[Paper] = []
        found: list[Finding] = []
        try:
            matter = self.register.matter(loaded.record, loaded.document.path)
            known = identities_of(self.register, file.stem, self.keys, found)
            where = Locate(loaded.document, self.register.loaded.document)
            if self.named or self.form is None or self.form.applies_to(matter):
                papers += composed(self.papers, matter, self.form, known, where)
        except XinfangError:
            raise
        except Exception as error:  # noqa: BLE001 - one matter's trouble is told by its number
            self.done.crashed[file.stem] = described(error)
        # A paper that shows no names lacks none.
        sealed = any(paper.hides_somebody for paper in papers)
        return _Order(file.stem, data, tuple(papers), tuple(found), sealed)

    def office(self) -> _Order | None:
        """Compose the papers that show the office alone."""
        if self._is_known(OFFICE_PAPER, self._common):
            return None
        document = self.register.loaded.document
        papers = self.papers.office_papers(self.own, Locate(document, document))
        wanted = tuple(
            paper if self.form else _unless_begun(paper)
            for paper in papers
            if self.form in (None, paper.form)
        )
        return _Order(OFFICE_PAPER, self._common, wanted)

    def decisions(self) -> Iterator[_Order | None]:
        """Compose the papers of the assessed decisions that changed."""
        for decision in books.decisions(self.register):
            file = self.register.folder / self.register.path_of(decision)
            yield self._book(
                decision.number,
                digest_of([self._common, file]),
                partial(self.papers.decision_papers, decision, self.own),
            )

    def inspections(self) -> Iterator[_Order | None]:
        """Compose the papers of the months of inspections that changed."""
        for month, reports in books.months(self.register).items():
            owner, today = f"排查-{month}", self.register.today
            files = [self.register.folder / self.register.path_of(report) for report in reports]
            sheets = [
                books.gathered(reports, self.own.office_department, today),
                *(books.of_department(report, today) for report in reports),
            ]
            yield self._book(
                owner,
                digest_of([self._common, *files]),
                partial(self.papers.inspection_papers, owner, sheets, self.own),
            )

    def _book(self, owner: str, data: str, compose: Callable[[], list[Paper]]) -> _Order | None:
        """Compose papers of another book, unless nothing changed since they were printed."""
        if self._is_known(owner, data):
            return None
        wanted = tuple(paper for paper in compose() if self.form in (None, paper.form))
        return _Order(owner, data, wanted)

    def _is_known(self, owner: str, data: str) -> bool:
        known = self.memory.outcome(owner, data) if self.form is None else None
        if known is not None:
            self.done.files += [self.folder / name for name in known.files]
            self._tell(known)
        return known is not None

    def _tell(self, outcome: Outcome) -> None:
        self.done.findings += outcome.findings
        self.done.changed += outcome.changed
        self.done.sealed |= outcome.sealed

    def print(self, orders: Iterable[_Order]) -> None:
        """Print what is ordered, in one batch; remember what came of it."""
        made: list[_Order] = []
        self.write(self._rows(orders, made))
        for order in made:
            outcome = self._outcome(order)
            self._tell(outcome)
            if self.form is None and order.owner not in self.done.crashed:
                self._remove_others(order.owner, outcome)
                self.memory.keep_outcome(order.owner, order.data, outcome)
        self.memory.save()

    def _rows(
        self, orders: Iterable[_Order], made: list[_Order]
    ) -> Iterator[tuple[str, Path, Sheet]]:
        """Yield every paper with its owner and its file; keep the orders in a list."""
        for order in orders:
            made.append(order)
            for paper in order.papers:
                target = self.folder / paper.case / paper.file_name
                if paper.html is None:
                    target.unlink(missing_ok=True)  # what was printed earlier no longer holds
                else:
                    yield paper.case, target, sheet_of(paper)

    @staticmethod
    def _outcome(order: _Order) -> Outcome:
        return Outcome(
            tuple(f"{paper.case}/{paper.file_name}" for paper in order.papers if paper.html),
            tuple(sorted({*order.findings, *(f for p in order.papers for f in p.findings)})),
            sum(paper.version > 0 and not paper.frozen for paper in order.papers),
            order.sealed,
        )

    def _remove_others(self, owner: str, outcome: Outcome) -> None:
        """Remove papers that a matter had once and has no more."""
        for file in (self.folder / owner).glob("*.pdf"):
            if f"{owner}/{file.name}" not in outcome.files:
                file.unlink()

    def write(self, wanted: Iterable[tuple[str, Path, Sheet]]) -> None:
        """Print and write what changed; each gets its file, or its owner a line of trouble."""
        rows: list[tuple[str, Path, Sheet]] = []
        results = pdfs(self._changed(wanted, rows))
        first = next(results, None)  # by now all papers are made, and can be counted
        if first is None:
            return
        with bar("打印", len(rows)) as advance:
            for row, result in zip(rows, chain([first], results), strict=True):
                self._keep(row, result)
                advance(1)

    def _changed(
        self, wanted: Iterable[tuple[str, Path, Sheet]], rows: list[tuple[str, Path, Sheet]]
    ) -> Iterator[Sheet]:
        """Yield the pages that are not printed yet; keep whose they are in a list."""
        for row in wanted:
            if self.memory.holds(row[1], row[2]):
                self.done.files.append(row[1])
            else:
                rows.append(row)
                yield row[2]

    def _keep(self, row: tuple[str, Path, Sheet], result: bytes | Failure) -> None:
        owner, target, sheet = row
        if isinstance(result, Failure):
            self.done.crashed[owner] = f"{target.name}: {result.reason}"
            target.unlink(missing_ok=True)
            return
        write_atomic(target, result)
        self.memory.keep(target, sheet)
        self.done.files.append(target)
        self.done.fresh += 1


def _unless_begun(paper: Paper) -> Paper:
    """A paper of which ``office.yaml`` tells nothing at all is not wanted yet: a word, no error."""
    if not paper.form.required or len(paper.findings) < len(paper.form.required):
        return paper
    told = replace(
        min(paper.findings),
        level=Level.WARNING,
        message=f"没有填写{paper.form.name}({paper.form.id})的内容,没有印这一份",
        mend="要用的,在 office.yaml 中填好",
    )
    return replace(paper, findings=(told,))


def report(context: Context, done: Printed, verb: str = "已印") -> None:
    """Say what was found, what failed, and where the papers are.

    Args:
        context: The register.
        done: What came of it.
        verb: What was done with the papers.
    """
    for finding in sorted(set(done.findings)):
        click.echo(finding, err=True)
    for number, reason in done.crashed.items():
        click.secho(f"{number}: 程序出错,该事项的文书没有印全: {reason}", fg="red", err=True)
    if done.sealed:
        keys = keys_of(context.register)
        why = "有的事项没有封存身份信息" if keys else "没有密钥"
        mend = "封存用 xinfang seal" if keys else "请设置 XINFANG_KEY_FILE"
        click.echo(f"{why},信访人只印代号;需要姓名时{mend}", err=True)
    if done.changed:
        click.echo(
            f"有 {done.changed} 份与已出具的不同,印出的没有核验码;要发出请用 xinfang issue",
            err=True,
        )
    place = shown(done.folder or context.build / FOLDER)
    changed = f",其中 {done.fresh} 份有变化" if 0 < done.fresh < len(done.files) else ""
    changed = ",都没有变化" if done.files and not done.fresh else changed
    click.secho(f"{verb} {len(done.files)} 份文书{changed},在 {place}", bold=True)
