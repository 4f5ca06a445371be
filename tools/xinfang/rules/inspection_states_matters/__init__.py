"""月度排查只写事项:不写姓名、号码,不给人贴标签。

排查的是合同、工资、用地、食宿这些管理环节上的问题,不是人。写进姓名,排查就变成了盯人。

怎样改:按提示改写;涉及的人只写人数。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Inspection
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._people import persons_in

LEVEL = Level.ERROR
CITES = (cite("细则", "三·二"), cite("个保法", "28"))
ROWS = ("R18",)


def check_inspection(inspection: Inspection, register: Register) -> Iterator[Fault]:
    """Yield each text that labels people, or names somebody of this office."""
    yield from persons_in(inspection, register.office)
