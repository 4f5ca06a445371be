"""``xinfang step``: append a step to a matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import click

from xinfang import git
from xinfang.check import check_case
from xinfang.cli.ask import ask, can_ask, show
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.outcome import report_written
from xinfang.desk import Written, compose_step, fields_of, next_step, parse_pairs, step_type
from xinfang.model import STEP_TYPES
from xinfang.store import write_atomic

#: Asked although a step may do without them.
_USUAL: Final = ("日期", "经办")


@command(
    "step",
    epilog="例: xinfang step XF-2026-0007  或  xinfang step 7 转办 主办=劳务管理部 经办=李敏",
)
@click.argument("number", metavar="编号")
@click.argument("kind", metavar="[事项]", default="")
@click.argument("pairs", nargs=-1, metavar="[项目=内容]…")
@click.option("--anyway", is_flag=True, help="即使与规则不符也如实记录(已经发生的事)")
@click.option("--commit", is_flag=True, help="写好后提交到 Git(提交说明只有编号和步骤)")
@pass_context
def step(
    context: Context,
    number: str,
    kind: str,
    pairs: tuple[str, ...],
    anyway: bool,  # noqa: FBT001 - click passes flags so
    commit: bool,  # noqa: FBT001
) -> int:
    """给一件事项追加一步办理:只在末尾加一步,原有内容一个字节也不动。"""
    file = context.case_file(number)
    before = context.register.load(file)
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is asked
    if before.record is None:
        for finding in before.findings:
            click.echo(str(finding), err=True)
        click.secho("该文件有错误,请先改正再追加", fg="red", err=True)
        return 1
    text = file.read_bytes().decode("utf-8")
    if not kind:
        kind = _ask_kind(next_step(context.register.matter(before.record, before.document.path)))
    data = parse_pairs(pairs, step_type(kind))

    def look(answers: Mapping[str, Any]) -> Written:
        return compose_step(context.register, text, file.stem, kind, answers)

    if can_ask():
        _ask_missing(kind, data, look, context.today.isoformat())
    data.setdefault("日期", context.today.isoformat())
    written = look(data)
    known = {(f.rule, f.message) for f in _errors_of(context, before)}
    fresh = [f for f in written.errors if (f.rule, f.message) not in known]
    if not written.is_sound or (fresh and not anyway and not _confirmed(fresh)):
        show(written)
        # Only a sound step can be recorded against the rules; a misspelt one has to be mended.
        anyhow = ";确已如此办理的,加 --anyway 如实记录" if written.is_sound else ""
        click.secho(f"未写入。改正后重试{anyhow}", fg="red", err=True)
        return 1
    write_atomic(file, written.text.encode())
    if commit:
        git.commit(context.register.folder, [file], f"{file.stem}: {kind}")
    return report_written(context, written, f"{file.stem} 已追加: {kind}")


def _ask_kind(hint: str) -> str:
    click.echo(f"下一步通常是: {hint}")
    click.echo("可选: " + " ".join(STEP_TYPES))
    kind: str = click.prompt("事项", type=click.Choice(list(STEP_TYPES)), show_choices=False)
    return kind


def _ask_missing(kind: str, data: dict[str, Any], look: Any, today: str) -> None:  # noqa: ANN401
    for key, field in fields_of(STEP_TYPES[kind]).items():
        if key in data or key == "事项" or not (field.is_required() or key in _USUAL):
            continue
        ask(key, field, data, look, default=today if key == "日期" else "")


def _errors_of(context: Context, loaded: Any) -> tuple[Any, ...]:  # noqa: ANN401
    findings, _ = check_case(context.register, loaded)
    return tuple(findings)


def _confirmed(fresh: list[Any]) -> bool:
    if not can_ask():
        return False
    for finding in fresh:
        click.secho(str(finding), fg="yellow")
    return click.confirm("与规则不符。事情确已如此办理,仍要记录吗?", default=False)
