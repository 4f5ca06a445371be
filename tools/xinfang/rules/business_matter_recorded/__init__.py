"""部室承办的事项,办结时要报信访办备案。

业务类事项由部室受理、答复,结果交信访办备案。不备案,信访办不知道办完没有、答复到没有,台账和统计都不准。

怎样改:部室把处理结果和送达凭证报信访办,在“办结”中填“已备案: 是”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Transfer
from xinfang.rules import Fault
from xinfang.rules._shared import department_name

LEVEL = Level.WARNING
CITES = (cite("细则", "三·一·2"), cite("口径", "A5"))
ROWS = ("R15",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield the closing of a matter that a department led and the office has no record of."""
    closure, transfer = matter.closure, matter.last(Transfer)
    if closure is None or transfer is None or closure.recorded:
        return
    if department_name(matter, transfer.lead) != department_name(
        matter, matter.office.office_department
    ):
        yield Fault(
            matter.at(closure),
            "部室承办的事项已办结,没有报信访办备案",
            "请把处理结果报信访办,填“已备案: 是”",
        )
