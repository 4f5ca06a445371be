"""Texts that only hold a place: what nobody filled in looks filled in to a form."""

from __future__ import annotations

import re
from typing import Final

#: The whole text is one of these words, or nothing but signs.
_EMPTY: Final = re.compile(
    r"[(（〔【]?(?:待定|待补|待补充|待填|待填写|待确认|待核|待核实|未定|暂无|暂缺|无|没有|空|略|同上|"
    r"未知|不详|n/?a|none|null|x+)[)）〕】。.]?|[\W_]*",
    re.IGNORECASE,
)
#: Signs that stand for a name or a number anywhere in a text.
_HOLDING: Final = re.compile(
    r"[×✕╳*＊□■○〇◯?？]{2,}|[xX]{3,}|[xX]{2,}(?=[一-鿿])|[/／+＋_＿]{3,}|某某|待定|待补充|待填|待确认|待核实"
)


def is_placeholder(text: str) -> bool:
    """Whether a text says nothing, or still holds a sign where a name or number should be."""
    return _EMPTY.fullmatch(text.strip()) is not None or _HOLDING.search(text) is not None
