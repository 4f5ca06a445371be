"""Numbers and addresses that belong to somebody, as they may stand in a text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from xinfang.model import Office
from xinfang.rules._shared import is_published

#: Nothing personal has fewer than ten digits in a row, and no address on the net lacks its sign.
_DIGITS: Final = re.compile(r"\d[\d \u3000\uff0d-]{9}")
_SIGNS: Final = ("@", "＠", "微信", "QQ", "Qq", "qQ", "qq")
KINDS: Final = (
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


def is_suspicious(text: str) -> bool:
    """Whether a closer look can find anything; most texts need none."""
    return any(sign in text for sign in _SIGNS) or _DIGITS.search(text) is not None


def kind_in(text: str, office: Office) -> str:
    """Name the first kind of personal data in a text; empty where there is none.

    What the office, a unit or an authority has published in ``office.yaml`` does not count.
    """
    folded = unicodedata.normalize("NFKC", text)
    for kind, pattern in KINDS:
        for match in pattern.finditer(folded):
            value = match[0]
            if kind == "身份证号" and not (_is_id_number(value) or "证" in folded):
                continue
            if kind == "银行卡号" and not (_luhn(value) or "卡" in folded):
                continue
            if not is_published(office, value):
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
