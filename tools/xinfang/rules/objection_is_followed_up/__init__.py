"""信访人在回证上勾选“有异议”的,要记下理由,并有后续的办理。

不服是信访人的权利,不是要压下去的事。异议由本人说出,不由旁人猜测;收到异议,信访办要协调、解释、重新
核查,或告知并转交复查申请。事项本身重大的,还要把经过、已作答复和未解决点专题汇报上级。

怎样改:补记异议理由;安排协调、解释说明、听证、调解、补充调查或督办,并记入办理;重大事项补“专题汇报”。
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
    Explanation,
    Hearing,
    Investigation,
    Mediation,
    ReportUp,
    Rereview,
    Review,
    Service,
    SpecialReport,
    StepBase,
    Supervision,
)
from xinfang.model.words import Attitude
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (
    cite("细则", "四·三·2"),
    cite("细则", "四·三·3"),
    cite("口径", "A8"),
    cite("条例", "35"),
)
ROWS = ("R32", "R34")

_FOLLOW_UPS: Final[tuple[type[StepBase], ...]] = (
    Coordination,
    Draft,
    Explanation,
    Hearing,
    Investigation,
    Mediation,
    Review,
    Rereview,
    SpecialReport,
    Supervision,
)
_REPORTS: Final[tuple[type[StepBase], ...]] = (SpecialReport, ReportUp)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield objections without reasons or without anything done about them."""
    for position, step in enumerate(matter.steps):
        if not isinstance(step, Service) or step.attitude is not Attitude.OBJECTS:
            continue
        keys = matter.at(step, "意见")
        if not step.objection:
            yield Fault(keys, "信访人有异议,没有记下理由", "请填写“异议理由”")
        later = matter.steps[position + 1 :]
        if not any(isinstance(other, _FOLLOW_UPS) for other in later):
            yield Fault(
                keys,
                f"信访人 {step.received or step.day} 表示有异议,此后没有协调、解释或复查的记录",
                "请通知信访办,安排协调、解释说明或重新核查;提出复查的及时转交",
            )
        if matter.case.grave and not any(isinstance(other, _REPORTS) for other in later):
            yield Fault(
                keys,
                "重大事项的信访人有异议,此后没有向上级汇报",
                "请就事项经过、已作答复、未解决点作“专题汇报”",
                level=Level.HINT,
            )
