"""发出的答复里不得留有占位符。

××、待补、下划线之类的占位符说明还没有写完;印在答复书上就是给信访人的空话。

怎样改:补全内容后重新拟办、签批。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("条例", "32"))
ROWS = ("R29",)

_PLACEHOLDER: Final = re.compile(r"[×✕＊*]{2,}|[xX]{3,}|[?？]{3,}|_{2,}|＿{2,}|待定|待补|待填|TBD")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each text of an answer with a placeholder, once it is approved."""
    if not any(matter.approval_of(paper) for paper in ANSWERS):
        return
    for answer in matter.answers.values():
        for key, text in (("查明", answer.facts), ("意见", answer.opinion)):
            if _PLACEHOLDER.search(text):
                yield Fault(
                    matter.at(answer, key),
                    f"第 {answer.claim} 条答复的“{key}”留有占位符,而答复已经签批",
                    "请补全内容,重新拟办和签批",
                )
