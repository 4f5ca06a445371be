"""本单位自定的期限只能比默认的更严,并有自己的依据。

国家期限是信访人的权利,单位不能自己放宽;放宽的设置不会生效,仍按原期限提醒。

怎样改:改为更短的天数并写明依据,或删去这一项。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·2"), cite("口径", "A1"), cite("条例", "34"))
ROWS = ("R24",)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield the limits that were not applied."""
    for problem in register.clock_problems:
        yield Fault(("期限", problem.clock), problem.message, problem.mend)
