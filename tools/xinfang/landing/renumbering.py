"""Giving a case another number: in its own file and wherever another case names it.

The old number stays as ``原编号``: receipts and papers bear it, and it still finds the case.
Nothing else of the file changes, byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from xinfang.errors import XinfangError
from xinfang.landing.layout import StepText, layout

_NUMBER: Final = "编号"
_FORMER: Final = "原编号"
#: Heads and fields of steps that name another case of this register.
_LINKS: Final = "关联"
_INTO: Final = "并入"


class NotRenumberedError(XinfangError):
    """The file is not written so that its number can be changed."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} 有错误,不能改号;请先用 xinfang check {path} 查看并改正")


def renumbered(text: str, new: str, path: str) -> str:
    """Give the text of a case under another number, its old one kept.

    Args:
        text: The case file.
        new: The number it gets.
        path: Its name, for the error.

    Raises:
        NotRenumberedError: The file cannot be taken apart.
    """
    cut = layout(text)
    old = cut.data.get(_NUMBER) if cut is not None else None
    if cut is None or not isinstance(old, str) or old not in cut.heads[_NUMBER]:
        raise NotRenumberedError(path)
    before = cut.data.get(_FORMER)
    former = [*before, old] if isinstance(before, list) else [old]
    newline = "\r\n" if "\r\n" in text else "\n"
    line = f"{_FORMER}: [{', '.join(dict.fromkeys(map(str, former)))}]{newline}"
    heads = {}
    for key, lines in cut.heads.items():
        if key == _NUMBER:
            heads[key] = lines.replace(old, new, 1)
        elif key != _FORMER:
            heads[key] = lines
        if key == _NUMBER:
            heads[_FORMER] = line
    return replace(cut, heads=heads).text


def referring(text: str, old: str, new: str) -> str:
    """Give the text of a case in which what named ``old`` names ``new``; else the same text."""
    cut = layout(text) if old in text else None
    if cut is None:
        return text
    heads = dict(cut.heads)
    if old in (cut.data.get(_LINKS) or []):
        heads[_LINKS] = _named(heads[_LINKS], old, new)
    steps = tuple(
        StepText(_named(step.text, old, new), {**step.data, _INTO: new})
        if step.data.get(_INTO) == old
        else step
        for step in cut.steps
    )
    return replace(cut, heads=heads, steps=steps).text


def _named(lines: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![0-9A-Za-z-]){re.escape(old)}(?![0-9A-Za-z-])", new, lines)
