"""“本单位”和各“上级”须是“单位”中列出的代号,由下而上成一条链。

文书的落款、上报的对象、复查的机构都从这里取。代号对不上,就会用错单位的名义发文,或找不到复查机构。

怎样改:核对代号;上级不得绕回自己,全称不得重复。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.office import Office, Unit
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "八"), cite("口径", "A10"), cite("口径", "A16"))
ROWS = ("R03", "R64")


def check_office(register: Register) -> Iterator[Fault]:
    """Yield units that are missing, doubled, or superior to themselves."""
    office = register.office
    if office is None:
        return
    if office.unit(office.own) is None:
        yield Fault(("本单位",), "“单位”中没有“本单位”所指的代号", "请填写已列出的单位代号")
    names: set[str] = set()
    for index, unit in enumerate(office.units):
        keys = ("单位", index)
        if unit.name in names:
            yield Fault((*keys, "全称"), "单位全称重复", "请删去重复的一个")
        names.add(unit.name)
        if unit.superior and office.unit(unit.superior) is None:
            yield Fault((*keys, "上级"), "“单位”中没有这个上级", "请先列出上级单位")
        elif _comes_back(office, unit):
            yield Fault((*keys, "上级"), "上级绕回了本单位自己", "请由下而上填写上级")


def _comes_back(office: Office, unit: Unit) -> bool:
    """Whether following the superiors leads back to the unit itself."""
    seen: list[Unit] = []
    above = office.unit(unit.superior) if unit.superior else None
    while above is not None and above not in seen:
        if above is unit:
            return True
        seen.append(above)
        above = office.unit(above.superior) if above.superior else None
    return False
