"""What the README says can be typed can be typed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
#: These ask questions or go on running; the tests of the command line and the site play them.
ASKS = {"new", "step", "seal", "serve"}


def commands(name: str) -> list[list[str]]:
    text = (ROOT / name).read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line]


def typed() -> list[list[str]]:
    found = [words for name in READMES for words in commands(name)]
    return [list(words) for words in dict.fromkeys(map(tuple, found))]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme") / "register"
    folder.mkdir()
    for name in ("cases", "sealed", "keys"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "office.yaml", folder)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.mark.parametrize("words", typed(), ids=" ".join)
def test_command_of_the_readme_works(words: list[str], register: Path) -> None:
    program, *arguments = words
    if program == "make":
        done = subprocess.run(
            ["make", "-n", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return
    assert program == ".venv/bin/xinfang"
    if arguments[0] in ASKS:
        arguments = [arguments[0], "--help"]
    done = subprocess.run(
        [sys.executable, "-m", "xinfang", *arguments],
        cwd=register,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", READMES)
def test_pictures_and_links_of_the_readme_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert len(targets) >= 2
    for target in targets:
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_the_promise_stands_in_the_readme(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "只对事项和决策评估,不对个人评分、画像、跟踪、列名单" in text
