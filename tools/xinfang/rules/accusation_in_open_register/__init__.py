"""反映违纪、贪腐的内容应按检举控告封存,不写进普通事项。

检举控告一旦写进普通台账,被反映的人或部室就可能看到,检举人会受到打击报复。目的不是检举控告、正文却出现
受贿、回扣、侵占等词的,请核对:确属检举控告的,目的改为“检举控告”,内容只写入封存文件,由专人移送纪检。

怎样改:改为检举控告并封存;只是顺带提到、与检举无关的,可以保留,本条只是提醒。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "五·二"), cite("口径", "A13"), cite("条例", "30"))
ROWS = ("R39",)

ACCUSING: Final = re.compile(
    "受贿|行贿|索贿|贿赂|贪污|贪腐|回扣|吃拿卡要|侵占|挪用|检举|控告|虚报冒领|私分"
)
_ACCOUNT: Final = frozenset({"标题", "请求", "事实", "理由", "材料"})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each part of the petitioner's account that speaks of such a thing."""
    if matter.is_sealed or not ACCUSING.search(matter.text):
        return
    for keys, text in matter.texts:
        match = ACCUSING.search(text) if keys[0] in _ACCOUNT else None
        if match:
            yield Fault(
                keys,
                f"目的是{matter.case.purpose},内容却提到“{match[0]}”",
                "确属检举控告的,请改目的为“检举控告”并封存内容,移送纪检",
            )
