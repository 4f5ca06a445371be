"""不属本单位的事项,要告诉信访人谁有权处理,或者转送过去。

不属本单位不等于可以不管:协助的办法是引导(告知有权处理的机关、地址、电话、材料)或者转送。上级转来的,也可以
提出异议,经同意后退回。只告知“不归我们管”就是推诿。

怎样改:补记“引导”或“转送”;上级转来的补记“异议”并写明是否同意退回。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Forwarding, Notice, Objection, Referral
from xinfang.model.words import Closing, Route
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·2"), cite("条例", "23¶1"), cite("条例", "23¶3"))
ROWS = ("R25",)

#: After these nobody has to be told where to turn.
_MOOT: Final = frozenset({Closing.WITHDRAWN, Closing.MERGED, Closing.HANDED_OVER})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a matter that is not ours, told or closed without saying whose it is."""
    if matter.case.route is not Route.NOT_OURS or matter.of(Referral, Forwarding):
        return
    closure = matter.closure
    closed = closure is not None and closure.way not in _MOOT
    returned = any(step.agreed for step in matter.of(Objection))
    if (closed or matter.of(Notice)) and not returned:
        yield Fault(
            ("路径",),
            f"不属本单位,{'已办结' if closed else '已告知'},没有写明谁有权处理",
            "请补记“引导”(途径、机关、时限)或“转送”(单位)",
        )
