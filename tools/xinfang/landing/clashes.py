"""Two matters under one number, as when two clerks register at the same time in two clones.

The one that others have already, on the server, keeps the number; the other gets the next. What
Git holds in conflict is where both are found, so nothing is lost whatever stands in the folder.
After a rebase brought the registration behind, its later steps come to the old number too; they
find their case by its ``原编号``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from xinfang import git
from xinfang.desk import next_number
from xinfang.errors import XinfangError
from xinfang.landing.layout import layout
from xinfang.landing.merging import merge, same_matter
from xinfang.landing.renumbering import referring, renumbered
from xinfang.landing.trees import committed
from xinfang.model.fields import CASE_PATTERN
from xinfang.model.steps import Issue
from xinfang.register import CASES_FOLDER, Register
from xinfang.sealed import sealed_file

_CASE_FILE: Final = re.compile(rf"{CASES_FOLDER}/\d{{4}}/({CASE_PATTERN})\.yaml")
_SEALED_FILE: Final = re.compile(rf"sealed/\d{{4}}/({CASE_PATTERN})\.age")
_HERE, _THERE = 2, 3


class NumberTakenError(XinfangError):
    """The number asked for is not free."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} 已有事项,不能再用;不写 --to 就用下一个编号")


class WrongYearError(XinfangError):
    """The number asked for is of another year than the registration."""

    def __init__(self, number: str, year: int) -> None:
        super().__init__(f"{number} 不是 {year} 年的编号;这件事项是 {year} 年登记的")


class ContradictionError(XinfangError):
    """Steps of the renumbered case contradict each other."""

    def __init__(self, number: str, why: str) -> None:
        super().__init__(f"{number} 不能自动合并: {why}。请按提示先改好这个文件,再 git add")


@dataclass(frozen=True, slots=True)
class Renumbered:
    """One case that gets another number.

    Attributes:
        old: Its number so far.
        new: Its new number.
        papers: Papers already issued, which bear the old number.
    """

    old: str
    new: str
    papers: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What to write, whole files by their path relative to the register.

    Attributes:
        cases: The cases that get another number.
        writes: New contents.
        removals: Files whose content now stands elsewhere.
        mentions: Other files in which an old number still stands; somebody has to look.
    """

    cases: list[Renumbered] = field(default_factory=list)
    writes: dict[str, bytes] = field(default_factory=dict)
    removals: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)


def plan(register: Register, file: Path, to: str = "") -> Plan:
    """Plan to give one case another number.

    Args:
        register: The register.
        file: Its file.
        to: The new number; empty for the next one.

    Raises:
        NumberTakenError: The number is not free.
        WrongYearError: It is of another year.
        NotRenumberedError: The file cannot be taken apart.
    """
    old, case = file.stem, register.load(file).record
    year = case.registered.year if case is not None else int(old[3:7])
    new = to or next_number(register, year)
    if register.file_of(new).exists():
        raise NumberTakenError(new)
    if new[3:7] != str(year):
        raise WrongYearError(new, year)
    made = Plan()
    text = file.read_bytes().decode("utf-8")
    _place(made, register, text, old, new)
    made.removals.append(register.name_of(file))
    seal = sealed_file(register.folder, old)
    if seal.exists():
        made.writes[_seal_name(new)] = seal.read_bytes()
        made.removals.append(register.name_of(seal))
    for other in register.case_files():
        if other != file:
            _refer(made, register.name_of(other), other.read_bytes(), old, new)
    return made


def plan_clashes(register: Register) -> Plan:
    """Plan to part every two matters that a merge or a rebase found under one number.

    Raises:
        NotRenumberedError: A file cannot be taken apart.
        ContradictionError: Later steps of a case contradict what stands in it.
    """
    return _Clashes(register).planned()


class _Clashes:
    """Everything in conflict, and who keeps which number."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.folder = register.folder
        self.meeting = git.meeting(self.folder)
        self.conflicts = git.unmerged(self.folder)
        ids = {blob for stages in self.conflicts.values() for blob in stages.values()}
        self.contents = git.contents(self.folder, sorted(ids))
        self.plan = Plan()

    def planned(self) -> Plan:
        for path, stages in sorted(self.conflicts.items()):
            match = _CASE_FILE.fullmatch(path)
            if match and _HERE in stages and _THERE in stages:
                self._case(path, match[1], stages)
        for path, stages in sorted(self.conflicts.items()):
            match = _SEALED_FILE.fullmatch(path)
            if match and path not in self.plan.writes and _HERE in stages and _THERE in stages:
                self._seal(path, match[1], stages)
        return self.plan

    def _case(self, path: str, number: str, stages: Mapping[int, str]) -> None:
        texts = {
            stage: self.contents[blob].decode("utf-8", "replace") for stage, blob in stages.items()
        }
        base = texts.get(1, "")
        if not merge(base, texts[_HERE], texts[_THERE]).is_clash:
            return
        kept = self._kept(path, stages)
        moved = _HERE + _THERE - kept
        now = self._now_of(number, base or texts[moved])
        self.plan.writes[path] = self.contents[stages[kept]]
        if now:
            self._behind(now, number, base, texts[moved])
            return
        new = self._next(number)
        _place(self.plan, self.register, texts[moved], number, new)
        self._seal_with_case(number, new, kept)
        self._references(path, number, new, moved)

    def _kept(self, path: str, stages: Mapping[int, str]) -> int:
        """Tell which side keeps the number: the one that a server has; else the one here.

        Where servers have both, as when a draft was pushed, the branch that is pulled decides.
        """
        upstream = git.upstream(self.folder)
        for commits in ([upstream] if upstream else [], git.remote_commits(self.folder)):
            names = [f"{commit}:./{path}" for commit in commits]
            known = set(git.contents(self.folder, names).values()) if names else set()
            here, there = (self.contents[stages[stage]] in known for stage in (_HERE, _THERE))
            if here != there:
                return _HERE if here else _THERE
        return _HERE

    def _now_of(self, number: str, text: str) -> str:
        """Find the number that a matter got before, when it came under this one already."""
        cut = layout(text)
        for file in self.register.case_files():
            raw = file.read_bytes()
            if cut is None or number.encode() not in raw or file.stem == number:
                continue
            other = layout(raw.decode("utf-8", "replace"))
            former = other.data.get("原编号") if other is not None else None
            named = isinstance(former, list) and number in former
            if named and other is not None and same_matter(cut.data, other.data):
                return file.stem
        return ""

    def _behind(self, now: str, old: str, base: str, text: str) -> None:
        """Bring later steps of a matter to the number that it has now."""
        file = self.register.file_of(now)
        here = file.read_bytes().decode("utf-8")
        name = self.register.name_of(file)
        before, brought = (renumbered(t, now, name) if t else "" for t in (base, text))
        joined = merge(before, here, brought)
        if joined.refusals:
            raise ContradictionError(now, ";".join(joined.refusals))
        self.plan.writes[name] = joined.text.encode()
        self.plan.cases.append(Renumbered(old, now, ()))

    def _next(self, number: str) -> str:
        """Give the next number of the year that neither a file nor this plan has."""
        year = number[3:7]
        named = [case.new for case in self.plan.cases]
        # Commits of a rebase that are yet to come bring theirs.
        coming = committed(self.folder, self.meeting.whole).blobs if self.meeting else ()
        named += [match[1] for path in coming if (match := _CASE_FILE.fullmatch(path))]
        taken = [int(n[8:]) + 1 for n in named if n[3:7] == year]
        first = int(next_number(self.register, int(year))[8:])
        return f"XF-{year}-{max([first, *taken]):04d}"

    def _seal_with_case(self, number: str, new: str, kept: int) -> None:
        """Let each sealed file go with its case."""
        path = _seal_name(number)
        stages = self.conflicts.get(path)
        if stages and _HERE in stages and _THERE in stages:
            self.plan.writes[path] = self.contents[stages[kept]]
            self.plan.writes[_seal_name(new)] = self.contents[stages[_HERE + _THERE - kept]]
            return
        file = sealed_file(self.folder, number)
        heads = {_HERE: "HEAD", _THERE: self.meeting.other if self.meeting else "HEAD"}
        if file.exists() and not git.contents(self.folder, [f"{heads[kept]}:./{path}"]):
            # Only the one that moves has been sealed.
            self.plan.writes[_seal_name(new)] = file.read_bytes()
            self.plan.removals.append(path)

    def _seal(self, path: str, number: str, stages: Mapping[int, str]) -> None:
        """Part two sealed files whose cases are parted already."""
        moved = [
            file
            for file in self.register.case_files()
            if number in file.read_text("utf-8", "replace") and self._was(file, number)
        ]
        if len(moved) == 1:
            kept = self._kept(path, stages)
            self.plan.writes[path] = self.contents[stages[kept]]
            other = self.contents[stages[_HERE + _THERE - kept]]
            self.plan.writes[_seal_name(moved[0].stem)] = other
            self.plan.cases.append(Renumbered(number, moved[0].stem, ()))

    def _was(self, file: Path, number: str) -> bool:
        case = self.register.load(file).record
        return case is not None and number in case.former and file.stem != number

    def _references(self, path: str, old: str, new: str, moved: int) -> None:
        """Let what the same clerk wrote elsewhere name the new number too."""
        if self.meeting is None:
            return
        side = self.meeting.other if moved == _THERE else "HEAD"
        before, after = (committed(self.folder, c) for c in (self.meeting.base, side))
        for name in sorted(after.differs(before)):
            file = self.folder / name
            if name == path or name in self.conflicts or not file.is_file():
                continue
            if old.encode() not in (before.content(name) or b"") and _CASE_FILE.fullmatch(name):
                _refer(self.plan, name, file.read_bytes(), old, new)
        # What a rebase is yet to bring cannot be mended before it is there.
        coming = committed(self.folder, self.meeting.whole)
        later = coming.differs(after) if moved == _THERE else set()
        self.plan.mentions += sorted(later & coming.search((old,)) - {path})


def _place(made: Plan, register: Register, text: str, old: str, new: str) -> None:
    path = register.name_of(register.file_of(new))
    made.writes[path] = renumbered(text, new, register.name_of(register.file_of(old))).encode()
    made.cases.append(Renumbered(old, new, tuple(_papers(text))))


def _papers(text: str) -> Iterator[str]:
    """Name the papers of a case that went out already."""
    cut = layout(text)
    for step in cut.steps if cut is not None else ():
        if step.data.get("事项") == Issue.KIND:
            yield f"{step.data.get('文书', '')}({step.data.get('日期', '')})"


def _refer(made: Plan, path: str, raw: bytes, old: str, new: str) -> None:
    if old.encode() not in raw:
        return
    text = raw.decode("utf-8", "replace")
    mended = referring(text, old, new)
    if mended != text:
        made.writes[path] = mended.encode()
    if old in mended:
        made.mentions.append(path)


def _seal_name(number: str) -> str:
    return f"sealed/{number[3:7]}/{number}.age"
