"""The page of each case; of an accusation it has three lines (A13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xinfang.diagnostics import Finding
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.pages import case as views
from xinfang.pages.frame import Frame


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page of every sound case."""
    for number, entry in frame.entries.items():
        address = f"cases/{number[3:7]}/{number}.md"
        if entry.sealed:
            yield address, frame.page("sealed.md", root="../../", entry=entry)
        elif number in frame.matters:
            found = frame.findings_by_file.get(entry.path, ())
            yield address, _case(frame, frame.matters[number], entry, found)


def _case(frame: Frame, matter: Matter, entry: Entry, found: Sequence[Finding]) -> str:
    return frame.page(
        "case.md",
        root="../../",
        case=matter.case,
        entry=entry,
        state=matter.state,
        stages=views.stages(matter),
        deadlines=views.sorted_deadlines(matter),
        claims=views.claims(matter),
        timeline=views.timeline(matter),
        papers=views.papers(matter),
        related=views.related(entry, frame.entries, frame.later.get(entry.number, ())),
        findings=found,
    )
