"""What makes Git safe in a clone: hooks, the merge driver, and which files it joins.

A hook is a script of a few lines for any POSIX shell, Git for Windows' own too; all it does is
to start ``xinfang hook …``. A hook that stood there before is kept beside it and runs first.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xinfang import git
from xinfang.errors import XinfangError
from xinfang.store import write_atomic

#: Lines of ``.gitattributes`` in every register.
ATTRIBUTES: Final = (
    "* text=auto eol=lf",
    "*.age binary",
    "/cases/[0-9]*/*.yaml merge=xinfang",
    "/sealed/[0-9]*/*.age merge=xinfang",
)
ATTRIBUTES_FILE: Final = ".gitattributes"
#: Hooks of a clone, in the order in which Git calls them.
CLONE_HOOKS: Final = ("pre-commit", "pre-merge-commit", "commit-msg")
#: Hooks of the repository that all clones push to.
SERVER_HOOKS: Final = ("pre-receive",)

#: What marks a hook as ours, whatever version wrote it.
_MARK: Final = "# xinfang hook:"
#: A hook that stood there before bears this ending.
_EARLIER: Final = ".before-xinfang"
_PROGRAM: Final = "xinfang.program"
#: Where in the repository the register stands, if not at its root.
_WHERE: Final = "xinfang.register"

_HEAD: Final = """\
#!/bin/sh
{mark} {hook}
# 由 xinfang hook install 写入;原有的钩子改名为 {name}{earlier},先于本钩子运行
"""
_FIND: Final = """\
program=$(git config --get {key} || echo xinfang)
command -v "$program" >/dev/null 2>&1 || program=xinfang
command -v "$program" >/dev/null 2>&1 || {{
  echo "找不到 xinfang 程序,Git 钩子 {hook} 无法检查。" >&2
  echo "请安装 xinfang,再在登记册文件夹运行 xinfang hook install" >&2
  exit 1
}}
"""
_EARLIER_FIRST: Final = """\
earlier="$0{earlier}"
if [ -x "$earlier" ]; then "$earlier" "$@" || exit $?; fi
"""
# What is pushed comes on the standard input, which can be read only once.
_EARLIER_TOLD: Final = """\
told=$(cat)
earlier="$0{earlier}"
if [ -x "$earlier" ]; then printf '%s\\n' "$told" | "$earlier" "$@" || exit $?; fi
"""
_RUN: Final = 'exec "$program" hook {hook} "$@"\n'
_RUN_TOLD: Final = 'printf \'%s\\n\' "$told" | "$program" hook {hook} "$@"\n'

_DRIVER: Final = '"$(git config --get xinfang.program || echo xinfang)" hook merge %O %A %B %P'
#: Settings of a clone: key, value, and whether one that is there already is left alone.
_SETTINGS: Final = (
    ("merge.xinfang.name", "xinfang: 合并两人对同一事项的登记", False),
    ("merge.xinfang.driver", _DRIVER, False),
    # A rebase writes history anew, step by step; a merge joins it once.
    ("pull.rebase", "false", True),
)


class NoRepositoryError(XinfangError):
    """The register is in no repository of Git."""

    def __init__(self) -> None:
        super().__init__("这里不是 Git 仓库;请到登记册文件夹运行,还没有仓库的先 git init")


class SharedHooksError(XinfangError):
    """All repositories of this user share one folder of hooks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Git 的钩子放在共用文件夹 {folder}(core.hooksPath),没有改动它。"
            "只给本登记册单独设钩子的,先运行 git config --local core.hooksPath .git/hooks,"
            "再运行 xinfang hook install;共用的钩子还要用的,请维护人员在其中调用 xinfang hook"
        )


@dataclass(frozen=True, slots=True)
class Found:
    """How one hook stands.

    Attributes:
        name: Name of the hook.
        ours: Whether it is ours and what we would write today.
        earlier: Whether another one runs before it.
    """

    name: str
    ours: bool
    earlier: bool


def script(hook: str, name: str = "") -> str:
    """Give the text of a hook.

    Args:
        hook: Which one.
        name: Name of its file, where a host has its own.
    """
    told = hook in SERVER_HOOKS
    before, run = (_EARLIER_TOLD, _RUN_TOLD) if told else (_EARLIER_FIRST, _RUN)
    return "".join(
        part.format(mark=_MARK, hook=hook, name=name or hook, earlier=_EARLIER, key=_PROGRAM)
        for part in (_HEAD, before, _FIND, run)
    )


def install(folder: Path) -> list[str]:
    """Set up a clone: hooks, merge driver, attributes. Doing it again changes nothing.

    Args:
        folder: The register.

    Returns:
        What was changed, as Chinese sentences; empty where all was there already.

    Raises:
        NoRepositoryError: The folder is in no repository.
        SharedHooksError: Its hooks are those of all repositories of this user.
    """
    hooks = _hooks_folder(folder)
    settings = (*_settings(), (_WHERE, register_prefix(folder), False))
    changed = [f"已设 {key}" for key, value, keep in settings if _set(folder, key, value, keep)]
    changed += [f"已装钩子 {name}" for name in CLONE_HOOKS if _place(hooks / name, name)]
    missing = missing_attributes(_text(folder / ATTRIBUTES_FILE))
    if missing:
        file = folder / ATTRIBUTES_FILE
        write_atomic(file, with_attributes(_text(file)).encode())
        changed.append(f"{ATTRIBUTES_FILE} 已加 {len(missing)} 行,请提交")
    return changed


def install_server(repository: Path, into: str = "") -> list[str]:
    """Set up the repository that clones push to. Doing it again changes nothing.

    Args:
        repository: A repository, usually a bare one.
        into: Folder inside it for the hook, as a host wants it; by itself where hosts have
            ``pre-receive.d``, else the usual one.

    Raises:
        NoRepositoryError: The folder is no repository.
        SharedHooksError: Its hooks are those of all repositories of this user.
    """
    hooks = repository / into if into else _hooks_folder(repository)
    changed = [f"已设 {_PROGRAM}"] if _set(repository, _PROGRAM, _program(), keep=False) else []
    for name in SERVER_HOOKS:
        parts = hooks / f"{name}.d"
        file = parts / "xinfang" if parts.is_dir() else hooks / name
        changed += [f"已装钩子 {file.relative_to(hooks)}"] if _place(file, name) else []
    return changed


def uninstall(folder: Path) -> list[str]:
    """Take our hooks and settings away again; hooks that stood there before are put back.

    Raises:
        NoRepositoryError: The folder is in no repository.
        SharedHooksError: Its hooks are those of all repositories of this user.
    """
    hooks = _hooks_folder(folder)
    changed = []
    for name in (*CLONE_HOOKS, *SERVER_HOOKS):
        file = hooks / name
        if _MARK in _text(file):
            file.unlink()
            earlier = hooks / f"{name}{_EARLIER}"
            if earlier.exists():
                earlier.rename(file)
            changed.append(f"已撤钩子 {name}")
    return changed + [
        f"已撤设置 {section}"
        for section in ("merge.xinfang", "xinfang")
        if git.succeeds(folder, "config", "--local", "--remove-section", section)
    ]


def status(folder: Path) -> list[Found]:
    """Tell how the hooks of a clone stand.

    Raises:
        NoRepositoryError: The folder is in no repository.
        SharedHooksError: Its hooks are those of all repositories of this user.
    """
    hooks = _hooks_folder(folder)
    return [
        Found(name, _is_right(hooks / name, script(name)), (hooks / f"{name}{_EARLIER}").exists())
        for name in CLONE_HOOKS
    ]


def register_prefix(folder: Path) -> str:
    """Tell where in its repository a folder stands: ``登记册/``; empty for the root."""
    return git.answer(folder, "rev-parse", "--show-prefix").strip()


def register_in(repository: Path) -> str:
    """Tell where the register of a repository stands, as was set there; empty for the root."""
    told = git.answer(repository, "config", "--get", _WHERE).strip().strip("/")
    return f"{told}/" if told else ""


def has_driver(folder: Path) -> bool:
    """Whether the merge driver of a clone is set up."""
    return _value(folder, "merge.xinfang.driver") == _DRIVER


def missing_attributes(text: str) -> list[str]:
    """List the lines that a ``.gitattributes`` still needs."""
    there = {line.strip() for line in text.splitlines()}
    return [line for line in ATTRIBUTES if line not in there]


def with_attributes(text: str) -> str:
    """Give the text of ``.gitattributes`` with what it still needs; the rest stays as it is."""
    gap = "" if not text or text.endswith("\n") else "\n"
    return text + gap + "".join(f"{line}\n" for line in missing_attributes(text))


def _settings() -> tuple[tuple[str, str, bool], ...]:
    return ((_PROGRAM, _program(), False), *_SETTINGS)


def _program() -> str:
    """Name the program that runs now, so that a hook finds it without PATH."""
    beside = Path(sys.executable).with_name("xinfang.exe" if os.name == "nt" else "xinfang")
    found = str(beside) if beside.exists() else shutil.which("xinfang")
    return Path(found).as_posix() if found else "xinfang"


def _hooks_folder(folder: Path) -> Path:
    """Find where Git looks for hooks, whatever ``core.hooksPath`` and work trees say."""
    named = git.answer(folder, "rev-parse", "--git-path", "hooks").strip()
    if not named:
        raise NoRepositoryError
    hooks = (folder / named).resolve()
    asked = ("--git-common-dir", "--show-toplevel")
    own = [git.answer(folder, "rev-parse", one).strip() for one in asked]
    if not any(hooks.is_relative_to((folder / one).resolve()) for one in own if one):
        raise SharedHooksError(hooks)
    return hooks


def _set(folder: Path, key: str, value: str, keep: bool) -> bool:  # noqa: FBT001 - from a table
    """Set one value of a clone; no where it is so already."""
    there = git.answer(folder, "config", "--get", key) if keep else _value(folder, key)
    if (there.strip() if keep else there == value) or not (value or there):
        return False
    return git.succeeds(folder, "config", "--local", key, value)


def _value(folder: Path, key: str) -> str:
    return git.answer(folder, "config", "--local", "--get", key).rstrip("\n")


def _place(file: Path, hook: str) -> bool:
    """Write a hook; one of somebody else is kept beside it and runs first."""
    text = script(hook, file.name)
    if _is_right(file, text):
        return False
    if file.exists() and _MARK not in _text(file):
        file.rename(file.with_name(f"{file.name}{_EARLIER}"))
    write_atomic(file, text.encode())
    file.chmod(0o755)
    return True


def _is_right(file: Path, text: str) -> bool:
    return _text(file) == text and os.access(file, os.X_OK)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
