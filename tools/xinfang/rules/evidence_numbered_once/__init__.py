"""同一事项中的证据编号不得重复。

一个编号对应两份证据,答复里引用它就说不清是哪一份。

怎样改:后登记的一份改用新的编号,并核对引用它的答复。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Investigation
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·一"), cite("条例", "28"))
ROWS = ("R38",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield every second use of an evidence number."""
    seen: set[str] = set()
    for step in matter.of(Investigation):
        for index, item in enumerate(step.evidence):
            if item.number in seen:
                yield Fault(
                    matter.at(step, "证据", index, "编号"),
                    f"证据编号 {item.number} 重复",
                    "请改用新的编号",
                )
            seen.add(item.number)
