"""化解措施要按期完成;决定实施的决策,措施逾期的须尽快落实。

细则要求决策后“严格落实”。措施写了不做,风险还在。决定暂缓、不实施的,不再追。

怎样改:完成后填“完成”和“凭证”;办不到的,调整措施并重新评估。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "六·二"),)
ROWS = ("R56",)


def check_decision(decision: Assessment, register: Register) -> Iterator[Fault]:
    """Yield each measure past its day."""
    for place, index, measure in decision.measures():
        if decision.is_late(measure, register.today):
            days = (register.today - measure.due).days
            yield Fault(
                ("风险点", place, "措施", index, "期限"),
                f"措施({measure.owner})已逾期{days}天",
                "请尽快落实,完成后填“完成”和“凭证”",
            )
