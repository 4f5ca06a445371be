"""Single personal values: each brought to one form, and what is wrong with it.

A fault names what is wrong, never the value. ``normal_*`` functions give the form to keep;
``*_fault`` functions expect that form and give None when it is right.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from xinfang.diagnostics import Level


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value.

    Attributes:
        level: How grave.
        message: A Chinese clause that follows the field's name.
        mend: What to do, as a Chinese sentence; may be empty.
    """

    level: Level
    message: str
    mend: str = ""


# --- names -----------------------------------------------------------------------------

#: The separator of names of ethnic minorities: U+00B7, GB 18030 A1A4 (民委发〔2016〕33号).
SEPARATOR: Final = "\u00b7"

LOOKALIKES: Final = re.compile("[\u2022\u30fb\uff65\u2027\u22c5\u2219]")
# A full stop is a separator only between two Han characters: “J. Smith” keeps its stop.
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
STOP_IN_HAN: Final = re.compile(rf"(?<=[{_HAN}])\s*[.\uff0e]\s*(?=[{_HAN}])")
PRIVATE_USE: Final = re.compile("[\ue000-\uf8ff]")


def normal_name(text: str) -> tuple[str, tuple[Fault, ...]]:
    """Bring a name to NFC with “·” as separator; say so where that changed what was written.

    NFC, not NFKC: compatibility folding would replace characters that people really bear.
    """
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    name = STOP_IN_HAN.sub(SEPARATOR, LOOKALIKES.sub(SEPARATOR, composed))
    if name == composed:
        return name, ()
    return name, (Fault(Level.HINT, "中的间隔号已改为“·”", "请核对"),)


def name_fault(name: str) -> Fault | None:
    """Check a name. Any length, script and number of separators is a name."""
    if any(unicodedata.category(char) in {"Cc", "Cs"} or char == "\ufffd" for char in name):
        return Fault(Level.ERROR, "含有不可见的控制字符或已损坏的字符", "请重新输入")
    if not any(unicodedata.category(char)[0] in "LM" or _is_private(char) for char in name):
        return Fault(Level.ERROR, "中没有文字", "请填写姓名或名称;不愿具名的请不填此项")
    if PRIVATE_USE.search(name):
        return Fault(
            Level.WARNING,
            "含有自造字(私用区字符),在别的电脑上不能显示",
            "请改用 GB 18030 收录的字;生僻字可从输入法的 Unicode 扩展区选取",
        )
    return None


def _is_private(char: str) -> bool:
    return PRIVATE_USE.match(char) is not None


# --- citizen's identity number (GB 11643-1999) -----------------------------------------

ID_SHAPE: Final = re.compile(r"[1-9][0-9]{16}[0-9X]")
ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS: Final = "10X98765432"
OLD_ID: Final = re.compile(r"[0-9]{15}")
#: From so many digits on, a number is meant as a citizen's identity number, not a passport's.
MEANT_AS_ID: Final = 14


def normal_id_number(text: str) -> str:
    """Fold full-width and Roman forms (Ⅹ, ｘ → X) and take out spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def id_check_character(body: str) -> str:
    """Check character of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11]


def id_number_fault(number: str, today: date) -> Fault | None:  # noqa: PLR0911 - one return a fault
    """Check an identity number; passports and other papers are free text.

    Residence permits (810000, 820000, 830000, and those beginning with 9) follow the same
    18-digit form. Numbers of 15 digits are invalid since 2013 and kept as text.
    """
    if sum(char in "0123456789" for char in number) < MEANT_AS_ID:
        return None
    if OLD_ID.fullmatch(number):
        return Fault(Level.HINT, "是 15 位的旧号码,2013 年起不能作为公民身份号码", "只按文字保存")
    if not ID_SHAPE.fullmatch(number):
        return Fault(
            Level.ERROR, "不是 18 位公民身份号码(17 位数字加数字或 X)", "请对照证件逐位核对"
        )
    born = _date_of(number[6:14])
    if born is None or number[6:8] not in {"18", "19", "20"}:
        return Fault(Level.ERROR, "中的出生日期不存在", "请对照证件核对第 7–14 位")
    if born > today:
        return Fault(Level.ERROR, "中的出生日期晚于今天", "请对照证件核对第 7–14 位")
    if id_check_character(number[:17]) != number[17]:
        return Fault(Level.ERROR, "的校验码(末位)不对", "有一位抄错了,请对照证件逐位核对")
    return None


def _date_of(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


# --- phones ----------------------------------------------------------------------------

DASHES: Final = re.compile("[\u2010-\u2015\u2212\u2500\u30fc]")
MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
LANDLINE: Final = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?")
SERVICE: Final = re.compile(r"400[0-9]{7}|95[0-9]{3,6}|1[0-9]{4}")
ABROAD: Final = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")
MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def normal_phone(text: str) -> str:
    """Take off +86/0086, spaces and brackets; dashes too, except in a landline number."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if "@" in folded:
        return folded
    number = "".join(DASHES.sub("-", folded).split())
    number = re.sub(r"^(?:\+|00)86-?", "", number)
    number = re.sub(r"^\((0[0-9]{2,3})\)-?", r"\1-", number)
    plain = number.replace("-", "")
    return plain if not plain.startswith("0") or not LANDLINE.fullmatch(number) else number


def phone_fault(number: str, *, unit: bool) -> Fault | None:
    """Check a phone number or an e-mail address. Service numbers belong to units only.

    A warning, not an error: an odd number is better kept than refused.
    """
    patterns = (MOBILE, LANDLINE, ABROAD, MAIL)
    if any(pattern.fullmatch(number) for pattern in patterns):
        return None
    if SERVICE.fullmatch(number):
        if unit:
            return None
        return Fault(Level.WARNING, "是服务热线,不会是个人的号码", "请核对")
    return Fault(
        Level.WARNING,
        "不像电话号码或电子邮箱",
        "手机为 1 开头的 11 位;座机请写区号,如 0999-1234567;境外号码以 + 和国家代码开头",
    )


# --- unified social credit code (GB 32100-2015) ----------------------------------------

CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_SHAPE: Final = re.compile(f"[{CODE_ALPHABET}]{{18}}")
CODE_WEIGHTS: Final = tuple(pow(3, power, 31) for power in range(17))


def normal_credit_code(text: str) -> str:
    """Fold full-width forms, take out spaces and dashes, capitals throughout."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(DASHES.sub("-", folded).replace("-", "").split()).upper()


def credit_code_check_character(body: str) -> str:
    """Check character of the first 17 characters (GB 32100-2015)."""
    values = map(CODE_ALPHABET.index, body)
    total = sum(value * weight for value, weight in zip(values, CODE_WEIGHTS, strict=True))
    return CODE_ALPHABET[-total % 31]


def credit_code_fault(code: str) -> Fault | None:
    """Check a unified social credit code."""
    if not CODE_SHAPE.fullmatch(code):
        return Fault(
            Level.ERROR,
            "不是 18 位统一社会信用代码",
            "由数字和大写字母组成,不含 I、O、S、V、Z;请对照营业执照核对",
        )
    if credit_code_check_character(code[:17]) != code[17]:
        return Fault(Level.ERROR, "的校验码(末位)不对", "有一位抄错了,请对照营业执照逐位核对")
    return None
