"""信访人的每一条请求都要有答复或引导。

答复书须逐条回应,漏答一条就是没有办完。走其他途径的请求,用“引导”步骤写明条次。复查、复核件以意见书一并答复,
不在此列。

怎样改:在“拟办”中补上这一条的答复,或在“引导”“转送”中列入这一条。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import Closing
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "32"), cite("细则", "二·二"))
ROWS = ("R11",)

#: Closings that leave nothing else to say to a claim; passing on and the like take them all along.
_CLAIM_BY_CLAIM: Final = frozenset({Closing.ANSWERED, Closing.ROUTED})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each claim that a reply or a closing left without an answer."""
    closed = matter.closure is not None and matter.closure.way in _CLAIM_BY_CLAIM
    if matter.case.review is not None or (matter.reply is None and not closed):
        return
    for number, claim in enumerate(matter.case.claims, 1):
        if number not in matter.answers and number not in matter.referred:
            yield Fault(
                matter.at(claim),
                f"第 {number} 条请求没有答复,也没有引导",
                "请在拟办中补上这一条的结论、查明、意见和依据",
            )
