"""提交决策的评估须写明听取了谁的意见、有哪些风险点和措施、出现意外怎么办。

承办部室在提交决策时要提出风险评估意见,以及应对措施或预案。没有听取意见、没有风险点、没有预案的评估,等于没有评估。

怎样改:补上“征求意见”“风险点”“应急预案”;确实没有风险的,写明最可能出现的一种和应对。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "六·二"),)
ROWS = ("R55",)


_PARTS = ("涉及群体", "征求意见", "风险点", "应急预案")


def check_decision(decision: Assessment, _register: Register) -> Iterator[Fault]:
    """Yield each part that an assessment already submitted lacks."""
    if not decision.is_submitted:
        return
    told = (decision.groups, decision.consultations, decision.risks, decision.contingency)
    for name, value in zip(_PARTS, told, strict=True):
        if not value:
            yield Fault((name,), f"已经提交,没有写“{name}”", f"请补上“{name}”")
