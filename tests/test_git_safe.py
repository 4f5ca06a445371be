"""Git made safe: real clones, real pushes, real merges; what may not land does not land."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
import yaml

from xinfang.identity import SealedContent, to_yaml
from xinfang.model import load_office
from xinfang.sealed import load_keys, open_box, seal_box
from xinfang.source import read

ROOT = Path(__file__).parents[1]
VENV = Path(sys.executable).parent
DAY = "2026-09-16"
PHONE = "0999-5558899"
NO_HOOKS: Final = ("-c", "core.hooksPath=/dev/null")


class Clone:
    """A work tree of one clerk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str, told: str = "") -> subprocess.CompletedProcess[str]:
        where = {
            "PATH": f"{VENV}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder.parent),
            "XDG_CACHE_HOME": str(self.folder.parent / "cache"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LANG": "C.UTF-8",
        }
        return subprocess.run(
            command,
            cwd=self.folder,
            env=where,
            input=told,
            capture_output=True,
            text=True,
            check=False,
        )

    def git(self, *arguments: str) -> str:
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def refused(self, *arguments: str) -> str:
        """What Git says when it does not do it."""
        done = self.run("git", *arguments)
        assert done.returncode != 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr + done.stdout

    def xinfang(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("xinfang", *arguments, "--today", DAY)

    def kept(self, message: str = "XF-2026-0001: 备注") -> str:
        """Commit all that is there, hooks aside, and give the commit."""
        self.git("add", "-A")
        self.git(*NO_HOOKS, "commit", "-qm", message)
        return self.git("rev-parse", "HEAD").strip()

    def file(self, number: str) -> Path:
        return self.folder / f"cases/2026/{number}.yaml"

    def seal(self, number: str) -> Path:
        return self.folder / f"sealed/2026/{number}.age"

    def change(self, number: str, old: str, new: str) -> None:
        text = self.file(number).read_text("utf-8")
        assert old in text
        self.file(number).write_text(text.replace(old, new, 1), "utf-8")

    def step(self, number: str, step: str) -> None:
        with self.file(number).open("a", encoding="utf-8") as file:
            file.write(f"  - {step}\n")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server and a clone of the sample register with hooks, made once and copied by each test."""
    home = tmp_path_factory.mktemp("项目部")
    name = "[user]\n\tname = 李敏\n\temail = a@b.example\n[init]\n\tdefaultBranch = main\n"
    (home / ".gitconfig").write_text(name, "utf-8")
    first = Clone(home / "甲")
    first.folder.mkdir()
    for part in ("cases", "sealed", "keys", "office.yaml"):
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, first.folder / part)
    (first.folder / ".gitignore").write_text("/build/\n", "utf-8")
    first.git("init", "-q")
    assert first.xinfang("hook", "install").returncode == 0
    first.kept("登记册")
    first.git("clone", "-q", "--bare", ".", "../总.git")
    assert Clone(home / "总.git").run("xinfang", "hook", "install", "--server").returncode == 0
    first.git("remote", "add", "origin", "../总.git")
    first.git("fetch", "-q")
    first.git("branch", "-q", "--set-upstream-to=origin/main")
    return home


@pytest.fixture
def home(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "办公室", symlinks=True)


@pytest.fixture
def clerk(home: Path) -> Clone:
    return Clone(home / "甲")


@pytest.fixture
def second(home: Path) -> Clone:
    """A second clerk's clone; the folder of the first one, as it was before either wrote."""
    return Clone(shutil.copytree(home / "甲", home / "乙", symlinks=True))


def registered(title: str, *, code: str, hour: str) -> str:
    return f"""\
编号: XF-2026-0025
查询码: {code}
标题: {title}
收到: 2026-09-16 {hour}
登记: 2026-09-16
渠道: 电话
登记人: 李敏
目的: 申诉求决
类别: 食宿与劳动条件
路径: 信访程序
信访人:
  - {{代号: A, 类型: 个人, 已载明: [姓名, 联系方式]}}
请求:
  - {{内容: 恢复供应}}
事实: 已经三天
"""


def sealed(clone: Clone, number: str, name: str) -> bytes:
    office = load_office(read(clone.folder / "office.yaml", "office.yaml")).record
    assert office is not None
    told = {"编号": number, "信访人": {"A": {"姓名": name, "联系方式": [{"号码": PHONE}]}}}
    text = to_yaml(SealedContent.model_validate(told))
    return seal_box(text, [recipient.key for recipient in office.recipients])


def opened(clone: Clone, number: str) -> str:
    keys = load_keys(clone.folder / "keys/demo.key")
    return open_box(clone.seal(number).read_bytes(), keys, "")


def steps(clone: Clone, number: str) -> list[str]:
    data = yaml.safe_load(clone.file(number).read_text("utf-8"))
    return [step["事项"] for step in data.get("办理", [])]


# What is staged


def test_a_right_step_is_committed_by_the_installed_hooks(clerk: Clone) -> None:
    clerk.step("XF-2026-0003", "{日期: 2026-09-16, 事项: 解释说明, 内容: 说明了规定, 经办: 李敏}")
    clerk.git("commit", "-qam", "XF-2026-0003: 解释说明")
    assert clerk.git("log", "-1", "--format=%s").strip() == "XF-2026-0003: 解释说明"
    clerk.git("push", "-q")


def test_only_what_is_staged_is_checked(clerk: Clone) -> None:
    clerk.change("XF-2026-0001", "主办: 劳务管理部", "主办: 财务部")
    told = clerk.refused("commit", "-qam", "XF-2026-0001: 转办")
    assert "第 5 步“转办”(2026-03-03)的“主办”被改动" in told
    assert "xinfang step XF-2026-0001 更正 步骤=5" in told
    assert "没有提交" in told
    clerk.git("restore", "--staged", ".")
    (clerk.folder / "说明.md").write_text("新的\n", "utf-8")
    clerk.git("add", "说明.md")
    clerk.git("commit", "-qm", "说明")
