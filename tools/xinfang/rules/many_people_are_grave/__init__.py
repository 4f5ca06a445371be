"""多人提出同一诉求的,要标为重大事项。

重大事项要向分管领导汇报、留下进程记录。细则没有写多少人算“重大”,这里按五人以上提醒(口径 A14,人数
可在 office.yaml 的“口径”中调整)。看的是事项涉及多少人,不看是谁、来了几次。

怎样改:属实的,在“重大”中填“五人以上同一诉求”或别的判据;人数写错的,改正人数。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.HINT
CITES = (cite("细则", "三·一·3"), cite("口径", "A14"), cite("条例", "25"))
ROWS = ("R16",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a matter of many people that no criterion marks as grave."""
    case, limit = matter.case, matter.office.policy.grave_people
    if case.people < limit or case.grave or matter.is_sealed:
        return
    # A limit of 0 or 1 would make every matter grave; an office that wants none writes so.
    if limit > 1:
        yield Fault(
            ("人数",),
            f"{case.people} 人提出同一诉求,没有标为重大(口径为 {limit} 人以上)",
            "请在“重大”中填“五人以上同一诉求”",
        )
