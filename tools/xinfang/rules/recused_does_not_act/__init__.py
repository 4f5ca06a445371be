"""回避以后,回避的人不得再办理、调查、会签或审批这件事。

与事项有直接利害关系的人继续经手,结论再对也没有人信。回避的决定人也不能是回避的人自己。

怎样改:由接替人重新办理回避以后的步骤;写错经办人的,用“更正”改正。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Correction, Recusal
from xinfang.rules import Fault
from xinfang.rules._shared import actors, field_of

LEVEL = Level.ERROR
CITES = (cite("细则", "五·一"), cite("条例", "28"))
ROWS = ("R38",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield what a recused person did afterwards."""
    recusals = matter.of(Recusal)
    if not recusals:
        return
    since: dict[str, Recusal] = {}
    for step in matter.steps:
        if not isinstance(step, Correction):
            for keys, name in actors(matter, step):
                recusal = since.get(name)
                if recusal is not None and step.day >= recusal.day:
                    yield Fault(
                        keys,
                        f"{step.day} 的{step.KIND}中,{field_of(keys)}已于 {recusal.day} 回避",
                        "请由接替人办理",
                    )
        if isinstance(step, Recusal):
            since[step.post] = step
            if step.decided_by == step.post:
                yield Fault(matter.at(step, "决定人"), "回避由本人自己决定", "请由其上级领导决定")
