"""What the register goes by: rules, clocks, works of law, and how the office reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xinfang.clocks import Clock
from xinfang.law import works
from xinfang.model import Office
from xinfang.model.office import Policy
from xinfang.pages.frame import Frame
from xinfang.rules import all_rules


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the catalogues of rules, clocks and works, and the office's readings."""
    clocks = frame.register.clocks
    cited = _cited_by(clocks)
    yield (
        "basis/rules.md",
        frame.page("rules.md", root="../", rules=all_rules(), works=works()),
    )
    yield "basis/clocks.md", frame.page("clocks.md", root="../", clocks=clocks)
    yield (
        "basis/works.md",
        frame.page("works.md", root="../", works=works().values(), cited_by=cited),
    )
    yield (
        "basis/policy.md",
        frame.page("policy.md", root="../", policy=_policy(frame.office)),
    )


def _cited_by(clocks: Iterable[Clock]) -> Mapping[str, list[tuple[str, str]]]:
    """Say of each work which clocks and rules rest on it: (address, name)."""
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for clock in clocks:
        for citation in clock.basis:
            found[citation.work][f"clocks.html#{clock.id}", f"{clock.id} {clock.name}"] = None
    for rule in all_rules():
        for citation in rule.cites:
            found[citation.work][f"rules.html#{rule.slug}", rule.title] = None
    return {key: list(names) for key, names in found.items()}


def _policy(office: Office) -> list[tuple[str, str, Any]]:
    """List the house readings as configured: name, what it is about, value."""
    return [
        (str(field.alias), field.description or "", getattr(office.policy, name))
        for name, field in Policy.model_fields.items()
    ]
