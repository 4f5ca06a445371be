"""Checking a register: every file, every rule, all cores; one broken file hides nothing."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from xinfang import rules
from xinfang.arrivals import read_arrival
from xinfang.cache import Cache, Remembered, open_cache, stamp
from xinfang.diagnostics import Finding, Level, Place
from xinfang.ledger import Entry
from xinfang.model import Case, Loaded
from xinfang.register import CASES_FOLDER, OFFICE_FILE, Register, open_register
from xinfang.source import read

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
        digests: SHA-256 of the bytes of each case file, by its path relative to the register.
    """

    findings: tuple[Finding, ...]
    entries: dict[str, Entry]
    files: int
    digests: Mapping[str, bytes] = field(default_factory=dict)


def check(
    register: Register,
    paths: Sequence[Path] = (),
    progress: Progress = lambda _count: None,
    *,
    remember: bool = True,
) -> Checked:
    """Check a register, or only some files or folders of it.

    Rules about all cases together run only when the whole register is checked; only then is
    what was found remembered for the next time.
    """
    if paths:
        return _check_some(register, paths, progress)
    files = register.case_files()
    cache = open_cache(register) if remember else Cache(Path())
    known = _check_all(register, files, cache, progress)
    if remember:
        cache.save(known)
    entries = {r.entry.number: r.entry for r in known.values() if r.entry is not None}
    findings = [finding for remembered in known.values() for finding in remembered.findings]
    findings += register.loaded.findings
    findings += _strays(register, files)
    findings += _books(register)
    findings += _inbox(register)
    if register.office is not None:
        findings += rules.check_office(register)
        findings += rules.check_entries(entries, register)
    digests = {name: remembered.digest for name, remembered in known.items()}
    return Checked(tuple(sorted(set(findings))), entries, len(files), digests)


def _check_some(register: Register, paths: Sequence[Path], progress: Progress) -> Checked:
    files = _expand(register, paths)
    found = list(_results(register, files, progress))
    findings = [finding for result in found for finding in result.findings]
    findings += register.loaded.findings
    if register.office is not None and any(path.name == OFFICE_FILE for path in paths):
        findings += rules.check_office(register)
    entries = {r.entry.number: r.entry for r in found if r.entry is not None}
    return Checked(tuple(sorted(set(findings))), entries, len(files))


def _check_all(
    register: Register, files: list[Path], cache: Cache, progress: Progress
) -> dict[str, Remembered]:
    """Check all files, those remembered with the same bytes without reading them as YAML."""
    known: dict[str, Remembered] = {}
    changed: list[Path] = []
    for file in files:
        name = register.name_of(file)
        before = cache.of(name, file)
        if before is None:
            changed.append(file)
        else:
            known[name] = before
    progress(len(known))
    for file, result in zip(changed, _results(register, changed, progress), strict=True):
        known[register.name_of(file)] = result
    return dict(sorted(known.items()))


def check_case(register: Register, loaded: Loaded[Case]) -> tuple[list[Finding], Entry | None]:
    """Check one case as loaded, and derive its ledger entry."""
    findings = list(loaded.findings)
    if loaded.record is None or register.office is None:
        return findings, None
    matter = register.matter(loaded.record, loaded.document.path)
    findings += rules.check_case(matter, loaded.document)
    return findings, Entry.of(matter)


def _books(register: Register) -> Iterator[Finding]:
    """Check the other books: assessed decisions and monthly inspections. They are few."""
    for decision in register.decisions:
        yield from decision.findings
        if decision.record is not None:
            yield from rules.check_decision(decision.record, register, decision.document)
    for inspection in register.inspections:
        yield from inspection.findings
        if inspection.record is not None:
            yield from rules.check_inspection(inspection.record, register, inspection.document)
    yield from rules.check_books(register)


def _inbox(register: Register) -> Iterator[Finding]:
    """Look at what waits to be registered: nobody's record yet, and so no error of the register."""
    for file in register.inbox_files():
        for finding in read_arrival(read(file, register.name_of(file)))[1]:
            yield replace(finding, level=max(finding.level, Level.WARNING))


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


def _results(register: Register, files: list[Path], progress: Progress) -> Iterator[Remembered]:
    """Check files one by one, or in as many processes as pay, in the order given."""
    workers = os.cpu_count() or 1
    if len(files) < _WORTH_A_PROCESS or workers == 1:
        for file in files:
            yield _result(register, file)
            progress(1)
        return
    remaining = iter(files)
    chunks = list(iter(lambda: tuple(islice(remaining, _CHUNK)), ()))
    rules.all_rules()  # once here, not once in each process
    start = partial(_start_worker, register.folder, register.today)
    with ProcessPoolExecutor(workers, initializer=start) as pool:
        for results in pool.map(_check_chunk, chunks):
            progress(len(results))
            yield from results


def _result(register: Register, file: Path) -> Remembered:
    before = stamp(file)
    loaded = register.load(file)
    findings, entry = check_case(register, loaded)
    return Remembered(before, loaded.document.digest, tuple(findings), entry)


class _Worker:
    """The register as a worker process opened it, once."""

    register: Register


def _start_worker(folder: Path, today: date) -> None:
    # A worker makes no reference cycles worth collecting and ends soon: collecting only costs.
    gc.disable()
    _Worker.register = open_register(folder, today, today)


def _check_chunk(files: tuple[Path, ...]) -> list[Remembered]:
    return [_result(_Worker.register, file) for file in files]


def _strays(register: Register, files: list[Path]) -> Iterable[Finding]:
    """Files below ``cases/`` that nobody would ever look at."""
    known = {*map(str, (*files, *register.decision_files(), *register.inspection_files()))}
    for folder, _, names in os.walk(register.folder / CASES_FOLDER):
        for own in names:
            path = f"{folder}{os.sep}{own}"
            if path in known or own.startswith(".") or not os.path.isfile(path):  # noqa: PTH113
                continue
            name = register.name_of(Path(path))
            yield Finding(
                Place(name),
                Level.WARNING,
                "stray-file",
                "不是事项、评估或排查文件,不会被读取",
                "事项文件放在 cases/年份/编号.yaml;其他文件请移出 cases",
            )
