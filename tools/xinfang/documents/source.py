"""The record behind a paper, to be embedded in its final: the case as far as the paper goes.

Identity is not in a case file, and so not in here. What happens after the paper changes
nothing: the record ends at the step that makes the paper what it is, so that printing a
paper again gives the same bytes however far its matter has gone on.
"""

from __future__ import annotations

from functools import lru_cache

from xinfang.forms import Form, follow
from xinfang.matter import Matter
from xinfang.model.steps import ABOUT_THE_FILE, Correction, StepBase
from xinfang.store import record_text, step_text

_STEPS = "办理"
_INDENT = 2


def source_of(form: Form, matter: Matter, step: StepBase | None) -> str:
    """Write the record that a paper was made from, as YAML with the keys of a case file."""
    end = _end(form, matter, step)
    head, steps = _written(matter)
    kept = [
        text
        for (index, found), text in zip(enumerate(matter.case.steps), steps, strict=True)
        if not isinstance(found, ABOUT_THE_FILE)
        and (end is None or index <= end or _mends(found, end))
    ]
    return f"{head}{_STEPS}:\n{''.join(kept)}" if kept else head


@lru_cache(maxsize=1)
def _written(matter: Matter) -> tuple[str, tuple[str, ...]]:
    """Write a case without its steps, and each step; once for all papers of a matter."""
    record = matter.case.model_dump(by_alias=True, exclude_unset=True)
    steps = record.pop(_STEPS, [])
    return record_text(record), tuple(step_text(step, _INDENT) for step in steps)


def _mends(step: StepBase, end: int) -> bool:
    """Whether a later correction changes what stands up to the end."""
    return isinstance(step, Correction) and step.step - 1 <= end


def _end(form: Form, matter: Matter, step: StepBase | None) -> int | None:
    """Find the index of the step that makes the paper; None for a record of the whole matter."""
    if step is not None:
        keys = [matter.at(step)]
    else:
        paths = [*form.dated_by, *([form.number] if form.number else [])]
        keys = [spot.keys for path in paths for spot in follow(path, matter) if not spot.is_empty]
    found = [key[1] for key in keys if key[:1] == (_STEPS,) and isinstance(key[1], int)]
    return max(found, default=None)
