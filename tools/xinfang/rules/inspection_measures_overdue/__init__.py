"""排查出的事项要按期整改销号。

发现了不改,到期还在,就会变成信访。已经成为信访事项的,在“转为事项”中写明编号,按信访办理。

怎样改:整改完成的填“销号”的日期和依据;已成为信访事项的填“转为事项”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Inspection
from xinfang.model.inspection import Standing
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "二·一"),)
ROWS = ("R07",)


def check_inspection(inspection: Inspection, register: Register) -> Iterator[Fault]:
    """Yield each matter past its day and not struck off."""
    for index, concern in enumerate(inspection.concerns):
        if concern.standing(register.today) is Standing.LATE:
            days = (register.today - concern.due).days
            yield Fault(
                ("事项", index, "期限"),
                f"整改({concern.owner})已逾期{days}天",
                "请尽快整改,销号后填写日期和依据",
            )
