"""复查、复核意见要写明结论、查明的事实、依据和文号。

维持、撤销还是变更,信访人要看得明白,原办理单位要照着办。没有结论的“意见”不是答复。

怎样改:在“复查”“复核”步骤(阶段: 意见)中补填“结论”“内容”“查明”“依据”“文号”,写错的用“更正”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "35"), cite("条例", "36"), cite("条例", "32"))
ROWS = ("R29",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield what this unit's opinion on a review does not say."""
    opinion = matter.own_opinion
    if opinion is None:
        return
    needed = {
        "结论": opinion.result,
        "内容": opinion.content,
        "查明": opinion.facts,
        "依据": opinion.basis,
        "文号": opinion.number,
    }
    missing = [key for key, value in needed.items() if not value]
    if missing:
        yield Fault(
            matter.at(opinion, missing[0]),
            f"{opinion.KIND}意见没有写{'、'.join(missing)}",
            "结论写维持、撤销或变更;请补齐",
        )
