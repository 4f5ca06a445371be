"""归档的保管期限不得短于 office.yaml 的保管期限表。

重大事项有领导批示和处理结果的、有处理结果的、没有处理结果的,保管期限不同;短了就会提前销毁信访人维权
要用的凭证。更长可以。归档还应写明件数和页数,日后才能核对案卷是否齐全。

怎样改:按保管期限表填写;件数、页数照案卷清点填写。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Archiving
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·4"), cite("10号令"), cite("8号令"))
ROWS = ("R37",)

_LENGTH: Final = {"10年": 10, "30年": 30, "永久": 1000}


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield an archiving with too short a period, or without its counts."""
    for step in matter.of(Archiving):
        kind, least = matter.least_retention
        if _LENGTH[step.retention] < _LENGTH[least]:
            yield Fault(
                matter.at(step, "保管期限"),
                f"保管期限 {step.retention},短于保管期限表中“{kind}”的 {least}",
                f"请填 {least}" if least == "永久" else f"请填 {least} 或更长",
            )
        if step.items is None or step.pages is None:
            yield Fault(
                matter.at(step),
                "归档没有写件数和页数",
                "请清点案卷后填写“件数”“页数”",
                level=Level.HINT,
            )
