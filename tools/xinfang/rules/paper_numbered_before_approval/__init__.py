"""告知书、引导告知书和上报的报告,也要先签批、后编号。

文号代表单位发文。先编了号、后来才签批的,签批成了补手续;给上级的报告没有签批就编号,没有签发人。答复的签批
另有一条规则;延期和不予受理,步骤里的批准人、审批人就是签批。

怎样改:日期写错的用“更正”;上报还没有签批的,补办签批,照实记日期,并记“整改”。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Approval, Forwarding, Notice, Referral, ReportUp, StepBase
from xinfang.model.words import PaperKind
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("细则", "五·四·2"), cite("报送办法"))
ROWS = ("R29", "R47")

#: Steps that may number a paper; those that do not name the paper themselves, with it.
_PAPERS: Final[dict[type[StepBase], PaperKind | None]] = {
    Forwarding: PaperKind.FORWARD_NOTICE,
    Notice: None,
    Referral: PaperKind.ROUTE_NOTICE,
    ReportUp: PaperKind.REPORT,
}


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield numbered papers approved only later, and numbered reports never approved."""
    for step, _ in matter.numbered_papers:
        if type(step) not in _PAPERS:
            continue
        paper = step.paper if isinstance(step, Notice) else _PAPERS[type(step)]
        approvals = [a.day for a in matter.of(Approval) if a.paper is paper]
        if approvals and min(approvals) > step.day:
            yield Fault(
                matter.at(step, "文号"),
                f"{paper}于 {step.day} 编号,{min(approvals)} 才签批",
                "请先签批、后编号;日期写错的用“更正”",
            )
        elif paper is PaperKind.REPORT and not approvals:
            yield Fault(
                matter.at(step, "文号"),
                f"{paper}于 {step.day} 编号上报,没有签批",
                "报告须有签发人;请补记“签批”(文书: 办理情况报告)",
            )
