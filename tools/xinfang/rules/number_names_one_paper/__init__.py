"""在一件事项里,一个文号也只能用于一份文书;作废的文号不再用。

两份文书同一文号,送达回证、复查申请上写的是哪一份就说不清。告知书里同时写明引导途径的,“告知”和“引导”是同一
份文书,可以写同一个文号;先由“出具”编号、再记到步骤里的,也是同一份。

怎样改:后发出的一份改用下一个文号,通知收件人,并用“更正”改正;已作废的,改用新的文号。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import (
    Issue,
    Notice,
    Referral,
    Refusal,
    Reply,
    StepBase,
    VoidPaper,
)
from xinfang.model.words import PaperKind
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("公文条例"))
ROWS = ("R03", "R20")

#: Notices that may tell the legal routes of some claims as well.
_TELL_ROUTES: Final = frozenset({PaperKind.RECEIPT_NOTICE, PaperKind.ACCEPTANCE_NOTICE})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each further paper with a number that one has, and each with a number voided before."""
    late = list(_voided_before(matter))
    yield from late
    known = {fault.keys for fault in late}
    for fault in (*_used_again(matter), *_issued_again(matter)):
        if fault.keys not in known:
            yield fault


def _used_again(matter: Matter) -> Iterator[Fault]:
    users: dict[str, list[StepBase]] = defaultdict(list)
    for step, number in matter.numbered_papers:
        users[number].append(step)
    for number, steps in users.items():
        told = [step for step in steps if any(_is_same(step, other) for other in steps)]
        right = {id(step) for step in told or steps[:1]}
        for step in steps:
            if id(step) not in right:
                yield _used(matter, step, number, (told or steps)[0])


def _is_same(one: StepBase, other: StepBase) -> bool:
    """Whether two steps of different kinds tell of the same paper."""
    return type(one) is not type(other) and (_tells(one, other) or _tells(other, one))


def _tells(paper: StepBase, step: StepBase) -> bool:
    """Whether the paper of one step is also what another step records."""
    if isinstance(paper, Refusal):
        return isinstance(step, Referral)
    if not isinstance(paper, (Notice, Reply)):
        return False
    if isinstance(step, Referral) and paper.paper in _TELL_ROUTES:
        return True
    return paper.paper in ((step.paper,) if isinstance(step, (Notice, Reply)) else step.PAPERS)


def _issued_again(matter: Matter) -> Iterator[Fault]:
    """Yield issues of another paper under a number; versions of one paper share theirs."""
    first: dict[str, Issue] = {}
    compared = {id(step) for step, _ in matter.numbered_papers}
    for step in matter.of(Issue):
        if step.number is None or id(step) in compared:
            continue
        before = first.setdefault(step.number, step)
        if (step.form, step.ordinal) != (before.form, before.ordinal):
            yield _used(matter, step, step.number, before)


def _voided_before(matter: Matter) -> Iterator[Fault]:
    voided: dict[str, date] = {}
    for step in matter.steps:
        number = getattr(step, "number", None)
        if isinstance(step, VoidPaper):
            voided.setdefault(step.number, step.day)
        elif number in voided:
            yield Fault(
                matter.at(step, "文号"),
                f"文号 {number} 已于 {voided[number]} 作废",
                "作废的文号不再用,请改用下一个文号",
            )


def _used(matter: Matter, step: StepBase, number: str, before: StepBase) -> Fault:
    return Fault(
        matter.at(step, "文号"),
        f"文号 {number} 已用于 {before.day} 的{before.KIND}",
        "请改用下一个文号",
    )
