"""书面答复送达信访人之后才能办结,送不到的要说明原因。

送达之日起算信访人申请复查的三十日;没有送达,期限无从起算,也谈不上办结。地址不清等确实送不到的,
在“送达”的“未能送达”或“办结”的“未送达说明”中写明原因和已做的努力。

怎样改:补记“送达”(方式、收到日期),或写明未能送达的原因。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import Closing
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("条例", "35"))
ROWS = ("R29",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a closing by answer before the answer was served, with no reason given."""
    closure = matter.closure
    answered = matter.reply or matter.own_opinion
    if closure is None or closure.way is not Closing.ANSWERED or answered is None:
        return
    served = matter.served_on
    if (served is None or served > closure.day) and not closure.undelivered:
        yield Fault(
            matter.at(closure, "日期"),
            f"{closure.day} 办结,书面答复此前没有送达",
            "请取得送达回证后办结;确实送不到的写明“未送达说明”",
        )
