"""重大事项一周内应请示或汇报,并留下记录。

细则要求重大问题“随时”向分管领导汇报,没有写几天;这里按一周提醒。汇报的是事项和已做的工作,不附个人情况。
特急事项另按当日计算。

怎样改:补作请示或专题汇报,照实记日期;已经口头汇报的,把批示记下来。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Instruction, SpecialReport, Submission
from xinfang.model.words import Urgency
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (
    cite("细则", "三·一·3"),
    cite("口径", "A3"),
    cite("口径", "A14"),
    cite("条例", "25"),
)
ROWS = ("R16", "R17")

#: How long “随时” may be, counted from the registration.
_LONGEST_SILENCE: Final = timedelta(days=7)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a grave matter that stood open for more than a week without word to a leader."""
    case = matter.case
    # An extremely urgent matter is found by urgent-matter-asks-leader.
    if not case.grave or matter.is_sealed or case.urgency is Urgency.EXTREME:
        return
    until = matter.closure.day if matter.closure else matter.today
    if until - case.registered > _LONGEST_SILENCE and not matter.of(
        Submission, Instruction, SpecialReport
    ):
        yield Fault(
            ("重大",),
            f"重大事项 {case.registered} 登记,一周后仍没有请示或汇报的记录",
            "请向分管领导汇报,记“请示”或“专题汇报”",
        )
