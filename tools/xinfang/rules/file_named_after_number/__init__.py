"""文件名和所在文件夹须与编号一致:cases/年份/编号.yaml。

一件事项一个编号一个文件。文件名不对,按编号就找不到它;两个文件写同一个编号,后一个会盖住前一个。

怎样改:把文件移到 cases/编号中的年份/编号.yaml,或改正编号。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·三"),)
ROWS = ("R20",)

_FOLDER = "cases/"


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a case of the register that does not stand where its number says."""
    number = matter.case.number
    right = f"{_FOLDER}{number[3:7]}/{number}.yaml"
    if matter.path.startswith(_FOLDER) and matter.path != right:
        yield Fault(("编号",), f"编号 {number} 与文件名或文件夹不符", f"文件应为 {right}")
