"""Who recorded what in a case file when, as the register's Git history shows it.

One ``git log`` over all cases tells which commit touched which file; contents are read only to
see what changed in them. What was found is kept in the user's cache folder, so that the next
run reads only the commits that came since. Commit messages are not read: they could hold
anything, and what a file shows is what was recorded.
"""

from __future__ import annotations

import hashlib
import pickle
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from typing import Any, Final

from xinfang import git
from xinfang.cache import keep, program, recall, user_folder
from xinfang.model import Case
from xinfang.model.steps import STEP_TYPES
from xinfang.register import CASES_FOLDER, Register
from xinfang.source import read_text

#: The time of the office; China keeps no summer time.
SHANGHAI: Final = timezone(timedelta(hours=8))
#: A step whose kind the program does not know.
UNKNOWN: Final = "未知事项"
_STEPS: Final = "办理"
_FIELDS: Final = frozenset(str(item.alias) for item in Case.model_fields.values()) - {_STEPS}
_CASE_FILE: Final = re.compile(rf"{CASES_FOLDER}/\d{{4}}/[\w-]+\.yaml")
_STEPS_KEY: Final = re.compile(rf"^{_STEPS}:[ \t]*\n( *)- ", re.MULTILINE)
_TOP: Final = re.compile(r"^[^\s#-]", re.MULTILINE)
#: Contents read from Git at once: some megabytes.
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A step as it was when it was recorded.

    Attributes:
        number: Its number in the file, from 1.
        kind: 转办, 送达, …
        day: The day the file gives it; None where that cannot be read.
        corrects: The step that a correction names; 0 for other steps.
    """

    number: int
    kind: str
    day: date | None
    corrects: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """How one version of a case file differs from the one before; names, never values.

    Attributes:
        created: Whether the file is new.
        registered: Day of registration of a new file.
        removed: Whether the file is no more.
        unreadable: Whether one of the versions cannot be read, so that nothing was compared.
        merged: Whether two versions were brought together.
        steps: Steps that were added at the end.
        inserted: Numbers of steps that were added before others.
        edited: Numbers of earlier steps that say something else now.
        dropped: Numbers, as they were, of steps that are gone.
        fields: Names of other fields that say something else now.
        unknown: Whether a field changed that case files do not know.
    """

    created: bool = False
    registered: date | None = None
    removed: bool = False
    unreadable: bool = False
    merged: bool = False
    steps: tuple[RecordedStep, ...] = ()
    inserted: tuple[int, ...] = ()
    edited: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """One commit that changed a case file.

    Attributes:
        author: The author's name as committed.
        when: When the author recorded it, by the clock of the office.
        change: What changed.
    """

    author: str
    when: datetime
    change: Change

    def days_after(self, day: date) -> int:
        """Days from a day of business to the day of recording; negative when it came before."""
        return (self.when.date() - day).days


@dataclass(frozen=True, slots=True)
class History:
    """The history of all case files of a register, by path relative to it.

    Attributes:
        packed: What was committed, file by file; unpacked only where it is asked for, because
            that takes longer than all else once nothing new has come. Equal bytes tell the same.
        pending: What was written and not committed.
        whole: No where the clone is shallow, so that its beginning is missing.
    """

    packed: Mapping[str, bytes]
    pending: Mapping[str, Change]
    whole: bool = True

    def commits(self, path: str) -> tuple[Recorded, ...]:
        """Give what was committed of a file, the oldest first."""
        return _unpacked(self.packed.get(path))


def _unpacked(packed: bytes | None) -> tuple[Recorded, ...]:
    # Packed below, in this run or by a cache that is looked at before it is trusted.
    found: tuple[Recorded, ...] = pickle.loads(packed) if packed else ()  # noqa: S301
    return found


@dataclass(slots=True)
class _Memory:
    """What was read up to a commit.

    Attributes:
        head: The commit.
        boundary: Where the clone began then.
        packed: What was read.
    """

    head: str = ""
    boundary: frozenset[str] = frozenset()
    packed: dict[str, bytes] = field(default_factory=dict)


def history(register: Register, *, remember: bool = True) -> History | None:
    """Read the history of a register's cases; None where it is in no repository.

    Args:
        register: The register.
        remember: Whether to use and keep what was read; no in tests that must read all.
    """
    folder = register.folder
    head = git.head(folder)
    if not head:
        return None
    boundary = git.boundary(folder)
    file = _memory_file(folder)
    memory = _recalled(file, folder, head, boundary) if remember else _Memory(boundary=boundary)
    if memory.head != head:
        _read(folder, memory)
        memory.head = head
        if remember:
            keep(file, memory)
    return History(memory.packed, _pending(folder), whole=not boundary)


def _memory_file(folder: Path) -> Path:
    name = hashlib.sha256(b"\0".join((b"history", str(folder).encode(), program()))).hexdigest()
    return user_folder() / f"{name[:32]}.pickle"


def _recalled(file: Path, folder: Path, head: str, boundary: frozenset[str]) -> _Memory:
    """Give what is remembered, unless the history was rewritten since, or reaches back further."""
    memory = recall(file)
    if (
        isinstance(memory, _Memory)
        and memory.boundary == boundary
        and (memory.head == head or git.is_ancestor(folder, memory.head, head))
    ):
        return memory
    return _Memory(boundary=boundary)


def _read(folder: Path, memory: _Memory) -> None:
    """Read the commits that came since, and put them behind the others."""
    # What a shallow clone begins with seems to make every file; it says nothing about them.
    changes = (
        (commit, change)
        for commit in git.log(folder, memory.head)
        if commit.id not in memory.boundary
        for change in commit.changes
        if _CASE_FILE.fullmatch(change.path) and change.after not in change.before
    )
    found: dict[str, list[Recorded]] = {}
    counts: dict[str, int] = {}
    while some := list(islice(changes, _AT_ONCE)):
        wanted = {blob for _, change in some for blob in (*change.before, change.after) if blob}
        texts = {blob: _text(raw) for blob, raw in git.contents(folder, sorted(wanted)).items()}
        for commit, change in some:
            when = datetime.fromtimestamp(commit.seconds, SHANGHAI)
            made = _change(change, texts, counts)
            found.setdefault(change.path, []).append(Recorded(commit.author, when, made))
    for path, recorded in found.items():
        both = (*_unpacked(memory.packed.get(path)), *recorded)
        memory.packed[path] = pickle.dumps(tuple(sorted(both, key=lambda one: one.when)))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").replace("\r\n", "\n")


def _change(change: git.FileChange, texts: Mapping[str, str], counts: dict[str, int]) -> Change:
    """Compare a file with what it was; ``counts`` keeps the number of steps of each content."""
    if not change.after:
        return Change(removed=True)
    before = [texts.get(blob, "") for blob in change.before]
    after = texts.get(change.after, "")
    if len(before) == 1 and change.before[0] in counts:
        appended = _appended(before[0], after)
        if appended is not None:
            known = counts[change.before[0]]
            counts[change.after] = known + len(appended)
            return Change(steps=_recorded(enumerate(appended, known + 1)))
    found, count = _compared(before, after)
    if count is not None:
        counts[change.after] = count
    return found


def _appended(before: str, after: str) -> list[Any] | None:
    """Give the steps that were written behind everything else; None where that is not all.

    Nearly every change is of this kind. Reading the new lines alone saves nine tenths of the
    time that reading both files takes.
    """
    if not after.startswith(before) or not before.endswith("\n"):
        return None
    steps, tail = _STEPS_KEY.search(before), after[len(before) :]
    if steps is None or _TOP.search(before, steps.end()) or _TOP.search(tail):
        return None
    if not tail.startswith(f"{steps[1]}- "):
        return None
    found = read_text(f"{_STEPS}:\n{tail}", "").data.get(_STEPS)
    return found if isinstance(found, list) else None


def _compared(before: Sequence[str], after: str) -> tuple[Change, int | None]:
    """Compare whole files; gives also the number of steps in the new one, where that is known."""
    new = _data(after)
    olds = [_data(text) for text in before]
    if new is None:
        return Change(created=not before, unreadable=True), None
    steps = _list(new)
    if not olds:
        created = Change(
            created=True,
            registered=_day(new.get("登记")),
            steps=_recorded(enumerate(steps, 1)),
        )
        return created, len(steps)
    if None in olds:
        return Change(unreadable=True), len(steps)
    known = [old for old in olds if old is not None]
    changed = {
        key
        for key in {*new, *(key for old in known for key in old)} - {_STEPS}
        if all(old.get(key) != new.get(key) for old in known)
    }
    found = Change(
        **(_merged(known, steps) if len(known) > 1 else _edited(_list(known[0]), steps)),
        fields=tuple(key for key in new | known[0] if key in changed & _FIELDS),
        unknown=bool(changed - _FIELDS),
    )
    return found, len(steps)


def _merged(olds: Iterable[Mapping[str, Any]], steps: list[Any]) -> dict[str, Any]:
    """Find the steps that none of the merged versions had."""
    known = [step for old in olds for step in _list(old)]
    fresh = ((number, step) for number, step in enumerate(steps, 1) if step not in known)
    return {"merged": True, "steps": _recorded(fresh)}


def _edited(old: list[Any], new: list[Any]) -> dict[str, Any]:
    """Find what became of a list of steps: added behind, added or taken out before, changed."""
    inserted: list[int] = []
    edited: list[int] = []
    dropped: list[int] = []
    appended = len(new)
    matched = SequenceMatcher(None, [*map(repr, old)], [*map(repr, new)], autojunk=False)
    for tag, first, last, start, end in matched.get_opcodes():
        if tag == "equal":
            continue
        both = min(last - first, end - start)
        edited += range(start + 1, start + both + 1)
        dropped += range(first + both + 1, last + 1)
        if end == len(new):
            appended = start + both
        else:
            inserted += range(start + both + 1, end + 1)
    return {
        "steps": _recorded(enumerate(new[appended:], appended + 1)),
        "inserted": tuple(inserted),
        "edited": tuple(edited),
        "dropped": tuple(dropped),
    }


def _recorded(steps: Iterable[tuple[int, Any]]) -> tuple[RecordedStep, ...]:
    return tuple(_step(number, step) for number, step in steps)


def _step(number: int, step: Any) -> RecordedStep:  # noqa: ANN401 - whatever the file held
    if not isinstance(step, dict):
        return RecordedStep(number, UNKNOWN, None)
    kind, corrects = step.get("事项"), str(step.get("步骤"))
    return RecordedStep(
        number,
        kind if isinstance(kind, str) and kind in STEP_TYPES else UNKNOWN,
        _day(step.get("日期")),
        int(corrects) if kind == "更正" and re.fullmatch(r"[0-9]{1,4}", corrects) else 0,
    )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _data(text: str) -> dict[str, Any] | None:
    document = read_text(text, "")
    return document.data if document.readable else None


def _list(data: Mapping[str, Any]) -> list[Any]:
    steps = data.get(_STEPS)
    return steps if isinstance(steps, list) else []


def _pending(folder: Path) -> dict[str, Change]:
    """Compare the files as they stand with what was committed last."""
    paths = [path for path in git.uncommitted(folder, CASES_FOLDER) if _CASE_FILE.fullmatch(path)]
    names = {path: f"HEAD:./{path}" for path in paths}
    committed = git.contents(folder, list(names.values())) if names else {}
    found = {}
    for path, name in names.items():
        before = [_text(committed[name])] if name in committed else []
        try:
            after = _text((folder / path).read_bytes())
        except OSError:
            found[path] = Change(removed=True)
            continue
        found[path], _ = _compared(before, after)
    return found
