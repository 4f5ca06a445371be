"""送达要有收到日期,或写明未能送达的原因;留置送达要有见证人。

信访人申请复查的三十日,从收到书面答复那天起算。没有收到日期,他的权利就说不清从哪天开始;留置送达没有
见证人,等于没有送达。

怎样改:按回证补“收到”;邮寄的查询签收日期;送不到的写“未能送达”的原因和做过的努力。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Service
from xinfang.model.words import Delivery
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("条例", "35"), cite("民诉法", "89"))
ROWS = ("R29",)

#: Ways whose receipt comes back days later.
_SLOW: Final = frozenset({Delivery.POST, Delivery.ENTRUSTED, Delivery.NOTICE})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield services without proof, or with contradictory proof."""
    codes = {party.code for party in matter.case.parties}
    for step in matter.of(Service):
        if step.received and step.failed:
            yield Fault(
                matter.at(step, "未能送达"),
                f"既写了 {step.received} 收到,又写了未能送达",
                "请只留一项;重新送达的另记一步",
            )
        elif not step.received and not step.failed:
            yield Fault(
                matter.at(step),
                f"{step.manner}没有收到日期,也没有写未能送达的原因",
                "请按回证填写“收到”,或写明“未能送达”",
                level=Level.WARNING if step.manner in _SLOW else None,
            )
        if step.attitude and not step.received:
            yield Fault(matter.at(step, "意见"), "没有收到日期,却填了信访人意见", "请核对回证")
        if step.manner is Delivery.LEFT and not step.witness:
            yield Fault(matter.at(step), "留置送达没有见证人", "请填写“见证人”")
        for index, code in enumerate(step.party):
            if code not in codes:
                yield Fault(
                    matter.at(step, "受送达人", index), f"没有代号为 {code} 的信访人", "请核对代号"
                )
