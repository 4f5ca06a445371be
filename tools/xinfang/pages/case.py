"""What the page of one case shows, prepared from the matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from xinfang.clocks import Deadline, chinese_day
from xinfang.clocks import State as ClockState
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.model.case import Case, Claim, Reviewed
from xinfang.model.steps import (
    Answer,
    Approval,
    Archiving,
    Closure,
    Correction,
    Draft,
    Feedback,
    Forwarding,
    Fulfilment,
    Investigation,
    Notice,
    Referral,
    Refusal,
    Reply,
    Rereview,
    Review,
    Service,
    StepBase,
    Transfer,
)
from xinfang.model.words import ReviewKind
from xinfang.pages.agenda import Due, Promise

#: Fields of a step that stand in its headline or below it, not among its details.
_APART: Final = frozenset({"day", "clock", "kind", "handler", "remark"})
#: What follows the sign of a comment; nobody checks comments for what may not be shown.
_COMMENT: Final = re.compile(r"(?<!\S)#.*")
#: Where a field of the file itself begins: in the first column.
_PART: Final = re.compile(r"^(?=[^\s#-])", re.MULTILINE)
_SHOWN_FIELDS: Final = frozenset(str(f.alias) for f in Case.model_fields.values()) - {"信访人"}
#: A value of more characters stands on lines of its own.
_SHORT: Final = 40


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the stepper.

    Attributes:
        name: 登记, 告知, …
        day: Day on which it was first reached; None where it was not.
        state: done, next, open, or skipped (the matter went on, or ended, without it).
    """

    name: str
    day: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A field of a step: its Chinese name and its value."""

    label: str
    value: Any
    long: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the timeline.

    Attributes:
        number: Its number, from 1, as corrections name it.
        step: The step as it stands now.
        details: Its fields.
        correction: Number of the step that corrected it; 0 where none did.
        annulled: Whether that step annulled it.
    """

    number: int
    step: StepBase
    details: tuple[Detail, ...]
    correction: int
    annulled: bool


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim with its answer and what became of it.

    Attributes:
        number: From 1.
        claim: The claim.
        answer: The answer that stands; None while there is none.
        outcome: Outcome in words, also for a claim that was referred or waits.
        tone: Tone of the outcome.
        promise: What became of the promise, in words; empty where there is none.
        promise_tone: Tone of the promise.
        kept: What was carried out.
    """

    number: int
    claim: Claim
    answer: Answer | None
    outcome: str
    tone: str
    promise: str
    promise_tone: str
    kept: tuple[Fulfilment, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another matter that this one is linked with, and whether it was answered and kept."""

    number: str
    entry: Entry | None
    relation: str

    @property
    def standing(self) -> str:
        """Whether it was answered and what was promised was kept."""
        entry = self.entry
        if entry is None or entry.sealed:
            return ""
        answered = f"已答复（{entry.reply_number}）" if entry.reply_number else "尚未书面答复"
        if entry.open_promises:
            return f"{answered}，第{'、'.join(map(str, entry.open_promises))}条尚未全部兑现"
        return f"{answered}，承诺已兑现" if entry.promises else answered


@dataclass(frozen=True, slots=True)
class NextStep:
    """What has to be done next, by whom and by when.

    Attributes:
        what: What has to be done.
        who: The department that has to do it.
        day: The last day for it; None where none is set.
        wording: How far off that is: 还有3天, 已逾期2天; empty without a day.
        when: Word of that, for its colour; empty without a day.
        others: How many more deadlines and promises wait.
    """

    what: str
    who: str
    day: date | None = None
    wording: str = ""
    when: str = ""
    others: int = 0


def next_step(
    entry: Entry,
    reached: Sequence[Stage],
    due: Due | None,
    promised: Sequence[Promise],
    office: str,
) -> NextStep | None:
    """Say what comes next: the earliest deadline or promise, else the next stage; or nothing.

    Args:
        entry: The matter.
        reached: Its stages.
        due: Its earliest pending deadline.
        promised: What was promised and is not yet carried out, the earliest day first.
        office: The department that does what no other one has to.
    """
    pending = sum(deadline.is_pending for deadline in entry.deadlines)
    others = pending + len(promised) - 1
    # A promise binds from the day its reply went out; before that the reply itself is what waits.
    if due and (not promised or not entry.replied or due.left <= promised[0].left):
        name, day = due.deadline.clock.name, due.deadline.due
        return NextStep(name, due.owner, day, due.wording, due.when, others)
    if promised:
        first = promised[0]
        what = f"兑现第{first.owed.claim}条的承诺"
        who, day = first.owed.department, first.owed.due
        return NextStep(what, who, day, first.wording, first.when, others)
    upcoming = next((stage.name for stage in reached if stage.state == "next"), "")
    lead = entry.departments[0] if entry.is_open and entry.departments else office
    return NextStep(upcoming, lead) if upcoming else None


#: Stages in the order of the procedure, each with what reaches it.
_STAGES: Final[Mapping[str, tuple[type[StepBase], ...]]] = {
    "登记": (),
    "告知": (Notice, Referral, Refusal, Forwarding),
    "转办": (Transfer,),
    "反馈": (Feedback,),
    "调查": (Investigation,),
    "拟办": (Draft,),
    "签批": (Approval,),
    "答复": (Reply, Review, Rereview),
    "送达": (Service,),
    "兑现": (Fulfilment,),
    "办结": (Closure,),
    "归档": (Archiving,),
}


def stages(matter: Matter) -> list[Stage]:
    """Say of each stage whether and when it was reached, and which one is next."""
    days = {
        name: matter.case.registered if not kinds else _first(matter, kinds)
        for name, kinds in _STAGES.items()
    }
    names = list(days)
    furthest = max(index for index, name in enumerate(names) if days[name] is not None)
    upcoming = _upcoming(matter, names, furthest)
    return [
        Stage(name, day, _stage_state(day, index, furthest, upcoming, is_open=matter.is_open))
        for index, (name, day) in enumerate(days.items())
    ]


def _upcoming(matter: Matter, names: list[str], furthest: int) -> int:
    """Give the index of the stage that comes next; 兑现 only where something was promised."""
    after = furthest + 1
    if after < len(names) and names[after] == "兑现" and not matter.open_promises:
        return after + 1
    return after


def _stage_state(
    day: date | None, index: int, furthest: int, upcoming: int, *, is_open: bool
) -> str:
    if day is not None:
        return "done"
    if index < furthest or index < upcoming:
        return "skipped"
    return "next" if index == upcoming and (is_open or index == len(_STAGES) - 1) else "open"


def _first(matter: Matter, kinds: tuple[type[StepBase], ...]) -> date | None:
    """Find the day of the first step of these kinds."""
    reached = (
        step.day for step in matter.steps if isinstance(step, kinds) and _counts(matter, step)
    )
    return next(reached, None)


def _counts(matter: Matter, step: StepBase) -> bool:
    """Whether a step moves the matter itself on: of 签批, 答复, 送达 only those of the answer.

    A request for review is answered by the opinion of this unit.
    """
    if isinstance(step, (Review, Rereview)):
        return step is matter.own_opinion
    return not isinstance(step, (Approval, Reply, Service)) or step.paper in matter.answer_papers


def timeline(matter: Matter) -> list[StepView]:
    """List all steps of the file, also those corrected or annulled since."""
    standing = dict(matter.indexed_steps)
    correctors = {
        step.step - 1: number
        for number, step in enumerate(matter.case.steps, 1)
        if isinstance(step, Correction)
    }
    views = []
    for index, written in enumerate(matter.case.steps):
        step = standing.get(index, written)
        changed = index not in standing or step is not written
        views.append(
            StepView(
                number=index + 1,
                step=step,
                details=tuple(_details(step)),
                correction=correctors.get(index, 0) if changed else 0,
                annulled=index not in standing,
            )
        )
    return views


def _details(step: StepBase) -> Iterator[Detail]:
    """List what the file says of a step, by the names of the fields."""
    if isinstance(step, Draft):
        numbers = "、".join(str(answer.claim) for answer in step.answers)
        yield Detail("拟答复", f"第{numbers}条请求（见“请求与答复”）", long=False)
        return
    for name, field in type(step).model_fields.items():
        value = getattr(step, name)
        if name in _APART or name not in step.model_fields_set or value in (None, [], {}):
            continue
        yield Detail(str(field.alias), value, _is_long(value))


def _is_long(value: Any) -> bool:  # noqa: ANN401 - a field may hold anything
    if isinstance(value, str):
        return len(value) > _SHORT or "\n" in value
    return isinstance(value, list) and any(not isinstance(item, (str, int)) for item in value)


def claims(matter: Matter) -> list[ClaimView]:
    """Set every claim beside its answer and what became of it."""
    return [_claim(matter, number, claim) for number, claim in enumerate(matter.case.claims, 1)]


def _claim(matter: Matter, number: int, claim: Claim) -> ClaimView:
    answer = matter.answers.get(number)
    kept = tuple(step for step in matter.of(Fulfilment) if step.claim == number)
    if answer is not None:
        outcome, tone = answer.outcome.value, "good"
    elif matter.own_opinion is not None:
        outcome = f"{matter.own_opinion.KIND}意见：{matter.own_opinion.result or '未写结论'}"
        tone = "good"
    elif number in matter.referred:
        outcome, tone = "已引导或转送", "plain"
    else:
        outcome, tone = "待答复", "near"
    promise, promise_tone = _promise(matter, answer, kept)
    return ClaimView(number, claim, answer, outcome, tone, promise, promise_tone, kept)


def _promise(
    matter: Matter, answer: Answer | None, kept: tuple[Fulfilment, ...]
) -> tuple[str, str]:
    """Say whether what was promised has been carried out, and the tone of that."""
    if answer is None or answer.execution is None:
        return "", ""
    if any(step.complete for step in kept):
        return "已全部兑现", "good"
    late = (matter.today - answer.execution.due).days
    begun = "部分兑现" if kept else "待兑现"
    return (f"{begun}，已超过期限{late}天", "late") if late > 0 else (begun, "near")


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What a request for review refers to, and whether it came within its thirty days.

    Attributes:
        said: What the case says of it.
        unit: Unit whose opinion it is, in full where ``office.yaml`` lists it.
        asked: Day on which the request was made.
        period: The petitioner's thirty days; None while nobody knows when they began.
    """

    said: Reviewed
    unit: str
    asked: date
    period: Deadline | None

    @property
    def wording(self) -> str:
        """Whether it came within the thirty days, in words; what follows is for people to say."""
        if self.period is None:
            return "意见送达日期待核对，三十日尚无从起算"
        last = chinese_day(self.period.due)
        late = (self.asked - self.period.due).days
        if late > 0:
            return f"在三十日届满（{last}）后{late}天；是否受理由人决定"
        return f"在三十日内（最后一日{last}）"


def reviewing(matter: Matter) -> Reviewing | None:
    """Say what a request for review refers to; None for any other matter."""
    said = matter.case.review
    if said is None:
        return None
    unit = matter.office.unit(said.unit)
    clock = "C5" if said.kind is ReviewKind.REVIEW else "C7"
    return Reviewing(
        said,
        unit.name if unit else said.unit,
        matter.milestones[f"{said.kind}申请"],
        next((found for found in matter.deadlines if found.clock.id == clock), None),
    )


def related(entry: Entry, entries: Mapping[str, Entry], later: Sequence[str]) -> list[Related]:
    """List linked matters: earlier ones, later ones, and the one it was merged into."""
    found = [Related(number, entries.get(number), "此前同一事项") for number in entry.earlier]
    found += [Related(number, entries.get(number), "此后再次反映") for number in later]
    if entry.merged_into:
        found.append(Related(entry.merged_into, entries.get(entry.merged_into), "并入"))
    return found


#: How a deadline is coloured; its words say the same.
DEADLINE_TONES: Final[Mapping[ClockState, str]] = {
    ClockState.RUNNING: "plain",
    ClockState.NEAR: "near",
    ClockState.MET: "good",
    ClockState.EXTENDED: "done",
    ClockState.MET_LATE: "was-late",
    ClockState.OVERDUE: "late",
    ClockState.OPEN_TO_PETITIONER: "right",
    ClockState.EXPIRED: "done",
}


def sorted_deadlines(matter: Matter) -> list[Deadline]:
    """List the deadlines: what is pending first, then what the petitioner may do, then the rest."""
    return sorted(matter.deadlines, key=lambda d: (_order(d), d.due, d.clock.id, d.department))


def _order(deadline: Deadline) -> int:
    if deadline.is_pending:
        return 0
    return 1 if deadline.met_on is None else 2


def source(text: str) -> str:
    """Give the text of a case file as it may be shown.

    It stands as it was written, but without two things. Comments are no part of the record, and
    nothing checks them for names; text behind a ``#`` inside a value goes with them. What is
    told of the petitioners stays in the register (domain/6): only parts that begin with another
    known field are shown, however the file is written.
    """
    parts = {part: _key(part) for part in _PART.split(text.rstrip())}
    shown = [part if key in _SHOWN_FIELDS else "…\n" for part, key in parts.items() if key]
    return _COMMENT.sub("# …", "".join(shown)).rstrip()


def _key(part: str) -> str:
    """Give the field that a part of the file begins with; a comment before it is no field."""
    lines = (line for line in part.splitlines() if line[:1] not in {"", " ", "#"})
    return next(lines, "").partition(":")[0].strip()
