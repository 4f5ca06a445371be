"""撤回须是信访人本人的书面撤回。

口头说“算了”不能办结:事后说不清是不是本人的意思,也可能是被劝回去的。没有书面申请,事项照常办理、书面答复。

怎样改:取得本人签名的撤回申请,填“书面: 是”和“凭证”;没有的,用“更正”作废这一步,继续办理。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Withdrawal
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("口径", "A7"), cite("细则", "四·一·2"))
ROWS = ("R44",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield withdrawals that are not in writing, or whose paper is not named."""
    for step in matter.of(Withdrawal):
        if not step.written:
            yield Fault(
                matter.at(step, "书面"),
                f"{step.day} 撤回,没有本人的书面申请",
                "请取得本人签名的撤回申请;没有的继续办理并书面答复",
            )
        elif step.document is None:
            yield Fault(
                matter.at(step),
                "书面撤回没有写明凭证",
                "请填写“凭证”:撤回申请的名称或编号",
                level=Level.WARNING,
            )
