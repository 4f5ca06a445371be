"""步骤里写的部室须是 office.yaml 中的部室或其别名。

部室写错一个字,期限就算到没有的部室头上,待办清单里也找不到人。“被反映部室”只写部室,不写个人。

怎样改:改用 office.yaml 中的名称;确有新设部室的,先在 office.yaml 中登记。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import KeyPath, Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import (
    Countersignature,
    Draft,
    Feedback,
    Reminder,
    StepBase,
    Supervision,
    Transfer,
)
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·四·3"), cite("细则", "二·二"))
ROWS = ("R10", "R49")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield every department that the office does not know."""
    for keys, name in _named(matter):
        if matter.office.department(name) is None:
            yield Fault(
                keys,
                "office.yaml 中没有这个部室",
                "请改用已登记的名称或别名;此处不写个人",
            )


def _named(matter: Matter) -> Iterator[tuple[KeyPath, str]]:
    for index, name in enumerate(matter.case.concerned):
        yield ("被反映部室", index), name
    for step in matter.steps:
        yield from _named_in(matter, step)


def _named_in(matter: Matter, step: StepBase) -> Iterator[tuple[KeyPath, str]]:
    match step:
        case Transfer():
            yield matter.at(step, "主办"), step.lead
            for index, name in enumerate(step.joint):
                yield matter.at(step, "协办", index), name
        case Feedback() | Reminder() | Supervision() | Countersignature():
            yield matter.at(step, "部门"), step.department
        case Draft():
            for answer in step.answers:
                if answer.execution:
                    yield matter.at(answer, "落实", "责任部室"), answer.execution.department
