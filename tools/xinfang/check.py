"""Checking a register: every file, every rule, all cores; one broken file hides nothing."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from xinfang import rules
from xinfang.diagnostics import Finding, Level, Place
from xinfang.ledger import Entry
from xinfang.model import Case, Loaded
from xinfang.register import CASES_FOLDER, OFFICE_FILE, Register, open_register

#: Below this many files a second process costs more than it saves.
_WORTH_A_PROCESS: Final = 300
_CHUNK: Final = 250

#: Called with the number of files done since the last call.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check.

    Attributes:
        findings: All findings, sorted.
        entries: Ledger entries of all sound cases, by number.
        files: How many case files were read.
    """

    findings: tuple[Finding, ...]
    entries: dict[str, Entry]
    files: int


@dataclass(frozen=True, slots=True)
class _Part:
    findings: tuple[Finding, ...]
    entries: tuple[Entry, ...]


def check(
    register: Register, paths: Sequence[Path] = (), progress: Progress = lambda _count: None
) -> Checked:
    """Check a register, or only some files or folders of it.

    Rules about all cases together run only when the whole register is checked.
    """
    whole = not paths
    files = register.case_files() if whole else _expand(register, paths)
    findings = list(register.loaded.findings)
    if register.office is not None and (whole or any(p.name == OFFICE_FILE for p in paths)):
        findings += rules.check_office(register)
    entries: dict[str, Entry] = {}
    for part in _parts(register, files, progress):
        findings += part.findings
        entries |= {entry.number: entry for entry in part.entries}
    if whole:
        findings += _strays(register, files)
        findings += rules.check_entries(entries, register)
    return Checked(tuple(sorted(set(findings))), entries, len(files))


def check_case(register: Register, loaded: Loaded[Case]) -> tuple[list[Finding], Entry | None]:
    """Check one case as loaded, and derive its ledger entry."""
    findings = list(loaded.findings)
    if loaded.record is None or register.office is None:
        return findings, None
    matter = register.matter(loaded.record, loaded.document.path)
    findings += rules.check_case(matter, loaded.document)
    return findings, Entry.of(matter)


def raise_overdue(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Make what is late an error, for a nightly job (DESIGN §4)."""
    return tuple(
        sorted(
            Finding(f.place, Level.ERROR, f.rule, f.message, f.mend, f.cites)
            if f.rule == "deadline-missed"
            else f
            for f in findings
        )
    )


def _expand(register: Register, paths: Sequence[Path]) -> list[Path]:
    files: dict[Path, None] = {}
    cases = register.folder / CASES_FOLDER
    for path in paths:
        if path.is_dir():
            below = [f for f in register.case_files() if path.resolve() in f.parents]
            files |= dict.fromkeys(below or sorted(path.glob("*.yaml")))
        elif path.name != OFFICE_FILE:
            absolute = path if path.is_absolute() else Path.cwd() / path
            files[absolute if cases in absolute.parents else absolute.absolute()] = None
    return list(files)


def _parts(register: Register, files: list[Path], progress: Progress) -> Iterable[_Part]:
    workers = os.cpu_count() or 1
    if len(files) < _WORTH_A_PROCESS or workers == 1:
        for file in files:
            yield _check_files(register, (file,))
            progress(1)
        return
    remaining = iter(files)
    chunks = list(iter(lambda: tuple(islice(remaining, _CHUNK)), ()))
    start = partial(_start_worker, register.folder, register.today)
    with ProcessPoolExecutor(workers, initializer=start) as pool:
        for chunk, part in zip(chunks, pool.map(_check_chunk, chunks), strict=True):
            progress(len(chunk))
            yield part


def _check_files(register: Register, files: Iterable[Path]) -> _Part:
    findings: list[Finding] = []
    entries: list[Entry] = []
    for _, loaded in register.matters(files):
        found, entry = check_case(register, loaded)
        findings += found
        if entry is not None:
            entries.append(entry)
    return _Part(tuple(findings), tuple(entries))


class _Worker:
    """The register as a worker process opened it, once."""

    register: Register


def _start_worker(folder: Path, today: date) -> None:
    # A worker makes no reference cycles worth collecting and ends soon: collecting only costs.
    gc.disable()
    _Worker.register = open_register(folder, today, today)


def _check_chunk(files: tuple[Path, ...]) -> _Part:
    return _check_files(_Worker.register, files)


def _strays(register: Register, files: list[Path]) -> Iterable[Finding]:
    """Files below ``cases/`` that nobody would ever look at."""
    known = set(files)
    for path in sorted((register.folder / CASES_FOLDER).rglob("*")):
        if path.is_file() and path not in known and not path.name.startswith("."):
            name = path.relative_to(register.folder).as_posix()
            yield Finding(
                Place(name),
                Level.WARNING,
                "stray-file",
                "不是事项文件,不会被读取",
                "事项文件放在 cases/年份/编号.yaml;其他文件请移出 cases",
            )
