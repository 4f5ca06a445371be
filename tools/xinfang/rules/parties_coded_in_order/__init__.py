"""信访人代号按 A、B、C……的顺序编,不重复、不跳过。

代号是明文文件与封存文件之间唯一的联系。重复或跳过,打开封存文件时就会对错人。

怎样改:按顺序重编代号,并同时改封存文件和“受送达人”。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·1"),)
ROWS = ("R22",)

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield the first code that is not the next one; those after it follow from it."""
    for index, party in enumerate(matter.case.parties):
        right = code(index)
        if party.code != right:
            yield Fault(
                matter.at(party, "代号"),
                f"第 {index + 1} 个信访人的代号是 {party.code}",
                f"请按顺序编为 {right}",
            )
            return


def code(index: int) -> str:
    """Give the code of a party by its index from 0: A … Z, AA, AB …"""
    tens, ones = divmod(index, len(_LETTERS))
    return (_LETTERS[tens - 1] if tens else "") + _LETTERS[ones]
