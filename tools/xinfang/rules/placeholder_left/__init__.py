"""发出的答复和告知里不得留有占位符。

××、待补、下划线之类的占位符说明还没有写完;印在纸上就是给信访人的空话。标题、请求、答复,以及每一份编了文号的
告知、引导、延期、报告,都在此列。还没有签批、没有编号的草稿不查。

怎样改:补全内容后重新拟办、签批;已编号的用“更正”写明改后的内容。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import StepBase
from xinfang.model.texts import PlacedText, texts_of
from xinfang.rules import Fault
from xinfang.rules._shared import field_of

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("条例", "32"))
ROWS = ("R29",)

#: What every placeholder has in it: looked for first, since most files hold none.
_SIGNS: Final = (*"×✕＊*?？_＿", "XX", "xx", "xX", "Xx", "某月", "待定", "待补", "待填", "TBD")
_PLACEHOLDER: Final = re.compile(
    "[×✕＊*]{2,}|[xX]{3,}|[xX]{2}(?=[一-鿿])|[?？]{3,}|_{2,}|＿{2,}|某年?某月|某月某日|待定|待补|待填|TBD"
)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each text of a paper that is approved or numbered and still holds a placeholder."""
    text = matter.text
    if not any(sign in text for sign in _SIGNS):
        return
    for keys, printed in _printed(matter):
        if _PLACEHOLDER.search(printed):
            yield Fault(
                keys,
                f"“{field_of(keys)}”留有占位符,而文书已经签批或编号",
                "请补全内容,重新拟办和签批",
            )


def _printed(matter: Matter) -> Iterator[PlacedText]:
    """Yield the texts that stand on papers no longer drafts, each once."""
    numbered: list[StepBase] = [step for step, _ in matter.numbered_papers]
    answered = matter.answer_approval is not None
    if numbered or answered:
        yield ("标题",), matter.case.title
        for claim in matter.case.claims:
            yield matter.at(claim, "内容"), claim.content
    if answered:
        for answer in matter.answers.values():
            yield from texts_of(answer, matter.at(answer))
    for step in numbered:
        yield from texts_of(step, matter.at(step))
