"""Seal the identities of the sample register: ``python tools/sample/seal_samples.py``.

The 24 sample cases carry codes (A, B, …) only; who they are is made up here and sealed to
the recipients of ``office.yaml``. This script is the one place where the invented values
stand in clear. Every name is invented, every address lies in 甲省乙县丙镇, every phone comes
from one block of sample numbers and every code has the area 999999, which does not exist.

Sealing is not repeatable: age chooses a fresh key each time, so a new run changes every file
though the content stays the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, Final

from xinfang.identity import to_yaml
from xinfang.identity.values import credit_code_check_character
from xinfang.register import open_register
from xinfang.sealed import write_sealed

ROOT: Final = Path(__file__).parents[2]
_YEAR: Final = "2026"

_VILLAGES: Final = ("丁村一组", "戊村二组", "己村三组", "庚村四组")
_CAMP: Final = "甲省乙县丙镇青岚电站路1号施工营地"

#: Separator of names, U+00B7 (民委发〔2016〕33号).
_DOT: Final = "\u00b7"
#: More than 20 characters with two separators: the widest name a paper must hold.
_LONG_NAME: Final = _DOT.join(("阿布都克热木江", "图尔洪巴依", "赛买提别克夏依丹"))


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


@dataclass(frozen=True)
class People:
    """Who stands behind the codes of one case.

    Attributes:
        names: Names in the order of the codes A, B, ….
        lives: Whether they live in the village; otherwise in the workers' camp.
        others: Co-petitioners without a code.
    """

    names: tuple[str, ...]
    lives: bool = False
    others: tuple[str, ...] = ()


PEOPLE: Final[dict[int, People]] = {
    1: People(
        ("马大川", "谢长根", "丁有田", "彭石头", "袁满仓"),
        others=_names(
            "曹水生 邓春来 许根旺 傅金锁 沈土生 曾秋收 彭二柱 吕长河 苏铁牛 "
            "卢月明 蒋小满 蔡冬至 贾山娃 丁喜顺 魏老五 薛来福 叶青松 阎天佑"
        ),
    ),
    2: People(("姚秋禾",), lives=True),
    3: People(("汪静安",), lives=True),
    4: People(("任平生",)),
    5: People(("姜立业",)),
    6: People(("范知津",)),
    7: People(("方小舟",)),
    9: People(("石秀英",), lives=True, others=("石望海",)),
    11: People(("崔满堂",)),
    12: People(("谭守信",)),
    # The three of the welders whose remainder was not paid.
    13: People(("蒋小满", "蔡冬至", "贾山娃")),
    14: People(("陆有林",), lives=True),
    15: People(("侯望山",)),
    16: People(("邵长顺",)),
    17: People((_LONG_NAME,)),
    18: People(("孟桂兰", "白玉兰"), lives=True),
    19: People(("秦菜香",), lives=True),
    20: People(("江晓舟",)),
    21: People(("尹归乡",)),
    22: People(("常渔生",), lives=True),
    23: People(("史文秀",)),
    # Rare characters, a compound surname, and two names that are masked alike.
    24: People(
        ("张喆", "李祎", "龙\U0002cb4e"),
        others=("张翀", "欧阳堃", "欧阳\u4db5", "王\u36c3"),
    ),
}

#: The company of case 10.
COMPANY: Final = "甲省丙镇起重设备租赁有限公司"
_CODE_BODY: Final = "91" + "999999" + "MA0000010"

#: What the anonymous letter of case 8 says; sealed, because it is an accusation (条例 30).
ACCUSATION: Final = """\
来信未署名。反映某部室人员在2026年2月采购电缆桥架时,请供应商虚开数量并收取好处费,
附送货单照片两张。要求查清数量和价格,并保护写信人。
"""


def sealed_contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each case number with its content as it is written before sealing."""
    phone = _phones()
    for number in sorted({8, 10, *PEOPLE}):
        case = f"XF-{_YEAR}-{number:04d}"
        if number == 8:  # noqa: PLR2004 - the accusation
            yield case, {"编号": case, "信访人": {}, "内容": ACCUSATION}
        elif number == 10:  # noqa: PLR2004 - the company
            yield case, {"编号": case, "信访人": {"A": _company(phone)}}
        else:
            yield case, _content(case, number, PEOPLE[number], phone)


def _content(case: str, number: int, people: People, phone: Callable[[], str]) -> dict[str, Any]:
    content: dict[str, Any] = {
        "编号": case,
        "信访人": {
            chr(ord("A") + index): {
                "姓名": name,
                "住址": _address(number + index, lives=people.lives),
                "联系方式": [{"号码": phone(), "所有人": "本人"}],
            }
            for index, name in enumerate(people.names)
        },
    }
    if people.others:
        content["共同信访人"] = [{"姓名": name} for name in people.others]
    return content


def _company(phone: Callable[[], str]) -> dict[str, Any]:
    return {
        "姓名": COMPANY,
        "住址": "甲省乙县丙镇工业路3号",
        "联系方式": [{"号码": phone(), "所有人": "本人"}],
        "统一社会信用代码": _CODE_BODY + credit_code_check_character(_CODE_BODY),
    }


def _address(seed: int, *, lives: bool) -> str:
    if lives:
        return f"甲省乙县丙镇{_VILLAGES[seed % len(_VILLAGES)]}{seed}号"
    return f"{_CAMP}{seed % 5 + 1}号楼{seed + 100}室"


def _phones() -> Callable[[], str]:
    """Number from one block of sample phones; put together here so that none stands in clear."""
    serial = count(1)
    return lambda: f"199{0:04d}{next(serial):04d}"


def main() -> int:
    """Seal every sample; one file a case, each written whole."""
    register = open_register(ROOT, date.min)
    for case, content in sealed_contents():
        write_sealed(register, case, to_yaml(content))
    return 0


if __name__ == "__main__":
    sys.exit(main())
