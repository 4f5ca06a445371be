"""``xinfang hook``: what Git calls before it takes something in, and how that is set up."""

from __future__ import annotations

from pathlib import Path

import click

from xinfang import hooks
from xinfang.cli.context import Command, Context, pass_context, shared_options


@click.group(
    "hook",
    params=shared_options(),
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    epilog="例: xinfang hook install · xinfang hook status · 服务器: xinfang hook install --server",
)
def hook() -> None:
    """Git 钩子:提交、合并、推送之前先检查,不合格的进不来。"""


hook.command_class = Command


@hook.command("install", epilog="例: xinfang hook install · 服务器: xinfang hook install --server")
@click.option("--server", is_flag=True, help="给各人推送到的仓库装(在该仓库文件夹里运行)")
@click.option(
    "--into", default="", metavar="文件夹", help="钩子放到仓库里的哪个文件夹,如 custom_hooks"
)
@pass_context
def install(context: Context, server: bool, into: str) -> None:  # noqa: FBT001 - click passes flags so
    """给这份登记册装上 Git 钩子和合并程序;可以重复运行。"""
    folder = context.folder.resolve()
    if server or into:
        changed = hooks.install_server(folder, into)
    else:
        changed = hooks.install(context.register.folder)
    for sentence in changed:
        click.echo(sentence)
    click.secho("Git 钩子已装好" if changed else "Git 钩子本来就是好的,没有改动", fg="green")


@hook.command("uninstall", epilog="例: xinfang hook uninstall")
@pass_context
def uninstall(context: Context) -> None:
    """撤去本程序装的 Git 钩子和设置;原有的钩子放回原处。"""
    for sentence in hooks.uninstall(context.folder.resolve()):
        click.echo(sentence)
    click.secho("已撤去", fg="green")


@hook.command("status", epilog="例: xinfang hook status")
@pass_context
def status(context: Context) -> int:
    """看 Git 钩子装好没有。"""
    folder = context.register.folder
    found = hooks.status(folder)
    for one in found:
        earlier = ",先运行原有的钩子" if one.earlier else ""
        click.echo(f"{one.name}: {'已装' if one.ours else '没有装'}{earlier}")
    driver = hooks.has_driver(folder)
    missing = hooks.missing_attributes(_attributes(folder))
    click.echo(f"合并程序: {'已设' if driver else '没有设'}")
    click.echo(f"{hooks.ATTRIBUTES_FILE}: {f'缺 {len(missing)} 行' if missing else '齐全'}")
    if driver and not missing and all(one.ours for one in found):
        return 0
    click.secho("补齐请运行 xinfang hook install", fg="yellow")
    return 1


def _attributes(folder: Path) -> str:
    file = folder / hooks.ATTRIBUTES_FILE
    return file.read_bytes().decode("utf-8", "replace") if file.exists() else ""
