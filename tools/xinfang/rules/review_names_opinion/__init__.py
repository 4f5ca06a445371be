"""请求复查、复核的,要写明是哪份意见书、哪天送达。

复查的是一份已经作出的意见:没有文号,两个单位说的可能不是同一份;没有送达日期,三十日从哪天起算就说不清。
信访人当时拿不出意见书的,照样登记,再向原办理单位核对;出具复查、复核意见之前应已核对清楚。

怎样改:向原办理单位核对后,在“复查对象”中补填“意见文号”“意见送达”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("条例", "35"), cite("条例", "36"), cite("口径", "A10"))
ROWS = ("R34",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield what a request for review does not say yet; an error once it was decided."""
    reviewed, decided = matter.case.review, matter.own_opinion is not None
    if reviewed is None:
        return
    said = f"已出具{reviewed.kind}意见" if decided else f"请求{reviewed.kind}"
    missing = [
        (key, what)
        for key, value, what in (
            ("意见文号", reviewed.paper, "是哪份意见书"),
            ("意见送达", reviewed.served, "意见书哪天送达"),
        )
        if value is None
    ]
    for key, what in missing:
        yield Fault(
            ("复查对象", key),
            f"{said},没有写明{what}",
            f"请向原办理单位核对后补填“{key}”;不影响登记",
            level=Level.ERROR if decided else None,
        )
