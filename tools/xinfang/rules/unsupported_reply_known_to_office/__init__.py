"""诉求未获支持或只获部分支持的,部室发出答复时应告知信访办。

要告知的是“哪条诉求没有得到支持”,不是猜测信访人会不会不满。信访办知道了,才能及时安排协调、当面解释,
并备好复查途径的说明。

怎样改:由信访办经办发出答复,或在发出前记一步“协调”“解释说明”“请示”。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Coordination, Explanation, Submission
from xinfang.model.words import Outcome
from xinfang.rules import Fault
from xinfang.rules._shared import is_of_office

LEVEL = Level.HINT
CITES = (cite("细则", "四·三·2"), cite("口径", "A8"))
ROWS = ("R32",)

_UNSUPPORTED: Final = frozenset(
    {Outcome.PARTLY, Outcome.NOT_SUPPORTED, Outcome.PARTLY_ADOPTED, Outcome.NOT_ADOPTED}
)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a reply that a department sent by itself although not everything was granted."""
    reply = matter.reply
    if reply is None or not matter.departments:
        return
    open_claims = [
        n for n, answer in sorted(matter.answers.items()) if answer.outcome in _UNSUPPORTED
    ]
    if not open_claims or is_of_office(matter, reply.handler, reply.day):
        return
    if matter.of(Coordination, Explanation, Submission):
        return
    numbers = "、".join(map(str, open_claims))
    yield Fault(
        matter.at(reply),
        f"第 {numbers} 条请求未获完全支持,答复由部室发出,没有告知信访办的记录",
        "请由信访办发出答复,或先记一步“协调”",
    )
