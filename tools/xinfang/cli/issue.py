"""``xinfang issue``: print a final, freeze it and record that it went out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import click

from xinfang import git
from xinfang.check import check
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.outcome import report_written
from xinfang.cli.papers import (
    HiddenParticularsError,
    form_named,
    issued_places,
    opened,
    papers_of,
    sheet_of,
)
from xinfang.cli.reading import shown
from xinfang.desk import compose_step
from xinfang.diagnostics import Finding
from xinfang.documents import Paper
from xinfang.errors import XinfangError
from xinfang.issuing import KIND, Plan, plan
from xinfang.ledger import Entry
from xinfang.register import Register
from xinfang.render import pdf
from xinfang.store import create, write_atomic


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
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is made
    papers = papers_of(register)
    form = form_named(papers, paper)
    found = opened(register, file)
    if isinstance(found, list):
        return _refused(found)
    # Asked for the counter and for numbers used twice; read only once.
    entries = cache(partial(_entries, register))
    planned = plan(papers, form, nth, found.matter, entries, found.identities, found.where)
    if isinstance(planned, Paper):
        return _refused(planned.findings)
    if planned.paper.hides_somebody:
        raise HiddenParticularsError(planned.paper)
    content = pdf(sheet_of(planned.paper, planned.stamp))
    copies = issued_places(context, planned.paper, planned.stamp.version)
    if planned.is_unchanged:
        return _again(planned, content, copies)
    data = git.commit_of(register.folder, list(map(register.name_of, found.made_from)))
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


def _refused(findings: Iterable[Finding]) -> int:
    for finding in sorted(set(findings)):
        click.echo(str(finding), err=True)
    click.secho("没有出具", fg="red", err=True)
    return 1
