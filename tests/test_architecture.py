"""Imports point one way; only the rooms meant for it write, start Git or open the sealed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "tools/xinfang"

#: Left to right only; a line may import the lines above it, never its own (DESIGN §2).
ORDER = [
    ["quickly", "compiled"],
    [
        "diagnostics",
        "errors",
        "packaged",
        "terminal",
        "icalendar",
        "fonts",
        "blank",
        "archival",
        "justify",
        "suppression",
    ],
    ["source", "law"],
    ["calendar"],
    ["model"],
    ["identity", "clocks", "typed"],
    ["entering"],
    ["formatting"],
    ["matter", "arrivals"],
    ["ledger"],
    ["retention", "selection", "tables", "due", "edits"],
    ["balance"],
    ["extract", "yearly", "statistics"],
    ["reports"],
    ["store"],
    ["register"],
    ["rules"],
    ["cache", "drafts", "sealed", "git"],
    ["check", "secrets_check", "history", "similar"],
    ["desk", "schema", "accountability", "demo"],
    ["forms", "webform", "landing"],
    ["editor"],
    ["documents"],
    ["issuing", "scan"],
    ["asking"],
    ["founding"],
    ["daily"],
    ["render", "report", "due_report", "daily_report"],
    ["exports", "pages", "volume", "fillable", "filled", "guide"],
    ["importing"],
    ["report_files", "intake", "handing"],
    ["rawhtml", "search_index"],
    ["site", "doctor"],
    ["cli"],
    ["__main__"],
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(file: Path) -> str:
    """The first-level module or package a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[str]:
    """Everything a file imports, also inside functions, as full names."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import hides where it points"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_has_its_place() -> None:
    rooms = {room(file) for file in MODULES} - {"__init__"}
    assert rooms <= set(RANK), f"give these a place in the order: {rooms - set(RANK)}"


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_one_way(file: Path) -> None:
    here = room(file)
    for name in imports(file):
        parts = name.split(".")
        if parts[0] != "xinfang" or len(parts) == 1 or parts[1] not in RANK or parts[1] == here:
            continue
        assert RANK[parts[1]] < RANK[here], f"{here} imports {parts[1]}"


def importers(*names: str) -> set[str]:
    return {
        room(file) for file in MODULES for name in imports(file) if name.startswith(tuple(names))
    }


def test_only_one_room_starts_git() -> None:
    assert importers("subprocess") <= {"git", "doctor", "cli", "site"}
    git = [f for f in MODULES if '"git"' in f.read_text("utf-8") and room(f) != "git"]
    assert {room(file) for file in git} <= {"doctor"}


def test_only_one_room_opens_what_is_sealed() -> None:
    assert importers("pyrage") == {"sealed"}
    assert "pages" not in importers("xinfang.sealed")
    assert "site" not in importers("xinfang.sealed")
    assert "ledger" not in importers("xinfang.sealed")
    assert "rules" not in importers("xinfang.sealed")
    assert "exports" not in importers("xinfang.sealed")


def test_nothing_but_the_command_line_prints_or_exits() -> None:
    for file in MODULES:
        if room(file) in {"cli", "__main__"}:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"print", "exit", "sys.exit", "click.echo"}, file


def test_nothing_but_the_command_line_asks_for_the_time() -> None:
    clock = {"date.today", "datetime.now", "datetime.today", "time.time", "datetime.utcnow"}
    for file in MODULES:
        if room(file) == "cli":
            continue
        calls = {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Call)
        }
        assert not calls & clock, f"{file} asks for the time"
