"""What all tests share: the report of measured pages, gathered from every worker."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browser import program
from browsing import ROOT, copied, served
from playwright.sync_api import Browser, sync_playwright

from xinfang.cli.site import make_site
from xinfang.register import open_register

REPORT = ROOT / "build" / "geometry.txt"
TODAY = date(2026, 9, 16)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Write what was measured on paper to ``build/geometry.txt``; with ``-s`` also here."""
    reports: list[Any] = [
        r for kind in ("passed", "failed") for r in terminalreporter.getreports(kind)
    ]
    lines = sorted(
        str(value)[2:].partition(" |")[0] + "\t" + str(value)
        for report in reports
        for key, value in getattr(report, "user_properties", [])
        if key == "geometry" and getattr(report, "when", "") == "call"
    )
    if not lines:
        return
    shown = [line.partition("\t")[2] for line in lines]
    off = [line for line in shown if line.startswith("✗")]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(shown) + "\n", "utf-8")
    terminalreporter.section("版式尺寸")
    for line in shown if config.getoption("capture") == "no" else off:
        terminalreporter.line(line)
    terminalreporter.line(f"{len(shown)} 项尺寸,{len(off)} 项不合; 见 build/geometry.txt")


@pytest.fixture(scope="session")
def sample_site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample register, built once for all tests of a worker."""
    folder = copied(tmp_path_factory.mktemp("样例"), [])
    shutil.copytree(ROOT / "cases", folder / "cases", dirs_exist_ok=True)
    make_site(open_register(folder, TODAY, TODAY), folder / "build")
    return folder / "build" / "site"


@pytest.fixture(scope="session")
def sample_site(sample_site_folder: Path) -> Iterator[str]:
    """The same site served on this machine; gives its address."""
    with served(sample_site_folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium without a window."""
    with sync_playwright() as playwright:
        chromium = program()
        assert chromium, "a browser is set up by make test"
        opened_browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened_browser
        opened_browser.close()
