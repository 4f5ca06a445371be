"""简易办理只用于初次提出、事实清楚、一个部室能办的事项。

简易办理期限短、手续少,用在重大、疑难、多部室或再次提出的事项上,会漏掉调查和会签,结论站不住。

怎样改:删去“简易办理”,按普通程序办理。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "五·四·1"), cite("简易办法"))
ROWS = ("R44",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield the first reason why a matter may not go by the simple procedure."""
    case = matter.case
    if not case.simplified:
        return
    obstacles = (
        (matter.is_sealed, "检举控告"),
        (bool(case.grave), "重大、疑难事项"),
        (bool(case.earlier), "再次提出的事项"),
        (len(matter.departments) > 1, f"涉及 {len(matter.departments)} 个部室的事项"),
    )
    for true, what in obstacles:
        if true:
            yield Fault(("简易办理",), f"{what}不适用简易办理", "请删去“简易办理”,按普通程序办理")
            return
