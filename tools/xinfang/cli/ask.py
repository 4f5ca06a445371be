"""Asking in Chinese: one field at a time, checked as it is typed."""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

import click

from xinfang.desk import Written, is_list, parse_value
from xinfang.diagnostics import Finding

#: Looks at the answers so far; a finding that names the field asks again.
Look = Callable[[Mapping[str, Any]], Written]

_MISSING: Final = "missing-key"


def can_ask() -> bool:
    """Whether somebody sits at the keyboard."""
    return sys.stdin.isatty()


def ask(key: str, field: Any, data: dict[str, Any], look: Look, default: str = "") -> None:  # noqa: ANN401
    """Ask for one field until the answer is right; an empty one leaves an optional field out."""
    options = choices(field.annotation)
    if options:
        click.echo(click.style(f"{key}: ", bold=True) + field.description)
        click.echo("  " + "  ".join(f"{i}.{word}" for i, word in enumerate(options, 1)))
    else:
        click.echo(click.style(f"{key}: ", bold=True) + field.description)
    while True:
        text = click.prompt("  请填写", default=default, show_default=bool(default)).strip()
        if not text and not field.is_required():
            return
        data[key] = parse_value(_numbered(text, options), field)
        fault = _fault(key, look(data))
        if fault is None:
            return
        data.pop(key)
        click.secho(f"  {fault.message}。{fault.mend}", fg="yellow")


def show(written: Written) -> None:
    """Show what was found in a text that was not written."""
    for finding in written.findings:
        click.echo(str(finding), err=True)


def _fault(key: str, written: Written) -> Finding | None:
    """Find what is wrong with this answer; what is not yet filled in is no fault of it."""
    if written.is_sound:
        return None
    return next((f for f in written.errors if f.rule != _MISSING and f"“{key}”" in f.message), None)


def _numbered(text: str, options: list[str]) -> str:
    if options and text.isdigit() and 0 < int(text) <= len(options):
        return options[int(text) - 1]
    return text


def choices(annotation: Any) -> list[str]:  # noqa: ANN401 - annotations have no common type
    """Give the closed list a field chooses from; empty where it takes free text."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return [str(word) for word in annotation]
    if typing.get_origin(annotation) is typing.Literal:
        return [str(word) for word in typing.get_args(annotation)]
    if is_list(annotation):
        return []
    return [word for part in typing.get_args(annotation) for word in choices(part)]
