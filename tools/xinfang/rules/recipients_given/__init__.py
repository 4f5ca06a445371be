"""封存信息须有收件人公钥,否则身份信息无处可封。

没有收件人,姓名、住址、电话就不能封存,只好留在纸上或写进明文。至少登记两位保管人的公钥,一人离岗时另一人
还能打开。

怎样改:用 xinfang keys 生成密钥,把公钥写入 office.yaml 的“收件人”;私钥不放在登记册里。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "五·三"), cite("个保法", "51"))
ROWS = ("R41",)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield an office to which nothing can be sealed, and keys entered twice."""
    office = register.office
    if office is None:
        return
    if not office.recipients:
        yield Fault(("收件人",), "没有收件人公钥,身份信息无法封存", "请登记保管人的 age 公钥")
    keys: set[str] = set()
    for index, recipient in enumerate(office.recipients):
        if recipient.key in keys:
            yield Fault(("收件人", index, "公钥"), "公钥重复", "请删去重复的一个")
        keys.add(recipient.key)
