"""“关联”的编号须是已登记的、更早的其他事项。

关联是为了核对前一件是否答复到位;编号写错,就核对到别人的事上去了。

怎样改:核对编号;前一件不在本登记册的,写在“事实”里,不写“关联”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.rules import Entries, Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·五"),)
ROWS = ("R51",)


def check_entries(entries: Entries) -> Iterator[Fault]:
    """Yield links that lead nowhere, to the matter itself, or forward in time."""
    for entry in entries.values():
        for index, number in enumerate(entry.earlier):
            keys, other = ("关联", index), entries.get(number)
            if number == entry.number:
                yield Fault(keys, "关联了本事项自己", "请填写此前的编号", entry.path)
            elif other is None:
                yield Fault(
                    keys,
                    f"没有 {number} 这一事项,或其文件有错未能读取",
                    "请核对编号",
                    entry.path,
                )
            elif other.received > entry.received:
                yield Fault(
                    keys,
                    f"{number} 收到于 {other.received},晚于本事项的 {entry.received}",
                    "请在较晚的一件中填写“关联”",
                    entry.path,
                )
