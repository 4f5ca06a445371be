"""The ledger (信访台账): one entry a matter, derived from its file and never edited (R20).

An entry holds plain values without any identity. It is what registers are summed up,
compared and exported from; 检举控告 keeps number, dates and hand-over only (domain/6 §6.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from xinfang.clocks import Deadline
from xinfang.diagnostics import KeyPath
from xinfang.matter import Matter, State
from xinfang.model.case import Party
from xinfang.model.steps import (
    Archiving,
    Assignment,
    Assistance,
    Coordination,
    Extension,
    Forwarding,
    Fulfilment,
    HandOver,
    Mediation,
    Merge,
    Notice,
    Rectification,
    Referral,
    Refusal,
    Reminder,
    ReportUp,
    Rereview,
    Review,
    SpecialReport,
    Supervision,
    Transfer,
)
from xinfang.model.words import Outcome, Particular, PartyKind
from xinfang.quickly import by_fields

SEALED_TITLE: Final = "检举控告(内容已封存)"
#: Who is complained of, where it is no department or unit that the office knows.
OTHERS: Final = "其他"
#: Kinds of steps that reports count (条例 41).
COUNTED: Final = frozenset(
    {
        *(kind.KIND for kind in (Referral, Forwarding, Assignment, Transfer, Reminder)),
        *(kind.KIND for kind in (Supervision, Extension, SpecialReport, ReportUp, Assistance)),
        *(kind.KIND for kind in (Coordination, Mediation, Rectification)),
    }
)


@by_fields
@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """A document number given in a case, with its place."""

    number: str
    day: date
    keys: KeyPath


@by_fields
@dataclass(frozen=True, slots=True)
class Owed:
    """Something promised in the answer to a claim and not yet wholly carried out.

    Attributes:
        claim: Number of the claim.
        content: What was asked for; empty in an accusation.
        department: Who has to carry it out.
        due: The day promised, as it stands in the answer.
        manner: What was promised.
        amount: What was promised in yuan; None where it is no money.
        paid: What has been paid on it, in yuan.
        urged: Each 催办 and 督办 of its department since the reply, with its day.
    """

    claim: int
    content: str
    department: str
    due: date
    manner: str
    amount: Decimal | None
    paid: Decimal
    urged: tuple[tuple[str, date], ...]


@by_fields
@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        number: Case number.
        path: The file, relative to the register.
        title: What it is about, without names; a fixed sentence for accusations.
        petitioners: Codes of the petitioners, never who they are: A, B(单位), C(匿名).
        departments: Departments that handle it, the lead first.
        told_number: Document number of the notice by which the petitioner was told.
        outcomes: Outcome of each answered claim, in the order of the claims.
        amount: Sum of the amounts requested, in yuan; None where no claim has one.
        promises: Numbers of claims answered with something to carry out.
        owed: What was promised and is still to be carried out.
        fulfilled: Day on which something promised was last carried out.
        reviews: What reached the office of 复查 and 复核: 复查申请, 复查维持, …
        handed_over: Day on which an accusation was handed over.
        papers: Document numbers given.
        deadlines: All clocks that ran or run.
        section: Contract section or link of work concerned; empty where none is named.
        concerned: Departments and units complained of; whatever is neither is told as 其他.
        acts: Each step that :data:`COUNTED` names, with its day.
        former: Numbers that it had before.
    """

    number: str
    path: str
    title: str
    received: date
    registered: date
    channel: str
    origin: str
    purpose: str
    category: str
    route: str
    urgency: str
    petitioners: tuple[str, ...]
    people: int
    representatives: int
    claims: int
    amount: Decimal | None
    departments: tuple[str, ...]
    transferred: date | None
    told: date | None
    told_number: str
    accepted: date | None
    extended: date | None
    outcomes: tuple[Outcome, ...]
    reply_number: str
    replied: date | None
    served: date | None
    attitude: str
    promises: tuple[int, ...]
    owed: tuple[Owed, ...]
    fulfilled: date | None
    earlier: tuple[str, ...]
    merged_into: str
    reviewed: date | None
    reviews: tuple[str, ...]
    handed_over: date | None
    closed: date | None
    closing: str
    archive_number: str
    state: State
    sealed: bool
    papers: tuple[NumberedPaper, ...]
    deadlines: tuple[Deadline, ...]
    section: str = ""
    concerned: tuple[str, ...] = ()
    acts: tuple[tuple[str, date], ...] = ()
    former: tuple[str, ...] = ()

    @classmethod
    def of(cls, matter: Matter) -> Entry:
        """Derive the entry of a matter."""
        case, when = matter.case, matter.milestones
        amounts = [claim.amount for claim in case.claims if claim.amount is not None]
        merge, archiving, closure = matter.last(Merge), matter.last(Archiving), matter.closure
        fulfilment, hand_over = matter.last(Fulfilment), matter.first(HandOver)
        first_transfer = matter.first(Transfer)
        answer = matter.reply or matter.own_opinion
        return cls(
            number=case.number,
            path=matter.path,
            title=SEALED_TITLE if matter.is_sealed else case.title,
            received=when["收到"],
            registered=case.registered,
            channel=case.channel,
            origin=f"{case.origin.unit} {case.origin.number or ''}".strip() if case.origin else "",
            purpose=case.purpose,
            category=case.category,
            route=case.route or "",
            urgency=case.urgency,
            petitioners=tuple(map(_petitioner, case.parties)),
            people=case.people,
            representatives=sum(party.representative for party in case.parties),
            claims=len(case.claims),
            amount=sum(amounts, Decimal(0)) if amounts else None,
            departments=matter.departments,
            transferred=first_transfer.day if first_transfer else None,
            told=when.get("告知"),
            told_number=_told_number(matter),
            accepted=when.get("受理"),
            extended=when.get("延期"),
            outcomes=tuple(answer.outcome for _, answer in sorted(matter.answers.items())),
            reply_number=(answer.number or "") if answer else "",
            replied=answer.day if answer else None,
            served=matter.served_on,
            attitude=(matter.service.attitude or "") if matter.service else "",
            promises=tuple(
                claim for claim, answer in sorted(matter.answers.items()) if answer.execution
            ),
            owed=tuple(_owed(matter)),
            fulfilled=fulfilment.day if fulfilment else None,
            earlier=tuple(case.earlier),
            merged_into=merge.into if merge else "",
            # What this unit is asked to review is a matter of its own, no review of its answer.
            reviewed=None if case.review else when.get("复查申请"),
            reviews=tuple(
                f"{step.KIND}{step.result or step.phase}"
                for step in matter.steps
                if isinstance(step, (Review, Rereview))
            ),
            handed_over=hand_over.day if hand_over else None,
            closed=closure.day if closure else None,
            closing=closure.way if closure else "",
            archive_number=archiving.number if archiving else "",
            state=matter.state,
            sealed=matter.is_sealed,
            papers=tuple(
                NumberedPaper(number, step.day, matter.at(step, "文号"))
                for step, number in (
                    *matter.numbered_papers,
                    *((step, number) for number, step in matter.voided.items()),
                )
            ),
            deadlines=matter.deadlines,
            section="" if matter.is_sealed else case.section or "",
            concerned=() if matter.is_sealed else _concerned(matter),
            acts=()
            if matter.is_sealed
            else tuple((step.KIND, step.day) for step in matter.steps if step.KIND in COUNTED),
            former=tuple(case.former),
        )

    @property
    def open_promises(self) -> tuple[int, ...]:
        """Numbers of claims answered with something still to carry out."""
        return tuple(owed.claim for owed in self.owed)

    @property
    def is_open(self) -> bool:
        """Whether the office still has to act on it."""
        return self.closed is None


def _concerned(matter: Matter) -> tuple[str, ...]:
    """Name the departments and units complained of; a text that is neither may name somebody."""
    office = matter.office
    found: dict[str, None] = {}
    for written in matter.case.concerned:
        known = office.department(written) or office.unit(written)
        found[known.name if known else OTHERS] = None
    return tuple(found)


def _owed(matter: Matter) -> Iterator[Owed]:
    for answer in matter.open_promises:
        promised, claim = answer.execution, matter.claim(answer.claim)
        if promised is not None:
            yield Owed(
                answer.claim,
                "" if matter.is_sealed or claim is None else claim.content,
                promised.department,
                promised.due,
                "" if matter.is_sealed else promised.manner,
                promised.amount,
                matter.fulfilled_amount(answer.claim),
                tuple(_urged(matter, promised.department)),
            )


def _urged(matter: Matter, department: str) -> Iterator[tuple[str, date]]:
    """Find what the office did since the reply to have a promise of a department kept."""
    office, reply = matter.office, matter.reply
    known = office.department(department)
    name = known.name if known else department
    for step in matter.steps:
        if isinstance(step, (Reminder, Supervision)) and reply and step.day >= reply.day:
            urged = office.department(step.department)
            if (urged.name if urged else step.department) == name:
                yield step.KIND, step.day


def _petitioner(party: Party) -> str:
    """Give the code of a petitioner, marked where it is a unit or nobody named."""
    if party.kind is PartyKind.UNIT:
        return f"{party.code}(单位)"
    return party.code if Particular.NAME in party.given else f"{party.code}(匿名)"


def _told_number(matter: Matter) -> str:
    """Find the number of the first notice that has one."""
    for step in matter.steps:
        if isinstance(step, (Notice, Referral, Refusal, Forwarding)) and step.number:
            return step.number
    return ""
