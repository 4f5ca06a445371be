"""What several rules share: words and texts, people and departments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Final

from xinfang.clocks import Deadline
from xinfang.diagnostics import KeyPath
from xinfang.matter import Matter
from xinfang.model.office import Office
from xinfang.model.steps import Correction, StepBase
from xinfang.model.texts import PlacedText, texts_of

_ANSWER: Final = "请写明答复、引导或转送的去向和日期"
_FACTS: Final = "请只写事实:何时、何地、做了什么;诉求是否成立另行答复"
_NO_PERSONS: Final = "风险只能是事项或决策的;本登记册不对人评价、跟踪、列名单,请删去"
_NEUTRAL: Final = "请写“信访人”或代号"
_CLAIM: Final = "请写“不予支持”,并写明理由和依据"
#: Words that label or manage people instead of answering them, each with what to write instead.
#: The patterns let near misses pass: 信息访问, 安静访谈, 平稳控制 are ordinary words.
GUARDRAILS: Final[tuple[tuple[str, str], ...]] = (
    (r"劝返", _ANSWER),
    (r"(?<![信消休作利])息访", _ANSWER),
    (r"(?<!安)静访", _ANSWER),
    (r"罢访", _ANSWER),
    (r"(?<!平)稳控(?!制)", _NO_PERSONS),
    (r"盯守", _NO_PERSONS),
    (r"重点人员(?!密集)", _NO_PERSONS),
    (r"重点人(?=[、,,。;;]|$)", _NO_PERSONS),
    (r"风险人员", _NO_PERSONS),
    (r"极端倾向", _NO_PERSONS),
    (r"极端人员", _NO_PERSONS),
    (r"维稳对象", _NO_PERSONS),
    (r"管控对象", _NO_PERSONS),
    (r"信访黑名单", _NO_PERSONS),
    (r"(?<!拦)截访", _NO_PERSONS),
    (r"拦访", _NO_PERSONS),
    (r"接返", _NO_PERSONS),
    (r"缠访", _FACTS),
    (r"闹访", _FACTS),
    (r"缠闹", _FACTS),
    (r"无理取闹", _FACTS),
    (r"非正常上访", _FACTS),
    (r"越级上访", _FACTS),
    (r"别有用心", _FACTS),
    (r"不明真相", _FACTS),
    (r"上访户", _NEUTRAL),
    (r"上访人员", _NEUTRAL),
    (r"老上访", _NEUTRAL),
    (r"上访专业户", _NEUTRAL),
    (r"钉子户", _NEUTRAL),
    (r"刁民", _NEUTRAL),
    (r"无理要求", _CLAIM),
    (r"无理规定", _CLAIM),
    (r"无理诉求", _CLAIM),
    (r"无理上访", _CLAIM),
)
# Bare words first: an alternation of plain words is sixty times faster than one with guards.
_BARE: Final = re.compile("|".join(re.sub(r"\(\?[^)]*\)", "", word) for word, _ in GUARDRAILS))
_GUARDED: Final = tuple((re.compile(word), mend) for word, mend in GUARDRAILS)
QUOTED: Final = re.compile(r"“[^”]*”|「[^」]*」")
#: Where a petitioner's or an earlier writer's own words may stand in quotation marks.
REPORTED: Final = frozenset({"事实", "理由"})
#: What may stand between the characters of a number.
NOT_OF_VALUES: Final = re.compile(r"[^0-9A-Za-z@.]")


def may_hold_guardrail(text: str) -> bool:
    """Say quickly whether a text may hold a guardrail word."""
    return _BARE.search(text) is not None


def guardrail_words(placed: Iterable[PlacedText]) -> Iterator[tuple[PlacedText, str, str]]:
    """Yield each text that holds a guardrail word, the word, and what to write instead.

    In 事实 and 理由 words in quotation marks are left alone: what the petitioner said is to be
    recorded truthfully (条例 19).
    """
    for keys, text in placed:
        own = QUOTED.sub("", text) if keys[-1] in REPORTED else text
        if not may_hold_guardrail(own):
            continue
        for pattern, mend in _GUARDED:
            match = pattern.search(own)
            if match:
                yield (keys, text), match[0], mend


def standing_texts(matter: Matter) -> Iterable[PlacedText]:
    """Texts that stand: a corrected step counts as corrected, an annulled one not at all."""
    if not any(isinstance(step, Correction) for step in matter.case.steps):
        return matter.texts
    texts = [placed for placed in matter.texts if placed[0][0] != "办理"]
    for index, step in matter.indexed_steps:
        texts += texts_of(step, ("办理", index))
    return texts


def is_published(office: Office, value: str) -> bool:
    """Whether a number or address is the office's, a unit's or an authority's own."""
    published = _bare_values(tuple(text for _, text in texts_of(office)))
    return NOT_OF_VALUES.sub("", value) in published


@cache
def _bare_values(texts: tuple[str, ...]) -> str:
    return "|".join(NOT_OF_VALUES.sub("", text) for text in texts)


def field_of(keys: KeyPath) -> str:
    """Key of the field that a place lies in, also where it is one item of a list."""
    return next((key for key in reversed(keys) if isinstance(key, str)), "")


def department_of(matter: Matter, name: str | None, day: date) -> str | None:
    """Department of a person on a day, by its proper name; None where nobody knows."""
    post = matter.post(name, day)
    if post is None:
        return None
    department = matter.office.department(post.department)
    return department.name if department else post.department


def is_of_office(matter: Matter, name: str | None, day: date) -> bool:
    """Whether a person belonged to the office in charge of petitions on a day."""
    office = matter.office
    own = office.department(office.office_department)
    return department_of(matter, name, day) == (own.name if own else office.office_department)


#: Fields of steps that name somebody of this office who acts.
_ACTING: Final = (
    "handler",
    "approver",
    "signer",
    "officers",
    "officer",
    "leader",
    "decided_by",
    "by",
)


def actors(matter: Matter, step: StepBase) -> Iterator[tuple[KeyPath, str]]:
    """Yield everybody who acts in a step, with the place of the name."""
    for keys, name in acting_names(step):
        yield matter.at(step, *keys), name


def acting_names(step: StepBase) -> Iterator[tuple[KeyPath, str]]:
    """Yield everybody who acts in a step, with the place of the name inside the step."""
    values = step.__dict__
    for name, key in _acting_fields(type(step)):
        value = values[name]
        if isinstance(value, list):
            yield from (((key, index), person) for index, person in enumerate(value))
        elif value:
            yield (key,), value


@cache
def _acting_fields(kind: type[StepBase]) -> tuple[tuple[str, str], ...]:
    """Fields of a kind of step that name somebody who acts: name in Python, key in the file."""
    fields = kind.model_fields
    return tuple((name, str(fields[name].alias)) for name in _ACTING if name in fields)


def department_label(matter: Matter, name: str) -> str:
    """Give a department as a message may show it; what the office does not know is not quoted."""
    department = matter.office.department(name)
    return department.name if department else "未登记的部室"


def department_name(matter: Matter, name: str) -> str:
    """Give the proper name of a department; what the office does not know stays as written."""
    department = matter.office.department(name)
    return department.name if department else name


def deadline_of(matter: Matter, clock: str) -> Deadline | None:
    """Find how a clock ran for a matter, by its id; None where it does not run."""
    return next((found for found in matter.deadlines if found.clock.id == clock), None)


def gaps(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """List the stretches missing from 1 up to the largest number: first and last of each."""
    found: list[tuple[int, int]] = []
    expected = 1
    for number in sorted(numbers):
        if number > expected:
            found.append((expected, number - 1))
        expected = number + 1
    return found


def spell_gap(first: int, last: int) -> str:
    """Write a gap: ``3`` or ``3—7``."""
    return f"{first}" if first == last else f"{first}—{last}"
