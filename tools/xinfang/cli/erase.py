"""``xinfang retention`` and ``xinfang erase``: how long things are kept, and letting them go."""

from __future__ import annotations

from collections.abc import Iterator

import click

from xinfang import git
from xinfang.check import check_case
from xinfang.cli.context import Context, command, pass_context
from xinfang.desk import compose_step
from xinfang.retention import NotErasableError, Retention, due_in, held_back, retention
from xinfang.sealed import sealed_file
from xinfang.store import write_atomic
from xinfang.terminal import pad

_WIDTHS = (15, 12, 8, 12, 12, 16)
_HEADINGS = ("编号", "归档", "封存保管", "提醒鉴定", "可销毁自", "现状")


@command("retention", epilog="例: xinfang retention · xinfang retention --year 2036")
@click.option("--year", type=click.IntRange(1900, 2999), help="到这一年年底期满的;默认全部")
@pass_context
def retention_(context: Context, year: int | None) -> None:
    """列出已归档事项的保管期限:何时提醒鉴定、何时起可以销毁封存的身份信息。

    只列清单,什么也不销毁。期限自归档次年1月1日起算;暂缓销毁的不列为可以销毁。
    """
    found = list(_kept(context))
    listed = found if year is None else due_in(found, year)
    if not listed:
        click.echo("没有已归档的事项" if year is None else f"没有到 {year} 年底期满的事项")
        return
    click.echo(_row(_HEADINGS))
    for item in sorted(listed, key=lambda item: item.number):
        click.echo(
            _row(
                (
                    item.number,
                    str(item.archived),
                    item.sealed_kept,
                    str(item.reminder or "—"),
                    str(item.erasable_from or "—"),
                    item.standing(context.today),
                )
            )
        )
    ready = sum(item.standing(context.today) == "可以销毁" for item in listed)
    click.echo(f"共 {len(listed)} 件,可以销毁 {ready} 件;经批准后用 xinfang erase 编号")


def _row(cells: tuple[str, ...]) -> str:
    return "".join(pad(cell, width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _kept(context: Context) -> Iterator[Retention]:
    for _, loaded in context.register.matters():
        if loaded.record is not None:
            found = retention(context.register.matter(loaded.record, loaded.document.path))
            if found is not None:
                yield found


@command("erase", epilog="例: xinfang erase XF-2026-0007 --approver 陈立 --handler 李敏")
@click.argument("number", metavar="编号")
@click.option("--approver", required=True, help="批准销毁的人")
@click.option("--handler", required=True, help="经办人")
@click.option("--yes", is_flag=True, help="不再询问")
@click.option("--commit", is_flag=True, help="做完后提交到 Git")
@pass_context
def erase(
    context: Context, number: str, approver: str, handler: str, *, yes: bool, commit: bool
) -> int:
    """销毁一件事项封存的身份信息:保管期满、没有暂缓的才行;事项本身保留。

    先在事项里记“销毁”一步,再删去封存文件。Git 的历史里还留着加密的旧文件,本命令会说明怎样处理。
    """
    file = context.case_file(number)
    context.office  # noqa: B018 - a broken office.yaml is reported first
    loaded = context.register.load(file)
    if loaded.record is None:
        for finding in loaded.findings:
            click.echo(str(finding), err=True)
        return 1
    matter = context.register.matter(loaded.record, loaded.document.path)
    reason = held_back(retention(matter), context.today)
    if reason:
        raise NotErasableError(file.stem, reason)
    seal = sealed_file(context.register.folder, file.stem)
    if not seal.exists():
        raise NotErasableError(file.stem, "没有封存文件")
    step = {"日期": context.today.isoformat(), "批准人": approver, "经办": handler}
    text = file.read_bytes().decode("utf-8")
    written = compose_step(context.register, text, file.stem, "销毁", step)
    before = {str(f) for f in check_case(context.register, loaded)[0]}
    fresh = [f for f in written.errors if str(f) not in before]
    if not written.is_sound or fresh:
        for finding in fresh or written.findings:
            click.echo(str(finding), err=True)
        click.secho("没有销毁,什么也没有改动", fg="red", err=True)
        return 1
    if not yes:
        click.confirm(f"销毁 {file.stem} 封存的身份信息,不能恢复。确定吗?", abort=True)
    write_atomic(file, written.text.encode())
    seal.unlink()
    if commit:
        git.commit(context.register.folder, [file, seal], f"{file.stem}: 销毁")
    click.secho(f"已销毁 {context.register.name_of(seal)},并记“销毁”一步", fg="green")
    click.echo(
        "请注意: Git 的历史、各处克隆和备份里还有加密的旧文件,持有当时密钥的人仍能打开。\n"
        "要彻底销毁,须各处重写历史,或者销毁能打开它的全部密钥(xinfang keys list 可看收件人)。"
    )
    return 0
