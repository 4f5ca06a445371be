"""评为高风险的,不实施或者调整后重新评估;中风险的完善措施后再议,不直接实施。

等级不是摆设:高风险的决策照样实施,评估就白做了。调整了方案的,另做一次评估,用“前次评估”指明原来的一次。

怎样改:改为暂缓或不实施;方案已调整的,重新评估后按新的等级决定。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.model.decision import CONSEQUENCES, Advice, RiskLevel
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "六·四"),)
ROWS = ("R58",)


def check_decision(decision: Assessment, _register: Register) -> Iterator[Fault]:
    """Yield a decision that goes further than the level of its risk allows."""
    if not decision.taken:
        return
    high = decision.level is RiskLevel.HIGH and decision.is_carried_out
    medium = decision.level is RiskLevel.MEDIUM and decision.taken.result is Advice.GO
    if high or medium:
        yield Fault(
            ("决策", "结果"),
            f"评估为{decision.level}风险,决定“{decision.taken.result}”",
            f"{decision.level}风险的{CONSEQUENCES[decision.level]}",
        )
