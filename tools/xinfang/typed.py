"""How people write values: days, times, amounts and counts in any usual form, in normal form.

Only what has one meaning is understood; everything else is None, and the caller asks again. That
is why no library does this: every deadline counts from these days, and dateparser reads
``2019 年 10 月 30 日`` as a day of the year 1 (scrapinghub/dateparser#866), takes half a second to
import and guesses at whatever it is given; cn2an refuses numerals that are written correctly
(Ailln/cn2an#89).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Final

from xinfang.law import numeral as spelt
from xinfang.model.fields import Moment

_DIGITS: Final = "零一二三四五六七八九"
#: Other ways to write the same numerals; the capital ones stand on receipts.
_SAME: Final = str.maketrans(
    "〇两貳壹贰叁肆伍陆柒捌玖拾佰仟萬億", "零二二一二三四五六七八九十百千万亿"
)
_UNITS: Final = (("千", 1000), ("百", 100), ("十", 10))
_BIG: Final = (("亿", 10**8), ("万", 10**4))
_NUMERAL: Final = re.compile(r"(?<![周期拜])[零一二三四五六七八九十百千万亿]+")
_SECTION: Final = 10_000

#: Dashes that look like the one on the keyboard.
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−﹣", "-"))
_AROUND_MARKS: Final = re.compile(r"\s*([-/.年月日号:点时分])\s*")
_YEARS: Final = range(1900, 2100)

_FULL_DAY: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{2}(?=年))(?:(?P<mark>[-/.])|年)"
    r"(?P<month>[0-9]{1,2})(?(mark)(?P=mark)|月)(?P<day>[0-9]{1,2})(?(mark)|[日号]?)"
)
_DENSE_DAY: Final = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_SHORT_DAY: Final = re.compile(
    r"(?P<month>[0-9]{1,2})(?:(?P<mark>[-/])|月)(?P<day>[0-9]{1,2})(?(mark)|[日号]?)"
)
_MONTH_DAY: Final = re.compile(r"(上|本|这|下)个?月([0-9]{1,2})[日号]")
_SPAN: Final = re.compile(r"([0-9]{1,4})天(前|后)")
_WEEKDAY: Final = re.compile(r"(上|本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKDAY_BEHIND: Final = re.compile(r"[\s(]*(?:周|星期|礼拜)([一二三四五六日天])\)?$")
_WEEKDAYS: Final = {word: index for index, word in enumerate("一二三四五六日")} | {"天": 6}
_DAYS_AWAY: Final = {
    "大前": -3,
    "前": -2,
    "昨": -1,
    "今": 0,
    "明": 1,
    "后": 2,
}
_NAMED_DAY: Final = re.compile(r"(大前|前|昨|今|明|后)[天日]")
_STEPS: Final = {"上": -1, "本": 0, "这": 0, "下": 1}

_TIME: Final = re.compile(
    r"(?<![0-9:])(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上)?\s*(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2})(?::[0-9]{2})?"
    r"|[点时](?:(?P<half>半)|(?P<quarter>[13])刻|(?P<spoken>[0-9]{1,2})分?|整)?)$"
)
#: Part of the day → the hours of it, on a clock of 24.
_PARTS: Final = {
    "凌晨": range(6),
    "清晨": range(4, 9),
    "早上": range(5, 11),
    "早晨": range(5, 11),
    "上午": range(6, 12),
    "中午": range(11, 14),
    "下午": range(12, 19),
    "傍晚": range(16, 20),
    "晚上": range(18, 24),
}

_AMOUNT: Final = re.compile(
    r"(?:人民币|RMB|CNY|[¥￥])?\s*(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"\s*(?P<unit>万|亿)?\s*(?:元|圆|块)?(?:整|正)?",
    re.IGNORECASE,
)
_WRITTEN_AMOUNT: Final = re.compile(r"(?:人民币)?(?P<number>[^元圆块]+)(?:元|圆|块)(?:整|正)?")
_LARGEST_AMOUNT: Final = Decimal(10) ** 12
_COUNT: Final = re.compile(r"(?P<number>0|[1-9][0-9]{0,6})\s*(?:人|名|位|个|人次|件|份|次)?")


def folded(text: str) -> str:
    """Give a text in one width (NFKC), without spaces at its ends."""
    return unicodedata.normalize("NFKC", text).strip()


def day(text: str, today: date, *, ahead: bool = False) -> date | None:
    """Read a day; None where the text is no day, or none that exists.

    Args:
        text: As typed: ``2026.3.2``, ``3月2日``, ``昨天``, ``上周五``.
        today: The day it is typed.
        ahead: The day lies ahead (a time limit): without a year the next such day is meant,
            otherwise the latest that has been. Either way it lies within a year of today.
    """
    plain = _plain(text)
    return None if plain is None else _day(plain, today, ahead=ahead)


def moment(text: str, today: date) -> Moment | None:
    """Read a day with or without a time of day: ``3-2 9:20``, ``昨天下午3点``."""
    plain = _plain(text)
    if plain is None:
        return None
    found = _TIME.search(plain)
    if found is None:
        on = _day(plain, today)
        return None if on is None else Moment(on)
    before = plain[: found.start()].removesuffix("T").rstrip()
    if before and before[-1].isdigit() and before == plain[: found.start()]:
        return None  # no space between: where the day ends is a guess
    on, at = _day(before, today), _clock(found)
    return None if on is None or at is None else Moment(on, at)


def clock(text: str) -> time | None:
    """Read a time of day: ``9:20``, ``9点20``, ``下午三点``."""
    plain = _plain(text)
    found = _TIME.fullmatch(plain) if plain else None
    return _clock(found) if found else None


def money(text: str) -> Decimal | None:
    """Read an amount in yuan: ``41,860.00``, ``4.186万``, ``叁万伍仟元整``."""
    plain = _unfractioned(text)
    if plain is None:
        return None
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        written = _WRITTEN_AMOUNT.fullmatch(plain)
        whole = numeral(written["number"]) if written else numeral(plain)
        return None if whole is None else _cents(Decimal(whole))
    amount = Decimal(found["number"].replace(",", ""))
    return _cents(amount * dict(_BIG).get(found["unit"] or "", 1))


def count(text: str) -> int | None:
    """Read a whole number: ``23``, ``23人``, ``二十三名``."""
    plain = _unfractioned(text)
    if plain is None:
        return None
    found = _COUNT.fullmatch(_with_digits(plain))
    return int(found["number"]) if found else None


def numeral(text: str) -> int | None:
    """Read a Chinese numeral below 一万亿 that is written in full: ``一千零五``, ``三万五千``."""
    plain = text.translate(_SAME)
    value, rest = 0, plain
    for word, factor in _BIG:
        head, found, tail = rest.partition(word)
        if found:
            value += _section(head) * factor
            rest = tail
    value += _section(rest)
    # What was read must be written this way: then nothing odd can have been read as a number.
    return value if _loosely(plain) == _loosely(written(value)) else None


def written(value: int) -> str:
    """Write a number below 一万亿 in Chinese numerals, the way :func:`numeral` reads it."""
    text = ""
    for word, factor in (*_BIG, ("", 1)):
        section, below = value // factor % _SECTION, text
        if not section:
            continue
        gap = "零" if below and section < _SECTION // 10 else ""
        text = f"{below}{gap}{spelt(section)}{word}"
    return text or "零"


def _section(text: str) -> int:
    """Add up the digits of at most four places, whatever their order: the caller compares."""
    value = 0
    for index, char in enumerate(text):
        unit = dict(_UNITS).get(text[index + 1 : index + 2], 1)
        if char in _DIGITS:
            value += _DIGITS.index(char) * unit
        elif char == "十" and text[index - 1 : index] not in {*_DIGITS[1:]}:
            value += 10
    return value


def _loosely(text: str) -> str:
    """Pass over what people write both ways: 十 or 一十, 零 behind 万 and 亿."""
    return re.sub(r"(?<=[万亿])零", "", re.sub(r"(?<![二三四五六七八九])一十", "十", text))


def _unfractioned(text: str) -> str | None:
    """Fold; None where a raised or circled digit or a fraction would turn into plain digits."""
    if any(unicodedata.category(char) == "No" for char in text):
        return None
    return folded(text)


def _plain(text: str) -> str | None:
    """Fold, write numerals as digits, and take the spaces away that mean nothing."""
    bare = _unfractioned(text)
    if bare is None:
        return None
    return _AROUND_MARKS.sub(_unspaced, _with_digits(bare.translate(_DASHES))).strip()


def _unspaced(found: re.Match[str]) -> str:
    """Keep the space behind a day, which parts it from a time."""
    behind = found[0].endswith(" ") and found[1] in "日号"
    return found[1] + (" " if behind else "")


def _with_digits(text: str) -> str:
    return _NUMERAL.sub(_as_digits, text.translate(_SAME))


def _as_digits(found: re.Match[str]) -> str:
    text = found[0]
    if len(text) > 1 and set(text) <= set(_DIGITS):  # 二〇二六: a year, digit by digit
        return "".join(str(_DIGITS.index(char)) for char in text) if len(text) == 4 else text  # noqa: PLR2004
    value = numeral(text)
    return text if value is None else str(value)


def _day(text: str, today: date, *, ahead: bool = False) -> date | None:
    behind = _WEEKDAY_BEHIND.search(text)
    if behind is not None and behind.start() and text[behind.start() - 1] not in "上本这下个":
        found = _day(text[: behind.start()].rstrip(), today, ahead=ahead)
        return found if found and found.weekday() == _WEEKDAYS[behind[1]] else None
    for pattern, read in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            return read(match, today, ahead)
    return None


def _full(match: re.Match[str], _today: date, _ahead: object) -> date | None:
    year = int(match["year"]) + (0 if len(match["year"]) == len("2026") else 2000)
    return _date(year, int(match["month"]), int(match["day"]))


def _short(match: re.Match[str], today: date, ahead: object) -> date | None:
    month, number = int(match["month"]), int(match["day"])
    years = (today.year, today.year + 1) if ahead else (today.year, today.year - 1)
    for year in years:
        found = _date(year, month, number)
        if found is not None and (found >= today if ahead else found <= today):
            return found
    return None


def _in_month(match: re.Match[str], today: date, _ahead: object) -> date | None:
    months = today.year * 12 + today.month - 1 + _STEPS[match[1]]
    return _date(months // 12, months % 12 + 1, int(match[2]))


def _named(match: re.Match[str], today: date, _ahead: object) -> date | None:
    return today + timedelta(_DAYS_AWAY[match[1]])


def _away(match: re.Match[str], today: date, _ahead: object) -> date | None:
    return today + timedelta(int(match[1]) * (-1 if match[2] == "前" else 1))


def _of_week(match: re.Match[str], today: date, ahead: object) -> date | None:
    weekday = _WEEKDAYS[match[2]]
    if match[1]:
        return today + timedelta(weekday - today.weekday() + 7 * _STEPS[match[1]])
    away = (weekday - today.weekday()) % 7
    return today + timedelta(away if ahead or not away else away - 7)


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[..., date | None]], ...]] = (
    (_FULL_DAY, _full),
    (_DENSE_DAY, _full),
    (_SHORT_DAY, _short),
    (_MONTH_DAY, _in_month),
    (_NAMED_DAY, _named),
    (_SPAN, _away),
    (_WEEKDAY, _of_week),
)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if year in _YEARS else None
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> time | None:
    quarter = int(match["quarter"] or 0) * 15
    minute = 30 if match["half"] else quarter or int(match["minute"] or match["spoken"] or 0)
    hour = int(match["hour"])
    if match["part"]:
        hours = [h for h in _PARTS[match["part"]] if h == hour or h - 12 == hour > 0]
        if len(hours) != 1:
            return None
        hour = hours[0]
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _cents(amount: Decimal) -> Decimal | None:
    if amount >= _LARGEST_AMOUNT or amount != round(amount, 2):
        return None
    return amount.quantize(Decimal("0.01"))
