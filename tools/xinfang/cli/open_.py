"""``xinfang open``: show what is sealed for a case."""

from __future__ import annotations

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.identity import to_yaml
from xinfang.sealed import open_content


@command("open", epilog="例: xinfang open XF-2026-0007")
@click.argument("number", metavar="编号")
@pass_context
def open_(context: Context, number: str) -> int:
    """打开一件事项封存的信息(需要密钥)。内容是个人信息,请勿外传、截图或留存。"""
    case = context.case_file(number).stem
    content, found = open_content(context.register, case, context.keys())
    for finding in sorted(found):
        click.echo(str(finding), err=True)
    if content is None:
        return 1
    click.secho("以下为个人信息,仅供办理本事项使用", fg="yellow", err=True)
    click.echo(to_yaml(content), nl=False)
    return 0
