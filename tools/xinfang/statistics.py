"""Statistics (domain/3 §3.2): every figure with its definition and the cases behind it.

Each matter leaves dated events behind: it came, was answered, met a deadline, was closed.
:class:`Statistics` sorts them once; a figure is the events of one kind in any period, for all
matters or one group of them. A period is any :class:`~xinfang.selection.Period`, so that
months with a cut-off of their own need nothing more. Groups are kinds of matters, never persons
(domain/7). What may be shown of small groups is decided by :meth:`Statistics.distribution`; two
distributions of one dimension over periods that overlap must not be published side by side.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from statistics import median
from typing import Final

from xinfang.balance import DIMENSIONS, Balance, rate
from xinfang.clocks import Deadline, State
from xinfang.ledger import Entry
from xinfang.model.words import ReviewResult
from xinfang.selection import Period
from xinfang.suppression import told_apart


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted.

    Attributes:
        id: Its word in addresses and names of figures.
        name: Its name in tables.
        unit: What one of it is.
        definition: What counts, in one sentence.
    """

    id: str
    name: str
    unit: str
    definition: str


RECEIVED: Final = Measure("received", "新收", "件", "登记日期在本期内的事项。")
CLOSED: Final = Measure("closed", "办结", "件", "办结步骤的日期在本期内的事项。")
OPEN: Final = Measure(
    "open", "期末在办", "件", "到期末仍没有办结步骤的事项；期初在办 + 新收 − 办结 = 期末在办。"
)
REPLIED: Final = Measure(
    "replied",
    "答复",
    "件",
    "书面答复的发出日期在本期内的事项，多次答复的以最后一次为准。"
    "用时 = 答复发出日期 − 收到日期，按自然日计。",
)
ANSWERED: Final = Measure(
    "answered", "请求结论", "条", "本期书面答复中各条请求的结论，每条请求计一条。"
)
DUE: Final = Measure(
    "due",
    "应办",
    "项",
    "最后一日在本期内、并已经过去的期限，几个部室分别适用的各计一项；"
    "批准延长的，原期限不计，计延长后的期限。",
)
KEPT: Final = Measure("kept", "按期", "项", "应办的期限中，在最后一日或者以前办完的。")
MISSED: Final = Measure("missed", "逾期", "项", "应办的期限中，过了最后一日才办完或者仍未办完的。")
PLEDGED: Final = Measure(
    "pledged", "答复有承诺", "件", "书面答复在本期发出、答复中写明须落实事项的。"
)
FULFILLED: Final = Measure(
    "fulfilled", "承诺全部兑现", "件", "答复有承诺的事项中，至今已逐条全部兑现的。"
)
REPEAT: Final = Measure(
    "repeat", "关联前件", "件", "本期新收的事项中，登记了此前同一事项（前件）的。"
)
EARLIER_ANSWERED: Final = Measure(
    "earlier-answered", "前件已答复", "件", "关联前件的事项中，前件均已书面答复或者办结的。"
)
EARLIER_PLEDGED: Final = Measure(
    "earlier-pledged", "前件有承诺", "件", "关联前件的事项中，前件的答复写明须落实事项的。"
)
EARLIER_KEPT: Final = Measure(
    "earlier-kept", "前件承诺已兑现", "件", "前件有承诺的事项中，前件的承诺已全部兑现的。"
)
REVIEWED: Final = Measure("reviewed", "请求复查", "件", "请求复查的日期在本期内的事项。")
REREVIEWED: Final = Measure(
    "rereviewed", "又请求复核", "件", "本期请求复查的事项中，其后又请求复核的。"
)

#: All of them by their words.
MEASURES: Final[Mapping[str, Measure]] = {
    measure.id: measure
    for measure in (
        *(RECEIVED, CLOSED, OPEN, REPLIED, ANSWERED, DUE, KEPT, MISSED, PLEDGED, FULFILLED),
        *(REPEAT, EARLIER_ANSWERED, EARLIER_PLEDGED, EARLIER_KEPT, REVIEWED, REREVIEWED),
    )
}

CLOCK: Final = "期限"
OUTCOME: Final = "请求结论"
DAYS: Final = "答复用时"
RESULT: Final = "复查意见"
NO_RESULT: Final = "尚无复查意见"
#: Results of 复查, and that there is none yet.
RESULTS: Final = (*(str(result) for result in ReviewResult), NO_RESULT)

#: Last day of each span of days to an answer.
_SPANS: Final = (7, 15, 30, 60, 90)
#: Names of these spans; the last one has no end.
SPANS: Final = ("0–7日", "8–15日", "16–30日", "31–60日", "61–90日", "90日以上")

#: What is counted, for which dimension and group; the latter two are empty for all matters.
Key = tuple[str, str, str]
_KEPT: Final = frozenset({State.MET})
_DECIDED: Final = frozenset({State.MET, State.MET_LATE, State.OVERDUE})
#: Sorts behind every case number.
_LAST: Final = "\uffff"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a table.

    Attributes:
        measure: What is counted; holds the definition.
        period: The period; for a stock (期末在办) only its end matters.
        dimension: By what it is broken down; empty for all matters.
        group: Which group of the dimension.
        count: The number.
        cases: Numbers of the cases behind it, each once; one case may count for more than one.
    """

    measure: Measure
    period: Period
    dimension: str
    group: str
    count: int
    cases: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its name: ``received/2026-01-01..2026-09-16/内容类别/工资支付``."""
        days = f"{self.period.first or ''}..{self.period.last or ''}"
        return "/".join(filter(None, (self.measure.id, days, self.dimension, self.group)))


@dataclass(frozen=True, slots=True)
class Share:
    """A rate: some of a whole."""

    part: Figure
    whole: Figure

    @property
    def formula(self) -> str:
        """How it is reckoned: 按期 ÷ 应办."""
        return f"{self.part.measure.name} ÷ {self.whole.measure.name}"

    @property
    def rate(self) -> str:
        """Its value as 62.5%; “—” where there is nothing to share."""
        return rate(self.part.count, self.whole.count)


@dataclass(frozen=True, slots=True)
class Distribution:
    """All of a measure by the groups of one dimension, as far as it may be shown.

    Attributes:
        total: All of it.
        apart: Groups that may be told apart, in their order.
        together: Names of all other groups, those with nothing included.
        rest: What those have together: 0, or at least five, or all there is.
        dimension: By what it is broken down.
    """

    total: Figure
    apart: tuple[Figure, ...]
    together: tuple[str, ...]
    rest: int
    dimension: str = ""


class Statistics:
    """Everything that can be counted in some matters.

    Args:
        entries: The matters; earlier matters are looked for among them, too.
        today: The day of looking; only deadlines that ended before it are judged.
        more: What else counts in a matter, beside :func:`events`.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        today: date,
        more: Callable[[Entry], Iterable[tuple[Key, date]]] = lambda _entry: (),
    ) -> None:
        known = {entry.number: entry for entry in entries}
        self.today = today
        found: dict[Key, list[tuple[date, str]]] = defaultdict(list)
        for number, entry in known.items():
            for key, day in chain(events(entry, known, today), more(entry)):
                found[key].append((day, number))
        for dated in found.values():
            dated.sort()
        self._events: Mapping[Key, list[tuple[date, str]]] = dict(found)
        self._entries = known

    def figure(
        self, measure: Measure, period: Period, dimension: str = "", group: str = ""
    ) -> Figure:
        """Count one thing in a period, for all matters or one group."""
        if measure is OPEN:
            return self._stock(period, dimension, group)
        found = self._within((measure.id, dimension, group), period)
        cases = tuple(sorted({number for _, number in found}))
        return Figure(measure, period, dimension, group, len(found), cases)

    def count(self, measure: Measure, period: Period, dimension: str = "", group: str = "") -> int:
        """Count one thing without the cases behind it: much faster than a figure."""
        if measure is OPEN:
            return self.balance(period, dimension, group).open
        found = self._dated(measure.id, dimension, group)
        first, last = (period.first or date.min, ""), (period.last or date.max, _LAST)
        return bisect_right(found, last) - bisect_left(found, first)

    def share(
        self, part: Measure, whole: Measure, period: Period, dimension: str = "", group: str = ""
    ) -> Share:
        """Give a rate; the part has to be some of the whole."""
        return Share(
            self.figure(part, period, dimension, group),
            self.figure(whole, period, dimension, group),
        )

    def balance(self, period: Period, dimension: str = "", group: str = "") -> Balance:
        """Balance a period, the same as :func:`xinfang.balance.balance` does."""
        came, went = (self._dated(m.id, dimension, group) for m in (RECEIVED, CLOSED))
        first, last = (period.first or date.min, ""), (period.last or date.max, _LAST)
        came_before, went_before = bisect_left(came, first), bisect_left(went, first)
        return Balance(
            carried=came_before - went_before,
            received=bisect_right(came, last) - came_before,
            closed=bisect_right(went, last) - went_before,
        )

    def groups(self, measure: Measure, dimension: str) -> list[str]:
        """List the groups of a dimension that have anything of a measure, by name."""
        return sorted(g for m, d, g in self._events if (m, d) == (measure.id, dimension))

    def distribution(
        self,
        measure: Measure,
        dimension: str,
        period: Period,
        names: Sequence[str],
        never: Collection[str] = (),
    ) -> Distribution:
        """Break a measure down as far as it may be shown.

        Args:
            measure: What is counted.
            dimension: By what.
            period: The period.
            names: The groups in their order; others that there are follow.
            never: Groups that are not told apart, however large.
        """
        order = dict.fromkeys((*names, *self.groups(measure, dimension)))
        figures = {name: self.figure(measure, period, dimension, name) for name in order}
        # Five claims of one matter are one matter: both numbers have to be large enough.
        kept = told_apart({n: (f.count, len(f.cases)) for n, f in figures.items()}, never=never)
        return Distribution(
            total=self.figure(measure, period),
            apart=tuple(figures[name] for name in order if name in kept),
            together=tuple(name for name in order if name not in kept),
            rest=sum(figures[name].count for name in order if name not in kept),
            dimension=dimension,
        )

    def median_days(self, period: Period) -> float | None:
        """Give the median of the days to an answer in a period; None where there is none."""
        numbers = self.figure(REPLIED, period).cases
        days = [d for n in numbers if (d := days_to_answer(self._entries[n])) is not None]
        return median(days) if days else None

    @cached_property
    def first_year(self) -> int:
        """The year of the first registration; this year where there is none."""
        came = self._dated(RECEIVED.id, "", "")
        return came[0][0].year if came else self.today.year

    def _stock(self, period: Period, dimension: str, group: str) -> Figure:
        """List what is open at the end of a period."""
        until = Period(None, period.last)
        came, went = (
            {number for _, number in self._within((m.id, dimension, group), until)}
            for m in (RECEIVED, CLOSED)
        )
        cases = tuple(sorted(came - went))
        return Figure(OPEN, period, dimension, group, len(cases), cases)

    def _dated(self, measure: str, dimension: str, group: str) -> list[tuple[date, str]]:
        return self._events.get((measure, dimension, group), [])

    def _within(self, key: Key, period: Period) -> list[tuple[date, str]]:
        found = self._dated(*key)
        first = bisect_left(found, (period.first or date.min, ""))
        return found[first : bisect_right(found, (period.last or date.max, _LAST))]


def events(entry: Entry, known: Mapping[str, Entry], today: date) -> Iterator[tuple[Key, date]]:
    """Give everything of a matter that counts: for what it counts, and the day.

    Of an accusation nothing counts but that it came and was closed (A13).

    Args:
        entry: The matter.
        known: All matters, by number; accusations among them are no earlier matters.
        today: The day of looking.
    """
    # A closing before the registration is an error elsewhere; here the balance has to hold.
    closed = max(entry.closed, entry.registered) if entry.closed else None
    yield ("received", "", ""), entry.registered
    if closed:
        yield ("closed", "", ""), closed
    for dimension, group_of in DIMENSIONS.items():
        group = group_of(entry)
        yield ("received", dimension, group), entry.registered
        if closed:
            yield ("closed", dimension, group), closed
    if not entry.sealed:
        yield from _answer(entry)
        yield from _earlier(entry, known)
        yield from _review(entry)
        for deadline in entry.deadlines:
            yield from _deadline(deadline, today)


def _answer(entry: Entry) -> Iterator[tuple[Key, date]]:
    day, days = entry.replied, days_to_answer(entry)
    if day is None or days is None:
        return
    yield ("replied", "", ""), day
    yield ("replied", DAYS, span(days)), day
    for outcome in entry.outcomes:
        yield ("answered", "", ""), day
        yield ("answered", OUTCOME, str(outcome)), day
    if entry.promises:
        yield ("pledged", "", ""), day
        if not entry.open_promises:
            yield ("fulfilled", "", ""), day


def _earlier(entry: Entry, known: Mapping[str, Entry]) -> Iterator[tuple[Key, date]]:
    if not entry.earlier:
        return
    day = entry.registered
    yield ("repeat", "", ""), day
    found = [known[n] for n in entry.earlier if n in known and not known[n].sealed]
    if found and all(earlier.replied or earlier.closed for earlier in found):
        yield ("earlier-answered", "", ""), day
    if any(earlier.promises for earlier in found):
        yield ("earlier-pledged", "", ""), day
        if not any(earlier.open_promises for earlier in found):
            yield ("earlier-kept", "", ""), day


def _review(entry: Entry) -> Iterator[tuple[Key, date]]:
    if entry.reviewed is None:
        return
    told = [step.removeprefix("复查") for step in entry.reviews if step.startswith("复查")]
    result = next((word for word in reversed(told) if word in RESULTS), NO_RESULT)
    yield ("reviewed", "", ""), entry.reviewed
    yield ("reviewed", RESULT, result), entry.reviewed
    if any(step.startswith("复核") for step in entry.reviews):
        yield ("rereviewed", "", ""), entry.reviewed


def _deadline(deadline: Deadline, today: date) -> Iterator[tuple[Key, date]]:
    """Judge a deadline of the unit itself once its last day is over."""
    due, clock = deadline.due, deadline.clock
    if due >= today or deadline.state not in _DECIDED or not clock.whose.is_ours:
        return
    yield ("due", CLOCK, clock.id), due
    yield ("kept" if deadline.state in _KEPT else "missed", CLOCK, clock.id), due


def days_to_answer(entry: Entry) -> int | None:
    """Count the days from receipt to the written answer; None where there is none."""
    return None if entry.replied is None else (entry.replied - entry.received).days


def span(days: int) -> str:
    """Name the span that so many days fall into; an answer before the receipt counts as 0."""
    return SPANS[bisect_left(_SPANS, days)]
