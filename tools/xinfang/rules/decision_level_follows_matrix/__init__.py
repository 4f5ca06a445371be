"""风险等级按公布的矩阵(可能性×影响程度)得出,取最高的一个风险点;不按矩阵的须写明理由。

等级按措施落实之后余下的可能性和影响程度确定。矩阵对谁都一样,等级才不会由谁说了算;确有矩阵没有考虑到的情形,
可以定得高些或低些,理由写在“等级理由”里,让决策的人看到。

怎样改:改正等级,或写明“等级理由”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "六·四"), cite("2492号", "4"))
ROWS = ("R58",)


def check_decision(decision: Assessment, _register: Register) -> Iterator[Fault]:
    """Yield a level that neither follows from the matrix nor is reasoned."""
    right = decision.matrix_level
    if right is not None and decision.level is not right and not decision.deviation:
        yield Fault(
            ("等级",),
            f"等级写“{decision.level}”,按矩阵应为“{right}”",
            "请改正等级,或在“等级理由”中写明理由",
        )
