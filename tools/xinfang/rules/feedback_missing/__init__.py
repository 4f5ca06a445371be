"""转办单写明的反馈期限到了,承办部室要有反馈。

信访办按反馈倒排答复的日期。期限过了没有反馈的,催办;部室回复是否承办的两日期限另行计算。

怎样改:请部室反馈后补记“承办反馈”;没有反馈的,记“催办”。已答复、已办结的不再提示。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Countersignature, Feedback, Transfer
from xinfang.rules import Fault
from xinfang.rules._shared import department_label, department_name

LEVEL = Level.WARNING
CITES = (cite("细则", "三·一·1"), cite("口径", "A3"))
ROWS = ("R14",)

#: After these there is nothing left to report on.
_ENDED: Final = frozenset({"撤回", "并案", "移送", "办结"})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each department of a transfer that said nothing by the day it was asked to."""
    if matter.reply is not None or not _ENDED.isdisjoint(matter.milestones):
        return
    spoken: list[Feedback | Countersignature] = [
        *matter.of(Feedback),
        *matter.of(Countersignature),
    ]
    heard = [(department_name(matter, step.department), step.day) for step in spoken]
    for transfer in matter.of(Transfer):
        if transfer.feedback_by is None or matter.today <= transfer.feedback_by:
            continue
        for name in dict.fromkeys((transfer.lead, *transfer.joint)):
            own = department_name(matter, name)
            if not any(who == own and day >= transfer.day for who, day in heard):
                yield Fault(
                    matter.at(transfer, "反馈期限"),
                    f"{department_label(matter, name)}到 {transfer.feedback_by} 没有反馈",
                    "请催办,反馈后补记“承办反馈”",
                )
