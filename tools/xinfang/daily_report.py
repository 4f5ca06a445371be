"""The list of the day for a terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from xinfang.daily import Group, Item, counted
from xinfang.schema import as_text as schema_as_text
from xinfang.schema import closed
from xinfang.terminal import cut, pad, width

#: Version of the JSON shape; raised when a reader would have to change.
SCHEMA_VERSION: Final = 1
#: A part shows so many lines; the rest is told as a number.
_SHOWN: Final = 8
_GAP: Final = "  "
_WEEKDAYS: Final = "一二三四五六日"
#: A title cut shorter than this says nothing and stands on a line of its own.
_NARROWEST: Final = 16
#: Paints the heading of a part.
Paint = Callable[[str, Group], str]


def plain(text: str, _group: Group) -> str:
    """Paint nothing."""
    return text


def as_text(
    items: Sequence[Item], columns: int = 100, paint: Paint = plain, *, whole: bool = False
) -> str:
    """Write the list for a terminal: one line each, two or three where the terminal is narrow.

    Args:
        items: The list.
        columns: Width of the terminal.
        paint: Colours the heading of a part.
        whole: Whether long parts are told to the end.
    """
    lines: list[str] = []
    for group, found in counted(items).items():
        shown = found if whole else found[:_SHOWN]
        lines += ["", paint(f"{group} {len(found)} 项", group), *_rows(shown, columns)]
        if len(found) > len(shown):
            lines.append(f"{_GAP}……还有 {len(found) - len(shown)} 项,全部见 xinfang today --all")
    return "".join(f"{line}\n" for line in lines[1:])


def _rows(items: Sequence[Item], columns: int) -> Iterator[str]:
    cells = [(item.number, _day(item), item.what, item.command) for item in items]
    widths = [max(width(row[index]) for row in cells) for index in range(4)]
    room = columns - sum(widths) - len(_GAP) * 5
    for item, row in zip(items, cells, strict=True):
        number, day, what, command = row
        parts = [pad(text, size) for text, size in zip(row[:3], widths[:3], strict=True) if size]
        if room >= _NARROWEST:
            yield (
                _GAP + _GAP.join([*parts, pad(command, widths[3]), cut(item.title, room)]).rstrip()
            )
            continue
        head = _GAP.join(filter(None, (number, day, what)))
        yield _GAP + cut(head, columns - len(_GAP))
        if item.title:
            yield _GAP * 3 + cut(item.title, columns - len(_GAP) * 3)
        yield _GAP * 3 + command


def _day(item: Item) -> str:
    if item.day is None:
        return ""
    return f"{item.day:%m-%d} {_WEEKDAYS[item.day.weekday()]} {item.left}"


def as_json(items: Sequence[Item], today: date) -> str:
    """Write stable JSON; described by ``schemas/today.schema.json``."""
    made = {
        "schema_version": SCHEMA_VERSION,
        "today": f"{today}",
        "items": [_record(item) for item in items],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _record(item: Item) -> dict[str, Any]:
    return {
        "group": item.group.value,
        "number": item.number,
        "title": item.title,
        "what": item.what,
        "command": item.command,
        "due": None if item.day is None else f"{item.day}",
        "days_left": item.days_left,
    }


_STRING: Final = {"type": "string"}
_DAY: Final = {"type": "string", "format": "date"}


def schema() -> dict[str, Any]:
    """Make the JSON Schema of :func:`as_json`."""
    item = {
        "group": {"enum": [group.value for group in Group], "title": "哪一类"},
        "number": {**_STRING, "title": "编号", "description": "登记编号或评估编号;没有的为空"},
        "title": {**_STRING, "title": "事项摘要"},
        "what": {**_STRING, "title": "办什么"},
        "command": {**_STRING, "title": "输入什么", "description": "命令;没有命令的为文件"},
        "due": {"anyOf": [_DAY, {"type": "null"}], "title": "最后一日"},
        "days_left": {
            "type": ["integer", "null"],
            "title": "剩余天数",
            "description": "负数为已逾期天数",
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "今天要办的",
        "description": "xinfang today --format json 的输出",
        **closed(
            {
                "schema_version": {"const": SCHEMA_VERSION},
                "today": _DAY,
                "items": {"type": "array", "items": closed(item)},
            }
        ),
    }


def schema_text() -> str:
    """Make the schema as the text of its file."""
    return schema_as_text(schema())
