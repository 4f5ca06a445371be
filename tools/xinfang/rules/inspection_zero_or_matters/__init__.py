"""零报告不列事项,没有事项的写明零报告。

“没有填”和“没有发现”不是一回事。零报告也是报告,要由部室自己写明。

怎样改:没有发现的写“零报告: 是”;有发现的删去“零报告”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Inspection
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·二"),)
ROWS = ("R18",)


def check_inspection(inspection: Inspection, _register: Register) -> Iterator[Fault]:
    """Yield a report that is neither, or both."""
    if inspection.nothing and inspection.concerns:
        yield Fault(("零报告",), "写了零报告,又列了事项", "有发现的,请删去“零报告”")
    if not inspection.nothing and not inspection.concerns:
        yield Fault(("事项",), "没有列事项,也没有写零报告", "没有发现的,请写“零报告: 是”")
