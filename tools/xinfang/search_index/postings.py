"""Lists of documents as short strings: the steps from one to the next, or a map of bits.

A step is one character where it is below 64; the 26 characters after the first 64 carry what is
above. Where many documents are in a list, a map of bits (``!`` and base64) is shorter. None of
the characters needs escaping in JSON or in a script. ``search.js`` reads the same strings.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from itertools import chain
from operator import sub
from typing import Final

_DIGITS: Final = "".join(chr(code) for code in range(0x23, 0x7F) if chr(code) not in "<\\")
_LOW: Final = 64
_HIGH: Final = len(_DIGITS) - _LOW
_VALUES: Final = {digit: value for value, digit in enumerate(_DIGITS)}
_BITS: Final = "!"


def _step(distance: int) -> str:
    """Write one step; the smallest is 1."""
    high, low = divmod(distance - 1, _LOW)
    digits = _DIGITS[low]
    while high:
        high, digit = divmod(high, _HIGH)
        digits = _DIGITS[_LOW + digit] + digits
    return digits


_STEPS: Final = ["", *map(_step, range(1, 2048))]


def encode(places: Sequence[int]) -> str:
    """Write an ascending list of places, each at least 0."""
    if not places:
        return ""
    room = places[-1] // 8 // 3 * 4 + 5
    if len(places) > room:
        return _bits(places)
    distances = map(sub, places, chain((-1,), places))
    steps = "".join([_STEPS[d] if d < len(_STEPS) else _step(d) for d in distances])
    return _bits(places) if len(steps) > room else steps


def _bits(places: Sequence[int]) -> str:
    size = places[-1] // 8 + 1
    digits = bytearray(b"0") * (size * 8)
    for place in places:
        digits[place] = 0x31
    return _BITS + b64encode(int(digits, 2).to_bytes(size, "big")).decode()


def decode(text: str) -> list[int]:
    """Read a list that :func:`encode` wrote."""
    if text.startswith(_BITS):
        whole = b64decode(text[1:])
        digits = f"{int.from_bytes(whole, 'big'):0{len(whole) * 8}b}"
        return [place for place, digit in enumerate(digits) if digit == "1"]
    places, place, high = [], -1, 0
    for digit in text:
        value = _VALUES[digit]
        if value < _LOW:
            place += high * _LOW + value + 1
            high = 0
            places.append(place)
        else:
            high = high * _HIGH + value - _LOW
    return places
