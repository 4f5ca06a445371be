"""答复中的承诺兑现之后才能办结,没有兑现的要写明后续安排。

重复信访大多因为答复了却没有兑现。办结时逐条核对;尚未到期的承诺,在“未兑现说明”中写明由谁、何时办完。

怎样改:补记“兑现”(凭证),或在办结中填“未兑现说明”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "32"), cite("细则", "五·五"))
ROWS = ("R11", "R51")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each promise still open at the closing, with no arrangement written down."""
    closure = matter.closure
    if closure is None or closure.unfulfilled:
        return
    for answer in matter.open_promises:
        yield Fault(
            matter.at(closure, "日期"),
            f"{closure.day} 办结,第 {answer.claim} 条请求的承诺没有兑现记录",
            "请补记“兑现”,或写明“未兑现说明”:由谁、何时办完",
        )
