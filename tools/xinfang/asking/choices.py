"""What can be chosen: people in their posts, departments, units, routes, bases, numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from xinfang.asking.questions import DECIDING, DEPARTMENTS, PEOPLE, Option, Question
from xinfang.law import works
from xinfang.matter import Matter
from xinfang.model import Office
from xinfang.model.office import Post
from xinfang.model.steps import Investigation
from xinfang.model.words import Category, Role
from xinfang.register import Register

_LEADERS: Final = (Role.HEAD, Role.DEPUTY, Role.OFFICE_HEAD)
_CLERKS: Final = (Role.CLERK, Role.OFFICE_HEAD)
#: So many bases used before in this register's case are offered.
_NO_CATEGORY: Final = ""


def with_choices(
    question: Question,
    register: Register,
    category: str = _NO_CATEGORY,
    matter: Matter | None = None,
) -> Question:
    """Offer what ``office.yaml`` and the case know for a field; something else may be typed."""
    office = register.office
    if question.options or office is None:
        return question
    key = next(part for part in reversed(question.path) if isinstance(part, str))
    found = _offered(key, register, office, category, matter)
    return replace(question, options=tuple(found)) if found else question


def _offered(
    key: str, register: Register, office: Office, category: str, matter: Matter | None
) -> list[Option]:
    if key in PEOPLE:
        return people(register, leaders_first=key in DECIDING)
    if key in DEPARTMENTS:
        return departments(office, category)
    table: dict[str, Callable[[], Iterable[Option]]] = {
        "单位": lambda: (Option(unit.name, unit.short) for unit in office.units[1:]),
        "途径": lambda: (Option(route.name, route.body) for route in office.routes),
        "接收": lambda: departments(office, Category.SEALED),
        "依据": lambda: _bases(matter),
        "证据": lambda: _evidence(matter),
        "受送达人": lambda: _parties(matter),
        "信访人": lambda: _parties(matter),
    }
    return list(table[key]()) if key in table else []


def people(register: Register, *, leaders_first: bool = False) -> list[Option]:
    """List who holds a post today: those first whom the field usually names."""
    office, first = register.office, _LEADERS if leaders_first else _CLERKS
    posts = [post for post in office.posts if post.holds_on(register.today)] if office else []

    def order(post: Post) -> int:
        return first.index(post.role) if post.role in first else len(first)

    return [Option(post.name, post.title) for post in sorted(posts, key=order)]


def departments(office: Office, category: str = _NO_CATEGORY) -> list[Option]:
    """List the departments, those in charge of a category first."""
    in_charge = [d for d in office.departments if category in d.categories]
    rest = [d for d in office.departments if d not in in_charge]
    return [
        *(Option(d.name, f"主管“{category}”") for d in in_charge),
        *(Option(d.name) for d in rest),
    ]


def _bases(matter: Matter | None) -> list[Option]:
    """List what this case already rests on, then the works that a paper may cite."""
    used = [
        basis
        for step in (matter.steps if matter else ())
        for answer in (step, *getattr(step, "answers", ()))
        for basis in getattr(answer, "basis", ())
    ]
    known = (work.title for work in works().values() if work.title)
    return [
        *(Option(b, "本件已引用") for b in dict.fromkeys(used)),
        *map(Option, dict.fromkeys(known)),
    ]


def _evidence(matter: Matter | None) -> list[Option]:
    found = [one for step in matter.of(Investigation) for one in step.evidence] if matter else []
    return [Option(one.number, one.name) for one in found]


def _parties(matter: Matter | None) -> list[Option]:
    return [Option(party.code, party.kind) for party in matter.case.parties] if matter else []
