"""A matter: one case seen through the office's eyes on one day. Everything here is derived.

The case file holds dated steps only; this module answers what follows from them: which
steps stand after corrections, when each milestone was reached, what is due, which claim
got which answer, and in what state the whole is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from xinfang.calendar import Calendar
from xinfang.clocks import Clock, Deadline, deadlines
from xinfang.diagnostics import KeyPath
from xinfang.model.case import Case, Claim, Reviewed
from xinfang.model.office import Office, Post
from xinfang.model.steps import (
    ABOUT_THE_FILE,
    STEP_TYPES,
    Acceptance,
    Answer,
    Approval,
    Archiving,
    Closure,
    Correction,
    Draft,
    Extension,
    Feedback,
    Forwarding,
    Fulfilment,
    HandOver,
    Hearing,
    Instruction,
    Issue,
    Merge,
    Notice,
    Objection,
    Referral,
    Refusal,
    Reply,
    ReportUp,
    Rereview,
    Review,
    Service,
    StepBase,
    Transfer,
    VoidPaper,
    Withdrawal,
)
from xinfang.model.texts import PlacedText, texts_of
from xinfang.model.words import (
    Channel,
    Closing,
    PaperKind,
    Particular,
    Purpose,
    ReviewKind,
    ReviewPhase,
    Route,
    Urgency,
)

StepT = TypeVar("StepT", bound=StepBase)

#: Kinds of step by which this unit itself gives a paper its number.
_NUMBERED: Final = frozenset(
    kind for kind in STEP_TYPES.values() if "number" in kind.model_fields
) - {Archiving, Review, Rereview, VoidPaper}

#: Papers that answer the claims themselves.
ANSWERS: Final = frozenset({PaperKind.OPINION, PaperKind.SUGGESTION_REPLY})
#: The paper that answers a request for review.
_REVIEW_PAPERS: Final = {
    ReviewKind.REVIEW: PaperKind.REVIEW_OPINION,
    ReviewKind.REREVIEW: PaperKind.REREVIEW_OPINION,
}


class State(StrEnum):
    """Where a matter stands; derived from its steps, never stored (domain/8 §8.2)."""

    REGISTERED = "已登记"
    TOLD = "已告知"
    ACCEPTED = "已受理"
    HANDLING = "办理中"
    DRAFTED = "待签批"
    APPROVED = "待答复"
    REPLIED = "待送达"
    FULFILLING = "待兑现"
    SERVED = "已答复"
    REVIEWING = "复查复核中"
    HANDED_OVER = "已移送"
    CLOSED = "已办结"
    ARCHIVED = "已归档"


class Matter:
    """One case, the office that handles it and the day it is looked at.

    Args:
        case: The validated case.
        office: The office.
        calendar: Working days, with the office's own overlay.
        clocks: The clocks in force, with the office's stricter limits applied.
        today: The day of looking; never read from the system here.
        path: The file, relative to the register.
    """

    def __init__(
        self,
        case: Case,
        office: Office,
        calendar: Calendar,
        clocks: tuple[Clock, ...],
        today: date,
        path: str = "",
    ) -> None:
        self.case = case
        self.office = office
        self.calendar = calendar
        self.clocks = clocks
        self.today = today
        self.path = path

    # Steps and their places

    @cached_property
    def indexed_steps(self) -> tuple[tuple[int, StepBase], ...]:
        """Steps that stand, each with its index in the file (from 0), corrections applied."""
        steps: dict[int, StepBase] = dict(enumerate(self.case.steps))
        for step in self.case.steps:
            if isinstance(step, Correction):
                target = step.step - 1
                corrected = corrected_step(steps.get(target), step)
                if corrected is not None:
                    steps[target] = corrected
                elif step.annul:
                    steps.pop(target, None)
        return tuple(steps.items())

    @cached_property
    def steps(self) -> tuple[StepBase, ...]:
        """Steps that stand, in the order of the file."""
        return tuple(step for _, step in self.indexed_steps)

    @cached_property
    def acts(self) -> tuple[StepBase, ...]:
        """Steps that handle the matter; what is printed and voided is kept count of beside them."""
        return tuple(step for step in self.steps if not isinstance(step, ABOUT_THE_FILE))

    def of(self, *kinds: type[StepT]) -> list[StepT]:
        """List the steps of one or more kinds, in the order of the file."""
        if len(kinds) == 1:
            return list(self._of_kind(kinds[0]))
        return [step for step in self.steps if isinstance(step, kinds)]

    def first(self, kind: type[StepT]) -> StepT | None:
        """Find the first step of a kind."""
        return next(iter(self._of_kind(kind)), None)

    def last(self, kind: type[StepT]) -> StepT | None:
        """Find the last step of a kind."""
        return next(reversed(self._of_kind(kind)), None)

    def _of_kind(self, kind: type[StepT]) -> Sequence[StepT]:
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[type[StepBase], list[Any]]:
        # Sixty rules ask for steps by kind: sorted once, each answer costs one look.
        found: dict[type[StepBase], list[Any]] = {}
        for step in self.steps:
            found.setdefault(type(step), []).append(step)
        return found

    def at(self, part: object, *keys: str | int) -> KeyPath:
        """Give the key path of a step, answer, claim or party of this case, and keys below it."""
        return (*self._paths.get(id(part), ()), *keys)

    @cached_property
    def _paths(self) -> dict[int, KeyPath]:
        paths: dict[int, KeyPath] = {}
        for index, step in self.indexed_steps:
            paths[id(step)] = ("办理", index)
            if isinstance(step, Draft):
                paths |= {
                    id(answer): ("办理", index, "答复", number)
                    for number, answer in enumerate(step.answers)
                }
        paths |= {id(claim): ("请求", i) for i, claim in enumerate(self.case.claims)}
        paths |= {id(party): ("信访人", i) for i, party in enumerate(self.case.parties)}
        return paths

    # Texts

    @cached_property
    def texts(self) -> tuple[PlacedText, ...]:
        """Every text in the file as written, also in steps corrected since, with its place."""
        return tuple(texts_of(self.case))

    @cached_property
    def text(self) -> str:
        """All texts in one, each ended by a new line: what is not in here is in none of them."""
        return "\n".join(text for _, text in self.texts)

    # What kind of matter it is

    @property
    def is_sealed(self) -> bool:
        """An accusation: number, dates and the hand-over are all that may be shown (A13)."""
        return self.case.purpose is Purpose.ACCUSATION

    @property
    def from_above(self) -> bool:
        """Whether a superior transferred or assigned it (细则 三·一·1)."""
        return self.case.origin is not None or self.case.channel in {
            Channel.FORWARDED,
            Channel.ASSIGNED,
        }

    @property
    def can_be_told(self) -> bool:
        """Whether anybody can be answered in writing: name and address given (条例 23 ¶2)."""
        needed = {Particular.NAME, Particular.ADDRESS}
        return any(needed <= set(party.given) for party in self.case.parties)

    @cached_property
    def departments(self) -> tuple[str, ...]:
        """Departments that handle it, the lead first, each once."""
        names: dict[str, None] = {}
        for transfer in self.of(Transfer):
            names |= dict.fromkeys((transfer.lead, *transfer.joint))
        return tuple(names)

    def post(self, name: str | None, day: date) -> Post | None:
        """Find the post a person held on a day."""
        return self.office.post(name, day) if name else None

    # A review of another unit's opinion

    def is_own_review(self, step: StepBase) -> bool:
        """Whether a step of 复查 or 复核 is this unit's own, not one that a superior took."""
        reviewed = self.case.review
        return (
            reviewed is not None
            and isinstance(step, (Review, Rereview))
            and reviewed.kind == step.KIND
            and (step.unit is None or self.office.unit(step.unit) is self.office.own_unit)
        )

    @cached_property
    def own_opinion(self) -> Review | Rereview | None:
        """The opinion by which this unit answers a request for review; the last one counts."""
        return next(
            (
                step
                for step in reversed(self.steps)
                if isinstance(step, (Review, Rereview))
                and step.phase is ReviewPhase.OPINION
                and self.is_own_review(step)
            ),
            None,
        )

    @property
    def served_on(self) -> date | None:
        """Day on which the answer, or the opinion on a review, reached the petitioner."""
        reviewed = self.case.review
        return self.milestones.get(f"{reviewed.kind}送达" if reviewed else "答复送达")

    @property
    def answer_papers(self) -> frozenset[PaperKind]:
        """Papers that answer the petitioner in this matter."""
        reviewed = self.case.review
        return ANSWERS | {_REVIEW_PAPERS[reviewed.kind]} if reviewed else ANSWERS

    # Claims and answers

    @cached_property
    def answers(self) -> Mapping[int, Answer]:
        """The answer that stands for each claim, by its number; a later draft replaces."""
        return {answer.claim: answer for draft in self.of(Draft) for answer in draft.answers}

    @cached_property
    def referred(self) -> frozenset[int]:
        """Numbers of the claims that were shown a legal route, another unit, or were refused."""
        every = range(1, len(self.case.claims) + 1)
        found: set[int] = set()
        for step in self.steps:
            if isinstance(step, Referral):
                found |= set(step.claims or every)
            elif isinstance(step, (Refusal, Forwarding)):
                found |= set(every)
        return frozenset(found)

    @cached_property
    def open_promises(self) -> tuple[Answer, ...]:
        """Answers with something to carry out that is not yet wholly done."""
        done = {step.claim for step in self.of(Fulfilment) if step.complete}
        return tuple(
            answer
            for answer in self.answers.values()
            if answer.execution is not None and answer.claim not in done
        )

    def fulfilled_amount(self, claim: int) -> Decimal:
        """Sum in yuan that has been paid on a claim."""
        return sum(
            (step.amount or Decimal(0) for step in self.of(Fulfilment) if step.claim == claim),
            Decimal(0),
        )

    def claim(self, number: int) -> Claim | None:
        """Find a claim by its number from 1."""
        return self.case.claims[number - 1] if 0 < number <= len(self.case.claims) else None

    # Papers

    def approval_of(self, paper: PaperKind, *, by: date | None = None) -> Approval | None:
        """Find the last approval of a paper, given by that day."""
        return next(
            (
                step
                for step in reversed(self.of(Approval))
                if step.paper is paper and (by is None or step.day <= by)
            ),
            None,
        )

    @property
    def answer_approval(self) -> Approval | None:
        """The last approval of the answer to the claims, to the suggestions, or of a review."""
        papers = (PaperKind.OPINION, *sorted(self.answer_papers - {PaperKind.OPINION}))
        return next((found for paper in papers if (found := self.approval_of(paper))), None)

    @cached_property
    def numbered_papers(self) -> tuple[tuple[StepBase, str], ...]:
        """Every number this unit gave a paper, with its step; opinions of superiors have theirs.

        A number given on issue counts once, for all versions and where a step names it too.
        """
        found = [
            (step, number)
            for step in self.steps
            if (type(step) in _NUMBERED or self.is_own_review(step))
            and (number := getattr(step, "number", None))
        ]
        named = {number for step, number in found if not isinstance(step, Issue)}
        papers: dict[object, tuple[StepBase, str]] = {}
        for step, number in found:
            if not isinstance(step, Issue):
                papers[id(step)] = step, number
            elif number not in named:
                papers.setdefault((step.form, step.ordinal, number), (step, number))
        return tuple(papers.values())

    @cached_property
    def voided(self) -> Mapping[str, VoidPaper]:
        """Numbers of papers that were withdrawn; they stay used."""
        return {step.number: step for step in self.of(VoidPaper)}

    def issued(self, form: str, ordinal: int = 1) -> list[Issue]:
        """List the versions of a paper that went out, the latest last."""
        return [s for s in self.of(Issue) if (s.form, s.ordinal) == (form, ordinal)]

    @cached_property
    def reply(self) -> Reply | None:
        """The last reply that answers the claims."""
        return next((s for s in reversed(self.of(Reply)) if s.paper in ANSWERS), None)

    @cached_property
    def service(self) -> Service | None:
        """The last service of the reply, carried out or proven impossible."""
        return next(
            (
                s
                for s in reversed(self.of(Service))
                if s.paper in self.answer_papers and (s.received or s.failed)
            ),
            None,
        )

    @property
    def least_retention(self) -> tuple[str, str]:
        """Line of the office's retention table that the matter falls under, and its period."""
        table = self.office.retention
        if self.case.grave and self.of(Instruction) and self.answers:
            return "重大事项", table.grave
        if self.answers or self.of(HandOver):
            return "有处理结果", table.answered
        return "无处理结果", table.other

    @property
    def closure(self) -> Closure | None:
        """The closing step, where there is one."""
        return self.last(Closure)

    @property
    def is_open(self) -> bool:
        """Whether the office still has to act; only a closing step ends that."""
        return self.closure is None

    # Time

    @cached_property
    def milestones(self) -> Mapping[str, date]:
        """Events and their days, by the names that ``xinfang.clocks`` understands."""
        found: dict[str, date] = {
            "收到": self.case.origin.received if self.case.origin else self.case.received.day,
            "登记": self.case.registered,
        }
        if self.case.origin and self.case.origin.due:
            found["办理期限"] = self.case.origin.due
        if self.case.review:
            found |= _asked(self.case.review, found["收到"])
        for name, day in _events(self.steps):
            # The first of each event counts: a second notice does not mend a late first one.
            found.setdefault(self._proper(name), day)
        return found

    def _proper(self, event: str) -> str:
        """Name the department of an event as the office does, whatever alias a step uses."""
        name, at, written = event.partition("@")
        department = self.office.department(written) if at else None
        return f"{name}@{department.name}" if department else event

    @cached_property
    def conditions(self) -> frozenset[str]:
        """Names of what is true of the case, as ``xinfang.clocks`` understands them."""
        case = self.case
        own = self.first(Acceptance) is not None or case.route not in {None, Route.NOT_OURS}
        by_office = not self.of(Transfer) and self._is_office_matter
        reviewed = case.review.kind if case.review else None
        facts = {
            "上级来件": self.from_above,
            "未确认属本单位": not own,
            "无法告知": not self.can_be_told or any(step.impossible for step in self.of(Notice)),
            "需转办": not by_office and not self.is_sealed and own and not reviewed,
            "自办一般问题": by_office
            and case.urgency is Urgency.ORDINARY
            and not self.is_sealed
            and not reviewed,
            "信访程序": bool(reviewed)
            or (case.purpose is Purpose.APPEAL and case.route is Route.PETITION),
            "复查件": reviewed is ReviewKind.REVIEW,
            "复核件": reviewed is ReviewKind.REREVIEW,
            "简易办理": case.simplified,
        }
        return frozenset(name for name, true in facts.items() if true)

    @property
    def _is_office_matter(self) -> bool:
        """Handled by the office itself: answered, or led, by no other department."""
        responsible = [
            d.name for d in self.office.departments if self.case.category in d.categories
        ]
        return not responsible or self.office.office_department in responsible

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every clock that runs or ran for this case, with its trace.

        None for what only an old ledger tells: it says neither that a day was kept nor missed.
        """
        if self.closure is not None and self.closure.way is Closing.OLD_LEDGER:
            return ()
        return deadlines(
            self.milestones, self.conditions, self.calendar, self.today, self.clocks, self._days
        )

    @property
    def _days(self) -> Mapping[str, int]:
        """Numbers of days that the case itself sets."""
        extension, hearing = self.last(Extension), self.last(Hearing)
        days: dict[str, int] = {}
        if extension:
            days["延期天数"] = extension.days
        if hearing:
            days["听证天数"] = (hearing.until - hearing.day).days + 1
        return days

    @cached_property
    def state(self) -> State:
        """Where the matter stands, by the furthest step reached."""
        has = {type(step) for step in self.steps}
        reached = (
            (Archiving in has, State.ARCHIVED),
            (Closure in has, State.CLOSED),
            (HandOver in has, State.HANDED_OVER),
            (self._is_reviewed, State.REVIEWING),
            (self.service is not None and bool(self.open_promises), State.FULFILLING),
            (self.service is not None, State.SERVED),
            (bool(self.reply or self.own_opinion), State.REPLIED),
            (self.answer_approval is not None, State.APPROVED),
            (Draft in has, State.DRAFTED),
            (Transfer in has, State.HANDLING),
            (Acceptance in has, State.ACCEPTED),
            (bool(has & {Notice, Referral}), State.TOLD),
        )
        return next((state for true, state in reached if true), State.REGISTERED)

    @property
    def _is_reviewed(self) -> bool:
        """Whether a superior is asked to review, or has reviewed, what this unit answered."""
        return any(not self.is_own_review(step) for step in self.of(Review)) or any(
            not self.is_own_review(step) for step in self.of(Rereview)
        )


def corrected_step(step: StepBase | None, correction: Correction) -> StepBase | None:
    """Give the step as corrected; None where the correction annuls it or does not fit it."""
    if step is None or correction.annul or isinstance(step, Correction):
        return None
    values: dict[str, Any] = step.model_dump(by_alias=True, exclude_unset=True)
    try:
        return type(step).model_validate({**values, **correction.change})
    except ValidationError:
        return None


def _asked(reviewed: Reviewed, received: date) -> dict[str, date]:
    """Give the events that a request for review tells of, by which C5 to C8 run."""
    kind = reviewed.kind
    found = {f"{kind}收到": received, f"{kind}申请": reviewed.asked or received}
    if reviewed.served:
        found["原意见送达" if kind is ReviewKind.REVIEW else "复查送达"] = reviewed.served
    return found


def _events(steps: tuple[StepBase, ...]) -> Iterator[tuple[str, date]]:
    for step in steps:
        yield from _events_of(step)


def _events_of(step: StepBase) -> Iterator[tuple[str, date]]:  # noqa: C901, PLR0912 - a table of steps
    day = step.day
    match step:
        case Notice() if step.impossible is None and step.manner in _IN_WRITING:
            yield "告知", day
        case Acceptance():
            yield "受理", day
        case Referral():
            yield from (("告知", day), ("引导", day))
        case Refusal():
            yield "告知", day
        case Forwarding():
            yield "转送", day
            if step.told_on:
                yield "告知", step.told_on
        case Transfer():
            yield "转办", day
            yield from ((f"转办@{name}", day) for name in (step.lead, *step.joint))
            if step.signed_for:
                yield f"签收@{step.lead}", step.signed_for
        case Feedback():
            yield f"承办反馈@{step.department}", day
        case Withdrawal():
            # Only a written withdrawal ends anything (A7).
            if step.written:
                yield "撤回", day
        case Service() if step.paper in ANSWERS and (step.received or step.failed):
            yield "答复送达", step.received or day
        case Service() if step.paper in _SERVED_REVIEWS and step.received:
            yield _SERVED_REVIEWS[step.paper], step.received
        case Review() | Rereview():
            name = step.KIND
            yield f"{name}申请" if step.phase is ReviewPhase.REQUEST else f"{name}意见", day
            if step.received:
                yield f"{name}送达", step.received
        case _:
            event = _PLAIN_EVENTS.get(type(step))
            if event:
                yield event, day


_SERVED_REVIEWS: Final = {paper: f"{kind}送达" for kind, paper in _REVIEW_PAPERS.items()}

#: Only these tell a petitioner as the rule asks: in writing (条例 23 ¶2).
_IN_WRITING: Final = frozenset({"当场书面", "书面"})

_PLAIN_EVENTS: Final[dict[type[StepBase], str]] = {
    Objection: "异议",
    Extension: "延期",
    ReportUp: "上报",
    HandOver: "移送",
    Merge: "并案",
    Closure: "办结",
}
