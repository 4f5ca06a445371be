"""按信访程序办理的,答复之前要受理并书面告知。

细则第四部分缺第二条,恰是受理、转办、调查的规定;此处按《信访工作条例》补足,不是细则原文。受理之日
起算六十日;告知让信访人知道谁在办、何时办完、怎样查询。姓名或住址不清的可以不书面告知。

怎样改:补记“受理”和“告知”;无法书面告知的,在“告知”中写明“无法告知”的原因。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Acceptance, Notice, Referral
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "23¶1"), cite("条例", "23¶2"), cite("条例", "31(六)"))
ROWS = ("R28",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a reply in the petition procedure without acceptance or without any notice."""
    reply = matter.reply
    if reply is None or "信访程序" not in matter.conditions:
        return
    if matter.first(Acceptance) is None:
        yield Fault(("办理",), "已答复,没有“受理”步骤", "请补记“受理”,写明受理日期")
    if "无法告知" not in matter.conditions and not matter.of(Notice, Referral):
        yield Fault(("办理",), "已答复,没有“告知”步骤", "请补记“告知”:文书、方式、日期")
