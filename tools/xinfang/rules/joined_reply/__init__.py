"""涉及两个以上部室的事项,由信访办汇总成一份答复。

各部室各发一份,口径不一,信访人不知道听谁的。逐条拟好、会签之后,一份答复说清全部请求;之后有新的情况,
重新拟办再补充答复。

怎样改:把各部室的意见汇总到一份拟办中,全部请求都有拟答复后再编号发出。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Draft, Reply
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("细则", "五·四·3"), cite("口径", "A5"))
ROWS = ("R49",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield replies of a joint matter that answer a part only, or double one another."""
    if len(matter.departments) < 2:  # noqa: PLR2004 - two departments make a joint matter
        return
    drafted: set[int] = set(matter.referred)
    fresh = True
    for step in matter.steps:
        if isinstance(step, Draft):
            drafted |= {answer.claim for answer in step.answers}
            fresh = True
        if not isinstance(step, Reply) or step.paper not in ANSWERS:
            continue
        missing = sorted(set(range(1, len(matter.case.claims) + 1)) - drafted)
        if not fresh:
            yield Fault(
                matter.at(step),
                f"{step.day} 又发出一份答复,此前没有新的拟办",
                "多个部室的意见请汇总成一份答复",
            )
        elif missing:
            numbers = "、".join(map(str, missing))
            yield Fault(
                matter.at(step),
                f"第 {numbers} 条请求还没有拟答复,就发出了答复",
                "请汇总全部请求的意见后一并答复",
            )
        fresh = False
