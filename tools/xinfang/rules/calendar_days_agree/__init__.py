"""日历中同一天不得既休息又上班。

内部期限按这份日历顺延。矛盾的一天只按后写的算,期限就会与人们以为的不同。

怎样改:核对来源文件,把重叠的一段拆成两段。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·2"), cite("口径", "A1"))
ROWS = ("R24",)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield entries that contradict an earlier one."""
    entries = register.office.calendar if register.office else []
    for index, entry in enumerate(entries):
        last = entry.last or entry.first
        for earlier in entries[:index]:
            overlaps = entry.first <= (earlier.last or earlier.first) and earlier.first <= last
            if overlaps and earlier.kind != entry.kind:
                yield Fault(
                    ("日历", index, "类型"),
                    f"{entry.first} 起的{entry.kind}与 {earlier.first} 起的{earlier.kind}重叠",
                    "同一天只能是一种,请拆开两段",
                )
