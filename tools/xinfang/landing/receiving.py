"""What a server may not take in when somebody pushes.

For the state at the end the rules count. For what gives somebody away every commit on the way
counts: once pushed, it is in every copy for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

from xinfang import git
from xinfang.diagnostics import Finding, Level, Place
from xinfang.identity import Leaks
from xinfang.landing import guard, plain
from xinfang.landing.trees import committed
from xinfang.model import Office

_BRANCH: Final = "refs/heads/"
_TAG: Final = "refs/tags/"
#: So many commits are read at once.
_CHUNK: Final = 100
_NOBODY: Final = Leaks(())
#: What was committed and not pushed can be committed anew as if it had not been.
_AGAIN: Final = "请先 git reset --soft 远端分支(如 origin/main),改好后重新提交"


@dataclass(frozen=True, slots=True)
class Update:
    """One line of what Git tells the hook: where a branch or tag pointed, where it shall point.

    Attributes:
        old: Id of an object; empty for a new branch.
        new: Id of an object; empty for one that is taken away.
        ref: Full name of the branch or tag.
    """

    old: str
    new: str
    ref: str


def updates(told: str) -> list[Update]:
    """Read what Git tells the hook."""
    lines = [line.split(maxsplit=2) for line in told.splitlines() if line.strip()]
    return [Update(*(part if part.strip("0") else "" for part in line)) for line in lines]


def refused(folder: Path, told: Sequence[Update], today: date, prefix: str = "") -> list[Finding]:
    """List what keeps a push out.

    Args:
        folder: The repository that is pushed to, usually a bare one.
        told: What the push would change.
        today: The day.
        prefix: Folder of the register inside the repository, ending in ``/``; empty for its root.
    """
    main = git.answer(folder, "symbolic-ref", "-q", "HEAD").strip()
    found: list[Finding] = []
    for update in told:
        found += _ref_faults(folder, update, main)
    if found:
        return found
    tips = {update: _commit(folder, update.new) for update in told if update.new}
    offices = [guard.office_of(committed(folder, main, prefix), today)] if main else []
    for update, tip in tips.items():
        if update.ref.startswith(_BRANCH):
            base = _base(folder, update, tip, main)
            before, after = committed(folder, base, prefix), committed(folder, tip, prefix)
            offices.insert(0, guard.office_of(after, today))
            said = git.answer(folder, "log", "--format=%B", tip, *([f"^{base}"] if base else []))
            found += guard.compare([before], after, guard.day_of(after, today), said)
    office = next(filter(None, offices), None)
    found += _on_the_way(folder, list(tips.values()), prefix, office)
    found += _tags(folder, list(tips), office)
    return sorted(plain.once(found))


def _ref_faults(folder: Path, update: Update, main: str) -> Iterator[Finding]:
    """Yield what is wrong with a change whatever it holds."""
    place = Place(update.ref.removeprefix(_BRANCH).removeprefix(_TAG))
    if update.new and not _commit(folder, update.new):
        yield _refusal(place, "push-no-commit", "指向的不是提交", "只能推送提交")
    if update.ref != main or not update.old:
        return
    if not update.new:
        yield _refusal(place, "push-deletes", "登记册的主分支不能删除", "请不要删除主分支")
    elif not git.is_ancestor(folder, update.old, update.new):
        yield _refusal(
            place,
            "push-rewrites",
            "推送会改写已经推送过的登记",
            "请先 git pull 合并,再 git push;不要用 --force",
        )


def _commit(folder: Path, name: str) -> str:
    return git.answer(folder, "rev-parse", "-q", "--verify", f"{name}^{{commit}}").strip()


def _base(folder: Path, update: Update, tip: str, main: str) -> str:
    """Find the commit that counts as the old state: where the main branch stood.

    Another branch is a draft: what it changes is held against what it left the main branch with.
    """
    if update.ref == main:
        return update.old
    base = git.answer(folder, "merge-base", main, tip).strip() if main else ""
    return base or update.old


def _on_the_way(
    folder: Path, tips: Sequence[str], prefix: str, office: Office | None
) -> Iterator[Finding]:
    """Look at every commit that is new here: each file it changed, and its message."""
    if office is None:
        return  # an office.yaml that cannot be read is refused already
    commits = git.arriving(folder, tips)
    for start in range(0, len(commits), _CHUNK):
        chunk = commits[start : start + _CHUNK]
        ids = {i for c in chunk for f in c.changes for i in (f.after, *f.before) if i}
        contents = git.contents(folder, sorted(ids))
        for commit in chunk:
            for change in commit.changes:
                if change.path.startswith(prefix) and change.after:
                    yield from _file(commit, change, contents, prefix, office)
    for name, message in git.messages_arriving(folder, tips):
        for finding in plain.in_message(Place(f"提交 {name[:8]}"), message, office, _NOBODY):
            yield replace(finding, mend=f"{finding.mend};{_AGAIN}")


def _file(
    commit: git.Commit,
    change: git.FileChange,
    contents: dict[str, bytes],
    prefix: str,
    office: Office,
) -> Iterator[Finding]:
    path, raw = change.path.removeprefix(prefix), contents.get(change.after, b"")
    found = guard.unsealed(path, raw)
    if not office.register_.sample:
        found = chain(found, guard.key_inside(path, raw))
    if guard.is_text(path):
        before = {
            line
            for blob in change.before
            for line in contents.get(blob, b"").decode("utf-8", "replace").splitlines()
        }
        text = raw.decode("utf-8", "replace")
        found = chain(found, plain.in_text(path, text, office, _NOBODY, before))
    for finding in found:
        yield replace(finding, message=f"{finding.message}(提交 {commit.id[:8]})", mend=_AGAIN)


def _tags(folder: Path, told: Sequence[Update], office: Office | None) -> Iterator[Finding]:
    """Look at what is written on tags."""
    tagged = [update for update in told if update.ref.startswith(_TAG)]
    contents = git.contents(folder, [update.new for update in tagged])
    for update in tagged if office is not None else ():
        said = contents.get(update.new, b"").decode("utf-8", "replace")
        if said.startswith("object ") and office is not None:
            place = Place(update.ref.removeprefix(_TAG))
            message = said.partition("\n\n")[2]
            yield from plain.in_message(place, message, office, _NOBODY)


def _refusal(place: Place, rule: str, message: str, mend: str) -> Finding:
    return Finding(place, Level.ERROR, rule, message, mend)
