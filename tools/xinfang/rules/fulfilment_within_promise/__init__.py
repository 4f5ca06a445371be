"""兑现的金额合计应与答复承诺的金额一致。

多于承诺多半是记错了金额或请求;标了“全部兑现”而合计不足,信访人就少拿了钱。承诺的金额也不应多于请求的
金额。

怎样改:核对付款凭证;分次兑现的逐次记,最后一次才填“全部兑现: 是”。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Fulfilment
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·五"), cite("条例", "32"))
ROWS = ("R51",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield payments that do not agree with what was promised, and promises above the claim."""
    yield from _promise_faults(matter)
    paid: dict[int, Decimal] = {}
    for step in matter.of(Fulfilment):
        answer = matter.answers.get(step.claim)
        if answer is None or answer.execution is None:
            yield Fault(
                matter.at(step, "请求"),
                f"第 {step.claim} 条请求的答复中没有“落实”,却记了兑现",
                "请核对序号,或在拟办中补写“落实”",
                level=Level.WARNING,
            )
            continue
        total = paid[step.claim] = paid.get(step.claim, Decimal(0)) + (step.amount or 0)
        promised = answer.execution.amount
        if promised is None:
            continue
        if total > promised:
            yield Fault(
                matter.at(step, "金额"),
                f"第 {step.claim} 条请求兑现合计 {total} 元,多于承诺的 {promised} 元",
                "请核对付款凭证和承诺金额",
            )
        elif step.complete and total < promised:
            yield Fault(
                matter.at(step, "全部兑现"),
                f"第 {step.claim} 条请求兑现合计 {total} 元,少于承诺的 {promised} 元",
                "尚未付清的请填“全部兑现: 否”;付清的请补记金额",
            )


def _promise_faults(matter: Matter) -> Iterator[Fault]:
    for number, answer in matter.answers.items():
        claim = matter.claim(number)
        if answer.execution is None or claim is None or claim.amount is None:
            continue
        promised = answer.execution.amount
        if promised is not None and promised > claim.amount:
            yield Fault(
                matter.at(answer, "落实", "金额"),
                f"承诺 {promised} 元,多于第 {number} 条请求的 {claim.amount} 元",
                "请核对两个金额",
                level=Level.WARNING,
            )
