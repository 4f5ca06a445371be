"""“信访办”须是列出的部室之一,部室的名称和别名各不相同。

细则里“办公室”“信访办”“信访办公室”说的是同一个机构,写成一个名称、几个别名。对不上号,登记和转办就认不出
哪一步是信访办做的。

怎样改:“信访办”填部室的名称或别名;一个别名只归一个部室。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·一"), cite("口径", "A16"))
ROWS = ("R12",)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield an office in charge that is no department, and names that two departments share."""
    office = register.office
    if office is None:
        return
    if office.department(office.office_department) is None:
        yield Fault(("信访办",), "“部门”中没有这个部室", "请填写部室的名称或别名")
    owners: dict[str, int] = {}
    for index, department in enumerate(office.departments):
        keys = ("部门", index)
        if owners.setdefault(department.name, index) != index:
            yield Fault((*keys, "名称"), "与另一个部室的名称或别名相同", "请删去重复的一个")
        for number, alias in enumerate(department.aliases):
            if owners.setdefault(alias, index) != index:
                yield Fault(
                    (*keys, "别名", number),
                    "与另一个部室的名称或别名相同",
                    "一个别名只归一个部室",
                )
