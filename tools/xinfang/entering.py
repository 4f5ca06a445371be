"""What a field of a record takes, and what was typed into it in normal form.

The model says what a field is; this module reads that from its annotations, so that a form, a
command line and a column of a table treat the same field the same way. What is not understood
stays as it was typed: the model then says what is wrong with it, in the words of ``check``.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from xinfang import typed
from xinfang.model.fields import Moment


class Kind(Enum):
    """What kind of value a field takes."""

    DAY = "日期"
    MOMENT = "日期和时间"
    TIME = "时刻"
    MONEY = "金额"
    COUNT = "数目"
    CHOICE = "选项"
    LINE = "一行文字"
    TEXT = "文字"
    RECORD = "分项"


@dataclass(frozen=True, slots=True)
class Slot:
    """What a field takes.

    Attributes:
        kind: The kind of each value.
        several: Whether it takes a list of them.
        options: The closed list that it chooses from; empty where there is none.
        record: Model of the records it takes.
        ahead: Whether its day lies ahead: a time limit.
    """

    kind: Kind
    several: bool = False
    options: tuple[str, ...] = ()
    record: type[BaseModel] | None = None
    ahead: bool = False


_KINDS: Final[Mapping[type, Kind]] = {
    date: Kind.DAY,
    Moment: Kind.MOMENT,
    time: Kind.TIME,
    Decimal: Kind.MONEY,
    int: Kind.COUNT,
}
_FLAG: Final = Slot(Kind.CHOICE, options=("是", "否"))
#: Keys of days that lie ahead when they are written down.
_AHEAD: Final = frozenset({"反馈期限", "期限", "请于", "预计完成", "办理期限", "时限", "履行期限"})


@cache
def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Fields of a record by their Chinese key."""
    return {str(field.alias): field for field in model.model_fields.values()}


def slot_of(field: FieldInfo) -> Slot:
    """Say what a field takes."""
    found = _slot(field.annotation, tuple(field.metadata))
    return replace(found, ahead=found.kind is Kind.DAY and field.alias in _AHEAD)


def _slot(annotation: Any, metadata: tuple[Any, ...] = ()) -> Slot:  # noqa: ANN401, PLR0911 - a table of annotations
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _slot(parts[0], parts[1:])
    if origin is typing.Literal:
        return Slot(Kind.CHOICE, options=tuple(map(str, parts)))
    if origin is list:
        return replace(_slot(parts[0]), several=True)
    if origin in {typing.Union, types.UnionType}:
        found = [_slot(part) for part in parts if part is not type(None)]
        return next((slot for slot in found if slot.record is None), found[0])
    if annotation is bool:
        return _FLAG
    if not isinstance(annotation, type):
        return Slot(Kind.LINE)
    if issubclass(annotation, StrEnum):
        return Slot(Kind.CHOICE, options=tuple(map(str, annotation)))
    if issubclass(annotation, BaseModel):
        return Slot(Kind.RECORD, record=annotation)
    if any(isinstance(one, StringConstraints) and one.max_length is None for one in metadata):
        return Slot(Kind.TEXT)
    return Slot(_KINDS.get(annotation, Kind.LINE))


def normal(value: Any, slot: Slot, today: date) -> Any:  # noqa: ANN401 - plain data of any shape
    """Give a typed value, or all in a list or record, in normal form."""
    if isinstance(value, list):
        return [normal(item, slot, today) for item in value]
    if isinstance(value, Mapping):
        fields = fields_of(slot.record) if slot.record else {}
        return {
            key: normal(inner, slot_of(fields[key]), today) if key in fields else inner
            for key, inner in value.items()
        }
    return _normal(value, slot, today) if isinstance(value, str) else value


def _normal(text: str, slot: Slot, today: date) -> str:
    read: Any = None
    match slot.kind:
        case Kind.DAY:
            read = typed.day(text, today, ahead=slot.ahead)
        case Kind.MOMENT:
            read = typed.moment(text, today)
        case Kind.TIME:
            clock = typed.clock(text)
            read = None if clock is None else f"{clock:%H:%M}"
        case Kind.MONEY:
            read = typed.money(text)
        case Kind.COUNT:
            read = typed.count(text)
        case Kind.CHOICE:
            read = typed.folded(text)
        case _:
            read = text.strip()
    return text if read is None else str(read)
