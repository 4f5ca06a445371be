"""``xinfang hook``: what Git calls before it takes something in, and how that is set up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xinfang import git
from xinfang.cli.context import Command, Context, pass_context, shared_options
from xinfang.diagnostics import Finding
from xinfang.landing import hooks
from xinfang.model.fields import CASE_PATTERN
from xinfang.register import OFFICE_FILE
from xinfang.store import write_atomic, write_output

if TYPE_CHECKING:
    from xinfang.landing.staging import Staged

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
#: How the first line of a message begins.
_FORM: Final = re.compile(rf"{CASE_PATTERN}: \S|Merge |Revert ")


@click.group(
    "hook",
    params=shared_options(),
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    epilog="例: xinfang hook install · xinfang hook status",
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


@hook.command("pre-commit", epilog="由 Git 在提交之前调用,也可自己运行")
@pass_context
def pre_commit(context: Context) -> int:
    """检查将要提交的内容(已 git add 的),不看还没有 add 的。"""
    with git.inside_hook(*git.COMMITTING):
        return _refuse(_staged(context).findings(), "没有提交。请改好以上各处,git add 之后再提交")


@hook.command("pre-merge-commit", epilog="由 Git 在合并之后、提交之前调用")
@pass_context
def pre_merge_commit(context: Context) -> int:
    """检查两边合并后的内容。"""
    with git.inside_hook(*git.COMMITTING):
        end = "合并还没有完成。请改好以上各处,git add 之后 git commit;不合并了用 git merge --abort"
        return _refuse(_staged(context).findings(), end)


@hook.command("commit-msg", epilog="由 Git 在写好提交说明之后调用")
@click.argument("file", metavar="文件", type=_FILE)
@pass_context
def commit_msg(context: Context, file: Path) -> int:
    """检查提交说明:不得有姓名、电话、证件号;日期改动要写明理由。"""
    from xinfang.landing.plain import written_message  # noqa: PLC0415 - as all that checks

    message = written_message(file.read_bytes().decode("utf-8", "replace"))
    with git.inside_hook(*git.COMMITTING):
        looked = _staged(context)
        found = looked.message_findings(message)
        cases = looked.numbers
    end = f"没有提交。提交说明还在 {file.as_posix()},改好用: git commit -e -F {file.as_posix()}"
    code = _refuse(found, end)
    if not code and len(cases) == 1 and not _FORM.match(message):
        click.secho(f"提示: 提交说明请写成“{cases[0]}: 做了什么”,如 {cases[0]}: 转办", err=True)
    return code


@hook.command("pre-receive", epilog="由服务器上的 Git 在接收推送之前调用")
@pass_context
def pre_receive(context: Context) -> int:
    """检查推送来的内容;不合格的整个推送不收。"""
    from xinfang.landing import receiving  # noqa: PLC0415 - as all that checks

    with click.open_file("-", "rb") as stream:
        told = receiving.updates(stream.read().decode("utf-8", "replace"))
    folder = context.folder.resolve()
    with git.inside_hook(*git.RECEIVING):
        found = receiving.refused(folder, told, context.day, hooks.register_in(folder))
    return _refuse(found, "推送没有收下,服务器上没有改动。请在本机改好、提交后再推送")


@hook.command("merge", epilog="由 Git 在合并两边都改过的文件时调用")
@click.argument("base", metavar="原来", type=_FILE)
@click.argument("ours", metavar="一边", type=_FILE)
@click.argument("theirs", metavar="另一边", type=_FILE)
@click.argument("path", metavar="路径")
@pass_context
def merge(context: Context, base: Path, ours: Path, theirs: Path, path: str) -> int:
    """合并两人对同一事项的登记:两边的步骤按时间排好;互相矛盾的不合并。"""
    from xinfang.landing import joining  # noqa: PLC0415 - as all that checks

    raw = joining.Sides(*(file.read_bytes() for file in (base, ours, theirs)))
    top = context.folder.resolve()
    done = joining.joined(top, hooks.register_in(top), path, raw, context.day)
    if not done.refusals:
        write_atomic(ours, done.content)
        return 0
    for sentence in done.refusals:
        click.secho(f"{path}: {sentence}", fg="red", err=True)
    if done.kept_apart is not None:
        write_output(done.kept_apart, raw.theirs)
    click.echo(done.mend, err=True)
    return 1


def _staged(context: Context) -> Staged:
    from xinfang.landing.staging import Staged  # noqa: PLC0415 - ``hook install`` needs none of it

    top = context.folder.resolve()
    if not git.answer(top, "rev-parse", "--git-dir"):
        raise hooks.NoRepositoryError
    here = top if (top / OFFICE_FILE).exists() else top / hooks.register_in(top)
    return Staged(here, context.day)


def _refuse(found: Sequence[Finding], end: str) -> int:
    """Say what is wrong and what to do; nothing where all is well."""
    for finding in found:
        click.echo(str(finding), err=True)
    if found:
        click.secho(end, fg="red", err=True)
    return int(bool(found))


def _attributes(folder: Path) -> str:
    file = folder / hooks.ATTRIBUTES_FILE
    return file.read_bytes().decode("utf-8", "replace") if file.exists() else ""
