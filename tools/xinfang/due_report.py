"""The list of what is due, for a terminal, for programs and for calendars."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from xinfang.due import Due, Lateness, grouped
from xinfang.icalendar import Event, calendar_text, event_text
from xinfang.schema import as_text as schema_as_text
from xinfang.schema import closed
from xinfang.terminal import cut, pad, width

#: Version of the JSON shape; raised when a reader would have to change.
SCHEMA_VERSION: Final = 1

# Text

#: Gives a text its colour for a degree of lateness.
Paint = Callable[[str, Lateness], str]
_WEEKDAYS: Final = "一二三四五六日"
_GAP: Final = "  "
#: A title cut shorter than this says nothing and is left out.
_NARROWEST_TITLE: Final = 12
_TITLE: Final = "事项"
#: The column that a narrow terminal does without.
_SPARE: Final = "期限来源"
_HEADINGS: Final = ("编号", "期限", "剩余", "办什么", "责任部室", _SPARE, "提示")


def plain(text: str, _lateness: Lateness) -> str:
    """Paint nothing."""
    return text


def as_text(items: Sequence[Due], columns: int = 120, paint: Paint = plain) -> str:
    """Write the list for a terminal, grouped by lateness, in aligned columns.

    Args:
        items: What is due.
        columns: Width of the terminal. What a clerk needs to act stands first and is never cut.
        paint: Colours a line.
    """
    if not items:
        return ""
    widths = _widths(items, columns)
    heading = dict(zip(_HEADINGS, _HEADINGS, strict=True)) | {_TITLE: _TITLE}
    lines = [_line(heading, widths)]
    for lateness, group in grouped(items).items():
        lines += ["", paint(f"{lateness} {len(group)} 项", lateness)]
        lines += [paint(_line(_cells(item), widths), lateness) for item in group]
    return "".join(f"{line}\n" for line in lines)


def _widths(items: Sequence[Due], columns: int) -> dict[str, int]:
    """Give each column the width of its widest cell; the title takes what is left."""
    cells = list(map(_cells, items))
    widths = {name: max(width(name), *(width(row[name]) for row in cells)) for name in _HEADINGS}
    if _taken(widths) > columns:
        widths.pop(_SPARE)
    left = columns - _taken(widths) - len(_GAP)
    return widths | ({_TITLE: left} if left >= _NARROWEST_TITLE else {})


def _taken(widths: Mapping[str, int]) -> int:
    return sum(widths.values()) + len(_GAP) * (len(widths) - 1)


def _line(cells: Mapping[str, str], widths: Mapping[str, int]) -> str:
    return _GAP.join(pad(cut(cells[name], room), room) for name, room in widths.items()).rstrip()


def _cells(item: Due) -> dict[str, str]:
    deadline, clock = item.deadline, item.deadline.clock
    words = (
        item.number,
        f"{deadline.due} {_WEEKDAYS[deadline.due.weekday()]}",
        item.left,
        clock.name,
        item.department,
        "来文载明" if clock.until else f"{clock.jurisdiction}{clock.span}",
        " ".join(_notes(item)),
    )
    return {**dict(zip(_HEADINGS, words, strict=True)), _TITLE: item.title}


def _notes(item: Due) -> Iterator[str]:
    """Say by which day to be ready where the last one is a day off, and whether it may move."""
    deadline = item.deadline
    if deadline.plan != deadline.due and item.days_left >= 0:
        yield f"宜{deadline.plan:%m-%d}办妥"
    if deadline.provisional:
        yield "暂定"


# JSON


def as_json(items: Sequence[Due], today: date) -> str:
    """Write stable JSON; described by ``schemas/due.schema.json``."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "today": f"{today}",
        "deadlines": [_record(item) for item in items],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _record(item: Due) -> dict[str, Any]:
    deadline, clock = item.deadline, item.deadline.clock
    return {
        "number": item.number,
        "path": item.path,
        "title": item.title,
        "clock": clock.id,
        "name": clock.name,
        "jurisdiction": clock.jurisdiction,
        "department": item.department,
        "due": f"{deadline.due}",
        "plan": f"{deadline.plan}",
        "days_left": item.days_left,
        "lateness": item.lateness,
        "provisional": deadline.provisional,
        "basis": list(clock.grounds),
        "trace": deadline.sentences(),
    }


_STRING: Final = {"type": "string"}
_DAY: Final = {"type": "string", "format": "date"}
_STRINGS: Final = {"type": "array", "items": _STRING}


def schema() -> dict[str, Any]:
    """Make the JSON Schema of :func:`as_json`."""
    deadline = {
        "number": {**_STRING, "title": "登记编号"},
        "path": {**_STRING, "title": "事项文件"},
        "title": {**_STRING, "title": "事项摘要"},
        "clock": {**_STRING, "title": "期限编号", "description": "I1—I5、C1—C8"},
        "name": {**_STRING, "title": "办什么"},
        "jurisdiction": {"enum": ["国家", "本单位"], "title": "谁定的期限"},
        "department": {**_STRING, "title": "责任部室"},
        "due": {**_DAY, "title": "最后一日"},
        "plan": {**_DAY, "title": "宜办妥之日", "description": "最后一日遇休息日的,为此前的工作日"},
        "days_left": {"type": "integer", "title": "剩余天数", "description": "负数为已逾期天数"},
        "lateness": {"enum": [word.value for word in Lateness], "title": "缓急"},
        "provisional": {"type": "boolean", "title": "暂定"},
        "basis": {**_STRINGS, "title": "依据"},
        "trace": {**_STRINGS, "title": "日期怎样算出"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "待办期限",
        "description": "xinfang due --format json 的输出",
        **closed(
            {
                "schema_version": {"const": SCHEMA_VERSION},
                "today": _DAY,
                "deadlines": {"type": "array", "items": closed(deadline)},
            }
        ),
    }


def schema_text() -> str:
    """Make the schema as the text of its file."""
    return schema_as_text(schema())


# Calendar


def as_ics(items: Sequence[Due], today: date, name: str) -> bytes:
    """Write an iCalendar file: an all-day event a deadline, with an alarm.

    Calendars travel to telephones, so an event holds the number, the clock and the trace, and
    not even the title of the matter.

    Args:
        items: What is due.
        today: The day of looking.
        name: Name of the calendar.
    """
    return next(as_calendars(items, today, [(name, "")]))


def as_calendars(
    items: Sequence[Due], today: date, wanted: Iterable[tuple[str, str]]
) -> Iterator[bytes]:
    """Write several iCalendar files as :func:`as_ics` does, each event once.

    Args:
        items: What is due.
        today: The day of looking.
        wanted: Name of each calendar, and the department that it is for: what the department
            answers for or joins in, as in :func:`xinfang.due.due`; empty for all.
    """
    events = [(item, event_text(_event(item, today), today)) for item in items]
    for name, department in wanted:
        yield calendar_text(
            name,
            (text for item, text in events if not department or department in item.departments),
        )


def _event(item: Due, today: date) -> Event:
    deadline, clock = item.deadline, item.deadline.clock
    late = f"【已逾期{-item.days_left}天】" if item.days_left < 0 else ""
    provisional = "(暂定)" if deadline.provisional else ""
    return Event(
        key=(item.number, clock.id, deadline.department),
        day=deadline.due,
        ready_by=deadline.plan,
        revision=max(0, (today - deadline.trace.start).days),
        summary=f"{late}{item.number} {clock.name}{provisional} {item.department}",
        description="\n".join(deadline.sentences()),
        tentative=deadline.provisional,
    )
