"""``xinfang keys``: keys and recipients."""

from __future__ import annotations

from pathlib import Path

import click

from xinfang.cli.context import Command, Context, command, pass_context, shared_options
from xinfang.model import load_office
from xinfang.register import OFFICE_FILE
from xinfang.sealed import (
    create_key,
    key_file,
    load_keys,
    public_keys,
    reseal_all,
    with_recipient,
    without_recipient,
)
from xinfang.source import read_text
from xinfang.store import write_atomic


@click.group(
    "keys",
    params=shared_options(),
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    epilog="例: xinfang keys new · xinfang keys list · xinfang keys add 信访办负责人 age1…",
)
def keys() -> None:
    """密钥与收件人:谁能打开封存的信息。"""


keys.command_class = Command


@command("new", epilog="例: xinfang keys new · xinfang keys new --output 备用密钥.txt")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件")
@pass_context
def new(context: Context, output: Path | None) -> None:
    """新建一把密钥,只有本人可读;公钥交给登记册管理员加为收件人。"""
    path = output or key_file()
    if path.resolve().is_relative_to(context.register.folder):
        message = "密钥不得放进登记册文件夹: 一旦提交,封存就没有意义。请放到登记册之外"
        raise click.UsageError(message)
    public = create_key(path, context.today)
    click.secho(f"已新建密钥 {path}", fg="green")
    click.echo("请另存一份在安全处: 密钥丢失,只凭它能打开的内容就再也打不开")
    click.echo(f"公钥: {public}")


@command("show", epilog="例: xinfang keys show")
def show() -> None:
    """显示本机密钥的公钥。"""
    for public in public_keys(load_keys()):
        click.echo(public)


@command("list", epilog="例: xinfang keys list")
@pass_context
def list_(context: Context) -> None:
    """列出收件人。"""
    for recipient in context.office.recipients:
        since = f" 自 {recipient.since}" if recipient.since else ""
        click.echo(f"{recipient.name}{since}  {recipient.key}")


@command("add", epilog="例: xinfang keys add 信访办负责人 age1…")
@click.argument("name", metavar="名称")
@click.argument("key", metavar="公钥")
@pass_context
def add(context: Context, name: str, key: str) -> None:
    """增加一个收件人,并把所有封存文件改为也能由他打开(需要密钥)。"""
    _change(context, with_recipient(_office_text(context), name, key, context.today))


@command("remove", epilog="例: xinfang keys remove 信访办负责人")
@click.argument("name", metavar="名称或公钥")
@pass_context
def remove(context: Context, name: str) -> None:
    """去掉一个收件人,并重新封存所有文件(需要密钥)。旧文件仍在 Git 历史中,他仍能打开。"""
    _change(context, without_recipient(_office_text(context), name))
    click.secho("注意: Git 历史中的旧文件,原密钥仍能打开", fg="yellow")


for _command in (new, show, list_, add, remove):
    keys.add_command(_command)


def _office_text(context: Context) -> str:
    context.office  # noqa: B018 - a broken office.yaml is reported first
    return (context.register.folder / OFFICE_FILE).read_bytes().decode("utf-8")


def _change(context: Context, text: str) -> None:
    """Reseal everything to the new recipients, then write who they are."""
    loaded = load_office(read_text(text, OFFICE_FILE))
    if loaded.record is None:
        first = min(loaded.findings)
        message = f"{first.message}。{first.mend}。office.yaml 没有改动"
        raise click.UsageError(message)
    folder = context.register.folder
    recipients = [recipient.key for recipient in loaded.record.recipients]
    count = reseal_all(folder, recipients, context.keys())
    write_atomic(folder / OFFICE_FILE, text.encode())
    click.secho(f"已更新收件人({len(recipients)} 个),重新封存 {count} 个文件", fg="green")
