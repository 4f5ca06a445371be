"""Amounts in capital numerals are read back as they are written."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from xinfang.formatting import capitals
from xinfang.rules.amounts_agree.capitals import CAPITAL_AMOUNT, parse_capitals

STEP = 7919  # a prime, so that the cents and the gaps take every form


@pytest.mark.parametrize("digits", range(2, 17))
def test_what_the_papers_write_is_read_back(digits: int) -> None:
    for number in range(10 ** (digits - 1), 10**digits, 10**digits // STEP + 1):
        amount = Decimal(number) / 100
        assert parse_capitals(capitals(amount)) == amount
        assert re.fullmatch(CAPITAL_AMOUNT, capitals(amount))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("零元整", "0"),
        ("壹仟伍拾元整", "1050"),
        ("壹仟零伍拾元整", "1050"),
        ("拾伍元", "15"),
        ("贰拾捌萬圆正", "280000"),
        ("參仟贰佰元零伍分", "3200.05"),
        ("伍角", "0.5"),
        ("壹亿零贰拾万元", "100200000"),
    ],
)
def test_spellings_in_use_are_read(text: str, amount: str) -> None:
    assert parse_capitals(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "整", "元整", "万元", "壹贰元", "壹拾捌拾元", "贰佰叁仟元", "五百元"]
)
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    assert parse_capitals(text) is None
