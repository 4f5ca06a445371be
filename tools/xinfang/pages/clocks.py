"""The clocks (期限): side by side, each in full, and how days are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from xinfang.calendar import Calendar, official_edition, official_years
from xinfang.clocks import Clock, Jurisdiction, Trace, Unit, count, default_clocks
from xinfang.pages.frame import Frame

#: Stages of a matter in their order, and the clocks of each.
_STAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "首问登记": ("I1",),
    "书面告知": ("C1",),
    "退回转送": ("C2",),
    "转交部室": ("I2",),
    "部室反馈": ("I4",),
    "办结": ("I3", "C3", "S1"),
    "延长": ("C4",),
    "向上级报结": ("I5",),
    "复查": ("C5", "C6"),
    "复核": ("C7", "C8"),
}
#: Cases that show each rule of counting: what it shows, event, start, length, unit.
_EXAMPLES: Final[tuple[tuple[str, str, date, int, Unit], ...]] = (
    ("当日不计，按自然日", "收到", date(2026, 2, 10), 15, "日"),
    ("最后一日遇放假顺延", "收到", date(2026, 2, 6), 15, "日"),
    ("60日遇劳动节", "受理", date(2026, 3, 2), 60, "日"),
    ("1周遇劳动节", "登记", date(2026, 4, 28), 7, "日"),
    ("工作日跳过放假，计入调休上班", "收到", date(2026, 2, 11), 5, "工作日"),
)
#: The extension counts from the last of the 60 days before it moved.
_EXTENDED: Final = ("延长接在原期限（不顺延）之后", "受理", date(2026, 3, 2), 60, 30)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with its clocks of the unit and of the law."""

    name: str
    internal: tuple[Clock, ...]
    national: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A period counted: what it shows, and the sentences of its trace."""

    name: str
    trace: Trace
    sentences: tuple[str, ...]


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page of the clocks."""
    running = frame.register.clocks
    resting = tuple(clock for clock in default_clocks(optional=True) if not clock.active)
    yield "basis/clocks.md", frame.page("clocks.md", **_values(frame, (*running, *resting)))


def _values(frame: Frame, clocks: tuple[Clock, ...]) -> dict[str, Any]:
    return {
        "root": "../",
        "clocks": clocks,
        "stages": [
            Stage(
                name,
                tuple(_of(clocks, ids, Jurisdiction.INTERNAL)),
                tuple(_of(clocks, ids, Jurisdiction.NATIONAL)),
            )
            for name, ids in _STAGES.items()
        ],
        "examples": _examples(frame.register.calendar.national),
        "years": official_years(),
        "edition_of_calendar": official_edition(),
        "overlays": frame.register.calendar.overlays,
        "notices_entered": frame.office.notices,
    }


def _of(clocks: Iterable[Clock], ids: tuple[str, ...], whose: Jurisdiction) -> Iterator[Clock]:
    """Find the clocks of a stage; a stricter limit stands with the one it is beside."""
    for clock in clocks:
        if (clock.stricter_than or clock.id) in ids and clock.jurisdiction is whose:
            yield clock


def _examples(calendar: Calendar) -> list[Example]:
    """Count the examples as every deadline is counted."""
    counted = [
        Example(name, trace, _told(trace, event))
        for name, event, start, length, unit in _EXAMPLES
        for trace in (count(start, length, unit, calendar),)
    ]
    name, event, start, length, more = _EXTENDED
    first = count(start, length, "日", calendar)
    extended = count(first.reckoned, more, "日", calendar)
    # Both are told: the first without having moved.
    told = (first.sentences(event)[0], *_told(extended, f"（{length}日届满）"))
    return [*counted, Example(name, extended, told)]


def _told(trace: Trace, event: str) -> tuple[str, ...]:
    """Tell how a date came out; the source of the working days stands once below all examples."""
    return tuple(trace.sentences(event)[:-1])
