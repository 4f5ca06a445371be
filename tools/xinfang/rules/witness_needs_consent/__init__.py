"""请社区工作人员见证协调会,须信访人本人书面同意。

请社区的人到场,就是把信访人的事告诉了他的邻居。法律要求单独同意;信访人可以拒绝,也可以自带亲友或代理人。
邀请函不写案情。

怎样改:先取得书面同意,再填“本人同意: 是”;不同意的不请,删去“社区见证”。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Coordination
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·2"), cite("口径", "A15"), cite("个保法", "23"))
ROWS = ("R33",)

_COMMUNITY: Final = re.compile("社区|居委会|居民委员会|村委会|村民委员会|街道")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield meetings with a community witness and no written consent."""
    for step in matter.of(Coordination):
        if step.witness and not step.consent:
            yield Fault(
                matter.at(step, "本人同意"),
                f"{step.day} 的协调会请了社区见证,没有信访人的书面同意",
                "请取得书面同意后填“本人同意: 是”,不同意的不请",
            )
        elif step.witness is None and not step.consent:
            for index, name in enumerate(step.participants):
                if _COMMUNITY.search(name):
                    yield Fault(
                        matter.at(step, "参加", index),
                        "参加人中有社区或村委会,没有写明是否见证、本人是否同意",
                        "请填写“社区见证”和“本人同意”",
                        level=Level.WARNING,
                    )
