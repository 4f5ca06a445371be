"""Notices to a person: what each of them tells (domain notes 2.4), and what keeps one back.

Every notice is composed for every matter that it suits — the sample register and the samples of
the forms — and its text is read against the record that it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml
from form_samples import all_forms, papers, people, register, sample_data, sample_matter
from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang.documents import Paper
from xinfang.formatting import chinese_date
from xinfang.forms import Form
from xinfang.law import recognise
from xinfang.matter import Matter
from xinfang.model import load_case
from xinfang.model.office import Office
from xinfang.model.steps import Extension, Forwarding, Referral, Refusal, StepBase
from xinfang.rules.amounts_agree.capitals import CAPITAL_AMOUNT, parse_capitals
from xinfang.source import read_text

FORMS: dict[str, Form] = {form.id: form for form in all_forms()}
#: A figure with its capitals, as papers print them.
PAIR = re.compile(rf"([\d,]+\.\d\d)元（大写：人民币({CAPITAL_AMOUNT})）")

Change = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Notice:
    """One notice as printed, with the record behind it."""

    paper: Paper
    matter: Matter
    step: StepBase | None

    @property
    def office(self) -> Office:
        return self.matter.office

    @property
    def text(self) -> str:
        """What the page says, without blanks."""
        html = (self.paper.html or "").partition("<body")[2]
        return re.sub(r"\s", "", re.sub(r"<[^>]*>", "", html))

    def tells(self, *wanted: str) -> None:
        """Assert that every text stands on the page, however its punctuation was set."""
        page = bare(self.text)
        for text in wanted:
            assert bare(text) in page, f"{self.paper.case} {self.paper.form.id}: {text}"

    def of_step(self, kind: type[StepBase]) -> Any:  # noqa: ANN401 - the kind decides
        assert isinstance(self.step, kind)
        return self.step


def bare(text: str) -> str:
    return re.sub(r"\W", "", text)


def cited(text: str) -> str:
    """Write a basis as papers do, as far as the register of bases knows it."""
    work = recognise(text)
    return work.title if work else text


# What there is to tell: one function each, by the words of the checklist


def received(n: Notice) -> None:
    case = n.matter.case
    n.tells(chinese_date(case.origin.received if case.origin else case.received.day))


def case_number(n: Notice) -> None:
    n.tells(n.matter.case.number)


def paper_number(n: Notice) -> None:
    assert n.paper.number or n.paper.state, "a final has its number"
    n.tells(n.paper.number or "")


def claims(n: Notice) -> None:
    n.tells(*(claim.content for claim in n.matter.case.claims))


def who_handles(n: Notice) -> None:
    n.tells(f"{n.office.own_unit.short}{n.office.office_department}")


def department(n: Notice) -> None:
    assert re.search(r"承办部门：[^；，。]+，电话0999-\d{7}", n.text)


def phone(n: Notice) -> None:
    n.tells(n.office.channels.phone, n.office.own_unit.address or "")


def how_to_query(n: Notice) -> None:
    n.tells(n.office.channels.progress, n.office.channels.complaint)


def recusal(n: Notice) -> None:
    n.tells("直接利害关系", "回避")


def confidence(n: Notice) -> None:
    n.tells("保密")


def no_retaliation(n: Notice) -> None:
    n.tells("打击报复")


def personal_data(n: Notice) -> None:
    """Who uses which kinds, for what, how long, and what the petitioner may ask (个保法 17)."""
    n.tells("姓名、住址、联系方式", "材料", "本事项", "保存", n.office.office_department)
    own_data(n)


def own_data(n: Notice) -> None:
    n.tells("查阅、复制、更正、补充", "删除")


def hardship(n: Notice) -> None:
    n.tells(n.office.channels.aid or "")


def procedure(n: Notice) -> None:
    wanted = "第二十九条" if n.matter.case.purpose == "建议意见" else "信访程序"
    n.tells(wanted, "书面答复")


def route(n: Notice) -> None:
    """Body, address, phone, materials, time limit and what missing it means."""
    step = n.of_step(Referral)
    known = n.office.route(step.route)
    assert known is not None
    n.tells(known.body, known.address, known.phone, step.time_limit or known.time_limit)
    n.tells(step.risk or known.risk, *(cited(text) for text in step.basis), step.reason or "")
    n.tells(step.own_duty or "", *known.materials)


def refusal(n: Notice) -> None:
    step = n.of_step(Refusal)
    n.tells(*step.reason.splitlines(), *(cited(text) for text in step.basis))


def objection(n: Notice) -> None:
    n.tells("对本告知书有异议")


def where_it_went(n: Notice) -> None:
    step = n.of_step(Forwarding)
    unit = n.office.unit(step.unit)
    n.tells(unit.name if unit else step.unit, chinese_date(step.day), "个人信息保护法")
    n.tells("经你同意" if step.consent else "没有同意提供个人信息")


def extension(n: Notice) -> None:
    step = n.of_step(Extension)
    days = {deadline.clock.id: deadline.due for deadline in n.matter.deadlines}
    n.tells(step.reason, f"{step.days}日", chinese_date(days["C3"]), chinese_date(days["C4"]))
    n.tells("主要负责人", chinese_date(step.day), "第三十四条")


def answers(n: Notice) -> None:
    """Each claim by itself: outcome, facts, opinion, basis."""
    for answer in n.matter.answers.values():
        n.tells(answer.outcome, *answer.facts.splitlines(), *answer.opinion.splitlines())
        n.tells(*(cited(text) for text in answer.basis))


def review(n: Notice) -> None:
    reviews = n.office.reviews
    assert reviews is not None
    body = reviews.review
    unit = n.office.unit(body.unit)
    n.tells(unit.name if unit else body.unit, body.address, body.phone)
    if n.matter.case.route == "信访程序":
        n.tells("自收到本意见书之日起30日内", "书面请求复查", "第三十五条")
    else:
        n.tells("不适用信访复查", "可以向", "反映")


def rereview(n: Notice) -> None:
    reviews = n.office.reviews
    assert reviews is not None
    body = reviews.rereview
    unit = n.office.unit(body.unit)
    n.tells(unit.name if unit else body.unit, body.address, body.phone)
    n.tells("自收到本复查意见书之日起30日内", "书面请求复核", "第三十六条")


def reviewed(n: Notice) -> None:
    """What the reviewing unit found: facts, opinion, basis."""
    step: Any = n.step
    n.tells(*step.facts.splitlines(), *step.content.splitlines(), *map(cited, step.basis))


def review_accepted(n: Notice) -> None:
    reviews = n.office.reviews
    assert reviews is not None
    step: Any = n.step
    n.tells(*step.content.splitlines(), chinese_date(step.day), "已经受理", "30日内", "第三十五条")
    n.tells(reviews.review.address, reviews.review.phone, "凭登记编号")


def data_answer(n: Notice) -> None:
    step: Any = n.step
    n.tells("、".join(step.wants), chinese_date(step.day), step.result, step.verified)
    n.tells(*step.content.splitlines(), *(step.reason or "").splitlines(), "第四十五条")
    n.tells("履行个人信息保护职责的部门", "人民法院", n.office.channels.complaint)


RECEIVED = (received, case_number, paper_number, who_handles, phone, how_to_query)
RIGHTS = (recusal, confidence, no_retaliation, personal_data, hardship)

TOLD: dict[str, tuple[Callable[[Notice], None], ...]] = {
    "D05": (*RECEIVED, *RIGHTS, claims, procedure, department),
    "D06": (*RECEIVED, *RIGHTS, route, objection),
    "D06a": (*RECEIVED, *RIGHTS, claims, refusal, objection),
    "D07": (*RECEIVED, *RIGHTS, claims, where_it_went, objection),
    "D13a": (*RECEIVED, *RIGHTS, extension),
    "D14": (*RECEIVED, *RIGHTS, claims, answers, review),
    "D14a": (*RECEIVED, *RIGHTS, claims, answers),
    "D16": (case_number, paper_number, claims, reviewed, rereview, confidence, no_retaliation),
    "D16b": (
        *(case_number, paper_number, review_accepted),
        *(recusal, confidence, no_retaliation, own_data),
    ),
    "D30a": (case_number, paper_number, who_handles, phone, data_answer, no_retaliation),
}


@cache
def notices(form: str) -> tuple[Notice, ...]:
    """A notice for its sample and for every matter of the register that has one."""
    wanted = FORMS[form]
    matters = [sample_matter(wanted)]
    for file in register().case_files():
        loaded = register().load(file)
        assert loaded.record is not None
        matters.append(register().matter(loaded.record, loaded.document.path))
    return tuple(
        Notice(paper, matter, step)
        for matter in matters
        if wanted.applies_to(matter)
        for paper, step in zip(
            papers().compose(wanted, matter, people()), wanted.subjects(matter), strict=True
        )
        if paper.html is not None
    )


def told() -> Iterator[Any]:
    for form, things in TOLD.items():
        yield from (pytest.param(form, tell, id=f"{form}-{tell.__name__}") for tell in things)


@pytest.mark.parametrize(("form", "tell"), list(told()))
def test_a_notice_tells_what_the_checklist_lists(form: str, tell: Callable[[Notice], None]) -> None:
    assert any(notice.paper.is_final for notice in notices(form))
    for notice in notices(form):
        tell(notice)


# Which remedy: chosen by rule, never by the clerk


def test_only_an_opinion_of_this_unit_tells_of_review() -> None:
    for notice in (*notices("D14a"), *notices("D16"), *notices("D16c")):
        assert "书面请求复查" not in notice.text, notice.paper.case
    for form in ("D14", "D14a", "D16c"):
        for notice in notices(form):
            assert "书面请求复核" not in notice.text, notice.paper.case


def test_review_is_told_where_its_period_runs_and_nowhere_else() -> None:
    told = {notice.paper.case: "书面请求复查" in notice.text for notice in notices("D14")}
    assert told == {n.paper.case: n.matter.case.route == "信访程序" for n in notices("D14")}
    assert set(told.values()) == {True, False}, "the sample register has both"


def test_after_the_last_opinion_the_other_rights_still_stand() -> None:
    for notice in notices("D16c"):
        notice.tells("第三十六条第三款", "诉讼、仲裁、举报等权利不受本意见影响", "打击报复")


@pytest.mark.parametrize("form", ["D05", "D06", "D06a", "D07", "D13a", "D14", "D14a"])
def test_a_legal_route_stands_only_where_a_step_refers_to_it(form: str) -> None:
    for notice in notices(form):
        named = {step.route for step in notice.matter.of(Referral)}
        for known in notice.office.routes:
            shown = bare(f"途径：{known.name}。机关：") in bare(notice.text)
            assert not shown or known.name in named, notice.paper.case
            if form in ("D14", "D13a") and known.name in named:
                notice.tells(known.body, known.phone, known.time_limit, known.risk)


def test_an_opinion_with_a_legal_route_is_among_the_samples() -> None:
    assert any(notice.matter.of(Referral) for notice in notices("D14"))


# Amounts and dates


@pytest.mark.parametrize("form", [*TOLD, "D16c", "D18", "D20"])
def test_figures_and_capitals_agree_and_dates_have_no_leading_zero(form: str) -> None:
    for notice in notices(form):
        for figure, spelt in PAIR.findall(notice.text):
            assert parse_capitals(spelt) == Decimal(figure.replace(",", ""))
        assert notice.text.count("大写：人民币") == len(PAIR.findall(notice.text))
        assert not re.search(r"年0\d|月0\d日|(?<!\d)\d{4}-\d{2}-\d{2}", notice.text)


@settings(deadline=None, max_examples=40)
@given(st.decimals("0.01", "9999999999.99", places=2))
def test_any_amount_is_written_the_same_twice(amount: Decimal) -> None:
    def promise(case: dict[str, Any]) -> None:
        step(case, "拟办")["答复"][0]["落实"]["金额"] = str(amount)

    def pay(case: dict[str, Any]) -> None:
        step(case, "调解").update(金额=str(amount), 协议内容="由乙方按本协议付款。")

    for form, change in (("D14", promise), ("D20", pay)):
        ((figure, spelt),) = PAIR.findall(made(form, change).text)
        assert Decimal(figure.replace(",", "")) == parse_capitals(spelt) == amount


# What keeps a final back


def step(case: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in reversed(case["办理"]) if s["事项"] == kind)
    return found


def matter(form: str, change: Change = lambda _case: None) -> Matter:
    """The sample of a form, changed."""
    data = deepcopy(sample_data(FORMS[form]))
    change(data)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    loaded = load_case(read_text(text, "cases/2026/XF-2026-0001.yaml"))
    assert loaded.record is not None, loaded.findings
    return register().matter(loaded.record, loaded.document.path)


def composed(form: str, change: Change = lambda _case: None) -> Paper:
    return papers().compose(FORMS[form], matter(form, change), people())[-1]


def final(form: str, change: Change = lambda _case: None) -> Paper:
    paper = composed(form, change)
    assert paper.is_final, paper.findings
    return paper


def made(form: str, change: Change) -> Notice:
    return Notice(final(form, change), matter(form, change), None)


def answer(**changed: Any) -> Change:  # noqa: ANN401 - YAML
    def change(case: dict[str, Any]) -> None:
        first = step(case, "拟办")["答复"][0]
        first.update(changed)
        if changed.get("证据") is None:
            first.pop("证据", None)

    return change


def drop_answer(case: dict[str, Any]) -> None:
    case["请求"].append({"内容": "说明拖欠的原因"})


def write(kind: str, key: str, text: str) -> Change:
    def change(case: dict[str, Any]) -> None:
        step(case, kind)[key] = text

    return change


def signed_by(name: str) -> Change:
    def change(case: dict[str, Any]) -> None:
        for approval in (s for s in case["办理"] if s["事项"] == "签批"):
            approval["签批人"] = name

    return change


UNFOUNDED = answer(查明="经研究,请求不成立。", 证据=None)
WAIVER = "乙方付款后,甲方不得再就此事上访、起诉。"
A_PHONE = "工友电话13912345678,可以作证。"
A_NAME = f"信访人{people()['A']['姓名']}已到场。"


@pytest.mark.parametrize(
    ("form", "rule", "change"),
    [
        ("D14", "finding-cites-evidence", UNFOUNDED),
        ("D18", "finding-cites-evidence", UNFOUNDED),
        ("D14", "paper-claim-unanswered", drop_answer),
        ("D18", "every-claim-answered", drop_answer),
        ("D14", "no-waiver-of-rights", answer(意见=WAIVER, 证据=["Z1"])),
        ("D18", "no-waiver-of-rights", answer(意见=WAIVER, 证据=["Z1"])),
        ("D20", "no-waiver-of-rights", write("调解", "协议内容", WAIVER)),
        ("D14", "personal-data-in-clear", answer(查明=A_PHONE, 证据=["Z1"])),
        ("D18", "personal-data-in-clear", write("上报", "内容", A_PHONE)),
        ("D20", "personal-data-in-clear", write("调解", "争议", A_PHONE)),
        ("D14", "paper-names-in-text", answer(查明=A_NAME, 证据=["Z1"])),
        ("D18", "paper-names-in-text", write("上报", "内容", A_NAME)),
        ("D20", "paper-names-in-text", write("调解", "争议", A_NAME)),
        ("D14", "answer-complete", answer(依据=[], 结论="不予支持", 证据=["Z1"])),
        ("D14", "approver-entitled", signed_by("王建国")),
        ("D14", "person-in-post", signed_by("周全")),
        ("D18", "person-in-post", signed_by("周全")),
        ("D20", "person-in-post", signed_by("周全")),
        ("D06a", "person-in-post", write("不予受理", "审批人", "周全")),
        ("D14", "guardrail-words", answer(意见="请信访人息访。", 证据=["Z1"])),
        ("D20", "agreement-names-payee", lambda case: step(case, "调解").pop("收款")),
        ("D20", "amounts-agree", write("调解", "协议内容", "付清7.00元。")),
        ("D06", "refusal-by-two", lambda case: step(case, "引导").update(审批人="李敏")),
        ("D06a", "refusal-by-two", lambda case: step(case, "不予受理").update(审批人="李敏")),
    ],
)
def test_a_final_is_refused_by_the_rule_that_it_breaks(
    form: str, rule: str, change: Change
) -> None:
    final(form)
    paper = composed(form, change)
    assert paper.html is None
    assert rule in {finding.rule for finding in paper.findings}
    assert all(finding.mend for finding in paper.findings)
    shown = "".join(map(str, paper.findings))
    assert "13912345678" not in shown
    assert people()["A"]["姓名"] not in shown


def test_a_letter_without_consent_shows_nobody() -> None:
    def refuse(case: dict[str, Any]) -> None:
        step(case, "转送")["本人同意"] = "否"

    def agree(case: dict[str, Any]) -> None:
        step(case, "转送")["本人同意"] = "是"

    who = [value for person in people().values() for value in person.values()]
    assert not any(value in made("D08a", refuse).text for value in who)
    made("D08a", agree).tells(*people()["A"].values())
    made("D07", refuse).tells("没有同意提供个人信息")


@pytest.mark.parametrize("form", ["D07", "D08a"])
def test_nothing_is_passed_on_before_the_petitioner_was_asked(form: str) -> None:
    paper = composed(form, lambda case: step(case, "转送").pop("本人同意"))
    assert paper.html is None
    assert any("本人同意" in finding.message for finding in paper.findings)


@pytest.mark.parametrize(
    ("form", "change", "named"),
    [
        ("D10", lambda case: step(case, "承办反馈").pop("计划"), "承办反馈 › 计划"),
        (
            "D15",
            lambda case: step(case, "送达").update(方式="留置送达"),
            "(“送达 › 方式”为“留置送达”时必填)",
        ),
        (
            "D20",
            lambda case: step(case, "调解").update(种类="调解", 调解组织=None),
            "调解 › 调解组织",
        ),
        (
            "D30a",
            lambda case: step(case, "个人信息请求").update(结果="不同意", 理由=None),
            "“个人信息请求 › 结果”为“部分同意”或“不同意”时必填",
        ),
    ],
)
def test_a_field_needed_only_then_is_named_in_words(form: str, change: Change, named: str) -> None:
    def without_nothing(case: dict[str, Any]) -> None:
        change(case)
        for held in case["办理"]:
            for key in [key for key, value in held.items() if value is None]:
                del held[key]

    paper = composed(form, without_nothing)
    assert paper.html is None
    assert named in "".join(finding.message for finding in paper.findings)


def test_what_is_needed_only_then_is_not_asked_for_otherwise() -> None:
    def settled(case: dict[str, Any]) -> None:
        step(case, "调解").update(种类="和解")
        step(case, "调解").pop("调解组织", None)

    final("D20", settled)
    final("D30a", lambda case: step(case, "个人信息请求").update(结果="同意"))


@pytest.mark.parametrize("form", ["D13", "D13a"])
def test_no_extension_where_no_period_runs(form: str) -> None:
    of = sample_matter(FORMS[form])
    assert FORMS[form].applies_to(of)
    clocks = tuple(clock for clock in of.clocks if clock.id != "C3")
    without = Matter(of.case, of.office, of.calendar, clocks, of.today, of.path)
    (paper,) = papers().compose(FORMS[form], without, people())
    assert [finding.rule for finding in paper.findings] == ["paper-not-applicable"]
