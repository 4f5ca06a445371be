"""答复先编号发出、后送达。

送达的日期是请求复查三十日的起点。没有发出的答复谈不上送达;补错一步,复查期限就从错的日子算起。

怎样改:补记“答复”(文号、日期);送达的是别的文书,请把“文书”写准;日期写错的用“更正”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import ANSWERS, Matter
from xinfang.model.steps import Reply, Service
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("条例", "32"), cite("条例", "35"))
ROWS = ("R29",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each service of a reply to the claims that had not gone out by that day."""
    replies = matter.of(Reply)
    for service in matter.of(Service):
        sent = (r for r in replies if r.paper is service.paper and r.day <= service.day)
        if service.paper in ANSWERS and next(sent, None) is None:
            yield Fault(
                matter.at(service, "事项"),
                f"{service.day} 送达{service.paper},此前没有发出",
                "请先记“答复”;送达别的文书的,请写明“文书”",
            )
