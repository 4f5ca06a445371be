"""The one door to Git. Each function answers one question; nothing else starts ``git``."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from xinfang.errors import XinfangError


class GitError(XinfangError):
    """Git refused or is not there; its own words are for maintainers, ours for clerks."""

    def __init__(self, action: str) -> None:
        super().__init__(f"Git 未能完成“{action}”;文件已写好,请手工提交或请维护人员查看")


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
    if not _ran(folder, "add", "--", *names) or not _ran(
        folder, "commit", "-q", "-m", message, "--", *names
    ):
        raise GitError("提交")


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


def _git(folder: Path, *arguments: str) -> str:
    done = _run(folder, *arguments)
    return done.stdout if done is not None and done.returncode == 0 else ""


def _ran(folder: Path, *arguments: str) -> bool:
    done = _run(folder, *arguments)
    return done is not None and done.returncode == 0


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    # Variables of a hook that called us would point git at another repository.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    keep = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_SSH", "GIT_CONFIG")
    clean |= {key: value for key, value in os.environ.items() if key.startswith(keep)}
    try:
        return subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments],  # noqa: S607 - git is found on PATH
            cwd=folder,
            env=clean,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError:
        return None
