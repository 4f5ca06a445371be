"""Cells as values: days, amounts, counts and words of closed lists, in any way people write them.

Nothing is guessed: what has more than one meaning is a problem, named without its value.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from xinfang import typed
from xinfang.importing.columns import plain, vocabulary
from xinfang.importing.reading import Cell, Flaw
from xinfang.model.fields import Moment

#: Serial numbers of days from 2000 to 2049; smaller ones could be anything.
_SERIALS: Final = range(36526, 54789)
_EPOCH: Final = date(1899, 12, 30)
_SERIAL_TEXT: Final = re.compile(r"\d{5}(?:\.\d+)?")
#: A day that is told from the day of writing has no meaning in a ledger.
_TOLD_FROM_TODAY: Final = re.compile(
    r"[昨今前明后][天日]|[周期拜][一二三四五六日天]$|天[前后]|[上本这下]个?月"
)
_WITH_YEAR: Final = re.compile(r"\d{4}\s*[-/.年]|\d{8}|\d{2}年|[零〇一二三四五六七八九]{4}年")
_ROUNDING: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell.

    Attributes:
        message: A Chinese clause that follows the name of the column; never the value.
        mend: What to do.
    """

    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Days:
    """How days of a table are read.

    Attributes:
        today: The day of the import.
        year: Year of the ledger, for days without one; None where it is not known.
        since_1904: Whether the workbook counts days from 1904; then a bare number is no day, for
            what was not imported would count from 1900 the next time.
        after: The day that this one cannot come before, for days without a year.
    """

    today: date
    year: int | None = None
    since_1904: bool = False
    after: date | None = field(default=None)


_FLAWED: Final = {
    Flaw.UNCALCULATED: Fault("是公式,没有算出的结果", "请在 Excel 中打开并保存一次,或改为数值"),
    Flaw.ERROR: Fault("是公式错误", "请改正公式,或改为数值"),
    Flaw.DIGITS: Fault(
        "成了科学计数,15 位以后的数字已经丢失",
        "把该列设为“文本”格式,对照原件重新填写全部数字",
    ),
}
NOT_A_DAY: Final = Fault("不是日期,或没有这一天", "请写成 2026-03-02 的形式")
NO_YEAR: Final = Fault("的日期没有年份,表名和标题也没有写明是哪一年", "请补上年份")
NOT_MONEY: Final = Fault("不是金额", "请写数字,如 41860.00 或 4.186万;多项金额请分开")
NOT_A_COUNT: Final = Fault("不是人数", "请写整数,如 23")


def flaw_of(cell: Cell) -> Fault | None:
    """Say what is wrong with a cell whatever it should hold."""
    return _FLAWED[cell.flaw] if cell.flaw else None


def is_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing: 无, 不详, /."""
    return plain(text) in vocabulary().empty


def moment(cell: Cell, days: Days) -> Moment | Fault | None:
    """Read a day with or without a time; None for an empty cell."""
    match cell.value:
        case None:
            return None
        case datetime() as value:
            clock = value.time().replace(second=0, microsecond=0)
            return Moment(value.date(), clock if clock != time() else None)
        case date() as value:
            return Moment(value)
        case int() | float() as value:
            return _serial(float(value), days) or _typed_moment(cell.text, days)
        case str() as value:
            return None if is_nothing(value) else _typed_moment(value, days)


def day(cell: Cell, days: Days) -> date | Fault | None:
    """Read a day; None for an empty cell."""
    found = moment(cell, days)
    return found.day if isinstance(found, Moment) else found


def _serial(value: float, days: Days) -> Moment | None:
    if days.since_1904 or int(value) not in _SERIALS:
        return None
    return Moment(_EPOCH + timedelta(int(value)))


def _typed_moment(text: str, days: Days) -> Moment | Fault:
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    if _SERIAL_TEXT.fullmatch(folded):
        return _serial(float(folded), days) or NOT_A_DAY
    if _TOLD_FROM_TODAY.search(folded) and not _WITH_YEAR.search(folded):
        return NOT_A_DAY
    if _WITH_YEAR.search(folded):
        return typed.moment(folded, days.today) or NOT_A_DAY
    until = _latest(days)
    if until is None:
        return NO_YEAR if typed.moment(folded, days.today) else NOT_A_DAY
    return typed.moment(folded, until) or NOT_A_DAY


def _latest(days: Days) -> date | None:
    """Give the day that a day without a year lies within a year before."""
    if days.after is not None:
        return days.after + timedelta(364)
    return None if days.year is None else date(days.year, 12, 31)


def money(cell: Cell, factor: int) -> Decimal | Fault | None:
    """Read an amount in yuan; a heading in 万元 multiplies bare numbers."""
    if cell.value is None or is_nothing(cell.text):
        return None
    text = typed.folded(cell.text)
    if isinstance(cell.value, (int, float)):
        # A sum that was worked out in binary shows cents that are none.
        found = _decimal(str(cell.value))
        amount = None if found is None else (found * factor).quantize(_ROUNDING)
        return amount if amount is not None and amount >= 0 else NOT_MONEY
    bare = _decimal(text.replace(",", ""))
    if bare is not None and factor != 1:
        return (bare * factor).quantize(_ROUNDING)
    return typed.money(text) or (Decimal(0) if bare == 0 else NOT_MONEY)


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def count(cell: Cell) -> int | Fault | None:
    """Read a number of people; of 23/5 (people and representatives) the first."""
    if cell.value is None or is_nothing(cell.text):
        return None
    first = re.split(r"[/／]", cell.text, maxsplit=1)[0]
    found = typed.count(first.removeprefix("约"))
    return NOT_A_COUNT if found is None or found == 0 else found


def word(item: str, cell: Cell) -> str | Fault | None:
    """Read a word of a closed list by its synonyms; None for an empty cell."""
    if cell.value is None or is_nothing(cell.text):
        return None
    known = vocabulary().words[item]
    found = known.get(plain(cell.text))
    if found is None:
        words = "、".join(dict.fromkeys(known.values()))
        return Fault("的写法不认识", f"请改为: {words}")
    return found


def line(text: str) -> str:
    """Bring a text to one line: breaks and runs of spaces become one, none at the ends."""
    return " ".join(text.replace("\u3000", " ").split())


def block(text: str) -> str:
    """Bring a text of several lines to plain lines without spaces at their ends."""
    lines = [line(part) for part in re.split(r"\r\n?|\n|_x000[dD]_", text)]
    return "\n".join(part for part in lines if part)
