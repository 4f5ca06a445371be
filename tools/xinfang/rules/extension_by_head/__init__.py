"""延长办理期限由本单位主要负责人批准。

六十日是国家期限,延长须“经本机关、单位负责人批准”;分管领导、部门负责人批准的不算(口径 A4)。

怎样改:在原期限届满前请主要负责人批准;批准人写错的用“更正”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Extension
from xinfang.model.words import Role
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "34"), cite("口径", "A4"))
ROWS = ("R24",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each extension approved by somebody who was not the head on that day."""
    for step in matter.of(Extension):
        post = matter.post(step.approver, step.day)
        if post is not None and post.role is not Role.HEAD:
            yield Fault(
                matter.at(step, "批准人"),
                f"延期应由{Role.HEAD}批准,现由{post.role}批准",
                f"请{Role.HEAD}在原期限届满前批准",
            )
