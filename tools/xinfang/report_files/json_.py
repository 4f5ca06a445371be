"""A report as stable JSON, and the schema that describes it."""

from __future__ import annotations

import json
from typing import Any, Final

from xinfang import RULES_EDITION
from xinfang.reports import Cell, Kind, Report, Section, Table
from xinfang.schema import as_text as schema_as_text
from xinfang.schema import closed

#: Version of the JSON shape; raised when a reader would have to change.
SCHEMA_VERSION: Final = 1


def as_json(report: Report) -> bytes:
    """Write stable JSON; described by ``schemas/report.schema.json``."""
    term = report.term
    content = {
        "schema_version": SCHEMA_VERSION,
        "rules_edition": RULES_EDITION,
        "unit": report.unit,
        "register": report.register,
        "sample": report.sample,
        "today": str(report.today),
        "kind": term.kind.word,
        "period": {"id": term.id, "name": term.name, "from": str(term.first), "to": str(term.last)},
        "title": report.title,
        "balance": report.balance,
        "sections": [_section(section) for section in report.sections],
    }
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "lines": list(section.lines),
        "tables": [_table(table) for table in section.tables],
        "notes": list(section.notes),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "head": table.head,
        "columns": list(table.columns),
        "rows": [
            {"name": row.name, "cells": [_cell(cell) for cell in row.cells]} for row in table.rows
        ],
        "definitions": list(table.definitions),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"id": cell.id, "text": cell.text, "value": cell.value, "note": cell.note}


# The schema

_TEXT: Final = {"type": "string"}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_DAY: Final = {"type": "string", "format": "date"}


def schema() -> dict[str, Any]:
    """Make the JSON Schema of :func:`as_json`."""
    cell = closed(
        {
            "id": {**_TEXT, "description": "这一格的编号,--explain 用"},
            "text": {**_TEXT, "description": "印出的内容"},
            "value": {
                "type": ["integer", "null"],
                "minimum": 0,
                "description": "数字;率、不列的为空",
            },
            "note": {**_TEXT, "description": "怎样算出,或者为何不列"},
        }
    )
    row = closed({"name": _TEXT, "cells": _list("cell")})
    table = closed(
        {
            "id": _TEXT,
            "title": _TEXT,
            "head": _TEXT,
            "columns": _TEXTS,
            "rows": _list("row"),
            "definitions": _TEXTS,
        }
    )
    section = closed({"title": _TEXT, "lines": _TEXTS, "tables": _list("table"), "notes": _TEXTS})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "信访工作报表",
        "description": "xinfang report --format json 的输出",
        **closed(
            {
                "schema_version": {"const": SCHEMA_VERSION},
                "rules_edition": _TEXT,
                "unit": _TEXT,
                "register": _TEXT,
                "sample": {"type": "boolean"},
                "today": _DAY,
                "kind": {"enum": [kind.word for kind in Kind]},
                "period": closed({"id": _TEXT, "name": _TEXT, "from": _DAY, "to": _DAY}),
                "title": _TEXT,
                "balance": _TEXT,
                "sections": _list("section"),
            }
        ),
        "$defs": {"cell": cell, "row": row, "table": table, "section": section},
    }


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def schema_text() -> str:
    """Make the schema as the text of its file."""
    return schema_as_text(schema())
