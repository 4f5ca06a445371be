"""``xinfang seal``: seal who the petitioners of a case are."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from xinfang.cli.ask import can_ask
from xinfang.cli.context import Context, command, pass_context
from xinfang.diagnostics import Finding, Level
from xinfang.identity import SealedContent, examine, to_yaml
from xinfang.model import Case
from xinfang.model.words import Particular, Purpose
from xinfang.sealed import sealed_file, write_sealed


@command(
    "seal",
    epilog="例: xinfang seal XF-2026-0007(逐项询问) · xinfang seal 7 --from 身份.yaml · "
    "xinfang seal 7 --from - < 身份.yaml",
)
@click.argument("number", metavar="编号")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="从文件读入,- 为标准输入;封存后请删除原文件",
)
@click.option("--replace", is_flag=True, help="已有封存内容时以新内容替换")
@pass_context
def seal(context: Context, number: str, source: Path | None, *, replace: bool) -> int:
    """封存一件事项的身份信息:姓名、住址、电话、证件号,检举控告的内容。

    这些内容不从命令行参数读入,以免留在命令历史里。
    """
    file = context.case_file(number)
    loaded = context.register.load(file)
    if sealed_file(context.register.folder, file.stem).exists() and not replace:
        message = f"{file.stem} 已有封存内容;确要替换请加 --replace"
        raise click.UsageError(message)
    if loaded.record is None:
        _show(loaded.findings)
        return 1
    if source is None and not can_ask():
        message = "请用 --from 指明内容所在文件,或在终端中逐项填写"
        raise click.UsageError(message)
    text = ask_identity(loaded.record) if source is None else _read(source)
    return 1 if seal_text(context, file.stem, text) is None else 0


def seal_text(context: Context, number: str, text: str) -> Path | None:
    """Check what is to be sealed and seal it; None where it was not, after saying why."""
    content, found = examine(text, "封存内容", context.today)
    if content is not None and content.number != number:
        message = f"内容中的编号与 {number} 不同"
        raise click.UsageError(message)
    _show(found)
    if content is None or any(finding.level is Level.ERROR for finding in found):
        click.secho("未封存。请改正后重试", fg="red", err=True)
        return None
    target = write_sealed(context.register, number, to_yaml(content))
    click.secho(f"已封存 {context.register.name_of(target)}", fg="green")
    return target


def _read(source: Path) -> str:
    if str(source) == "-":
        return sys.stdin.read()
    try:
        return source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{source.name} 读不出来,请确认文件存在且为 UTF-8 编码"
        raise click.UsageError(message) from error


def _show(findings: Iterable[Finding]) -> None:
    for finding in sorted(findings):
        click.echo(str(finding), err=True)


def ask_identity(case: Case) -> str:
    """Ask for what a petitioner gave, each by its word, and for what an accusation says."""
    data: dict[str, Any] = {"编号": case.number, "信访人": {}}
    for party in case.parties:
        click.secho(f"{party.code}({party.kind})", bold=True)
        identity: dict[str, Any] = {}
        for word in party.given:
            answer = click.prompt(f"  {word}").strip()
            contact = [{"号码": answer, "所有人": "本人"}]
            identity[word] = contact if word == Particular.CONTACT else answer
        data["信访人"][party.code] = identity
    if case.purpose == Purpose.ACCUSATION:
        data["内容"] = click.prompt("检举控告的内容")
    return to_yaml(SealedContent.model_validate(data))
