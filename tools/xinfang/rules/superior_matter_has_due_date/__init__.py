"""上级交办或要求报告的事项,来源中要写明办理期限。

上报的期限以交办函为准,与国家的六十日取较早者。不写期限,到期提醒就算不出来,最容易误的正是这一件。

怎样改:按来文填写“办理期限”;来文没有写的,电话核实后填写,并在备注中说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import Channel
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·四·2"), cite("条例", "22(三)"))
ROWS = ("R47",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield an assigned matter without its letter or its last day."""
    case = matter.case
    assigned = case.channel is Channel.ASSIGNED
    if case.origin is None:
        # The letter of an accusation is sealed along with it, its last day with the letter.
        if assigned and not matter.is_sealed:
            yield Fault(
                ("渠道",), "上级交办的事项没有来源", "请在“来源”中填写单位、文号、收文和办理期限"
            )
        return
    if (assigned or case.origin.report) and case.origin.due is None:
        yield Fault(("来源",), "来文要求办理或报告,没有写办理期限", "请按来文填写“办理期限”")
    elif case.origin.due and case.origin.due < case.origin.received:
        yield Fault(
            ("来源", "办理期限"),
            f"办理期限 {case.origin.due} 早于收文日期 {case.origin.received}",
            "请核对来文",
        )
