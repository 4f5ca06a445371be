"""复查、复核机构要逐级对应并经上级确认;未确认的,不得出具处理意见书。

意见书要告诉信访人:不服的,三十日内向哪个单位请求复查,地址电话是什么。复查是本单位的上一级,复核再上一级。
写错了,信访人跑错了门,期限就过了。

怎样改:与上级核实单位、地址、电话后填写“复查机构”,再把“已确认”填为“是”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.office import Office, ReviewBody, Unit
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·3"), cite("口径", "A10"), cite("条例", "35"), cite("条例", "36"))
ROWS = ("R29", "R34")


def check_office(register: Register) -> Iterator[Fault]:
    """Yield review bodies that are missing, wrong, without an address, or not confirmed."""
    office = register.office
    if office is None:
        return
    if office.reviews is None:
        yield Fault(
            ("复查机构",),
            "没有写复查、复核机构,不得出具处理意见书",
            "请与上级核实后填写",
            level=Level.WARNING,
        )
        return
    reviewed = office.own_unit
    for name, body in (("复查", office.reviews.review), ("复核", office.reviews.rereview)):
        yield from _faults(office, name, body, reviewed)
        reviewed = office.unit(body.unit) or reviewed


def _faults(office: Office, name: str, body: ReviewBody, reviewed: Unit) -> Iterator[Fault]:
    keys = ("复查机构", name)
    unit = office.unit(body.unit)
    if unit is None:
        yield Fault((*keys, "单位"), f"“单位”中没有这个{name}单位", "请先列出单位")
    elif reviewed.superior and unit is not office.unit(reviewed.superior):
        yield Fault(
            (*keys, "单位"),
            f"{name}单位不是{reviewed.short}的上一级",
            f"{name}由上一级办理,请核对“上级”",
        )
    for key, text in (("地址", body.address), ("电话", body.phone)):
        if is_placeholder(text):
            yield Fault((*keys, key), f"{name}机构的{key}没有真正填写", "请与上级核实后填写")
    if not body.confirmed:
        yield Fault(
            (*keys, "已确认"),
            f"{name}机构未经上级确认,不得出具处理意见书",
            "请与上级核实后填“已确认: 是”",
            level=Level.WARNING,
        )
