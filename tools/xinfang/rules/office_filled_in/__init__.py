"""office.yaml 里标着“待填”的,都要填上。

新建登记册时还不知道的,先写“待填”占着位置。印出来的文书、公布的电话都从这里取,“待填”印在纸上就是给信访人的
空话;负责人写着“待填”,延期和签批就没有人可找。

怎样改:逐处换成实际的名称、地址、电话、姓名;确实没有的可选项,整行删去。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.texts import texts_of
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._shared import field_of

LEVEL = Level.ERROR
CITES = (cite("细则", "三·三"), cite("条例", "18"))
ROWS = ("R03", "R06", "R08")

_OPEN: Final = "待填"
#: Looked at by rules of their own, whatever stands there instead of an answer.
_ELSEWHERE: Final = frozenset({"渠道", "途径", "代字", "复查机构"})
_NAMES: Final = frozenset({"全称", "简称"})


def check_office(register: Register) -> Iterator[Fault]:
    """Yield each text that is still to be filled in and that no other rule looks at."""
    if register.office is None:
        return
    for keys, text in texts_of(register.office):
        if _OPEN not in text or keys[0] in _ELSEWHERE:
            continue
        if keys[0] == "单位" and keys[-1] in _NAMES:
            continue
        yield Fault(keys, f"“{field_of(keys)}”还没有填", "请换成实际的内容;可选的没有就删去这一行")
