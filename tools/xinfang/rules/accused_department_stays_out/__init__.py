"""被反映的部室的人不得调查、拟办、会签或审批反映自己的事项。

自己查自己,查不出问题。被反映部室可以在“承办反馈”中说明情况、提供材料,但调查、拟稿和签批要由别的部室或
信访办的人来做。

怎样改:改由信访办或另一部室的人办理,并记一步“回避”。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import (
    Approval,
    Closure,
    Countersignature,
    Draft,
    Extension,
    Investigation,
    Refusal,
    StepBase,
)
from xinfang.rules import Fault
from xinfang.rules._shared import actors, department_of

LEVEL = Level.ERROR
CITES = (cite("细则", "五·一"), cite("口径", "A5"), cite("条例", "28"))
ROWS = ("R38", "R10")

_DECIDING: Final[tuple[type[StepBase], ...]] = (
    Approval,
    Closure,
    Countersignature,
    Draft,
    Extension,
    Investigation,
    Refusal,
)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield persons of a department complained of who inquire, draft or approve."""
    if not matter.case.concerned:
        return
    office = matter.office
    concerned = {d.name if (d := office.department(n)) else n for n in matter.case.concerned}
    for step in matter.of(*_DECIDING):
        for keys, name in actors(matter, step):
            department = department_of(matter, name, step.day)
            if department in concerned:
                yield Fault(
                    keys,
                    f"{step.day} 的{step.KIND}由被反映的{department}的人办理",
                    "请由信访办或其他部室的人办理,并记“回避”",
                )
