"""还没有到的日期,不得写成已经收到、登记、办理或送达。

登记册只记已经发生的事。把打算明天做的事先记上,期限就会显示“按期完成”,而信访人还在等。

怎样改:核对年份和月份;还没有做的,做了以后再记。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from xinfang.diagnostics import KeyPath, Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import (
    Extension,
    Forwarding,
    Merge,
    Rereview,
    Review,
    Service,
    StepBase,
    Supervision,
    Transfer,
)
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·2"), cite("条例", "46(四)"))
ROWS = ("R24",)

#: Other dates of steps that say what has happened: name in Python, key in the file.
_HAPPENED: Final[dict[type[StepBase], tuple[str, str]]] = {
    Extension: ("told_on", "告知日期"),
    Forwarding: ("told_on", "告知日期"),
    Merge: ("told_on", "告知日期"),
    Rereview: ("received", "收到"),
    Review: ("received", "收到"),
    Service: ("received", "收到"),
    Supervision: ("closed_on", "销号"),
    Transfer: ("signed_for", "签收"),
}


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield every date of something done that lies after the day of looking."""
    case, today = matter.case, matter.today
    if case.received.day > today:
        yield _fault(("收到",), "收到日期", case.received.day, today)
    if case.registered > today:
        yield _fault(("登记",), "登记日期", case.registered, today)
    if case.origin and case.origin.received > today:
        yield _fault(("来源", "收文"), "收文日期", case.origin.received, today)
    for step in matter.steps:
        if step.day > today:
            yield _fault(matter.at(step, "日期"), f"{step.KIND}日期", step.day, today)
        elif (happened := _HAPPENED.get(type(step))) is not None:
            name, key = happened
            day = getattr(step, name)
            if day is not None and day > today:
                yield _fault(matter.at(step, key), f"{step.KIND}的{key}", day, today)


def _fault(keys: KeyPath, what: str, day: date, today: date) -> Fault:
    return Fault(keys, f"{what} {day} 还没有到(今天是 {today})", "请核对日期;做了以后再记")
