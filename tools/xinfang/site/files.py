"""Files of the site on disk: written only where their bytes differ, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from xinfang.store import write_output


def put(folder: Path, address: str, text: str) -> bool:
    """Write a text below a folder; no where it stands there already."""
    return write_output(folder / address, text.encode())


def addresses(folder: Path) -> Iterator[str]:
    """All files below a folder, by their addresses."""
    start = len(str(folder)) + 1
    for inside, _, names in os.walk(folder):
        for name in names:
            yield f"{inside}{os.sep}{name}"[start:].replace(os.sep, "/")


def remove(folder: Path, stale: Iterable[str]) -> int:
    """Remove files, and folders that are empty then; gives the number of files."""
    count = 0
    for address in stale:
        file = folder / address
        file.unlink(missing_ok=True)
        count += 1
        if not any(file.parent.iterdir()):
            file.parent.rmdir()
    return count


def copy(source: Path, target: Path, names: Iterable[str]) -> None:
    """Have files in another folder too, as the same file where the disk can do that."""
    for name in names:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / name, place)
        except OSError:
            place.write_bytes((source / name).read_bytes())
