"""Constructs that are legal YAML but refused here, found before any of them costs anything.

Aliases can grow a small file into gigabytes, tags can name foreign types, deep nesting can
exhaust the stack, and a full-width colon silently swallows the line it stands on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from xinfang.diagnostics import Finding, Level, Place

#: Case files are five levels deep; more than this is an attack or an accident.
MAX_DEPTH: Final = 100

# A block level costs at least one leading character, a flow level one bracket. With fewer of
# both than the limit, the depth can not exceed it, and the slow look is not needed.
_LEAD: Final = 20
_LONG_LEAD: Final = re.compile(rf"^[ ?:-]{{{_LEAD}}}", re.MULTILINE)
_MARKED: Final = re.compile(r"(?:^|[\s\[{,:-])[&*!][^\s]", re.MULTILINE)
#: What may stand on a line before a full-width colon that was meant to end a key.
_KEY_BEFORE_COLON: Final = re.compile(
    r" *(?:- )?(?:[^\n\"'|>#：:]*[{,]\s*)?(?P<key>[\u4e00-\u9fff]{1,12})\s?"
)
_CONFLICT: Final = re.compile(r"^<{7} .*$(?=[\s\S]*^>{7} )", re.MULTILINE)
_BLOCK_SCALAR: Final = re.compile(r"^(?P<indent> *)(?:- +)*[^\n#]*[:-] +[|>][+-]?\d?\s*$")


def refused(text: str, path: str) -> Iterator[Finding]:
    """Anchors, aliases, tags and too deep nesting; reading stops at the first of them."""
    brackets = text.count("[") + text.count("{")
    marked = any(sign in text for sign in "&*!") and _MARKED.search(text)
    if brackets <= MAX_DEPTH - _LEAD and not _LONG_LEAD.search(text) and not marked:
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                depth += 1
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                depth -= 1
            fault = _fault(event, depth)
            if fault:
                mark: Any = event.start_mark
                place = Place(path, mark.line + 1, mark.column + 1)
                yield Finding(place, Level.ERROR, *fault)
                return
    except yaml.YAMLError:
        return  # the reader meets the same fault again and explains it


def _fault(event: Any, depth: int) -> tuple[str, str, str] | None:  # noqa: ANN401 - yaml events are untyped
    if depth > MAX_DEPTH:
        return "too-deep", f"嵌套超过 {MAX_DEPTH} 层,未读取", "请检查是否有多余的括号或缩进"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return (
            "yaml-anchor",
            "不得使用 YAML 的锚点或别名(& 与 *)",
            "请把内容照写一遍;如 & 或 * 是文字的一部分,请给整段文字加引号",
        )
    if getattr(event, "tag", None):
        return (
            "yaml-tag",
            "不得使用 YAML 的类型标记(!)",
            "请删去标记;如 ! 是文字的一部分,请给整段文字加引号",
        )
    return None


def conflict_marks(text: str, path: str) -> Iterator[Finding]:
    """Marks that Git left where it could not join two versions."""
    match = _CONFLICT.search(text)
    if match:
        yield Finding(
            Place(path, text.count("\n", 0, match.start()) + 1, 1),
            Level.ERROR,
            "conflict-marks",
            "有 Git 的合并冲突标记,两边的写法还没有合并",
            "两件事项同号的运行 xinfang renumber;同一件的请对照两边改好,删去标记;"
            "以后由程序合并的,先运行 xinfang hook install",
        )


def full_width_colons(text: str, path: str) -> Iterator[Finding]:
    """Keys written with “：”: the line becomes part of the value before it, without a word."""
    matches = list(_keys_before_colons(text))
    inside = _block_lines(text) if matches else set()
    for offset, key in matches:
        line = text.count("\n", 0, offset)
        if line in inside:
            continue
        column = offset - (text.rfind("\n", 0, offset) + 1)
        yield Finding(
            Place(path, line + 1, column + 1),
            Level.ERROR,
            "full-width-colon",
            f"“{key}：”用了全角冒号,这一行不会被读作“{key}”",
            f"请改为半角冒号加空格,即“{key}: ”;如是正文,请用引号或 | 块书写",
        )


def _keys_before_colons(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and text of what looks like a key before a full-width colon."""
    start = 0
    while (colon := text.find("：", start)) >= 0:
        line_start = text.rfind("\n", 0, colon) + 1
        match = _KEY_BEFORE_COLON.fullmatch(text, line_start, colon)
        if match:
            yield match.start("key"), match["key"]
        start = colon + 1


def _block_lines(text: str) -> set[int]:
    """Lines (from 0) inside literal and folded blocks and quoted continuations: free text."""
    inside: set[int] = set()
    limit: int | None = None
    for number, line in enumerate(text.split("\n")):
        indent = len(line) - len(line.lstrip(" "))
        if limit is not None and (not line.strip() or indent > limit):
            inside.add(number)
            continue
        limit = None
        opened = _BLOCK_SCALAR.match(line)
        if opened:
            limit = len(opened["indent"])
    return inside
