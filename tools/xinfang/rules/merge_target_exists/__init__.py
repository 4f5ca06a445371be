"""并案要并入已登记的另一事项,不得绕成圈。

并案后信访人的请求在另一编号下继续办。并到不存在的编号,或者两件互相并入,这些请求就没有人办了。

怎样改:核对“并入”的编号;互相并入的,保留较早的一件继续办理。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.ledger import Entry
from xinfang.rules import Entries, Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·五"), cite("口径", "A7"))
ROWS = ("R51", "R20")


def check_entries(entries: Entries) -> Iterator[Fault]:
    """Yield merges into nothing, into themselves, round in a circle, or into a sealed matter."""
    for entry in entries.values():
        if not entry.merged_into:
            continue
        target = entries.get(entry.merged_into)
        if target is None:
            message = f"并入的 {entry.merged_into} 没有登记,或其文件有错未能读取"
            yield Fault(("办理",), message, "请核对编号", entry.path)
        elif _comes_back(entry, entries):
            message = f"{entry.number} 与 {entry.merged_into} 互相并入"
            yield Fault(("办理",), message, "请保留较早的一件继续办理", entry.path)
        elif target.sealed:
            message = "并入了检举控告,请求会随之封存"
            yield Fault(("办理",), message, "请分开办理", entry.path)


def _comes_back(entry: Entry, entries: Entries) -> bool:
    """Whether following the merges leads back to the matter itself."""
    seen: set[str] = set()
    number = entry.merged_into
    while number and number not in seen:
        if number == entry.number:
            return True
        seen.add(number)
        following = entries.get(number)
        number = following.merged_into if following else ""
    return False
