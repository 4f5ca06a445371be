"""登记编号每年从 0001 起连续编,不得缺号、重号。

缺号说明有一件登记被删掉,或者没有登记。登记只能更正、撤回、并案,不能删除;不登记、删登记本身就是违规。
改过号的(xinfang renumber),原编号写在“原编号”里,不算缺号。

怎样改:从 Git 历史中找回缺少的文件;确系误编的,补登记一件并说明。当年中途才启用本登记册的,从几号起编
只作警告。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.ledger import Entry
from xinfang.rules import Entries, Fault
from xinfang.rules._shared import gaps, spell_gap

LEVEL = Level.ERROR
CITES = (cite("细则", "三·三"), cite("条例", "22"), cite("条例", "44"))
ROWS = ("R20",)


def check_entries(entries: Entries) -> Iterator[Fault]:
    """Yield serials used twice, and each gap at the number that follows it."""
    years: dict[str, dict[int, Entry]] = defaultdict(dict)
    former = [number for entry in entries.values() for number in entry.former]
    for entry in entries.values():
        first = years[entry.number[3:7]].setdefault(int(entry.number[8:]), entry)
        if first is not entry:
            message = f"{entry.number} 与 {first.number} 是同一个序号"
            yield Fault(("编号",), message, "请改用下一个编号", entry.path)
    for year, numbered in years.items():
        used = {int(old[8:]) for old in former if re.fullmatch(rf"XF-{year}-\d+", old)}
        for start, end in gaps({*numbered, *(n for n in used if n < max(numbered))}):
            yield Fault(
                ("编号",),
                f"{year} 年缺 {spell_gap(start, end)} 号,或其文件有错未能读取",
                "登记不得删除,请找回或补登记",
                min((n, e.path) for n, e in numbered.items() if n > end)[1],
                Level.WARNING if start == 1 else None,
            )
