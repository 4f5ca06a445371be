"""The pattern a new register is cut from: the sample's rules of the house, none of its names.

Which departments are usual, which series of numbers there are, which legal routes a project meets
and what the law says of each: all that stands once, in the sample's ``office.yaml``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from xinfang.model import Office, load_office
from xinfang.model.office import Department, LegalRoute
from xinfang.packaged import sample_folder
from xinfang.register import OFFICE_FILE
from xinfang.source import read

#: What ends the name of a unit and is no part of its letters.
_ENDING: Final = re.compile(
    r"(?:工程)?(?:总承包)?(?:项目(?:经理)?部|指挥部|分公司|有限(?:责任)?公司|公司)$"
)
_LONGEST_LETTERS: Final = 4


@cache
def _pattern() -> Office:
    loaded = load_office(read(sample_folder() / OFFICE_FILE, OFFICE_FILE))
    assert loaded.record is not None, "the sample's office is sound"  # noqa: S101
    return loaded.record


def office_name() -> str:
    """Name of the department that is in charge of petitions."""
    return _pattern().office_department


def departments(names: Iterable[str] = ()) -> list[Department]:
    """Give the usual departments, or those of these names with their usual categories.

    A category that nobody would have goes to the department in charge of petitions.
    """
    usual = {
        known: department for department in _pattern().departments for known in _names(department)
    }
    bare = {"联络员": None, "电话": None}
    wanted = [
        usual.get(name, Department.model_validate({"名称": name})).model_dump(by_alias=True)
        | {"名称": name}
        | bare
        for name in (names or [d.name for d in _pattern().departments])
    ]
    if office_name() not in {name for made in wanted for name in (made["名称"], *made["别名"])}:
        wanted.insert(0, usual[office_name()].model_dump(by_alias=True) | bare)
    for made in wanted:
        known = _names(usual[made["名称"]]) if made["名称"] in usual else ()
        made["别名"] = [name for name in known if name != made["名称"]]
    given = {category for made in wanted for category in made["主管类别"]}
    left = [c for d in _pattern().departments for c in d.categories if c not in given]
    in_charge = next(m for m in wanted if office_name() in (m["名称"], *m["别名"]))
    in_charge["主管类别"] += [c for c in dict.fromkeys(left) if c not in in_charge["主管类别"]]
    return [Department.model_validate(made) for made in wanted]


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
