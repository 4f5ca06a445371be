"""同一笔钱的小写、大写和协议金额要一致。

大写是为了防止涂改和抄错;两个数对不上,付款、核对兑现都没有依据,发生争议时还会被认定为约定不明。

怎样改:核对凭证后改成同一个数。文书上的大写由程序从“金额”写出,正文里一般只写小写即可;分期付款的写明每期数额
和期数。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Mediation
from xinfang.model.texts import PlacedText
from xinfang.rules import Fault
from xinfang.rules._shared import standing_texts
from xinfang.rules.amounts_agree.capitals import CAPITAL_AMOUNT, parse_capitals

LEVEL = Level.ERROR
CITES = (cite("细则", "二·一"), cite("条例", "33"), cite("人民调解法", "29"))
ROWS = ("R09", "R11")

#: What the petitioner said is recorded as it was said (条例 19).
_PETITIONERS_OWN: Final = frozenset({"事实", "理由"})
_FIGURE: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_LINK: Final = r"(?:[\s（(，,：:]|大写|人民币|计|即|为)*"
#: 1548元（大写：人民币壹仟伍佰肆拾捌元整） or 壹仟伍佰肆拾捌元整（¥1548.00）
_PAIR: Final = re.compile(
    rf"(?P<figure>{_FIGURE})\s*(?P<scale>[万亿]?)元(?=\s*(?:[（(]|[，,]?\s*大写|人民币)){_LINK}"
    rf"(?P<capitals>{CAPITAL_AMOUNT})"
    rf"|(?P<capitals_first>{CAPITAL_AMOUNT})\s*(?:[（(]|[，,]?\s*小写|[¥￥])(?:[\s：:¥￥]|小写|人民币)*"
    rf"(?P<figure_last>{_FIGURE})\s*(?P<scale_last>[万亿]?)"
)
_SUM: Final = re.compile(rf"({_FIGURE})\s*([万亿]?)元(?!月)")
_SCALES: Final = {"": 1, "万": 10_000, "亿": 100_000_000}
#: A sum in such a text is a part or a price; how often it is paid is not for a rule to guess.
_SHARED_OUT: Final = re.compile(r"每|各|单价|分别|[\d一二两三四五六七八九十]+[期次笔]")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield pairs of figure and capitals that differ, and agreements whose sums differ."""
    if re.search(CAPITAL_AMOUNT, matter.text):
        for placed in standing_texts(matter):
            if placed[0][0] not in _PETITIONERS_OWN:
                yield from _pairs(placed)
    for step in matter.of(Mediation):
        if step.amount is not None and not _is_in(step.amount, step.agreement):
            yield Fault(
                matter.at(step, "金额"),
                f"协议的“金额”是 {step.amount} 元,“协议内容”中没有这个数",
                "请核对两处;分期付款的写明每期数额和期数",
            )


def _pairs(placed: PlacedText) -> Iterator[Fault]:
    keys, text = placed
    for match in _PAIR.finditer(text):
        figure = _amount(
            match["figure"] or match["figure_last"], match["scale"] or match["scale_last"] or ""
        )
        spelt = match["capitals"] or match["capitals_first"]
        capitals = parse_capitals(spelt)
        if capitals is None:
            yield Fault(keys, f"大写金额“{spelt}”写法不对", "请按大写规则改写,如 壹仟贰佰元整")
        elif capitals != figure:
            yield Fault(
                keys,
                f"小写 {figure:,.2f} 元与大写“{spelt}”({capitals:,.2f} 元)不一致",
                "请核对后改成同一个数",
            )


def _is_in(amount: Decimal, text: str) -> bool:
    """Whether a text without a sum, with this one, or with parts of it, agrees with an amount."""
    found = [_amount(*match.groups()) for match in _SUM.finditer(text)]
    return not found or amount in {*found, sum(found)} or _SHARED_OUT.search(text) is not None


def _amount(figure: str, scale: str) -> Decimal:
    return Decimal(figure.replace(",", "")) * _SCALES[scale]
