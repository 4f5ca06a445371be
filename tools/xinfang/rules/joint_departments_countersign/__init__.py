"""涉及两个以上部室的答复,签批前各承办部室应会签。

答复里写了别的部室要做的事,那个部室先签字认可,兑现时才不会推诿。拟稿的部室不用另签。

怎样改:签批前补各部室的“会签”;不需要其参与的,用“更正”从协办中去掉。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Approval, Countersignature, Draft, Feedback
from xinfang.rules import Fault
from xinfang.rules._shared import department_label, department_name, department_of

LEVEL = Level.WARNING
CITES = (cite("细则", "五·四·3"), cite("细则", "四·三·1"))
ROWS = ("R49",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield the first approval of a joint reply that lacks signatures of departments."""
    if len(matter.departments) < 2:  # noqa: PLR2004 - two departments make a joint matter
        return
    approval = next((step for step in matter.of(Approval) if step.paper in ANSWERS), None)
    if approval is None:
        return
    agreed: set[str | None] = {
        department_name(matter, step.department)
        for step in matter.of(Countersignature)
        if step.day <= approval.day
    }
    agreed |= {department_of(matter, step.handler, step.day) for step in matter.of(Draft)}
    agreed |= {
        department_name(matter, step.department)
        for step in matter.of(Feedback)
        if not step.takes_on
    }
    missing = [
        department_label(matter, name)
        for name in matter.departments
        if department_name(matter, name) not in agreed
    ]
    if missing:
        yield Fault(
            matter.at(approval),
            f"{approval.day} 签批时,{'、'.join(missing)}还没有会签",
            "请先由承办部室会签,再报签批",
        )
