"""一个文号只能用于一份文书。

两份文书同一文号,信访人和复查机构就说不清依据的是哪一份。

怎样改:后发出的一份重新编号,通知收件人,并用“更正”改正。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.ledger import Entry
from xinfang.rules import Entries, Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("公文条例"))
ROWS = ("R03", "R20")


def check_entries(entries: Entries) -> Iterator[Fault]:
    """Yield every further use of a number, with the case that used it before."""
    used: dict[str, Entry] = {}
    for entry in entries.values():
        for paper in entry.papers:
            before = used.setdefault(paper.number, entry)
            if before is not entry:
                yield Fault(
                    paper.keys,
                    f"文号 {paper.number} 已用于 {before.number}",
                    "请改用下一个文号",
                    entry.path,
                )
