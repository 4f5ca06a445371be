"""放在 inbox/ 的来件当日就要登记,不能搁着。

登记页、首问登记单生成的来件放进 inbox/,就是已经收到:首问登记和以后每个期限都从收到之日起算,搁一天
就少一天。没有编号的来件不在台账里,谁也不会催。

怎样改:用 xinfang intake 收下,分配编号、打印回执;不属本单位的也先登记,再转送、引导。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.arrivals import read_arrival
from xinfang.clocks import deadlines
from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.fields import parse_moment
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.source import read

LEVEL = Level.WARNING
CITES = (cite("细则", "七·一"), cite("口径", "A3"), cite("条例", "22"))
ROWS = ("R59",)

#: The clock of the first contact; the office may have made it stricter.
_CLOCK: Final = "I1"


def check_books(register: Register) -> Iterator[Fault]:
    """Yield each 来件 that has waited longer than the clock of the first contact allows."""
    clocks = tuple(clock for clock in register.clocks if clock.id == _CLOCK)
    for file in register.inbox_files():
        name = register.name_of(file)
        arrival, _ = read_arrival(read(file, name))
        received = arrival.matter.data.get("收到") if arrival is not None else None
        if received is None:
            continue
        events = {"收到": parse_moment(received).day}
        for found in deadlines(events, frozenset(), register.calendar, register.today, clocks):
            if found.is_missed:
                yield Fault(
                    ("事项", "收到"),
                    f"来件搁了 {found.days_late} 天还没有登记:期限 {found.due}",
                    "请用 xinfang intake 收下",
                    name,
                )
