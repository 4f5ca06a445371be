"""The ledger as stable JSON, and the schema that describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from xinfang.balance import Balance
from xinfang.extract import TITLE, Extract
from xinfang.schema import as_text as schema_as_text
from xinfang.schema import closed
from xinfang.tables import COLUMNS, Kind, text

#: Version of the JSON shape; raised when a reader would have to change.
SCHEMA_VERSION: Final = 1


def as_json(ledger: Extract) -> bytes:
    """Write stable JSON; described by ``schemas/ledger.schema.json``."""
    period = ledger.selection.period
    content = {
        "schema_version": SCHEMA_VERSION,
        "unit": ledger.unit,
        "register": ledger.register,
        "sample": ledger.sample,
        "today": ledger.today,
        "selection": {
            "from": period.first,
            "to": period.last,
            "department": ledger.selection.department or None,
            "state": ledger.selection.state or None,
        },
        "entries": [
            {**row, "sealed": entry.sealed}
            for row, entry in zip(ledger.rows, ledger.entries, strict=True)
        ],
        "balance": {
            name: {label: _balance_record(found) for label, found in group.items()}
            for name, group in ledger.tables.items()
        },
    }
    written = json.dumps(content, ensure_ascii=False, indent=2, default=text)
    return f"{written}\n".encode()


def _balance_record(found: Balance) -> dict[str, Any]:
    return {
        "carried": found.carried,
        "received": found.received,
        "closed": found.closed,
        "open": found.open,
        "rate": found.rate,
    }


# The schema

_NUMBER_OF: Final = {"type": "integer", "minimum": 0}
_TYPES: Final[Mapping[Kind, dict[str, Any]]] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.LIST: {"type": ["array", "null"], "items": {"type": "string"}},
    Kind.DATE: {"type": ["string", "null"], "format": "date"},
    Kind.COUNT: {"type": ["integer", "null"], "minimum": 0},
    Kind.AMOUNT: {"type": ["string", "null"], "pattern": r"^\d+\.\d{2}$"},
}


def schema() -> dict[str, Any]:
    """Make the JSON Schema of :func:`as_json` from the columns."""
    entry = {
        column.key: {**_TYPES[column.kind], "title": column.heading, "description": column.note}
        for column in COLUMNS
    }
    sealed = {
        "type": "boolean",
        "title": "检举控告",
        "description": "为真时只列编号、收到日期和移送",
    }
    counts = dict.fromkeys(("carried", "received", "closed", "open"), _NUMBER_OF)
    found = closed({**counts, "rate": {"type": "string", "pattern": r"^(—|\d+\.\d%)$"}})
    day = _TYPES[Kind.DATE]
    word = _TYPES[Kind.TEXT]
    selection = closed({"from": day, "to": day, "department": word, "state": word})
    group = {"type": "object", "additionalProperties": {"$ref": "#/$defs/balance"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "description": "xinfang ledger --format json 的输出",
        **closed(
            {
                "schema_version": {"const": SCHEMA_VERSION},
                "unit": {"type": "string"},
                "register": {"type": "string"},
                "sample": {"type": "boolean"},
                "today": {"type": "string", "format": "date"},
                "selection": selection,
                "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}},
                "balance": {"type": "object", "additionalProperties": group},
            }
        ),
        "$defs": {"entry": closed({**entry, "sealed": sealed}), "balance": found},
    }


def schema_text() -> str:
    """Make the schema as the text of its file."""
    return schema_as_text(schema())
