"""编号中的年份须是登记的年份。

编号每年从 0001 起编。去年收到、今年登记的用今年的编号,否则两年的台账都对不上数。

怎样改:改用登记当年的下一个编号,或更正登记日期。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·三"),)
ROWS = ("R20",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a number of another year."""
    case = matter.case
    if case.number[3:7] != f"{case.registered.year:04d}":
        yield Fault(
            ("编号",),
            f"编号是 {case.number[3:7]} 年的,登记日期是 {case.registered}",
            f"请用 {case.registered.year} 年的编号",
        )
