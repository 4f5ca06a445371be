"""支持的要写明怎样落实,没有全部支持的要写明依据,结论用语要与目的相符。

支持和部分支持是承诺,须有责任部室、期限和方式,才能核对是否兑现;部分支持、解释说明和不予支持须有
法律法规政策依据。建议意见类用采纳、部分采纳、不予采纳;申诉求决类用支持、部分支持、解释说明、不予支持。

怎样改:在该条答复中补“落实”或“依据”,或改用相符的结论。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Answer, Fulfilment
from xinfang.model.words import Outcome, Purpose
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "32"), cite("条例", "29"))
ROWS = ("R11",)

_OF_SUGGESTIONS: Final = frozenset({Outcome.ADOPTED, Outcome.PARTLY_ADOPTED, Outcome.NOT_ADOPTED})
_PROMISES: Final = frozenset({Outcome.SUPPORTED, Outcome.PARTLY})
_NEED_BASIS: Final = frozenset({Outcome.PARTLY, Outcome.EXPLAINED, Outcome.NOT_SUPPORTED})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield what is lacking in each answer that stands."""
    for answer in matter.answers.values():
        if (answer.outcome in _OF_SUGGESTIONS) != (matter.case.purpose is Purpose.SUGGESTION):
            yield Fault(
                matter.at(answer, "结论"),
                f"{matter.case.purpose}的结论不用“{answer.outcome}”",
                "建议意见用采纳、部分采纳、不予采纳;申诉求决用支持、部分支持、解释说明、不予支持",
            )
        if answer.outcome in _PROMISES and answer.execution is None and not _kept(matter, answer):
            yield Fault(
                matter.at(answer, "结论"),
                f"第 {answer.claim} 条结论为{answer.outcome},没有写明怎样落实",
                "请补“落实”:责任部室、期限、方式",
            )
        if answer.outcome in _NEED_BASIS and not answer.basis:
            yield Fault(
                matter.at(answer, "结论"),
                f"第 {answer.claim} 条结论为{answer.outcome},没有依据",
                "请补“依据”:法律法规政策的全称与条款",
            )


def _kept(matter: Matter, answer: Answer) -> bool:
    return any(step.claim == answer.claim for step in matter.of(Fulfilment))
