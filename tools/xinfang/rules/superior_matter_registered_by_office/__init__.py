"""上级转送、交办的事项一律由信访办登记、转办和上报。

上级来件有两份答复、两个期限:报上级的和答本人的。部室各自收、各自报,总台账上没有,期限就会漏。

怎样改:由信访办登记;部室先收到的,当日交信访办。登记人写错的,改为实际登记的人。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault
from xinfang.rules._shared import department_of, is_of_office

LEVEL = Level.ERROR
CITES = (cite("细则", "三·一·1"), cite("口径", "A5"), cite("条例", "23¶3"))
ROWS = ("R13", "R12")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a registrar of another department; one who held no post is another rule's matter."""
    case = matter.case
    if not matter.from_above or is_of_office(matter, case.registrar, case.registered):
        return
    department = department_of(matter, case.registrar, case.registered)
    if department is not None:
        yield Fault(
            ("登记人",), f"上级来件由{department}的人登记", "上级来件请由信访办登记、编号和转办"
        )
