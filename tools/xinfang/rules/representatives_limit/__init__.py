"""多人走访应推选代表,一般不超过三人,至多五人;人多不得拒收。

细则要求三人,国家上限是五人。第四、第五名代表不得拒之门外;超过五人的照常登记,请他们改选代表。没有当
代表的人,同样有权得到答复。

怎样改:请信访人按上限改选代表,在“信访人”中更新“代表”;登记、办理照常进行。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import Channel
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·1"), cite("口径", "A6"), cite("条例", "20"))
ROWS = ("R23",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a visit of several people with too many representatives, or with none."""
    case, policy = matter.case, matter.office.policy
    if case.channel is not Channel.VISIT or case.people <= 1 or matter.is_sealed:
        return
    advice, hard = policy.representatives_advice, policy.representatives_hard
    chosen = [party for party in case.parties if party.representative]
    if len(chosen) > hard:
        yield Fault(
            matter.at(chosen[hard], "代表"),
            f"代表 {len(chosen)} 人,超过国家上限 {hard} 人",
            "请按条例第二十条改选代表,不得因此拒收",
        )
    elif len(chosen) > advice:
        yield Fault(
            matter.at(chosen[advice], "代表"),
            f"代表 {len(chosen)} 人;细则为 {advice} 人,国家上限 {hard} 人",
            "照常登记,不得因此拒收;可以建议改选",
            level=Level.HINT,
        )
    elif not chosen and case.people > hard:
        yield Fault(
            ("人数",),
            f"{case.people} 人走访,没有推选代表",
            f"请推选不超过 {hard} 名代表,登记照常进行",
            level=Level.HINT,
        )
