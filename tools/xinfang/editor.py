"""What an editor needs to help a clerk: settings, schemas, and a snippet for each step.

All of it comes from the models, so a new step or field brings its own help. Made for VS Code with
the YAML extension of Red Hat; other editors read the same schemas (see the README of a register).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml
from pydantic import BaseModel

from xinfang.model import STEP_TYPES, Assessment, Case, Claim, Inspection, Party
from xinfang.register import CASES_FOLDER, DECISIONS_FOLDER, INSPECTIONS_FOLDER, OFFICE_FILE
from xinfang.schema import SCHEMAS, schema_text

FOLDER: Final = ".vscode"
SCHEMAS_FOLDER: Final = f"{FOLDER}/schemas"
#: Schema → the files that it describes, as patterns of an editor.
FILES: Final[Mapping[str, str]] = {
    "case.schema.json": f"{CASES_FOLDER}/[0-9][0-9][0-9][0-9]/*.yaml",
    "decision.schema.json": f"{DECISIONS_FOLDER}/*/*.yaml",
    "inspection.schema.json": f"{INSPECTIONS_FOLDER}/*/*.yaml",
    "office.schema.json": OFFICE_FILE,
}

_EXTENSIONS: Final = {"recommendations": ["redhat.vscode-yaml"]}
_SETTINGS: Final[Mapping[str, Any]] = {
    # Nothing is asked of the net.
    "yaml.schemaStore.enable": False,
    "yaml.kubernetesCRDStore.enable": False,
    "redhat.telemetry.enabled": False,
    "yaml.customTags": [],
    # What stands in a file stays as it is, byte by byte.
    "yaml.format.enable": False,
    "files.encoding": "utf8",
    "files.autoGuessEncoding": False,
    "files.eol": "\n",
    "files.insertFinalNewline": True,
    "files.trimTrailingWhitespace": False,
    # Full-width signs are right in Chinese, and Chinese is not misspelt English.
    "editor.unicodeHighlight.ambiguousCharacters": False,
    "cSpell.enabled": False,
    "search.exclude": {"build": True},
    "[yaml]": {
        "editor.formatOnSave": False,
        "editor.formatOnType": False,
        "editor.formatOnPaste": False,
        "editor.insertSpaces": True,
        "editor.tabSize": 2,
        "editor.wordWrap": "on",
        "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
    },
}

#: Today as an editor puts it in.
_TODAY: Final = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
_NOW: Final = f"{_TODAY} $CURRENT_HOUR:$CURRENT_MINUTE"
#: Keys that open and close a step as clerks write it.
_FIRST: Final = ("日期", "事项")
_LAST: Final = ("经办",)
#: Keys of a new case besides those without which it is none.
_CASE_KEYS: Final = ("首问人", "路径", "人数", "信访人", "请求", "事实", "已告知个人信息处理")
#: Keys that an editor can fill in by itself.
_KNOWN: Final[Mapping[type[BaseModel], Mapping[str, str]]] = {
    Case: {"编号": "$TM_FILENAME_BASE", "收到": _NOW, "登记": _TODAY},
    Assessment: {"编号": "$TM_FILENAME_BASE"},
    Inspection: {"月份": "$CURRENT_YEAR-$CURRENT_MONTH"},
}


def files() -> dict[str, str]:
    """Give the files for the editor of a register, by their path in it."""
    return {
        f"{FOLDER}/settings.json": _json(settings()),
        f"{FOLDER}/extensions.json": _json(_EXTENSIONS),
        f"{FOLDER}/xinfang.code-snippets": _json(snippets()),
        **{f"{SCHEMAS_FOLDER}/{name}": schema_text(name) for name in SCHEMAS},
    }


def settings() -> dict[str, Any]:
    """Give the settings of a register's folder."""
    schemas = {f"./{SCHEMAS_FOLDER}/{name}": pattern for name, pattern in FILES.items()}
    return {"yaml.schemas": schemas, **_SETTINGS}


def snippets() -> dict[str, dict[str, Any]]:
    """Give the snippets: one for each kind of step, and the records that steps stand in."""
    made = {
        "新事项": _snippet("新事项", "一件新事项的文件;文件名就是编号", _lines(Case, _CASE_KEYS)),
        "信访人": _snippet("信访人", "“信访人”下面的一人;身份另行封存", _item(Party)),
        "请求": _snippet("请求", "“请求”下面的一条;每条都要答复", _item(Claim)),
        "新风险评估": _snippet("新风险评估", "一项重大决策的风险评估", _lines(Assessment)),
        "新排查": _snippet("新排查", "一个部室一个月的矛盾纠纷排查", _lines(Inspection)),
    }
    for kind, model in STEP_TYPES.items():
        explained = str(model.model_fields["kind"].description)
        made[kind] = _snippet(kind, explained, _item(model, _LAST))
    return made


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _snippet(prefix: str, description: str, lines: list[str]) -> dict[str, Any]:
    return {
        "scope": "yaml",
        "prefix": prefix,
        "description": description,
        "body": [*lines, "$0"],
    }


def _item(model: type[BaseModel], more: Iterable[str] = ()) -> list[str]:
    return _as_item(_lines(model, more))


def _as_item(lines: list[str]) -> list[str]:
    return [f"{'  ' if index else '- '}{line}" for index, line in enumerate(lines)]


def _lines(model: type[BaseModel], more: Iterable[str] = ()) -> list[str]:
    """Write a record with the keys it cannot do without, and some more."""
    made = model.model_json_schema(by_alias=True)
    return _Writer(made.get("$defs", {})).record(made, _KNOWN.get(model, {}), more)


@dataclass
class _Writer:
    """Writes the records of one snippet; what has to be typed is numbered through.

    Attributes:
        definitions: Inner records and closed lists, as the schema of the model names them.
        stops: How many places to type at there are by now.
    """

    definitions: Mapping[str, Any]
    stops: int = 0

    def record(
        self, said: Mapping[str, Any], known: Mapping[str, str], more: Iterable[str] = ()
    ) -> list[str]:
        """Write a record key by key."""
        wanted = {*said.get("required", ()), *more}
        keys = [key for key in said["properties"] if key in wanted]
        keys.sort(key=lambda key: (key not in _FIRST, key in _LAST))
        lines: list[str] = []
        for key in keys:
            lines += self.pair(key, known.get(key) or self.value(said["properties"][key]))
        return lines

    @staticmethod
    def pair(key: str, value: str | list[str]) -> list[str]:
        """Write a key and its value, on one line or with its lines below."""
        if isinstance(value, str):
            return [f"{key}: {value}"]
        return [f"{key}:", *(f"  {line}" for line in value)]

    def value(self, said: Mapping[str, Any]) -> str | list[str]:
        """Write a value: an inner record or a list line by line, else what is typed."""
        said = self._resolved(said)
        if "properties" in said:
            return self.record(said, {})
        if said.get("type") == "array":
            inner = self.value({"description": said.get("description", ""), **said["items"]})
            return f"[{inner}]" if isinstance(inner, str) else _as_item(inner)
        return str(said["const"]) if "const" in said else self._typed(said)

    def _typed(self, said: Mapping[str, Any]) -> str:
        """Write what is typed: a choice, today, an example, or what belongs here."""
        if "enum" in said:
            return self._stop(f"|{','.join(said['enum'])}|")
        if said.get("format") == "date":
            return self._stop(f":{_TODAY}")
        if "examples" in said:
            return _quoted(said, self._stop(f":{said['examples'][0]}"))
        return self._stop(f":待填({_plain(said.get('description', ''))})")

    def _resolved(self, said: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow a reference, and what may be null to what it is otherwise."""
        kinds = [kind for kind in said.get("anyOf", ()) if kind != {"type": "null"}]
        if len(kinds) == 1:
            return self._resolved({**kinds[0], "description": said.get("description", "")})
        if "$ref" in said:
            return {**self.definitions[said["$ref"].rpartition("/")[2]], **said}
        return said

    def _stop(self, text: str) -> str:
        self.stops += 1
        return f"${{{self.stops}{text}}}"


def _quoted(said: Mapping[str, Any], stop: str) -> str:
    """Put quotes around what would be taken for a number or a time; amounts and counts are."""
    if "anyOf" in said or isinstance(yaml.safe_load(str(said["examples"][0])), str):
        return stop
    return f'"{stop}"'


def _plain(text: str) -> str:
    """Keep signs that would mean something in a snippet or in a list in brackets."""
    return text.replace(",", "，").replace("\\", "").replace("$", "").replace("}", "")
