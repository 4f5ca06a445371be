"""答复签批以后,要在几日之内编号发出。

查处结果确认后应“及时”答复。细则没有写几天,口径定为签批后三日(可在 office.yaml 的“答复发出日”
调整),末日遇休息日顺延。领导签了字,答复却放在抽屉里,信访人等的日子照样在走。

怎样改:尽快编号发出,照实记日期;签批后又重新拟办的,以新的签批起算。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from xinfang.clocks import count
from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Approval, Draft, Reply
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "四·三·1"), cite("口径", "A3"))
ROWS = ("R29",)

#: After these no answer is waited for.
_ENDED: Final = frozenset({"撤回", "并案", "移送", "办结"})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each approved answer that left late, or that still lies there."""
    waiting: Approval | None = None
    for step in matter.steps:
        if isinstance(step, Approval) and step.paper in ANSWERS:
            waiting = step
        elif isinstance(step, Draft):
            waiting = None
        elif isinstance(step, Reply) and waiting is not None and step.paper is waiting.paper:
            due = _due(matter, waiting.day)
            if step.day > due:
                yield Fault(
                    matter.at(step, "日期"),
                    f"{waiting.day} 签批,{step.day} 才发出,期限 {due}",
                    "请在整改或办结时说明原因",
                )
            waiting = None
    if waiting is not None and _ENDED.isdisjoint(matter.milestones):
        due = _due(matter, waiting.day)
        if matter.today > due:
            yield Fault(
                matter.at(waiting, "日期"),
                f"{waiting.day} 签批,到 {matter.today} 还没有发出,期限 {due}",
                "请编号发出,补记“答复”",
            )


def _due(matter: Matter, approved: date) -> date:
    return count(approved, matter.office.policy.reply_days, "日", matter.calendar).due
