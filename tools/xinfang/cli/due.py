"""``xinfang due``: what is due, overdue or provisional."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.reading import department_of, put_out, read_ledger
from xinfang.due import Due, Lateness, summary
from xinfang.due import due as list_due
from xinfang.due_report import as_ics, as_json, as_text

_COLORS: Final = {Lateness.OVERDUE: "red", Lateness.TODAY: "yellow", Lateness.NEAR: "yellow"}
_NARROWEST: Final = 80


@command(
    "due",
    epilog="例: xinfang due · xinfang due --within 7 · xinfang due --department 劳务管理部 · "
    "xinfang due --format ics -o 期限.ics",
)
@click.option(
    "--within",
    type=click.IntRange(0, 3650),
    metavar="天数",
    help="只列这些天内应办妥的(已逾期的总会列出)",
)
@click.option("--department", metavar="部室", default="", help="只列该部室负责或参与的")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ics"]),
    default="text",
    help="输出格式;ics 可导入日历,不含事由和姓名",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default=Path("-"),
    help="写到哪个文件;默认标准输出",
)
@pass_context
def due(context: Context, within: int | None, department: str, form: str, output: Path) -> int:
    """列出将到期和已逾期的期限,最早的在前;内部期限与国家期限并列。

    最后一日遇休息日的顺延,并提示此前哪个工作日办妥为宜;没有放假通知可据的标“暂定”。
    """
    name = department_of(context, department)
    entries, code = read_ledger(context)
    items = list_due(
        entries,
        context.today,
        context.office.office_department,
        within=within,
        department=name,
    )
    said = summary(items, context.today)
    if form == "text" and str(output) == "-":
        _show(items, said)
    else:
        put_out(_content(context, items, form, name), output, said)
    return code


def _show(items: list[Due], said: str) -> None:
    columns = max(_NARROWEST, shutil.get_terminal_size((120, 0)).columns)
    click.echo(as_text(items, columns, _painted), nl=False)
    if items:
        click.echo()
    click.secho(said, bold=True)


def _painted(text: str, lateness: Lateness) -> str:
    return click.style(text, fg=_COLORS.get(lateness))


def _content(context: Context, items: list[Due], form: str, department: str) -> bytes:
    match form:
        case "json":
            return as_json(items, context.today).encode()
        case "ics":
            name = f"{context.office.own_unit.short}信访期限{department}"
            return as_ics(items, context.today, name)
        case _:
            return as_text(items).encode()
