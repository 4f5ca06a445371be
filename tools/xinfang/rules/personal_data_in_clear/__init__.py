"""姓名以外的个人信息不得以明文写进事项文件:证件号、电话、电子邮箱、银行卡号、社交账号。

Git 的历史删不掉,站点和台账没有权限控制;写进文件就等于公开。身份信息只写入封存文件,事项文件里用代号
A、B、C。本单位、上级和有权机关已公布在 office.yaml 里的电话和邮箱不算。

怎样改:删去号码,改写入封存文件(xinfang seal)。已经提交过的,所有副本都按已泄露处理,另记“泄密处置”。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault
from xinfang.rules._numbers import is_suspicious, kind_in
from xinfang.rules._shared import field_of

LEVEL = Level.ERROR
CITES = (
    cite("细则", "五·三"),
    cite("条例", "30¶3"),
    cite("条例", "46(五)"),
    cite("个保法", "28"),
    cite("身份证法", "13¶2"),
)
ROWS = ("R41",)

#: Fields that the program fills: what looks like a number of somebody there is none.
_MADE: Final = frozenset({"短码", "散列", "数据版本", "查询码"})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each text that seems to hold a personal number or address."""
    if not is_suspicious(matter.text):
        return
    for keys, text in matter.texts:
        if not is_suspicious(text) or field_of(keys) in _MADE:
            continue
        kind = kind_in(text, matter.office)
        if kind:
            yield Fault(
                keys,
                f"“{field_of(keys)}”中有疑似{kind}",
                "请删去并改写入封存文件;已提交过的按泄密处置",
            )
