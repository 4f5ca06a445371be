"""``xinfang explain``: the manual of a rule, the facts of a clock, the dates of a case."""

from __future__ import annotations

import re

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.clocks import Clock, default_clocks
from xinfang.errors import XinfangError
from xinfang.law import Mark
from xinfang.model.fields import SHORT_CODE_PATTERN
from xinfang.rules import Rule, all_rules


class NothingToExplainError(XinfangError):
    """The word is neither a rule, a clock nor a case."""

    def __init__(self, word: str) -> None:
        super().__init__(
            f"“{word}”不是规则、期限或编号。规则如 transfer-before-registration,"
            "期限如 C3,编号如 XF-2026-0001;全部规则: xinfang explain 规则"
        )


@command(
    "explain", epilog="例: xinfang explain C3 · xinfang explain XF-2026-0001 · xinfang explain 规则"
)
@click.argument("word", metavar="规则|期限|编号|查询码")
@pass_context
def explain(context: Context, word: str) -> None:
    """解释一条规则、一个期限,或一件事项的每个日期怎样算出。"""
    rules = {rule.slug: rule for rule in all_rules()}
    clocks = {clock.id: clock for clock in default_clocks()}
    if word == "规则":
        for rule in rules.values():
            click.echo(f"{rule.slug}: {rule.title}")
    elif word in rules:
        click.echo(_of_rule(rules[word]))
    elif word.upper() in clocks:
        click.echo(_of_clock(clocks[word.upper()]))
    elif re.fullmatch(rf"XF-.*|\d+|{SHORT_CODE_PATTERN}", word.upper()):
        click.echo(_of_case(context, word))
    else:
        raise NothingToExplainError(word)


def _of_rule(rule: Rule) -> str:
    cites = "; ".join(cite.full for cite in rule.cites)
    head = click.style(f"{rule.slug} ({rule.level.label})", bold=True)
    return f"{head}\n{rule.manual}\n\n依据: {cites}\n对应要求: {'、'.join(rule.rows)}"


def _of_clock(clock: Clock) -> str:
    checked = "待核对" if clock.mark is Mark.MEMORY else f"{clock.last_checked_on} 核对"
    lines = [
        click.style(f"{clock.id} {clock.name}", bold=True),
        f"期限: {clock.span}" + (f",目标 {clock.target} 日" if clock.target else ""),
        f"起算: {' 或 '.join(clock.start)}",
        f"完成: {' 或 '.join(clock.end)}",
        f"谁来办: {clock.whose},{clock.jurisdiction}规定",
        f"依据: {'、'.join(clock.grounds)}({checked})",
        f"文书: {'、'.join(clock.produces)}" if clock.produces else "",
        clock.note,
    ]
    return "\n".join(line for line in lines if line)


def _of_case(context: Context, number: str) -> str:
    loaded = context.register.load(context.case_file(number))
    context.office  # noqa: B018 - a broken office.yaml is reported first
    if loaded.record is None:
        return "\n".join(map(str, loaded.findings))
    matter = context.register.matter(loaded.record, loaded.document.path)
    lines = [click.style(f"{matter.case.number} {matter.state}", bold=True)]
    for deadline in matter.deadlines:
        department = f"({deadline.department})" if deadline.department else ""
        lines.append(
            click.style(
                f"\n{deadline.clock.id} {deadline.clock.name}{department}: "
                f"{deadline.due} {deadline.status}",
                bold=True,
            )
        )
        lines += [f"  {sentence}" for sentence in deadline.sentences()]
    return "\n".join(lines)
