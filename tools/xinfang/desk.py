"""The clerk's desk: make a record from what was typed, check it, and say what comes next.

Whatever the clerk uses, the same text comes out and the same rules check it. Nothing here
writes; ``xinfang.store`` does.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from xinfang.check import check_case
from xinfang.clocks import Deadline
from xinfang.diagnostics import Finding, Level
from xinfang.entering import fields_of, normal, slot_of
from xinfang.errors import XinfangError
from xinfang.matter import Matter, State
from xinfang.model import STEP_TYPES, Case, Loaded, StepBase, load_case
from xinfang.model.fields import CASE_PATTERN
from xinfang.register import Register
from xinfang.source import read_text
from xinfang.store import record_text, with_step

#: Letters of short codes, see SHORT_CODE_PATTERN: no I, L, O, U, so that they can be read out.
_CODE_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH: Final = 8
_SEPARATORS: Final = re.compile(r"[、,，;；]\s*")

#: Keys that open and close a step as clerks write it.
_FIRST: Final = ("日期", "时间", "事项")
_LAST: Final = ("经办", "备注")

#: What usually comes next, by where a matter stands.
_NEXT: Final[Mapping[State, str]] = {
    State.REGISTERED: "受理(本单位办理的),或 引导、转送(应走其他途径的),并书面 告知",
    State.TOLD: "受理,或按告知的途径办理",
    State.ACCEPTED: "告知(15 日内书面),并 转办 给承办部室",
    State.HANDLING: "承办反馈、调查,查清后 拟办",
    State.DRAFTED: "签批(多部室的须分管领导签批)",
    State.APPROVED: "答复(编文号),随后 送达",
    State.REPLIED: "送达,取得送达回证",
    State.FULFILLING: "兑现:逐条落实答复中的承诺",
    State.SERVED: "办结,资料齐全后 归档",
    State.REVIEWING: "配合复查、复核,按复查意见办理",
    State.HANDED_OVER: "办结",
    State.CLOSED: "归档",
    State.ARCHIVED: "已办完",
}


#: Where a request for review waits for this unit's opinion.
_BEFORE_REVIEW_OPINION: Final = frozenset(
    {State.TOLD, State.ACCEPTED, State.HANDLING, State.DRAFTED, State.APPROVED}
)


class UnknownFieldError(XinfangError):
    """A typed key is not a field of the record."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        super().__init__(f"没有“{key}”这一项;可用: {' '.join(known)}")


class NotAPairError(XinfangError):
    """An argument is not of the form 项目=内容."""

    def __init__(self) -> None:
        super().__init__("参数请写成 项目=内容 的形式,例如 主办=劳务管理部")


class UnknownStepError(XinfangError):
    """There is no step of this name."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"没有“{kind}”这一步;可用: {' '.join(STEP_TYPES)}")


@dataclass(frozen=True, slots=True)
class Written:
    """Text about to be written, with what is found in it.

    Attributes:
        text: The whole case file.
        loaded: The case as it will be read.
        findings: Everything found in it, sorted.
    """

    text: str
    loaded: Loaded[Case]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the file makes a valid record at all."""
        return self.loaded.record is not None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What is wrong with it."""
        return tuple(f for f in self.findings if f.level is Level.ERROR)


def step_type(kind: str) -> type[StepBase]:
    """Find the model of a step by its Chinese word.

    Raises:
        UnknownStepError: There is none.
    """
    if kind not in STEP_TYPES:
        raise UnknownStepError(kind)
    return STEP_TYPES[kind]


def parse_pairs(pairs: Sequence[str], model: type[BaseModel], today: date) -> dict[str, Any]:
    """Read ``项目=内容`` arguments into plain data for a record, each value in normal form.

    Raises:
        NotAPairError: An argument has no ``=``.
        UnknownFieldError: The record has no such field.
    """
    fields = fields_of(model)
    data: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise NotAPairError
        if key not in fields:
            raise UnknownFieldError(key, fields)
        data[key] = parse_value(value, fields[key], today)
    return data


def parse_value(text: str, field: FieldInfo, today: date) -> Any:  # noqa: ANN401 - plain data
    """Read one typed value: lists by 、 or a comma, records in YAML's own brackets."""
    slot, text = slot_of(field), text.strip()
    if text[:1] in {"[", "{"}:
        document = read_text(f"值: {text}", "")
        return normal(document.data.get("值", text), slot, today)
    if slot.several:
        return normal([part for part in _SEPARATORS.split(text) if part], slot, today)
    return normal(text, slot, today)


def compose_case(register: Register, data: Mapping[str, Any]) -> Written:
    """Make the text of a new case and look at it."""
    order = [key for key in fields_of(Case) if key in data]
    return _look(register, record_text({key: _kept(data[key]) for key in order}), data["编号"])


def compose_step(
    register: Register, text: str, number: str, kind: str, data: Mapping[str, Any]
) -> Written:
    """Make the text of a case with one step more and look at it."""
    values = {**data, "事项": kind}
    middle = [key for key in fields_of(step_type(kind)) if key not in (*_FIRST, *_LAST)]
    step = {key: _kept(values[key]) for key in (*_FIRST, *middle, *_LAST) if key in values}
    return _look(register, with_step(text, step), number)


def _kept(value: Any) -> Any:  # noqa: ANN401
    """Keep dates and numbers unquoted in the file, as a clerk would write them."""
    if isinstance(value, str):
        return _typed(value)
    if isinstance(value, list):
        return [_kept(item) for item in value]
    if isinstance(value, dict):
        return {key: _kept(item) for key, item in value.items()}
    return value


def _typed(text: str) -> date | Decimal | int | str:
    """Give a date, an amount or a whole number where the text is one; else the text."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if re.fullmatch(r"[1-9]\d{0,8}\.\d{2}", text):
        return Decimal(text)
    if re.fullmatch(r"[1-9]\d{0,4}", text):
        return int(text)
    return text


def _look(register: Register, text: str, number: str) -> Written:
    path = register.name_of(register.file_of(number))
    loaded = load_case(read_text(text, path))
    findings, _ = check_case(register, loaded)
    return Written(text, loaded, tuple(sorted(findings)))


def new_code() -> str:
    """Draw a 查询码 for the receipt of a new case: random, told by no one and nothing else."""
    drawn = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def next_number(register: Register, year: int) -> str:
    """Give the number after the highest one of the year, whatever state those files are in."""
    stems = (file.stem for file in register.folder_of(year).glob("*.yaml"))
    taken = [int(stem[8:]) for stem in stems if re.fullmatch(CASE_PATTERN, stem)]
    return f"XF-{year}-{max(taken, default=0) + 1:04d}"


def next_step(matter: Matter) -> str:
    """Say in Chinese what usually comes next."""
    if matter.is_sealed and matter.state is State.REGISTERED:
        return "移送 给纪检等有权处理的单位(内容不得写入本文件)"
    if matter.case.review and matter.state in _BEFORE_REVIEW_OPINION:
        kind = matter.case.review.kind
        return f"查阅原件、核实后 签批({kind}意见书),再记 {kind}(阶段: 意见)和 送达"
    if matter.state is State.ACCEPTED and "告知" in matter.milestones:
        return "转办 给承办部室;信访办自己办理的,调查 后 拟办"
    return _NEXT[matter.state]


def running(matter: Matter) -> list[Deadline]:
    """List what is still due, the nearest first."""
    return sorted(
        (deadline for deadline in matter.deadlines if deadline.is_pending),
        key=lambda deadline: (deadline.due, deadline.clock.id),
    )
