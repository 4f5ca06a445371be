"""实施了的决策要写明何时复评;到期要复评。

评估是事前的估计,实施之后还要回头看。没有复评日期,谁也想不起来看。

怎样改:补填“复评期限”;到期的,在“复评”中写明情况和等级。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "六·二"),)
ROWS = ("R56",)


def check_decision(decision: Assessment, register: Register) -> Iterator[Fault]:
    """Yield a decision carried out without a day to look again, or past that day."""
    if not decision.is_carried_out or decision.follow_ups:
        return
    if decision.review_due is None:
        yield Fault(("决策",), "决定实施,没有写何时复评", "请补填“复评期限”")
    elif decision.review_due < register.today:
        days = (register.today - decision.review_due).days
        yield Fault(("复评期限",), f"复评已逾期{days}天", "请复评,并填写“复评”")
