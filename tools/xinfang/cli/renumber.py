"""``xinfang renumber``: two matters have one number; one of them gets the next."""

from __future__ import annotations

import click

from xinfang import git
from xinfang.cli.context import Context, command, pass_context
from xinfang.errors import XinfangError
from xinfang.landing.clashes import Plan, plan, plan_clashes
from xinfang.register import Register
from xinfang.store import remove, write_atomic


class NothingClashesError(XinfangError):
    """No number was named and nothing is in conflict."""

    def __init__(self) -> None:
        super().__init__(
            "没有同号的事项;要给一件事项改号,请写明编号: xinfang renumber XF-2026-0007"
        )


@command("renumber", epilog="例: xinfang renumber --commit · xinfang renumber XF-2026-0007")
@click.argument("number", metavar="[编号]", default="")
@click.option("--to", default="", metavar="新编号", help="改为哪个编号,默认下一个")
@click.option("--commit", is_flag=True, help="改好后提交;合并、变基中的接着完成")
@pass_context
def renumber(context: Context, number: str, to: str, *, commit: bool) -> int:
    """两件事项同号时改号:已推送的保留编号,另一件改用下一个,原编号留作别名。

    git pull 报同号冲突后,不写编号直接运行;封存文件、其他事项里的关联一并改好。
    """
    register = context.register
    meeting = git.meeting(register.folder)
    made = (
        plan(register, context.case_file(number), to.upper()) if number else plan_clashes(register)
    )
    if not made.cases:
        raise NothingClashesError
    _write(register, made)
    for case in made.cases:
        click.secho(f"{case.old} 改为 {case.new},原编号仍可查到它", fg="green", bold=True)
        if case.papers:
            click.echo(
                f"  已出具的文书印着原编号: {'、'.join(case.papers)}。回执上的查询码不变;"
                "需要的,请告知收件人新编号"
            )
    for path in made.mentions:
        click.echo(f"  {path} 里还提到原编号,请核对指的是哪一件")
    return _finish(register, made, meeting, commit=commit)


def _write(register: Register, made: Plan) -> None:
    for path, content in made.writes.items():
        write_atomic(register.folder / path, content)
    for path in made.removals:
        remove(register.folder / path)


def _finish(register: Register, made: Plan, meeting: git.Meeting | None, *, commit: bool) -> int:
    """Take everything into the next commit where Git waits for it; commit where asked to."""
    folder = register.folder
    files = [folder / path for path in (*made.writes, *made.removals)]
    if meeting is None:
        if commit:
            case = made.cases[0]
            git.stage(folder, files)
            git.commit_staged(folder, files, f"{case.new}: 改号(原编号 {case.old})")
        return 0
    git.stage(folder, files)
    if left := "、".join(sorted(git.unmerged(folder))):
        click.secho(f"还有没有合并好的文件: {left}", fg="yellow")
        return 1
    if not commit:
        how = "commit --no-edit" if meeting.kind == "merge" else f"{meeting.kind} --continue"
        click.echo(f"请运行 git {how} 完成,再 git push")
        return 0
    if not git.finish(folder, meeting):
        left = "、".join(sorted(git.unmerged(folder)))
        click.secho(f"已提交这一步;后面的提交还有冲突: {left}", fg="yellow")
        click.echo("同号引起的,请再运行一次 xinfang renumber --commit")
        return 1
    click.echo("已提交,请 git push")
    return 0
