"""法定途径要写全:机关、地址、电话、时限、逾期后果;欠薪、结算、工伤至少各有一条。

引导告知书直接印这些内容。写“待定”,信访人就不知道去哪里、什么时候以前去;错过时限,权利就没有了。欠薪、结算、
工伤最常遇到,必须备好;告知途径不等于不管,自己该做的照做。

怎样改:向当地机关核实后填写“途径”;依据写法律的名称和条款。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite, recognise
from xinfang.model.office import LegalRoute
from xinfang.model.texts import texts_of
from xinfang.model.words import Category
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder
from xinfang.rules._shared import field_of

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·3"), cite("条例", "23"), cite("条例", "31"))
ROWS = ("R26",)

#: Kinds of matter that a project meets first and that have periods to miss.
_COMMON: Final = (Category.WAGES, Category.SETTLEMENT, Category.INJURY)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield routes that cannot be printed, and common kinds of matter without a route."""
    office = register.office
    if office is None:
        return
    names: set[str] = set()
    for index, route in enumerate(office.routes):
        if route.name in names:
            yield Fault(("途径", index, "名称"), "途径名称重复", "请合并或改名")
        names.add(route.name)
        yield from _route_faults(index, route, register.today)
    covered = {category for route in office.routes for category in route.categories}
    missing = [category for category in _COMMON if category not in covered]
    if missing:
        yield Fault(
            ("途径",),
            f"没有适用的法定途径:{'、'.join(missing)}",
            "请在“途径”中补上,并填“适用类别”",
            level=Level.WARNING,
        )


def _route_faults(index: int, route: LegalRoute, today: date) -> Iterator[Fault]:
    for keys, text in texts_of(route, ("途径", index)):
        if is_placeholder(text):
            yield Fault(keys, f"途径的“{field_of(keys)}”没有真正填写", "请向当地机关核实后填写")
        elif field_of(keys) == "依据":
            work = recognise(text)
            if work is None:
                yield Fault(
                    keys,
                    "依据登记册中没有这个文件",
                    "请写文件的名称和条款;确属有效的,先登记",
                    level=Level.WARNING,
                )
            elif work.holds_on(today) is False:
                yield Fault(keys, f"{work.name}在 {today} 不是有效的文件", "请改引现行有效的文件")
    if not route.basis:
        yield Fault(("途径", index), "途径没有写依据", "请填写“依据”", level=Level.WARNING)
