"""``xinfang check``: validate the register or some files."""

from __future__ import annotations

from pathlib import Path

import click

from xinfang.check import check as run_check
from xinfang.check import raise_overdue
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.progress import bar
from xinfang.diagnostics import Finding, Level, exit_code
from xinfang.errors import XinfangError
from xinfang.report import REPORTERS, as_text, summary


class NoSuchFileError(XinfangError):
    """A path given does not exist."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有文件 {name}")


_COLORS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.HINT: "cyan"}


@command("check", epilog="例: xinfang check · xinfang check cases/2026/XF-2026-0007.yaml")
@click.argument("paths", nargs=-1, metavar="[文件或文件夹]…", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(REPORTERS)), default="text", help="输出格式"
)
@click.option(
    "--overdue",
    type=click.Choice(["warning", "error"]),
    default="warning",
    help="超期算警告还是错误(夜间任务用 error)",
)
@click.option("--fresh", is_flag=True, help="全部重新检查,不用上次记下的结果")
@pass_context
def check(context: Context, paths: tuple[Path, ...], form: str, overdue: str, fresh: bool) -> int:  # noqa: FBT001 - click passes flags so
    """检查登记册:必填、日期先后、期限、签批、答复、保密。

    不指定文件时检查整个登记册。有错误时退出码为 1。
    """
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise NoSuchFileError(missing.name)
    files = len(context.register.case_files()) if not paths else len(paths)
    with bar("检查", files) as advance:
        checked = run_check(context.register, paths, advance, remember=not fresh)
    found = tuple(sorted({*checked.findings, *_sealed(context, paths)}))
    findings = found if overdue == "warning" else raise_overdue(found)
    if form == "text":
        for finding in findings:
            click.echo(_colored(finding))
        click.secho(summary(findings, checked.files), bold=True, err=bool(findings))
    else:
        click.echo(REPORTERS[form](findings), nl=False)
    return exit_code(findings)


def _sealed(context: Context, paths: tuple[Path, ...]) -> tuple[Finding, ...]:
    """What only a key can tell; nothing without one, and nothing for single files."""
    if paths or context.register.office is None:
        return ()
    from xinfang.sealed import MissingKeyError  # noqa: PLC0415 - not for single files
    from xinfang.secrets_check import check_secrets  # noqa: PLC0415

    try:
        keys = context.keys()
    except MissingKeyError:
        return ()
    cases = {
        loaded.record.number: loaded.record
        for _, loaded in context.register.matters()
        if loaded.record is not None
    }
    return check_secrets(context.register, cases, keys)


def _colored(finding: Finding) -> str:
    line = as_text([finding]).rstrip("\n")
    label = f" {finding.level.label}: "
    return line.replace(label, click.style(label, fg=_COLORS[finding.level]), 1)
