"""A question, what was typed to answer it, and whether that will do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final, Protocol

from pydantic import BaseModel

from xinfang.desk import Written
from xinfang.diagnostics import Finding, KeyPath, Level
from xinfang.entering import Kind, Slot, fields_of, normal, slot_of
from xinfang.model.steps import StepBase
from xinfang.typed import folded

#: Answers by the path of their value in the record; text, or a list of texts. Empty: passed over.
Answers = dict[KeyPath, Any]
#: First key of answers that steer the form and stand in no record.
ASIDE: Final = "?"

_MISSING: Final = "missing-key"
_PARTS: Final = re.compile(r"[、,，;；\n]\s*")
#: Sentences are parted by lines only: there is a comma in nearly every one.
_PROSE: Final = re.compile("[,，。]")
_LINES: Final = re.compile(r"[;；\n]\s*")
_NUMBERS: Final = re.compile(r"[0-9]+(?:[\s、,，;；]+[0-9]+)*")
_QUOTED: Final = re.compile("“([^”]+)”")
#: So many values of a list are looked at.
_LONGEST: Final = 20
_WEEKDAYS: Final = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, and what there is to say of it."""

    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        path: Where the answer stands in the record.
        title: What is asked for, in a few words.
        hint: What to fill in.
        slot: What kind of value it takes.
        required: Whether it must be answered.
        options: Answers to choose from.
        closed: Whether nothing else will do.
        default: The answer where nothing is typed.
    """

    path: KeyPath
    title: str
    hint: str = ""
    slot: Slot = Slot(Kind.LINE)  # noqa: RUF009 - frozen
    required: bool = False
    options: tuple[Option, ...] = ()
    closed: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a typed answer.

    Attributes:
        value: The answer in normal form; empty where the question was passed over.
        fault: What is wrong with it, and what would be right.
        blocking: Whether it makes no record at all; other faults may be what really happened.
    """

    value: Any
    fault: str = ""
    blocking: bool = False


class Form(Protocol):
    """A record in the making."""

    today: date

    @property
    def model(self) -> type[BaseModel]:
        """Model of the record."""

    def questions(self, answers: Answers) -> Iterator[Question]:
        """Yield every question that these answers call for, answered or not, in order."""

    def data(self, answers: Answers) -> dict[str, Any]:
        """Make the plain data of the record."""

    def look(self, answers: Answers) -> Written:
        """Make the text of the record and check it."""

    def probe(self, answers: Answers) -> Written:
        """Look at a record that is not yet complete, as if all that is missing were sound."""

    def shown(self, written: Written) -> str:
        """Give the part of a text that is new, to be looked at before it is written."""

    def at(self, path: KeyPath, answers: Answers, /) -> KeyPath:
        """Say where in the case file the value of a question stands."""


def next_question(form: Form, answers: Answers) -> Question | None:
    """Find the first question that is not answered; None when all are."""
    return next((q for q in form.questions(answers) if q.path not in answers), None)


def live(form: Form, answers: Answers) -> Answers:
    """Keep the answers that are still asked for; an earlier one may have been changed since."""
    return {q.path: answers[q.path] for q in form.questions(answers) if q.path in answers}


def about(model: type[BaseModel], key: str, path: KeyPath, **more: Any) -> Question:  # noqa: ANN401 - fields of a question
    """Ask for a field of a record, as its model describes it."""
    field = fields_of(model)[key]
    slot = slot_of(field)
    found = Question(
        path,
        key,
        field.description or "",
        slot,
        required=field.is_required(),
        options=tuple(map(Option, slot.options)),
        closed=bool(slot.options),
    )
    return replace(found, **more)


def read_answer(form: Form, question: Question, answers: Answers, text: str) -> Reading:
    """Read what was typed, and look at the record with it."""
    if not text.strip():
        fault = "这一项必须填写" if question.required else ""
        return Reading([] if question.slot.several else "", fault, blocking=bool(fault))
    value = _value(question, text, form.today)
    if question.closed and (unknown := _unknown(question, value)):
        return Reading(value, unknown, blocking=True)
    if question.path[0] == ASIDE:
        return _aside(question, value)
    finding = _fault(form, question, {**answers, question.path: value})
    if finding is None:
        return Reading(value)
    return Reading(value, f"{finding[0].message}。{finding[0].mend}", blocking=finding[1])


def pick(question: Question, text: str) -> Reading:
    """Read the answer to a question that belongs to no record."""
    if not text.strip():
        return Reading("", "请选一项" if question.required else "", blocking=question.required)
    value = _chosen(question, text)
    unknown = _unknown(question, value)
    return Reading(value, unknown, blocking=bool(unknown))


def _aside(question: Question, value: Any) -> Reading:  # noqa: ANN401
    if question.slot.kind is Kind.COUNT and not str(value).isdecimal():
        return Reading(value, "不是整数。请用阿拉伯数字填写", blocking=True)
    return Reading(value)


def _value(question: Question, text: str, today: date) -> Any:  # noqa: ANN401 - text or a list
    if not question.slot.several:
        return normal(_chosen(question, text), question.slot, today)
    numbers = bool(question.options) and _NUMBERS.fullmatch(text.strip())
    prose = not question.options and _PROSE.search(text)
    divided = (_LINES if prose else _PARTS).split(text)
    parts = re.findall("[0-9]+", text) if numbers else divided
    found = (_chosen(question, part) for part in parts if part.strip())
    return normal(list(dict.fromkeys(found)), question.slot, today)


def _chosen(question: Question, text: str) -> str:
    """Find the option that was meant: by its words, its number or, of a closed list, a part."""
    text = text.strip()
    values = [option.value for option in question.options]
    bare = folded(text)
    if bare in values:
        return bare
    if bare.isdecimal() and 0 < int(bare) <= len(values):
        return values[int(bare) - 1]
    alike = matching(question.options, text)
    return alike[0].value if question.closed and len(alike) == 1 else text


def matching(options: Iterable[Option], text: str) -> list[Option]:
    """List the options that hold a text."""
    wanted = folded(text).casefold()
    return [option for option in options if wanted in folded(option.value).casefold()]


def _unknown(question: Question, value: Any) -> str:  # noqa: ANN401
    values = [option.value for option in question.options]
    for part in value if isinstance(value, list) else [value]:
        if part in values:
            continue
        alike = [option.value for option in matching(question.options, part)]
        if alike:
            return f"有几项都含“{part}”: {' '.join(alike[:6])}"
        return "没有这一项。请填前面的数字,或选项中的字"
    return ""


def _fault(form: Form, question: Question, answers: Answers) -> tuple[Finding, bool] | None:
    """Find what is wrong with this answer; what is not yet filled in is no fault of it."""
    written = form.probe(answers)
    document, keys = written.loaded.document, form.at(question.path, answers)
    places = {document.place(keys)} | {document.place((*keys, index)) for index in range(_LONGEST)}
    open_ = _keys_in(form.model) - {key for path in answers for key in path}
    found = [
        finding
        for finding in written.findings
        if finding.place in places
        and finding.rule != _MISSING
        and finding.level is Level.ERROR
        # What waits for a question that is still to come is no fault of this answer.
        and not open_ & set(_QUOTED.findall(finding.message + finding.mend))
    ]
    return (found[0], not written.is_sound) if found else None


@cache
def _keys_in(model: type[BaseModel]) -> frozenset[str | int]:
    """List the keys of a record and of the records in it."""
    found: set[str | int] = set(fields_of(model))
    for field in fields_of(model).values():
        inner = slot_of(field).record
        if inner is not None and not issubclass(inner, StepBase):
            found |= _keys_in(inner)
    return frozenset(found)


def missing(written: Written) -> list[Finding]:
    """List what a record still lacks."""
    return [finding for finding in written.findings if finding.rule == _MISSING]


def shown(value: Any, slot: Slot) -> str:  # noqa: ANN401
    """Show an answer in normal form; a day with its weekday."""
    if isinstance(value, list):
        return "、".join(map(str, value))
    if slot.kind in {Kind.DAY, Kind.MOMENT} and re.match(r"\d{4}-\d\d-\d\d", str(value)):
        try:
            weekday = date.fromisoformat(str(value)[:10]).weekday()
        except ValueError:
            return str(value)
        return f"{value} 星期{_WEEKDAYS[weekday]}"
    return str(value)


def assembled(answers: Mapping[KeyPath, Any]) -> dict[str, Any]:
    """Put answers together to plain data; what was passed over is left out."""
    root: dict[Any, Any] = {}
    for path, value in answers.items():
        if path[0] == ASIDE or value in ("", []):
            continue
        node = root
        for key in path[:-1]:
            node = node.setdefault(key, {})
        node[path[-1]] = value
    found: dict[str, Any] = _listed(root)
    return found


def _listed(node: Any) -> Any:  # noqa: ANN401
    if not isinstance(node, dict):
        return node
    if node and all(isinstance(key, int) for key in node):
        return [_listed(node[key]) for key in sorted(node)]
    return {key: _listed(value) for key, value in node.items()}


def stand_in(model: type[BaseModel], today: date, person: str) -> dict[str, Any]:
    """Make the least sound record of a model, to look at the rest of it with."""
    return {
        key: _stand_in(slot_of(field), key, today, person)
        for key, field in fields_of(model).items()
        if field.is_required()
    }


def _stand_in(slot: Slot, key: str, today: date, person: str) -> Any:  # noqa: ANN401
    value: Any = {
        Kind.DAY: str(today),
        Kind.MOMENT: str(today),
        Kind.TIME: "09:00",
        Kind.MONEY: "1.00",
        Kind.COUNT: "1",
        Kind.LINE: person if key in PEOPLE else _FORMED.get(key, "某"),
        Kind.TEXT: "某",
    }.get(slot.kind)
    if slot.options:
        value = slot.options[0]
    if slot.record is not None:
        value = stand_in(slot.record, today, person)
    return [value] if slot.several else value


#: Texts that have a form of their own.
_FORMED: Final = {
    "文号": "某〔2000〕1号",
    "编号": "XF-2000-0001",
    "并入": "XF-2000-0001",
    "信访人": "A",
}
#: Keys of fields that name somebody of this office.
PEOPLE: Final = frozenset(
    {
        *("登记人", "首问人", "经办", "审批人", "签批人", "批准人", "决定人", "领导", "承办人"),
        *(
            "签收人",
            "调查人",
            "接谈人",
            "记录人",
            "移送人",
            "呈送",
            "主持",
            "签字人",
            "回避人",
            "接替人",
        ),
    }
)
#: Those of them who decide: leaders come first.
DECIDING: Final = frozenset({"审批人", "签批人", "批准人", "决定人", "领导", "呈送", "签字人"})
#: Keys of fields that name a department.
DEPARTMENTS: Final = frozenset({"主办", "协办", "部门", "责任部室", "被反映部室", "参加", "列席"})
