"""办结方式要有相应的步骤为凭。

引导、转送、调解和解、撤回、并案、移送办结的,事项文件中要有同名的步骤,并已告知信访人;除答复
和旧台账外,办结方式只有这几种,“劝返”“息访”不是办结方式。

怎样改:补记相应步骤,或改用相符的办结方式。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import (
    Forwarding,
    HandOver,
    Mediation,
    Merge,
    Referral,
    StepBase,
    Withdrawal,
)
from xinfang.model.words import Closing
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("口径", "A7"), cite("条例", "23"), cite("条例", "33"))
ROWS = ("R11", "R44")

_PROOF: Final[dict[Closing, type[StepBase]]] = {
    Closing.ROUTED: Referral,
    Closing.FORWARDED: Forwarding,
    Closing.SETTLED: Mediation,
    Closing.WITHDRAWN: Withdrawal,
    Closing.MERGED: Merge,
    Closing.HANDED_OVER: HandOver,
}


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a closing whose way no step proves."""
    closure = matter.closure
    kind = _PROOF.get(closure.way) if closure else None
    if closure is None or kind is None:
        return
    if not any(step.day <= closure.day for step in matter.of(kind)):
        yield Fault(
            matter.at(closure, "方式"),
            f"以{closure.way}办结,此前没有“{kind.KIND}”步骤",
            f"请补记“{kind.KIND}”,或改用相符的办结方式",
        )
