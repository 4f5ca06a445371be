"""答复、引导、兑现所指的请求须是登记过的请求。

每条请求都要有自己的答复。号码写错,一条没有人答,另一条答了两次。

怎样改:核对“请求”的序号(从 1 数);新提出的请求先补登记。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import KeyPath, Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Draft, Fulfilment, Referral, StepBase
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·4"), cite("条例", "32"))
ROWS = ("R29",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield numbers of claims that do not exist, and claims answered twice in one draft."""
    count = len(matter.case.claims)
    for step in matter.of(Draft, Referral, Fulfilment):
        seen: set[int] = set()
        for keys, number in _claims(matter, step):
            if not 0 < number <= count:
                yield Fault(keys, f"没有第 {number} 条请求", f"请求共 {count} 条,请核对序号")
            elif number in seen:
                yield Fault(keys, f"第 {number} 条请求重复出现", "请合并,或核对序号")
            seen.add(number)


def _claims(matter: Matter, step: StepBase) -> Iterator[tuple[KeyPath, int]]:
    match step:
        case Draft():
            for answer in step.answers:
                yield matter.at(answer, "请求"), answer.claim
        case Referral():
            for index, number in enumerate(step.claims):
                yield matter.at(step, "请求", index), number
        case Fulfilment():
            yield matter.at(step, "请求"), step.claim
