"""The one door to Git. Each function answers one question; nothing else starts ``git``."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xinfang.errors import XinfangError

#: Begins a variable that names one side of a merge by its id.
_SIDE: Final = "GITHEAD_"
#: Begins the line of a commit in a log; what Git itself prints there begins otherwise.
_COMMIT: Final = "\x01"


class GitError(XinfangError):
    """Git refused or is not there; its own words are for maintainers, our hooks' for clerks."""

    def __init__(self, action: str, words: str = "") -> None:
        told = "\n".join(f"  {line}" for line in words.splitlines() if ": 错误: " in line)
        reason = f",原因如下:\n{told}" if told else ";请手工提交或请维护人员查看"
        super().__init__(f"文件已写好,但 Git 未能完成“{action}”{reason}")


def commit(folder: Path, files: Sequence[Path], message: str) -> None:
    """Commit some files and nothing else.

    Args:
        folder: The register.
        files: The files.
        message: Case number and step; never a name.

    Raises:
        GitError: Git is missing, or refused.
    """
    names = list(map(str, files))
    _do(folder, "提交", "add", "--", *names)
    _do(folder, "提交", "commit", "-q", "-m", message, "--", *names)


class UncommittedError(XinfangError):
    """Something that a paper is made from is not yet committed."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"还没有提交到 Git: {'、'.join(names)};出具的文书要记下所依据的提交,请先提交再出具"
        )


def commit_of(folder: Path, names: list[str]) -> str | None:
    """Give the commit that holds some files as they are; None outside a repository.

    Args:
        folder: The register.
        names: Files and folders, relative to the register.

    Raises:
        UncommittedError: One of them differs from what was committed last, or never was.
    """
    head = _git(folder, "rev-parse", "--verify", "HEAD").strip()
    if not head:
        return None
    changed = _git(folder, "status", "--porcelain", "-z", "--untracked-files=all", "--", *names)
    if changed:
        raise UncommittedError(sorted({line[3:] for line in changed.split("\0") if line}))
    return head


def messages(folder: Path) -> list[str]:
    """All commit messages of the history, newest first; empty outside a repository."""
    return [m for m in _git(folder, "log", "-z", "--format=%B").split("\0") if m]


# History


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file in one commit.

    Attributes:
        path: Relative to the register.
        before: Its content in each parent of the commit, as ids; empty for a new file.
        after: Its content in the commit, as an id; empty where it was removed.
    """

    path: str
    before: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit that touched some files.

    Attributes:
        id: Its id.
        author: Name of the author.
        seconds: When the author recorded it, in seconds since 1970 (UTC). The author's time and
            not the committer's: a later rebase of the same work records nothing anew.
        changes: What it changed.
    """

    id: str
    author: str
    seconds: int
    changes: tuple[FileChange, ...]


def head(folder: Path) -> str:
    """Give the commit that is checked out; empty outside a repository and before the first."""
    return _git(folder, "rev-parse", "--verify", "-q", "HEAD").strip()


def parents_to_be(folder: Path) -> list[str]:
    """List the commits that what is staged comes from: two or more while a merge is finished."""
    heads = [head(folder)]
    merged = _git(folder, "rev-parse", "--git-path", "MERGE_HEAD").strip()
    file = folder / merged
    if merged and file.is_file():
        heads += file.read_text("ascii").split()
    # While Git itself makes a merge, it tells the hook the other side only by this.
    heads += [key[len(_SIDE) :] for key in os.environ if key.startswith(_SIDE)]
    return [name for name in dict.fromkeys(heads) if name]


def is_ancestor(folder: Path, earlier: str, later: str) -> bool:
    """Whether one commit is part of the history of another; no where one is not known."""
    return _ran(folder, "merge-base", "--is-ancestor", earlier, later)


def boundary(folder: Path) -> frozenset[str]:
    """Give the commits whose parents a shallow clone left out; none in a whole one."""
    name = _git(folder, "rev-parse", "--git-path", "shallow").strip()
    file = folder / name
    return frozenset(file.read_text("ascii").split()) if name and file.is_file() else frozenset()


def log(folder: Path, since: str = "") -> list[Commit]:
    """List all commits, the oldest first, with what they changed in the register.

    Asking for one folder only would take twice the time: Git then compares each commit twice.

    Args:
        folder: The register.
        since: Only commits that are not part of the history of this one; empty for all.
    """
    return _log(folder, f"{since}..HEAD" if since else "HEAD")


def arriving(folder: Path, tips: Sequence[str]) -> list[Commit]:
    """List the commits of a push that no branch or tag here has yet, the oldest first.

    Args:
        folder: The repository that is pushed to.
        tips: Commits that branches and tags are to point at.
    """
    return _log(folder, *tips, "--not", "--all") if tips else []


def messages_arriving(folder: Path, tips: Sequence[str]) -> list[tuple[str, str]]:
    """List the ids and messages of the commits of a push that no branch or tag here has yet."""
    told = ("log", "-z", "--format=%H%n%B", *tips, "--not", "--all")
    found = _git(folder, *told) if tips else ""
    parts = (one.partition("\n") for one in found.split("\0") if one)
    return [(name, message) for name, _, message in parts]


def _log(folder: Path, *revisions: str) -> list[Commit]:
    printed = _git(
        folder,
        "log",
        "--reverse",
        "--relative",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--no-show-signature",
        "-c",
        "-z",
        f"--format={_COMMIT}%H %at %aN",
        *revisions,
    )
    return list(_commits(iter(printed.split("\0"))))


def _commits(fields: Iterator[str]) -> Iterator[Commit]:
    """Read a log: for each commit its line, then for each file its modes and ids, and its path."""
    line, changes = "", list[FileChange]()
    for field in fields:
        # Git sets a new line or an empty field between a commit and its files.
        text = field.lstrip("\n")
        if text.startswith(":"):
            changes.append(_change(text, next(fields, "")))
        elif text.startswith(_COMMIT):
            if line:
                yield _commit(line, changes)
            line, changes = text, []
    if line:
        yield _commit(line, changes)


def _commit(line: str, changes: Sequence[FileChange]) -> Commit:
    name, seconds, author = line.removeprefix(_COMMIT).split(" ", 2)
    return Commit(name, author, int(seconds), tuple(changes))


def _change(line: str, path: str) -> FileChange:
    """Read ``:mode mode id id M``, with a colon, a mode and an id more for each further parent."""
    parents = len(line) - len(line.lstrip(":"))
    *before, after = line.split(" ")[parents + 1 : 2 * parents + 2]
    return FileChange(path, tuple(filter(_is_some, before)), after if _is_some(after) else "")


def _is_some(blob: str) -> bool:
    return bool(blob.strip("0"))


def contents(folder: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Read files as they are in the repository; what is not there is left out.

    Args:
        folder: The register.
        names: Ids of contents, or ``HEAD:./`` and a path.
    """
    asked = "".join(f"{name}\n" for name in names).encode()
    done = _run_raw(folder, asked, "cat-file", "--batch")
    found: dict[str, bytes] = {}
    rest = memoryview(done.stdout if done is not None else b"")
    for name in names:
        line, _, _ = bytes(rest[:200]).partition(b"\n")
        said = line.split(b" ")
        rest = rest[len(line) + 1 :]
        if said[-1].isdigit():
            found[name] = bytes(rest[: int(said[-1])])
            rest = rest[int(said[-1]) + 1 :]
    return found


def uncommitted(folder: Path, name: str) -> list[str]:
    """List the files of a folder that differ from what is checked out, or are in no commit.

    Args:
        folder: The register.
        name: The folder, relative to the register.
    """
    changed = _git(
        folder, "diff", "--relative", "--name-only", "--no-renames", "-z", "HEAD", "--", name
    )
    others = _git(folder, "ls-files", "--others", "-z", "--", name)
    return sorted({*changed.split("\0"), *others.split("\0")} - {""})


# Two sides that meet


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two lines of history that are being joined.

    Attributes:
        kind: ``merge``, ``rebase``, ``cherry-pick`` or ``revert``.
        base: The commit from which the other side went its way; empty where there is none.
        other: The commit that is brought in.
        whole: The last of those that are brought in one after the other; of a merge the other.
    """

    kind: str
    base: str
    other: str
    whole: str


#: What Git calls the commit that is brought in, and how the joining is finished.
_MEETINGS: Final = (
    ("rebase", "REBASE_HEAD"),
    ("cherry-pick", "CHERRY_PICK_HEAD"),
    ("revert", "REVERT_HEAD"),
    ("merge", "MERGE_HEAD"),
)


def meeting(folder: Path) -> Meeting | None:
    """Tell what is being joined; None where nothing is."""
    for kind, name in _MEETINGS:
        other = _commit_at(folder, name)
        if other and kind == "merge":
            return Meeting(kind, _git(folder, "merge-base", "HEAD", other).strip(), other, other)
        if other:
            whole = _commit_at(folder, "rebase-merge/orig-head") or other
            return Meeting(kind, _commit_at(folder, f"{other}^"), other, whole)
    return None


def _commit_at(folder: Path, name: str) -> str:
    return _git(folder, "rev-parse", "--verify", "-q", name).strip()


def finish(folder: Path, found: Meeting) -> bool:
    """Finish the joining once nothing is in conflict; no where the next commit conflicts.

    Raises:
        GitError: Git or one of its hooks refused.
    """
    told = ("commit", "-q", "--no-edit") if found.kind == "merge" else (found.kind, "--continue")
    try:
        _do(folder, "完成合并", "-c", "core.editor=true", *told)
    except GitError:
        if unmerged(folder):
            return False
        raise
    return True


def unmerged(folder: Path) -> dict[str, dict[int, str]]:
    """List the files in conflict: for each the ids of its contents.

    Under 1 what it was before, 2 what it is here, 3 on the other side; what a side does not have
    is left out.
    """
    found: dict[str, dict[int, str]] = {}
    for line in filter(None, _git(folder, "ls-files", "-u", "-z").split("\0")):
        told, _, path = line.partition("\t")
        _, blob, stage = told.split(" ")
        found.setdefault(path, {})[int(stage)] = blob
    return found


def remote_commits(folder: Path) -> list[str]:
    """List the commits that servers were last seen at."""
    return sorted(
        set(_git(folder, "for-each-ref", "--format=%(objectname)", "refs/remotes").split())
    )


def upstream(folder: Path) -> str:
    """Give the commit of the branch that is pulled here; empty where there is none."""
    return _commit_at(folder, "@{upstream}")


def is_pushed(folder: Path, commit: str) -> bool:
    """Whether a server was seen to have a commit."""
    return any(is_ancestor(folder, commit, there) for there in remote_commits(folder))


def stage(folder: Path, files: Sequence[Path]) -> None:
    """Take files into the next commit as they are, also those that are gone.

    Raises:
        GitError: Git refused.
    """
    there = [str(file) for file in files if file.exists()]
    gone = [str(file) for file in files if not file.exists()]
    if there:
        _do(folder, "暂存", "add", "--", *there)
    if gone:
        _do(folder, "暂存", "rm", "-q", "--cached", "--ignore-unmatch", "--", *gone)


def commit_staged(folder: Path, files: Sequence[Path], message: str) -> None:
    """Commit some files as they were staged, also those that are gone.

    Raises:
        GitError: Git is missing, or refused.
    """
    told = _git(
        folder, "diff", "--cached", "--name-only", "--no-renames", "--relative", "-z", "HEAD"
    ).split("\0")
    names = [str(file) for file in files if file in {folder / name for name in told}]
    _do(folder, "提交", "commit", "-q", "-m", message, "--", *names)


# For rooms that ask Git something of their own: trees, hooks

#: Variables of Git that say who somebody is and how the net is reached, never which repository.
_ALWAYS: Final = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_SSH", "GIT_CONFIG")
#: Names the index that is about to be committed, which is not always the usual one.
COMMITTING: Final = ("GIT_INDEX_FILE",)
#: Name the repository that is pushed to, and where what was pushed waits until it is taken in.
RECEIVING: Final = (
    "GIT_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
)
_HOOK: Final[ContextVar[Mapping[str, str]]] = ContextVar("_HOOK", default={})  # noqa: B039 - never changed


@contextmanager
def inside_hook(*kept: str) -> Iterator[None]:
    """Keep some of what Git told the hook that called us.

    Elsewhere its variables would point at another repository and are taken away. Paths are made
    absolute: Git told them for the folder in which it called the hook.
    """
    told = {key: os.environ[key] for key in kept if os.environ.get(key)}
    lists = {"GIT_ALTERNATE_OBJECT_DIRECTORIES"}
    token = _HOOK.set({k: v if k in lists else str(Path(v).resolve()) for k, v in told.items()})
    try:
        yield
    finally:
        _HOOK.reset(token)


def answer(folder: Path, *arguments: str) -> str:
    """Give what Git prints; empty where it refused or is not there."""
    return _git(folder, *arguments)


def succeeds(folder: Path, *arguments: str) -> bool:
    """Whether Git does it."""
    return _ran(folder, *arguments)


def stored(folder: Path, content: bytes) -> str:
    """Keep a content in the repository and give its id; empty where Git refused."""
    done = _run_raw(folder, content, "hash-object", "-w", "--stdin")
    return done.stdout.decode("ascii").strip() if done is not None else ""


def is_tracked(folder: Path, file: Path) -> bool:
    """Whether Git keeps a file, so that its removal has to be committed as well."""
    return _ran(folder, "ls-files", "--error-unmatch", "--", str(file))


def _git(folder: Path, *arguments: str) -> str:
    done = _run(folder, *arguments)
    return done.stdout if done is not None and done.returncode == 0 else ""


def _ran(folder: Path, *arguments: str) -> bool:
    done = _run(folder, *arguments)
    return done is not None and done.returncode == 0


def _do(folder: Path, action: str, *arguments: str) -> None:
    """Let Git do something, or say in the words of whoever refused why not."""
    done = _run_raw(folder, None, *arguments)
    if done is None or done.returncode != 0:
        raise GitError(action, done.stderr.decode("utf-8", "replace") if done else "")


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    done = _run_raw(folder, None, *arguments)
    if done is None:
        return None
    said = done.stdout.decode("utf-8", "replace")
    return subprocess.CompletedProcess(done.args, done.returncode, said)


def _run_raw(
    folder: Path, told: bytes | None, *arguments: str
) -> subprocess.CompletedProcess[bytes] | None:
    clean = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_") or key.startswith(_ALWAYS)
    } | dict(_HOOK.get())
    try:
        return subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments],  # noqa: S607 - git is found on PATH
            cwd=folder,
            env=clean,
            input=told,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
