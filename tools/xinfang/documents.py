"""From a matter and a form to a paper: the values that fill it, and what stops it.

A paper is HTML with everything in it, so that it can be looked at, compared and printed
anywhere. A field that is missing stops the paper with a finding; nothing is ever guessed or
left as a hole. Names stand in it only where the caller hands them over (DESIGN §5).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xinfang import RULES_EDITION
from xinfang.blank import Blank
from xinfang.diagnostics import Finding, KeyPath, Level, Place
from xinfang.fonts import font_faces, with_fonts
from xinfang.formatting import FILTERS, other_fonts
from xinfang.forms import (
    OFFICE,
    SHARED,
    THIS_STEP,
    BrokenFormError,
    Form,
    Spot,
    follow,
    form_folders,
    forms,
)
from xinfang.law import Mark, recognise
from xinfang.matter import Matter
from xinfang.model import words
from xinfang.model.case import Party
from xinfang.model.fields import Moment
from xinfang.model.office import Office
from xinfang.model.steps import Draft, StepBase
from xinfang.tables import PRINTED

#: Code of a party → what is sealed about it: 姓名, 住址, 联系方式.
Identities = Mapping[str, Mapping[str, str]]

#: Where a place in the case (or, with True, in ``office.yaml``) stands in its file.
Locate = Callable[[KeyPath, bool], Place]

SEALED: Final = "（身份信息封存）"
_NOT_GIVEN: Final = "未载明"

#: What nobody may leave standing in a paper that goes out.
_PLACEHOLDER: Final = re.compile(r"[×✕＊*]{2,}|[xX]{3,}|[?？]{2,}|_{2,}|＿{2,}|待定|待补|待填")
_TAG: Final = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)
_STYLES: Final = {"公文": "official.css", "表格": "table.css"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of one matter, or what stopped it.

    Attributes:
        case: Case number.
        form: The form.
        ordinal: From 1; counts the papers of a form that has one for each step of a kind.
        html: The whole paper; None where an error stopped it.
        findings: What was found; errors stop the paper, warnings do not.
        state: 草稿, 送审稿, or empty for a final.
    """

    case: str
    form: Form
    ordinal: int
    html: str | None
    findings: tuple[Finding, ...]
    state: str = ""

    @property
    def file_name(self) -> str:
        """Name of the PDF: ``XF-2026-0001-D08.pdf``, the second one ``…-D08-2.pdf``."""
        tail = f"-{self.ordinal}" if self.ordinal > 1 else ""
        return f"{self.case}-{self.form.id}{tail}.pdf"


@dataclass(frozen=True, slots=True)
class Person:
    """A petitioner as a paper shows them."""

    code: str
    name: str = field(repr=False)
    address: str = field(repr=False)
    contact: str = field(repr=False)
    party: Party


class Papers:
    """The forms of a register and the way from a matter to its papers.

    Args:
        folders: Folders of forms; an earlier one overrides a later one.
    """

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.forms = forms(*folders)
        self._places = form_folders(*folders)
        self._environment = _environment(folders)

    def applicable(self, matter: Matter) -> list[Form]:
        """List the forms that can be wanted for a matter as it stands."""
        return [form for form in self.forms.values() if form.applies_to(matter)]

    def compose(
        self,
        form: Form,
        matter: Matter,
        identities: Identities | None = None,
        locate: Locate | None = None,
    ) -> list[Paper]:
        """Make the papers of one form for a matter: one, or one for each step of its kind."""
        where = locate or (
            lambda _keys, in_office: Place("office.yaml" if in_office else matter.path)
        )
        if not form.applies_to(matter):
            return [Paper(matter.case.number, form, 1, None, (_not_applicable(form, where),))]
        return [
            self._compose(form, matter, step, ordinal, identities, where)
            for ordinal, step in enumerate(form.subjects(matter), 1)
        ]

    def _compose(
        self,
        form: Form,
        matter: Matter,
        step: StepBase | None,
        ordinal: int,
        identities: Identities | None,
        where: Locate,
    ) -> Paper:
        state = state_of(form, matter, step)
        found = [
            *_missing(form, matter, step, where),
            *_unconfirmed(form, matter, where),
            *_unanswered(form, matter, where),
            *(_unverified(matter, where) if not state and form.each_claim else ()),
        ]
        if found:
            return Paper(matter.case.number, form, ordinal, None, tuple(found), state)
        html = self._html(form, matter.office, _values(form, matter, step, identities, state))
        found += _wording(form, html, where, final=not state)
        return Paper(
            matter.case.number, form, ordinal, None if found else html, tuple(found), state
        )

    def blank(self, form: Form, office: Office) -> str:
        """Make the form as a blank sheet for handwriting."""
        return self._html(form, office, _blank_values(form))

    def of_register(self, form: Form, office: Office, values: Mapping[str, Any]) -> str:
        """Fill a form that shows the whole register, such as the ledger.

        Args:
            form: The form.
            office: The office.
            values: What its template shows.
        """
        marks = _watermarks("", sample=office.register_.sample)
        return self._html(form, office, {"blank": False, "watermarks": marks, **values})

    def _html(self, form: Form, office: Office, values: Mapping[str, Any]) -> str:
        """Fill a form's template.

        Raises:
            BrokenFormError: The template asks for something that does not exist.
        """
        folder = self._places[form.id]
        try:
            html = self._environment.get_template(f"{folder.name}/page.html").render(
                values,
                form=form,
                office=office,
                unit=office.own_unit,
                words=words,
                stacks=PRINTED,
                edition=RULES_EDITION,
                sample=office.register_.sample,
                css=self._css(form, folder),
            )
        except TemplateError as error:
            raise BrokenFormError(folder.name, f"page.html:{error.message}") from error
        return other_fonts(html) if form.layout == "公文" else html

    def _css(self, form: Form, folder: Path) -> str:
        shared = (self._shared(name) for name in ("base.css", _STYLES[form.layout]))
        own = folder / "page.css"
        texts = [*shared, *([own.read_text("utf-8")] if own.exists() else [])]
        return font_faces() + with_fonts("".join(texts))

    def _shared(self, name: str) -> str:
        return next(
            (folder / SHARED / name).read_text("utf-8")
            for folder in self.folders
            if (folder / SHARED / name).exists()
        )


@cache
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """Templates that refuse to guess and cannot reach out: a register may bring its own."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


# What stands in the way of a paper


def state_of(form: Form, matter: Matter, step: StepBase | None = None) -> str:
    """Give 草稿 or 送审稿 while a paper still needs its approval or number; empty for a final."""
    # A matter that was closed without a draft, by a legal route for example, needs no approval.
    unneeded = matter.closure is not None and matter.first(Draft) is None
    approved = form.approval is None or unneeded or matter.approval_of(form.approval) is not None
    numbered = form.number is None or all(
        not spot.is_empty for spot in follow(form.number, matter, step)
    )
    if approved and numbered:
        return ""
    return "送审稿" if form.approval and matter.first(Draft) else "草稿"


def _not_applicable(form: Form, where: Locate) -> Finding:
    steps = "、".join(form.applies.steps)
    mend = f"须先有步骤:{steps}" if steps else f"适用范围见 {form.id} 的说明:{form.about}"
    return Finding(
        where((), False),
        Level.ERROR,
        "paper-not-applicable",
        f"本事项目前不适用{form.name}({form.id})",
        mend,
    )


def _missing(form: Form, matter: Matter, step: StepBase | None, where: Locate) -> Iterator[Finding]:
    for path in form.required:
        for spot in follow(path, matter, step):
            if spot.is_empty:
                yield _stop(form, where, spot, "missing", f"缺少“{_spelt(form, path)}”")


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


def _wording(form: Form, html: str, where: Locate, *, final: bool) -> list[Finding]:
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


# Values


def _values(
    form: Form,
    matter: Matter,
    step: StepBase | None,
    identities: Identities | None,
    state: str,
) -> dict[str, Any]:
    number = next(iter(follow(form.number, matter, step)), None) if form.number else None
    return {
        "blank": False,
        "state": state,
        "final": not state,
        "watermarks": _watermarks(state, sample=matter.office.register_.sample),
        "case": matter.case,
        "matter": matter,
        "step": step,
        "people": [_person(party, identities) for party in matter.case.parties],
        "number": None if number is None or number.is_empty else number.value,
        "day": _day_of(form, matter, step),
        "made": _latest(matter),
        "all": lambda *kinds: [s for s in matter.steps if s.KIND in kinds],
        "last": lambda kind: next((s for s in reversed(matter.steps) if kind == s.KIND), None),
        "evidence": {
            item.number: item.name
            for found in matter.steps
            for item in getattr(found, "evidence", [])
        },
        "due": {
            deadline.clock.id: deadline for deadline in matter.deadlines if not deadline.department
        },
        "post_on": matter.office.post,
    }


def _blank_values(form: Form) -> dict[str, Any]:
    nothing = Blank()
    names = ("case", "matter", "step", "people", "number", "day", "made", "evidence", "due")
    return {
        **dict.fromkeys(names, nothing),
        "blank": True,
        "state": "",
        "final": False,
        "watermarks": [],
        "all": nothing,
        "last": nothing,
        "post_on": nothing,
        "form": form,
    }


def _watermarks(state: str, *, sample: bool) -> list[str]:
    return [mark for mark in ("样例数据" if sample else "", state) if mark]


def _person(party: Party, identities: Identities | None) -> Person:
    known = (identities or {}).get(party.code)

    def show(key: words.Particular) -> str:
        if known is not None and known.get(key):
            return known[key]
        return SEALED if key in party.given else _NOT_GIVEN

    name = show(words.Particular.NAME)
    return Person(
        party.code,
        f"信访人{party.code}{SEALED}" if name == SEALED else name,
        show(words.Particular.ADDRESS),
        show(words.Particular.CONTACT),
        party,
    )


def _day_of(form: Form, matter: Matter, step: StepBase | None) -> date | None:
    for path in form.dated_by:
        for spot in follow(path, matter, step):
            if isinstance(spot.value, Moment):
                return spot.value.day
            if isinstance(spot.value, date):
                return spot.value
    return None


def _latest(matter: Matter) -> date:
    """Give the day up to which the record reaches; it stands for the time of making."""
    return max([matter.case.registered, *(step.day for step in matter.steps)])


def stopped(papers: Iterable[Paper]) -> list[Finding]:
    """Collect the findings of papers, sorted."""
    return sorted({finding for paper in papers for finding in paper.findings})
