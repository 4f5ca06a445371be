"""Which steps may come next, and why others may not: the rules are asked, nothing is listed here.

Each kind of step is put behind the others as if all else about it were sound, and the rules that
know the order of things look at it. What they would newly object to is the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from xinfang import rules
from xinfang.asking.choices import people
from xinfang.asking.questions import Option, stand_in
from xinfang.desk import next_step
from xinfang.diagnostics import Level
from xinfang.entering import fields_of, slot_of
from xinfang.matter import Matter
from xinfang.model import STEP_TYPES, Case
from xinfang.model.steps import Erasure, Issue, StepBase
from xinfang.register import Register

#: Rules that know what must have come before a step; what is in the step itself is not theirs.
ORDER: Final = (
    "accusation-sealed",
    "approval-without-draft",
    "claim-number-exists",
    "closed-before-archived",
    "closed-with-open-promise",
    "closed-without-answer",
    "closed-without-service",
    "closed-without-telling",
    "closing-way-proven",
    "every-claim-answered",
    "extension-in-time",
    "extension-within-30",
    "reply-before-approval",
    "reply-without-draft",
    "service-without-reply",
    "steps-in-order",
    "wages-not-closed-by-referral",
)
#: Steps that commands of their own record.
_BY_COMMANDS: Final = (Issue, Erasure)


@dataclass(frozen=True, slots=True)
class Possible:
    """A kind of step, and whether it may come next.

    Attributes:
        kind: Its word.
        usual: Whether it is what usually comes next.
        reason: Why it may not come next; empty where it may.
    """

    kind: str
    usual: bool
    reason: str


def possible_steps(register: Register, matter: Matter) -> list[Possible]:
    """List every kind of step: the usual ones first, then what may come, then what may not."""
    usual = usual_kinds(matter)
    known = frozenset(_objections(matter))
    found = [
        Possible(kind, kind in usual, _reason(register, matter, kind, known))
        for kind, model in STEP_TYPES.items()
        if model not in _BY_COMMANDS
    ]
    order = {kind: index for index, kind in enumerate(usual)}
    last = len(order)
    return sorted(found, key=lambda one: (bool(one.reason), order.get(one.kind, last)))


def usual_kinds(matter: Matter) -> list[str]:
    """List the kinds of step that the sentence about what comes next names, in its order."""
    words = sorted(STEP_TYPES, key=len, reverse=True)
    return list(dict.fromkeys(re.findall("|".join(words), next_step(matter))))


def _reason(register: Register, matter: Matter, kind: str, known: frozenset[str]) -> str:
    """Give what the rules newly object to; empty where one way to take the step will do."""
    reasons = []
    for after in _with_step(register, matter, kind):
        reason = next((said for said in _objections(after) if said not in known), "")
        if not reason:
            return ""
        reasons.append(reason)
    return reasons[0]


def _objections(matter: Matter) -> Iterator[str]:
    for rule, fault in rules.faults(matter, ORDER):
        if (rule.level if fault.level is None else fault.level) is Level.ERROR:
            yield fault.message


def _with_step(register: Register, matter: Matter, kind: str) -> Iterator[Matter]:
    """See the matter with the step behind the others, once for each way it may be taken."""
    person = next(iter(people(register)), Option("某")).value
    model = STEP_TYPES[kind]
    least = {**stand_in(model, register.today, person), "事项": kind}
    for ways in _ways(model):
        step = model.model_validate({**least, **ways})
        case: Case = matter.case.model_copy(update={"steps": [*matter.case.steps, step]})
        yield register.matter(case, matter.path)


def _ways(model: type[StepBase]) -> list[dict[str, Any]]:
    """List the choices that a step cannot do without, one by one; one empty where it has none."""
    for key, field in fields_of(model).items():
        options = slot_of(field).options
        if field.is_required() and key != "事项" and options:
            several = slot_of(field).several
            return [{key: [word] if several else word} for word in options]
    return [{}]
