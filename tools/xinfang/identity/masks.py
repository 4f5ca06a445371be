"""Masks: what of a personal value may stand in the office's ledger.

The name rule is that of the Supreme Court's publication rules of 2016, article 9: the
surname and “某”; of a minority or foreign name the first character and “某”. Every mask has
a fixed width, so that it does not tell the length of what it hides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from xinfang.identity.values import SEPARATOR

_SHORTEST_WITH_COMPOUND: Final = 3
_PHONE_DIGITS: Final = 7
_SHOWN: Final = 4
_ID_LENGTH: Final = 8

COMPOUND_SURNAMES: Final = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "梁丘",
        "左丘",
        "东门",
        "西门",
        "第五",
    ]
)

#: Legal forms that a masked unit keeps, the longest first.
_LEGAL_FORMS: Final = (
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "村民委员会",
    "居民委员会",
    "合作社",
    "经营部",
    "租赁站",
    "公司",
    "中心",
    "学校",
    "医院",
)

_PROVINCE: Final = r"(?:[^\d\s,，]{1,10}?(?:特别行政区|自治区|省))?"
_CITY: Final = r"(?:[^\d\s,，]{1,10}?(?:自治州|地区|盟|市))?"
# 小区、社区、园区 and the like are not districts: they would give away the home.
_COUNTY: Final = r"[^\d\s,，]{1,12}?(?:自治县|县|(?<![小社园工景校厂库院住])区|(?<!城)市|旗)"
_TOWN: Final = r"(?:[^\d\s,，县区]{1,10}?(?:街道|镇|民族乡|乡)(?![路街村]))?"
_DISTRICT: Final = re.compile(f"{_PROVINCE}{_CITY}{_COUNTY}{_TOWN}")


def mask_name(name: str) -> str:
    """Mask one natural person's name: 王某, 欧阳某, 阿某; a name of one character is hidden."""
    letters = [char for char in name.strip() if not unicodedata.combining(char)]
    bare = "".join(char for char in letters if not _is_selector(char))
    if len(bare) <= 1:
        return "某某"
    if (
        len(bare) >= _SHORTEST_WITH_COMPOUND
        and SEPARATOR not in bare
        and bare[:2] in COMPOUND_SURNAMES
    ):
        return f"{bare[:2]}某"
    return f"{bare[0]}某"


def mask_unit(name: str) -> str:
    """Mask a unit's name down to its legal form: 某有限公司, 某村民委员会, else 某单位."""
    form = next((form for form in _LEGAL_FORMS if name.strip().endswith(form)), "单位")
    return f"某{form}"


def mask_names(names: Sequence[tuple[str, bool]]) -> list[str]:
    """Mask the names of one matter so that they can be told apart: 王某1, 王某2, 李某.

    Args:
        names: Name, and whether it is a unit's, in the order of the file.
    """
    masks = [mask_unit(name) if unit else mask_name(name) for name, unit in names]
    total = Counter(masks)
    seen: Counter[str] = Counter()
    numbered = []
    for mask in masks:
        seen[mask] += 1
        numbered.append(f"{mask}{seen[mask]}" if total[mask] > 1 else mask)
    return numbered


def mask_phone(number: str) -> str:
    """Keep the last four digits; nothing of a number too short for that, or of an address."""
    digits = "".join(char for char in number if char in "0123456789")
    if "@" in number or len(digits) < _PHONE_DIGITS:
        return "*" * 11
    return "*" * 7 + digits[-_SHOWN:]


def mask_id_number(number: str) -> str:
    """Keep the last four characters: 证件尾号 002X (6+4 would give the whole number away)."""
    if len(number) < _ID_LENGTH:
        return "证件号已登记"
    return f"证件尾号 {number[-_SHOWN:]}"


def mask_address(address: str) -> str:
    """Keep an address down to the county and the town: 甲省乙县丙镇; else 某地."""
    found = _DISTRICT.match(unicodedata.normalize("NFKC", address).strip())
    return found[0] if found else "某地"


def _is_selector(char: str) -> bool:
    """Whether a character only chooses a glyph variant of the one before it."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
