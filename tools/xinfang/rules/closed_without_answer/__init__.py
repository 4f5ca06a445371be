"""以答复办结的,要有编了号的书面答复。

答复采用书面形式;口头说明、解释疏导都不能代替书面答复。

怎样改:补记“答复”步骤,复查、复核件补记本单位的意见;不是以答复办结的,改用相符的办结方式。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Reply
from xinfang.model.words import Closing
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("条例", "32"), cite("口径", "A7"))
ROWS = ("R11", "R29")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a closing by answer without a numbered reply before it."""
    closure = matter.closure
    if closure is None or closure.way is not Closing.ANSWERED:
        return
    opinion = matter.own_opinion
    if opinion is not None and opinion.day <= closure.day:
        return
    if not any(s.paper in ANSWERS and s.day <= closure.day for s in matter.of(Reply)):
        yield Fault(
            matter.at(closure, "方式"),
            f"{closure.day} 以答复办结,此前没有书面答复",
            "请先书面答复并送达,再办结",
        )
