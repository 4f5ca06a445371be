"""What the check found, file by file."""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.pages.frame import Frame


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page of findings."""
    yield "findings.md", frame.page("findings.md", groups=frame.findings_by_file)
