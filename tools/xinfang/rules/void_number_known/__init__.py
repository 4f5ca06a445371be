"""作废的文号须是本事项编过的,作废由经办人以外的有权人员批准。

文号作废要留痕:号不收回、不再用,发文登记才对得上。作废一个没有编过的号,或者自己批准自己,都说明记错了。

怎样改:核对文号;由信访办负责人以上的人员批准后补记。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import VoidPaper
from xinfang.model.words import Role
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("公文条例"))
ROWS = ("R03", "R20")

_MAY_VOID: Final = frozenset({Role.HEAD, Role.DEPUTY, Role.OFFICE_HEAD})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield voided numbers that this case never gave, and approvals by nobody entitled."""
    voided = matter.of(VoidPaper)
    if not voided:
        return
    # Also as written first: the step may have been corrected to its new number since.
    given = {
        getattr(step, "number", None)
        for step in (*matter.steps, *matter.case.steps)
        if not isinstance(step, VoidPaper)
    }
    for step in voided:
        if step.number not in given:
            yield Fault(
                matter.at(step, "文号"),
                f"本事项没有编过文号 {step.number}",
                "请核对文号;别的事项的文号在那个事项里作废",
            )
        post = matter.post(step.approver, step.day)
        if step.approver == step.handler or post is None or post.role not in _MAY_VOID:
            yield Fault(
                matter.at(step, "批准人"),
                "作废须由经办人以外的信访办负责人或领导批准",
                "请有权的人员批准后补记",
            )
