"""``xinfang render``: print the papers of matters, or blank forms."""

from __future__ import annotations

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.papers import form_named, papers_of
from xinfang.cli.printing import (
    print_blanks,
    print_fillable,
    print_papers,
    report,
)


@command(
    "render",
    epilog="例: xinfang render --all · xinfang render XF-2026-0001 · xinfang render 7 --form D14 · "
    "xinfang render --blank --form D02 · xinfang render --fillable --form D02",
)
@click.argument("cases", nargs=-1, metavar="[编号]…")
@click.option("--form", "wanted", metavar="文书", help="只印这一种,如 D14 或 信访事项处理意见书")
@click.option("--all", "every", is_flag=True, help="印全部事项的全部文书(不指定编号时就是这样)")
@click.option("--blank", is_flag=True, help="印空白表格,供手写")
@click.option("--fillable", is_flag=True, help="出可在屏幕上填写的空白表格(不归档)")
@pass_context
def render(
    context: Context,
    cases: tuple[str, ...],
    wanted: str | None,
    *,
    every: bool,
    blank: bool,
    fillable: bool,
) -> int:
    """打印文书:登记表、告知书、转办单、处理意见书、送达回证等 D01–D33。

    不指定编号时打印全部事项的文书,写入 build/papers/;没有变化的不重印。缺项、未经确认的,不出文书并
    说明缺什么。未签批的印“草稿”或“送审稿”。没有密钥时,信访人只印代号。正式出具用 xinfang issue。

    空白表格写入 build/papers/空白表格/,可填写的写入 build/可填写表格/;台账用 xinfang ledger。
    """
    if sum((bool(cases), every, blank, fillable)) > 1:
        message = "编号、--all、--blank、--fillable 只能用一种"
        raise click.UsageError(message)
    form = form_named(papers_of(context.register), wanted) if wanted else None
    if blank:
        done = print_blanks(context, form)
    elif fillable:
        done = print_fillable(context, form)
    else:
        done = print_papers(context, [context.case_file(n) for n in cases], form)
    report(context, done, "已制作" if fillable else "已印")
    return done.code
