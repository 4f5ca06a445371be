"""The ledger (信访台账): one entry a matter, derived from its file and never edited (R20).

An entry holds plain values without any identity. It is what registers are summed up,
compared and exported from; 检举控告 keeps number, dates and hand-over only (domain/6 §6.2).
"""

from __future__ import annotations

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
    Forwarding,
    Fulfilment,
    HandOver,
    Merge,
    Notice,
    Referral,
    Refusal,
    Rereview,
    Review,
    Transfer,
)
from xinfang.model.words import Outcome, Particular, PartyKind
from xinfang.quickly import by_fields

SEALED_TITLE: Final = "检举控告(内容已封存)"


@by_fields
@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """A document number given in a case, with its place."""

    number: str
    day: date
    keys: KeyPath


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
        open_promises: Numbers of claims answered with something still to carry out.
        fulfilled: Day on which something promised was last carried out.
        reviews: What reached the office of 复查 and 复核: 复查申请, 复查维持, …
        handed_over: Day on which an accusation was handed over.
        papers: Document numbers given.
        deadlines: All clocks that ran or run.
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
    open_promises: tuple[int, ...]
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

    @classmethod
    def of(cls, matter: Matter) -> Entry:
        """Derive the entry of a matter."""
        case, when = matter.case, matter.milestones
        amounts = [claim.amount for claim in case.claims if claim.amount is not None]
        merge, archiving, closure = matter.last(Merge), matter.last(Archiving), matter.closure
        fulfilment, hand_over = matter.last(Fulfilment), matter.first(HandOver)
        first_transfer = matter.first(Transfer)
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
            reply_number=matter.reply.number if matter.reply else "",
            replied=matter.reply.day if matter.reply else None,
            served=when.get("答复送达"),
            attitude=(matter.service.attitude or "") if matter.service else "",
            promises=tuple(
                claim for claim, answer in sorted(matter.answers.items()) if answer.execution
            ),
            open_promises=tuple(answer.claim for answer in matter.open_promises),
            fulfilled=fulfilment.day if fulfilment else None,
            earlier=tuple(case.earlier),
            merged_into=merge.into if merge else "",
            reviewed=when.get("复查申请"),
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
        )

    @property
    def is_open(self) -> bool:
        """Whether the office still has to act on it."""
        return self.closed is None


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
