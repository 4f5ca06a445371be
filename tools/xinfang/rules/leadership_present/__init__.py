"""主要负责人、分管领导、信访办须有人在任,每个部室须有负责人或联络员。

延期要主要负责人批,答复要分管领导签,登记转办要信访办的人做。岗位空着,事情就卡在那里,期限照样走。离任的填
“至”,同时补上接任的人。

怎样改:在“人员”中登记现任的人和任职日期;部室的“联络员”换成在任的人。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.office import Office
from xinfang.model.words import Role
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·三"), cite("条例", "14¶2"), cite("条例", "15"))
ROWS = ("R06", "R19")

#: What must be held by somebody every day: any one of the roles will do.
_NEEDED: Final = (
    (Role.HEAD,),
    (Role.DEPUTY,),
    (Role.OFFICE_HEAD, Role.CLERK),
)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield roles that nobody holds today, and departments where nobody answers."""
    office = register.office
    if office is None:
        return
    today = register.today
    for roles in _NEEDED:
        if not any(office.holders(role, today) for role in roles):
            yield Fault(
                ("人员",),
                f"{today} 没有人在任:{'或'.join(roles)}",
                "请在“人员”中登记现任的人",
            )
    yield from _department_faults(office, today)


def _department_faults(office: Office, today: date) -> Iterator[Fault]:
    staffed = {
        department.name
        for post in office.posts
        if post.holds_on(today)
        and post.role is not Role.OTHER
        and (department := office.department(post.department)) is not None
    }
    for index, department in enumerate(office.departments):
        keys = ("部门", index)
        if department.liaison and office.post(department.liaison, today) is None:
            yield Fault(
                (*keys, "联络员"),
                f"{department.name}的联络员 {today} 不在任",
                "请换成在任的人",
                level=Level.WARNING,
            )
        elif not department.liaison and department.name not in staffed:
            yield Fault(
                keys,
                f"{department.name}没有在任的负责人或联络员",
                "请登记部门负责人或联络员",
                level=Level.WARNING,
            )
