"""部室说不承办的,要写明理由,信访办要另转部室办理。

不承办可以,推诿不行。没有理由,信访办无从判断该转给谁;主办部室退回以后没有人接,事情就停在那里,期限照样走。

怎样改:请部室补写“理由”;另行“转办”,或记“引导”“转送”“异议”。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import (
    Draft,
    Feedback,
    Forwarding,
    HandOver,
    Merge,
    Objection,
    Referral,
    Refusal,
    Transfer,
    Withdrawal,
)
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder
from xinfang.rules._shared import department_label, department_name

LEVEL = Level.ERROR
CITES = (cite("细则", "三·一·1"), cite("细则", "七·一"), cite("条例", "28"))
ROWS = ("R14",)

#: Any of these shows that the matter went on.
_WENT_ON: Final = (
    Draft,
    Forwarding,
    HandOver,
    Merge,
    Objection,
    Referral,
    Refusal,
    Transfer,
    Withdrawal,
)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield refusals of departments without a reason, and leads that nobody replaced."""
    if all(step.takes_on for step in matter.of(Feedback)):
        return
    lead: str | None = None
    hanging: Feedback | None = None
    for step in matter.steps:
        if isinstance(step, _WENT_ON):
            hanging = None
            if isinstance(step, Transfer):
                lead = department_name(matter, step.lead)
        elif isinstance(step, Feedback):
            is_lead = department_name(matter, step.department) == lead
            if step.takes_on:
                hanging = None if is_lead else hanging
                continue
            hanging = step if is_lead else hanging
            if step.reason is None or is_placeholder(step.reason):
                yield Fault(
                    matter.at(step, "承办"),
                    f"{department_label(matter, step.department)}不承办,没有写理由",
                    "请部室补写“理由”",
                )
    if hanging is not None and matter.is_open and matter.today > hanging.day:
        yield Fault(
            matter.at(hanging, "承办"),
            f"{department_label(matter, hanging.department)} {hanging.day} 退回主办,没有再转办",
            "请转给有权办理的部室,或由信访办牵头",
            level=Level.WARNING,
        )
