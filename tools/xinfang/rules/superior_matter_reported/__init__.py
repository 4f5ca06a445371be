"""上级交办或要求报告的事项,办结前要书面上报,也要答复本人。

对上级的报告和对信访人的答复是两份文件,一份不能代替另一份。报告应附上有签收的答复书,所以先送达、
后上报。

怎样改:补记“上报”(写明单位和文号)或“答复”“送达”;对方同意退回的,记“异议”并写明同意退回。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.case import Origin
from xinfang.model.steps import Closure, Objection, ReportUp
from xinfang.model.words import Channel, Closing
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·一·1"), cite("细则", "五·四·2"), cite("条例", "22(三)"))
ROWS = ("R13", "R47")

#: Closings after which the petitioner is owed a written answer to the claims.
_ANSWERED: Final = frozenset({Closing.ANSWERED, Closing.SETTLED})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a closing without one of the two replies, and reports that came too early or astray."""
    origin, closure = matter.case.origin, matter.closure
    if origin is None:
        return
    yield from _report_faults(matter, origin)
    if closure is None or any(step.agreed for step in matter.of(Objection)):
        return
    if matter.case.channel is Channel.ASSIGNED or origin.report:
        reports = [step for step in matter.of(ReportUp) if step.day <= closure.day]
        if not reports:
            yield Fault(matter.at(closure), "办结前没有书面上报办理情况", "请先记“上报”再办结")
    if _owes_an_answer(matter, origin, closure):
        yield Fault(matter.at(closure), "没有书面答复信访人本人就办结", "请答复并送达后再办结")


def _report_faults(matter: Matter, origin: Origin) -> Iterator[Fault]:
    unit = matter.office.unit(origin.unit)
    for step in matter.of(ReportUp):
        if step.unit != origin.unit and (unit is None or matter.office.unit(step.unit) is not unit):
            yield Fault(
                matter.at(step, "单位"),
                "上报的单位不是来文的单位",
                f"请核对;来文单位是{origin.unit}",
                level=Level.WARNING,
            )
        service = matter.service
        if service is not None and step.day < (service.received or service.day):
            yield Fault(
                matter.at(step, "日期"),
                f"{step.day} 上报时答复还没有送达",
                "报告应附有签收的答复书;送达后请补报",
                level=Level.WARNING,
            )


def _owes_an_answer(matter: Matter, origin: Origin, closure: Closure) -> bool:
    return (
        origin.answer_petitioner
        and closure.way in _ANSWERED
        and matter.can_be_told
        and matter.service is None
        and closure.undelivered is None
    )
