"""调解、和解须双方自愿,并写明履行期限。

调解不是办结的捷径:不自愿的协议没有效力;没有期限的协议无法核对是否兑现,纠纷还会再来。

怎样改:不自愿的不得按调解记录,继续办理并书面答复;请补写履行期限(分期的写最后一期,各期写在协议内容里)。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Mediation
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "二·一"), cite("条例", "33"), cite("人民调解法", "29"))
ROWS = ("R09",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield agreements that are not voluntary, have no term, or end before they begin."""
    for step in matter.of(Mediation):
        if not step.voluntary:
            yield Fault(
                matter.at(step, "双方自愿"),
                f"{step.form}协议不是双方自愿达成",
                "请删去调解办结的安排,继续办理并书面答复",
            )
        if step.perform_by is None:
            yield Fault(matter.at(step), f"{step.form}协议没有履行期限", "请填写“履行期限”")
        elif step.perform_by < step.day:
            yield Fault(
                matter.at(step, "履行期限"),
                f"履行期限 {step.perform_by} 早于协议日期 {step.day}",
                "请核对两个日期",
            )
