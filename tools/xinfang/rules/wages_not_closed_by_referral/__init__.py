"""欠薪、结算、工伤的事项,不能只引导、转送就办结:先查清自己该做的做了没有。

告知法定途径不等于拒绝。项目部本身负有义务:施工总承包单位先行清偿工人工资,没有争议的人工费不因结算争议拖住,
受伤的由用人单位三十日内申请工伤认定。引导的同时核查自身义务,该付的先付。

怎样改:在“引导”中填“自身义务核查”:查了什么、该做的做了没有;转送的补记一步带核查的“引导”。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Referral
from xinfang.model.words import Category, Closing
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder

LEVEL = Level.ERROR
CITES = (
    cite("细则", "四·一·3"),
    cite("工资条例", "30"),
    cite("工资条例", "35"),
    cite("工伤条例", "17"),
)
ROWS = ("R26",)

#: Kinds of matter in which the project itself may be the one that owes.
_OWN_DUTY: Final = frozenset({Category.WAGES, Category.SETTLEMENT, Category.INJURY})
_SENT_ELSEWHERE: Final = frozenset({Closing.ROUTED, Closing.FORWARDED})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a closing that sends such a matter elsewhere without a look at the own duty."""
    closure = matter.closure
    if closure is None or closure.way not in _SENT_ELSEWHERE:
        return
    if matter.case.category not in _OWN_DUTY:
        return
    if not any(_checked(step) for step in matter.of(Referral) if step.day <= closure.day):
        yield Fault(
            matter.at(closure, "方式"),
            f"{matter.case.category}事项以{closure.way}办结,没有自身义务核查",
            "请在“引导”中填写“自身义务核查”:本单位该付、该报、该改的做了没有",
        )


def _checked(step: Referral) -> bool:
    return step.own_duty is not None and not is_placeholder(step.own_duty)
