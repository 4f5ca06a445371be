"""一件事只有一个主办部室,协办不得与主办重复。

两个主办等于没有主办:各等各的,期限没有人管。改由别的部室主办,要有原主办“不承办”的反馈,才说得清责任
从哪天起换了人。

怎样改:把另一个部室列为“协办”;确需换主办的,先记原主办的“承办反馈”(承办: 否),或用“更正”改正。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Feedback, Transfer
from xinfang.rules import Fault
from xinfang.rules._shared import department_label, department_name

LEVEL = Level.ERROR
CITES = (cite("细则", "五·四·3"), cite("条例", "24"))
ROWS = ("R49",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a second lead, and departments that are named twice in one transfer."""
    lead: str | None = None
    for step in matter.steps:
        if isinstance(step, Feedback) and not step.takes_on:
            lead = None if department_name(matter, step.department) == lead else lead
        if not isinstance(step, Transfer):
            continue
        name = department_name(matter, step.lead)
        if lead is not None and lead != name:
            first, second = department_label(matter, lead), department_label(matter, name)
            yield Fault(
                matter.at(step, "主办"),
                f"已由{first}主办,{step.day} 又转{second}主办",
                "一件事一个主办;另一个请列为“协办”,或先记原主办不承办的反馈",
            )
        lead = name
        seen = {name}
        for index, other in enumerate(step.joint):
            other_name = department_name(matter, other)
            if other_name in seen:
                yield Fault(
                    matter.at(step, "协办", index),
                    f"{department_label(matter, other_name)}已列为主办或协办",
                    "请删去重复的一个",
                )
            seen.add(other_name)
