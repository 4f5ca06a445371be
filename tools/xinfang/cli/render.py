"""``xinfang render``: print the papers of matters, or blank forms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import click

from xinfang import __version__
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.progress import bar
from xinfang.cli.reading import shown
from xinfang.diagnostics import Finding, KeyPath, Level, Place, exit_code
from xinfang.documents import Identities, Paper, Papers, Stamp
from xinfang.errors import XinfangError
from xinfang.forms import Form
from xinfang.identity import Identity, Owner
from xinfang.model.words import Particular
from xinfang.packaged import forms_folder
from xinfang.register import Register
from xinfang.render import Failure, Sheet, described, pdfs
from xinfang.sealed import (
    MissingKeyError,
    MissingSealError,
    WrongKeyError,
    keys_for,
    open_content,
    sealed_file,
)
from xinfang.source import Document
from xinfang.store import write_atomic

#: Keys as ``xinfang.sealed`` gives and takes them; only there does anybody look inside.
Keys = Sequence[Any]

_FAULT: Final = 3


@dataclass
class Printed:
    """What came of printing.

    Attributes:
        files: Papers that stand printed.
        fresh: How many of them were printed now; the others had not changed.
        findings: What stopped papers, and files that could not be read.
        crashed: Case number → reason; the program is at fault there.
        sealed: Whether some paper shows codes instead of names, for want of a key.
    """

    files: list[Path] = field(default_factory=list)
    fresh: int = 0
    findings: list[Finding] = field(default_factory=list)
    crashed: dict[str, str] = field(default_factory=dict)
    sealed: bool = False

    @property
    def code(self) -> int:
        """Exit code: 3 where the program failed, else derived from the findings."""
        return _FAULT if self.crashed else exit_code(self.findings)


@command(
    "render",
    epilog="例: xinfang render · xinfang render XF-2026-0001 · xinfang render 7 --form D14 · "
    "xinfang render --blank --form D02",
)
@click.argument("cases", nargs=-1, metavar="[编号]…")
@click.option("--form", "wanted", metavar="文书", help="只印这一种,如 D14 或 信访事项处理意见书")
@click.option("--blank", is_flag=True, help="印空白表格,供手写")
@pass_context
def render(context: Context, cases: tuple[str, ...], wanted: str | None, *, blank: bool) -> int:
    """打印文书:登记表、处理登记表、转办单、处理意见书。

    不指定编号时打印全部事项的文书,写入 build/papers/。缺项、未经确认的,不出文书并说明缺什么。
    未签批的印“草稿”或“送审稿”。没有密钥时,信访人只印代号。
    """
    papers = papers_of(context.register)
    form = _form(papers, wanted) if wanted else None
    if blank:
        if cases:
            message = "--blank 印空白表格,不能同时给出编号"
            raise click.UsageError(message)
        done = print_blanks(context, papers, form)
    else:
        files = [context.case_file(number) for number in cases] or context.register.case_files()
        done = print_papers(context, papers, files, form)
    report(context, done)
    return done.code


def papers_of(register: Register) -> Papers:
    """Open the forms of a register: its own first, then those that come with the program."""
    folders = (register.folder / "forms", forms_folder())
    return Papers(*dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


def _form(papers: Papers, wanted: str) -> Form:
    for form in papers.forms.values():
        if wanted.upper() == form.id or wanted == form.name:
            return form
    known = "、".join(f"{form.id} {form.name}" for form in papers.forms.values())
    message = f"没有“{wanted}”这种文书;有: {known}"
    raise click.UsageError(message)


def print_blanks(context: Context, papers: Papers, form: Form | None) -> Printed:
    """Print blank forms."""
    chosen = [form] if form else list(papers.forms.values())
    done = Printed()
    folder = context.build / "papers"
    _write(
        folder,
        [
            (
                f.id,
                folder / "空白表格" / f"{f.id}-{f.name}.pdf",
                Sheet(papers.blank(f, context.office)),
            )
            for f in chosen
        ],
        done,
    )
    return done


def print_papers(
    context: Context, papers: Papers, files: Iterable[Path], form: Form | None = None
) -> Printed:
    """Print the papers of some matters; trouble with one leaves the others printed."""
    done = Printed()
    keys = _keys(context.register, sample=context.office.register_.sample)
    composed = [
        paper
        for file in files
        for paper in _composed(context.register, papers, file, form, keys, done)
    ]
    done.findings += [finding for paper in composed for finding in paper.findings]
    folder = context.build / "papers"
    rows = [(paper, folder / paper.case / paper.file_name) for paper in composed]
    for paper, target in rows:
        if paper.html is None:
            target.unlink(missing_ok=True)  # what was printed earlier no longer holds
    _write(
        folder,
        [(paper.case, target, sheet_of(paper)) for paper, target in rows if paper.html is not None],
        done,
    )
    return done


def sheet_of(paper: Paper, stamp: Stamp | None = None) -> Sheet:
    """Make the sheet to be printed: a final is archival and carries its source."""
    html = paper.stamped(stamp)
    if not paper.is_final:
        return Sheet(html)
    return Sheet(html, archival=True, source=(f"{paper.case}.yaml", paper.source))


def _composed(
    register: Register,
    papers: Papers,
    file: Path,
    form: Form | None,
    keys: Keys,
    done: Printed,
) -> Iterator[Paper]:
    loaded = register.load(file)
    if loaded.record is None:
        done.findings += [f for f in loaded.findings if f.level is Level.ERROR]
        return
    try:
        matter = register.matter(loaded.record, loaded.document.path)
        known = _identities(register, matter.case.number, keys, done)
        done.sealed |= known is None and bool(matter.case.parties)
        where = _Locate(loaded.document, register.loaded.document)
        for wanted in [form] if form else papers.applicable(matter):
            yield from papers.compose(wanted, matter, known, where)
    except XinfangError:
        raise
    except Exception as error:  # noqa: BLE001 - one matter's trouble is reported by its number
        done.crashed[file.stem] = described(error)


@dataclass(frozen=True)
class _Locate:
    """Finds places in the case file and in ``office.yaml``."""

    case: Document
    office: Document

    def __call__(self, keys: KeyPath, in_office: bool) -> Place:  # noqa: FBT001
        return (self.office if in_office else self.case).place(keys)


def _identities(register: Register, case: str, keys: Keys, done: Printed) -> Identities | None:
    """Open who the parties are; None without a key or where nothing is sealed."""
    if not keys:
        return None
    try:
        content, found = open_content(register, case, keys)
    except MissingSealError:
        return None
    except WrongKeyError as error:
        place = Place(sealed_file(Path(), case).as_posix())
        done.findings.append(Finding(place, Level.ERROR, "sealed-not-opened", str(error)))
        return None
    done.findings += [finding for finding in found if finding.level is Level.ERROR]
    if content is None:
        return None
    return {code: _shown(identity) for code, identity in content.parties.items()}


def _shown(identity: Identity) -> dict[str, str]:
    contacts = [
        contact.number + ("" if contact.owner is Owner.SELF else f"（{contact.owner}）")
        for contact in identity.contacts
    ]
    return {
        Particular.NAME: identity.name or "",
        Particular.ADDRESS: identity.address or "",
        Particular.CONTACT: "、".join(contacts),
    }


def _keys(register: Register, *, sample: bool) -> Keys:
    try:
        return keys_for(register.folder, sample=sample)
    except MissingKeyError:
        return ()


def _write(folder: Path, wanted: Iterable[tuple[str, Path, Sheet]], done: Printed) -> None:
    """Print and write what changed; each paper gets its file, or its case a line of trouble."""
    memory = _Memory(folder / ".printed.json")
    rows = [row for row in wanted if not memory.holds(row[1], row[2])]
    done.files += memory.same
    with bar("打印", len(rows)) as advance:
        for (owner, target, sheet), result in zip(
            rows, pdfs([row[2] for row in rows]), strict=True
        ):
            if isinstance(result, Failure):
                done.crashed[owner] = f"{target.name}: {result.reason}"
                target.unlink(missing_ok=True)
            else:
                write_atomic(target, result)
                memory.keep(target, sheet)
                done.files.append(target)
                done.fresh += 1
            advance(1)
    memory.save()


class _Memory:
    """From which page each file was printed: the same page gives the same file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.same: list[Path] = []
        try:
            known = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            known = {}
        self._known: dict[str, str] = known if isinstance(known, dict) else {}

    def holds(self, target: Path, sheet: Sheet) -> bool:
        same = target.exists() and self._known.get(self._name(target)) == self._digest(sheet)
        if same:
            self.same.append(target)
        return same

    def keep(self, target: Path, sheet: Sheet) -> None:
        self._known[self._name(target)] = self._digest(sheet)

    def save(self) -> None:
        known = {name: at for name, at in self._known.items() if (self.file.parent / name).exists()}
        text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
        write_atomic(self.file, text.encode())

    def _name(self, target: Path) -> str:
        return target.relative_to(self.file.parent).as_posix()

    @staticmethod
    def _digest(sheet: Sheet) -> str:
        return sha256(f"{__version__} {version('weasyprint')}\n{sheet}".encode()).hexdigest()


def report(context: Context, done: Printed) -> None:
    """Say what was found, what failed, and where the papers are."""
    for finding in sorted(set(done.findings)):
        click.echo(finding, err=True)
    for number, reason in done.crashed.items():
        click.secho(f"{number}: 程序出错,该事项的文书没有印全: {reason}", fg="red", err=True)
    if done.sealed:
        click.echo("没有密钥,信访人只印代号;需要姓名时请设置 XINFANG_KEY_FILE", err=True)
    folder = shown(context.build / "papers")
    changed = f",其中 {done.fresh} 份有变化" if 0 < done.fresh < len(done.files) else ""
    changed = ",都没有变化" if done.files and not done.fresh else changed
    click.secho(f"已印 {len(done.files)} 份文书{changed},在 {folder}", bold=True)
