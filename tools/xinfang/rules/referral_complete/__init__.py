"""引导要写明去哪个机关、多长时间之内、错过会怎样。

只说“去打官司”“去仲裁”等于关门。机关、时限、逾期后果由 office.yaml 中同名的途径给出,也可以
写在“引导”里。时限错过了,权利可能就没有了,所以必须写明。

怎样改:“途径”改用 office.yaml 中已有的名称,或在“引导”中填“机关”“时限”“逾期后果”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Referral
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder

LEVEL = Level.ERROR
CITES = (cite("细则", "四·一·3"), cite("条例", "23¶1"), cite("条例", "31"))
ROWS = ("R26", "R25")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each referral with what neither it nor the office's route of that name says."""
    for step in matter.of(Referral):
        known = matter.office.route(step.route) is not None
        told = {"机关": step.body, "时限": step.time_limit, "逾期后果": step.risk}
        empty = [key for key, text in told.items() if text is not None and is_placeholder(text)]
        for key in empty:
            yield Fault(
                matter.at(step, key), f"引导的“{key}”没有真正填写", "请向有权机关核实后填写"
            )
        missing = [] if known else [key for key, text in told.items() if text is None]
        if missing:
            yield Fault(
                matter.at(step, "途径"),
                f"office.yaml 没有这条途径,引导也没有写明{'、'.join(missing)}",
                "请改用 office.yaml 中的途径名称,或补写这几项",
            )
