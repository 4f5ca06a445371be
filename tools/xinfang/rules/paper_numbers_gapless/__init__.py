"""每个代字的文号每年从 1 号起连续编,不跳号。

跳号让人怀疑有一份文书被抽走。作废的文号记“文书作废”,不算缺号。与信访以外的公文共用的代字,会出现在本条的
警告里,核对过即可。

怎样改:核对发文登记;漏登记的补记到相应步骤的“文号”,作废的记“文书作废”。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.ledger import Entry, NumberedPaper
from xinfang.rules import Entries, Fault
from xinfang.rules._shared import gaps, spell_gap

LEVEL = Level.WARNING
CITES = (cite("细则", "四·三·1"), cite("公文条例"))
ROWS = ("R03", "R20")

#: So many gaps are spelled out; the rest are counted.
_SHOWN: Final = 3


def check_entries(entries: Entries) -> Iterator[Fault]:
    """Yield one warning for each series and year that has gaps, at its last number."""
    series: dict[str, dict[int, tuple[Entry, NumberedPaper]]] = defaultdict(dict)
    for entry in entries.values():
        for paper in entry.papers:
            prefix, _, serial = paper.number.partition("〕")
            series[f"{prefix}〕"][int(serial.removesuffix("号"))] = (entry, paper)
    for prefix, numbered in series.items():
        found = gaps(numbered)
        if found:
            entry, paper = numbered[max(numbered)]
            spelled = "、".join(spell_gap(*gap) for gap in found[:_SHOWN])
            more = f"等 {len(found)} 处" if len(found) > _SHOWN else ""
            yield Fault(
                paper.keys,
                f"{prefix}缺 {spelled} 号{more}",
                "请核对发文登记,漏登记的补记",
                entry.path,
            )
