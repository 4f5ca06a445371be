"""评估文件的名称和文件夹与编号一致,责任部室是 office.yaml 中的部室,前次评估确有其件。

文件为 cases/decisions/年份/编号.yaml。部室写错,措施就没有人落实。

怎样改:移动文件或改正编号;部室改用 office.yaml 中的名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import KeyPath, Level
from xinfang.law import cite
from xinfang.model import Assessment
from xinfang.register import DECISIONS_FOLDER, Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "六·一"), cite("细则", "六·二"))
ROWS = ("R53",)


def check_decision(decision: Assessment, register: Register) -> Iterator[Fault]:
    """Yield what is named otherwise than the register knows it."""
    number = decision.number
    right = f"{DECISIONS_FOLDER}/{number[3:7]}/{number}.yaml"
    path = register.path_of(decision)
    if path and path != right:
        yield Fault(("编号",), f"编号 {number} 与文件名或文件夹不符", f"文件应为 {right}")
    known = {loaded.record.number for loaded in register.decisions if loaded.record}
    if decision.earlier and decision.earlier not in known:
        yield Fault(("前次评估",), "没有这个编号的评估", "请核对编号")
    office = register.office
    for keys, name in _departments(decision):
        if office is not None and office.department(name) is None:
            yield Fault(keys, "office.yaml 中没有这个部室", "请改用已登记的名称;此处不写个人")


def _departments(decision: Assessment) -> Iterator[tuple[KeyPath, str]]:
    yield ("责任主体",), decision.department
    for place, index, measure in decision.measures():
        yield ("风险点", place, "措施", index, "责任"), measure.owner
    for index, signature in enumerate(decision.signatures):
        yield ("会签", index, "部室"), signature.department
