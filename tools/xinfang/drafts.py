"""What was typed and not yet written, kept in the user's own state folder and never in a register.

A draft holds answers to questions about a matter, word for word as they stand in a case file; who
somebody is is asked apart from them and never kept here.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from xinfang.diagnostics import KeyPath
from xinfang.store import write_atomic

_VERSION: Final = 1
_PRIVATE: Final = 0o700


@dataclass
class Draft:
    """Answers on their way.

    Attributes:
        file: Where they are kept.
        answers: Answers by the path of their value.
        path: Question that was being answered; empty for none.
        typed: What had been typed to it so far.
    """

    file: Path
    answers: dict[KeyPath, Any] = field(default_factory=dict)
    path: KeyPath = ()
    typed: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered or typed."""
        return not self.answers and not self.typed

    def keep(self) -> None:
        """Keep it for the next time; where the folder cannot be written it is kept no longer."""
        made = {
            "version": _VERSION,
            "answers": [[list(path), value] for path, value in self.answers.items()],
            "path": list(self.path),
            "typed": self.typed,
        }
        with suppress(OSError):
            self.file.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            write_atomic(self.file, json.dumps(made, ensure_ascii=False).encode())

    def discard(self) -> None:
        """Forget it."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)


def kept_drafts(register: Path, what: str) -> list[Draft]:
    """List the drafts of one thing (``new``, ``XF-2026-0007 转办``), the latest first."""
    try:
        files = sorted(_folder(register).glob(f"{what}.*.json"), key=_age)
    except OSError:
        return []
    return [draft for file in files if (draft := _read(file)) is not None]


def new_draft(register: Path, what: str) -> Draft:
    """Begin a draft beside those that are there."""
    folder, number = _folder(register), 1
    while (folder / f"{what}.{number}.json").exists():
        number += 1
    return Draft(folder / f"{what}.{number}.json")


def _age(file: Path) -> float:
    return -file.stat().st_mtime


def _read(file: Path) -> Draft | None:
    try:
        made = json.loads(file.read_text("utf-8"))
        answers = {tuple(path): value for path, value in made["answers"]}
        draft = Draft(file, answers, tuple(made["path"]), str(made["typed"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None if made.get("version") != _VERSION or draft.is_empty else draft


def _folder(register: Path) -> Path:
    """Folder of the drafts of a register: the user's own, readable by nobody else."""
    home = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    state = Path(home) if home else Path.home() / ".local" / "state"
    name = hashlib.sha256(str(register).encode()).hexdigest()[:16]
    return state / "xinfang" / "drafts" / name
