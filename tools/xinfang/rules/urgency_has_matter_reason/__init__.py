"""标为急、特急的要写紧急理由,理由只看事项的后果。

轻重缓急决定先办谁的事。理由应是人身安全、重大伤害、当日生活无着一类的后果;“多次来访”“情绪激动”是对人的
看法,不能让人因为来得多就先办,也不能因为安静就后办。

怎样改:写明不及时处理会有什么后果;没有这样的后果,改为“一般”。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import GraveReason, Urgency
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·四"), cite("口径", "A14"))
ROWS = ("R43",)

ABOUT_A_PERSON: Final = re.compile(
    "(?:多次|反复|再次|屡次|天天)(?:来访|来信|来电|信访|上访|投诉)|难缠|扬言|情绪激动|态度|纠缠|闹事"
)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield an urgency without a reason, or with one that speaks of a person."""
    case = matter.case
    if case.urgency is Urgency.ORDINARY:
        if GraveReason.SAFETY in case.grave:
            yield Fault(
                ("紧急",),
                f"重大判据是{GraveReason.SAFETY},紧急程度却是{case.urgency}",
                "请核对是否应为“特急”或“急”,并写明紧急理由",
                level=Level.WARNING,
            )
        return
    if case.urgency_reason is None:
        yield Fault(("紧急",), f"紧急程度为{case.urgency},没有紧急理由", "请填写“紧急理由”")
        return
    match = ABOUT_A_PERSON.search(case.urgency_reason)
    if match:
        yield Fault(
            ("紧急理由",),
            f"紧急理由写的是人(“{match[0]}”),不是事项的后果",
            "请写不及时处理会有什么后果",
        )
