"""转送、并案办结的,要先告知信访人转到了哪里、并到了哪一件。

信访人不知道事情到了谁手里,就等于没有下文。姓名或住址不清、无法告知的除外。

怎样改:告知信访人,在“转送”或“并案”中填“告知日期”,再办结。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Forwarding, Merge
from xinfang.model.words import Closing
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "23¶1"), cite("细则", "四·一·2"), cite("口径", "A7"))
ROWS = ("R25", "R44")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a closing by passing on or merging before the petitioner was told."""
    closure = matter.closure
    if closure is None or "无法告知" in matter.conditions:
        return
    steps: list[Forwarding] | list[Merge] = []
    if closure.way is Closing.FORWARDED:
        steps = matter.of(Forwarding)
    elif closure.way is Closing.MERGED:
        steps = matter.of(Merge)
    if steps and not any(step.told_on and step.told_on <= closure.day for step in steps):
        yield Fault(
            matter.at(steps[-1], "告知日期"),
            f"{closure.day} 以{closure.way}办结,此前没有告知信访人",
            "请告知信访人并填写“告知日期”",
        )
