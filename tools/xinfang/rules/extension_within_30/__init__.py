"""延期只有一次,一至三十日。

国家规定“延长期限不得超过三十日”,没有第二次。写得再长,期限仍只算到三十日。

怎样改:把天数改在三十日以内(用“更正”);已经延过一次的,按延长后的期限办结。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Extension
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "34"),)
ROWS = ("R24",)

_LONGEST: Final = 30


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield extensions of no day or too many, and every one after the first."""
    for position, step in enumerate(matter.of(Extension)):
        if not 1 <= step.days <= _LONGEST:
            yield Fault(
                matter.at(step, "天数"),
                f"延期 {step.days} 日,不在 1 至 {_LONGEST} 日之内",
                f"请改为不超过 {_LONGEST} 日",
            )
        if position:
            yield Fault(
                matter.at(step, "事项"),
                f"{step.day} 再次延期,只能延期一次",
                "请按第一次延长后的期限办结;误记的用“更正”作废",
            )
