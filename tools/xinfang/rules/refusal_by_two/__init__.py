"""不予受理和引导须两人经手:经办人拟办,分管领导或主要负责人审批。

不予受理等于关上门,引导等于请信访人另走一扇门,一个人不能说了算。不予受理只用于少数几种情形(下级单位正在办理、
复核终结后以同一事实和理由再次提出等);能引导、能转送的,引导、转送,不用不予受理。引导编了文号、发出告知书的,
也要两人经手。

怎样改:写明经办人,请分管领导或主要负责人审批;审批人写错的用“更正”。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Referral, Refusal
from xinfang.model.words import Role
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·3"), cite("条例", "19"), cite("条例", "36"))
ROWS = ("R26",)

_ENTITLED: Final = frozenset({Role.DEPUTY, Role.HEAD})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each refusal or referral that two persons did not decide, or whose approver may not."""
    for refusal in matter.of(Refusal):
        yield from _faults(matter, refusal)
    for referral in matter.of(Referral):
        # One told by word of mouth, or in a notice of receipt, has no paper of its own.
        if referral.number or referral.approver:
            yield from _faults(matter, referral)


def _faults(matter: Matter, step: Refusal | Referral) -> Iterator[Fault]:
    post = matter.post(step.approver, step.day)
    if step.handler is None:
        yield Fault(
            matter.at(step, "经办"),
            f"{step.KIND}没有写明经办人,看不出由两人经手",
            "请填写“经办”,与审批人不是同一人",
        )
    elif step.approver is None:
        yield Fault(
            matter.at(step, "文号"),
            f"{step.KIND}编了文号,没有写明审批人",
            "请由分管领导或主要负责人审批,填写“审批人”",
        )
    elif step.handler == step.approver:
        yield Fault(
            matter.at(step, "审批人"),
            f"{step.KIND}的经办人和审批人是同一人",
            "请由分管领导或主要负责人审批",
        )
    elif post is not None and post.role not in _ENTITLED:
        yield Fault(
            matter.at(step, "审批人"),
            f"{step.KIND}应由分管领导或主要负责人审批,现由{post.role}审批",
            "请由分管领导或主要负责人审批",
        )
