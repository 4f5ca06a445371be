"""The office rules (制度): the text restored beside the text as found, and what it asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from xinfang.law.office_rules import (
    Clause,
    Notice,
    Requirement,
    clauses,
    notices,
    readings,
    requirements,
    restored_in,
    source,
)
from xinfang.pages.citing import KINDS, OFFICE_RULES, Use, uses
from xinfang.pages.frame import Frame
from xinfang.rules import Rule, all_rules

#: Lines that belong to a section of another name.
_STANDS_IN: Final = {"文前": "通知", "文后": "落款"}
#: Sections whose first line is no heading.
_NAMED: Final = frozenset({"通知", "落款"})


@dataclass(frozen=True)
class Shown:
    """A clause with all that is said about it.

    Attributes:
        clause: The clause.
        notices: Notices told here in full.
        told_before: Notices of this clause that were told with an earlier one.
        uses: Rules, clocks and papers that rest on it.
        rows: What it asks for.
        readings: Numbers of the readings of what it leaves open.
    """

    clause: Clause
    notices: tuple[Notice, ...]
    told_before: tuple[Notice, ...]
    uses: tuple[Use, ...]
    rows: tuple[Requirement, ...]
    readings: tuple[str, ...]

    @cached_property
    def by_kind(self) -> Mapping[str, list[Use]]:
        """Rules, clocks and papers, each kind by itself."""
        found: dict[str, list[Use]] = defaultdict(list)
        for use in self.uses:
            found[use.kind].append(use)
        return found

    @cached_property
    def counts(self) -> list[tuple[str, int]]:
        """How many there are of each kind."""
        counted = [(kind, len(self.by_kind[kind])) for kind in KINDS if kind in self.by_kind]
        return [*counted, *(("口径", len(self.readings)),) * bool(self.readings)]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text: its name, whether its first line is its heading, its lines."""

    key: str
    name: str
    lines: tuple[Shown, ...]
    headed: bool


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page of the text and the table of what it asks for."""
    shown = _shown(uses(frame.register)[OFFICE_RULES])
    digest, found = source()
    yield (
        "basis/rule-text.md",
        frame.page(
            "rule_text.md",
            root="../",
            sections=_sections(shown),
            faults=[notice for notice in notices() if notice.kind != "执行"],
            restored=restored_in(),
            digest=digest,
            found=found,
        ),
    )
    yield (
        "basis/requirements.md",
        frame.page(
            "requirements.md",
            root="../",
            rows=requirements().values(),
            shown={line.clause.cited_as: line for line in shown},
            rules=rules_of_rows(),
        ),
    )


def rules_of_rows() -> Mapping[str, list[Rule]]:
    """Say of each row of what the text asks for which rules keep it."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in all_rules():
        for row in rule.rows:
            found[row].append(rule)
    return found


def _shown(resting: Mapping[str, list[Use]]) -> tuple[Shown, ...]:
    """Put to each clause what is said about it; a notice is told once, then only named."""
    told: set[str] = set()
    shown: list[Shown] = []
    lines = list(clauses().values())
    paragraphs = {line.cited_as for line in lines if line.cited_as != line.id}
    for clause in lines:
        about = [notice for notice in notices() if clause.id in notice.clauses]
        # A heading with one paragraph below it leaves the rest to that paragraph.
        place = "" if clause.id in paragraphs else clause.cited_as
        shown.append(
            Shown(
                clause,
                tuple(notice for notice in about if notice.id not in told),
                tuple(notice for notice in about if notice.id in told),
                tuple(resting.get(place, ())),
                tuple(row for row in requirements().values() if row.clause == place),
                tuple(key for key, reading in readings().items() if place in reading.clauses),
            )
        )
        told |= {notice.id for notice in about}
    return tuple(shown)


def _sections(shown: tuple[Shown, ...]) -> list[Section]:
    groups: dict[str, list[Shown]] = {}
    for line in shown:
        part = _STANDS_IN.get(line.clause.part, line.clause.part)
        groups.setdefault(part, []).append(line)
    return [
        Section(
            key,
            key if key in _NAMED else lines[0].clause.text,
            tuple(lines),
            headed=key not in _NAMED,
        )
        for key, lines in groups.items()
    ]
