"""What a clock is, and the clocks that ship with the tool (``clocks.yaml``)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from xinfang.clocks.counting import Unit
from xinfang.diagnostics import Level
from xinfang.law import Citation, Mark, parse_citation
from xinfang.quickly import by_fields

_DATA: Final = Path(__file__).with_name("clocks.yaml")


class Whose(StrEnum):
    """Who has to act, or may act, before a clock runs out."""

    OFFICE = "信访办"
    DEPARTMENT = "部室"
    SUPERIOR = "上级"
    PETITIONER = "信访人"

    @property
    def is_ours(self) -> bool:
        """Whether the unit itself answers for it."""
        return self in {Whose.OFFICE, Whose.DEPARTMENT}


class Jurisdiction(StrEnum):
    """Who made the clock; both kinds run and neither hides the other."""

    NATIONAL = "国家"
    INTERNAL = "本单位"


@by_fields
@dataclass(frozen=True, slots=True)
class Clock:
    """A period that starts with an event and should end with another.

    Attributes:
        id: I1 to I5, C1 to C8, S1; with ``-本单位`` for a stricter limit of the unit beside a
            period of law.
        name: What is due, in Chinese.
        whose: Who acts.
        jurisdiction: Who made it.
        start: Events that start it; the first one that the case has counts.
        end: Events that end it; the earliest one that the case has counts.
        ends_matter: Events of the whole matter that end it too (for a clock per department).
        length: Number of days; 0 is the same day, and always so for 指定日期.
        target: Days to aim at, fewer than ``length``; None where there is no such aim.
        unit: What is counted.
        until: Event whose day is the last day, written in the case itself; empty for counted ones.
        after: Clock whose last day (not moved) starts this one, if an event of ``start`` happened
            before that clock ran out.
        length_from: Name of the number of days set by the case; never more than ``length``.
        not_counted: Name of the number of days in the case that are not counted.
        per_department: Whether it runs for each department by itself (events ``名称@部室``).
        applies: Conditions that must all be true of the case.
        unless: Conditions of which none may be true.
        basis: Citations.
        own_basis: The unit's own rule, where it set a stricter limit.
        stricter_than: Clock that this one stands beside.
        since: First start day to which it applies; None for always.
        last_checked_on: Day on which the text behind it was last read.
        level_when_missed: How grave a miss is when somebody asks for lateness as findings.
        mark: How well the basis is known.
        produces: Papers by which it is met.
        finishes: Whether meeting it finishes the matter.
        reason_allowed: Whether a recorded reason excuses a miss.
        when_expired: What to say when it ran out unused (periods of the petitioner).
        ours_if: Condition under which the unit itself acts in the superior's place; empty for none.
        ours_end: Events that end it too where it does.
        active: Whether it runs by default.
        note: What a clerk should know, in Chinese.
    """

    id: str
    name: str
    whose: Whose
    jurisdiction: Jurisdiction
    start: tuple[str, ...]
    end: tuple[str, ...]
    unit: Unit
    basis: tuple[Citation, ...]
    last_checked_on: date
    level_when_missed: Level
    mark: Mark
    produces: tuple[str, ...]
    note: str
    length: int = 0
    target: int | None = None
    until: str = ""
    after: str = ""
    length_from: str = ""
    not_counted: str = ""
    ends_matter: tuple[str, ...] = ()
    per_department: bool = False
    applies: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    own_basis: str = ""
    stricter_than: str = ""
    since: date | None = None
    finishes: bool = False
    reason_allowed: bool = False
    when_expired: str = ""
    ours_if: str = ""
    ours_end: tuple[str, ...] = ()
    active: bool = True

    def applies_to(self, conditions: AbstractSet[str]) -> bool:
        """Say whether it runs for a case of which these conditions are true."""
        return self.applies <= conditions and self.unless.isdisjoint(conditions)

    def seen_with(self, conditions: AbstractSet[str]) -> Clock:
        """Give the clock as it runs for a case: the office's own duty where it reviews itself."""
        if self.ours_if not in conditions:
            return self
        return replace(self, whose=Whose.OFFICE, end=(*self.end, *self.ours_end))

    @property
    def grounds(self) -> tuple[str, ...]:
        """What it rests on, as papers and pages print it."""
        if self.own_basis:
            return (self.own_basis,)
        return tuple(citation.full for citation in self.basis)

    @property
    def span(self) -> str:
        """Its length for print: 15日, 5个工作日, 当日, or where the last day is written."""
        if self.until:
            return f"以{self.until}为准"
        if not self.length:
            return "当日"
        return f"{self.length}{'日' if self.unit == '日' else '个工作日'}"


@cache
def default_clocks(*, optional: bool = False) -> tuple[Clock, ...]:
    """Read the clocks that ship with the tool.

    Args:
        optional: Whether to include those that do not run by default (S1).
    """
    import yaml  # noqa: PLC0415 - only commands that count need it

    with _DATA.open("rb") as stream:
        entries = yaml.load(stream, yaml.CSafeLoader)
    clocks = (_clock(key, fields) for key, fields in entries.items())
    return tuple(clock for clock in clocks if clock.active or optional)


def _clock(key: str, fields: dict[str, Any]) -> Clock:
    """Give the plain values of the file their types."""
    values = dict(fields)
    for name in ("start", "end", "ends_matter", "ours_end", "produces"):
        values[name] = tuple(values.get(name, ()))
    for name in ("applies", "unless"):
        values[name] = frozenset(values.get(name, ()))
    values["basis"] = tuple(map(parse_citation, values["basis"]))
    values["whose"] = Whose(values["whose"])
    values["jurisdiction"] = Jurisdiction(values["jurisdiction"])
    values["mark"] = Mark(values["mark"])
    values["level_when_missed"] = _LEVELS[values["level_when_missed"]]
    return Clock(id=key, **values)


_LEVELS: Final = {level.label: level for level in Level}
