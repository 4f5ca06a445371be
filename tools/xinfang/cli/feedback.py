"""Taking a department's filled feedback form in as the step 承办反馈 of its case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from xinfang.check import check_case
from xinfang.cli.ask import asker, can_ask, confirmed
from xinfang.cli.context import Context
from xinfang.desk import Written, compose_step
from xinfang.diagnostics import Finding, Level, Place
from xinfang.errors import XinfangError
from xinfang.filled import FeedbackSheet
from xinfang.handing import last_transfer
from xinfang.intake import NEVER_LANDS
from xinfang.model import Case, Loaded
from xinfang.model.steps import Feedback
from xinfang.store import write_atomic

_KIND = Feedback.KIND


class FeedbackError(XinfangError):
    """A feedback form that does not fit the case."""


@dataclass(frozen=True)
class Taken:
    """A feedback that stands in its case.

    Attributes:
        written: The case as written.
        file: Where it stands.
        message: What the commit says.
        what: The step and the department, for the screen.
    """

    written: Written
    file: Path
    message: str
    what: str


def take_feedback(
    context: Context, sheet: FeedbackSheet, name: str, *, anyway: bool
) -> tuple[Taken | None, list[Finding]]:
    """Record a feedback form; gives what was recorded, or None and why it was not.

    Raises:
        FeedbackError: It names no case or department, or answers no transfer, or was taken before.
        NoSuchCaseError: There is no such case.
    """
    if sheet.troubles:
        return None, [
            Finding(Place(name), Level.ERROR, "form-value", f"“{t.label}”{t.message}", t.mend)
            for t in sheet.troubles
        ]
    if not sheet.number:
        message = "反馈表上没有登记编号,不知道是哪件事项;请补填后再收"
        raise FeedbackError(message)
    file = context.case_file(sheet.number)
    loaded = context.register.load(file)
    if loaded.record is None:
        return None, list(loaded.findings)
    department = _answers_a_transfer(context, loaded.record, sheet, file.stem)
    text = file.read_bytes().decode("utf-8")
    data = {"日期": context.today.isoformat(), **sheet.step, "部门": department}
    written = compose_step(context.register, text, file.stem, _KIND, data)
    if not written.is_sound:
        return None, list(written.errors)
    fresh = _fresh(context, loaded, written)
    leaking = [finding for finding in fresh if finding.rule in NEVER_LANDS]
    if leaking or not _agreed(data, fresh, file.stem, anyway=anyway):
        if fresh and not leaking:
            click.echo("请部室补正;确已如此办理的,加 --anyway 如实记录", err=True)
        return None, fresh
    write_atomic(file, written.text.encode())
    return Taken(written, file, f"{file.stem}: {_KIND}", f"{_KIND}({department})"), []


def _answers_a_transfer(context: Context, case: Case, sheet: FeedbackSheet, number: str) -> str:
    """Give the proper name of the department; it must have been asked and not answered yet."""
    known = context.office.department(sheet.department)
    if known is None:
        message = "反馈表上的承办部室没有填,或不是 office.yaml 里的部室;请补正后再收"
        raise FeedbackError(message)
    matter = context.register.matter(case, "")
    found = last_transfer(matter, known.name)
    if found is None:
        message = (
            f"{number} 没有转办给{known.name};确已转办的先用 xinfang step {number} 转办 补记,再收"
        )
        raise FeedbackError(message)
    behind = matter.steps[matter.steps.index(found) :]
    for step in behind:
        answering = isinstance(step, Feedback) and context.office.department(step.department)
        if answering is known:
            message = (
                f"{number} 已记有{known.name} {step.day} 的承办反馈,不重复收;"
                f"内容有变的用 xinfang step {number} 承办反馈 另记"
            )
            raise FeedbackError(message)
    return known.name


def _fresh(context: Context, before: Loaded[Case], written: Written) -> list[Finding]:
    """List the errors that only this step brings."""
    known = {(f.rule, f.message) for f in check_case(context.register, before)[0]}
    return [f for f in written.errors if (f.rule, f.message) not in known]


def _agreed(data: dict[str, str], fresh: list[Finding], number: str, *, anyway: bool) -> bool:
    """Ask at a terminal whether to record it; elsewhere only what is within the rules is."""
    if not can_ask():
        return anyway or not fresh
    click.secho(f"{number} 承办反馈", bold=True)
    for key, value in data.items():
        click.echo(f"  {key}: {value}")
    for finding in fresh:
        click.secho(str(finding), fg="yellow")
    hint = "与规则不符;事情确已如此办理的,如实记录" if fresh else ""
    return confirmed(asker(), "记入登记册", hint, default=not fresh)
