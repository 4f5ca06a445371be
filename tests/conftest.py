"""What all tests share: the report of measured pages, gathered from every worker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

REPORT = Path(__file__).resolve().parents[1] / "build" / "geometry.txt"


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
