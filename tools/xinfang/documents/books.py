"""What the papers of the other books show: one assessed decision, one month of inspections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from xinfang.model import Assessment, Inspection
from xinfang.model.inspection import Concern, Standing
from xinfang.register import Register

#: Who gathers the reports of all departments.
_GATHERED: Final = "（汇总）"


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One matter found by an inspection, as it stands on a day."""

    department: str
    concern: Concern
    standing: Standing


@dataclass(frozen=True, slots=True)
class InspectionSheet:
    """A month of inspections on paper: of one department, or gathered by the office.

    Attributes:
        department: Who reports.
        period: The month, in words.
        written: Day of the latest report in it.
        rows: What was found; empty for a report of nothing.
    """

    department: str
    period: str
    written: date
    rows: tuple[ConcernRow, ...]


def decisions(register: Register) -> Iterator[Assessment]:
    """Every sound assessment."""
    return (loaded.record for loaded in register.decisions if loaded.record is not None)


def months(register: Register) -> Mapping[str, list[Inspection]]:
    """Month → its sound reports, in the order of the office's departments."""
    order = [d.name for d in register.office.departments] if register.office else []
    found: dict[str, list[Inspection]] = defaultdict(list)
    for loaded in register.inspections:
        if loaded.record is not None:
            found[loaded.record.month].append(loaded.record)
    for reports in found.values():
        reports.sort(key=lambda report: _place(report.department, order))
    return dict(sorted(found.items()))


def _place(name: str, order: list[str]) -> int:
    return order.index(name) if name in order else len(order)


def rows(reports: Iterable[Inspection], today: date) -> tuple[ConcernRow, ...]:
    """Everything that some reports found, the earliest first."""
    found = [
        ConcernRow(report.department, concern, concern.standing(today))
        for report in reports
        for concern in report.concerns
    ]
    return tuple(sorted(found, key=lambda row: row.concern.found))


def gathered(reports: list[Inspection], office_department: str, today: date) -> InspectionSheet:
    """Put the reports of one month together."""
    return _sheet(f"{office_department}{_GATHERED}", reports, today)


def of_department(report: Inspection, today: date) -> InspectionSheet:
    """Show the report of one department."""
    return _sheet(report.department, [report], today)


def _sheet(department: str, reports: list[Inspection], today: date) -> InspectionSheet:
    year, month = map(int, reports[0].month.split("-"))
    return InspectionSheet(
        department,
        f"{year}年{month}月",
        max(report.written for report in reports),
        rows(reports, today),
    )
