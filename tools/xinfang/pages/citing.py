"""Where a citation leads on the site, and what rests on each place that is cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from xinfang.forms import forms
from xinfang.law import Citation, parse_citation, recognise, works
from xinfang.law.office_rules import clauses, readings
from xinfang.packaged import forms_folder
from xinfang.pages.markup import prose
from xinfang.register import Register
from xinfang.rules import all_rules

#: The 细则 has a page of its own, and so have the readings of the house.
OFFICE_RULES: Final = "细则"
READINGS: Final = "口径"
#: What may rest on a place, in the order in which lists tell it.
KINDS: Final = ("规则", "期限", "文书", "途径")
#: What the counting of days rests on, see :mod:`xinfang.clocks.counting`.
COUNTING: Final = ("民法典 201", "民法典 203", "民诉法 85")


@dataclass(frozen=True, slots=True)
class Use:
    """A rule, a clock or a paper that rests on a place.

    Attributes:
        kind: One of :data:`KINDS`.
        name: What a reader calls it.
        address: Where it stands, from the top of the site; empty where it has no page.
    """

    kind: str
    name: str
    address: str = ""


#: Work → place in it → what rests on it.
Uses = Mapping[str, Mapping[str, list[Use]]]


def address(citation: Citation | str) -> str:
    """Give the address of a citation from the top of the site; empty where it has none."""
    cited = _read(citation)
    if cited.work == OFFICE_RULES:
        return _anchored("basis/rule-text.html", cited.article, clauses())
    if cited.work == READINGS:
        return _anchored("basis/policy.html", cited.article, readings())
    return f"basis/works.html#{cited.work}" if cited.work in works() else ""


def full(citation: Citation | str) -> str:
    """Write a citation out, as papers do."""
    return _read(citation).full


def _read(citation: Citation | str) -> Citation:
    return parse_citation(citation) if isinstance(citation, str) else citation


def _anchored(page: str, place: str, known: Mapping[str, object]) -> str:
    return f"{page}#{place}" if place in known else page


def uses(register: Register) -> Uses:
    """Say of each place of each work what rests on it, every name once."""
    found: dict[str, dict[str, dict[Use, None]]] = defaultdict(lambda: defaultdict(dict))
    for citation, use in _all(register):
        found[citation.work][citation.article][use] = None
    return {
        work: {place: list(users) for place, users in places.items()}
        for work, places in found.items()
    }


def _all(register: Register) -> Iterator[tuple[Citation, Use]]:
    yield from _of_clocks(register)
    for rule in all_rules():
        for citation in rule.cites:
            yield citation, Use("规则", prose(rule.title), f"basis/rules.html#{rule.slug}")
    for form in forms(register.folder / "forms", forms_folder()).values():
        for text in form.basis:
            yield parse_citation(text), Use("文书", f"{form.id} {form.name}")
    for route in register.office.routes if register.office else ():
        for text in route.basis:
            if cited := recognise(text):
                yield Citation(cited.id, text.partition(" ")[2]), Use("途径", route.name)


def _of_clocks(register: Register) -> Iterator[tuple[Citation, Use]]:
    for clock in register.clocks:
        for citation in clock.basis:
            yield citation, Use("期限", f"{clock.id} {clock.name}", f"basis/clocks.html#{clock.id}")
    for text in COUNTING:
        yield parse_citation(text), Use("期限", "怎样计算", "basis/clocks.html#counting")
