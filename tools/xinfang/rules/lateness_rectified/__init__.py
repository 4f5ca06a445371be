"""登记、转办、告知、答复超期的,补办后要记整改。

超期已经发生,改不了;写明哪一步、什么原因、以后怎么办,才不会再超。整改写事由和措施,不给人打分,也不写
书面检查的内容。

怎样改:记一步“整改”,写明事由、原因、措施。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.clocks import State
from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Rectification
from xinfang.rules import Fault

LEVEL = Level.HINT
CITES = (cite("细则", "七·二"), cite("条例", "42"))
ROWS = ("R60",)

#: 登记、转办、告知、答复 and 上报, with any stricter limit beside them.
_WATCHED: Final = frozenset({"I1", "I2", "I3", "I5", "C1", "C3", "C4"})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield one hint that names every step that was done late and never put right."""
    late = [
        deadline
        for deadline in matter.deadlines
        if deadline.state is State.MET_LATE and deadline.clock.id[:2] in _WATCHED
    ]
    if not late or matter.of(Rectification):
        return
    names = "、".join(dict.fromkeys(f"{d.clock.name}(逾期{d.days_late}天)" for d in late))
    yield Fault(("办理",), f"{names}之后没有整改记录", "请记一步“整改”,写明事由、原因和措施")
