"""The sample register: each of the 24 cases is there, is sound, and shows its edge."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xinfang.check import check
from xinfang.diagnostics import Level
from xinfang.identity import SealedContent, mask_name, mask_names
from xinfang.ledger import SEALED_TITLE
from xinfang.matter import Matter, State
from xinfang.model.steps import (
    Approval,
    Countersignature,
    Extension,
    Fulfilment,
    HandOver,
    Investigation,
    Notice,
    Rectification,
    Referral,
    ReportUp,
    Review,
    Supervision,
    Transfer,
    Withdrawal,
)
from xinfang.model.words import (
    Channel,
    Closing,
    GraveReason,
    Outcome,
    PaperKind,
    Particular,
    PartyKind,
    Purpose,
    ReviewResult,
    Role,
    Route,
    Urgency,
)
from xinfang.register import Register, open_register
from xinfang.sealed import load_keys, open_content, sealed_file
from xinfang.secrets_check import check_secrets

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)


@pytest.fixture(scope="module")
def register() -> Register:
    return open_register(ROOT, TODAY)


@pytest.fixture(scope="module")
def matters(register: Register) -> dict[str, Matter]:
    found = {}
    for file, loaded in register.matters():
        assert loaded.findings == (), list(map(str, loaded.findings))
        assert loaded.record is not None
        found[file.stem[-4:]] = register.matter(loaded.record, loaded.document.path)
    return found


def demo_keys() -> list[Any]:
    return load_keys(ROOT / "keys" / "demo.key")


def opened(register: Register, number: str) -> SealedContent:
    content, findings = open_content(register, f"XF-2026-{number}", demo_keys())
    assert findings == []
    assert content is not None
    return content


def due(matter: Matter, clock: str) -> date:
    """The due date of a clock that runs or ran for a case."""
    return next(d.due for d in matter.deadlines if d.clock.id == clock)


def outcomes(matter: Matter) -> list[Outcome]:
    return [answer.outcome for _, answer in sorted(matter.answers.items())]


def days_until_answered(matter: Matter) -> int:
    return (matter.milestones["答复送达"] - matter.milestones["登记"]).days


# The register as a whole


def test_sample_date_is_fixed(register: Register) -> None:
    assert register.office is not None
    assert register.office.register_.sample
    assert register.office.register_.sample_date == TODAY


def test_all_24_cases_are_there(matters: dict[str, Matter]) -> None:
    assert sorted(matters) == [f"{number:04d}" for number in range(1, 25)]


def test_check_finds_no_error(register: Register) -> None:
    errors = [f for f in check(register, remember=False).findings if f.level is Level.ERROR]
    assert errors == [], list(map(str, errors))


#: What the sample shows on purpose: a promise not kept, and what is late on the sample date.
SHOWN = {
    ("XF-2026-0013", "earlier-matter-kept"),
    ("XF-2026-0019", "deadline-missed"),
    ("XF-2026-0019", "feedback-missing"),
    ("劳务管理部", "inspection-measures-overdue"),
}


def test_warnings_stand_only_where_the_sample_shows_one(register: Register) -> None:
    found = check(register, remember=False).findings
    warned = [f for f in found if f.level is Level.WARNING]
    assert {(Path(f.place.path).stem, f.rule) for f in warned} == SHOWN, list(map(str, warned))


def test_identities_are_sealed_whole_and_stand_nowhere_in_clear(
    register: Register, matters: dict[str, Matter]
) -> None:
    cases = {matter.case.number: matter.case for matter in matters.values()}
    assert [sealed_file(ROOT, number).exists() for number in cases] == [True] * 24
    assert check_secrets(register, cases, demo_keys()) == ()


def test_everybody_of_a_joint_petition_is_sealed(
    register: Register, matters: dict[str, Matter]
) -> None:
    for number in ("0001", "0013", "0024"):
        content = opened(register, number)
        assert len(list(content.people())) == matters[number].case.people


def test_the_demonstration_has_something_of_every_state(matters: dict[str, Matter]) -> None:
    states = {matter.state for matter in matters.values()}
    assert {
        State.HANDLING,
        State.APPROVED,
        State.REPLIED,
        State.FULFILLING,
        State.CLOSED,
        State.ARCHIVED,
    } <= states
    assert any(d.is_pending and d.days_late for m in matters.values() for d in m.deadlines)


@pytest.mark.parametrize("number", range(1, 25))
def test_no_phone_or_identity_number_stands_in_clear(number: int) -> None:
    text = (ROOT / f"cases/2026/XF-2026-{number:04d}.yaml").read_text("utf-8")
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{17}[\dXx]", text)


# One test a case, named after the edge it shows (in the order of the numbers)


def test_0001_five_representatives_of_twenty_three(matters: dict[str, Matter]) -> None:
    matter = matters["0001"]
    assert [party.representative for party in matter.case.parties] == [True] * 5
    assert matter.case.people == 23
    assert outcomes(matter) == [Outcome.SUPPORTED]
    assert days_until_answered(matter) == 9


def test_0001_amounts_of_the_months_sum_to_the_claim(matters: dict[str, Matter]) -> None:
    matter = matters["0001"]
    months = re.findall(r"工资(\d+)元|月(\d+)元", matter.case.facts or "")
    assert sum(Decimal(a or b) for a, b in months) == matter.case.claims[0].amount


def test_0002_part_of_a_claim_by_decimal_area_and_review(matters: dict[str, Matter]) -> None:
    matter = matters["0002"]
    assert outcomes(matter) == [Outcome.PARTLY, Outcome.SUPPORTED]
    assert matter.fulfilled_amount(1) == Decimal("0.86") * 1800
    reviews = matter.of(Review)
    assert [step.result for step in reviews] == [None, ReviewResult.UPHELD]
    assert due(matter, "C7") == date(2026, 7, 6)


def test_0003_two_replies_to_a_matter_from_above(matters: dict[str, Matter]) -> None:
    matter = matters["0003"]
    assert matter.from_above
    assert matter.service is not None
    assert matter.first(ReportUp) is not None
    assert days_until_answered(matter) == 3


def test_0004_injury_without_contract_is_reported_in_thirty_days(
    matters: dict[str, Matter],
) -> None:
    matter = matters["0004"]
    referral = matter.first(Referral)
    assert referral is not None
    assert referral.route == "工伤认定申请"
    assert referral.own_duty is not None
    promised = matter.answers[1].execution
    assert promised is not None
    assert promised.due == date(2026, 4, 13)
    assert GraveReason.SAFETY in matter.case.grave


def test_0005_one_letter_two_routes(matters: dict[str, Matter]) -> None:
    matter = matters["0005"]
    assert sum((claim.amount or Decimal(0)) for claim in matter.case.claims) == 620000
    assert matter.answers[1].outcome is Outcome.SUPPORTED
    assert matter.referred == {2}


def test_0005_slip_is_corrected_by_a_later_step(matters: dict[str, Matter]) -> None:
    matter = matters["0005"]
    written = [step.amount for step in matter.case.steps if isinstance(step, Fulfilment)]
    assert written == [Decimal(201000)]
    assert matter.fulfilled_amount(1) == 210000


def test_0006_explained_for_want_of_a_basis(matters: dict[str, Matter]) -> None:
    matter = matters["0006"]
    assert matter.case.channel is Channel.NET
    assert outcomes(matter) == [Outcome.EXPLAINED]
    assert matter.departments == ("劳务管理部",)


def test_0007_suggestion_is_adopted_and_answered(matters: dict[str, Matter]) -> None:
    matter = matters["0007"]
    assert matter.case.purpose is Purpose.SUGGESTION
    assert set(outcomes(matter)) == {Outcome.ADOPTED}
    assert matter.reply is not None
    assert matter.reply.paper is PaperKind.SUGGESTION_REPLY


def test_0007_keeps_the_name_of_one_who_left(
    register: Register, matters: dict[str, Matter]
) -> None:
    transfer = matters["0007"].first(Transfer)
    assert transfer is not None
    assert matters["0007"].post(transfer.recipient, transfer.day) is not None
    assert register.office is not None
    assert register.office.post(str(transfer.recipient), TODAY) is None


def test_0008_accusation_shows_number_dates_and_hand_over_only(
    matters: dict[str, Matter],
) -> None:
    case = matters["0008"].case
    assert matters["0008"].is_sealed
    assert case.title == SEALED_TITLE
    content = (case.claims, case.facts, case.reasons, case.materials, case.concerned, case.section)
    assert not any(content)
    assert isinstance(case.steps[0], HandOver)


def test_0008_content_of_the_accusation_is_sealed(register: Register) -> None:
    assert opened(register, "0008").content


def test_0009_extension_is_approved_before_expiry(matters: dict[str, Matter]) -> None:
    matter = matters["0009"]
    extension = matter.first(Extension)
    assert extension is not None
    assert extension.days == 20
    assert extension.day < due(matter, "C3") == date(2026, 7, 10)
    assert due(matter, "C4") == date(2026, 7, 30)
    assert matter.milestones["答复送达"] <= due(matter, "C4")
    post = matter.post(extension.approver, extension.day)
    assert post is not None
    assert post.role is Role.HEAD


def test_0010_petitioner_is_a_company(matters: dict[str, Matter]) -> None:
    party = matters["0010"].case.parties[0]
    assert party.kind is PartyKind.UNIT
    assert Particular.CREDIT_CODE in party.given
    referral = matters["0010"].first(Referral)
    assert referral is not None
    assert referral.route == "中小企业款项投诉"


def test_0010_credit_code_is_sealed(register: Register) -> None:
    assert opened(register, "0010").parties["A"].credit_code is not None


def test_0011_small_matter_is_done_within_the_week(matters: dict[str, Matter]) -> None:
    matter = matters["0011"]
    assert not matter.of(Transfer)
    assert due(matter, "I3") == date(2026, 6, 1)
    assert days_until_answered(matter) == 4


def test_0012_dispute_in_arbitration_still_checks_own_duty(matters: dict[str, Matter]) -> None:
    matter = matters["0012"]
    referral = matter.first(Referral)
    assert matter.case.route is Route.ARBITRATION
    assert referral is not None
    assert referral.own_duty is not None
    assert matter.closure is not None
    assert matter.closure.way is Closing.ROUTED


def test_0013_is_linked_because_a_promise_was_not_kept(matters: dict[str, Matter]) -> None:
    earlier, later = matters["0001"], matters["0013"]
    assert later.case.earlier == [earlier.case.number]
    promised = earlier.answers[1].execution
    assert promised is not None
    assert promised.amount is not None
    assert promised.amount - earlier.fulfilled_amount(1) == later.case.claims[0].amount == 21000
    assert later.first(Supervision) is not None
    assert later.state is State.APPROVED


def test_0014_is_not_ours_and_names_the_sixty_days(
    register: Register, matters: dict[str, Matter]
) -> None:
    referral = matters["0014"].first(Referral)
    assert matters["0014"].case.route is Route.NOT_OURS
    assert referral is not None
    assert register.office is not None
    route = register.office.route(referral.route)
    assert route is not None
    assert "60日" in route.time_limit


def test_0015_danger_is_mended_the_same_day_and_no_one_is_punished_for_it(
    matters: dict[str, Matter],
) -> None:
    matter = matters["0015"]
    looked = matter.first(Investigation)
    assert matter.case.urgency is Urgency.EXTREME
    assert looked is not None
    assert looked.day == matter.case.received.day
    assert "安全生产法 第五十四条" in matter.answers[2].basis
    notice = matter.first(Notice)
    assert notice is not None
    assert "任何人不得因反映隐患降低工资" in (notice.content or "")


def test_0016_three_departments_sign_and_the_deputy_approves(
    matters: dict[str, Matter],
) -> None:
    matter = matters["0016"]
    assert len(matter.departments) == 3
    assert {step.department for step in matter.of(Countersignature)} == set(matter.departments)
    approval = matter.approval_of(PaperKind.OPINION)
    assert approval is not None
    post = matter.post(approval.signer, approval.day)
    assert post is not None
    assert post.role is Role.DEPUTY
    assert matter.state is State.REPLIED


def test_0017_interpreter_is_arranged(matters: dict[str, Matter]) -> None:
    assert matters["0017"].case.parties[0].interpreter


def test_0017_name_is_long_and_has_two_separators(register: Register) -> None:
    name = opened(register, "0017").parties["A"].name or ""
    assert len(name) > 20
    assert name.count("\u00b7") == 2
    assert mask_name(name) == f"{name[0]}某"


def test_0018_earlier_of_fourteen_and_sixty_days(matters: dict[str, Matter]) -> None:
    matter = matters["0018"]
    assert due(matter, "I5") == date(2026, 9, 7) < due(matter, "C3")
    report = matter.first(ReportUp)
    assert report is not None
    assert report.day <= due(matter, "I5")


def test_0019_transfer_was_three_days_late(matters: dict[str, Matter]) -> None:
    late = next(d for d in matters["0019"].deadlines if d.clock.id == "I2")
    assert late.days_late == 3
    assert matters["0019"].first(Rectification) is not None


def test_0020_is_withdrawn_in_writing(matters: dict[str, Matter]) -> None:
    withdrawal = matters["0020"].first(Withdrawal)
    assert withdrawal is not None
    assert withdrawal.written
    assert matters["0020"].closure is not None
    assert matters["0020"].closure.way is Closing.WITHDRAWN


def test_0021_notice_rolls_over_spring_festival(matters: dict[str, Matter]) -> None:
    matter = matters["0021"]
    assert matter.case.received.day == date(2026, 2, 6)
    assert due(matter, "C1") == date(2026, 2, 24) == matter.milestones["告知"]


def test_0022_sixty_days_and_extension_roll_over_may_day(matters: dict[str, Matter]) -> None:
    matter = matters["0022"]
    assert matter.milestones["受理"] == date(2026, 3, 2)
    assert due(matter, "C3") == date(2026, 5, 6)
    assert due(matter, "C4") == date(2026, 6, 1)


def test_0023_review_period_rolls_over_national_day(matters: dict[str, Matter]) -> None:
    matter = matters["0023"]
    assert matter.milestones["答复送达"] == date(2026, 9, 1)
    assert due(matter, "C5") == date(2026, 10, 8)
    assert outcomes(matter) == [Outcome.NOT_SUPPORTED, Outcome.PARTLY]


def test_0024_is_accepted_for_seven_people(matters: dict[str, Matter]) -> None:
    matter = matters["0024"]
    assert matter.case.people == 7
    assert matter.state is State.HANDLING


def test_0024_rare_names_are_masked_apart(register: Register) -> None:
    names = [identity.name or "" for _, identity in opened(register, "0024").people()]
    assert {"张喆", "李祎", "龙𬭎"} <= set(names)
    masks = mask_names([(name, False) for name in names])
    assert {"张某1", "张某2", "欧阳某1", "欧阳某2"} <= set(masks)
    assert len(set(masks)) == len(masks)


def test_grave_matters_are_signed_by_the_head(matters: dict[str, Matter]) -> None:
    for matter in matters.values():
        approval = matter.approval_of(PaperKind.OPINION)
        if matter.case.grave and approval is not None:
            signers = {step.signer for step in matter.of(Approval)}
            roles = {post.role for name in signers if (post := matter.post(name, approval.day))}
            assert Role.HEAD in roles, matter.case.number
