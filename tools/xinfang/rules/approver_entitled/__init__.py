"""答复由有权的领导签批:单部室按口径,多部室须分管领导或主要负责人。

需多个部室协调的答复报分管领导书面签署后方可发出;部室不得以内设机构名义对外答复,所以单部室的答复
也由分管领导签批(口径 A4,可在 office.yaml 的“口径”中调整)。重大事项宜由主要负责人签批。

怎样改:请有权的领导签批后补记;签批人的职权在 office.yaml 的“人员”中登记。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Approval
from xinfang.model.words import Role
from xinfang.rules import Fault
from xinfang.rules._shared import department_name

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("口径", "A4"))
ROWS = ("R30", "R31")

#: Who may approve an answer, the highest first; whoever stands higher may do it too.
_RANKS: Final = (Role.HEAD, Role.DEPUTY, Role.OFFICE_HEAD, Role.DEPARTMENT_HEAD)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield the approvals of an answer when none of them is by somebody who may approve it."""
    sent = matter.reply.day if matter.reply else matter.today
    signed = [
        (approval, post.role)
        for approval in matter.of(Approval)
        if approval.paper in ANSWERS
        and approval.day <= sent
        and (post := matter.post(approval.signer, approval.day)) is not None
    ]
    if not signed:
        return
    roles = {role for _, role in signed}
    needed, kind = _needed(matter)
    if roles.isdisjoint(_at_least(needed)):
        for approval, role in signed:
            yield Fault(
                matter.at(approval, "签批人"),
                f"{kind}答复应由{needed}签批,现由{role}签批",
                f"请{needed}{'' if needed is Role.HEAD else '或主要负责人'}签批后补记",
            )
    elif matter.case.grave and Role.HEAD not in roles:
        yield Fault(
            matter.at(signed[-1][0], "签批人"),
            f"重大事项的答复宜由主要负责人签批,现由{signed[-1][1]}签批",
            "请核对本单位授权",
            level=Level.HINT,
        )


def _needed(matter: Matter) -> tuple[Role, str]:
    """Give the lowest role that may approve, and the kind of answer for the message."""
    policy = matter.office.policy
    names = matter.departments
    count = len({department_name(matter, name) for name in names}) if len(names) > 1 else 1
    if count == 1:
        return policy.single_approver, "单部室办理的"
    # 细则 四·三·1 leaves no room below 分管领导 here, whatever the office has set.
    head = policy.joint_approver is Role.HEAD
    return Role.HEAD if head else Role.DEPUTY, f"{count} 个部室办理的"


def _at_least(role: Role) -> frozenset[Role]:
    """Give a role and those above it."""
    return frozenset(_RANKS[: _RANKS.index(role) + 1] if role in _RANKS else (role, Role.HEAD))
