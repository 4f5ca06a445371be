"""A register: a folder with ``office.yaml`` and ``cases/``, opened on one day."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from xinfang.calendar import Calendar, Overlay
from xinfang.clocks import Clock, OverrideProblem, apply_overrides, default_clocks
from xinfang.errors import NoRegisterError
from xinfang.matter import Matter
from xinfang.model import (
    Assessment,
    Case,
    Inspection,
    Loaded,
    Office,
    load_assessment,
    load_case,
    load_inspection,
    load_office,
)
from xinfang.source import read

OFFICE_FILE = "office.yaml"
CASES_FOLDER = "cases"
#: What came from the registration page or by mail and has no number yet: inbox/intake-….yaml.
INBOX_FOLDER = "inbox"
#: Assessed decisions, a folder a year: cases/decisions/2026/FX-2026-001.yaml.
DECISIONS_FOLDER = "cases/decisions"
#: Monthly inspections, a folder a month: cases/inspections/2026-03/劳务管理部.yaml.
INSPECTIONS_FOLDER = "cases/inspections"


@dataclass(frozen=True)
class Register:
    """An opened register.

    Attributes:
        folder: Where it stands.
        today: The day it is looked at.
        loaded: ``office.yaml`` as read, with its findings.
    """

    folder: Path
    today: date
    loaded: Loaded[Office] = field(repr=False)

    @property
    def office(self) -> Office | None:
        """The office, or None where ``office.yaml`` has errors."""
        return self.loaded.record

    @cached_property
    def calendar(self) -> Calendar:
        """National working days with the office's own overlay."""
        if self.office is None:
            return Calendar()
        overlays = tuple(
            Overlay(e.first, e.last or e.first, e.kind == "上班", e.reason, e.source, e.official)
            for e in self.office.calendar
        )
        return Calendar(overlays, {int(year): name for year, name in self.office.notices.items()})

    @cached_property
    def _clocks(self) -> tuple[tuple[Clock, ...], tuple[OverrideProblem, ...]]:
        overrides = self.office.clocks if self.office else {}
        return apply_overrides(default_clocks(), overrides)

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The clocks in force here."""
        return self._clocks[0]

    @property
    def clock_problems(self) -> tuple[OverrideProblem, ...]:
        """Overrides that are not stricter and were therefore not applied."""
        return self._clocks[1]

    def case_files(self) -> list[Path]:
        """All case files, in the order of their names. Links are listed, to be reported."""
        found = (self.folder / CASES_FOLDER).glob("[0-9][0-9][0-9][0-9]/*.yaml")
        return sorted(found, key=str)  # as text: comparing thousands of paths takes its time

    def inbox_files(self) -> list[Path]:
        """All files that wait to be registered, in the order of their names."""
        return sorted((self.folder / INBOX_FOLDER).glob("*.yaml"), key=str)

    def decision_files(self) -> list[Path]:
        """All files of assessed decisions, in the order of their names."""
        return sorted((self.folder / DECISIONS_FOLDER).glob("[0-9]*/*.yaml"), key=str)

    def inspection_files(self) -> list[Path]:
        """All files of monthly inspections, in the order of months and departments."""
        return sorted((self.folder / INSPECTIONS_FOLDER).glob("[0-9]*/*.yaml"), key=str)

    @cached_property
    def decisions(self) -> Sequence[Loaded[Assessment]]:
        """Every assessed decision as read, sound or not."""
        return [load_assessment(read(f, self.name_of(f))) for f in self.decision_files()]

    @cached_property
    def inspections(self) -> Sequence[Loaded[Inspection]]:
        """Every monthly inspection as read, sound or not."""
        return [load_inspection(read(f, self.name_of(f))) for f in self.inspection_files()]

    def path_of(self, record: Assessment | Inspection) -> str:
        """Name of the file that a record of the other books was read from; empty if none."""
        read_here: tuple[Loaded[Any], ...] = (*self.decisions, *self.inspections)
        for loaded in read_here:
            if loaded.record is record:
                return loaded.document.path
        return ""

    def name_of(self, file: Path) -> str:
        """Name of a file in findings: relative to the register where it stands inside."""
        absolute = str(file if file.is_absolute() else Path.cwd() / file)
        inside = f"{self.folder}{os.sep}"
        if not absolute.startswith(inside):
            return file.name
        return absolute.removeprefix(inside).replace(os.sep, "/")

    def load(self, file: Path) -> Loaded[Case]:
        """Read and validate one case file."""
        return load_case(read(file, self.name_of(file)))

    def matter(self, case: Case, path: str) -> Matter:
        """See a case through this office's eyes today. Needs a sound ``office.yaml``."""
        assert self.office is not None, "callers look at the office's findings first"  # noqa: S101
        return Matter(case, self.office, self.calendar, self.clocks, self.today, path)

    def matters(self, files: Iterable[Path] | None = None) -> Iterator[tuple[Path, Loaded[Case]]]:
        """Read many files, one at a time; a broken one never hides the others."""
        for file in self.case_files() if files is None else files:
            yield file, self.load(file)

    def find(self, name: str) -> Path | None:
        """Find the case that once had this number, or whose receipt bears this code."""
        for file in self.case_files():
            # Most files do not so much as mention it and need no reading as a record.
            if name in file.read_text("utf-8", "replace"):
                case = self.load(file).record
                if case is not None and name in (*case.former, case.query_code):
                    return file
        return None

    def folder_of(self, year: int | str) -> Path:
        """Folder of the cases registered in a year."""
        return self.folder / CASES_FOLDER / str(year)

    def file_of(self, number: str) -> Path:
        """Where the file of a case number stands, or would stand."""
        return self.folder_of(number[3:7]) / f"{number}.yaml"


def open_register(folder: Path, today: date, asked: date | None = None) -> Register:
    """Open a register on a day.

    Args:
        folder: The register.
        today: The real date; a sample register with its own fixed date keeps to that.
        asked: A day the user asked for; it comes before both.

    Raises:
        NoRegisterError: The folder holds no ``office.yaml`` or no ``cases``.
    """
    folder = folder.resolve()
    if not (folder / OFFICE_FILE).exists() or not (folder / CASES_FOLDER).is_dir():
        raise NoRegisterError(folder.name)
    loaded = load_office(read(folder / OFFICE_FILE, OFFICE_FILE))
    sample_date = loaded.record.register_.sample_date if loaded.record else None
    return Register(folder, asked or sample_date or today, loaded)
