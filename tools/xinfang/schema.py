"""JSON Schemas of every kind of file, so that an editor completes and explains each field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from xinfang.model import Assessment, Case, Inspection, Office

#: Name of the schema file → the record it describes and its Chinese title.
SCHEMAS: Final[dict[str, tuple[type[BaseModel], str]]] = {
    "case.schema.json": (Case, "信访事项文件"),
    "decision.schema.json": (Assessment, "重大决策风险评估文件"),
    "inspection.schema.json": (Inspection, "矛盾纠纷排查文件"),
    "office.schema.json": (Office, "机构配置文件 office.yaml"),
}


def schema(name: str) -> dict[str, Any]:
    """Make one schema, with the Chinese keys as they stand in files."""
    model, title = SCHEMAS[name]
    made = model.model_json_schema(by_alias=True)
    for definition in (made, *made.get("$defs", {}).values()):
        _speak_chinese(definition)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": title,
    }


def schema_text(name: str) -> str:
    """Make one schema as the text of its file."""
    return as_text(schema(name))


def as_text(made: Mapping[str, Any]) -> str:
    """Write any schema as the text of a file."""
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Describe an object that has all of these properties and no other."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _speak_chinese(definition: dict[str, Any]) -> None:
    """Drop class names and docstrings: what a clerk's editor shows is Chinese only."""
    definition.pop("description", None)
    definition.pop("title", None)
    kind = definition.get("properties", {}).get("事项", {}).get("const")
    if kind:
        definition["title"] = kind
