"""What a clerk is told once a file is written: where, what comes next, and when it is due."""

from __future__ import annotations

import click

from xinfang.cli.context import Context
from xinfang.desk import Written, next_step, running
from xinfang.diagnostics import exit_code

_SHOWN = 4


def report_written(
    context: Context, written: Written, headline: str, *, previewed: bool = False
) -> int:
    """Say it, and give the exit code that the findings ask for.

    Args:
        context: The command's.
        written: What was written.
        headline: What was done.
        previewed: Whether the findings were shown just before it was written.
    """
    record = written.loaded.record
    assert record is not None, "only sound records are written"  # noqa: S101
    matter = context.register.matter(record, written.loaded.document.path)
    click.secho(f"{headline}  ({matter.path})", fg="green", bold=True)
    for finding in () if previewed else written.findings:
        click.echo(f"  {finding}")
    click.echo(f"现状: {matter.state}。下一步通常是: {next_step(matter)}")
    for deadline in running(matter)[:_SHOWN]:
        clock = deadline.clock
        department = f"({deadline.department})" if deadline.department else ""
        provisional = "(暂定)" if deadline.provisional else ""
        click.echo(f"  {deadline.due}{provisional}  {clock.name}{department}  {deadline.status}")
    return exit_code(written.findings)
