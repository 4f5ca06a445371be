"""请求复查、复核的三十日是否已过,只提示,不作拒收的理由。

三十日自信访人收到意见书之日起算,邮寄的以寄出日期为准。过了三十日提出的,照样登记、照样告知;是否受理由有权
机关的人决定(有没有送达、有没有正当理由,程序判断不了)。

怎样改:不用改;核对“意见送达”和“提出”的日期,把决定和理由记在“告知”或“受理”中。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import ReviewKind
from xinfang.rules import Fault
from xinfang.rules._shared import deadline_of

LEVEL = Level.HINT
CITES = (cite("条例", "35"), cite("条例", "36"))
ROWS = ("R34",)

_CLOCKS: Final = {ReviewKind.REVIEW: "C5", ReviewKind.REREVIEW: "C7"}


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a request that came after its thirty days; nothing follows from it by itself."""
    reviewed = matter.case.review
    period = deadline_of(matter, _CLOCKS[reviewed.kind]) if reviewed else None
    if reviewed is None or period is None or period.met_on is None or period.met_on <= period.due:
        return
    yield Fault(
        ("复查对象", "提出" if reviewed.asked else "意见送达"),
        f"{period.met_on} 请求{reviewed.kind},三十日的最后一日是 {period.due},"
        f"届满后{(period.met_on - period.due).days}天",
        "照常登记、告知;是否受理由人决定,并写明理由",
    )
