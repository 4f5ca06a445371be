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


# Two clerks


def test_steps_of_two_clerks_are_joined_without_a_mark(clerk: Clone, second: Clone) -> None:
    clerk.step("XF-2026-0003", "{日期: 2026-09-15, 事项: 解释说明, 内容: 说明了规定, 经办: 李敏}")
    clerk.kept()
    clerk.git("push", "-q")
    second.step(
        "XF-2026-0003", "{日期: 2026-09-14, 事项: 调查, 调查人: [周成], 经过: 看了现场, 经办: 周成}"
    )
    second.kept()
    before = steps(second, "XF-2026-0003")[:-1]
    second.git("pull", "-q", "--no-edit")
    assert steps(second, "XF-2026-0003") == [*before, "调查", "解释说明"]
    # The server sees a step between old ones that is dated so, and takes it.
    second.git("push", "-q")


def test_a_rebase_joins_steps_too(clerk: Clone, second: Clone) -> None:
    clerk.step("XF-2026-0003", "{日期: 2026-09-15, 事项: 解释说明, 内容: 说明了规定, 经办: 李敏}")
    clerk.kept()
    clerk.git("push", "-q")
    second.step(
        "XF-2026-0003", "{日期: 2026-09-14, 事项: 调查, 调查人: [周成], 经过: 看了现场, 经办: 周成}"
    )
    second.kept()
    second.git("pull", "-q", "--rebase")
    assert steps(second, "XF-2026-0003")[-2:] == ["调查", "解释说明"]
    second.git("push", "-q")


def test_what_contradicts_stops_the_merge_and_both_texts_are_there(
    clerk: Clone, second: Clone
) -> None:
    clerk.step("XF-2026-0003", "{日期: 2026-09-15, 事项: 撤回, 书面: 是, 经办: 李敏}")
    clerk.kept()
    clerk.git("push", "-q")
    second.step(
        "XF-2026-0003", "{日期: 2026-09-16, 事项: 撤回, 书面: 是, 凭证: 撤回申请, 经办: 周成}"
    )
    second.kept()
    ours = second.file("XF-2026-0003").read_text("utf-8")
    told = second.refused("pull", "-q", "--no-edit")
    assert "两边都记了“撤回”(" in told
    assert "git add cases/2026/XF-2026-0003.yaml" in told
    assert second.file("XF-2026-0003").read_text("utf-8") == ours
    theirs = second.folder / "build/merge/XF-2026-0003.theirs.yaml"
    assert theirs.read_text("utf-8") == clerk.file("XF-2026-0003").read_text("utf-8")


@pytest.fixture
def clash(clerk: Clone, second: Clone) -> tuple[Clone, Clone]:
    """Both registered at once; the first has pushed."""
    for clone, told, name in (
        (clerk, registered("反映宿舍无热水", code="7K3M-9QXR", hour="09:20"), "甲山"),
        (second, registered("反映食堂卫生", code="9QXR-7K3M", hour="10:40"), "乙水"),
    ):
        clone.file("XF-2026-0025").write_text(told, "utf-8")
        clone.seal("XF-2026-0025").write_bytes(sealed(clone, "XF-2026-0025", name))
        clone.kept("XF-2026-0025: 登记")
    clerk.git("push", "-q")
    # The second clerk registers the same matter again and links it to the first time.
    again = registered("再次反映食堂卫生", code="2B4D-6F8H", hour="14:10").replace("0025", "0026")
    again = again.replace("事实:", "关联: [XF-2026-0025]\n事实:").replace("姓名, 联系方式", "")
    second.file("XF-2026-0026").write_text(again, "utf-8")
    second.kept("XF-2026-0026: 登记")
    return clerk, second


def is_parted(clerk: Clone, second: Clone) -> None:
    assert second.file("XF-2026-0025").read_text("utf-8") == clerk.file("XF-2026-0025").read_text(
        "utf-8"
    )
    moved = second.file("XF-2026-0027").read_text("utf-8")
    first = "编号: XF-2026-0027\n原编号: [XF-2026-0025]\n查询码: 9QXR-7K3M\n标题: 反映食堂卫生\n"
    assert moved.startswith(first)
    assert "甲山" in opened(second, "XF-2026-0025")
    assert "乙水" in opened(second, "XF-2026-0027")


def test_the_same_number_in_two_clones_is_mended_in_one_command(clash: tuple[Clone, Clone]) -> None:
    clerk, second = clash
    told = second.refused("pull", "-q", "--no-edit")
    assert "两件不同的事项都编为 XF-2026-0025" in told
    assert "xinfang renumber --commit" in told
    assert "<<<<" not in second.file("XF-2026-0025").read_text("utf-8")
    done = second.xinfang("renumber", "--commit")
    assert done.returncode == 0, done.stderr
    assert "XF-2026-0025 改为 XF-2026-0027" in done.stdout
    is_parted(clerk, second)
    assert "关联: [XF-2026-0027]" in second.file("XF-2026-0026").read_text("utf-8")
    assert second.git("status", "--porcelain") == ""
    second.git("push", "-q")
    for asked in ("9QXR-7K3M", "27"):
        assert "XF-2026-0027" in second.xinfang("explain", asked).stdout
    assert "XF-2026-0025" in second.xinfang("explain", "25").stdout
    assert "(case-numbers-gapless)" not in second.xinfang("check").stdout


def test_the_same_number_is_mended_in_a_rebase_and_later_steps_follow(
    clash: tuple[Clone, Clone],
) -> None:
    clerk, second = clash
    with second.file("XF-2026-0025").open("a", encoding="utf-8") as file:
        file.write("办理:\n  - {日期: 2026-09-16, 事项: 受理, 经办: 李敏}\n")
    second.kept("XF-2026-0025: 受理")
    second.refused("pull", "-q", "--rebase")
    done = second.xinfang("renumber", "--commit")
    assert "cases/2026/XF-2026-0026.yaml 里还提到原编号,请核对" in done.stdout
    assert "后面的提交还有冲突: cases/2026/XF-2026-0025.yaml" in done.stdout
    assert second.xinfang("renumber", "--commit").returncode == 0
    is_parted(clerk, second)
    assert steps(second, "XF-2026-0027") == ["受理"]
    second.git("push", "-q")
