"""Asking in Chinese at any terminal: one line a question, an answer below it.

``xinfang.cli.screen`` asks the same questions more comfortably where the terminal can do more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

import click

if TYPE_CHECKING:
    from xinfang.asking import Question, Reading
    from xinfang.desk import Written

#: Reads what was typed.
Read = Callable[[str], "Reading"]
#: Typed alone, it leads back to the question before.
BACK: Final = "<"
#: Typed alone, it leaves out what has a default.
NOTHING: Final = "-"
_YES: Final = "是"


class StoppedError(click.Abort):
    """Somebody stopped in the middle of a question.

    Attributes:
        typed: What had been typed so far.
    """

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self.typed = typed


class Asker(Protocol):
    """Asks one question after the other."""

    def ask(self, question: Question, read: Read, start: str = "") -> Reading | None:
        """Ask until the answer will do; None leads back to the question before.

        Args:
            question: The question.
            read: Reads what was typed.
            start: What was typed or answered before, to be mended.

        Raises:
            StoppedError: Somebody stopped.
        """


def can_ask() -> bool:
    """Whether somebody sits at the keyboard."""
    return sys.stdin.isatty()


def asker() -> Asker:
    """Give the most comfortable way to ask that this terminal has."""
    plain = os.environ.get("TERM", "dumb") == "dumb" or os.environ.get("XINFANG_PLAIN")
    if plain or not sys.stdout.isatty():
        return Plain()
    try:
        from xinfang.cli.screen import Screen  # noqa: PLC0415 - needed at such a terminal only
    except ImportError:
        return Plain()
    return Screen()


class Plain:
    """Asks line by line."""

    def ask(self, question: Question, read: Read, start: str = "") -> Reading | None:
        """Ask until the answer will do, see :class:`Asker`."""
        click.echo(click.style(f"{question.title}: ", bold=True) + question.hint)
        if question.options:
            click.echo("  " + "  ".join(_numbered(question)))
        default = start or question.default
        refused = ""
        while True:
            text = self._line(default)
            if text.strip() == BACK:
                return None
            reading = read("" if text.strip() == NOTHING else text)
            if not reading.fault or (text == refused and not reading.blocking):
                return reading
            click.secho(f"  {reading.fault}", fg="yellow")
            if not reading.blocking:
                click.secho("  确实如此的,再填一次同样的内容", fg="yellow")
            refused = text

    @staticmethod
    def _line(default: str) -> str:
        try:
            line: str = click.prompt("  请填写", default=default, show_default=bool(default))
        except click.Abort:
            raise StoppedError from None
        return line


def _numbered(question: Question) -> list[str]:
    return [
        f"{number}.{option.value}{f'({option.note})' if option.note else ''}"
        for number, option in enumerate(question.options, 1)
    ]


def confirmed(asker: Asker, title: str, hint: str = "", *, default: bool = True) -> bool:
    """Ask a question that is answered with yes or no; to go back means no."""
    from xinfang.asking import ASIDE, Option, Question, pick  # noqa: PLC0415 - see asker

    question = Question(
        (ASIDE, title),
        title,
        hint,
        options=(Option(_YES), Option("否")),
        closed=True,
        required=True,
        default=_YES if default else "否",
    )
    reading = asker.ask(question, partial(pick, question))
    return reading is not None and reading.value == _YES


def show(written: Written) -> None:
    """Show what was found in a text that was not written."""
    for finding in written.findings:
        click.echo(str(finding), err=True)
