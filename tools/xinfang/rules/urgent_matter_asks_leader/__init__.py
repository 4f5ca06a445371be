"""特急事项应在当日请示项目领导。

可能或已经发生严重后果的事,经办人不能自己压着。当日(或二十四小时内)呈批,领导才来得及决定停工、救治、
先行支付;重大紧急情况也不得瞒报、迟报。

怎样改:立即请示并补记“请示”或“批示”;迟了的照实记日期,并记“整改”。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.fields import Moment
from xinfang.model.steps import Instruction, SpecialReport, StepBase, Submission
from xinfang.model.words import Urgency
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "五·四·2"), cite("口径", "A3"), cite("条例", "25"), cite("条例", "46"))
ROWS = ("R46",)

_ONE_DAY: Final = timedelta(days=1)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield an extremely urgent matter that no leader heard of in time."""
    case = matter.case
    if case.urgency is not Urgency.EXTREME or matter.is_sealed:
        return
    asked = matter.of(Submission, Instruction, SpecialReport)
    if not asked:
        if matter.today > case.received.day:
            yield Fault(
                ("紧急",),
                f"特急事项 {case.received} 收到,没有请示项目领导的记录",
                "请立即请示,并记“请示”",
            )
    elif not _within_a_day(case.received, asked[0]):
        yield Fault(
            matter.at(asked[0], "日期"),
            f"特急事项 {case.received} 收到,{asked[0].day} 才请示",
            "特急事项请在当日请示;请记“整改”说明原因",
        )


def _within_a_day(received: Moment, step: StepBase) -> bool:
    """The same day, or within 24 hours where both times are known."""
    if step.day <= received.day:
        return True
    if received.clock is None or step.clock is None:
        return False
    waited = datetime.combine(step.day, step.clock) - datetime.combine(received.day, received.clock)
    return waited <= _ONE_DAY
