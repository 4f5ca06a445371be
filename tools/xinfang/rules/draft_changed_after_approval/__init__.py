"""签批以后改了拟办的,要重新签批才能发出。

领导签的是当时那一稿。签批以后又改拟办、不再送签,发出去的就不是签过的内容,等于没有签批。

怎样改:改稿后重新签批,补记“签批”步骤;拟办日期写错的用“更正”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Approval, Draft, Reply
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"),)
ROWS = ("R31",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield the last draft before a reply when it stands behind every approval of that paper."""
    # With one draft, reply-before-approval says all there is to say.
    if len(matter.of(Draft)) == 1:
        return
    draft: Draft | None = None
    approved: set[str] = set()
    stale = False
    for step in matter.steps:
        if isinstance(step, Draft):
            draft, stale = step, bool(approved)
        elif isinstance(step, Approval) and step.paper in ANSWERS:
            approved.add(step.paper)
            stale = False
        elif isinstance(step, Reply) and step.paper in approved and stale and draft is not None:
            yield Fault(
                matter.at(draft, "日期"),
                f"{draft.day} 改了拟办,{step.day} 发出以前没有重新签批",
                "请重新签批后再编号发出,并补记“签批”",
            )
