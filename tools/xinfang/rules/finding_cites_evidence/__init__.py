"""查明的事实要写明证据编号,编号须在“调查”步骤的证据清单里。

“经查”“经研究”后面没有证据,信访人无从核对,复查时也站不住。每条答复的查明事实写上证据编号,谁都能找到
那份考勤表、那张照片。

怎样改:在“调查”步骤登记证据(编号、名称),在答复的“证据”里引用;没有调查过的,先调查再答复。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Answer, Draft, Investigation
from xinfang.model.words import Purpose
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·一"), cite("条例", "28"), cite("条例", "32"))
ROWS = ("R38",)

_CLAIMS_INQUIRY: Final = re.compile("经(?:查|研究|核查|核实|调查|了解|审查|认定)")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield findings of fact without evidence, or with evidence that nobody registered."""
    drafts = matter.of(Draft)
    if not drafts:
        return
    known = {item.number for step in matter.of(Investigation) for item in step.evidence}
    for draft in drafts:
        for answer in draft.answers:
            yield from _answer_faults(matter, answer, known)


def _answer_faults(matter: Matter, answer: Answer, known: set[str]) -> Iterator[Fault]:
    for index, number in enumerate(answer.evidence):
        if number not in known:
            yield Fault(
                matter.at(answer, "证据", index),
                f"证据 {number} 不在“调查”步骤的证据清单里",
                "请核对编号,或先在“调查”步骤登记这份证据",
            )
    if answer.evidence:
        return
    words = _CLAIMS_INQUIRY.search(answer.facts)
    if words:
        yield Fault(
            matter.at(answer, "查明"),
            f"写了“{words[0]}”,没有证据编号",
            "请在“证据”中写明所依据的证据编号",
        )
    elif matter.case.purpose is Purpose.APPEAL:
        yield Fault(
            matter.at(answer, "查明"),
            "查明的事实没有证据编号",
            "请在“证据”中写明所依据的证据编号",
            level=Level.WARNING,
        )
