"""排查文件放在 cases/inspections/月份/部室.yaml,部室是 office.yaml 中的部室。

怎样改:移动文件,或改正“部室”“月份”;部室改用 office.yaml 中的名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model import Inspection
from xinfang.register import INSPECTIONS_FOLDER, Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "二·一"), cite("细则", "三·二"))
ROWS = ("R18",)


def check_inspection(inspection: Inspection, register: Register) -> Iterator[Fault]:
    """Yield what is named otherwise than the register knows it."""
    path = register.path_of(inspection)
    right = f"{INSPECTIONS_FOLDER}/{inspection.month}/{inspection.department}.yaml"
    if path and path != right:
        yield Fault(("部室",), "部室、月份与文件名或文件夹不符", f"文件应为 {right}")
    office = register.office
    if office is not None and office.department(inspection.department) is None:
        yield Fault(("部室",), "office.yaml 中没有这个部室", "请改用已登记的名称")
    for index, concern in enumerate(inspection.concerns):
        if office is not None and office.department(concern.owner) is None:
            yield Fault(
                ("事项", index, "责任"), "office.yaml 中没有这个部室", "责任写部室,不写个人"
            )
