"""单位信访人须载明名称或统一社会信用代码。

单位的名称或信用代码能确定是哪一家;都没有,就无法核对合同和付款,也无法书面告知。缺项请补充告知,不拒收。

怎样改:请单位补充,并在“已载明”中补写“姓名”(名称)或“统一社会信用代码”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import Particular, PartyKind
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "四·一·1"), cite("条例", "19"))
ROWS = ("R22",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield units that cannot be told, and persons with a unit's code."""
    for party in matter.case.parties:
        given = set(party.given)
        if party.kind is PartyKind.UNIT and not given & {Particular.NAME, Particular.CREDIT_CODE}:
            yield Fault(
                matter.at(party, "已载明"),
                "单位没有载明名称或统一社会信用代码",
                "请告知单位补充,不拒收",
            )
        elif party.kind is PartyKind.PERSON and Particular.CREDIT_CODE in given:
            yield Fault(
                matter.at(party, "已载明"),
                "个人不会有统一社会信用代码",
                "以单位名义提出的,类型请填“单位”",
            )
