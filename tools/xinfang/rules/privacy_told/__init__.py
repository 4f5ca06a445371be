"""登记了姓名的,要告知本人个人信息怎样使用。

收集个人信息,要先说明谁来处理、为了什么、保存多久、本人有哪些权利;转给别的单位,还要告知转给了谁。说明一句、
给一张告知单就够了,不因此拒收。

怎样改:告知后填“已告知个人信息处理: 是”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import Particular
from xinfang.rules import Fault

LEVEL = Level.HINT
CITES = (cite("细则", "五·三"), cite("个保法", "17"), cite("个保法", "23"))
ROWS = ("R25", "R41")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a matter with a named party that was not told."""
    case = matter.case
    if case.privacy_told or matter.is_sealed:
        return
    if any(Particular.NAME in party.given for party in case.parties):
        yield Fault(
            ("已告知个人信息处理",) if case.privacy_told is False else ("信访人",),
            "登记了姓名,没有告知个人信息怎样使用",
            "请告知本人,填“已告知个人信息处理: 是”",
        )
