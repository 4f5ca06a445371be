"""The pattern a new register is cut from: the sample's rules of the house, none of its names.

Which departments are usual, which series of numbers there are, which legal routes a project meets
and what the law says of each: all that stands once, in the sample's ``office.yaml``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Mapping
from functools import cache
from typing import Any, Final

from xinfang.model import Office, load_office
from xinfang.model.office import Department, LegalRoute
from xinfang.model.words import Category
from xinfang.packaged import sample_folder
from xinfang.register import OFFICE_FILE
from xinfang.source import read

#: What ends the name of a unit and is no part of its letters.
_ENDING: Final = re.compile(
    r"(?:工程)?(?:总承包)?(?:项目(?:经理)?部|指挥部|分公司|有限(?:责任)?公司|公司)$"
)
_LONGEST_LETTERS: Final = 4
#: Usual department → what the name of such a one has in it elsewhere.
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "劳务管理部": ("劳务", "人力", "人事", "劳资", "合同", "经营"),
    "财务部": ("财务",),
    "安全环保部": ("安全", "环保", "质安"),
    "物资设备部": ("物资", "设备", "物设", "材料"),
    "后勤管理部": ("后勤", "行政"),
    "纪检监察部": ("纪检", "监察", "监督"),
    "工程技术部": ("工程", "技术"),
}


@cache
def _pattern() -> Office:
    loaded = load_office(read(sample_folder() / OFFICE_FILE, OFFICE_FILE))
    assert loaded.record is not None, "the sample's office is sound"  # noqa: S101
    return loaded.record


def office_name() -> str:
    """Name of the department that is in charge of petitions."""
    return _pattern().office_department


def departments(names: Iterable[str] = ()) -> list[Department]:
    """Give the usual departments, or those of these names with the categories such a one has.

    The department in charge of petitions is always among them; a category that nobody would have
    goes to it.
    """
    usual = _pattern().departments
    taken: set[str] = set()
    made: list[dict[str, Any]] = []
    for name in names or [department.name for department in usual]:
        like = _like(name, taken)
        if like is not None:
            taken.add(like.name)
        aliases = _names(like) if like and name in _names(like) else ()
        made.append(
            {
                "名称": name,
                "别名": [alias for alias in aliases if alias != name],
                "主管类别": list(like.categories) if like else [],
            }
        )
    in_charge = next((m for m in made if office_name() in (m["名称"], *m["别名"])), None)
    if in_charge is None:
        in_charge = {"名称": office_name(), "别名": [], "主管类别": []}
        made.insert(0, in_charge)
    given = {category for one in made for category in one["主管类别"]}
    every = dict.fromkeys(category for d in usual for category in d.categories)
    # What is sealed is for discipline alone.
    left = [category for category in every if category not in (*given, Category.SEALED)]
    in_charge["主管类别"] += left
    return [Department.model_validate(one) for one in made]


def _like(name: str, taken: Container[str]) -> Department | None:
    """Find the usual department that one of this name stands for, each at most once."""
    free = [department for department in _pattern().departments if department.name not in taken]
    for department in free:
        if name in _names(department):
            return department
    words = {known: words for known, words in _WORDS.items() if any(w in name for w in words)}
    return next((department for department in free if department.name in words), None)


def _names(department: Department) -> tuple[str, ...]:
    return (department.name, *department.aliases)


def letters(short: str) -> str:
    """Derive the letters of a unit from its short name: what is left without 项目部, shortened."""
    rest = _ENDING.sub("", short) or short
    return rest[:_LONGEST_LETTERS]


def series(own: str) -> dict[str, str]:
    """Give the series of each kind of paper with these letters."""
    table = {str(paper): value for paper, value in _pattern().series.items()}
    theirs = os.path.commonprefix(list(table.values()))  # noqa: RUF071 - letters, no paths
    return {paper: own + value.removeprefix(theirs) for paper, value in table.items()}


def routes() -> tuple[LegalRoute, ...]:
    """Give the legal routes; their bodies, addresses and phones are invented, not to be used."""
    return tuple(_pattern().routes)
