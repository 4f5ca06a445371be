"""Findings as values: where, what, how to mend it, and on which legal ground.

Nothing about a bad record is ever raised. Functions return or yield findings; they are
sorted once, by the order the type itself defines, and the exit code is derived from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from xinfang.quickly import by_fields

#: A place inside a record: the keys and list indices (from 0) that lead to a value.
KeyPath = tuple[str | int, ...]


class Level(IntEnum):
    """How grave a finding is; a smaller number is graver, so that sorting shows it first."""

    ERROR = 0
    WARNING = 1
    HINT = 2

    @property
    def label(self) -> str:
        """The word a clerk sees: 错误, 警告 or 提示."""
        return _LABELS[self]


_LABELS: Final = {Level.ERROR: "错误", Level.WARNING: "警告", Level.HINT: "提示"}


@by_fields
@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A position in a file.

    Attributes:
        path: The file, relative to the register, with forward slashes.
        line: Line, from 1; 0 when the finding concerns the file as a whole.
        column: Column in characters (not bytes), from 1; 0 as above.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Give ``path``, or ``path:line:column`` where a position is known."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@by_fields
@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing found in a register.

    Attributes:
        place: Where it stands.
        level: How grave it is.
        rule: Slug of the rule that found it, for example ``transfer-before-registration``.
        message: A Chinese sentence in the file's own words. Never a value of personal data.
        mend: What would be right, as a Chinese sentence; may be empty.
        cites: Citations in short form, for example ``细则 五·四·1``.
    """

    place: Place
    level: Level
    rule: str
    message: str
    mend: str = ""
    cites: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        """One line for people and machines, see DESIGN §3."""
        cited = f" [{'; '.join(self.cites)}]" if self.cites else ""
        mend = f"。{self.mend}" if self.mend else ""
        return f"{self.place}: {self.level.label}: {self.message}{mend} ({self.rule}){cited}"


def exit_code(findings: Iterable[Finding]) -> int:
    """Derive the verdict from the findings: 1 if any is an error, else 0."""
    return int(any(finding.level is Level.ERROR for finding in findings))
