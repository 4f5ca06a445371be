"""延期要有具体理由;工作繁忙、人手不足不是理由。

能延期的是事情本身复杂:要鉴定、检测、评估、外出调查、听证。单位自己忙、人不够、领导出差、放假,都不能让信访人
多等。只写“情况复杂”等于没有写。理由要印在延期告知书上。

怎样改:写明还有什么没有查清、等哪份材料、预计哪天取得;没有这样的理由就不延期。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Extension
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder

LEVEL = Level.ERROR
CITES = (cite("条例", "34"), cite("细则", "四·一·2"))
ROWS = ("R24",)

_OWN_TROUBLE: Final = re.compile(
    "(?:工作|业务|事务|公务|生产|施工)(?:较|太|很|比较|过于)?(?:忙|繁忙|繁重|繁多|紧张)"
    "|任务(?:较|太|很|比较|过于)?(?:重|繁重|紧|多)"
    "|(?:人手|人员|力量)(?:较|太|比较)?(?:不足|不够|紧张|有限|缺乏|少)"
    "|(?:领导|负责人|经办人?|承办人)(?:出差|外出|不在|休假|请假)"
    "|时间(?:较|太|比较)?(?:紧|不够|仓促)|来不及|忙不过来|工期紧|(?:节假日|假期|放假)"
)
_NOTHING_SAID: Final = re.compile(
    "(?:因|由于)?(?:事项|案情|情况|问题)?(?:较为|比较|较|特别)?(?:复杂|特殊|疑难)"
    "(?:[,，、]|需要?|还需|须)?(?:延期|延长|更多时间|进一步(?:办理|研究|处理))?[。.]?"
)
#: What cannot be hurried by more people: with one of these the reason lies in the matter.
_OF_THE_MATTER: Final = re.compile(
    "鉴定|检测|监测|评估|复测|勘验|勘察|测量|定损|审计|化验|外调|调取|核对|听证|公示|取证|报告"
)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each extension whose reason is the office's own trouble, or none."""
    for step in matter.of(Extension):
        own = _OWN_TROUBLE.search(step.reason)
        if own and not _OF_THE_MATTER.search(step.reason):
            message = f"“{own[0]}”不是延期的理由"
        elif _NOTHING_SAID.fullmatch(step.reason) or is_placeholder(step.reason):
            message = "延期没有写具体理由"
        else:
            continue
        yield Fault(
            matter.at(step, "理由"),
            message,
            "请写明还要查清什么、等哪份材料(如鉴定、检测、外调)、预计哪天取得",
        )
