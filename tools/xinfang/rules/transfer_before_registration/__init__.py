"""办理各步的日期不得早于登记日期。

先登记、后办理。登记是期限的起点和信访人查询的凭据;办在登记之前的步骤要么日期写错,
要么登记补得太晚,两种情形都要更正。只有当场受理、当场告知可与登记同日。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·四·1"), cite("条例", "23¶1"))
ROWS = ("R24", "R45")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each step that is dated before the registration."""
    for step in matter.steps:
        if step.day < matter.case.registered:
            yield Fault(
                matter.at(step, "日期"),
                f"{step.KIND}日期 {step.day} 早于登记日期 {matter.case.registered}",
                "请核对两个日期;写错的用“更正”步骤改正",
            )
