"""发生泄密的,要通知本人和主管部门,并记下整改。

个人信息泄露后,本人有权知道,才来得及防范;只在内部批评,补不回已经泄露的信息。登记只写事实与程序,
不写追究谁。

怎样改:在“已通知”中写明通知了谁(不写姓名,写代号或部门);随后记“整改”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Breach, Rectification
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·三"), cite("个保法", "57"), cite("条例", "46(五)"))
ROWS = ("R42",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield leaks of which nobody was told, and leaks after which nothing changed."""
    for step in matter.of(Breach):
        if not step.told:
            yield Fault(
                matter.at(step, "已通知"),
                f"{step.day} 的泄密没有通知任何人",
                "请通知本人和主管部门,并填写“已通知”",
            )
        if not any(other.day >= step.day for other in matter.of(Rectification)):
            yield Fault(
                matter.at(step),
                f"{step.day} 的泄密之后没有整改记录",
                "请记一步“整改”,写明原因和措施",
                level=Level.WARNING,
            )
