"""Rules: one folder each, found by looking; adding one touches no other file.

A rule is a module of facts and one generator::

    \"\"\"First line: the requirement in plain Chinese words, the rest is its manual page.\"\"\"
    LEVEL = Level.ERROR
    CITES = (cite("细则", "五·四·1"), cite("条例", "23"))
    ROWS = ("R45",)                    # rows of the requirements table that it keeps
    SINCE: date | None = None          # optional: holds for cases registered from that day
    UNTIL: date | None = None          # optional: up to that day

    def check_case(matter: Matter) -> Iterator[Fault]: ...
    # or  check_office(register: Register) -> Iterator[Fault]
    # or  check_entries(entries: Entries) -> Iterator[Fault]
    # or  check_decision(decision: Assessment, register: Register) -> Iterator[Fault]
    # or  check_inspection(inspection: Inspection, register: Register) -> Iterator[Fault]
    # or  check_books(register: Register) -> Iterator[Fault]

The folder's name is the slug (``transfer-before-registration`` stands in
``transfer_before_registration/``). Beside the module stand its examples, which are its
tests: ``pass*.yaml`` and ``fail*.yaml`` (case files; a first line ``# expect: 14:7`` names
the place, ``# today: 2026-09-16`` the day), ``pass*.office.yaml`` / ``fail*.office.yaml``
(office files), ``pass*.decision.yaml`` and ``pass*.inspection.yaml`` (the other books), or
folders ``pass/`` and ``fail/`` (small registers).

The engine stamps slug, level and citations, so a rule says only where and what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from types import ModuleType
from typing import Final

from xinfang.diagnostics import Finding, KeyPath, Level
from xinfang.law import Citation
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.model import Assessment, Inspection
from xinfang.register import Register
from xinfang.source import Document, read

_FOLDER: Final = Path(__file__).parent

#: Entries of all sound cases, by number.
Entries = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule yields.

    Attributes:
        keys: Key path of the value at fault; the nearest parent is shown where it is missing.
        message: Chinese sentence: what was found. Never a value of personal data.
        mend: Chinese sentence: what would be right.
        path: File at fault, where it is not the one being checked (rules over all entries).
        level: Only where one rule knows two levels; the rule's own otherwise.
    """

    keys: KeyPath
    message: str
    mend: str = ""
    path: str = ""
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as found in its folder."""

    slug: str
    level: Level
    cites: tuple[Citation, ...]
    rows: tuple[str, ...]
    manual: str
    since: date | None
    until: date | None
    module: ModuleType

    @property
    def title(self) -> str:
        """First line of the manual: the requirement in plain words."""
        return self.manual.partition("\n")[0].rstrip("。")

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force for a case registered on that day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def finding(self, fault: Fault, document: Document) -> Finding:
        """Stamp a fault with slug, level, place and citations."""
        return Finding(
            document.place(fault.keys),
            self.level if fault.level is None else fault.level,
            self.slug,
            fault.message,
            fault.mend,
            tuple(map(str, self.cites)),
        )


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by slug."""
    names = sorted(path.parent.name for path in _FOLDER.glob("*/__init__.py"))
    return tuple(_rule(name) for name in names)


def faults(matter: Matter, slugs: Iterable[str]) -> Iterator[tuple[Rule, Fault]]:
    """Ask a few rules only about a case that may not stand in any file."""
    for slug in slugs:
        rule = _rule(slug.replace("-", "_"))
        if rule.holds_on(matter.case.registered):
            for fault in rule.module.check_case(matter):
                yield rule, fault


@cache
def _rule(name: str) -> Rule:
    module = import_module(f"{__name__}.{name}")
    return Rule(
        slug=name.replace("_", "-"),
        level=module.LEVEL,
        cites=module.CITES,
        rows=module.ROWS,
        manual=getdoc(module) or "",
        since=getattr(module, "SINCE", None),
        until=getattr(module, "UNTIL", None),
        module=module,
    )


@cache
def _with(function: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in all_rules() if hasattr(rule.module, function))


def check_case(matter: Matter, document: Document) -> Iterator[Finding]:
    """Check one case against every rule in force when it was registered."""
    day = matter.case.registered
    for rule in _with("check_case"):
        if rule.holds_on(day):
            for fault in rule.module.check_case(matter):
                yield rule.finding(fault, document)


def check_office(register: Register) -> Iterator[Finding]:
    """Check ``office.yaml`` against every rule about the office."""
    for rule in _with("check_office"):
        for fault in rule.module.check_office(register):
            yield rule.finding(fault, register.loaded.document)


def check_entries(entries: Entries, register: Register) -> Iterator[Finding]:
    """Check all cases against each other. A file is read again only to place a fault in it."""
    for rule in _with("check_entries"):
        for fault in rule.module.check_entries(entries):
            yield rule.finding(fault, read(register.folder / fault.path, fault.path))


def check_decision(
    decision: Assessment, register: Register, document: Document
) -> Iterator[Finding]:
    """Check one assessed decision."""
    for rule in _with("check_decision"):
        for fault in rule.module.check_decision(decision, register):
            yield rule.finding(fault, document)


def check_inspection(
    inspection: Inspection, register: Register, document: Document
) -> Iterator[Finding]:
    """Check one monthly inspection."""
    for rule in _with("check_inspection"):
        for fault in rule.module.check_inspection(inspection, register):
            yield rule.finding(fault, document)


def check_books(register: Register) -> Iterator[Finding]:
    """Check the books of decisions and inspections as a whole."""
    for rule in _with("check_books"):
        for fault in rule.module.check_books(register):
            path = register.folder / fault.path
            document = read(path, fault.path) if path.is_file() else register.loaded.document
            yield rule.finding(fault, document)
