"""The long lists: what is due (待办与期限, 月历, files for calendars), and the ledger (台账)."""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.pages import calendar, deadlines, ledger
from xinfang.pages.frame import Frame


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the lists."""
    yield from deadlines.pages(frame)
    yield from calendar.pages(frame)
    yield from ledger.pages(frame)
