"""办理各步按日期先后记,后一步不得早于前一步。

步骤只追加、不改动,文件里的次序就是办理的次序。日期倒过来的,不是写错了日期,就是事后补记;期限由日期推算,
错一天就会误报或漏报超期。

怎样改:日期写错的,追加“更正”,改正那一步的日期;“更正”本身照写下的当天记。确属事后补记的,日期写真实的那一天,
备注写明“补记”和缘由;仍作为警告留在检查结果里。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·2"), cite("条例", "34"))
ROWS = ("R24",)

#: What the remark of a step says that happened earlier than it was written down.
_RECORDED_LATE: Final = "补记"


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each step that is dated before the one above it, corrections applied."""
    previous = None
    for step in matter.steps:
        if previous is not None and step.day < previous.day:
            late = _RECORDED_LATE in (step.remark or "")
            yield Fault(
                matter.at(step, "日期"),
                f"{step.KIND}日期 {step.day} 早于前一步“{previous.KIND}”的 {previous.day}",
                "已注明补记"
                if late
                else "请核对两个日期;写错的用“更正”步骤改正,事后补记的在备注中写明“补记”和缘由",
                level=Level.WARNING if late else None,
            )
        previous = step
