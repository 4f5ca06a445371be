"""``xinfang render``: print the papers of matters, or blank forms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

import click

from xinfang import __version__
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.papers import (
    Keys,
    Locate,
    composed,
    form_named,
    identities_of,
    keys_of,
    papers_of,
    sheet_of,
)
from xinfang.cli.progress import bar
from xinfang.cli.reading import shown
from xinfang.diagnostics import Finding, Level, exit_code
from xinfang.documents import Paper, Papers
from xinfang.errors import XinfangError
from xinfang.forms import Form
from xinfang.register import Register
from xinfang.render import Failure, Sheet, described, pdfs
from xinfang.store import write_atomic

_FAULT: Final = 3


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
    """

    files: list[Path] = field(default_factory=list)
    fresh: int = 0
    findings: list[Finding] = field(default_factory=list)
    crashed: dict[str, str] = field(default_factory=dict)
    changed: int = 0
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
@click.option("--all", "every", is_flag=True, help="印全部事项的全部文书(不指定编号时就是这样)")
@click.option("--blank", is_flag=True, help="印空白表格,供手写")
@pass_context
def render(
    context: Context, cases: tuple[str, ...], wanted: str | None, *, every: bool, blank: bool
) -> int:
    """打印文书:登记表、告知书、转办单、处理意见书、送达回证等 D01–D33。

    不指定编号时打印全部事项的文书,写入 build/papers/;没有变化的不重印。缺项、未经确认的,不出文书并
    说明缺什么。未签批的印“草稿”或“送审稿”。没有密钥时,信访人只印代号。正式出具用 xinfang issue。
    """
    papers = papers_of(context.register)
    form = form_named(papers, wanted) if wanted else None
    if every and (cases or blank):
        message = "--all 印全部文书,不能同时给出编号或 --blank"
        raise click.UsageError(message)
    if blank:
        if cases:
            message = "--blank 印空白表格,不能同时给出编号"
            raise click.UsageError(message)
        done = print_blanks(context, papers, form)
    else:
        done = print_papers(context, papers, [context.case_file(n) for n in cases], form)
    report(context, done)
    return done.code


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
    context: Context, papers: Papers, files: Sequence[Path] = (), form: Form | None = None
) -> Printed:
    """Print the papers of some matters; trouble with one leaves the others printed.

    Without files, those of all matters and those of the office itself.
    """
    done = Printed()
    register, office = context.register, context.office
    keys = keys_of(register)
    made = [
        paper
        for file in files or register.case_files()
        for paper in _composed(register, papers, file, form, keys, done)
    ]
    if not files:
        document = register.loaded.document
        ours = papers.office_papers(office, Locate(document, document))
        made += [paper for paper in ours if form in (None, paper.form)]
    done.findings += [finding for paper in made for finding in paper.findings]
    done.changed = sum(paper.version > 0 and not paper.frozen for paper in made)
    folder = context.build / "papers"
    rows = [(paper, folder / paper.case / paper.file_name) for paper in made]
    for paper, target in rows:
        if paper.html is None:
            target.unlink(missing_ok=True)  # what was printed earlier no longer holds
    _write(
        folder,
        [(paper.case, target, sheet_of(paper)) for paper, target in rows if paper.html is not None],
        done,
    )
    return done


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
        known = identities_of(register, matter.case.number, keys, done.findings)
        done.sealed |= known is None and bool(matter.case.parties)
        where = Locate(loaded.document, register.loaded.document)
        yield from composed(papers, matter, form, known, where)
    except XinfangError:
        raise
    except Exception as error:  # noqa: BLE001 - one matter's trouble is reported by its number
        done.crashed[file.stem] = described(error)


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
    if done.changed:
        click.echo(
            f"有 {done.changed} 份与已出具的不同,印出的没有核验码;要发出请用 xinfang issue",
            err=True,
        )
    folder = shown(context.build / "papers")
    changed = f",其中 {done.fresh} 份有变化" if 0 < done.fresh < len(done.files) else ""
    changed = ",都没有变化" if done.files and not done.fresh else changed
    click.secho(f"已印 {len(done.files)} 份文书{changed},在 {folder}", bold=True)
