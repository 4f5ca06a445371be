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

_VERY: Final = "(?:比较|较为|非常|十分|较|很|太|过于|过|特别)?"
#: The office's own troubles, and the words of the law without what lies behind them.
_EXCUSES: Final = re.compile(
    f"(?:工作|事情|业务|事务|公务|任务|生产|施工|手头){_VERY}(?:繁忙|繁重|繁多|紧张|忙|重|多)"
    f"|工作(?:任务|压力|量){_VERY}(?:繁重|紧张|大|重|多)"
    f"|(?:人手|人员|人力|力量|时间|工期){_VERY}(?:不足|不够|紧张|紧缺|有限|缺乏|仓促|紧|少)"
    "|(?:领导|负责人|经办人?|承办人)(?:出差|外出|不在|休假|请假)"
    f"|(?:事项|案情|情况|问题){_VERY}(?:复杂|特殊|疑难)"
    "|忙不过来|来不及|节假日|放假|假期"
)
#: Words that say only that it takes longer.
_FILLING: Final = re.compile(
    "由于|因为|近期|最近|目前|暂时|遇到?|未能|无法|不能|尚未|没有|按期|按时|及时|如期|办结|办理|完成|答复|处理|"
    r"需要|申请|延期|延长|期限|原因|所以|信访|事项|项目部|部室|予以|批准|更多|进一步|[\W_]|[因且和的等需请故]"
)
#: So many characters have to be left for a reason, as in 鉴定.
_SHORTEST: Final = 2


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each extension whose reason is the office's own trouble, or none."""
    for step in matter.of(Extension):
        left = _FILLING.sub("", _EXCUSES.sub("", step.reason))
        if len(left) < _SHORTEST or is_placeholder(step.reason):
            yield Fault(
                matter.at(step, "理由"),
                "延期没有写具体理由",
                "请写明还要查清什么、等哪份材料(如鉴定、检测、外调)、预计哪天取得",
            )
