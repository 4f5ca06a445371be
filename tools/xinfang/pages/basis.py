"""What the register goes by: the catalogue of rules, and the register of works."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xinfang.diagnostics import Level
from xinfang.forms import forms
from xinfang.law import Citation, Work, works
from xinfang.law.office_rules import clauses, requirements
from xinfang.packaged import forms_folder
from xinfang.pages.citing import OFFICE_RULES, Use, Uses, uses
from xinfang.pages.frame import Frame
from xinfang.register import Register
from xinfang.rules import Rule, all_rules

#: Kinds of works in the order of the page, with their names there.
_KINDS: Final[Mapping[str, str]] = {
    "本单位": "本单位的制度和口径",
    "上级单位": "上级单位的制度",
    "信访": "信访工作的规定",
    "法律": "法律",
    "法规": "行政法规、部门规定和司法解释",
    "公文档案": "公文、标准和档案",
}
#: Rules that rest on no clause of the 细则.
_OTHER: Final = "其他依据"


@dataclass(frozen=True, slots=True)
class Part:
    """Rules of one part of the 细则, by the first clause that each rests on."""

    key: str
    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a work as papers write it, and what rests on it."""

    name: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A work with the places of it that are cited."""

    work: Work
    places: tuple[Place, ...]


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the catalogue of rules and the register of works."""
    yield (
        "basis/rules.md",
        frame.page(
            "rules.md",
            root="../",
            parts_of_rules=_parts(all_rules()),
            levels=Counter(rule.level for rule in all_rules()),
            all_levels=tuple(Level),
            works=works(),
            papers=_papers(frame.register),
            asked=requirements(),
        ),
    )
    yield (
        "basis/works.md",
        frame.page("works.md", root="../", groups=_groups(uses(frame.register))),
    )


def _parts(rules: Sequence[Rule]) -> list[Part]:
    """Group rules by parts of the 细则, each where its first citation of it leads."""
    groups: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        places = [cited.article for cited in rule.cites if cited.work == OFFICE_RULES]
        groups[places[0].partition("·")[0] if places else ""].append(rule)
    known = {key: clause.text for key, clause in clauses().items()}
    named = [Part(key, known[key], tuple(groups[key])) for key in known if key in groups]
    return [*named, Part("其他", _OTHER, tuple(groups[""]))]


def _papers(register: Register) -> Mapping[str, list[str]]:
    """Say of each rule which papers do not go out while it finds an error."""
    found: dict[str, list[str]] = defaultdict(list)
    for form in forms(register.folder / "forms", forms_folder()).values():
        for slug in form.rules:
            found[slug].append(f"{form.id} {form.name}")
    return found


def _groups(used: Uses) -> list[tuple[str, str, list[Listed]]]:
    """Group the works by kind: key, name, works."""
    groups: dict[str, list[Listed]] = defaultdict(list)
    for work in works().values():
        groups[work.kind].append(Listed(work, _places(work, used.get(work.id, {}))))
    return [(kind, name, groups[kind]) for kind, name in _KINDS.items()]


def _places(work: Work, places: Mapping[str, Sequence[Use]]) -> tuple[Place, ...]:
    cited = sorted(places, key=_in_order)
    return tuple(
        Place(Citation(work.id, place).place or "全文", tuple(places[place])) for place in cited
    )


def _in_order(place: str) -> tuple[int, str]:
    """Sort 9 before 23¶2, and parts in the order of the text."""
    known = list(clauses())
    if place in known:
        return known.index(place), place
    digits = "".join(c if c.isdigit() else " " for c in place).split()
    return int(digits[0]) if digits else 0, place
