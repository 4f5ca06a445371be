"""被反映的部室不得主办反映自己的事项。

“谁主管谁负责”遇到“自己办自己”时,回避优先。被反映的部室可以说明情况、提供材料,但不能由它牵头查、牵头答。

怎样改:改由信访办或另一部室主办,并记一步“回避”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Transfer
from xinfang.rules import Fault
from xinfang.rules._shared import department_label, department_name

LEVEL = Level.ERROR
CITES = (cite("细则", "二·二"), cite("口径", "A5"), cite("条例", "28"))
ROWS = ("R10", "R38")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each transfer that makes a department complained of the lead."""
    if not matter.case.concerned:
        return
    concerned = {department_name(matter, name) for name in matter.case.concerned}
    for step in matter.of(Transfer):
        if department_name(matter, step.lead) in concerned:
            yield Fault(
                matter.at(step, "主办"),
                f"转给被反映的{department_label(matter, step.lead)}主办",
                "请改由信访办或其他部室主办,并记“回避”",
            )
