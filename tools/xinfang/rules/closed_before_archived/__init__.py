"""先办结、后归档。

归档是把已经办完的一件事收齐存好。没有办结就归档,期限和兑现就没有人再看;归档后又出现办理步骤,案卷就
不全了。

怎样改:补记“办结”,或更正归档日期;归档后确需继续办理的,办完再补一次归档。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Archiving, Correction
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·4"), cite("10号令"))
ROWS = ("R37",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield an archiving without or before the closing, and steps that were left out of it."""
    archiving = matter.last(Archiving)
    if archiving is None:
        return
    closure = matter.closure
    if closure is None:
        yield Fault(matter.at(archiving), "没有办结就归档", "请先记“办结”")
    elif archiving.day < closure.day:
        yield Fault(
            matter.at(archiving, "日期"),
            f"归档日期 {archiving.day} 早于办结日期 {closure.day}",
            "请核对两个日期",
        )
    last = [step for step in matter.acts if not isinstance(step, Correction)][-1]
    if last is not archiving:
        yield Fault(
            matter.at(last),
            f"归档({archiving.day})之后又有办理步骤,不在案卷里",
            "办完后请再记一步“归档”",
            level=Level.WARNING,
        )
