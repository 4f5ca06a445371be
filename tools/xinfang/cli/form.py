"""Filling in a form at the keyboard: forward, back, stop and go on another time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from xinfang.asking import (
    ASIDE,
    Answers,
    Form,
    Option,
    Question,
    live,
    next_question,
    pick,
    read_answer,
    shown,
)
from xinfang.cli.ask import Asker, StoppedError
from xinfang.desk import Written
from xinfang.diagnostics import Finding, KeyPath, Level
from xinfang.drafts import Draft, kept_drafts, new_draft
from xinfang.terminal import cut

WRITE, CHANGE, KEEP, DROP = "写入", "修改某项", "暂存", "放弃"
_AS_IT_WAS: Final = "如实写入"
_AGAINST: Final = "与规则不符。事情确已如此办理的,可以如实写入,check 会一直指出"
_WIDE: Final = 60


def begin(asker: Asker, register: Path, what: str) -> Draft:
    """Take up a draft that was left, where there is one and it is wanted; else begin anew."""
    drafts = kept_drafts(register, what)
    if not drafts:
        return new_draft(register, what)
    options = [Option(f"接着填:{_headline(draft)}", _age(draft)) for draft in drafts]
    fresh = Option("另起一份", "以前的草稿仍然留着")
    question = Question(
        (ASIDE, "草稿"),
        "有没填完的草稿",
        "只存在本机,不在登记册里",
        options=(*options, fresh),
        closed=True,
        required=True,
        default=options[0].value,
    )
    picked = _picked(asker, question)
    values = [option.value for option in options]
    return drafts[values.index(picked)] if picked in values else new_draft(register, what)


def recall(form: Form, draft: Draft) -> None:
    """Show what a draft that is taken up holds already."""
    for question in form.questions(draft.answers):
        if question.path in draft.answers:
            said = shown(draft.answers[question.path], question.slot)
            click.echo(f"{click.style(question.title, bold=True)}  {said or '(空)'}")


def _headline(draft: Draft) -> str:
    said = [str(v) for p, v in draft.answers.items() if p == ("标题",)]
    said += [f"{p[-1]} {v}" for p, v in draft.answers.items() if v and isinstance(v, str)]
    return cut(said[0] if said else draft.typed, _WIDE // 2)


def _age(draft: Draft) -> str:
    saved = datetime.fromtimestamp(draft.file.stat().st_mtime, ZoneInfo("Asia/Shanghai"))
    return f"{saved:%m-%d %H:%M} 存"


def fill(form: Form, asker: Asker, draft: Draft) -> Answers:
    """Ask until nothing is left to ask; every answer is kept at once.

    Raises:
        StoppedError: Somebody stopped; the draft holds all that was typed.
    """
    history = list(draft.answers)
    before: Answers = {}
    while question := next_question(form, draft.answers):
        start = _start(draft, question.path, before)
        read = partial(read_answer, form, question, draft.answers)
        try:
            reading = asker.ask(question, read, start)
        except StoppedError as stopped:
            draft.path, draft.typed = question.path, stopped.typed
            _stop(draft)
            raise
        if reading is not None:
            draft.answers[question.path] = reading.value
            history.append(question.path)
            draft.keep()
        elif history:
            last = history.pop()
            before[last] = draft.answers.pop(last, "")
            click.secho("(返回上一项)", dim=True)
    return live(form, draft.answers)


def _start(draft: Draft, path: KeyPath, before: Answers) -> str:
    """Give what was typed before, to be mended."""
    if draft.typed and draft.path == path:
        typed, draft.typed, draft.path = draft.typed, "", ()
        return typed
    value = before.pop(path, "")
    return "、".join(value) if isinstance(value, list) else str(value)


def _stop(draft: Draft) -> None:
    if draft.is_empty:
        return
    draft.keep()
    click.secho("\n填过的内容已存为草稿(在本机,不在登记册里),下次可以接着填", fg="yellow", err=True)


def complete(
    form: Form,
    asker: Asker,
    draft: Draft,
    more: Callable[[Written], bool] = lambda _written: False,
    known: Collection[str] = (),
) -> Answers | None:
    """Fill in a form, show what comes of it, and change it until it may be written.

    Args:
        form: The form.
        asker: How to ask.
        draft: The answers there are; kept or dropped as the clerk decides.
        more: Called with the record when it is complete; says whether it calls for more questions.
        known: Messages of what was found in the file before.

    Returns:
        The answers to write; None where nothing is to be written, which has been said.
    """
    recall(form, draft)
    while True:
        answers = fill(form, asker, draft)
        written = form.look(answers)
        if more(written):
            continue
        fresh = [f for f in written.findings if f.message not in known]
        wrong = any(f.level is Level.ERROR for f in fresh)
        _preview(form.shown(written), fresh)
        if wrong and written.is_sound:
            click.secho(f"  {_AGAINST}", fg="yellow")
        picked = _settle(asker, sound=written.is_sound, against=wrong)
        if picked == WRITE:
            return answers
        if picked == CHANGE:
            _change(form, asker, draft)
            continue
        draft.discard() if picked == DROP else draft.keep()
        click.echo("未写入,草稿已删去" if picked == DROP else "未写入,草稿已存下(在本机)")
        return None


def _preview(text: str, fresh: Iterable[Finding]) -> None:
    """Show what is to be written and what is found in it, the gravest last."""
    click.secho("\n预览", bold=True)
    for line in text.splitlines():
        click.echo(f"  │ {line}")
    for finding in sorted(fresh, key=lambda found: -found.level):
        color = "yellow" if finding.level is Level.ERROR else None
        said = f"  {finding.level.label}: {finding.message}。{finding.mend}"
        click.secho(said, fg=color, dim=color is None)


def _settle(asker: Asker, *, sound: bool, against: bool) -> str:
    """Ask what to do with a complete record; one that is no sound record cannot be written."""
    write = _AS_IT_WAS if against else WRITE
    options = [*([write] if sound else []), CHANGE, KEEP, DROP]
    question = Question(
        (ASIDE, "写入"),
        "写入吗",
        options=tuple(map(Option, options)),
        closed=True,
        required=True,
        default=CHANGE if against or not sound else write,
    )
    try:
        picked = _picked(asker, question)
    except StoppedError:
        return KEEP
    return WRITE if picked == write else picked


def _change(form: Form, asker: Asker, draft: Draft) -> None:
    """Ask which answer to change, and ask that one again."""
    asked = [q for q in form.questions(draft.answers) if q.path in draft.answers]
    options = [Option(q.title, _short(draft.answers[q.path])) for q in asked]
    question = Question(
        (ASIDE, "修改"), "修改哪一项", options=tuple(options), closed=True, required=True
    )
    picked = _picked(asker, question)
    chosen = next((q for q in asked if q.title == picked), None)
    if chosen is None:
        return
    value = draft.answers[chosen.path]
    start = "、".join(value) if isinstance(value, list) else str(value)
    others = {path: value for path, value in draft.answers.items() if path != chosen.path}
    try:
        reading = asker.ask(chosen, partial(read_answer, form, chosen, others), start)
    except StoppedError as stopped:
        draft.path, draft.typed = chosen.path, stopped.typed
        draft.answers.pop(chosen.path)
        _stop(draft)
        raise
    if reading is not None:
        draft.answers[chosen.path] = reading.value
        draft.keep()


def _short(value: object) -> str:
    text = "、".join(value) if isinstance(value, list) else str(value)
    return cut(text.partition("\n")[0], _WIDE // 2)


def _picked(asker: Asker, question: Question) -> str:
    """Ask a question about the form itself; to go back means its default."""
    reading = asker.ask(question, partial(pick, question))
    return str(reading.value) if reading is not None else question.default
