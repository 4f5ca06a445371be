"""Set-up: everything is pinned, nothing names where it comes from, mends are named."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?: ; [^\\]+)? \\$", re.MULTILINE)
LINES = ("requirements.txt", "requirements-dev.txt")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, str]:
    found = PIN.findall((ROOT / file).read_text("utf-8"))
    assert len(found) == len(dict(found)), f"{file} pins a package twice"
    return {plain(name): version for name, version in found}


def asked(*needs: str) -> dict[str, str]:
    return {plain(name): version for name, _, version in (need.partition("==") for need in needs)}


def load_setup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("xinfang_setup", ROOT / "tools/setup/setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_part(small: Mapping[str, str], large: Mapping[str, str]) -> bool:
    return small.items() <= large.items()


# Pins


def test_what_is_asked_for_is_what_is_pinned() -> None:
    needs = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    assert is_part(asked(*needs), pins("requirements.txt"))
    assert is_part(asked(*PROJECT["dependency-groups"]["dev"]), pins("requirements-dev.txt"))


def test_both_files_agree() -> None:
    runtime, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: dev[name] for name in runtime.keys() & dev} == {
        name: runtime[name] for name in runtime.keys() & dev
    }


@pytest.mark.parametrize("file", LINES)
def test_every_line_is_a_pin_or_its_hash(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    others = [
        line
        for line in text.splitlines()
        if not PIN.match(line) and not re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    ]
    assert all(line.startswith(("#", "-r requirements.txt")) for line in others), others


def test_what_is_installed_here_is_what_is_pinned() -> None:
    wanted = pins("requirements-dev.txt") | pins("requirements.txt")
    here = {plain(found.metadata["Name"]): found.version for found in distributions()}
    wrong = {name: here[name] for name in wanted.keys() & here if here[name] != wanted[name]}
    assert wrong == {}


def test_no_file_says_where_packages_come_from() -> None:
    registry = re.compile(r"--(extra-)?index-url|--find-links|https?://\S+/simple\b|\S+\.whl#")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in done.stdout.decode().split("\0"):
        file = ROOT / name
        if not name or file == Path(__file__) or not file.is_file():
            continue
        assert not registry.search(file.read_text("utf-8", errors="replace")), name


def test_the_language_server_is_pinned_with_all_that_it_brings() -> None:
    folder = ROOT / "tools/setup/editor"
    asked_for = json.loads((folder / "package.json").read_text("utf-8"))["dependencies"]
    packages = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages.pop("")["dependencies"] == asked_for
    for name, package in packages.items():
        assert re.fullmatch(r"[\d.]+", package["version"]), name
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


# The package


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


def test_a_wheel_has_the_forms_templates_and_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (
        ("forms", "xinfang/_data/forms"),
        ("site_templates", "xinfang/_data/site_templates"),
        ("tools/xinfang", "xinfang"),
    ):
        files = [f for f in (ROOT / folder).rglob("*.*") if f.is_file() and f.suffix != ".pyc"]
        missing = {f"{inside}/{f.relative_to(ROOT / folder).as_posix()}" for f in files} - names
        assert missing == set()


def test_an_installed_wheel_works_away_from_the_repository(wheel: Path, tmp_path: Path) -> None:
    installed, register = tmp_path / "installed", tmp_path / "register"
    zipfile.ZipFile(wheel).extractall(installed)
    register.mkdir()
    shutil.copy(ROOT / "office.yaml", register)
    shutil.copytree(ROOT / "cases", register / "cases")

    def python(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=register,
            env={"PYTHONPATH": str(installed), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = python("-c", "from xinfang.packaged import forms_folder; print(forms_folder())")
    assert where.startswith(str(installed))
    python("-m", "xinfang", "render", "--blank")
    python("-m", "xinfang", "site")
    python("-m", "xinfang", "init", "new", "--yes")
    assert (register / "new/.vscode/schemas/case.schema.json").exists()
    assert list((register / "build/papers").rglob("*.pdf"))
    assert (register / "build/site/index.html").exists()


# The script


def test_what_is_missing_is_named_with_the_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    load_setup().tell_what_is_missing({"libpango-1.0-0": "排版"}, fonts=False)
    said = capsys.readouterr().out
    assert "libpango-1.0-0(排版)" in said
    assert "--no-install-recommends libpango-1.0-0\n" in said
    assert "sudo apt-get update && make setup" in said


def test_nothing_missing_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    load_setup().tell_what_is_missing({}, fonts=True)
    assert capsys.readouterr().out == ""


def test_without_apt_and_sudo_nothing_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    setup = load_setup()
    assert not setup.may_install()
    assert not setup.install_fandol()
    assert list(tmp_path.iterdir()) == []


def environment(folder: Path, *, pip: bool) -> Path:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    if pip:
        (next(folder.glob("lib/python*/site-packages")) / "pip").mkdir()
    return folder


def test_an_environment_is_sound_only_where_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = load_setup()
    made = environment(tmp_path / "made", pip=True)
    monkeypatch.setattr(setup, "VENV", made)
    assert setup.is_sound_venv()
    monkeypatch.setattr(setup, "VENV", made.rename(tmp_path / "moved"))
    assert not setup.is_sound_venv()


def test_an_interrupted_environment_is_not_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = load_setup()
    monkeypatch.setattr(setup, "VENV", environment(tmp_path / "made", pip=False))
    assert not setup.is_sound_venv()


def test_other_pins_mean_another_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = load_setup()
    lock = "tools/setup/editor/package-lock.json"
    (tmp_path / lock).parent.mkdir(parents=True)
    for name in ("pyproject.toml", *LINES, lock):
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    before = setup.stamp(tests=False), setup.stamp(tests=True)
    (tmp_path / "requirements-dev.txt").write_text("x", encoding="utf-8")
    assert setup.stamp(tests=False) == before[0]
    assert setup.stamp(tests=True) != before[1]


# The make targets


def test_make_alone_lists_every_target_a_person_needs() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^  make ([a-z-]+) +\S", done.stdout, re.MULTILINE)
    assert {"build", "test", "lint", "format", "bench", "schema", "serve", "doctor"} < set(listed)


def test_ci_calls_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    script = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert script == ["exec make test"]
