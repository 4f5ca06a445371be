"""What a check found in each file the last time, so that only changed files are read again.

The cache lives in the user's own cache folder, never in the register, and holds what a check
derives: findings and ledger entries, no text of a case. It counts only for the same program,
the same ``office.yaml`` and the same day; a file counts only with the same bytes. Deleting it
costs nothing but time.

Whether a file still has the same bytes is seen as Git sees it: size, times and inode as they
were mean that nobody wrote to it, unless that was while the memory itself was written; then, and
when any of them differs, its bytes are read.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

from xinfang.diagnostics import Finding
from xinfang.ledger import Entry
from xinfang.quickly import by_fields
from xinfang.register import OFFICE_FILE, Register
from xinfang.store import write_atomic

#: Modified, changed (nanoseconds), size, inode of a file; empty for what is no plain file.
Stamp = tuple[int, ...]
#: Times of a file may be this coarse, in nanoseconds: two seconds on a memory card.
_COARSE: Final = 2_000_000_000


@by_fields
@dataclass(frozen=True, slots=True)
class Remembered:
    """What was found in one file.

    Attributes:
        stamp: How the file stood before it was read.
        digest: SHA-256 of the file's bytes.
        findings: What was found in it.
        entry: Its ledger entry; None where it made no record.
    """

    stamp: Stamp
    digest: bytes
    findings: tuple[Finding, ...]
    entry: Entry | None


@dataclass
class Cache:
    """The memory of one register on one day.

    Attributes:
        file: Where it is kept.
        known: What is remembered, by path relative to the register.
        since: When it was written, in nanoseconds.
        doubted: Whether the bytes of a remembered file had to be read.
    """

    file: Path
    known: dict[str, Remembered] = field(default_factory=dict)
    since: int = 0
    doubted: bool = False

    def of(self, name: str, file: Path) -> Remembered | None:
        """What is remembered of a file, if it still has the same bytes."""
        before = self.known.get(name)
        if before is None:
            return None
        now = stamp(file)
        if now and now == before.stamp and max(now[:2]) < self.since - _COARSE:
            return before
        self.doubted = True
        return replace(before, stamp=now) if before.digest == digest(file) else None

    def save(self, known: dict[str, Remembered]) -> None:
        """Keep what was found, unless nothing changed or the folder cannot be written."""
        if self.doubted or known != self.known:
            keep(self.file, known)


def open_cache(register: Register) -> Cache:
    """Open the memory of a register; empty when there is none or it is of another kind."""
    file = user_folder() / f"{_fingerprint(register)}.pickle"
    written = stamp(file)
    known = recall(file)
    return Cache(file, known, written[0]) if written and known else Cache(file)


def stamp(file: Path) -> Stamp:
    """How a file stands, without reading it."""
    try:
        status = os.lstat(file)
    except OSError:
        return ()
    if not S_ISREG(status.st_mode):
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def recall(file: Path) -> Any:  # noqa: ANN401 - whatever was kept
    """Read what :func:`keep` wrote; None when it is not there or not ours."""
    try:
        # Our own file in the user's own folder: nobody else can put an object into it.
        if file.stat().st_uid != _user():
            return None
        return _unpickled(file.read_bytes())
    except _BROKEN:
        return None


#: What reading something else than our own pickle may raise.
_BROKEN: Final = (
    OSError,
    pickle.UnpicklingError,
    EOFError,
    ValueError,
    TypeError,
    AttributeError,
    ImportError,
)


def _unpickled(content: bytes) -> Any:  # noqa: ANN401 - whatever was kept
    """Read a pickle; there is nothing to collect among values that were all just made."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        value = pickle.loads(content)  # noqa: S301 - our own file, see above
        gc.freeze()  # what was read stays until the end: no need to look at it again and again
        return value
    finally:
        if collecting:
            gc.enable()


def keep(file: Path, value: object) -> None:
    """Write a value for the next run; where the folder cannot be written, that run is slower."""
    with suppress(OSError):
        write_atomic(file, pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))


def digest(file: Path) -> bytes:
    """SHA-256 of a file's bytes; empty where it cannot be read or is a link."""
    try:
        return b"" if file.is_symlink() else hashlib.sha256(file.read_bytes()).digest()
    except OSError:
        return b""


def _fingerprint(register: Register) -> str:
    parts = (
        str(register.folder).encode(),
        str(register.today).encode(),
        digest(register.folder / OFFICE_FILE),
        program(),
    )
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]


@cache
def program() -> bytes:
    """Tell this version of the program from any other by its own files."""
    package = Path(__file__).parent
    files = sorted(f for kind in ("*.py", "*.yaml") for f in package.rglob(kind))
    summary = hashlib.sha256(sys.version.encode())
    for needed in ("chinesecalendar", "jinja2", "markdown"):  # they decide what is found and shown
        summary.update(f"{needed} {version(needed)}".encode())
    for file in files:
        status = file.stat()
        summary.update(f"{file}{status.st_size}{status.st_mtime_ns}".encode())
    return summary.digest()


def user_folder() -> Path:
    """Folder of the user for what can always be made anew."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(home) if home else Path.home() / ".cache") / "xinfang"


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0
