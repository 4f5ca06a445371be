"""主办部室应是主管这一类别的部室。

谁主管、谁负责。类别与部室的对应写在 office.yaml 的“主管类别”中,转办就按它走,理由说得清。主管部室
被反映要回避的,信访办自己牵头的,不提示。

怎样改:改转给主管部室;确应由别的部室主办的,在转办的“备注”中写明理由,就不再提示。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Transfer
from xinfang.rules import Fault
from xinfang.rules._shared import department_label, department_name

LEVEL = Level.HINT
CITES = (cite("细则", "二·二"), cite("口径", "A5"), cite("条例", "5"), cite("条例", "28"))
ROWS = ("R10",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield the last transfer of a matter that no department in charge of it ever led."""
    transfers = matter.of(Transfer)
    if not transfers:
        return
    office, category = matter.office, matter.case.category
    concerned = {department_name(matter, name) for name in matter.case.concerned}
    in_charge = [d.name for d in office.departments if category in d.categories]
    able = [name for name in in_charge if name not in concerned]
    led = {department_name(matter, step.lead) for step in transfers}
    if not able or led & {*able, department_name(matter, office.office_department)}:
        return
    last = transfers[-1]
    if last.remark is None:
        yield Fault(
            matter.at(last, "主办"),
            f"类别“{category}”由{'、'.join(able)}主管,"
            f"这里由{department_label(matter, last.lead)}主办",
            f"请转给{able[0]},或在“备注”中写明为何由其他部室主办",
        )
