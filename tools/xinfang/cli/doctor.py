"""``xinfang doctor``: what is installed and what is missing."""

from __future__ import annotations

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.doctor import Health, facts, is_well
from xinfang.sealed import key_file
from xinfang.terminal import pad

_COLORS = {Health.GOOD: "green", Health.MISSING: "red", Health.NOTE: "yellow"}
_NAME_WIDTH = 22


@command("doctor", epilog="例: xinfang doctor")
@pass_context
def doctor(context: Context) -> int:
    """检查本机装了什么、每种字体实际用哪一款、缺什么、怎样补。"""
    found = list(facts(context.folder.resolve(), key_file()))
    for fact in found:
        label = click.style(fact.health, fg=_COLORS[fact.health])
        click.echo(f"{label}  {pad(fact.name, _NAME_WIDTH)}{fact.detail}")
        if fact.mend:
            click.echo(f"      {'':{_NAME_WIDTH}}→ {fact.mend}")
    return 0 if is_well(found) else 1
