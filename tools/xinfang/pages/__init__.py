"""The pages of the office's site as values: address → text.

Each topic is a module here with templates below ``site_templates/pages``; it fills them with
what stands in the register, on one day, without any identity. Nothing here reads the clock,
opens what is sealed or writes a file. Adding a page means a template, a function in the module
of its topic, and a line in ``mkdocs.yml``. A text whose address does not end in ``.md`` is
copied into the site as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from xinfang.diagnostics import Finding
from xinfang.history import History
from xinfang.ledger import Entry
from xinfang.pages import (
    basis,
    calendar,
    cases,
    clocks,
    deadlines,
    decisions,
    departments,
    duties,
    findings,
    home,
    inspections,
    intake,
    ledger,
    manual,
    policy,
    promises,
    reports,
    rule_text,
    statistics,
)
from xinfang.pages.frame import PROMISE, Frame, Pages
from xinfang.register import Register

#: What makes the pages of one topic.
Topic = Callable[[Frame], Iterable[tuple[str, str]]]

#: Every topic of the office's site.
TOPICS: Final[tuple[Topic, ...]] = (
    home.pages,
    deadlines.pages,
    calendar.pages,
    promises.pages,
    ledger.pages,
    cases.pages,
    departments.pages,
    statistics.pages,
    reports.pages,
    findings.pages,
    decisions.pages,
    inspections.pages,
    rule_text.pages,
    policy.pages,
    basis.pages,
    clocks.pages,
    duties.pages,
    manual.pages,
    intake.pages,
)
#: Those of them that are about many matters or none.
LISTS: Final = tuple(topic for topic in TOPICS if topic is not cases.pages)


def pages(
    register: Register,
    entries: Mapping[str, Entry],
    found: Sequence[Finding],
    folders: Sequence[Path],
    history: History | None = None,
) -> Pages:
    """Make every page of the office's site.

    Args:
        register: The register; its ``office.yaml`` has to be sound.
        entries: Ledger entries of all sound cases, by number.
        found: All findings.
        folders: Folders of templates; an earlier one overrides a later one.
        history: What Git tells of the case files; None where the register is in no repository.
    """
    frame = Frame(register, entries, found, folders, history)
    return dict(sorted(made for topic in TOPICS for made in topic(frame)))


__all__ = ["LISTS", "PROMISE", "Frame", "Pages", "pages"]
