"""答复意见要先拟办、逐条写明,再发出。

答复书由拟办的内容印出:每条请求的结论、查明的事实、意见和依据。没有拟办就没有可签批、可核对的内容。

怎样改:补记“拟办”步骤,逐条填写答复。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Draft, Reply
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("条例", "32"))
ROWS = ("R29",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a reply to the claims without any draft by that day."""
    for reply in matter.of(Reply):
        if reply.paper not in ANSWERS:
            continue
        if not any(draft.day <= reply.day for draft in matter.of(Draft)):
            yield Fault(
                matter.at(reply, "事项"),
                f"{reply.day} 发出{reply.paper},此前没有拟办",
                "请补记“拟办”,逐条写明结论、查明、意见和依据",
            )
