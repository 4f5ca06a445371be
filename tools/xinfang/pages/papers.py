"""The papers of one matter: numbers given and voided, versions issued, and what may be printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from xinfang.forms import Form, follow
from xinfang.matter import Matter
from xinfang.model.steps import Issue, Rereview, Review, StepBase, VoidPaper
from xinfang.model.words import ReviewPhase


@dataclass(slots=True)
class PaperView:
    """A paper that has a number, was issued, or both.

    Attributes:
        name: Its name.
        number: Its document number; empty for a paper without one.
        day: Day of the step that gave the number, or of the first issue.
        issued: The versions that went out, the latest last.
        voided: The step that voided its number.
    """

    name: str
    number: str
    day: date
    issued: list[Issue] = field(default_factory=list)
    voided: VoidPaper | None = None


def papers(matter: Matter, forms: Mapping[str, Form]) -> list[PaperView]:
    """List the papers of a matter, the earliest first."""
    found: dict[object, PaperView] = {}
    for step, number in matter.numbered_papers:
        if not isinstance(step, Issue):
            found[number] = PaperView(_name(step), number, step.day)
    for step in matter.of(Issue):
        form = forms.get(step.form)
        number = step.number or (_number(form, step.ordinal, matter) if form else "")
        name = form.name if form else step.form
        key = number or (step.form, step.ordinal)
        found.setdefault(key, PaperView(name, number, step.day)).issued.append(step)
    for number, void in matter.voided.items():
        view = found.setdefault(number, PaperView(*_before(matter, number, void)))
        view.voided = void
    return sorted(found.values(), key=lambda view: (view.day, view.number))


def _name(step: StepBase) -> str:
    """Name the paper that a step gives a number."""
    if isinstance(step, (Review, Rereview)):
        return f"{step.KIND}{'意见书' if step.phase is ReviewPhase.OPINION else '受理通知'}"
    return getattr(step, "paper", None) or step.KIND


def _number(form: Form, ordinal: int, matter: Matter) -> str:
    """Find the number that a step of the case gives a paper."""
    subjects = form.subjects(matter)
    if form.number is None or ordinal > len(subjects):
        return ""
    spots = follow(form.number, matter, subjects[ordinal - 1])
    return next((str(spot.value) for spot in spots if not spot.is_empty), "")


def _before(matter: Matter, number: str, void: VoidPaper) -> tuple[str, str, date]:
    """Say what a number was given to before it was voided and the step corrected."""
    for step in matter.case.steps:
        if not isinstance(step, VoidPaper) and getattr(step, "number", None) == number:
            return _name(step), number, step.day
    return "文书", number, void.day


def possible(matter: Matter, forms: Iterable[Form]) -> list[Form]:
    """List what can be printed for an open matter as it stands and has not gone out yet."""
    if not matter.is_open:
        return []
    issued = {step.form for step in matter.of(Issue)}
    return [form for form in forms if form.id not in issued and form.applies_to(matter)]
