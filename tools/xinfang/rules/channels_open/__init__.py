"""信访渠道必须是真的、通的:地址、电话、邮箱、接待时间地点、进度查询、监督渠道,一个都不能空着。

渠道缺一,就有人找不到门。这些内容印在告知书上,公布在网站和告示牌上;“待定”“××”“暂无”等于没有。

怎样改:在 office.yaml 的“渠道”中写上现在就能用的内容,打一次电话、发一封邮件试一试。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.texts import texts_of
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder
from xinfang.rules._shared import field_of

LEVEL = Level.ERROR
CITES = (cite("细则", "二·一"), cite("条例", "18"))
ROWS = ("R08",)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield channels that nobody can use."""
    office = register.office
    if office is None:
        return
    for keys, text in texts_of(office.channels, ("渠道",)):
        field = field_of(keys)
        if is_placeholder(text):
            yield Fault(keys, f"“{field}”没有真正填写", "请写现在就能用的内容")
        elif field == "电话" and not any(map(str.isdigit, text)):
            yield Fault(keys, "电话里没有号码", "请写带区号的号码")
        elif field == "电子邮箱" and "@" not in text:
            yield Fault(keys, "电子邮箱不是邮箱地址", "请写带 @ 的邮箱地址")
