"""到期的事要按期办完,逾期的逐件列明并说明原因。

每个期限按《期限》页的口径计算,国家期限与内部期限同时计,互不替代。逾期不等于事项文件写错,所以是警告;
夜间任务用 --overdue error 时按错误处理。信访人的复查、复核申请期是信访人的权利,不在此列。

怎样改:尽快办理;允许说明理由的内部期限,在办结步骤的“超期原因”中写明。补记的日期以实际办理日期为准。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from xinfang.clocks import Deadline
from xinfang.diagnostics import KeyPath, Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import StepBase
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "四·一·2"), cite("细则", "七·二"), cite("条例", "34"), cite("条例", "23"))
ROWS = ("R14", "R24", "R44", "R45", "R59", "R60")

#: Steps that bring about an event of another name.
_STEPS_OF: Final = {
    "告知": ("告知", "引导", "不予受理", "转送"),
    "答复送达": ("送达",),
    "签收": ("转办",),
}
#: Fields of steps that hold the day of an event.
_DAYS: Final = ("day", "received", "told_on", "signed_for")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each deadline of the unit itself that was or is missed."""
    reason = matter.closure.overrun if matter.closure else None
    for deadline in matter.deadlines:
        if not deadline.is_missed or (reason and deadline.clock.reason_allowed):
            continue
        clock = deadline.clock
        department = f"({deadline.department})" if deadline.department else ""
        provisional = ",暂定" if deadline.provisional else ""
        yield Fault(
            _place(matter, deadline),
            f"{clock.id} {clock.name}{department}{deadline.status}:"
            f"期限 {deadline.due}{provisional}({'、'.join(clock.grounds)})",
            "请尽快办理" if deadline.met_on is None else "请在整改或办结时说明原因",
        )


def _place(matter: Matter, deadline: Deadline) -> KeyPath:
    """Place it at the step that came late; where none came, at what started the clock."""
    ended = _step(matter, deadline.met_by, deadline.met_on, deadline.department)
    if ended:
        return matter.at(ended, "日期")
    started = _step(matter, deadline.started_by, deadline.trace.start, deadline.department)
    if started:
        return matter.at(started, "日期")
    return ("收到",) if deadline.started_by in {"首问", "收到"} else ("登记",)


def _step(matter: Matter, event: str, day: date | None, department: str) -> StepBase | None:
    """Find the step by which an event came about on a day; None for those of no step."""
    kinds = _STEPS_OF.get(event, (event,))
    for step in matter.steps:
        if step.KIND in kinds and any(getattr(step, name, None) == day for name in _DAYS):
            named = (getattr(step, name, None) for name in ("department", "lead"))
            joint = getattr(step, "joint", ())
            if not department or department in {*named, *joint}:
                return step
    return None
