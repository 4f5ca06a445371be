"""From a file as read to a validated record, and the findings on the way."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from xinfang.diagnostics import Finding, Level
from xinfang.model.case import Case
from xinfang.model.decision import Assessment
from xinfang.model.fields import Moment
from xinfang.model.inspection import Inspection
from xinfang.model.messages import findings_of
from xinfang.model.office import Office
from xinfang.model.steps import STEP_TYPES
from xinfang.source import Document, OddScalar

RecordT = TypeVar("RecordT", Case, Office, Assessment, Inspection)

_NUMBERS: Final = frozenset({int, Decimal})
_MOMENTS: Final = frozenset({date, time, Moment})


@dataclass(frozen=True, slots=True)
class Loaded(Generic[RecordT]):
    """A record, or None where the file does not make one; the file; what was found."""

    record: RecordT | None
    document: Document
    findings: tuple[Finding, ...]


def load_case(document: Document) -> Loaded[Case]:
    """Validate a case file."""
    return _load(Case, document)


def load_office(document: Document) -> Loaded[Office]:
    """Validate ``office.yaml``."""
    return _load(Office, document)


def load_assessment(document: Document) -> Loaded[Assessment]:
    """Validate the file of an assessed decision."""
    return _load(Assessment, document)


def load_inspection(document: Document) -> Loaded[Inspection]:
    """Validate the file of a department's monthly inspection."""
    return _load(Inspection, document)


def _load(model: type[RecordT], document: Document) -> Loaded[RecordT]:
    findings = list(document.findings)
    if not document.readable:
        return Loaded(None, document, tuple(findings))
    record: RecordT | None = None
    try:
        record = model.model_validate(document.data)
    except ValidationError as error:
        details: Any = error.errors(include_url=False)
        findings += findings_of(details, document, known_keys(model))
    if document.odd:
        findings += _odd(document.odd)
    if any(finding.level is Level.ERROR for finding in findings):
        # What a swallowed line or a duplicate key would have said is not known: a record
        # without it could mislead, so the file counts only once it is mended.
        record = None
    return Loaded(record, document, tuple(findings))


def _odd(odd: tuple[OddScalar, ...]) -> Iterator[Finding]:
    flags = _keys_of(frozenset({bool}))
    # A key that is not known is already a finding; only texts can lose by missing quotes.
    texts = _keys_of(frozenset({str})) - _keys_of(_NUMBERS | _MOMENTS)
    for scalar in odd:
        if scalar.kind == "bool":
            if scalar.key not in flags:
                yield _quote(scalar, "会被其他程序读作真假值")
        elif scalar.kind == "sixty":
            yield _quote(scalar, "会被其他程序按六十进制读成一个整数")
        elif scalar.key in texts:
            yield _quote(scalar, "像数字而不是文字,其他程序会丢掉开头的 0 或改变写法")


def _quote(scalar: OddScalar, effect: str) -> Finding:
    return Finding(
        scalar.place,
        Level.WARNING,
        "unquoted-text",
        f"“{scalar.key}”的值没有加引号,{effect}",
        "请给这个值加上引号",
    )


@cache
def _keys_of(kinds: frozenset[type]) -> frozenset[str]:
    """Keys whose field takes one of these kinds. A key has one kind in all records."""
    return frozenset(
        str(field.alias)
        for model in _models()
        for field in model.model_fields.values()
        if kinds & set(_types(field.annotation))
    )


@cache
def known_keys(model: type[BaseModel]) -> Mapping[str, tuple[str, ...]]:
    """Keys that may stand below each key of a record; below the empty key, the top level."""
    known: dict[str, tuple[str, ...]] = {"": _aliases(model)}
    for record in _models():
        for field in record.model_fields.values():
            inner = [kind for kind in _types(field.annotation) if _is_record(kind)]
            known[str(field.alias)] = tuple(key for kind in inner for key in _aliases(kind))
    return known


def _models() -> tuple[type[BaseModel], ...]:
    found: dict[type[BaseModel], None] = {}
    queue: list[type[BaseModel]] = [Case, Office, Assessment, Inspection, *STEP_TYPES.values()]
    while queue:
        model = queue.pop()
        if model in found:
            continue
        found[model] = None
        for field in model.model_fields.values():
            queue += [kind for kind in _types(field.annotation) if _is_record(kind)]
    return tuple(found)


def _aliases(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(str(field.alias) for field in model.model_fields.values())


def _is_record(kind: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _types(annotation: Any) -> Iterator[type]:  # noqa: ANN401 - annotations have no common type
    parts = typing.get_args(annotation)
    if not parts:
        yield annotation
    for part in parts:
        yield from _types(part)
