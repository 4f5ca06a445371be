"""The questions of ``xinfang init`` at the keyboard."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from xinfang.cli.ask import StoppedError, asker, confirmed
from xinfang.cli.form import begin
from xinfang.drafts import Draft
from xinfang.founding.questions import FoundingForm


def ask(folder: Path, today: date, *, ask_host: bool) -> tuple[FoundingForm, Draft]:
    """Ask one question after the other; who stops goes on another time where it was.

    Args:
        folder: Where the register will stand.
        today: From when posts hold.
        ask_host: Whether it is asked which host of Git is used.

    Returns:
        The questions, and a draft with all answers; it is discarded once the register stands.

    Raises:
        StoppedError: Somebody stopped; the draft holds all that was typed.
    """
    click.echo(f"建立登记册 {folder}")
    click.echo("逐项回答;暂不知道的直接回车,以后在 office.yaml 里填。中途停下,什么也不写\n")
    form, person = FoundingForm(today, ask_host=ask_host), asker()
    draft = begin(person, folder, "init")
    order = list(draft.answers)
    while question := next(
        (q for q in form.questions(draft.answers) if q.path not in draft.answers), None
    ):
        start = draft.typed if draft.path == question.path else ""
        draft.path, draft.typed = (), ""
        try:
            reading = person.ask(question, partial(form.read, question, draft.answers), start)
        except StoppedError as stopped:
            draft.path, draft.typed = question.path, stopped.typed
            draft.keep()
            click.secho("\n填过的内容已存为草稿(在本机),下次可以接着填", fg="yellow", err=True)
            raise
        if reading is not None:
            draft.answers[question.path] = reading.value
            order.append(question.path)
            draft.keep()
        elif order:
            del draft.answers[order.pop()]
    if not confirmed(person, f"建立 {folder.name}", "写入全部文件,新建密钥,第一次提交"):
        raise click.Abort
    return form, draft
