"""Our own ledger, edited in Excel and taken back: show the differences, write them as steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import click

from xinfang import git
from xinfang.cli.ask import can_ask
from xinfang.cli.context import Context
from xinfang.edits import edits
from xinfang.errors import XinfangError
from xinfang.importing.differences import Change, Comparison, compare
from xinfang.importing.table import Table
from xinfang.model.words import Role
from xinfang.store import replace_all

_NAMED: Final = 8
#: What steps need that no column of the ledger holds, and what may be said of them.
_SAID: Final = (*edits().needed.values(), "经办", "理由")


class ChangedMeanwhileError(XinfangError):
    """Somebody wrote to a case while the differences were looked at."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 刚才被别人改过,没有写入任何一步;请重新运行")


class StepsNotWrittenError(XinfangError):
    """The disk refused; every case is as it was."""

    def __init__(self) -> None:
        super().__init__("写不进登记册(磁盘已满或文件夹只读),没有写入任何一步;排除后重新运行即可")


def take_back(
    context: Context, table: Table, given: Mapping[str, str], *, write: bool, commit: bool
) -> int:
    """Compare an edited ledger with the register; write the steps once they are confirmed."""
    unknown = given.keys() - set(_SAID)
    if unknown:
        message = f"收回台账时 --set 只用于 {'、'.join(_SAID)},没有“{min(unknown)}”"
        raise click.UsageError(message)
    holders = context.office.holders(Role.CLERK, context.today)
    handler = given.get("经办", holders[0].name if holders else "")
    if not handler:
        message = "office.yaml 中今天没有在任的信访办经办,请加 --set 经办=姓名"
        raise click.UsageError(message)
    found = compare(context.register, table, given, handler)
    click.secho(f"这是本登记册导出的台账: 核对 {found.rows} 行", bold=True)
    _show_rows(found)
    _show_derived(found)
    good = [change for change in found.changes if change.written is not None]
    if not found.changes:
        click.echo("没有差别" if not found.derived else "没有可以记入的差别")
        return int(bool(found.unknown or found.derived))
    for change in found.changes:
        _show(change)
    if good and (write or _confirmed(good)):
        _write(context, good, commit=commit)
    elif good:
        click.echo("以上是预览,没有写入任何文件。要追加这些步骤请加 --write")
    return int(len(good) < len(found.changes) or bool(found.unknown or found.derived))


def _show_rows(found: Comparison) -> None:
    if found.unknown:
        click.secho(
            f"没有编号、编号重复或不在登记册的行(不会登记,新事项用 xinfang new): "
            f"{_few(found.unknown)}",
            fg="yellow",
        )
    if found.missing:
        click.echo(f"表中没有的 {len(found.missing)} 件,不受影响: {_few(found.missing)}")


def _show_derived(found: Comparison) -> None:
    for heading, places in found.derived.items():
        why = edits().why_not(heading)
        click.secho(f"“{heading}”{why},未采用: {_few(places)}", fg="yellow")


def _few(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 处" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def _show(change: Change) -> None:
    click.secho(change.number, bold=True)
    for one in change.differences:
        click.echo(f"  {one.address} {one.heading}: {one.before or '(空)'} → {one.after or '(空)'}")
    for reason in change.refused:
        click.secho(f"  不能记入: {reason}", fg="red")
    if change.written is not None:
        click.echo("  将追加:")
        click.echo(_added(change.before.decode("utf-8"), change.written.text))


def _added(before: str, after: str) -> str:
    """Give what stands in a text and did not before; steps are only ever appended."""
    old, new = before.splitlines(), after.splitlines()
    start = next((at for at, line in enumerate(old) if line != new[at]), len(old))
    return "\n".join(new[start : start + len(new) - len(old)])


def _confirmed(good: Sequence[Change]) -> bool:
    steps = sum(len(change.steps) for change in good)
    question = f"给 {len(good)} 件事项追加这 {steps} 步吗?"
    return can_ask() and click.confirm(question, default=False)


def _write(context: Context, good: Sequence[Change], *, commit: bool) -> None:
    register = context.register
    contents = {
        register.file_of(change.number): (change.before, change.written.text.encode())
        for change in good
        if change.written is not None
    }
    try:
        blocked = replace_all(contents)
    except OSError as error:
        raise StepsNotWrittenError from error
    if blocked is not None:
        raise ChangedMeanwhileError(blocked.stem)
    steps = sum(len(change.steps) for change in good)
    if commit:
        message = f"{good[0].number}: 由台账追加 {steps} 步(共 {len(good)} 件)"
        git.commit(register.folder, list(contents), message)
    click.secho(f"已给 {len(good)} 件事项追加 {steps} 步", fg="green", bold=True)
