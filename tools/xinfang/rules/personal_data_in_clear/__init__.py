"""姓名以外的个人信息不得以明文写进事项文件:证件号、电话、电子邮箱、银行卡号、社交账号。

Git 的历史删不掉,站点和台账没有权限控制;写进文件就等于公开。身份信息只写入封存文件,事项文件里用代号
A、B、C。本单位、上级和有权机关已公布在 office.yaml 里的电话和邮箱不算。

怎样改:删去号码,改写入封存文件(xinfang seal)。已经提交过的,所有副本都按已泄露处理,另记“泄密处置”。
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault
from xinfang.rules._shared import field_of, is_published

LEVEL = Level.ERROR
CITES = (
    cite("细则", "五·三"),
    cite("条例", "30¶3"),
    cite("条例", "46(五)"),
    cite("个保法", "28"),
    cite("身份证法", "13¶2"),
)
ROWS = ("R41",)

#: Nothing personal has fewer than ten digits in a row, and no address on the net lacks its sign.
_DIGITS: Final = re.compile(r"\d[\d -]{9}")
_SIGNS: Final = ("@", "＠", "微信", "QQ", "Qq", "qQ", "qq")
#: Fields that the program fills: what looks like a number of somebody there is none.
_MADE: Final = frozenset({"短码", "散列", "数据版本"})
_KINDS: Final = (
    (
        "身份证号",
        re.compile(
            r"(?<![0-9A-Za-z])[1-9]\d{5} ?(?:18|19|20)\d{2} ?(?:0[1-9]|1[0-2]) ?"
            r"(?:0[1-9]|[12]\d|3[01]) ?\d{3} ?[\dXx](?![0-9A-Za-z])"
        ),
    ),
    (
        "电话号码",
        re.compile(
            r"(?<![0-9A-Za-z.-])(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![0-9A-Za-z])"
            r"|(?<![0-9A-Za-z.-])\(?0\d{2,3}\)?[ -]?[2-9]\d{6,7}(?![0-9A-Za-z])"
        ),
    ),
    ("银行卡号", re.compile(r"(?<![0-9A-Za-z.-])[3-9](?:[ -]?\d){15,18}(?![0-9A-Za-z])")),
    ("电子邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("社交账号", re.compile(r"(?:微信号?|QQ号?|qq号?)[: ]*[A-Za-z0-9][A-Za-z0-9_-]{4,}")),
)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each text that seems to hold a personal number or address."""
    if not _is_suspicious(matter.text):
        return
    for keys, text in matter.texts:
        if not _is_suspicious(text) or field_of(keys) in _MADE:
            continue
        kind = _kind_in(text, matter)
        if kind:
            yield Fault(
                keys,
                f"“{field_of(keys)}”中有疑似{kind}",
                "请删去并改写入封存文件;已提交过的按泄密处置",
            )


def _is_suspicious(text: str) -> bool:
    """Whether a closer look can find anything; most texts need none."""
    return any(sign in text for sign in _SIGNS) or _DIGITS.search(text) is not None


def _kind_in(text: str, matter: Matter) -> str:
    """Name the first kind of personal data in a text; empty where there is none."""
    folded = unicodedata.normalize("NFKC", text)
    for kind, pattern in _KINDS:
        for match in pattern.finditer(folded):
            value = match[0]
            if kind == "身份证号" and not (_is_id_number(value) or "证" in folded):
                continue
            if kind == "银行卡号" and not (_luhn(value) or "卡" in folded):
                continue
            if not is_published(matter.office, value):
                return kind
    return ""


def _is_id_number(number: str) -> bool:
    """Whether the check character holds; a miscopied one counts where a text calls it so."""
    from xinfang.identity.values import id_check_character  # noqa: PLC0415 - rarely needed

    digits = number.replace(" ", "").upper()
    return id_check_character(digits[:17]) == digits[17]


def _luhn(number: str) -> bool:
    """Whether the check digit of a bank card holds (ISO/IEC 7812-1)."""
    digits = [int(char) for char in reversed(number) if char.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
