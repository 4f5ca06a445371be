"""What came more often than usual (细则 五·五): a simple test, stated under its findings.

Groups are kinds of matters, departments, contract sections and links of handling; never persons,
never places of origin (domain/7). A group that may not be told is not tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

from xinfang.balance import NO_DEPARTMENT, SEALED
from xinfang.reports.book import Book
from xinfang.reports.measures import CATEGORY, DEPARTMENT, NO_SECTION, SECTION
from xinfang.reports.terms import Kind, Term
from xinfang.statistics import CLOCK, DUE, MISSED, RECEIVED, Measure
from xinfang.suppression import FLOOR, is_few

#: So many periods before are compared with, and so many at least.
BACK: Final[Mapping[Kind, tuple[int, int]]] = {
    Kind.MONTH: (12, 6),
    Kind.QUARTER: (8, 4),
    Kind.YEAR: (5, 3),
}
_UNITS: Final = {Kind.MONTH: "个月", Kind.QUARTER: "个季度", Kind.YEAR: "年"}
#: The test in one sentence, as it stands under the findings.
TEST: Final[Mapping[Kind, str]] = {
    kind: (
        f"判断办法：本期达到{FLOOR}件，并且超过此前{most}{_UNITS[kind]}平均数加2倍平均数平方根的，"
        f"列为高于平常；此前有数据的期间不足{least}期的不作判断。"
        "只比较类别、部室、标段和逾期的环节，不比较人；不分列的不作判断。高于平常只是提醒去看，不是结论。"
    )
    for kind, (most, least) in BACK.items()
}
_UNTESTED: Final = frozenset({SEALED, NO_SECTION, NO_DEPARTMENT})


@dataclass(frozen=True, slots=True)
class Trend:
    """Something that came more often than usual.

    Attributes:
        measure: What was counted.
        dimension: By what.
        group: Which group.
        count: How often it came.
        mean: Mean of the periods before.
        said: All of it in a sentence.
        cases: Numbers of the cases behind it.
    """

    measure: Measure
    dimension: str
    group: str
    count: int
    mean: float
    said: str
    cases: tuple[str, ...]


def is_unusual(count: int, mean: float) -> bool:
    """Whether so many are more than usual: beyond twice the spread of rare events by chance."""
    return count >= FLOOR and count > mean + 2 * sqrt(mean)


def trends(reports: Book, term: Term) -> list[Trend]:
    """List what came more often than usual in a period, in the order of the tables."""
    most, least = BACK[term.kind]
    before = [t for n in range(1, most + 1) if reports.reaches(t := term.step(-n))]
    if len(before) < least:
        return []
    return list(_found(reports, term, before))


def _found(reports: Book, term: Term, before: list[Term]) -> Iterator[Trend]:
    for measure, dimension, group in _groups(reports, term):
        figure = reports.book.figure(measure, term.period, dimension, group)
        earlier = sum(reports.book.count(measure, t.period, dimension, group) for t in before)
        mean = earlier / len(before)
        if is_unusual(figure.count, mean):
            back = f"此前{len(before)}{_UNITS[term.kind]}"
            # A mean in whole numbers: a finer one would tell the number of one period before.
            usual = (
                f"{back}合计不足{FLOOR}{measure.unit}"
                if is_few(earlier)
                else f"{back}没有"
                if not earlier
                else f"{back}平均约{mean:.0f}{measure.unit}"
                if mean >= 1
                else f"{back}平均不到1{measure.unit}"
            )
            name = _named(reports, dimension, group)
            said = f"{name}：本期{measure.name}{figure.count}{measure.unit}，{usual}。"
            yield Trend(measure, dimension, group, figure.count, mean, said, figure.cases)


def _groups(reports: Book, term: Term) -> Iterator[tuple[Measure, str, str]]:
    for dimension in (CATEGORY, DEPARTMENT, SECTION):
        for figure in reports.told(RECEIVED, dimension, term).apart:
            if figure.group not in _UNTESTED:
                yield RECEIVED, dimension, figure.group
    for clock in reports.clocks:
        if reports.tells(DUE, term, clock.id):
            yield MISSED, CLOCK, clock.id


def _named(reports: Book, dimension: str, group: str) -> str:
    """Name a group with what it is."""
    if dimension != CLOCK:
        return f"{dimension}“{group}”"
    clock = next(clock for clock in reports.clocks if clock.id == group)
    return f"环节“{clock.name}”（{clock.id}）"
