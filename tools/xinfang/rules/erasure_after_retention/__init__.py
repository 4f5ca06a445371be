"""封存信息保管期满、没有暂缓销毁的,才能销毁;销毁要有批准人。

保管期限自归档次年1月1日起算。正在仲裁、诉讼、审计的,记“暂缓销毁”;提前销毁会毁掉信访人和本单位的凭证,
该销毁而长期不销毁,又违反个人信息只保存必要时间的要求。

怎样改:销毁用 xinfang erase,它会先核对期限;已经提前销毁的如实记录,并另记“泄密处置”或说明。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Erasure
from xinfang.retention import held_back, retention
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·4"), cite("个保法", "47"), cite("10号令"))
ROWS = ("R37",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each erasure that came too early or during a hold."""
    found = retention(matter)
    for step in matter.of(Erasure):
        reason = held_back(replace(found, erased=None) if found else None, step.day)
        if reason:
            yield Fault(matter.at(step), f"销毁({step.day})不合期限:{reason}", "请核对日期和期限")
