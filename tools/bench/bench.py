"""``make bench``: the figures of the README, all taken in one run on one machine.

Writes a synthetic register, then times, side by side: ``xinfang check`` cold and warm against
check-jsonschema with the exported schema on the same files; papers alone and in a batch against
headless Chromium printing the same HTML; the printed ledger; an old ledger imported; the site; and
the peak memory.
"""

from __future__ import annotations

import argparse
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from synthetic import ROOT, write_register

from xinfang.cli.papers import sheet_of
from xinfang.documents import Paper, Papers
from xinfang.packaged import forms_folder
from xinfang.register import open_register
from xinfang.render import pdf, pdfs

SEED = 7
TODAY = date(2026, 9, 16)
SITE_CASES = 1000
LEDGER_ROWS = 3000
IMPORTED_ROWS = 5000
PAPERS_ALONE = 20
READY_RUNS = 9
PAPERS_BATCH = 120
MEBIBYTE = 1024 * 1024


def seconds(arguments: Sequence[str | Path], cache: Path) -> float:
    """Wall seconds of a command as a whole process."""
    start = time.perf_counter()
    _end(_start(arguments, cache))
    return time.perf_counter() - start


def peak(arguments: Sequence[str | Path], cache: Path) -> float:
    """Peak memory of a command and all its children, in MiB.

    A run of its own: looking at the memory of a process slows it down.
    """
    process = _start(arguments, cache)
    peaks = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
    watcher.start()
    _end(process)
    watcher.join()
    return peaks[0]


def _start(arguments: Sequence[str | Path], cache: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        list(map(str, arguments)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONUTF8": "1"},
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end; findings (exit 1) are an outcome like any other."""
    if process.wait() not in {0, 1}:
        sys.exit(f"{process.args!r} ended with {process.returncode}")


def _watch(process: subprocess.Popen[bytes], peaks: list[float]) -> None:
    while process.poll() is None:
        peaks[0] = max(peaks[0], _memory(process.pid))
        time.sleep(0.2)


def _memory(session: int) -> float:
    """Proportional memory of all processes of a session, in MiB; shared pages count once."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) != session:
                continue
            lines = (folder / "smaps_rollup").read_text().splitlines()
        except (OSError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes in this process."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def say(what: str, figure: str, against: str = "") -> None:
    """Print one row of the table."""
    sys.stdout.write(f"| {what} | {figure} | {against} |\n")
    sys.stdout.flush()


def bench_check(register: Path, cache: Path) -> None:
    """Time ``check`` on the whole register and on one file."""
    files = sorted(register.glob("cases/*/*.yaml"))
    check: list[str | Path] = [sys.executable, "-m", "xinfang", "check", "-C", register]
    cold = seconds(check, cache)
    warm = seconds(check, cache)
    memory = peak([*check, "--fresh"], cache)
    validator = [sys.executable, "-m", "check_jsonschema", "--schemafile"]
    schema = ROOT / "schemas/case.schema.json"
    other = seconds([*validator, schema, *files], cache)
    one = statistics.median(seconds([*check, files[0]], cache) for _ in range(5))
    one_other = statistics.median(seconds([*validator, schema, files[0]], cache) for _ in range(5))
    count = f"{len(files):,}"
    say(
        f"`check` of {count} cases, cold",
        f"{cold:.2f} s, peak {memory:.0f} MiB",
        f"check-jsonschema {other:.1f} s ({other / cold:.1f} times as long)",
    )
    say(f"`check` of {count} cases, nothing changed since", f"{warm:.2f} s")
    say("`check FILE`, whole process", f"{one:.2f} s", f"check-jsonschema {one_other:.2f} s")


def composed(register: Path, wanted: str, count: int) -> list[Paper]:
    """Compose papers of one form."""
    opened = open_register(register, TODAY, TODAY)
    papers = Papers(forms_folder())
    form = papers.forms[wanted]
    found = (
        paper
        for _, loaded in opened.matters()
        if loaded.record is not None
        for matter in [opened.matter(loaded.record, loaded.document.path)]
        if form.applies_to(matter)
        for paper in papers.compose(form, matter)
        if paper.html is not None
    )
    return list(islice(found, count))


def bench_papers(register: Path, work: Path, form: str, pages: str) -> None:
    """Time finals alone and in a batch, against Chromium printing the same HTML."""
    papers = composed(register, form, PAPERS_BATCH)
    sheets = list(map(sheet_of, papers))
    htmls = [paper.stamped(None) for paper in papers]
    pdf(sheets[0])
    alone = statistics.median(timed(partial(pdf, sheet)) for sheet in sheets[:PAPERS_ALONE])
    batch = timed(lambda: list(pdfs(sheets))) / len(sheets)
    say(
        f"{form} ({pages}), alone, median of {PAPERS_ALONE}",
        f"{alone:.3f} s",
        f"Chromium, a process each {_chromium_alone(htmls[:5], work):.3f} s",
    )
    say(
        f"{form} ({pages}), in a batch of {len(htmls)}",
        f"{batch:.3f} s each",
        f"Chromium, one browser {_chromium_batch(htmls):.3f} s each",
    )


def bench_sample(work: Path, cache: Path) -> None:
    """Time all papers of the sample register, as whole processes."""
    register = work / "sample"
    shutil.copytree(ROOT / "cases", register / "cases")
    shutil.copytree(ROOT / "sealed", register / "sealed")
    shutil.copytree(ROOT / "keys", register / "keys")
    shutil.copy(ROOT / "office.yaml", register)
    render: list[str | Path] = [sys.executable, "-m", "xinfang", "render", "--all", "-C", register]
    cold = seconds(render, cache)
    count = len(list(register.glob("build/papers/**/*.pdf")))
    again = seconds(render, cache)
    say(
        f"`render --all`, {count} papers of the sample, cold",
        f"{cold:.1f} s; again, nothing changed, {again:.2f} s",
    )


def _chromium() -> str:
    """Give the program: the shell for work without a window, or the whole browser."""
    names = ("chromium-headless-shell", "chromium")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or sys.exit(f"chromium is missing: apt install {names[0]}")


def _chromium_alone(htmls: list[str], work: Path) -> float:
    chromium = _chromium()
    page = work / "page.html"

    def prints() -> None:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        profile = f"--user-data-dir={work / 'profile'}"
        target = f"--print-to-pdf={work / 'page.pdf'}"
        subprocess.run(
            [chromium, *flags, profile, target, page.as_uri()], capture_output=True, check=True
        )

    times = []
    for html in htmls:
        page.write_text(html, encoding="utf-8")
        times.append(timed(prints))
    return statistics.median(times)


def _chromium_batch(htmls: list[str]) -> float:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this needs it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        page = browser.new_page()

        def prints() -> None:
            for html in htmls:
                page.set_content(html)
                page.pdf(prefer_css_page_size=True)

        took = timed(prints)
        browser.close()
    return took / len(htmls)


def bench_asking(register: Path, work: Path) -> None:
    """Time from the start of ``new`` and ``step`` at a terminal until the first question."""
    file = max((register / "cases" / str(TODAY.year)).glob("*.yaml"))
    for arguments in (["new"], ["step", file.stem]):
        ready = statistics.median(_ready(register, work, arguments) for _ in range(READY_RUNS))
        say(f"`{arguments[0]}` at a terminal, ready to type", f"{ready:.2f} s")


def _ready(register: Path, work: Path, arguments: list[str]) -> float:
    start = time.perf_counter()
    pid, handle = pty.fork()
    if pid == 0:  # the child becomes the program
        os.chdir(register)
        environment = {**os.environ, "TERM": "xterm", "XDG_STATE_HOME": str(work)}
        os.execve(sys.executable, [sys.executable, "-m", "xinfang", *arguments], environment)  # noqa: S606
    shown = b""
    while "›".encode() not in shown:
        shown += os.read(handle, 65536)
    took = time.perf_counter() - start
    os.write(handle, b"\x03")  # Ctrl-C: nothing was typed, nothing is kept
    with suppress(OSError):  # the other side hangs up
        while os.read(handle, 65536):
            pass
    os.waitpid(pid, 0)
    return took


def bench_import(work: Path, cache: Path) -> None:
    """Time the import of an old ledger beside a register of the same size, as a whole process."""
    register, ledger = work / "imported", work / "old.xlsx"
    write_register(register, IMPORTED_ROWS, SEED)
    maker = ROOT / "tools/sample/old_ledger.py"
    seconds([sys.executable, "-m", "xinfang", "check", "-C", register], cache)  # as on every day
    seconds([sys.executable, maker, ledger, "--rows", str(IMPORTED_ROWS)], cache)
    took = seconds(
        [sys.executable, "-m", "xinfang", "import", ledger, "--write", "-C", register], cache
    )
    count = len(list(register.glob("sealed/2025/*.age")))
    say(
        f"`import` of an old ledger of {IMPORTED_ROWS:,} rows beside as many cases, writing too",
        f"{took:.1f} s; {count:,} imported, the rest with reasons",
    )


def bench_site(register: Path, work: Path) -> None:
    """Time the site of a small and of the whole register: from nothing, and with one step more."""
    small = work / "site"
    write_register(small, SITE_CASES, SEED)
    for folder in (small, register):
        count = f"{len(list(folder.glob('cases/*/*.yaml'))):,}"
        site: list[str | Path] = [sys.executable, "-m", "xinfang", "site", "-C", folder]
        cache = work / f"cache-{folder.name}"
        say(f"site of {count} cases, from nothing", f"{seconds(site, cache):.1f} s")
        seconds(site, cache)  # as on a day of work: what was written lies some time back
        with max(folder.glob("cases/*/*.yaml")).open("a", encoding="utf-8") as case:
            case.write("# 一处改动\n")
        again = seconds(site, cache)
        pages = folder.glob("build/site/cases/*/*.html")
        size = max(page.stat().st_size for page in pages) / 1000
        say(
            f"site of {count} cases, one of them changed",
            f"{again:.1f} s, peak {peak(site, cache):.0f} MiB; largest case page {size:.0f} KB",
        )


def bench_ledger(work: Path, cache: Path) -> None:
    """Time the printed ledger, as a whole process that reads every case afresh."""
    register = work / "ledger"
    write_register(register, LEDGER_ROWS, SEED)
    ledger: list[str | Path] = [sys.executable, "-m", "xinfang", "ledger", "-C", register]
    took = seconds([*ledger, "--format", "csv"], cache)
    printed = seconds([*ledger, "--format", "pdf"], cache)
    say(
        f"ledger of {LEDGER_ROWS:,} rows as PDF, whole process",
        f"{printed:.1f} s, peak {peak([*ledger, '--format', 'pdf'], cache):.0f} MiB",
        f"as CSV {took:.1f} s",
    )


def main() -> None:
    """Take all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    cases: int = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        register, cache = work / "register", work / "cache"
        written = timed(lambda: write_register(register, cases, SEED))
        sys.stdout.write(f"{cases:,} cases, seed {SEED}, written in {written:.1f} s; ")
        sys.stdout.write(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n\n")
        sys.stdout.write("| what | xinfang | side by side |\n|---|---|---|\n")
        bench_check(register, cache)
        bench_papers(register, work, "D08", "one page")
        bench_papers(register, work, "D14", "three pages")
        bench_sample(work, cache)
        bench_ledger(work, cache)
        bench_asking(register, work)
        bench_import(work, cache)
        bench_site(register, work)


if __name__ == "__main__":
    main()
