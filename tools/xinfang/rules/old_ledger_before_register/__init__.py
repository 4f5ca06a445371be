"""以“旧台账”办结,只限登记册起始年份以前已经办结的事项。

启用登记册以前的事项按旧台账导入,当年怎样答复、怎样送达,台账往往没有写全,补不出来的不编造。登记册启用以后
的事项,办结必须有答复、送达等步骤为凭,不能借“旧台账”绕过去。起始年份写在 office.yaml 的“登记册”里。

怎样改:起始年份以后办结的,照实补记拟办、签批、答复、送达,再以答复办结;日期写错的用“更正”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import Closing
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("口径", "A7"), cite("细则", "四·三·1"))
ROWS = ("R11", "R44")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a closing by the old ledger in a year of this register."""
    closure = matter.closure
    if closure is None or closure.way is not Closing.OLD_LEDGER:
        return
    first = matter.office.register_.first_year
    if first is None or closure.day.year >= first:
        began = f"登记册 {first} 年起登记" if first else "office.yaml 没有写登记册的起始年份"
        yield Fault(
            matter.at(closure, "方式"),
            f"{closure.day} 以旧台账办结,{began}",
            "起始年份以后的事项,请补记答复、送达等步骤,以相符的方式办结",
        )
