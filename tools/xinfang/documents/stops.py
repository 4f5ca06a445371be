"""What stands in the way of a paper: missing fields, unanswered claims, words that may not leave.

What a rule already knows is asked of the rule: a form names the rules whose errors keep its
final from going out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from xinfang.diagnostics import Finding, KeyPath, Level, Place
from xinfang.documents.values import Identities, number_of
from xinfang.forms import (
    GIVEN,
    NOT_GIVEN,
    OFFICE,
    THIS_STEP,
    Form,
    Needed,
    Spot,
    follow,
    follow_office,
    wanted,
)
from xinfang.identity import Leaks, secrets_among
from xinfang.law import Mark, recognise
from xinfang.matter import ANSWERS, Matter
from xinfang.model.office import Office
from xinfang.model.steps import Draft, StepBase
from xinfang.model.words import PaperKind, Particular
from xinfang.rules import all_rules

#: Where a place in the case (or, with True, in ``office.yaml``) stands in its file.
Locate = Callable[[KeyPath, bool], Place]

#: What nobody may leave standing in a paper that goes out.
_PLACEHOLDER: Final = re.compile(r"[×✕＊*]{2,}|[xX]{3,}|[?？]{2,}|_{2,}|＿{2,}|待定|待补|待填")
_TAG: Final = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)
#: Rules that every final keeps, whatever its form asks.
_ALWAYS: Final = frozenset({"personal-data-in-clear", "no-waiver-of-rights", "guardrail-words"})


def state_of(form: Form, matter: Matter, step: StepBase | None = None, ordinal: int = 1) -> str:
    """Give 草稿 or 送审稿 while a paper still needs its approval or number; empty for a final."""
    # A matter that was closed without a draft, by a legal route for example, needs no approval.
    unneeded = matter.closure is not None and matter.first(Draft) is None
    approved = form.approval is None or unneeded or _is_approved(form.approval, form, matter)
    unnumbered = form.number is None and form.series is None
    numbered = unnumbered or number_of(form, matter, step, ordinal) is not None
    if approved and numbered:
        return ""
    return "送审稿" if form.approval and matter.first(Draft) else "草稿"


def _is_approved(paper: PaperKind, form: Form, matter: Matter) -> bool:
    """Whether a paper is approved; a record of the whole matter is by whatever answer it had."""
    if form.series is None and paper in ANSWERS:
        return matter.answer_approval is not None
    return matter.approval_of(paper) is not None


def stops(
    form: Form, matter: Matter, step: StepBase | None, where: Locate, *, final: bool
) -> list[Finding]:
    """List what must be mended before a paper can be made at all."""
    return [
        *_missing(form, matter, step, where),
        *_unconfirmed(form, matter, where),
        *_unanswered(form, matter, where),
        *(_unverified(matter, where) if final and form.each_claim else ()),
        *(_ruled_out(form, matter, where) if final else ()),
    ]


def office_stops(form: Form, office: Office, where: Locate) -> list[Finding]:
    """List what ``office.yaml`` lacks for a paper that shows the office alone."""
    return [
        _stop(form, where, spot, "missing", f"缺少“{_spelt(form, path)}”")
        for path in form.required
        for spot in follow_office(path, office)
        if spot.is_empty
    ]


def _ruled_out(form: Form, matter: Matter, where: Locate) -> Iterator[Finding]:
    """Yield what the rules that a final keeps find wrong in the matter."""
    kept = _ALWAYS | set(form.rules)
    for rule in all_rules():
        if rule.slug in kept and rule.holds_on(matter.case.registered):
            for fault in rule.module.check_case(matter):
                level = rule.level if fault.level is None else fault.level
                if level is Level.ERROR:
                    yield Finding(
                        where(fault.keys, False),
                        Level.ERROR,
                        rule.slug,
                        f"{fault.message},不能出具{form.name}({form.id})",
                        fault.mend,
                        tuple(map(str, rule.cites)),
                    )


def _missing(form: Form, matter: Matter, step: StepBase | None, where: Locate) -> Iterator[Finding]:
    for path, needed in wanted(form, matter, step):
        for spot in follow(path, matter, step):
            if spot.is_empty:
                why = f"({_condition(form, needed)}必填)" if needed else ""
                yield _stop(form, where, spot, "missing", f"缺少“{_spelt(form, path)}”{why}")


def _unconfirmed(form: Form, matter: Matter, where: Locate) -> Iterator[Finding]:
    for path in form.confirmed:
        for spot in follow(path, matter):
            if spot.value is False:
                yield _stop(form, where, spot, "unconfirmed", f"“{_spelt(form, path)}”还不是“是”")


def _spelt(form: Form, path: str) -> str:
    """Write a key path as a clerk reads it: 转办 › 反馈期限."""
    keys = path.split(".")
    keys[0] = {THIS_STEP: form.per_step or THIS_STEP, OFFICE: "office.yaml"}.get(keys[0], keys[0])
    return " › ".join(keys)


def _condition(form: Form, needed: Needed) -> str:
    """Write a condition as a clerk reads it: “调解 › 种类”为“调解”时."""
    return "、".join(
        f"“{_spelt(form, path)}”{_state(words)}" for path, words in needed.where.items()
    )


def _state(words: list[str]) -> str:
    """Write what must stand somewhere: 为“不同意”或“部分同意”时, 已填时, 没有填时."""
    named = [f"“{word}”" for word in words if word not in (GIVEN, NOT_GIVEN)]
    states = [f"为{'或'.join(named)}"] if named else []
    states += ["已填"] if GIVEN in words else []
    states += ["没有填"] if NOT_GIVEN in words else []
    return f"{'或'.join(states)}时"


def _stop(form: Form, where: Locate, spot: Spot, what: str, message: str) -> Finding:
    file = "office.yaml" if spot.in_office else "本事项的文件"
    mend = f"请在{file}中补填" if what == "missing" else f"请确认后在{file}中改为“是”"
    return Finding(
        where(spot.keys, spot.in_office),
        Level.ERROR,
        f"paper-field-{what}",
        f"{message},不能出具{form.name}({form.id})",
        mend,
        tuple(form.basis),
    )


def _unanswered(form: Form, matter: Matter, where: Locate) -> Iterator[Finding]:
    if not form.each_claim:
        return
    for number, claim in enumerate(matter.case.claims, 1):
        if number not in matter.answers and number not in matter.referred:
            yield Finding(
                where(matter.at(claim), False),
                Level.ERROR,
                "paper-claim-unanswered",
                f"第 {number} 条请求还没有答复,不能出具{form.name}({form.id})",
                "请在“拟办”步骤中逐条答复",
                tuple(form.basis),
            )


def _unverified(matter: Matter, where: Locate) -> Iterator[Finding]:
    for answer in matter.answers.values():
        for index, text in enumerate(answer.basis):
            work = recognise(text)
            if work is not None and work.mark is Mark.MEMORY:
                yield Finding(
                    where(matter.at(answer, "依据", index), False),
                    Level.ERROR,
                    "paper-basis-unverified",
                    f"依据“{work.id}”尚未核对原文,不能写进正式文书",
                    "请核对原文后改用已核对的依据,或先出草稿",
                )


def named_in_clear(
    form: Form, matter: Matter, identities: Identities | None, where: Locate
) -> list[Finding]:
    """List the texts of a case that hold a petitioner's name or address: the seal alone does."""
    staff = frozenset(post.name for post in matter.office.posts)
    values = [
        (key, known.get(key))
        for known in (identities or {}).values()
        for key in (Particular.NAME, Particular.ADDRESS)
    ]
    leaks = Leaks(secrets_among(matter.case.number, values, known=staff))
    return [
        Finding(
            where(keys, False),
            Level.ERROR,
            "paper-names-in-text",
            f"案中文字写有封存的{leak.field},不能出具{form.name}({form.id})",
            "请改用代号;已提交过的按泄密处置",
            tuple(form.basis),
        )
        for keys, text in (matter.texts if next(leaks.find(matter.text), None) else ())
        for leak in leaks.find(text)
    ]


def wording(form: Form, html: str, where: Locate, *, final: bool) -> list[Finding]:
    """List the words of a page that keep it from going out."""
    text = _TAG.sub(" ", html)
    bad = [word for word in form.banned if word in text]
    if final:
        bad += sorted({match[0] for match in _PLACEHOLDER.finditer(text)})
    return [
        Finding(
            where((), False),
            Level.ERROR,
            "paper-wording",
            f"{form.name}({form.id})中出现“{word}”,不能出具",
            "请改写案中相应的文字",
            tuple(form.basis),
        )
        for word in bad
    ]
