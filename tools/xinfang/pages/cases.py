"""The page of each case; of an accusation it has three lines (A13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xinfang.diagnostics import Finding
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.pages import agenda as desk
from xinfang.pages import case as views
from xinfang.pages.frame import Frame
from xinfang.pages.papers import papers, possible
from xinfang.pages.recorded import recorded


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
    stages = views.stages(matter)
    return frame.page(
        "case.md",
        root="../../",
        case=matter.case,
        entry=entry,
        state=matter.state,
        stages=stages,
        next=views.next_step(
            entry,
            stages,
            frame.nearest.get(entry.number),
            sorted(desk.promises(entry, matter), key=lambda promise: promise.left),
            frame.office.office_department,
        ),
        deadlines=views.sorted_deadlines(matter),
        claims=views.claims(matter),
        timeline=views.timeline(matter),
        papers=papers(matter, frame.forms),
        possible=possible(matter, frame.forms.values()),
        related=views.related(entry, frame.entries, frame.later.get(entry.number, ())),
        findings=found,
        history=recorded(
            frame.history, entry.path, compare=frame.office.register_.sample_date is None
        ),
        source=views.source((frame.register.folder / entry.path).read_text("utf-8-sig", "replace")),
    )
