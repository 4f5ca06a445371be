"""一个档号只能用于一个案卷。

档号重复,调卷时会调错人的案卷,也会泄露另一个信访人的信息。

怎样改:后归档的一件改用新的档号,并用“更正”改正。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.ledger import Entry
from xinfang.rules import Entries, Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·4"), cite("归档规则"))
ROWS = ("R37",)


def check_entries(entries: Entries) -> Iterator[Fault]:
    """Yield every further use of an archive number."""
    used: dict[str, Entry] = {}
    for entry in entries.values():
        if not entry.archive_number:
            continue
        before = used.setdefault(entry.archive_number, entry)
        if before is not entry:
            yield Fault(("办理",), f"档号已用于 {before.number}", "请改用新的档号", entry.path)
