"""All texts of a record with their places, for rules that look into every one of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from xinfang.diagnostics import KeyPath

#: A text and where it stands.
PlacedText = tuple[KeyPath, str]


def texts_of(record: BaseModel, keys: KeyPath = ()) -> list[PlacedText]:
    """List every text below a record with its key path, in the order of the fields.

    Words of a closed vocabulary, numbers and dates are no texts.

    Args:
        record: A case, a step, an office or any part of them.
        keys: Where the record itself stands.
    """
    found: list[PlacedText] = []
    _collect(record, keys, found)
    return found


def _collect(value: Any, keys: KeyPath, found: list[PlacedText]) -> None:  # noqa: ANN401 - any field
    # One plain loop with exact types: this runs over every value of every case.
    kind: Any = type(value)
    if kind is str:
        found.append((keys, value))
    elif kind is list:
        for index, item in enumerate(value):
            _collect(item, (*keys, index), found)
    elif kind is dict:
        for key, item in value.items():
            _collect(item, (*keys, str(key)), found)
    elif isinstance(value, BaseModel):
        values = value.__dict__
        for name, alias in _aliases(kind).items():
            item = values[name]
            if type(item) is str:
                found.append(((*keys, alias), item))
            elif item and item.__class__ not in _PLAIN:
                _collect(item, (*keys, alias), found)


_PLAIN = frozenset({bool, int})


@cache
def _aliases(model: type[BaseModel]) -> Mapping[str, str]:
    return {name: str(field.alias) for name, field in model.model_fields.items()}
