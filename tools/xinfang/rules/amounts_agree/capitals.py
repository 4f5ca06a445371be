"""Amounts in the capital numerals of bills, read back: 壹仟贰佰叁拾肆元伍角陆分 → 1234.56."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = {
    char: value
    for value, chars in enumerate(
        ("零〇", "壹", "贰貳弍", "叁參叄", "肆", "伍", "陆陸", "柒", "捌", "玖")
    )
    for char in chars
}
_UNITS: Final = {"拾": 10, "佰": 100, "仟": 1000}
_GROUPS: Final = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_DIGIT: Final = f"[{''.join(_DIGITS)}]"
_CHAR: Final = f"[{''.join((*_DIGITS, *_UNITS, *_GROUPS))}]"

#: An amount in capital numerals, for use inside other patterns.
CAPITAL_AMOUNT: Final = (
    rf"{_CHAR}+[元圆圓](?:零?{_DIGIT}角)?(?:零?{_DIGIT}分)?[整正]?|{_DIGIT}角(?:{_DIGIT}分)?[整正]?"
    rf"|{_DIGIT}分[整正]?"
)
_PARTS: Final = re.compile(
    rf"(?:(?P<yuan>{_CHAR}+)[元圆圓])?(?:零?(?P<jiao>{_DIGIT})角)?(?:零?(?P<fen>{_DIGIT})分)?[整正]?"
)
#: Up to 仟 within a group of four digits: each unit once, from large to small.
_GROUP: Final = re.compile(
    rf"零?(?:(?P<仟>{_DIGIT})仟)?零?(?:(?P<佰>{_DIGIT})佰)?零?(?:(?P<拾>{_DIGIT}?)拾)?零?(?P<个>{_DIGIT})?"
)


def parse_capitals(text: str) -> Decimal | None:
    """Read an amount in capital numerals; None where it is not spelt as an amount.

    Both spellings of a gap (壹仟零伍拾, 壹仟伍拾) and old characters (圆, 正, 貳, 萬) are read.
    """
    parts = _PARTS.fullmatch(text)
    if parts is None or not any(parts.groups()):
        return None
    whole = _whole(parts["yuan"]) if parts["yuan"] else 0
    if whole is None:
        return None
    cents = 10 * _DIGITS.get(parts["jiao"], 0) + _DIGITS.get(parts["fen"], 0)
    return Decimal(100 * whole + cents) / 100


def _whole(text: str) -> int | None:
    """Read a whole number: what stands before the first 亿, then 万, counts so many times."""
    for units in ("亿億", "万萬"):
        cut = next((place for place, char in enumerate(text) if char in units), None)
        if cut is not None:
            scale, rest = _GROUPS[text[cut]], text[cut + 1 :]
            before, after = _whole(text[:cut]), _whole(rest) if rest else 0
            # In 贰万亿肆仟亿 the first 亿 leaves four more digits of 亿 to come.
            limit = scale * (1 if before is None or before % 10_000 else 10_000)
            return (
                before * scale + after if before and after is not None and after < limit else None
            )
    return _group(text)


def _group(text: str) -> int | None:
    if text and not text.strip("零〇"):
        return 0
    match = _GROUP.fullmatch(text)
    if match is None or not text:
        return None
    tens = match["拾"]
    ten = 0 if tens is None else _DIGITS.get(tens, 1)
    return (
        1000 * _DIGITS.get(match["仟"], 0)
        + 100 * _DIGITS.get(match["佰"], 0)
        + 10 * ten
        + _DIGITS.get(match["个"], 0)
    )
