"""答复由部室负责人或信访办签批的,要写明授权;多部室的不得低于分管领导。

业务类答复由部室拟稿,以项目部的名义编号、盖项目部的章发出。默认由分管领导签批;单位另有授权的,授权要写得出来,
信访人问起“谁定的”才答得上。需多个部室协调的,细则写明报分管领导书面签署,不能再往下授权。

怎样改:在 office.yaml 中填写“答复授权”,或把“口径”里的“单部室签批”“多部室签批”改为分管领导。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.words import Role
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("口径", "A4"))
ROWS = ("R30", "R31")

#: Who may approve answers without a word of authority.
_LEADERS: Final = frozenset({Role.HEAD, Role.DEPUTY})


def check_office(register: Register) -> Iterator[Fault]:
    """Yield approvers below the leadership whom nothing entitles."""
    office = register.office
    if office is None:
        return
    policy, authority = office.policy, office.reply_authority
    stated = authority is not None and not is_placeholder(authority)
    if policy.single_approver not in _LEADERS and not stated:
        yield Fault(
            ("口径", "单部室签批"),
            f"单部室的答复由{policy.single_approver}签批,没有写明授权",
            "请填写“答复授权”,或改为分管领导",
        )
    if policy.joint_approver not in _LEADERS:
        yield Fault(
            ("口径", "多部室签批"),
            f"多部室的答复不能由{policy.joint_approver}签批",
            "请改为分管领导或主要负责人",
        )
