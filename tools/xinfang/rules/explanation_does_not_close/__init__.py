"""解释说明和思想疏导不是办结的依据。

先解决问题,再解释疏导。只讲了道理、没有书面答复的事项,信访人的请求还没有得到回应。

怎样改:逐条书面答复并送达后再办结;一时不能兑现的,写明后续安排和期限。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Explanation
from xinfang.model.words import Closing
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·二"), cite("细则", "二·二"), cite("条例", "32"))
ROWS = ("R11", "R40")

_PERSUASION: Final = re.compile("疏导|思想工作|做通|劝说|讲清道理|解释到位|表示理解")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a closing that rests on explanation only."""
    closure = matter.closure
    if closure is None:
        return
    answered = matter.reply or matter.own_opinion
    if closure.way is Closing.ANSWERED and not answered and matter.of(Explanation):
        yield Fault(
            matter.at(closure, "方式"),
            "只有解释说明,没有书面答复就以答复办结",
            "请逐条书面答复并送达",
        )
    for key, text in (("未送达说明", closure.undelivered), ("未兑现说明", closure.unfulfilled)):
        match = _PERSUASION.search(text) if text else None
        if match:
            yield Fault(
                matter.at(closure, key),
                f"“{key}”以“{match[0]}”为由办结",
                "请写明为何未能送达或兑现、后续由谁在何时完成",
            )
