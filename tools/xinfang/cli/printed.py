"""What was printed before: the same page gives the same file, the same data the same papers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from xinfang import __version__
from xinfang.cache import program
from xinfang.diagnostics import Finding, Level, Place
from xinfang.render import Sheet
from xinfang.store import write_atomic


@dataclass(frozen=True, slots=True)
class Outcome:
    """What printing one matter, or the office's own papers, came to.

    Attributes:
        files: Papers that stand printed, relative to the folder of papers.
        findings: What stopped papers.
        changed: How many finals no longer say what the version that went out says.
        sealed: Whether some paper shows codes instead of names, for want of a key.
    """

    files: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    changed: int = 0
    sealed: bool = False


def digest_of(parts: Iterable[Path | str]) -> str:
    """Tell data from any other: the bytes of files, one absent told from an empty one; words."""
    whole = sha256(program())
    for part in parts:
        content = part if isinstance(part, str) else _content(part)
        whole.update(sha256(content.encode() if isinstance(content, str) else content).digest())
    return whole.hexdigest()


def _content(file: Path) -> bytes | str:
    try:
        return file.read_bytes()
    except OSError:
        return "absent"


class Memory:
    """From which page each file was printed, and from which data each matter's papers.

    Lies beside the papers; deleting it costs nothing but time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / ".printed.json"
        try:
            known = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            known = {}
        known = known if isinstance(known, dict) else {}
        self._pages: dict[str, str] = known.get("pages", {})
        self._matters: dict[str, dict[str, Any]] = known.get("matters", {})

    def holds(self, target: Path, sheet: Sheet) -> bool:
        """Whether a file stands that was printed from this page."""
        return target.exists() and self._pages.get(self._name(target)) == _digest(sheet)

    def keep(self, target: Path, sheet: Sheet) -> None:
        """Remember from which page a file was printed."""
        self._pages[self._name(target)] = _digest(sheet)

    def outcome(self, owner: str, data: str) -> Outcome | None:
        """Give what the same data came to; None where they changed or a paper is gone."""
        known = self._matters.get(owner)
        if known is None or known["data"] != data:
            return None
        if not all((self.folder / name).exists() for name in known["files"]):
            return None
        findings = tuple(map(_finding, known["findings"]))
        return Outcome(tuple(known["files"]), findings, known["changed"], known["sealed"])

    def keep_outcome(self, owner: str, data: str, outcome: Outcome) -> None:
        """Remember what some data came to."""
        self._matters[owner] = {"data": data, **asdict(outcome)}

    def save(self) -> None:
        """Write the memory down, without files that are gone."""
        pages = {name: at for name, at in self._pages.items() if (self.folder / name).exists()}
        known = {"pages": pages, "matters": self._matters}
        text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
        write_atomic(self._file, text.encode())

    def _name(self, target: Path) -> str:
        return target.relative_to(self.folder).as_posix()


def _digest(sheet: Sheet) -> str:
    return sha256(f"{__version__} {version('weasyprint')}\n{sheet}".encode()).hexdigest()


def _finding(data: dict[str, Any]) -> Finding:
    return Finding(
        Place(**data["place"]),
        Level(data["level"]),
        data["rule"],
        data["message"],
        data["mend"],
        tuple(data["cites"]),
    )
