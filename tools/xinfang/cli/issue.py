"""``xinfang issue``: print a final, freeze it and record that it went out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

import click

from xinfang import git
from xinfang.check import check
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.outcome import report_written
from xinfang.cli.papers import Locate, form_named, identities_of, keys_of, papers_of, sheet_of
from xinfang.cli.reading import shown
from xinfang.desk import compose_step
from xinfang.diagnostics import Finding, Level
from xinfang.documents import Paper
from xinfang.errors import XinfangError
from xinfang.issuing import KIND, Plan, plan
from xinfang.ledger import Entry
from xinfang.register import OFFICE_FILE, Register
from xinfang.render import pdf
from xinfang.sealed import sealed_file
from xinfang.store import create, write_atomic

FOLDER: Final = "issued"


class NoNamesError(XinfangError):
    """A final without the petitioners' names is no final."""

    def __init__(self) -> None:
        super().__init__(
            "没有密钥,文书上印不出信访人姓名,不能出具或成卷;请设置 XINFANG_KEY_FILE 后再试"
        )


class OtherBytesError(XinfangError):
    """The same content gave another file, so something on this machine is another."""

    def __init__(self, kept: str) -> None:
        super().__init__(
            "内容与出具时相同,但印出的文件字节不同(程序版本或字体与出具时不同),没有另存;"
            f"请使用出具时留存的文件 {kept}"
        )


@command(
    "issue",
    epilog="例: xinfang issue XF-2026-0001 D14 · xinfang issue 7 信访事项转办单 --nth 2 --commit",
)
@click.argument("number", metavar="编号")
@click.argument("paper", metavar="文书")
@click.option("--nth", default=1, show_default=True, metavar="N", help="同一种文书的第几份")
@click.option("--commit", is_flag=True, help="记下后提交到 Git(提交说明只有编号和步骤)")
@pass_context
def issue(
    context: Context,
    number: str,
    paper: str,
    nth: int,
    commit: bool,  # noqa: FBT001 - click passes flags so
) -> int:
    """出具一份文书:印正式件,编文号,记下散列和所依据的提交,从此不再改动。

    文书写编号或全称,如 D14、信访事项处理意见书。要签批的须先签批;所依据的文件须先提交到 Git。

    步骤里已有文号的照用,没有的按代字接着往下编。答复的文号先写在“答复”一步。

    内容没有变化的,再次出具得到同一份文件;内容改动过的,另出新版,旧版照旧留存。

    存入 build/issued/;office.yaml 填了“文书 › 留存”的另存一份。发错的先记“文书作废”,再出具。
    """
    file = context.case_file(number)
    register = context.register
    office = context.office
    papers = papers_of(register)
    form = form_named(papers, paper)
    loaded = register.load(file)
    if loaded.record is None:
        return _refused([f for f in loaded.findings if f.level is Level.ERROR])
    findings: list[Finding] = []
    matter = register.matter(loaded.record, loaded.document.path)
    known = identities_of(register, matter.case.number, keys_of(register), findings)
    if known is None and matter.case.parties and not matter.is_sealed:
        raise NoNamesError
    where = Locate(loaded.document, register.loaded.document)
    planned = plan(papers, form, nth, matter, partial(_entries, register), known, where)
    if isinstance(planned, Paper):
        return _refused([*findings, *planned.findings])
    content = pdf(sheet_of(planned.paper, planned.stamp))
    name = f"{matter.case.number}/{_name(planned)}"
    copies = [context.build / FOLDER / name]
    if office.issuing.folder:
        copies.append(register.folder / office.issuing.folder / name)
    if planned.is_unchanged:
        return _again(planned, content, copies)
    data = git.commit_of(register.folder, _names(register, file))
    for copy in copies:
        _keep(copy, content)
    step = planned.step(context.today, sha256(content).hexdigest(), data)
    text = file.read_bytes().decode("utf-8")
    written = compose_step(register, text, file.stem, KIND, step)
    write_atomic(file, written.text.encode())
    _tell(planned, data)
    code = report_written(context, written, f"{file.stem} 已出具 {form.name}({form.id})")
    click.echo(f"文件: {shown(copies[-1])}")
    if commit:
        tracked = [copy for copy in copies if context.build not in copy.parents]
        git.commit(register.folder, [file, *tracked], f"{file.stem}: {KIND}")
    elif data is not None:
        click.echo("请提交到 Git(下次可加 --commit),否则不能再出具本事项的其他文书")
    return code


def _entries(register: Register) -> Iterable[Entry]:
    return check(register).entries.values()


def _names(register: Register, file: Path) -> list[str]:
    """List what a paper is made from, so far as it stands in the register."""
    seal = sealed_file(register.folder, file.stem)
    own_forms = register.folder / "forms"
    wanted = [file, register.folder / OFFICE_FILE, seal, own_forms]
    return [register.name_of(path) for path in wanted if path.exists()]


def _name(planned: Plan) -> str:
    return f"{planned.paper.file_name.removesuffix('.pdf')}-v{planned.stamp.version}.pdf"


def _again(planned: Plan, content: bytes, copies: list[Path]) -> int:
    before = planned.before
    if before is None or sha256(content).hexdigest() != before.digest:
        raise OtherBytesError(shown(copies[-1]))
    for copy in copies:
        _keep(copy, content)
    click.secho(
        f"{planned.paper.form.name}已于 {before.day} 出具,内容没有变化,仍是第 {before.version} 版",
        bold=True,
    )
    click.echo(f"文件: {shown(copies[-1])}")
    return 0


def _keep(file: Path, content: bytes) -> None:
    """Keep an issued file; one that stands there already is left as it is."""
    create(file, content, mode=0o444)


def _tell(planned: Plan, data: str | None) -> None:
    if planned.before is not None:
        click.secho(
            f"案卷或表格在第 {planned.before.version} 版出具之后有改动,"
            f"另出第 {planned.stamp.version} 版;旧版照旧留存",
            fg="yellow",
        )
    if planned.paper.number:
        click.echo(f"文号: {planned.paper.number}")
    click.echo(f"核验码: {planned.stamp.code}")
    if data is None:
        click.echo("登记册不在 Git 中,没有记下所依据的提交", err=True)


def _refused(findings: list[Finding]) -> int:
    for finding in sorted(set(findings)):
        click.echo(str(finding), err=True)
    click.secho("没有出具", fg="red", err=True)
    return 1
