"""``xinfang lateness``: which duties were late, with both times, by post and step."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Final

import click

from xinfang.accountability import Fact, facts
from xinfang.cli.context import DAY, Context, command, pass_context
from xinfang.exports.csv_ import guarded
from xinfang.history import history
from xinfang.selection import Period

_COLUMNS: Final = (
    "编号",
    "事项",
    "期限",
    "岗位",
    "起算",
    "应办时限",
    "业务时间",
    "步骤",
    "提交时间",
    "天数",
    "说明的原因",
)
_UNKNOWN: Final = "不在 Git 中"


@command(
    "lateness", epilog="例: xinfang lateness · xinfang lateness --from 2026-07-01 --format csv"
)
@click.option("--from", "first", type=DAY, help="应办时限自哪天起")
@click.option("--to", "last", type=DAY, help="应办时限到哪天止")
@click.option(
    "--format", "kind", type=click.Choice(["text", "csv"]), default="text", help="text 或 csv"
)
@pass_context
def lateness(context: Context, first: date | None, last: date | None, kind: str) -> None:
    """列出逾期的登记、转办、告知、答复和上报:应办时限、业务时间、提交时间、岗位和说明的原因。

    只列事实,按事项排列,不按人统计,也不发给任何人。请示、拟办之后等待领导批示、签批的天数一并列出。
    需要书面整改的,先记“整改”一步,再用 xinfang render --form D28 印整改通知。
    """
    context.office  # noqa: B018 - a broken office.yaml is reported first
    register = context.register
    matters = [
        register.matter(loaded.record, loaded.document.path)
        for _, loaded in register.matters()
        if loaded.record is not None
    ]
    found = facts(matters, history(register), Period(first, last))
    if kind == "csv":
        click.echo(_csv(found), nl=False)
    elif not found:
        click.echo("没有逾期的事项")
    else:
        for fact in found:
            click.echo(_line(fact))
        click.echo(f"共 {len(found)} 条事实;只供核对和整改,不作评价")


def _cells(fact: Fact) -> tuple[str, ...]:
    return (
        fact.number,
        fact.duty,
        fact.clock,
        fact.post,
        str(fact.started),
        str(fact.due or ""),
        str(fact.done or ""),
        str(fact.step or ""),
        f"{fact.recorded:%Y-%m-%d %H:%M}" if fact.recorded else "",
        str(fact.days),
        fact.reason,
    )


def _line(fact: Fact) -> str:
    done = f"第{fact.step}步 {fact.done}" if fact.step else f"{fact.done or '尚未办理'}"
    committed = f"{fact.recorded:%Y-%m-%d %H:%M}" if fact.recorded else _UNKNOWN
    asked = f"最迟 {fact.due}" if fact.due else f"自 {fact.started} 起"
    late = f"逾期{fact.days}天" if fact.due else f"用了{fact.days}天"
    times = f"业务时间 {done},提交时间 {committed}" if fact.done else done
    reason = f"原因: {fact.reason}" if fact.reason else "" if not fact.due else "没有说明原因"
    duty = f"{fact.duty}({fact.clock})" if fact.clock else fact.duty
    return (
        f"{fact.number} {duty}: {asked},{times},{late}"
        f"\n    {fact.post}{f' · {reason}' if reason else ''}"
    )


def _csv(found: list[Fact]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows(map(guarded, _cells(fact)) for fact in found)
    return "\ufeff" + target.getvalue()
