"""上级转来、不属本单位的事项,可以在五个工作日内提出异议,经同意后退回。

过了五个工作日再说不属本单位,信访人已经白等了一周。提出异议要写明理由;没有同意退回以前,照常登记和告知。

怎样改:属实的,补记“异议”(向哪个单位、什么理由、是否同意退回);其实属本单位的,改正“路径”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Objection
from xinfang.model.words import Route
from xinfang.rules import Fault
from xinfang.rules._shared import deadline_of

LEVEL = Level.HINT
CITES = (cite("条例", "23¶3"), cite("细则", "三·一·1"))
ROWS = ("R13", "R25")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a matter from above that is found not to be ours, with no objection made."""
    if matter.case.route is not Route.NOT_OURS or not matter.from_above:
        return
    if not matter.of(Objection):
        clock = deadline_of(matter, "C2")
        until = f",异议期限 {clock.due}" if clock else ""
        yield Fault(
            ("路径",),
            f"上级转来的事项不属本单位,没有提出异议{until}",
            "请向转送单位说明理由,经同意后退回,并记“异议”",
        )
