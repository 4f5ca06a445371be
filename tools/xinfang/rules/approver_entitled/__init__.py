"""答复由有权的领导签批:单部室按口径,多部室须分管领导或主要负责人。

需多个部室协调的答复报分管领导书面签署后方可发出;部室不得以内设机构名义对外答复,所以单部室的答复
也由分管领导签批(口径 A4,可在 office.yaml 的“口径”中调整)。重大事项宜由主要负责人签批。

怎样改:请有权的领导签批后补记;签批人的职权在 office.yaml 的“人员”中登记。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Approval
from xinfang.model.words import Role
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("口径", "A4"))
ROWS = ("R30", "R31")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield the approvals of an answer when none of them is by somebody who may approve it."""
    signed = [
        (approval, post.role)
        for approval in matter.of(Approval)
        if approval.paper in ANSWERS
        and (post := matter.post(approval.signer, approval.day)) is not None
    ]
    roles = {role for _, role in signed}
    policy, count = matter.office.policy, len(matter.departments)
    needed = policy.joint_approver if count > 1 else policy.single_approver
    if not roles & {needed, Role.HEAD}:
        kind = f"{count} 个部室办理的" if count > 1 else "单部室办理的"
        for approval, role in signed:
            yield Fault(
                matter.at(approval, "签批人"),
                f"{kind}答复应由{needed}签批,现由{role}签批",
                f"请{needed}或主要负责人签批后补记",
            )
    elif matter.case.grave and Role.HEAD not in roles:
        yield Fault(
            matter.at(signed[-1][0], "签批人"),
            f"重大事项的答复宜由主要负责人签批,现由{signed[-1][1]}签批",
            "请核对本单位授权",
            level=Level.HINT,
        )
