"""``xinfang ledger``: write the ledger or a part of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from xinfang.cli.context import DAY, Context, command, pass_context
from xinfang.cli.reading import department_of, put_out, read_ledger
from xinfang.errors import XinfangError
from xinfang.extract import Extract, extract
from xinfang.selection import OPEN, STATES, Period, Selection
from xinfang.store import write_atomic

#: Formats, the most useful one to a clerk first.
FORMATS: Final = ("xlsx", "pdf", "csv", "json")


@command(
    "ledger",
    epilog="例: xinfang ledger · xinfang ledger --from 2026-03-01 --format pdf · "
    "xinfang ledger --department 劳务管理部 --state 在办",
)
@click.option("--from", "first", type=DAY, help="登记日期自(含当日)")
@click.option("--to", "last", type=DAY, help="登记日期至(含当日)")
@click.option("--department", metavar="部室", default="", help="只列该部室主办或协办的")
@click.option(
    "--state",
    type=click.Choice(STATES),
    metavar="状态",
    help=f"只列这一状态的;{OPEN}为未办结,另有 {'、'.join(STATES[1:])}",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], help="文件格式")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="写到哪个文件,- 为标准输出;默认 build/ledger/",
)
@pass_context
def ledger(
    context: Context,
    first: date | None,
    last: date | None,
    department: str,
    state: str | None,
    form: str,
    output: Path | None,
) -> int:
    """导出信访台账,并核对 结转 + 新收 − 办结 = 期末在办。

    期间以登记日期为准。台账不含信访人身份;检举控告只列编号、收到日期和是否已移送。
    """
    selection = Selection(Period(first, last), department_of(context, department), state or "")
    entries, code = read_ledger(context)
    found = extract(context.office, context.today, entries, selection)
    target = output or context.build / "ledger" / f"{file_name(selection)}.{form}"
    put_out(_content(context, found, form), target, summary(found))
    return code


def _content(context: Context, found: Extract, form: str) -> bytes:
    if form == "pdf":
        from xinfang.cli.papers import papers_of  # noqa: PLC0415 - slow to import
        from xinfang.exports.pdf import as_pdf  # noqa: PLC0415 - as above

        return as_pdf(found, papers_of(context.register), context.office)
    from xinfang.exports import WRITERS  # noqa: PLC0415 - as above

    return WRITERS[form](found)


def write_ledger(context: Context, found: Extract) -> list[str]:
    """Write the whole ledger in every format; gives the names of the formats.

    A ledger too long to print, or a machine without the libraries to print, still gets the
    others.
    """
    made = []
    for form in FORMATS:
        try:
            content = _content(context, found, form)
        except XinfangError as error:
            click.secho(f"台账 {form} 未生成: {error}", fg="yellow", err=True)
            continue
        write_atomic(context.build / "ledger" / f"ledger.{form}", content)
        made.append(form)
    return made


def file_name(selection: Selection) -> str:
    """Name the file after what was asked for, so that a part never replaces the whole."""
    period = selection.period
    parts = (period.first, period.last, selection.department, selection.state)
    return "-".join(["ledger", *(str(part) for part in parts if part)])


def summary(found: Extract) -> str:
    """Say how many rows there are, and the balance behind them."""
    total = found.total
    return (
        f"共 {len(found.entries)} 件;结转 {total.carried} + 新收 {total.received}"
        f" − 办结 {total.closed} = 期末在办 {total.open}"
    )
