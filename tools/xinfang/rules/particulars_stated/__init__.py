"""信访人的姓名(名称)、住址和请求、事实、理由应当载明;缺的补充告知,不得因此拒收。

缺住址,书面告知和答复无处可寄;缺请求、事实、理由,承办部室不知道查什么。匿名的照样登记、照样办理,只是无法
书面告知,请在台账中注明。

怎样改:请信访人补充后,在“已载明”中补写项目;口头提出的请求、事实、理由由接待人如实记下。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.case import Party
from xinfang.model.words import Particular, PartyKind, Purpose
from xinfang.rules import Fault

LEVEL = Level.HINT
CITES = (cite("细则", "四·一·1"), cite("口径", "A12"), cite("条例", "19"), cite("条例", "23¶2"))
ROWS = ("R22",)

#: What each kind of party must state; a unit's name has its own rule.
_NEEDED: Final = {
    PartyKind.PERSON: (Particular.NAME, Particular.ADDRESS),
    PartyKind.UNIT: (Particular.ADDRESS,),
}


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield what an open matter still lacks about its parties, and an appeal about itself."""
    case = matter.case
    if matter.is_sealed:
        return
    if matter.is_open:
        if not any(party.given for party in case.parties):
            yield Fault(
                ("信访人",),
                "匿名或身份不清的事项,无法书面告知",
                "照常登记和办理;能联系上的,请其补充姓名和住址",
            )
        else:
            for party in case.parties:
                yield from _lacking(matter, party)
    if case.purpose is Purpose.APPEAL:
        missing = [
            key
            for key, value in (("请求", case.claims), ("事实", case.facts), ("理由", case.reasons))
            if not value
        ]
        if missing:
            yield Fault(
                ("目的",),
                f"申诉求决的事项没有写{'、'.join(missing)}",
                "请信访人补充,口头提出的如实记下;不得因此拒收",
                level=Level.WARNING,
            )


def _lacking(matter: Matter, party: Party) -> Iterator[Fault]:
    lacking = [need for need in _NEEDED[party.kind] if need not in party.given]
    if lacking:
        yield Fault(
            matter.at(party, "已载明"),
            f"信访人 {party.code} 没有载明{'、'.join(lacking)}",
            "可补充告知,不得因此拒收",
        )
