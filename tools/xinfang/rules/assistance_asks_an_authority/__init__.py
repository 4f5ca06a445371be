"""请求协助是给有权行政机关的函:写明法律依据,只请求、不请示。

企业与行政机关没有隶属关系,用函不用请示;没有法律依据的协助请求,机关无从办理,也容易变成借行政力量
对付信访人。

怎样改:补写依据的法律名称和条款;向本系统上级汇报的,改用“专题汇报”或“上报”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Assistance
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·3"), cite("公文条例", "15"))
ROWS = ("R36",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield requests without a basis, to our own chain, or worded as a 请示."""
    for step in matter.of(Assistance):
        if not step.basis:
            yield Fault(matter.at(step, "依据"), "请求协助没有写法律依据", "请写明法律名称和条款")
        if matter.office.unit(step.unit) or matter.office.department(step.unit):
            yield Fault(
                matter.at(step, "单位"),
                "请求协助的对象是本系统的单位或部室",
                "请求协助只发给有权处理的行政机关;向上级请用“专题汇报”或“上报”",
            )
        if "请示" in step.content:
            yield Fault(
                matter.at(step, "内容"),
                "对行政机关用了“请示”",
                "企业对行政机关用函,请改为“请予协助”等用语",
            )
