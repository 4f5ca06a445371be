"""依据须是依据登记册中有的、当日现行有效的文件。

文书上的“依据”信访人会去查。写错名称,查不到;引用已经废止或还没有施行的,答复就站不住。条文的内容仍要人
来核对,本条只核对名称和效力。

怎样改:写文件的全称和条款,如“保障农民工工资支付条例 第三十条”;确属有效而登记册没有的,先核对原文,再
登记到依据登记册。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from xinfang.diagnostics import KeyPath, Level
from xinfang.law import Work, cite, recognise
from xinfang.matter import Matter
from xinfang.model.steps import Acceptance, Assistance, Draft, Referral, Refusal
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·一"), cite("条例", "32"))
ROWS = ("R02", "R38")

#: The same few works are cited in every case.
_recognise: Final = lru_cache(maxsize=4096)(recognise)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield bases that nobody knows, and those not in force on the day of the step."""
    for step in matter.steps:
        if isinstance(step, Draft):
            for answer in step.answers:
                yield from _faults(matter, answer, answer.basis, step.day)
        elif isinstance(step, (Acceptance, Assistance, Referral, Refusal)):
            yield from _faults(matter, step, step.basis, step.day)


def _faults(matter: Matter, part: object, basis: list[str], day: date) -> Iterator[Fault]:
    for index, text in enumerate(basis):
        work = _recognise(text)
        if work is None:
            yield Fault(
                matter.at(part, "依据", index),
                "依据登记册中没有这个文件",
                "请写文件的全称和条款;确属有效的,先登记",
                level=Level.WARNING,
            )
        elif work.holds_on(day) is False:
            yield _not_in_force(matter.at(part, "依据", index), work, day)


def _not_in_force(keys: KeyPath, work: Work, day: date) -> Fault:
    if work.repealed is not None and day >= work.repealed:
        return Fault(
            keys,
            f"{work.name}已于 {work.repealed} 废止,{day} 不得作为依据",
            "请改引现行有效的文件",
        )
    return Fault(
        keys,
        f"{work.name}自 {work.in_force} 起施行,{day} 还没有生效",
        "请改引当日有效的文件",
    )
