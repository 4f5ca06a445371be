"""疑难复杂的事项,拟办前应向领导汇报、开会协调或听证。

疑难的事一个人拟稿容易偏;先汇报、协调,把各部室的意见和证据摆在一起,答复才经得起复查。

怎样改:补开专题会或听证并记入“协调”“听证”;不再疑难的,从“重大”中删去该项。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import (
    Coordination,
    Draft,
    Hearing,
    Instruction,
    SpecialReport,
    StepBase,
    Submission,
)
from xinfang.model.words import GraveReason
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "五·四·3"), cite("口径", "A14"), cite("条例", "31"))
ROWS = ("R48",)

_DISCUSSED: Final[tuple[type[StepBase], ...]] = (
    Coordination,
    Hearing,
    Instruction,
    SpecialReport,
    Submission,
)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield the first draft on a complex matter that nobody discussed before."""
    draft = matter.first(Draft) if GraveReason.COMPLEX in matter.case.grave else None
    if draft is None:
        return
    if not any(step.day <= draft.day for step in matter.of(*_DISCUSSED)):
        yield Fault(
            matter.at(draft),
            f"疑难复杂事项 {draft.day} 拟办,此前没有汇报、协调或听证",
            "请先向领导汇报或召开协调会,必要时听证",
        )
