"""先评估,后决策:决策日期不得早于填报、会签、提交的日期。

细则要求“前置评估”“在作出决策前”提出评估意见。决策在前、评估在后,评估就成了补手续。

怎样改:日期写错的改正;确实先决策后评估的,如实填写,重新提交决策会议审议。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import KeyPath, Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "六·二"),)
ROWS = ("R54", "R55")


def check_decision(decision: Assessment, _register: Register) -> Iterator[Fault]:
    """Yield each date of the assessment behind the day of the decision, and of what follows."""
    taken, submitted = decision.taken, decision.submitted
    for index, signature in enumerate(decision.signatures):
        if taken and signature.day > taken.day:
            keys: KeyPath = ("会签", index, "日期")
            yield Fault(keys, f"会签在决策({taken.day})之后", "请先会签,再决策")
    if submitted and submitted < decision.written:
        yield Fault(("提交",), f"提交早于评估完成({decision.written})", "请核对日期")
    earliest = max(decision.written, submitted or decision.written)
    if taken and taken.day < earliest:
        yield Fault(("决策", "日期"), f"决策早于评估的提交({earliest})", "请核对日期;先评估,后决策")
