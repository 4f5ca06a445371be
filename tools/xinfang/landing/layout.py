"""The lines of a case file: which belong to which key, which to which step.

What is cut here is put together again byte for byte, comments and blank lines included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from xinfang.source import read_text

STEPS: Final = "办理"


@dataclass(frozen=True, slots=True)
class StepText:
    """One step: its lines with what stands below them, and what it says."""

    text: str
    data: Mapping[str, Any]

    def indented(self, column: int) -> str:
        """Give the lines with the dash in another column."""
        shift = column - self.column
        lines = self.text.splitlines(keepends=True)
        return "".join(_shifted(line, shift) for line in lines)

    @property
    def column(self) -> int:
        """Where the dash stands."""
        return len(self.text) - len(self.text.lstrip(" "))


@dataclass(frozen=True, slots=True)
class Layout:
    """A case file in its parts.

    Attributes:
        preamble: What stands before the first key.
        heads: Each key of the file but ``办理``, with its lines, in their order; and in its place
            among them ``办理`` with none.
        opening: The line of ``办理`` itself; empty where there is none.
        steps: Its steps.
        closing: What stands between the last step and the next key.
        data: What the file says.
    """

    preamble: str
    heads: Mapping[str, str]
    opening: str
    steps: tuple[StepText, ...]
    closing: str
    data: Mapping[str, Any]

    @property
    def text(self) -> str:
        """Put it together again."""
        steps = [self.opening, *(step.text for step in self.steps), self.closing]
        parts = [self.preamble]
        for key, lines in self.heads.items():
            parts += steps if key == STEPS else [lines]
        *before, last = [part for part in parts if part] or [""]
        return "".join([*map(_ended, before), last])


def layout(text: str) -> Layout | None:
    """Cut a case file into its parts; None where it is not written key by key, step by step."""
    document = read_text(text, "")
    if not document.readable or any(f.rule == "duplicate-key" for f in document.findings):
        return None
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not root.value:
        return None
    starts = [key.start_mark.index for key, _ in root.value]
    ends = [*starts[1:], len(text)]
    heads: dict[str, str] = {}
    opening, steps, closing = "", tuple[StepText, ...](), ""
    for (key, value), start, end in zip(root.value, starts, ends, strict=True):
        heads[key.value] = text[start:end]
        if key.value == STEPS:
            cut = _steps(text, start, end, value, document.data.get(STEPS))
            if cut is None:
                return None
            heads[STEPS] = ""
            opening, steps, closing = cut
    return Layout(text[: starts[0]], heads, opening, steps, closing, document.data)


def _steps(
    text: str,
    start: int,
    end: int,
    node: Any,  # noqa: ANN401 - yaml nodes are untyped
    data: Any,  # noqa: ANN401
) -> tuple[str, tuple[StepText, ...], str] | None:
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        return None
    if not all(isinstance(step, dict) for step in data):
        return None
    dashes = []
    for item in node.value:
        dash = text.rfind("-", start, item.start_mark.index)
        if dash < 0 or text[dash + 1 : item.start_mark.index].strip():
            return None  # a comment stands between the dash and its step
        dashes.append(text.rfind("\n", 0, dash) + 1)
    behind = _behind(text[:end])
    ends = [*dashes[1:], max(behind, dashes[-1])]
    steps = tuple(StepText(text[a:b], step) for a, b, step in zip(dashes, ends, data, strict=True))
    return text[start : dashes[0]], steps, text[ends[-1] : end]


def _behind(text: str) -> int:
    """Go back over blank lines and comments that belong to the key that follows."""
    lines = text.splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return sum(map(len, lines))


def _shifted(line: str, by: int) -> str:
    if by >= 0:
        return " " * by + line if line.strip() else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _ended(lines: str) -> str:
    return lines if not lines or lines.endswith("\n") else f"{lines}\n"
