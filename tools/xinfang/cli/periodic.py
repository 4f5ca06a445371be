"""``xinfang report``: the report of a month, a quarter or a year."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.reading import put_out, read_ledger, shown
from xinfang.reports import Kind, Report, Reports, Term, latest, parse
from xinfang.store import write_atomic

FOLDER: Final = "reports"
_KINDS: Final = {kind.word: kind for kind in Kind}
#: Made where no format is asked for.
_USUAL: Final = ("pdf", "xlsx")
FORMATS: Final = (*_USUAL, "json", "text")


@command(
    "report",
    epilog="例: xinfang report month · xinfang report year --period 2025 · "
    "xinfang report month --explain received · xinfang report quarter --format text -o -",
)
@click.argument("kind", type=click.Choice([*_KINDS]), metavar="month|quarter|year")
@click.option(
    "--period", metavar="期间", help="哪一期,如 2026-08、2026-Q3、2026;默认最近已结束的一期"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="只要一种格式;默认 pdf 和 xlsx 都出",
)
@click.option("--explain", "cell", metavar="格", help="列出一格数字背后的事项;? 列出全部格")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="写到哪个文件,- 为标准输出;须同时用 --format",
)
@pass_context
def report(
    context: Context,
    kind: str,
    period: str | None,
    form: str | None,
    cell: str | None,
    output: Path | None,
) -> int:
    """出月报、季报、年报:收办存和平衡核对、期限、分布、与上期和同期比较、苗头、转送交办督办、建议采纳。

    写入 build/reports/。业务月的截止日在 office.yaml 的“统计”里设;不设为自然月。少于 5 的不单列,
    检举控告只计总数。每个数字都能查到背后的事项: --explain。
    """
    if output is not None and form is None:
        message = "-o 须同时用 --format 说明要哪一种"
        raise click.UsageError(message)
    wanted = term_of(context, _KINDS[kind], period)
    entries, code = read_ledger(context)
    reports = Reports(context.office, context.register.clocks, entries, context.today)
    made = reports.of(wanted)
    if cell is not None:
        from xinfang.report_files.text import explained  # noqa: PLC0415 - only here

        click.echo(explained(made, cell), nl=False)
    else:
        _write(context, made, form, output)
    return code


def term_of(context: Context, kind: Kind, period: str | None) -> Term:
    """Read which period is asked for; the last one that is over where none is."""
    cut = context.office.reporting.month_end
    return parse(kind, period, cut) if period is not None else latest(kind, context.today, cut)


def _write(context: Context, made: Report, form: str | None, output: Path | None) -> None:
    if form is not None:
        target = output or _file(context, made, "txt" if form == "text" else form)
        put_out(_content(context, made, form), target, made.balance)
        return
    # Both are made before either is written: a fault leaves nothing half done.
    contents = {_file(context, made, kind): _content(context, made, kind) for kind in _USUAL}
    for target, content in contents.items():
        write_atomic(target, content)
        click.secho(f"已写入 {shown(target)}", fg="green", bold=True)
    click.echo(made.balance)


def _file(context: Context, made: Report, ending: str) -> Path:
    return context.build / FOLDER / f"{made.term.id}-{made.term.kind.label}.{ending}"


def _content(context: Context, made: Report, form: str) -> bytes:
    match form:
        case "pdf":
            from xinfang.cli.papers import papers_of  # noqa: PLC0415 - slow to import
            from xinfang.report_files.pdf import as_pdf  # noqa: PLC0415 - as above

            return as_pdf(made, papers_of(context.register), context.office)
        case "xlsx":
            from xinfang.report_files.xlsx import as_xlsx  # noqa: PLC0415 - as above

            return as_xlsx(made)
        case "json":
            from xinfang.report_files.json_ import as_json  # noqa: PLC0415 - as above

            return as_json(made)
        case _:
            from xinfang.report_files.text import as_text  # noqa: PLC0415 - as above

            return as_text(made).encode()
