"""评估的是决策,不评估人:只写群体类别和人数,不写姓名、号码,不给人贴标签。

等级、风险点、措施只能针对决策。写进人的姓名或“重点人员”一类的词,评估就变成了对人的名单。

怎样改:按提示改写;姓名一律改为群体类别和人数。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._people import persons_in

LEVEL = Level.ERROR
CITES = (cite("细则", "六·一"), cite("个保法", "28"))
ROWS = ("R05",)


def check_decision(decision: Assessment, register: Register) -> Iterator[Fault]:
    """Yield each text that labels people, or names somebody of this office."""
    yield from persons_in(decision, register.office)
