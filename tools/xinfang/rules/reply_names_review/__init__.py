"""处理意见书发出之前,复查机构要经上级确认。

意见书必须写明向哪个单位、在三十日内、怎样申请复查。复查机构没有确认就写不对,信访人的救济就落空。

怎样改:在 office.yaml 的“复查机构”中填写并确认;未确认之前不发处理意见书。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Reply
from xinfang.model.words import PaperKind
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "35"), cite("口径", "A10"))
ROWS = ("R29",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a numbered opinion while the review body is not confirmed."""
    reviews = matter.office.reviews
    if reviews is not None and reviews.review.confirmed:
        return
    for reply in matter.of(Reply):
        if reply.paper is PaperKind.OPINION:
            yield Fault(
                matter.at(reply, "文号"),
                "处理意见书已编号,而 office.yaml 中的复查机构没有确认,救济途径写不出来",
                "请先确认复查机构,再发处理意见书",
            )
