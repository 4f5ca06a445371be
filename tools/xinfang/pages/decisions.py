"""The book of assessed decisions (重大决策风险评估): a list, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from xinfang.documents import books
from xinfang.model import Assessment
from xinfang.model.decision import CONSEQUENCES, MATRIX, Degree, Measure, RiskLevel
from xinfang.pages.frame import Frame

#: How a level is coloured; its word says the same.
TONES: Final = {RiskLevel.HIGH: "late", RiskLevel.MEDIUM: "near", RiskLevel.LOW: "good"}


@dataclass(frozen=True, slots=True)
class Late:
    """A measure of a decision that is overdue."""

    decision: Assessment
    measure: Measure
    days: int


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the list of decisions and a page for each."""
    found = sorted(
        books.decisions(frame.register), key=lambda decision: decision.number, reverse=True
    )
    yield (
        "decisions/index.md",
        frame.page(
            "decisions.md",
            root="../",
            decisions=found,
            late=_late(frame, found),
            risk_tones=TONES,
            degrees=tuple(Degree),
            matrix=MATRIX,
            consequences=CONSEQUENCES,
        ),
    )
    for decision in found:
        path = frame.register.path_of(decision)
        yield (
            f"decisions/{decision.number}.md",
            frame.page(
                "decision.md",
                root="../",
                decision=decision,
                path=path,
                risk_tones=TONES,
                consequence=CONSEQUENCES[decision.level],
                findings=frame.findings_by_file.get(path, ()),
            ),
        )


def _late(frame: Frame, decisions: list[Assessment]) -> list[Late]:
    """Every overdue measure, the latest first."""
    late = [
        Late(decision, measure, (frame.today - measure.due).days)
        for decision in decisions
        for _, _, measure in decision.measures()
        if decision.is_late(measure, frame.today)
    ]
    return sorted(late, key=lambda item: -item.days)
