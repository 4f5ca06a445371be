"""细则的施行日期和解释部门须由本单位确认。

细则“自下发之日起施行”,而落款日期“二〇一五年十一月三十一日”并不存在,施行日期因此不明。不得擅自改成
11月30日;由印发单位确认后填写,规则按登记日期适用。

怎样改:在 office.yaml 中填写“施行日期”和“解释部门”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "八"), cite("口径", "A11"))
ROWS = ("R62", "R63")


def check_office(register: Register) -> Iterator[Fault]:
    """Yield what the office has not confirmed about its own rules."""
    office = register.office
    if office is None:
        return
    if office.effective_from is None:
        yield Fault(("施行日期",), "施行日期未确认", "请按本单位印发的文件填写“施行日期”")
    if office.interpreter is None:
        yield Fault(("解释部门",), "没有写明细则由谁解释", "请填写“解释部门”")
