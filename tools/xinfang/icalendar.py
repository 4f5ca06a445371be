"""All-day events as an iCalendar file (RFC 5545): CRLF, lines of at most 75 octets, UTF-8."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_PRODUCT: Final = "-//xinfang//due//ZH"
_LONGEST_LINE: Final = 75
#: Alarms ring at nine in the morning; an all-day event begins at midnight.
_HOUR: Final = 9
_HOURS_A_DAY: Final = 24


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has to be done by the end of a day.

    Attributes:
        key: What tells it from every other one and never changes; its UID is made of it.
        day: The day.
        ready_by: The day on whose morning to ring; where it is the day itself, the day before.
        revision: Grows from one edition of the calendar to the next.
        summary: One line.
        description: More, with line breaks.
        tentative: Whether the day may still move.
    """

    key: tuple[str, ...]
    day: date
    ready_by: date
    revision: int
    summary: str
    description: str
    tentative: bool

    @property
    def uid(self) -> str:
        """Give an identifier in ASCII; parts that are not are told apart by their digest."""
        parts = (
            part if part.isascii() else hashlib.sha256(part.encode()).hexdigest()[:12]
            for part in self.key
            if part
        )
        return f"{'-'.join(parts)}@xinfang"


def calendar_text(name: str, events: Iterable[bytes]) -> bytes:
    """Write a calendar.

    Args:
        name: What a calendar program calls it.
        events: Its events as :func:`event_text` writes them, in their order.
    """
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
    )
    return b"".join([*map(_folded, head), *events, _folded("END:VCALENDAR")])


def event_text(event: Event, made_on: date) -> bytes:
    """Write an event.

    Args:
        event: The event.
        made_on: Day of making; it stands for the time of making, so that one day's calendar has
            the same bytes whenever it is made.
    """
    return b"".join(map(_folded, _event_lines(event, made_on)))


def _event_lines(event: Event, made_on: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{made_on:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{event.revision}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield f"DESCRIPTION:{_escaped(event.description)}"
    yield f"STATUS:{'TENTATIVE' if event.tentative else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(event.summary)}"
    yield f"TRIGGER:{_trigger(event)}"
    yield "END:VALARM"
    yield "END:VEVENT"


def _trigger(event: Event) -> str:
    """Say how long before the midnight at which the event begins to ring."""
    days = max(1, (event.day - event.ready_by).days)
    return f"-P{days - 1}DT{_HOURS_A_DAY - _HOUR}H"


def _escaped(text: str) -> str:
    """Escape what has a meaning in a text value (RFC 5545 3.3.11)."""
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\r\n", "\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> bytes:
    """Fold a line to 75 octets, never inside a character (RFC 5545 3.1)."""
    whole = line.encode()
    if len(whole) <= _LONGEST_LINE:
        return whole + b"\r\n"
    pieces: list[bytes] = [b""]
    room = _LONGEST_LINE
    for char in line:
        octets = char.encode()
        if len(octets) > room:
            pieces.append(b"")
            room = _LONGEST_LINE - 1
        pieces[-1] += octets
        room -= len(octets)
    return b"\r\n ".join(pieces) + b"\r\n"
