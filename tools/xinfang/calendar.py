"""Working days: the official yearly arrangement, and what an office adds to it.

A day is a working day when it is a Monday to Friday that no notice declares off, or a weekend
day that a notice declares worked (调休上班). The notices of the State Council come with the
package ``chinesecalendar``. A year whose notice is not out yet falls back to plain weekends and
the few holidays of fixed date, and its days are provisional (暂定): computed, never silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from xinfang.quickly import by_fields

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

WEEKEND: Final = "周末"
MADE_UP: Final = "调休上班"
ORDINARY: Final = "工作日"

#: The notice for a year has reached back into the December before as far as the 29th (2007, 2018).
_REACHES_BACK_TO: Final = (12, 29)
#: Holidays of fixed date; no notice has ever made one of these days a working day.
_ALWAYS_OFF: Final = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
_UNANNOUNCED: Final = "无放假通知"
_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, order=True, slots=True)
class Overlay:
    """A stretch of days that an office enters itself, with the document it rests on.

    Attributes:
        first: First day.
        last: Last day, included.
        working: Whether these days are worked.
        reason: What a clerk should read, for example 停工检修 or 春节.
        source: The document: a notice with its number or date.
        official: True for a public notice, which moves every period; False for an arrangement of
            the unit itself, which never moves a period of law (see :attr:`Calendar.national`).
    """

    first: date
    last: date
    working: bool
    reason: str
    source: str
    official: bool = False


@by_fields
@dataclass(frozen=True, order=True, slots=True)
class Day:
    """What is known of one day.

    Attributes:
        date: The day.
        working: Whether it is a working day.
        reason: Why: 春节, 国庆节, 周末, 调休上班, 工作日, or the reason of an overlay.
        provisional: True where no official arrangement covers it yet (暂定).
        source: The document or the rule that says so.
    """

    date: date
    working: bool
    reason: str
    provisional: bool
    source: str


@dataclass(frozen=True, slots=True)
class _Notices:
    """The official arrangements as two tables: day → name of the holiday."""

    off: Mapping[date, str]
    worked: AbstractSet[date]
    years: frozenset[int]
    source: str


@cache
def _notices() -> _Notices:
    """Read the package once. A year is known when its National Day is, which every notice has."""
    from chinese_calendar.constants import (  # noqa: PLC0415 - 9 ms that not every command needs
        Holiday,
        holidays,
        workdays,
    )

    names = {holiday.value: _holiday_name(holiday.chinese) for holiday in Holiday}
    years = frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1))
    return _Notices(
        off={day: names[name] for day, name in holidays.items()},
        worked=frozenset(workdays),
        years=years,
        source=f"国务院办公厅{min(years)}—{max(years)}年节假日安排（chinesecalendar）",
    )


def official_years() -> tuple[int, int]:
    """Give the first and the last year whose official notice is known."""
    years = _notices().years
    return min(years), max(years)


def official_edition() -> str:
    """Name the package that the official notices come with, and its version."""
    from importlib.metadata import version  # noqa: PLC0415 - only one page asks for it

    return f"chinesecalendar {version('chinesecalendar')}"


def _holiday_name(name: str) -> str:
    """Complete the short names of the package: 清明 → 清明节; 元旦, 春节 and …纪念日 stay."""
    return name if name.endswith(("节", "旦", "日")) else f"{name}节"


class Calendar:
    """Working days of one office; immutable, and every question is answered in constant time."""

    __slots__ = ("_entered", "_years", "national", "overlays")

    def __init__(
        self, overlays: Iterable[Overlay] = (), years: Mapping[int, str] | None = None
    ) -> None:
        """Build a calendar.

        Args:
            overlays: Days entered by the office; where two cover a day, the later entry holds.
            years: Years whose official notice the office has entered in full as official overlays
                because the package does not know them yet: year → the notice. Their other days
                are then no longer provisional.
        """
        self.overlays = tuple(overlays)
        self._years = dict(years or {})
        self._entered = {day: entry for entry in self.overlays for day in _days(entry)}
        official = tuple(entry for entry in self.overlays if entry.official)
        #: This calendar without the unit's own arrangements. Periods of law are counted on it:
        #: a unit cannot lengthen them by closing its gate.
        self.national: Calendar = (
            self if official == self.overlays else Calendar(official, self._years)
        )

    def is_working(self, day: date) -> bool:
        """Say whether a day is a working day; a provisional answer where no notice covers it."""
        entry = self._entered.get(day)
        if entry is not None:
            return entry.working
        notices = _notices()
        if day.weekday() >= _SATURDAY:
            return day in notices.worked
        return day not in notices.off and (day.month, day.day) not in _ALWAYS_OFF

    def is_provisional(self, day: date) -> bool:
        """Say whether no official arrangement covers a day yet.

        The last days of December also wait for the notice of the year that follows.
        """
        if day in self._entered:
            return False
        notices = _notices()
        if day in notices.off or day in notices.worked:
            return False
        late = (day.month, day.day) >= _REACHES_BACK_TO
        return not self._knows(day.year) or (late and not self._knows(day.year + 1))

    def _knows(self, year: int) -> bool:
        return year in _notices().years or year in self._years

    def day(self, day: date) -> Day:
        """Give what is known of a day, with its reason and source."""
        entry = self._entered.get(day)
        if entry is not None:
            return Day(day, entry.working, entry.reason, provisional=False, source=entry.source)
        notices = _notices()
        working = self.is_working(day)
        provisional = self.is_provisional(day)
        source = _UNANNOUNCED if provisional else self._years.get(day.year, notices.source)
        if working:
            reason = MADE_UP if day in notices.worked else ORDINARY
        else:
            reason = notices.off.get(day) or _ALWAYS_OFF.get((day.month, day.day), WEEKEND)
        return Day(day, working, reason, provisional, source)

    def next_working(self, day: date) -> date:
        """Give the day itself if it is worked, else the first working day after it."""
        while not self.is_working(day) and day < date.max:
            day += _ONE_DAY
        return day

    def last_working_before(self, day: date) -> date:
        """Give the last working day before a day."""
        day -= _ONE_DAY
        while not self.is_working(day) and day > date.min:
            day -= _ONE_DAY
        return day


def _days(entry: Overlay) -> list[date]:
    length = (entry.last - entry.first).days + 1
    return [entry.first + timedelta(days=offset) for offset in range(length)]
