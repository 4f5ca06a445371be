"""人员的离任日期不得早于任职日期,一人同时只任一个岗位。

旧文书上的署名按当天的岗位显示。起止写反了,那段时间就查不到人;同一天两个岗位,就不知道按哪个职权签批。

怎样改:核对“自”和“至”;兼任的写成一个岗位名称,职权取较高的一个。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.office import Post
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·三"), cite("口径", "A4"))
ROWS = ("R06",)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield terms that end before they begin or overlap another of the same person."""
    posts = register.office.posts if register.office else []
    for index, post in enumerate(posts):
        if post.until and post.until < post.since:
            yield Fault(
                ("人员", index, "至"), f"至 {post.until} 早于自 {post.since}", "请核对任免文件"
            )
        elif any(other.name == post.name and _overlap(other, post) for other in posts[:index]):
            yield Fault(
                ("人员", index, "自"),
                f"自 {post.since} 起与同一人的另一岗位重叠",
                "请填写前一岗位的“至”;兼任的合为一条",
                level=Level.WARNING,
            )


def _overlap(one: Post, other: Post) -> bool:
    end_one, end_other = one.until or date.max, other.until or date.max
    return one.since <= end_other and other.since <= end_one
