"""涉及付款的协议要写明付给谁、怎样付。

没有收款人的钱说不清去向:付现金没有凭据,事后无法核对是否兑现,也会让人怀疑是拿钱换沉默。写明收款人和付款方式,
双方和监督的人都看得到钱到了谁手里。

怎样改:填写“收款”,如“转入信访人本人银行账户”;确需付现金的,写明由谁当面签收。账号不写进案卷文件。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Mediation
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "二·一"), cite("条例", "33"), cite("人民调解法", "29"))
ROWS = ("R09",)

_MONEY: Final = re.compile(
    r"现金|[\d０-９][\d０-９,，.]*\s*[万亿]?元(?!月)|[零一二两三四五六七八九十百千万亿]+元(?![月旦素])"
    r"|[壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆]"
)
#: What may be said of cash without saying who gets it.
_NO_PAYEE: Final = re.compile(
    r"以|用|全额|一次性?|当场|当日|现金|支付|付给|付款|付清|交付|给付|领取|[，,。;；、\s]"
)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield agreements about money that do not say who is paid, or only “cash”."""
    for step in matter.of(Mediation):
        if step.payee is None:
            if step.amount is not None or _MONEY.search(step.agreement):
                yield Fault(
                    matter.at(step),
                    f"{step.form}协议涉及付款,没有写明收款人和付款方式",
                    "请填写“收款”:付给谁、怎样付,如 转入信访人本人银行账户",
                )
        elif "现金" in step.payee and not _NO_PAYEE.sub("", step.payee):
            yield Fault(
                matter.at(step, "收款"),
                "“收款”只写了现金,没有写明付给谁",
                "请改为转账;确需付现金的,写明由谁当面签收",
            )
