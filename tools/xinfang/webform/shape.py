"""From the JSON Schema of a record to the fields of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter

from xinfang.formatting import full_width
from xinfang.model.fields import (
    CaseNumber,
    Count,
    Day,
    DayMoment,
    Flag,
    Line,
    Money,
    PaperNumber,
    ShortCode,
    Text,
    TimeOfDay,
)

#: A field as the page takes it: plain data.
Plain = dict[str, Any]

#: Kind of a single value → the type of the model that it is.
LEAVES: Final[Mapping[str, Any]] = {
    "line": Line,
    "text": Text,
    "day": Day,
    "moment": DayMoment,
    "time": TimeOfDay,
    "flag": Flag,
    "money": Money,
    "count": Count,
    "case": CaseNumber,
    "paper": PaperNumber,
    "code": ShortCode,
}
#: What a schema says of a value itself; the rest are words about it.
_STRUCTURE: Final = frozenset(
    {"type", "format", "pattern", "enum", "minLength", "maxLength", "minimum", "anyOf", "items"}
)
_NULL: Final = {"type": "null"}
_WORDS: Final = {True: "是", False: "否"}


def fields_of(model: type[BaseModel]) -> list[Plain]:
    """List the fields of a record in their order.

    Each has ``key``, ``about`` (what it means), ``required`` and ``kind``: one of
    :data:`LEAVES`, ``choice`` (with ``choices``) or ``record`` (with ``fields``); and, where they
    apply, ``many`` (a list of such), ``default`` and ``example``.
    """
    schema = _schema(model)
    return list(_fields(schema, schema.get("$defs", {})))


@cache
def _schema(model: type[BaseModel]) -> Mapping[str, Any]:
    """Ask the model, which takes a fifth of a second, and never changes its answer."""
    return model.model_json_schema(by_alias=True)


def _fields(record: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Plain]:
    required = set(record.get("required", ()))
    for key, schema in record.get("properties", {}).items():
        made: Plain = {"key": key, "about": full_width(schema.get("description", ""))}
        made["required"] = key in required
        default = schema.get("default")
        if default is not None:
            made["default"] = _WORDS[default] if isinstance(default, bool) else str(default)
        yield made | _value(schema, known)


def _value(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Plain:
    """Say what a value is."""
    schema = _resolved(schema, known)
    if schema.get("type") == "array":
        return {"many": True} | _value(schema["items"], known)
    if schema.get("type") == "object":
        return {"kind": "record", "fields": list(_fields(schema, known))}
    kind = next((name for name, form in _forms().items() if form == _bare(schema)), None)
    if kind is None and "enum" in schema:
        return {"kind": "choice", "choices": list(schema["enum"])}
    examples = schema.get("examples", ())
    return {"kind": kind or "line"} | ({"example": str(examples[0])} if examples else {})


def _resolved(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references, and leave out that a value may be missing."""
    while "$ref" in schema or _NULL in schema.get("anyOf", ()):
        if "$ref" in schema:
            schema = known[schema["$ref"].rpartition("/")[2]]
            continue
        rest = [one for one in schema["anyOf"] if one != _NULL]
        schema = rest[0] if len(rest) == 1 else {**schema, "anyOf": rest}
    return schema


@cache
def _forms() -> Mapping[str, Any]:
    return {name: _bare(TypeAdapter(type_).json_schema()) for name, type_ in LEAVES.items()}


def _bare(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Leave out everything that only explains."""
    if isinstance(schema, list):
        return [_bare(one) for one in schema]
    if isinstance(schema, dict):
        return {key: _bare(value) for key, value in schema.items() if key in _STRUCTURE}
    return schema
