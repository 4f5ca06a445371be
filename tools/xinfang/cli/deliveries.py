"""What was handed to ``xinfang intake``: files, those in folders, those in archives, one by one.

An archive is read in memory and nothing of it is ever unpacked, so that a name inside it leads
nowhere.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final

from xinfang.filled.reading import MAX_BYTES

_SUFFIXES: Final = frozenset({".yaml", ".yml", ".pdf", ".zip"})
#: So many files in one archive at most.
_MOST: Final = 500
_TOO_BIG: Final = f"大于 {MAX_BYTES // 1024 // 1024} MiB,未读取;请只交来件和可填写的表格"
_BROKEN: Final = "压缩包已损坏或加了密码,读不出来;请解开后再收"


@dataclass(frozen=True)
class Delivery:
    """One file that came.

    Attributes:
        name: What to call it: its name, and that of the archive it is in.
        raw: Its bytes; empty where it could not be read.
        file: Where it stands; None in an archive.
        trouble: Why it could not be read, as a Chinese sentence; empty where it was.
    """

    name: str
    raw: bytes = field(repr=False)
    file: Path | None
    trouble: str = ""


def deliveries(named: Iterable[Path]) -> Iterator[Delivery]:
    """Read files, one at a time: those named, and those in folders and archives that are named."""
    for path in named:
        if path.is_dir():
            inside = sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES)
            for file in inside:
                yield from _of(file)
        else:
            yield from _of(path)


def _of(file: Path) -> Iterator[Delivery]:
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode):
            yield Delivery(
                file.name, b"", file, "不是普通文件(是链接或文件夹),未读取;请给出文件本身"
            )
            return
        if status.st_size > MAX_BYTES:
            yield Delivery(file.name, b"", file, _TOO_BIG)
            return
        raw = file.read_bytes()
    except FileNotFoundError:
        yield Delivery(file.name, b"", file, "没有这个文件;请核对文件名和所在文件夹")
        return
    except OSError:
        yield Delivery(file.name, b"", file, "读不出来;请检查读取权限")
        return
    if raw.startswith(b"PK\x03\x04"):
        yield from _unpacked(file.name, raw)
    else:
        yield Delivery(file.name, raw, file)


def _unpacked(archive: str, raw: bytes) -> Iterator[Delivery]:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            entries = [entry for entry in packed.infolist() if _is_wanted(entry)]
            if not entries or len(entries) > _MOST:
                reason = "压缩包里没有来件或表格" if not entries else f"压缩包里超过 {_MOST} 个文件"
                yield Delivery(archive, b"", None, f"{reason};请解开后再收")
                return
            for entry in entries:
                yield _entry(packed, entry, f"{archive} › {_plain_name(entry)}")
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError):
        yield Delivery(archive, b"", None, _BROKEN)


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    hidden = path.name.startswith(".") or path.parts[:1] == ("__MACOSX",)
    return not entry.is_dir() and not hidden and path.suffix.lower() in _SUFFIXES - {".zip"}


def _plain_name(entry: zipfile.ZipInfo) -> str:
    """Give the last part of a name, without what would move the cursor of a terminal."""
    name = PurePosixPath(entry.filename.replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable())


def _entry(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Delivery:
    """Read one file of an archive; its stated size may lie, so no more than the limit is read."""
    try:
        with packed.open(entry) as inside:
            raw = inside.read(MAX_BYTES + 1)
    except (RuntimeError, zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
        return Delivery(name, b"", None, _BROKEN)
    if len(raw) > MAX_BYTES:
        return Delivery(name, b"", None, _TOO_BIG)
    return Delivery(name, raw, None)
