"""登记、经办、审批的人当天须在 office.yaml 的任职期内。

责任到岗位、到人。审批的人那天不在岗,审批就没有效力;经办的人查不到,期限就没有人负责。离任的人不删除,
填“至”,旧文书上的署名才一直查得到。

怎样改:核对姓名和日期;新到岗的先在 office.yaml 的“人员”中登记。首问人可以是任何人,查不到只作提示。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from xinfang.diagnostics import KeyPath, Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault
from xinfang.rules._shared import acting_names, field_of

LEVEL = Level.WARNING
CITES = (cite("细则", "三·三"), cite("口径", "A4"))
ROWS = ("R06",)

#: Those whose act has no force unless they held their post.
_DECIDING: Final = frozenset({"审批人", "签批人", "批准人", "决定人"})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield names that held no post on the day they stand for."""
    case, office = matter.case, matter.office
    if office.post(case.registrar, case.registered) is None:
        yield _fault(matter, ("登记人",), case.registrar, case.registered)
    if case.first_contact and office.post(case.first_contact, case.received.day) is None:
        yield _fault(matter, ("首问人",), case.first_contact, case.received.day)
    for step in matter.steps:
        for keys, name in acting_names(step):
            if office.post(name, step.day) is None:
                yield _fault(matter, matter.at(step, *keys), name, step.day)


def _fault(matter: Matter, keys: KeyPath, name: str, day: date) -> Fault:
    field = field_of(keys)
    known = any(post.name == name for post in matter.office.posts)
    return Fault(
        keys,
        f"{field}于 {day} 不在任职期内" if known else f"{field}不在 office.yaml 的人员中",
        "请核对姓名和日期,或在 office.yaml 中登记其岗位和任期",
        level=_level(field),
    )


def _level(field: str) -> Level:
    if field in _DECIDING:
        return Level.ERROR
    return Level.HINT if field == "首问人" else LEVEL
