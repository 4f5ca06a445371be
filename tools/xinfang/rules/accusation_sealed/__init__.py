"""检举控告的事项文件只写编号、日期和移送,不写内容。

事项文件人人可读,Git 历史删不掉。请求、事实、理由、材料、被反映部室、标段、备注都会让人猜出谁
检举了谁,一律写入封存文件;标题用固定的“检举控告(内容已封存)”,步骤只有接收告知、移送、办结、归档和更正。

怎样改:把内容移入封存文件(xinfang seal),删去列出的各项;已提交过的按泄密处置。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.ledger import SEALED_TITLE
from xinfang.matter import Matter
from xinfang.model.steps import (
    Archiving,
    Closure,
    Correction,
    Erasure,
    HandOver,
    Hold,
    Notice,
    Release,
    StepBase,
)
from xinfang.model.words import Category, Closing, Purpose
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "五·二"), cite("口径", "A13"), cite("条例", "30¶3"), cite("条例", "46(五)"))
ROWS = ("R39",)

#: Fields of a case that would give the content away: name in Python, key in the file.
_CONTENT: Final = (
    ("claims", "请求"),
    ("facts", "事实"),
    ("reasons", "理由"),
    ("materials", "材料"),
    ("section", "标段"),
    ("concerned", "被反映部室"),
    ("grave", "重大"),
    ("urgency_reason", "紧急理由"),
    ("origin", "来源"),
    ("earlier", "关联"),
)
_ALLOWED: Final[tuple[type[StepBase], ...]] = (
    Notice,
    HandOver,
    Closure,
    Archiving,
    Correction,
    Hold,
    Release,
    Erasure,
)
_SEAL: Final = "请移入封存文件,此处删去"


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield everything that an accusation may not show, and a purpose that denies its category."""
    case = matter.case
    if not matter.is_sealed:
        if case.category is Category.SEALED:
            yield Fault(
                ("目的",),
                f"类别是检举控告,目的却是{case.purpose}",
                f"目的请填“{Purpose.ACCUSATION}”",
            )
        return
    if case.category is not Category.SEALED:
        yield Fault(("类别",), "检举控告的类别透露了内容", f"类别请填“{Category.SEALED}”")
    if case.title != SEALED_TITLE:
        yield Fault(("标题",), "检举控告的标题不是固定的文字", f"请写“{SEALED_TITLE}”")
    yield from _content_faults(matter)
    for step in matter.steps:
        yield from _step_faults(matter, step)


def _content_faults(matter: Matter) -> Iterator[Fault]:
    case = matter.case
    for name, key in _CONTENT:
        if getattr(case, name):
            yield Fault((key,), f"检举控告的“{key}”不得写在事项文件中", _SEAL)
    for party in case.parties:
        for key in ("关系", "翻译"):
            if party.relation if key == "关系" else party.interpreter:
                yield Fault(matter.at(party, key), f"检举人的“{key}”不得写在事项文件中", _SEAL)


def _step_faults(matter: Matter, step: StepBase) -> Iterator[Fault]:
    if not isinstance(step, _ALLOWED):
        yield Fault(
            matter.at(step, "事项"),
            f"检举控告不走“{step.KIND}”",
            "只保留接收告知、移送、办结、归档;办理情况由纪检另行记录",
        )
    if step.remark:
        yield Fault(matter.at(step, "备注"), "检举控告的“备注”不得写在事项文件中", _SEAL)
    if isinstance(step, Notice) and step.content:
        yield Fault(matter.at(step, "内容"), "检举控告的告知“内容”不得写在事项文件中", _SEAL)
    if isinstance(step, Closure) and step.way is not Closing.HANDED_OVER:
        yield Fault(
            matter.at(step, "方式"), f"检举控告以“{step.way}”办结", "检举控告只能以“移送”办结"
        )
