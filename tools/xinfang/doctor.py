"""What is installed, what is missing, and the command that mends it: facts as values."""

from __future__ import annotations

import ctypes.util
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

from xinfang.fonts import FACES, STACKS
from xinfang.render import APT, LIBRARIES


class Health(StrEnum):
    """How a fact stands."""

    GOOD = "正常"
    MISSING = "缺少"
    NOTE = "提示"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing looked at.

    Attributes:
        name: What.
        health: How it stands.
        detail: What was found.
        mend: The command or act that mends it; empty where nothing need be done.
    """

    name: str
    health: Health
    detail: str
    mend: str = ""


_LOWEST: Final = (3, 11)
_APT: Final = f"{APT} "
#: Library for ctypes → Debian package, what it is for.
_LIBRARIES: Final = {
    **{name: (package, "排版") for name, package in LIBRARIES.items()},
    "harfbuzz-subset": ("libharfbuzz-subset0", "快速打印,没有它每页慢约 40 倍"),
}
#: Program → Debian package, what it is for, whether the daily work needs it.
_PROGRAMS: Final = {
    "git": ("git", "登记册的历史", True),
    "age": ("age", "不用本工具打开封存文件", False),
    "chromium-headless-shell": ("chromium-headless-shell", "测试网站", False),
}


def facts(folder: Path, key_file: Path) -> Iterator[Fact]:
    """Look at everything; quick, and nothing heavy is imported.

    Args:
        folder: The register, whose output folder must be writable.
        key_file: Where the key is looked for.
    """
    yield _python()
    yield from _packages()
    for name, (package, use) in _LIBRARIES.items():
        yield _library(name, package, use)
    for name, (package, use, needed) in _PROGRAMS.items():
        yield _program(name, package, use, needed=needed)
    yield from _fonts()
    yield _key(key_file)
    yield _writable(folder)


def is_well(found: Iterable[Fact]) -> bool:
    """Whether nothing that the work needs is missing."""
    return all(fact.health is not Health.MISSING for fact in found)


def _python() -> Fact:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= _LOWEST:
        return Fact("Python", Health.GOOD, found)
    return Fact("Python", Health.MISSING, found, "请安装 Python 3.11 或更新的版本")


def _packages() -> Iterator[Fact]:
    """Hold the installed packages against the pins of the project."""
    wrong = []
    pins = [need.partition("==") for need in requires("xinfang") or [] if "extra" not in need]
    for name, _, pinned in pins:
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "未安装"
        if installed != pinned:
            wrong.append(f"{name} 应为 {pinned},现为 {installed}")
    if wrong:
        yield Fact("Python 组件", Health.MISSING, ";".join(wrong), "make build")
    else:
        yield Fact("Python 组件", Health.GOOD, f"{len(pins)} 个,版本与要求一致")


def _library(name: str, package: str, use: str) -> Fact:
    found = ctypes.util.find_library(name)
    if found:
        return Fact(f"lib{name}", Health.GOOD, found)
    return Fact(f"lib{name}", Health.MISSING, use, _APT + package)


def _program(name: str, package: str, use: str, *, needed: bool) -> Fact:
    if shutil.which(name):
        return Fact(name, Health.GOOD, use)
    return Fact(name, Health.MISSING if needed else Health.NOTE, f"没有;{use}", _APT + package)


def _fonts() -> Iterator[Fact]:
    """Say which family each style really resolves to, by fontconfig, as WeasyPrint does."""
    if shutil.which("fc-match") is None:
        yield Fact("字体", Health.MISSING, "没有 fontconfig", _APT + "fontconfig")
        return
    for style, families in STACKS.items():
        found = next((family for family in families if _has(family)), "")
        if not found:
            mend = "make build(或 " + _APT + "fonts-noto-cjk)"
            yield Fact(f"字体 {style}", Health.MISSING, f"{'、'.join(families)} 都没有", mend)
        elif found.startswith("Noto") and any(f.startswith("Fandol") for f in families):
            yield Fact(f"字体 {style}", Health.NOTE, f"{found}(没有 Fandol)", "make build")
        else:
            yield Fact(f"字体 {style}", Health.GOOD, found)


def _has(family: str) -> bool:
    query, wanted = (family, "%{family}")
    if family in FACES:
        query, wanted = (f":postscriptname={family}", "%{postscriptname}")
    done = subprocess.run(
        ["fc-match", "-f", wanted, query],  # noqa: S607 - taken from PATH
        capture_output=True,
        text=True,
        check=False,
    )
    return family in done.stdout.split(",")


def _key(key_file: Path) -> Fact:
    if key_file.exists():
        return Fact("密钥", Health.GOOD, str(key_file))
    mend = "需要打开封存信息时: xinfang keys new,或向保管人取得"
    return Fact("密钥", Health.NOTE, f"没有 {key_file}", mend)


def _writable(folder: Path) -> Fact:
    target = folder / "build" if (folder / "build").exists() else folder
    probe = target / ".xinfang-doctor"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return Fact("输出文件夹", Health.MISSING, f"{target.name} 不可写", "请检查权限和磁盘空间")
    free = shutil.disk_usage(target).free // 2**20
    return Fact("输出文件夹", Health.GOOD, f"可写,剩余 {free:,} MiB")
