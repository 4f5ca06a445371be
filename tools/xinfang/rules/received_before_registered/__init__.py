"""先收到、后登记:收到和收文的日期不得晚于登记日期。

收到是告知期限的起点,登记是转办期限的起点。登记早于收到,期限就从一件还没有来的事算起。

怎样改:核对来信邮戳、来电记录或收文登记,改正写错的日期。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·2"), cite("条例", "23¶2"))
ROWS = ("R24",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a receipt, here or of the letter from above, that is later than the registration."""
    case = matter.case
    if case.received.day > case.registered:
        yield Fault(
            ("收到",),
            f"收到日期 {case.received.day} 晚于登记日期 {case.registered}",
            "请核对两个日期",
        )
    if case.origin and case.origin.received > case.registered:
        yield Fault(
            ("来源", "收文"),
            f"收文日期 {case.origin.received} 晚于登记日期 {case.registered}",
            "请核对两个日期",
        )
