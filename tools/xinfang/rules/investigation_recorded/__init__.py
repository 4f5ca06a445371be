"""答复申诉求决之前要有调查记录。

登记表设“调查情况”和“处理结果”两栏:谁、何时、问了什么岗位、看了什么证据。没有调查的答复站不住。

怎样改:补记“调查”(调查人、经过、证据)。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Investigation
from xinfang.model.words import Purpose
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "四·一·4"), cite("条例", "28"))
ROWS = ("R27",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a reply to an appeal before which nothing was investigated."""
    reply = matter.reply
    if reply is None or matter.case.purpose is not Purpose.APPEAL:
        return
    if not any(step.day <= reply.day for step in matter.of(Investigation)):
        yield Fault(
            matter.at(reply, "日期"),
            f"{reply.day} 答复,此前没有调查记录",
            "请补记“调查”:调查人、经过、证据",
        )
