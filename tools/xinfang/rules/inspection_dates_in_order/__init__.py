"""排查事项的日期要在先后上说得通:先发现,后销号;发现在当月,填报不早于发现,销号不在今天之后。

怎样改:核对日期。上月发现、本月才报的,写在上月的表里补报。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Inspection
from xinfang.model.inspection import Concern
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·二"),)
ROWS = ("R18",)


def check_inspection(inspection: Inspection, register: Register) -> Iterator[Fault]:
    """Yield dates that cannot be."""
    for index, concern in enumerate(inspection.concerns):
        if f"{concern.found:%Y-%m}" != inspection.month:
            yield Fault(("事项", index, "发现"), f"发现日期不在 {inspection.month}", "请核对日期")
        yield from _settled(index, concern, register)


def _settled(index: int, concern: Concern, register: Register) -> Iterator[Fault]:
    if concern.settled is None:
        return
    if concern.settled.day < concern.found:
        yield Fault(("事项", index, "销号", "日期"), "销号早于发现", "请核对日期")
    if concern.settled.day > register.today:
        yield Fault(("事项", index, "销号", "日期"), "销号日期在今天之后", "请核对日期")
