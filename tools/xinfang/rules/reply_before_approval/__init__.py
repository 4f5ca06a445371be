"""答复先签批、后编号发出。

编了号的答复代表单位意见。没有签批就编号,等于个人替单位表态;送审稿不编号。Git 提交不等于签批。

怎样改:补记“签批”(签批人、日期、介质);日期写错的用“更正”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Reply
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"),)
ROWS = ("R29", "R31")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each numbered reply that no approval of the same paper came before."""
    for reply in matter.of(Reply):
        if matter.approval_of(reply.paper, by=reply.day) is None:
            yield Fault(
                matter.at(reply, "文号"),
                f"{reply.paper}于 {reply.day} 编号发出,此前没有签批",
                "请先签批、后编号;已签批的请补记“签批”步骤",
            )
