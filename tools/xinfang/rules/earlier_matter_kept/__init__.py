"""同一事项再次提出时,要核对前一件是否已答复、已送达、已兑现。

减少重复信访,靠的是第一次就答复到位、说到做到。前一件没有书面答复、没有送达或承诺没有兑现,再次提出就不是
“重复”,而是在催我们把该办的办完。本条只核对前一件事,不统计谁来了几次。

怎样改:先补办前一件的答复、送达或兑现(必要时督办),再办结这一件。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.ledger import Entry
from xinfang.model.words import Closing
from xinfang.rules import Entries, Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "五·五"), cite("条例", "32"))
ROWS = ("R51",)


def check_entries(entries: Entries) -> Iterator[Fault]:
    """Yield links of open matters to earlier ones in which something is still owed."""
    for entry in entries.values():
        if not entry.is_open:
            continue
        for index, number in enumerate(entry.earlier):
            other = entries.get(number)
            owed = _owed(other) if other is not None and other is not entry else ""
            if owed:
                yield Fault(
                    ("关联", index),
                    f"前一件 {number} {owed}",
                    "请先核对并补办前一件,必要时督办",
                    entry.path,
                )


def _owed(entry: Entry) -> str:
    """Say what the office still owes in a matter; empty where nothing."""
    if entry.sealed or (entry.closed and entry.closing != Closing.ANSWERED):
        return ""
    if entry.replied is None:
        return "还没有书面答复"
    if entry.served is None:
        return f"的答复({entry.replied})还没有送达"
    if entry.open_promises:
        claims = "、".join(map(str, entry.open_promises))
        return f"第 {claims} 条请求的承诺还没有兑现"
    return ""
