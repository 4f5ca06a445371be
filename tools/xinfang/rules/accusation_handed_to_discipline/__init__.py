"""检举控告只移送纪检,不得移送被反映的部室或其他部室。

转给别的部室,等于把检举人交到被检举人手里。接收的只能是 office.yaml 中的纪检人员、纪检监察部室,或
上级的纪检监察机构;移送由信访办负责人等有授权的人办理。

怎样改:改由纪检接收;已经误转的,立即收回并记“泄密处置”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import HandOver
from xinfang.model.words import Category, Role
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·二"), cite("口径", "A13"), cite("条例", "30"))
ROWS = ("R39",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each hand-over of an accusation to anybody but the discipline body."""
    if not matter.is_sealed:
        return
    for step in matter.of(HandOver):
        if not _is_discipline(matter, step):
            yield Fault(
                matter.at(step, "接收"),
                "移送的接收方不是纪检",
                "请移送纪检监察部室、纪检人员或上级纪检监察机构",
            )


def _is_discipline(matter: Matter, step: HandOver) -> bool:
    office = matter.office
    department = office.department(step.to)
    if department is not None:
        return Category.SEALED in department.categories
    post = office.post(step.to, step.day)
    if post is not None:
        return post.role is Role.DISCIPLINE
    return any(word in step.to for word in ("纪检", "监察", "纪委"))
