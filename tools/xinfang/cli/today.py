"""``xinfang today``: the clerk's list for the day."""

from __future__ import annotations

import shutil
from typing import Final

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.reading import read_checked
from xinfang.daily import Group, daily, summary
from xinfang.daily_report import as_json, as_text
from xinfang.sealed import sealed_files

_COLORS: Final = {Group.OVERDUE: "red", Group.TODAY: "yellow", Group.SOON: "yellow"}


@command("today", epilog="例: xinfang today · xinfang today --all · xinfang today --format json")
@click.option("--all", "whole", is_flag=True, help="每一类都列全;默认每类至多八项")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="输出格式",
)
@pass_context
def today(context: Context, form: str, *, whole: bool) -> int:
    """今天要办的:逾期和将到期的、来件、待送出的、待反馈的、承诺、待封存的,各附要输入的命令。

    只列要办的事和步骤;登记册里有什么算什么,不另外记录。
    """
    checked, code = read_checked(context)
    register = context.register
    sealed = {file.stem for file in sealed_files(register.folder)}
    items = daily(register, checked.entries.values(), checked.findings, sealed)
    if form == "json":
        click.echo(as_json(items, context.today), nl=False)
        return code
    click.echo(as_text(items, shutil.get_terminal_size().columns, _painted, whole=whole), nl=False)
    if items:
        click.echo()
    click.secho(summary(items, context.today), bold=True)
    return code


def _painted(text: str, group: Group) -> str:
    return click.style(text, fg=_COLORS.get(group), bold=True)
