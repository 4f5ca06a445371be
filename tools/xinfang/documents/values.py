"""What a template sees: the values of a matter, of an office alone, or of a blank sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from xinfang.blank import Blank
from xinfang.forms import Form, follow
from xinfang.matter import Matter
from xinfang.model import words
from xinfang.model.case import Party
from xinfang.model.fields import Moment
from xinfang.model.steps import StepBase

#: Code of a party → what is sealed about it: 姓名, 住址, 联系方式.
Identities = Mapping[str, Mapping[str, str]]

SEALED: Final = "（身份信息封存）"
_NOT_GIVEN: Final = "未载明"
#: Names that a template may ask for; on a blank sheet each is a blank.
_NAMES: Final = (
    "case",
    "matter",
    "step",
    "people",
    "number",
    "day",
    "made",
    "evidence",
    "due",
    "record",
)


@dataclass(frozen=True, slots=True)
class Person:
    """A petitioner as a paper shows them."""

    code: str
    name: str = field(repr=False)
    address: str = field(repr=False)
    contact: str = field(repr=False)
    party: Party


def values_of(
    form: Form,
    matter: Matter,
    step: StepBase | None,
    ordinal: int,
    identities: Identities | None,
    state: str,
) -> dict[str, Any]:
    """Give what a template sees of a matter."""
    return {
        "blank": False,
        "state": state,
        "final": not state,
        "watermarks": watermarks(state, sample=matter.office.register_.sample),
        "case": matter.case,
        "matter": matter,
        "step": step,
        "people": [_person(party, identities) for party in matter.case.parties],
        "number": number_of(form, matter, step, ordinal),
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
        "you": _address(matter),
    }


def blank_values() -> dict[str, Any]:
    """Give what a template sees when nobody has filled anything in."""
    nothing = Blank()
    return {
        **dict.fromkeys(_NAMES, nothing),
        "blank": True,
        "state": "",
        "final": False,
        "watermarks": [],
        "all": nothing,
        "last": nothing,
        "post_on": nothing,
        "you": "信访人",
    }


def office_values(record: object, *, sample: bool, day: date | None = None) -> dict[str, Any]:
    """Give what a template sees that shows the office, or a record that is no case."""
    return {
        **dict.fromkeys(_NAMES, Blank()),
        "blank": False,
        "state": "",
        "final": True,
        "watermarks": watermarks("", sample=sample),
        "all": Blank(),
        "last": Blank(),
        "post_on": Blank(),
        "you": "信访人",
        "record": record,
        "day": day,
        "number": None,
    }


def watermarks(state: str, *, sample: bool) -> list[str]:
    """List the marks that are printed behind a paper."""
    return [mark for mark in ("样例数据" if sample else "", state) if mark]


def number_of(form: Form, matter: Matter, step: StepBase | None, ordinal: int) -> str | None:
    """Give a paper's number: what its step says, else what it was given on issue.

    A voided number is nobody's.
    """
    written = follow(form.number, matter, step) if form.number else ()
    given = [str(spot.value) for spot in written if not spot.is_empty]
    given += [step.number for step in reversed(matter.issued(form.id, ordinal)) if step.number]
    return next((number for number in given if number not in matter.voided), None)


def _address(matter: Matter) -> str:
    """Say 你, 你们 or 你单位 to the petitioners."""
    if matter.case.people > 1:
        return "你们"
    parties = matter.case.parties
    return "你单位" if parties and parties[0].kind is words.PartyKind.UNIT else "你"


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
    return max([matter.case.registered, *(step.day for step in matter.acts)])
