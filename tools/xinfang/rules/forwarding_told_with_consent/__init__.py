"""转送带着信访人的信息出去,要本人知情同意,并在十五日内告知转到了哪里。

转送给别的单位,姓名、住址和诉求也跟着过去。先问一声,本人可以选择自己去;转送以后告诉他转到了哪里、怎样查询。

怎样改:征得同意后填“本人同意: 是”;告知后填“告知日期”。本人不同意的不转送,改为引导。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Forwarding
from xinfang.model.words import Closing
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "四·一·2"), cite("条例", "23¶2"), cite("个保法", "23"))
ROWS = ("R25", "R41")

_TIME_TO_TELL: Final = timedelta(days=15)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each passing on without consent, and each that the petitioner was not told of."""
    if "无法告知" in matter.conditions:
        return
    closure = matter.closure
    # Closed untold is graver, and another rule says so.
    told_at_closing = closure is not None and closure.way is Closing.FORWARDED
    for step in matter.of(Forwarding):
        if not step.consent:
            yield Fault(
                matter.at(step, "本人同意"),
                f"{step.day} 转送,没有本人同意的记录",
                "请征得本人同意后填写“本人同意: 是”;不同意的改为引导",
            )
        overdue = matter.today > step.day + _TIME_TO_TELL
        if step.told_on is None and overdue and not told_at_closing:
            yield Fault(
                matter.at(step, "告知日期"),
                f"{step.day} 转送,满十五日没有告知信访人",
                "请告知信访人转到了哪里,填写“告知日期”",
            )
