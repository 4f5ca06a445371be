"""出具的版本从第 1 版起一版一版地记,同一份文书不跳版、不重版。

“出具”由 xinfang issue 记,是文书发出的凭据:哪一版、什么文号、文件的散列。手工改过的,核验时对不上。

怎样改:不要手工写“出具”;多记的用“更正”作废,再用 xinfang issue 重新出具。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Issue
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("10号令"))
ROWS = ("R20", "R37")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each version of a paper that is not the one after the last."""
    last: dict[tuple[str, int], int] = defaultdict(int)
    for step in matter.of(Issue):
        paper = (step.form, step.ordinal)
        if step.version != last[paper] + 1:
            yield Fault(
                matter.at(step),
                f"{step.form} 记为第 {step.version} 版,应为第 {last[paper] + 1} 版",
                "请用 xinfang issue 出具,不要手工记版本",
            )
        last[paper] = max(last[paper], step.version)
