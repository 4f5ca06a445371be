"""复查、复核由上一级单位办理,不能由作出原意见的单位自己办理。

自己复查自己的意见,等于没有复查。请求书递错了单位的,告知信访人应向哪个单位提出,或经其同意代为转送。

怎样改:核对“复查对象”和“复查”“复核”步骤中的“单位”;本单位重新核查原来的事项,记在原来的事项文件中。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.office import Office
from xinfang.model.steps import Rereview, Review
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("条例", "35"), cite("条例", "36"), cite("口径", "A10"))
ROWS = ("R34",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield reviews of this unit's own opinion, and own reviews that name another unit."""
    reviewed, office = matter.case.review, matter.office
    own = office.own_unit
    if reviewed is not None and office.unit(reviewed.unit) is own:
        yield Fault(
            ("复查对象", "单位"),
            f"原意见是本单位作出的,{reviewed.kind}应由上一级单位办理",
            "请核对是哪个单位的意见;递错单位的,告知应向哪个单位提出",
        )
    for step in matter.steps:
        if not isinstance(step, (Review, Rereview)) or step.unit is None:
            continue
        if reviewed is None and office.unit(step.unit) is own:
            yield Fault(
                matter.at(step, "单位"),
                f"{step.KIND}本单位的意见,单位写成了本单位",
                "请写上一级单位",
            )
        elif reviewed is not None and _proper(office, step.unit) == _proper(office, reviewed.unit):
            yield Fault(
                matter.at(step, "单位"),
                f"{step.KIND}的单位就是作出原意见的单位",
                "请核对是哪个单位办理的",
            )


def _proper(office: Office, name: str) -> str:
    """Give the full name of a unit; one that the office does not list stays as written."""
    unit = office.unit(name)
    return unit.name if unit else name
