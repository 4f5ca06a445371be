"""完成了的措施要有凭证;完成日期不得在今天之后。

“完成”二字谁都能填,凭证才能让人查到。

怎样改:补填“凭证”,如照片、回单、验收单的名称;日期写错的改正。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import KeyPath, Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "六·二"),)
ROWS = ("R56",)


def check_decision(decision: Assessment, register: Register) -> Iterator[Fault]:
    """Yield each measure done without proof, or done in the future."""
    for place, index, measure in decision.measures():
        keys: KeyPath = ("风险点", place, "措施", index)
        if measure.done is not None and not measure.evidence:
            yield Fault((*keys, "完成"), "写了完成,没有凭证", "请补填“凭证”")
        if measure.done is not None and measure.done > register.today:
            yield Fault((*keys, "完成"), "完成日期在今天之后", "请核对日期")
