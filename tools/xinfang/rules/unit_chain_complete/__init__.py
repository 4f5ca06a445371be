"""本单位要写明上级,上级之上还要有一级,复查、复核才有去处。

项目部的意见由分局复查,分局的意见由工程局复核。链条断了,信访人的救济就断了。全称、简称印在文书上,应写规范
的名称,各不相同。

怎样改:在“单位”中由下而上补齐,并填“上级”;本单位的上一级就是最高一级的,与其核实复核由谁办理。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.office import Office
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·3"), cite("口径", "A10"), cite("条例", "35"), cite("条例", "36"))
ROWS = ("R03",)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield a chain that ends too low, and names that cannot be printed."""
    office = register.office
    if office is None:
        return
    yield from _chain_faults(office)
    shorts: set[str] = set()
    for index, unit in enumerate(office.units):
        for key, name in (("全称", unit.name), ("简称", unit.short)):
            if is_placeholder(name):
                yield Fault(("单位", index, key), f"单位的{key}没有真正填写", "请写规范的名称")
        if unit.short in shorts:
            yield Fault(("单位", index, "简称"), "单位简称重复", "请各用各的规范化简称")
        shorts.add(unit.short)


def _chain_faults(office: Office) -> Iterator[Fault]:
    # Codes that name no unit, and circles, are found by own-unit-exists.
    own = office.unit(office.own)
    if own is None:
        return
    place = office.units.index(own)
    if own.superior is None:
        yield Fault(
            ("单位", place), f"{own.short}没有写上级,复查没有去处", "请列出上级单位并填“上级”"
        )
        return
    above = office.unit(own.superior)
    if above is not None and above.superior is None:
        yield Fault(
            ("单位", office.units.index(above)),
            f"{above.short}没有写上级,复核没有去处",
            "请补填“上级”;已是最高一级的,与其核实复核由谁办理",
            level=Level.WARNING,
        )
