"""排查事项转为信访事项的,编号须是登记了的事项。

两本账要对得上:排查出的事项成了信访,要能从这里找到那里。

怎样改:核对“转为事项”的编号;还没有登记的,先登记。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Inspection
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "二·一"),)
ROWS = ("R07",)


def check_inspection(inspection: Inspection, register: Register) -> Iterator[Fault]:
    """Yield each link that leads nowhere."""
    for index, concern in enumerate(inspection.concerns):
        if concern.case is not None and not register.file_of(concern.case).is_file():
            yield Fault(("事项", index, "转为事项"), "没有这个编号的事项", "请核对编号")
