"""同一步里的几个日期要合先后:先转办后签收,先发出后收到,先批准后告知。

收到书面答复之日起,信访人有三十日可以申请复查。“收到”写得早于答复发出,他的三十日就被算短了。签收早于转办、
限期早于催办,也是写错了日期。

怎样改:对照回证、签收联和原件,用“更正”改正写错的日期。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import (
    Extension,
    Hearing,
    Reminder,
    Reply,
    Service,
    StepBase,
    Supervision,
    Transfer,
)
from xinfang.model.words import PaperKind
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·2"), cite("条例", "35"))
ROWS = ("R24",)

#: Dates that cannot lie before the step itself: name in Python, key in the file.
_NOT_BEFORE: Final[dict[type[StepBase], tuple[tuple[str, str], ...]]] = {
    Extension: (("told_on", "告知日期"),),
    Hearing: (("until", "至"),),
    Reminder: (("answer_by", "请于"),),
    Supervision: (("due", "期限"), ("closed_on", "销号")),
    Transfer: (("signed_for", "签收"), ("feedback_by", "反馈期限")),
}


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield dates inside a step that lie before the step, and receipts before the reply."""
    sent: dict[PaperKind, date] = {}
    for step in matter.steps:
        if isinstance(step, Reply):
            sent[step.paper] = step.day
        elif isinstance(step, Service):
            left = sent.get(step.paper)
            if step.received and left and step.received < left:
                yield Fault(
                    matter.at(step, "收到"),
                    f"{step.received} 收到,{step.paper}却是 {left} 才发出的",
                    "请对照送达回证核对两个日期",
                )
        for name, key in _NOT_BEFORE.get(type(step), ()):
            day = getattr(step, name)
            if day is not None and day < step.day:
                yield Fault(
                    matter.at(step, key),
                    f"{step.KIND}日期 {step.day},“{key}”却写 {day}",
                    "请核对两个日期;写错的用“更正”",
                )
