"""The Git history of a case in sentences: who recorded what, and how long after it was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from xinfang.history import Change, History, Recorded, RecordedStep

#: A step recorded more days after its day than this is told to be late.
_SOON: Final = 1
#: Said where a step was not added but something done to those that were there (DESIGN §3).
_ONLY_APPENDED: Final = "步骤只应追加，有错另记“更正”"
#: A commit with more steps than this is told in one sentence.
_MANY: Final = 3


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about a commit.

    Attributes:
        text: What was recorded.
        remark: How far that is from the day of business, or what is odd about it; may be empty.
        odd: Whether it is something that should not be done to a file.
    """

    text: str
    remark: str = ""
    odd: bool = False


@dataclass(frozen=True, slots=True)
class RecordedView:
    """One commit.

    Attributes:
        author: The author's name.
        when: By the clock of the office.
        said: What was recorded.
    """

    author: str
    when: datetime
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The history of one file.

    Attributes:
        known: Whether the register is in Git.
        whole: Whether the history reaches back to the beginning.
        commits: What was committed, the oldest first.
        pending: What was written and not committed.
    """

    known: bool
    whole: bool
    commits: tuple[RecordedView, ...]
    pending: tuple[Said, ...]


def recorded(history: History | None, path: str, *, compare: bool) -> HistoryView:
    """Tell the history of a case file.

    Args:
        history: The history of all files; None where the register is not in Git.
        path: The file.
        compare: Whether to say how far days of business and of recording lie apart; no for a
            sample register, whose days are invented.
    """
    if history is None:
        return HistoryView(known=False, whole=True, commits=(), pending=())
    pending = history.pending.get(path)
    return HistoryView(
        known=True,
        whole=history.whole,
        commits=tuple(
            RecordedView(one.author, one.when, tuple(_told(one.change, one if compare else None)))
            for one in history.commits(path)
        ),
        pending=tuple(_told(pending, None)) if pending else (),
    )


def _told(change: Change, when: Recorded | None) -> Iterator[Said]:
    """Say what changed; the same for all that can happen to a file."""
    if change.created:
        day = change.registered
        yield Said(f"建立事项文件{_business('登记', day)}", _remark(when, [day] if day else []))
    if change.removed:
        yield Said("删除了事项文件", odd=True)
    if change.unreadable:
        yield Said("文件当时有语法错误，改动了什么读不出来", odd=True)
    if change.merged:
        yield Said("合并了两处的录入")
    yield from _steps(change.steps, when)
    for numbers, did in (
        (change.inserted, "在已录入的步骤之间插入了{}"),
        (change.edited, "改动了已录入的{}"),
        (change.dropped, "删去了原来的{}"),
    ):
        if numbers:
            yield Said(did.format(_numbered(numbers)), _ONLY_APPENDED, odd=True)
    names = [*change.fields, *(["文件不认识的项目"] if change.unknown else [])]
    if names:
        yield Said(f"改动了 {'、'.join(names)}")
    if change == Change():
        yield Said("只改动了格式或注释，内容未变")


def _steps(steps: Sequence[RecordedStep], when: Recorded | None) -> Iterator[Said]:
    days = [step.day for step in steps if step.day]
    if len(steps) > _MANY:
        span = f"（业务日期 {min(days)} 至 {max(days)}）" if days else ""
        numbers = _numbered([step.number for step in steps])
        yield Said(f"录入{numbers}{span}", _remark(when, days, many=True))
        return
    for step in steps:
        of = f"，更正第{step.corrects}步" if step.corrects else ""
        text = f"录入第{step.number}步 {step.kind}{of}{_business('业务日期', step.day)}"
        yield Said(text, _remark(when, [step.day] if step.day else []))


def _business(name: str, day: date | None) -> str:
    return f"（{name} {day}）" if day else ""


def _numbered(numbers: Sequence[int]) -> str:
    """Write the numbers of steps: 第1—17步, 第3、5步."""
    first, last = numbers[0], numbers[-1]
    if len(numbers) > _MANY and last - first + 1 == len(numbers):
        return f"第{first}—{last}步"
    return f"第{'、'.join(map(str, numbers))}步"


def _remark(when: Recorded | None, days: Sequence[date], *, many: bool = False) -> str:
    """Say how far recording is from business: late by more than a day, or before it happened."""
    after = [when.days_after(day) for day in days] if when else []
    most = "最多" if many else ""
    if after and max(after) > _SOON:
        return f"比业务日期{most}晚 {max(after)} 天录入"
    return f"比业务日期{most}早 {-min(after)} 天录入" if after and min(after) < 0 else ""
