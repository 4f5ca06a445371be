"""延期要在六十日届满之前批准。

期限过了才批准的延期没有效力,事项仍按原期限计算为逾期。届满日遇休息日顺延的,以顺延后的日期为准。

怎样改:不能补批。尽快答复,并在“整改”或办结的“超期原因”中写明原因;日期写错的用“更正”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Extension
from xinfang.rules import Fault
from xinfang.rules._shared import deadline_of

LEVEL = Level.ERROR
CITES = (cite("条例", "34"), cite("细则", "四·一·2"))
ROWS = ("R24",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each extension approved after the sixty days ran out."""
    extensions = matter.of(Extension)
    original = deadline_of(matter, "C3") if extensions else None
    for step in extensions:
        if original is not None and step.day > original.due:
            yield Fault(
                matter.at(step, "日期"),
                f"{step.day} 批准延期,原期限已于 {original.due} 届满,延期无效",
                "请尽快答复,并说明超期原因",
            )
