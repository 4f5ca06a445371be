"""Who the office is and who answers for what (机构与职责)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xinfang.law.office_rules import Clause, clauses, duties
from xinfang.model import Office
from xinfang.model.office import Department, Post, Unit
from xinfang.model.words import Role
from xinfang.pages.frame import Frame


@dataclass(frozen=True, slots=True)
class Desk:
    """A department, and who holds its posts today."""

    department: Department
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who answers for some clauses."""

    who: str
    clauses: tuple[Clause, ...]


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page of the office, its posts and its duties."""
    office = frame.office
    known = clauses()
    current = [post for post in office.posts if post.holds_on(frame.today)]
    yield (
        "departments/duties.md",
        frame.page(
            "duties.md",
            root="../",
            chain=_chain(office),
            leaders=[post for post in current if post.role in {Role.HEAD, Role.DEPUTY}],
            desks=[
                Desk(
                    department,
                    tuple(post for post in current if post.department == department.name),
                )
                for department in office.departments
            ],
            answerable=[
                Answerable(duty.who, tuple(known[place] for place in duty.clauses))
                for duty in duties()
            ],
        ),
    )


def _chain(office: Office) -> list[Unit]:
    """Follow the superiors upwards from our own unit; a circle ends where it closes."""
    chain: list[Unit] = []
    unit: Unit | None = office.own_unit
    while unit is not None and unit not in chain:
        chain.append(unit)
        unit = office.unit(unit.superior) if unit.superior else None
    return chain
