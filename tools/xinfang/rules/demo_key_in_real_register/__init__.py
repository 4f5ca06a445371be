"""真实的登记册不得把信息封存给公开的样例密钥。

样例密钥的私钥随软件公开,谁都能打开。真实的姓名、住址、电话封存给它,等于没有封存。

怎样改:用 xinfang keys new 新建密钥,换下“收件人”中的样例公钥,并重新封存全部文件;
此前封存的按泄密处置。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.register import Register
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "五·三"), cite("个保法", "51"))
ROWS = ("R41",)

#: Public half of ``keys/demo.key``, which ships with the sample register.
DEMO_KEY: Final = "age18n4myz7e6kmfnslgkmc94dnyq7zcl2l7frg6k08wcughyyaj09gqlr4w50"


def check_office(register: Register) -> Iterator[Fault]:
    """Yield the demo key among the recipients of a register that is no sample."""
    office = register.office
    if office is None or office.register_.sample:
        return
    for index, recipient in enumerate(office.recipients):
        if recipient.key == DEMO_KEY:
            yield Fault(
                ("收件人", index, "公钥"),
                "真实登记册的收件人用了公开的样例密钥",
                "请换成自己的公钥并重新封存",
            )
