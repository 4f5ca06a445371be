"""``xinfang archive``: bind all papers of a matter into its volume."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import click

from xinfang import git
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.papers import (
    ISSUED,
    HiddenParticularsError,
    Opened,
    composed,
    issued_places,
    opened,
    papers_of,
    sheet_of,
)
from xinfang.cli.progress import bar
from xinfang.cli.reading import shown
from xinfang.diagnostics import Finding, Level
from xinfang.documents import Paper, Papers
from xinfang.errors import XinfangError
from xinfang.matter import Matter
from xinfang.model.steps import Archiving
from xinfang.register import Register
from xinfang.render import Failure, Sheet, pdf, pdfs
from xinfang.store import write_atomic
from xinfang.volume import (
    Item,
    bind,
    in_order,
    manifest_of,
    manifest_text,
    pages_in,
    record_of,
    with_volume,
)

_COVER, _CONTENTS, _NOTES = "D25a", "D25b", "D25c"
_FOLDER: Final = "archive"


class NotClosedError(XinfangError):
    """A matter that still runs makes no volume."""

    def __init__(self, case: str) -> None:
        super().__init__(f"{case} 还没有办结,不能成卷;请先记“办结”")


class SealedMatterError(XinfangError):
    """The file of an accusation lies with whom it was handed to, not here."""

    def __init__(self, case: str) -> None:
        super().__init__(f"{case} 是检举控告,材料已移送,案卷由受移送的单位立卷")


class IssuedFileGoneError(XinfangError):
    """The record says that a paper went out, but its file is not kept anywhere here."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(
            f"{paper.form.name}({paper.form.id})出具之后案卷有改动,而出具时的文件不在本机。"
            f"请把第 {paper.version} 版放回 build/{ISSUED},或用 xinfang issue 另出新版"
        )


class PrintFaultError(XinfangError):
    """A paper of the volume could not be printed."""

    def __init__(self, paper: Paper, reason: str) -> None:
        super().__init__(f"{paper.form.name}({paper.form.id})没有印成: {reason}")


@command("archive", epilog="例: xinfang archive XF-2026-0002")
@click.argument("number", metavar="编号")
@pass_context
def archive(context: Context, number: str) -> int:
    """成卷:封面、卷内目录、全部文书、附件清单、备考表合成一个 PDF,连续编页。

    办结后才能成卷。结论性材料在前,依据性材料在后;出具过的用出具时的原文件,其余按记录印制,草稿不入卷。

    写入 build/archive/,旁边另写清单,xinfang verify 可核验整卷。卷内印信访人姓名,须有密钥。
    """
    file = context.case_file(number)
    register = context.register
    papers = papers_of(register)
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is made
    found = opened(register, file)
    if isinstance(found, list):
        _say(found)
        return 1
    matter = found.matter
    if matter.is_open:
        raise NotClosedError(matter.case.number)
    if matter.is_sealed:
        raise SealedMatterError(matter.case.number)
    made = list(composed(papers, matter, None, found.identities, found.where))
    findings = [finding for paper in made for finding in paper.findings]
    _say(findings)
    items = _items(context, in_order(made))
    absent = [p for p in made if p.form.in_volume is not None and not p.is_final]
    manifest = manifest_of(matter, items, context.today, _commit(register, found))
    content = _bound(papers, matter, items, absent, manifest)
    target = context.build / _FOLDER / f"{matter.case.number}-案卷.pdf"
    write_atomic(target, content)
    beside = target.with_name(f"{target.stem}.manifest.json")
    write_atomic(beside, manifest_text(with_volume(manifest, content)).encode())
    return _report(matter, items, absent, target, findings)


def _items(context: Context, papers: list[Paper]) -> list[Item]:
    for paper in papers:
        if paper.hides_somebody:
            raise HiddenParticularsError(paper)
    kept = [_issued_file(context, paper) if paper.version else None for paper in papers]
    to_print = [paper for paper, content in zip(papers, kept, strict=True) if content is None]
    for paper in to_print:
        if paper.version and not paper.frozen:
            raise IssuedFileGoneError(paper)
    printed = iter(_printed(to_print))
    contents = [content or next(printed) for content in kept]
    return [
        Item(paper, content, pages_in(content), issued=bool(paper.version))
        for paper, content in zip(papers, contents, strict=True)
    ]


def _printed(papers: list[Paper]) -> list[bytes]:
    contents = []
    with bar("打印", len(papers)) as advance:
        results = pdfs([sheet_of(paper) for paper in papers])
        for paper, result in zip(papers, results, strict=True):
            if isinstance(result, Failure):
                raise PrintFaultError(paper, result.reason)
            contents.append(result)
            advance(1)
    return contents


def _issued_file(context: Context, paper: Paper) -> bytes | None:
    """Find the file that went out, wherever issued papers are kept."""
    for place in issued_places(context, paper, paper.version):
        if place.is_file():
            content = place.read_bytes()
            if sha256(content).hexdigest() == paper.issued_digest:
                return content
    return None


def _commit(register: Register, found: Opened) -> str | None:
    try:
        return git.commit_of(register.folder, list(map(register.name_of, found.made_from)))
    except git.UncommittedError:
        click.echo("案卷有没提交的改动,清单里没有记所依据的提交", err=True)
        return None


def _say(findings: Iterable[Finding]) -> None:
    for finding in sorted(set(findings)):
        click.echo(str(finding), err=True)


def _bound(
    papers: Papers,
    matter: Matter,
    items: list[Item],
    absent: list[Paper],
    manifest: dict[str, Any],
) -> bytes:
    record = record_of(matter, items, absent)
    cover, contents, notes = (
        pdf(Sheet(papers.of_office(papers.forms[form], matter.office, record), archival=True))
        for form in (_COVER, _CONTENTS, _NOTES)
    )
    return bind((cover, contents), items, notes, manifest)


def _report(
    matter: Matter, items: list[Item], absent: list[Paper], target: Path, findings: list[Finding]
) -> int:
    pages = sum(item.pages for item in items)
    click.secho(f"{matter.case.number} 已成卷: {len(items)} 件,{pages} 页", bold=True)
    click.echo(f"文件: {shown(target)}")
    for name in dict.fromkeys(paper.form.name for paper in absent):
        click.echo(f"没有入卷(还不是正式件): {name}", err=True)
    archiving = matter.last(Archiving)
    if archiving is None:
        click.echo(f"归档时请写: 件数={len(items)} 页数={pages}")
    elif (archiving.items, archiving.pages) != (len(items), pages):
        click.echo(
            f"“归档”记的是 {archiving.items} 件 {archiving.pages} 页,连同纸质附件请再清点", err=True
        )
    return 1 if any(finding.level is Level.ERROR for finding in findings) else 0
