"""涉及职工切身利益的决策,提交前须经职代会或听取工会意见。

薪酬、劳动纪律、食宿搬迁这些事,职工有权通过职代会或工会参与。没有这一步的决定,可能因程序不合法而无效。

怎样改:在“征求意见”中补上方式为“职代会”或“工会”的一次;不涉及职工切身利益的,填“否”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.model.decision import STAFF_HEARINGS, Trigger
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "六·二"), cite("工会法", "20"))
ROWS = ("R54",)


_ALWAYS = frozenset({Trigger.PAY, Trigger.LIVING})


def check_decision(decision: Assessment, _register: Register) -> Iterator[Fault]:
    """Yield a submitted assessment that concerns staff whom nobody asked."""
    concerned = decision.staff_interests or decision.trigger in _ALWAYS
    heard = any(asked.manner in STAFF_HEARINGS for asked in decision.consultations)
    if decision.is_submitted and concerned and not heard:
        yield Fault(
            ("征求意见",),
            "涉及职工切身利益,没有经职代会或听取工会意见",
            "请先履行民主程序,再提交决策",
        )
