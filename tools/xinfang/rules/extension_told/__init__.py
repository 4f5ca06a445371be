"""延期的理由和新的期限,要在原期限届满前告知信访人。

信访人按原来的日期等答复。到期没有消息,又不知道延到哪天、为什么,就是无故拖延。届满前没有告知的是警告,
届满后是错误。

怎样改:发延期告知书,填“告知日期”,或补记延期告知书的“送达”。姓名或住址不清、无法告知的除外。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xinfang.clocks import Deadline, State
from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Extension, Notice, Service
from xinfang.model.words import PaperKind
from xinfang.rules import Fault
from xinfang.rules._shared import deadline_of

LEVEL = Level.ERROR
CITES = (cite("条例", "34"), cite("细则", "四·一·2"))
ROWS = ("R24",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each valid extension that the petitioner was not told of in time."""
    extensions = matter.of(Extension)
    original = deadline_of(matter, "C3") if extensions else None
    # Answered within the sixty days all the same: nobody waited longer.
    if original is None or original.state is State.MET or "无法告知" in matter.conditions:
        return
    for step in extensions:
        if step.day <= original.due:
            yield from _faults(matter, step, original)


def _faults(matter: Matter, step: Extension, original: Deadline) -> Iterator[Fault]:
    told = min(_days_told(matter, step), default=None)
    if told is None:
        expired = matter.today > original.due
        yield Fault(
            matter.at(step, "告知日期"),
            f"{step.day} 批准延期,没有告知信访人(原期限 {original.due})",
            "请发延期告知书,并填写“告知日期”",
            level=Level.ERROR if expired else Level.WARNING,
        )
    elif told > original.due:
        yield Fault(
            matter.at(step, "告知日期"),
            f"{told} 才告知延期,原期限已于 {original.due} 届满",
            "请在“整改”中说明原因",
        )


def _days_told(matter: Matter, step: Extension) -> Iterator[date]:
    """Yield the days on which the petitioner was told: by the step, or by a paper of its own."""
    if step.told_on:
        yield step.told_on
    for notice in matter.of(Notice):
        if notice.paper is PaperKind.EXTENSION_NOTICE:
            yield notice.day
    for service in matter.of(Service):
        if service.paper is PaperKind.EXTENSION_NOTICE and service.received:
            yield service.received
