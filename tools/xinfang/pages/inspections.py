"""The book of inspections (矛盾纠纷排查): who reported each month, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from xinfang.documents import books
from xinfang.documents.books import ConcernRow
from xinfang.model import Inspection
from xinfang.model.inspection import Standing
from xinfang.pages.frame import Frame

#: How a standing is coloured; its word says the same.
TONES: Final = {
    Standing.DONE: "good",
    Standing.CASE: "plain",
    Standing.LATE: "late",
    Standing.OPEN: "near",
}


@dataclass(frozen=True, slots=True)
class Month:
    """One month of inspections.

    Attributes:
        name: 2026-08.
        reports: What each department of the office reported; None where it did not.
        rows: Everything found.
        counts: How many of it stand how.
    """

    name: str
    reports: tuple[tuple[str, Inspection | None], ...]
    rows: tuple[ConcernRow, ...]
    counts: Counter[Standing]


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page of inspections, the latest month first."""
    months = [
        _month(frame, name, reports)
        for name, reports in reversed(list(books.months(frame.register).items()))
    ]
    yield (
        "inspections/index.md",
        frame.page(
            "inspections.md", root="../", months=months, standing_tones=TONES, standings=Standing
        ),
    )


def _month(frame: Frame, name: str, reports: list[Inspection]) -> Month:
    by_department = {report.department: report for report in reports}
    names = dict.fromkeys([*(d.name for d in frame.office.departments), *by_department])
    found = books.rows(reports, frame.today)
    return Month(
        name,
        tuple((department, by_department.get(department)) for department in names),
        found,
        Counter(row.standing for row in found),
    )
