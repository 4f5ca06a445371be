"""人数不得少于列出的信访人,代表不得多于人数。

人数是提出同一事项的全部人数,包括没有列出的共同信访人。少填了,就有人得不到答复。

怎样改:核对人数;一人提出的,不填“代表”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·1"), cite("条例", "20"))
ROWS = ("R23",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a number of people that is less than those who are listed."""
    case = matter.case
    if case.people < len(case.parties):
        yield Fault(
            ("人数",),
            f"人数是 {case.people},却列出了 {len(case.parties)} 个信访人",
            f"人数请填 {len(case.parties)} 或更多",
        )
    elif case.people == 1 and any(party.representative for party in case.parties):
        yield Fault(
            matter.at(case.parties[0], "代表"),
            "人数是 1,却填了代表",
            "请核对人数;一人提出的不填“代表”",
        )
