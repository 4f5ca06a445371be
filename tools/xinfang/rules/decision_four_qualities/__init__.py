"""决策风险评估须有合法性、合理性、可行性、可控性四项,缺一不得提交。

细则规定评估“包括合法性、合理性、可行性、可控性”。缺了一项就提交,决策的人看不到完整的风险。四项都“不符合”
也可以提交,那时等级和建议要照实写。

怎样改:补上缺的一项,写明要点、结论和证据;没有评估完的,删去“提交”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "六·三"), cite("2492号", "5"))
ROWS = ("R57",)


def check_decision(decision: Assessment, _register: Register) -> Iterator[Fault]:
    """Yield each quality that an assessment already submitted lacks."""
    if not decision.is_submitted:
        return
    for name, points in decision.qualities.items():
        if not points:
            yield Fault((name,), f"已经提交,没有评估{name}", f"请补上“{name}”的要点、结论和证据")
