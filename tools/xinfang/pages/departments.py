"""The desk of each department."""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.pages.frame import Frame


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the list of departments and a page for each."""
    yield "departments/index.md", frame.page("departments.md", root="../")
    for share in frame.shares:
        yield f"departments/{share.key}.md", frame.page("department.md", root="../", share=share)
