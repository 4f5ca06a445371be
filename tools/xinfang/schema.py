"""JSON Schemas of every kind of file, so that an editor completes and explains each field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from xinfang.model import STEP_TYPES, Assessment, Case, Inspection, Office
from xinfang.model.glosses import GLOSSES

#: Name of the schema file → the record it describes and its Chinese title.
SCHEMAS: Final[dict[str, tuple[type[BaseModel], str]]] = {
    "case.schema.json": (Case, "信访事项文件"),
    "decision.schema.json": (Assessment, "重大决策风险评估文件"),
    "inspection.schema.json": (Inspection, "矛盾纠纷排查文件"),
    "office.schema.json": (Office, "机构配置文件 office.yaml"),
}

#: An example so long is no help to a reader.
_SHORT: Final = 24


def schema(name: str) -> dict[str, Any]:
    """Make one schema, with the Chinese keys as they stand in files.

    It is the one that pydantic makes of the model, said so that an editor can follow it: a step is
    known by its ``事项`` alone, what may be left out is left out rather than null, and each word
    of a closed list says what it means.
    """
    model, title = SCHEMAS[name]
    made = model.model_json_schema(by_alias=True)
    definitions: dict[str, dict[str, Any]] = made.get("$defs", {})
    glosses = {frozenset(words): words for words in GLOSSES.values()}
    for definition in (made, *definitions.values()):
        _speak_chinese(definition)
    for definition in (made, *definitions.values()):
        explained = glosses.get(frozenset(definition.get("enum", ())), {})
        if explained:
            definition["enumDescriptions"] = [explained[word] for word in definition["enum"]]
        for alias, value in definition.get("properties", {}).items():
            _say_plainly(alias, value)
            _name_record(alias, value, definitions)
    if "办理" in made["properties"]:
        made["properties"]["办理"]["items"] = _step(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": title,
    }


def _say_plainly(key: str, value: dict[str, Any]) -> None:
    """Name a property by its key; what may be missing is of its kind or missing, never null.

    An example would be typed in as if it were the answer: it goes into the explanation instead.
    """
    value["title"] = key
    if value.get("default", ...) in (None, True, False):
        default = value.pop("default")
        if default is not None:
            value["default"] = "是" if default else "否"
    kinds = [kind for kind in value.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        del value["anyOf"]
        for name, said in kinds[0].items():
            value.setdefault(name, said)
    elif kinds:
        value["anyOf"] = kinds
    value.get("items", {}).pop("examples", None)
    example = str(value.pop("examples", [""])[0])
    if 0 < len(example) <= _SHORT and "如 " not in value["description"]:
        value["description"] += f";写作 {example}"
    if value.keys() & {"pattern", "format"}:
        value["errorMessage"] = f"“{key}”的写法不对。这里填: {value['description']}"
    for kind in value.get("anyOf", ()):
        kind["errorMessage"] = f"“{key}”的写法不对。这里填: {value['description']}"


def _name_record(key: str, value: Mapping[str, Any], definitions: Mapping[str, Any]) -> None:
    """Name an inner record by the key that it stands under; an editor offers it whole by name."""
    name = (value.get("items") or value).get("$ref", "").rpartition("/")[2]
    if definitions.get(name, {}).get("type") == "object":
        definitions[name].setdefault("title", f"全部“{key}”")


def _step(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a step: ``事项`` says which keys it has."""
    kinds = {kind: made.__name__ for kind, made in STEP_TYPES.items()}
    explained = [definitions[name]["properties"]["事项"]["description"] for name in kinds.values()]
    kind = {
        "title": "事项",
        "description": "这一步是什么;先写事项,其余各项随之列出",
        "enum": list(kinds),
        "enumDescriptions": explained,
    }
    return {
        "type": "object",
        "title": "一步办理",
        "required": ["日期", "事项"],
        "properties": {"日期": definitions[next(iter(kinds.values()))]["properties"]["日期"]},
        "allOf": [
            *(
                {
                    "if": {
                        "properties": {"事项": {"title": "事项", "const": word}},
                        "required": ["事项"],
                    },
                    "then": {"$ref": f"#/$defs/{name}"},
                }
                for word, name in kinds.items()
            ),
            # Last, so that an editor tells of the step that stands there first.
            {"properties": {"事项": kind}},
        ],
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
