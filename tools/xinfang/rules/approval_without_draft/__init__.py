"""答复先拟办、后签批。

签批的是拟好的答复:逐条的结论、查明的事实、意见和依据。没有拟办就签批,签的是一张白纸,日后也说不清领导
同意的是什么。

怎样改:补记“拟办”步骤,逐条填写答复;日期写错的用“更正”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Approval, Draft
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("条例", "32"))
ROWS = ("R29",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each approval of a reply to the claims without any draft by that day."""
    drafts = matter.of(Draft)
    for approval in matter.of(Approval):
        if approval.paper in ANSWERS and not any(draft.day <= approval.day for draft in drafts):
            yield Fault(
                matter.at(approval, "事项"),
                f"{approval.day} 签批{approval.paper},此前没有拟办",
                "请补记“拟办”,逐条写明结论、查明、意见和依据",
            )
