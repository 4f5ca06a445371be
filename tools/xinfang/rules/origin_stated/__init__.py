"""上级转送、交办的事项要写明来源:单位、文号、收文日期。

对上级的报告要引来文的文号,五个工作日的异议期从收文算起。没有来源,就不知道向谁报告、从哪天起算。

怎样改:按来文填写“来源”;电话转来、没有文号的,文号写“电话转办”并写明日期;不是上级转来的,改渠道或删去来源。
检举控告的来文随内容封存,不写来源。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import Channel
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·一·1"), cite("条例", "22"), cite("条例", "23¶3"))
ROWS = ("R13",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a transfer from above without its letter, and a letter that no channel explains."""
    channel, origin = matter.case.channel, matter.case.origin
    if origin is None:
        # An assigned matter without its letter is found by superior-matter-has-due-date.
        # The letter of an accusation is sealed with it: who sent it on tells whom it is about.
        if channel is Channel.FORWARDED and not matter.is_sealed:
            yield Fault(("渠道",), "上级转送的事项没有来源", "请在“来源”中填写单位、文号和收文日期")
        return
    if channel not in {Channel.FORWARDED, Channel.ASSIGNED}:
        yield Fault(
            ("渠道",),
            f"写了来源,渠道却是{channel}",
            "上级转来的,渠道请填“上级转送”或“上级交办”",
            level=Level.HINT,
        )
    if origin.number is None:
        yield Fault(("来源",), "来源没有文号", "请按来文填写“文号”", level=Level.WARNING)
