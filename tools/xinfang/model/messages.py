"""Validation errors of the model, said in the file's own words.

The value itself is quoted only where it can not be personal: dates and small numbers, and
words close to one of a closed vocabulary.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from xinfang.diagnostics import Finding, KeyPath, Level
from xinfang.source import Document

SAFE: Final = re.compile(r"[\d\-:./年月日 ]{1,10}|[^\d\s]{0,6}\d{1,4}[^\d\s]{0,2}")


def findings_of(
    errors: Iterable[Mapping[str, Any]], document: Document, known: Mapping[str, tuple[str, ...]]
) -> list[Finding]:
    """Turn pydantic's errors into findings.

    Args:
        errors: As given by ``ValidationError.errors()``.
        document: The file they came from; tells the places.
        known: Keys that each parent key may hold, for the nearest known one.
    """
    swallowed = {
        finding.message.partition("：")[0].lstrip("“")
        for finding in document.findings
        if finding.rule == "full-width-colon"
    }
    found = []
    for error in errors:
        keys = _keys(error["loc"])
        if error["type"] == "missing" and keys and keys[-1] in swallowed:
            continue
        found.append(_finding(error, keys, document, known))
    return found


def _keys(loc: tuple[str | int, ...]) -> KeyPath:
    """Drop the tag that pydantic puts behind the index of a step."""
    if len(loc) > 2 and loc[0] == "办理":  # noqa: PLR2004 - 办理, index, tag
        return (*loc[:2], *loc[3:])
    return tuple(loc)


def _finding(
    error: Mapping[str, Any],
    keys: KeyPath,
    document: Document,
    known: Mapping[str, tuple[str, ...]],
) -> Finding:
    kind = error["type"]
    rule, message, mend = _words(kind, error, keys, known)
    place = document.place(keys, of_key=kind == "extra_forbidden")
    return Finding(place, Level.ERROR, rule, message, mend)


def _words(  # noqa: PLR0911 - one return a kind of fault reads best
    kind: str, error: Mapping[str, Any], keys: KeyPath, known: Mapping[str, tuple[str, ...]]
) -> tuple[str, str, str]:
    label = _label(keys)
    context = error.get("ctx", {})
    if kind == "missing":
        return "missing-key", f"缺少“{keys[-1]}”", f"请补上“{keys[-1]}: ……”"
    if kind == "extra_forbidden":
        return "unknown-key", f"没有“{keys[-1]}”这一项", _nearest_key(keys, known)
    if kind.startswith("xinfang."):
        sentence, _, mend = str(context["sentence"]).partition("|")
        return f"bad-{kind.removeprefix('xinfang.')}", f"{label}{sentence}{_found(error)}", mend
    if kind in {"enum", "literal_error", "union_tag_invalid"}:
        choices = _choices(context)
        label = f"{label}“事项”" if kind == "union_tag_invalid" else label
        return "bad-choice", f"{label}不能填这个值{_near(error, choices)}", _only(choices)
    if kind == "union_tag_not_found":
        return "missing-key", "缺少“事项”", "每一步请写明“事项: ……”,如 转办、答复、送达"
    if kind == "string_too_short":
        return "blank-value", f"{label}是空的", "请填写,或删去这一行"
    if kind == "string_too_long":
        return "too-long", f"{label}超过 {context['max_length']} 字", "请写得简短些"
    if kind == "string_pattern_mismatch":
        return "bad-text", f"{label}含有换行或不可见的控制字符", "请写在一行内,删去该字符"
    if error.get("input") is None:
        return "blank-value", f"{label}是空的", "请填写,或删去这一行"
    return "bad-shape", f"{label}的写法不对", _SHAPES.get(kind, "请对照样例改写")


_SHAPES: Final = {
    "list_type": "应为列表,写成 [甲, 乙] 或逐行“- 甲”",
    "string_type": "应为一段文字",
    "dict_type": "应为“键: 值”的形式",
    "model_type": "应为“键: 值”的形式",
    "model_attributes_type": "应为“键: 值”的形式",
}


def _label(keys: KeyPath) -> str:
    words = [key for key in keys if isinstance(key, str)]
    return f"“{words[-1]}”" if words else "内容"


def _found(error: Mapping[str, Any]) -> str:
    value = error.get("input")
    return f": {value}" if isinstance(value, str) and SAFE.fullmatch(value) else ""


def _choices(context: Mapping[str, Any]) -> list[str]:
    text = str(context.get("expected") or context.get("expected_tags") or "")
    return re.findall(r"'([^']+)'", text)


def _near(error: Mapping[str, Any], choices: list[str]) -> str:
    value = error.get("input")
    if isinstance(value, Mapping):
        value = value.get("事项")
    if not isinstance(value, str):
        return ""
    near = difflib.get_close_matches(value, choices, n=1, cutoff=0.4)
    return f": {value},是否指“{near[0]}”" if near else ""


def _only(choices: list[str]) -> str:
    return f"只能是: {' '.join(choices)}"


def _nearest_key(keys: KeyPath, known: Mapping[str, tuple[str, ...]]) -> str:
    key = str(keys[-1])
    if "：" in key or ":" in key:
        return "冒号请用半角,后面留一个空格"
    parents = [part for part in keys[:-1] if isinstance(part, str)]
    options = known.get(parents[-1] if parents else "", ())
    near = difflib.get_close_matches(key, options, n=1, cutoff=0.3)
    return f"是否指“{near[0]}”" if near else "请删去,或改为已有的项"
