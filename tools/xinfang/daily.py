"""The clerk's list for a day: what has to be done, until when, and what to type for it.

Everything on it is derived: from deadlines, states and promises of the ledger, from findings, and
from what waits outside it. It lists matters and their steps, never a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xinfang.calendar import Calendar
from xinfang.diagnostics import Finding
from xinfang.due import Due, Lateness, due
from xinfang.ledger import Entry
from xinfang.matter import State
from xinfang.model import STEP_TYPES
from xinfang.model.inspection import Standing
from xinfang.register import INSPECTIONS_FOLDER, Register

#: So many working days ahead are looked at.
AHEAD = 3
_MARK_OF_NOBODY = "(匿名)"
_FEEDBACK, _REPORT = "feedback-missing", "inspection-every-month"
_NUMBER = re.compile(r"XF-\d{4}-\d+")


class Group(StrEnum):
    """Parts of the list, in its order."""

    OVERDUE = "已逾期"
    TODAY = "今天到期"
    SOON = "三个工作日内到期"
    INBOX = "来件待登记"
    UNSENT = "已签批、已答复,还没有送出"
    FEEDBACK = "部室没有按期反馈"
    PROMISES = "承诺到期"
    UNSEALED = "身份信息还没有封存"
    MONTH = "本月评估、排查"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do.

    Attributes:
        group: The part of the list.
        number: Case number, or number of a decision; empty for what has none.
        title: What it is about.
        what: What is to be done.
        command: What to type for it; for a file without a command, its path.
        day: The last day; None where there is none.
        days_left: Days until then; negative when it is past; None where there is none.
    """

    group: Group
    number: str
    title: str
    what: str
    command: str
    day: date | None = None
    days_left: int | None = None

    @property
    def left(self) -> str:
        """The days left, in words; empty where there is no last day."""
        if self.days_left is None:
            return ""
        if self.days_left < 0:
            return f"超{-self.days_left}天"
        return f"剩{self.days_left}天" if self.days_left else "今天"


def daily(
    register: Register,
    entries: Collection[Entry],
    findings: Iterable[Finding],
    sealed: Collection[str],
) -> list[Item]:
    """List what is to be done on the register's day, part by part, the earliest first.

    Args:
        register: The register; its office is sound.
        entries: The ledger.
        findings: What a check found.
        sealed: Numbers of the cases whose identities are sealed.
    """
    day = register.today
    shown = {entry.number: entry for entry in entries}
    items = [
        *_deadlines(register, shown),
        *_inbox(register),
        *_unsent(entries, day),
        *_found(findings, shown, day),
        *_promises(entries, register.calendar, day),
        *_unsealed(entries, sealed, day),
        *_month(register),
    ]
    order = {group: index for index, group in enumerate(Group)}
    return sorted(
        dict.fromkeys(items),
        key=lambda item: (order[item.group], item.day or date.max, item.number, item.command),
    )


def _deadlines(register: Register, entries: dict[str, Entry]) -> Iterator[Item]:
    office, day = register.office, register.today
    assert office is not None, "callers look at the office's findings first"  # noqa: S101
    last = _working_days_on(register.calendar, day)
    groups = {Lateness.OVERDUE: Group.OVERDUE, Lateness.TODAY: Group.TODAY}
    for one in due(entries.values(), day, office.office_department):
        if one.lateness in groups or one.deadline.plan <= last:
            group = groups.get(one.lateness, Group.SOON)
            command = _command(one.number, _step(one, entries[one.number]), day)
            yield Item(
                group,
                one.number,
                one.title,
                one.deadline.clock.name,
                command,
                one.deadline.due,
                one.days_left,
            )


def _working_days_on(calendar: Calendar, day: date) -> date:
    for _ in range(AHEAD):
        day = calendar.next_working(day + timedelta(1))
    return day


def _step(one: Due, entry: Entry) -> str:
    """Name the step that ends a deadline; empty where that depends on how the matter goes on."""
    ends = one.deadline.clock.end
    if entry.sealed and "移送" in ends:
        return "移送"
    return ends[0] if ends[0] in STEP_TYPES else ""


def _command(number: str, step: str, day: date) -> str:
    """Write what to type; this year's numbers in short."""
    year, _, index = number.removeprefix("XF-").partition("-")
    short = str(int(index)) if year == str(day.year) else number
    return f"xinfang step {short} {step}".rstrip()


def _inbox(register: Register) -> Iterator[Item]:
    for file in register.inbox_files():
        name = register.name_of(file)
        yield Item(Group.INBOX, "", file.stem, "登记", f"xinfang intake {name}")


def _unsent(entries: Iterable[Entry], day: date) -> Iterator[Item]:
    steps = {State.APPROVED: "答复", State.REPLIED: "送达"}
    for entry in entries:
        step = steps.get(entry.state)
        if step:
            command = _command(entry.number, step, day)
            yield Item(Group.UNSENT, entry.number, entry.title, step, command)


def _found(findings: Iterable[Finding], entries: dict[str, Entry], day: date) -> Iterator[Item]:
    """Take up findings that say what somebody else owes the office."""
    for finding in findings:
        number = _NUMBER.search(finding.place.path)
        if finding.rule == _FEEDBACK and number and number[0] in entries:
            entry = entries[number[0]]
            command = _command(entry.number, "催办", day)
            yield Item(Group.FEEDBACK, entry.number, entry.title, finding.message, command)
        elif finding.rule == _REPORT:
            yield Item(Group.MONTH, "", "每月排查", finding.message, f"{INSPECTIONS_FOLDER}/")


def _promises(entries: Iterable[Entry], calendar: Calendar, day: date) -> Iterator[Item]:
    last = _working_days_on(calendar, day)
    for entry in entries:
        for owed in entry.owed:
            if owed.due <= last:
                command = f"{_command(entry.number, '兑现', day)} 请求={owed.claim}"
                what = f"第{owed.claim}条,{owed.department}"
                left = (owed.due - day).days
                yield Item(Group.PROMISES, entry.number, entry.title, what, command, owed.due, left)


def _unsealed(entries: Iterable[Entry], sealed: Collection[str], day: date) -> Iterator[Item]:
    for entry in entries:
        named = any(not code.endswith(_MARK_OF_NOBODY) for code in entry.petitioners)
        if entry.is_open and entry.number not in sealed and (named or entry.sealed):
            command = _command(entry.number, "", day).replace("step", "seal")
            yield Item(Group.UNSEALED, entry.number, entry.title, "封存", command)


def _month(register: Register) -> Iterator[Item]:
    """List measures of decisions and inspections that are due by the end of the month."""
    day = register.today
    next_month = (day.replace(day=28) + timedelta(4)).replace(day=1)
    for loaded in register.decisions:
        decision = loaded.record
        for _, _, measure in decision.measures() if decision else ():
            if decision and decision.is_late(measure, next_month):
                number, what = decision.number, f"措施,{measure.owner}"
                yield _owed(number, measure.content, what, loaded.document.path, measure.due, day)
    for report in register.inspections:
        for concern in report.record.concerns if report.record else ():
            if concern.standing(next_month) is Standing.LATE:
                what = f"整改,{concern.owner}"
                yield _owed("", concern.content, what, report.document.path, concern.due, day)


def _owed(number: str, title: str, what: str, path: str, due_on: date, day: date) -> Item:
    return Item(Group.MONTH, number, title, what, path, due_on, (due_on - day).days)


def counted(items: Iterable[Item]) -> dict[Group, list[Item]]:
    """Group the list, in its order; empty parts are left out."""
    found: dict[Group, list[Item]] = {}
    for item in items:
        found.setdefault(item.group, []).append(item)
    return found


def summary(items: Collection[Item], today: date) -> str:
    """Say in one sentence how much there is to do."""
    if not items:
        return f"今天没有要办的(按 {today} 计算)"
    return f"要办 {len(items)} 项(按 {today} 计算)"
