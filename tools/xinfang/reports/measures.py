"""What reports count beside :mod:`xinfang.statistics`: visits, people, steps, who is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from xinfang.balance import DIMENSIONS, NO_DEPARTMENT, SEALED
from xinfang.clocks import Clock
from xinfang.ledger import OTHERS, Entry
from xinfang.model import Office
from xinfang.model.words import Category, Channel, Outcome, Purpose
from xinfang.statistics import CLOCK, DAYS, OUTCOME, RESULT, RESULTS, SPANS, Key, Measure

DEPARTMENT, CHANNEL, CATEGORY = DIMENSIONS
PURPOSE: Final = "信访目的"
SECTION: Final = "标段"
CONCERNED: Final = "被反映部室"
NO_SECTION: Final = "未写标段"

CARRIED: Final = Measure("carried", "期初在办", "件", "本期以前登记、到本期开始时没有办结的事项。")
PEOPLE: Final = Measure(
    "people", "涉及人次", "人次", "新收事项提出人数之和；检举控告不计；同一人提出两件计2人次。"
)
NAMED: Final = Measure(
    "concerned",
    "被反映",
    "件次",
    "新收事项中反映到的部室和单位，一件反映几个的各计一次；不列个人。",
)

#: Kind of step → how it is counted, in the order of the table.
STEPS: Final[Mapping[str, Measure]] = {
    kind: Measure(f"step-{word}", name, "次", f"“{kind}”步骤的日期在本期内的。")
    for kind, word, name in (
        ("转送", "forwarded", "转送其他单位"),
        ("交办", "assigned", "交办下级、分包单位"),
        ("转办", "transferred", "转办部室"),
        ("催办", "reminded", "催办"),
        ("督办", "supervised", "督办"),
        ("引导", "referred", "引导法定途径"),
        ("延期", "extended", "批准延期"),
        ("协调", "coordinated", "协调会"),
        ("调解", "mediated", "调解、和解"),
        ("上报", "reported", "向上级报告办理情况"),
        ("专题汇报", "special", "专题汇报"),
        ("请求协助", "assisted", "请求主管机关协助"),
        ("整改", "rectified", "整改通知"),
    )
}
#: Dimension → its word in names of cells, and the letter of its groups.
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    CHANNEL: ("by-channel", "h"),
    PURPOSE: ("by-purpose", "p"),
    CATEGORY: ("by-category", "c"),
    DEPARTMENT: ("by-department", "d"),
    SECTION: ("by-section", "s"),
    CONCERNED: ("by-concerned", "n"),
    OUTCOME: ("by-outcome", "o"),
    DAYS: ("by-days", "t"),
    RESULT: ("by-result", "r"),
    CLOCK: ("by-clock", ""),
}


def more_events(entry: Entry) -> Iterator[tuple[Key, date]]:
    """Give what reports count in a matter beside the statistics; of an accusation, that it is."""
    closed = max(entry.closed, entry.registered) if entry.closed else None
    groups = (
        (PURPOSE, SEALED if entry.sealed else entry.purpose),
        (SECTION, SEALED if entry.sealed else entry.section or NO_SECTION),
    )
    for dimension, group in groups:
        yield ("received", dimension, group), entry.registered
        if closed:
            yield ("closed", dimension, group), closed
    if entry.sealed:
        return
    for _ in range(entry.people):
        yield (PEOPLE.id, "", ""), entry.registered
    for name in entry.concerned:
        yield (NAMED.id, "", ""), entry.registered
        yield (NAMED.id, CONCERNED, name), entry.registered
    for kind, day in entry.acts:
        yield (STEPS[kind].id, "", ""), day


def names_of(
    office: Office, clocks: Sequence[Clock], entries: Sequence[Entry]
) -> Mapping[str, tuple[str, ...]]:
    """Give the groups of each dimension in an order that only ever grows."""
    departments = [department.name for department in office.departments]
    by_day = sorted(entries, key=lambda entry: (entry.registered, entry.number))
    sections = dict.fromkeys(e.section for e in by_day if e.section and not e.sealed)
    return {
        CHANNEL: (*Channel,),
        PURPOSE: tuple(purpose for purpose in Purpose if purpose is not Purpose.ACCUSATION),
        CATEGORY: (*Category,),
        DEPARTMENT: (*departments, NO_DEPARTMENT),
        SECTION: (*sections, NO_SECTION),
        CONCERNED: (*departments, *(unit.name for unit in office.units), OTHERS),
        OUTCOME: (*Outcome,),
        DAYS: SPANS,
        RESULT: RESULTS,
        CLOCK: tuple(clock.id for clock in clocks if clock.whose.is_ours),
    }


def cell_id(measure: Measure, dimension: str, group: str, names: Sequence[str]) -> str:
    """Name a figure: ``received``, ``received.by-category.c05``, ``kept.by-clock.C3``."""
    if not dimension:
        return measure.id
    word, letter = _WORDS[dimension]
    return f"{measure.id}.{word}.{_code(letter, group, names)}"


def _code(letter: str, group: str, names: Sequence[str]) -> str:
    if group == SEALED:
        return "sealed"
    if group in {NO_DEPARTMENT, NO_SECTION}:
        return "none"
    if not letter:
        return group
    return f"{letter}{names.index(group) + 1:02d}" if group in names else f"{letter}-{group}"
