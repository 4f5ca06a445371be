"""Git made safe: real clones, real pushes, real merges; what may not land does not land."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import yaml
from click.testing import CliRunner

from xinfang.cli import cli
from xinfang.identity import SealedContent, to_yaml
from xinfang.model import load_office
from xinfang.sealed import load_keys, open_box, seal_box
from xinfang.source import read

ROOT = Path(__file__).parents[1]
VENV = Path(sys.executable).parent
DAY = "2026-09-16"
PHONE = "0999-5558899"
NO_HOOKS: Final = ("-c", "core.hooksPath=/dev/null")


@pytest.fixture(autouse=True, scope="module")
def own_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Git and its hooks see no settings but those of the test."""
    original = tmp_path_factory.mktemp("家")
    name = "[user]\n\tname = 李敏\n\temail = a@b.example\n[init]\n\tdefaultBranch = main\n"
    (original / ".gitconfig").write_text(name, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{VENV}{os.pathsep}{os.environ['PATH']}")
        patch.setenv("HOME", str(original))
        patch.setenv("XDG_CACHE_HOME", str(original / "cache"))
        patch.setenv("XDG_CONFIG_HOME", str(original / "config"))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield


class Clone:
    """A work tree of one clerk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)

    def xinfang(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command in this process: it need not start anew for each."""
        whole = [*arguments, "-C", str(self.folder), "--today", DAY]
        done = CliRunner().invoke(cli, whole, standalone_mode=False)
        told = str(done.exception or "")
        code = 2 if done.exception else int(done.return_value or 0)
        return subprocess.CompletedProcess(whole, code, done.stdout, done.stderr + told)

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

    def kept(self, message: str = "XF-2026-0001: 备注") -> str:
        """Commit all that is there, hooks aside, and give the commit."""
        self.git("add", "-A")
        self.git(*NO_HOOKS, "commit", "-qm", message)
        return self.git("rev-parse", "HEAD").strip()

    def deliver(self, *where: str) -> None:
        """Push past the server's hook, where it is not what is tested."""
        past = f"git {' '.join(NO_HOOKS)} receive-pack"
        self.git("push", "-q", f"--receive-pack={past}", *where)

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
def original(own_world: None, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    """A server and a clone of the sample register with hooks, made once and copied by each test."""
    home = tmp_path_factory.mktemp("项目部")
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
    assert Clone(home / "总.git").xinfang("hook", "install", "--server").returncode == 0
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
    assert clerk.xinfang("hook", "pre-commit").returncode == 0


# Two clerks


def test_steps_of_two_clerks_are_joined_without_a_mark(clerk: Clone, second: Clone) -> None:
    clerk.step("XF-2026-0003", "{日期: 2026-09-15, 事项: 解释说明, 内容: 说明了规定, 经办: 李敏}")
    clerk.kept()
    clerk.deliver()
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
    clerk.deliver()
    second.step(
        "XF-2026-0003", "{日期: 2026-09-14, 事项: 调查, 调查人: [周成], 经过: 看了现场, 经办: 周成}"
    )
    second.kept()
    second.git("pull", "-q", "--rebase")
    assert steps(second, "XF-2026-0003")[-2:] == ["调查", "解释说明"]


def test_what_contradicts_stops_the_merge_and_both_texts_are_there(
    clerk: Clone, second: Clone
) -> None:
    clerk.step("XF-2026-0003", "{日期: 2026-09-15, 事项: 撤回, 书面: 是, 经办: 李敏}")
    clerk.kept()
    clerk.deliver()
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
    clerk.deliver()
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
    second.deliver("origin", "main:草稿")
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
    # The draft that was pushed before has the other matter under the number; it may follow.
    second.git("push", "-q", "origin", "main", "main:草稿")
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


def test_the_first_to_push_keeps_the_number_without_hooks_and_marks_too(
    clash: tuple[Clone, Clone],
) -> None:
    clerk, second = clash
    second.git("config", "--remove-section", "merge.xinfang")
    second.refused("pull", "-q", "--no-edit")
    assert "<<<<" in second.file("XF-2026-0025").read_text("utf-8")
    assert "(conflict-marks)" in second.xinfang("check").stdout
    assert second.xinfang("renumber").returncode == 0
    is_parted(clerk, second)
    second.git(*NO_HOOKS, "commit", "-q", "--no-edit")


def test_a_case_is_renumbered_when_somebody_asks_for_it(clerk: Clone) -> None:
    clerk.git("mv", "cases/2026/XF-2026-0024.yaml", "cases/2026/XF-2026-0025.yaml")
    clerk.git(*NO_HOOKS, "reset", "-q", "--hard")
    taken = clerk.xinfang("renumber", "24", "--to", "XF-2026-0023")
    assert "XF-2026-0023 已有事项,不能再用" in taken.stderr
    other = clerk.xinfang("renumber", "24", "--to", "XF-2025-0001")
    assert "XF-2025-0001 不是 2026 年的编号" in other.stderr
    assert "没有同号的事项" in clerk.xinfang("renumber").stderr
    done = clerk.xinfang("renumber", "24", "--commit")
    assert done.returncode == 0, done.stderr
    assert not clerk.file("XF-2026-0024").exists()
    assert not clerk.seal("XF-2026-0024").exists()
    assert clerk.seal("XF-2026-0025").exists()
    assert clerk.git("status", "--porcelain") == ""
    told = clerk.git("log", "-1", "--format=%s").strip()
    assert told == "XF-2026-0025: 改号(原编号 XF-2026-0024)"
    assert "(case-numbers-gapless)" not in clerk.xinfang("check").stdout
    assert "XF-2026-0025" in clerk.xinfang("explain", "24").stdout


def test_sealed_on_both_sides_somebody_has_to_choose(clerk: Clone, second: Clone) -> None:
    for clone in (clerk, second):
        clone.seal("XF-2026-0003").write_bytes(sealed(clone, "XF-2026-0003", "甲山"))
        clone.kept("XF-2026-0003: 封存")
    clerk.deliver()
    before = second.seal("XF-2026-0003").read_bytes()
    told = second.refused("pull", "-q", "--no-edit")
    assert "两边都改了封存的信息" in told
    assert "git checkout --theirs sealed/2026/XF-2026-0003.age" in told
    assert second.seal("XF-2026-0003").read_bytes() == before


def test_a_cherry_pick_joins_and_stops_at_what_contradicts(clerk: Clone) -> None:
    clerk.git("switch", "-qc", "另")
    clerk.step(
        "XF-2026-0003", "{日期: 2026-09-14, 事项: 调查, 调查人: [周成], 经过: 看了, 经办: 周成}"
    )
    picked = clerk.kept()
    clerk.git("switch", "-q", "main")
    clerk.step("XF-2026-0003", "{日期: 2026-09-15, 事项: 解释说明, 内容: 说明了规定, 经办: 李敏}")
    clerk.kept()
    clerk.git(*NO_HOOKS, "cherry-pick", picked)
    assert steps(clerk, "XF-2026-0003")[-2:] == ["调查", "解释说明"]


def test_a_joined_case_with_an_error_that_neither_side_had_is_refused(
    clerk: Clone, second: Clone
) -> None:
    """Both took evidence and gave it the same number."""
    step = "{日期: 2026-09-%s, 事项: 调查, 调查人: [%s], 经过: %s, 证据: [{编号: Z9, 名称: %s}]}"
    clerk.step("XF-2026-0003", step % ("14", "周成", "看了现场", "照片"))
    clerk.kept()
    clerk.deliver()
    second.step("XF-2026-0003", step % ("15", "李敏", "查了台账", "台账复印件"))
    second.kept()
    told = second.refused("pull", "-q", "--no-edit")
    assert "合并后多出两边都没有的错误: 证据编号 Z9 重复" in told
    # The clerk looks at both, as told, and finishes.
    theirs = (second.folder / "build/merge/XF-2026-0003.theirs.yaml").read_text("utf-8")
    first = theirs.splitlines()[-1]
    assert "照片" in first
    text = second.file("XF-2026-0003").read_text("utf-8").splitlines()
    joined = [*text[:-1], first, text[-1].replace("Z9", "Z10")]
    second.file("XF-2026-0003").write_text("\n".join(joined) + "\n", "utf-8")
    second.git("add", "-A")
    second.git("commit", "-q", "--no-edit")
    assert steps(second, "XF-2026-0003")[-2:] == ["调查", "调查"]


# Messages


def test_a_name_in_a_message_is_refused_and_the_text_is_kept(clerk: Clone) -> None:
    clerk.seal("XF-2026-0003").write_bytes(sealed(clerk, "XF-2026-0003", "甲山"))
    clerk.git("add", "-A")
    told = clerk.refused("commit", "-qm", f"XF-2026-0003: 给甲山打电话 {PHONE}")
    assert "提交说明里有 XF-2026-0003 封存的姓名" in told
    assert "提交说明里有疑似电话号码" in told
    assert "甲山" not in told
    mend = re.search(r"git commit -e -F (\S+)", told)
    assert mend
    kept = clerk.folder / mend[1]
    assert "给甲山打电话" in kept.read_text("utf-8")
    kept.write_text("转办\n", "utf-8")
    done = clerk.xinfang("hook", "commit-msg", str(kept))
    assert done.returncode == 0
    assert "请写成“XF-2026-0003: 做了什么”" in done.stderr


def test_a_start_is_mended_with_a_word_in_the_message(clerk: Clone) -> None:
    clerk.change("XF-2026-0001", "收到: 2026-03-02 09:20", "收到: 2026-03-02 09:30")
    clerk.git("add", "-A")
    message = clerk.folder / "说明"
    message.write_text("XF-2026-0001: 更正\n", "utf-8")
    done = clerk.xinfang("hook", "commit-msg", str(message))
    assert "“收到”被改动,期限会跟着变" in done.stderr
    message.write_text("XF-2026-0001: 更正\n\n更正收到: 登记簿记为 9:30\n", "utf-8")
    assert clerk.xinfang("hook", "commit-msg", str(message)).returncode == 0


# What is pushed


def test_a_server_takes_in_nothing_that_may_not_land(clerk: Clone) -> None:
    base = clerk.git("rev-parse", "HEAD").strip()
    clerk.file("XF-2026-0024").unlink()
    clerk.kept()
    clerk.step(
        "XF-2026-0003", f"{{日期: 2026-09-16, 事项: 调查, 调查人: [周成], 经过: 打 {PHONE}}}"
    )
    clerk.kept()
    clerk.git("revert", "--no-edit", "HEAD", "-n")
    clerk.git(*NO_HOOKS, "commit", "-qm", f"XF-2026-0003: 撤去 {PHONE}")
    told = clerk.refused("push", "-q")
    assert "登记过的事项被删去或改了编号" in told
    # It is gone at the end, yet it would be there for ever.
    assert re.search(r"XF-2026-0003.yaml:\d+:1: 错误: 有疑似电话号码\(提交 [0-9a-f]{8}\)", told)
    assert "提交说明里有疑似电话号码" in told
    assert "git reset --soft" in told
    clerk.git("reset", "-q", "--hard", base)
    clerk.git(*NO_HOOKS, "commit", "-q", "--amend", "-m", "另一个开头")
    assert "请先 git pull 合并,再 git push" in clerk.refused("push", "-qf")
    assert "登记册的主分支不能删除" in clerk.refused("push", "-q", "origin", ":main")


def test_branches_and_tags_are_taken_in_but_identities_in_none(clerk: Clone) -> None:
    clerk.git("switch", "-qc", "草稿")
    clerk.step("XF-2026-0003", "{日期: 2026-09-16, 事项: 解释说明, 内容: 说明了规定, 经办: 李敏}")
    clerk.kept()
    clerk.git("tag", "-a", "月末", "-m", "九月底")
    clerk.git("push", "-q", "origin", "草稿", "月末")
    clerk.git(*NO_HOOKS, "commit", "-q", "--amend", "-m", "XF-2026-0003: 解释说明")
    clerk.git("push", "-qf", "origin", "草稿", ":月末")
    clerk.git("tag", "-a", "标签", "-m", f"问 {PHONE}")
    assert "标签: 错误: 提交说明里有疑似电话号码" in clerk.refused("push", "-q", "origin", "标签")


def test_the_first_push_into_an_empty_server_is_checked_whole(clerk: Clone, home: Path) -> None:
    bare = Clone(home / "新.git")
    clerk.git("init", "-q", "--bare", str(bare.folder))
    bare.xinfang("hook", "install", "--server")
    (clerk.folder / "sealed/2026/名单.txt").write_text("甲", "utf-8")
    clerk.kept()
    told = clerk.refused("push", "-q", str(bare.folder), "main")
    assert "名单.txt: 错误: 没有加密,不能放在 sealed 里" in told


# Setting up


def test_hooks_that_were_there_run_first_and_come_back(clerk: Clone) -> None:
    clerk.xinfang("hook", "uninstall")
    assert not (clerk.folder / ".git/hooks/pre-commit").exists()
    assert "没有装" in clerk.xinfang("hook", "status").stdout
    own = clerk.folder / ".git/hooks/pre-commit"
    own.write_text("#!/bin/sh\necho 原有的\nexit 1\n", "utf-8")
    own.chmod(0o755)
    assert clerk.xinfang("hook", "install").returncode == 0
    assert "没有改动" in clerk.xinfang("hook", "install").stdout
    assert "先运行原有的钩子" in clerk.xinfang("hook", "status").stdout
    assert "原有的" in clerk.refused("commit", "--allow-empty", "-m", "x")
    clerk.xinfang("hook", "uninstall")
    assert "原有的" in own.read_text("utf-8")


def test_hooks_shared_by_all_repositories_are_left_alone(clerk: Clone, home: Path) -> None:
    shared = home / "共用"
    clerk.git("config", "core.hooksPath", str(shared))
    done = clerk.xinfang("hook", "install")
    assert done.returncode == 2
    assert "git config --local core.hooksPath .git/hooks" in done.stderr
    assert not shared.exists()
    clerk.git("config", "core.hooksPath", ".githooks")
    clerk.xinfang("hook", "install")
    assert (clerk.folder / ".githooks/pre-commit").exists()


def test_a_folder_without_git_is_told_so(clerk: Clone, tmp_path: Path) -> None:
    shutil.copytree(clerk.folder / "cases", tmp_path / "cases")
    shutil.copy(clerk.folder / "office.yaml", tmp_path)
    done = Clone(tmp_path).xinfang("hook", "install")
    assert done.returncode == 2
    assert "还没有仓库的先 git init" in done.stderr


def test_a_host_with_its_own_folders_gets_the_hook_there(home: Path) -> None:
    bare = Clone(home / "新.git")
    Clone(home).git("init", "-q", "--bare", "新.git")
    (bare.folder / "hooks/pre-receive.d").mkdir()
    bare.xinfang("hook", "install", "--server")
    assert (bare.folder / "hooks/pre-receive.d/xinfang").exists()
    bare.xinfang("hook", "install", "--server", "--into", "custom_hooks")
    assert (bare.folder / "custom_hooks/pre-receive").exists()


def test_a_register_inside_a_bigger_repository_has_its_hooks_too(
    home: Path, tmp_path: Path
) -> None:
    whole = Clone(tmp_path / "大")
    whole.folder.mkdir()
    shutil.copytree(home / "甲", whole.folder / "信访", ignore=shutil.ignore_patterns(".git"))
    whole.git("init", "-q")
    inside = Clone(whole.folder / "信访")
    assert inside.xinfang("hook", "install").returncode == 0
    whole.kept("登记册")
    inside.change("XF-2026-0001", "主办: 劳务管理部", "主办: 安全环保部")
    whole.git("add", "-A")
    assert "的“主办”被改动" in whole.refused("commit", "-qm", "XF-2026-0001: 转办")
    bare = Clone(tmp_path / "大.git")
    whole.git("clone", "-q", "--bare", ".", str(bare.folder))
    bare.xinfang("hook", "install", "--server")
    bare.git("config", "xinfang.register", "信访")
    whole.kept()
    told = whole.refused("push", "-q", str(bare.folder), "main")
    assert "cases/2026/XF-2026-0001.yaml: 错误: 第 5 步“转办”" in told


def test_hooks_work_through_pre_commit_too(clerk: Clone) -> None:
    """As .pre-commit-hooks.yaml offers them, with the installed program instead of a new one."""
    clerk.xinfang("hook", "uninstall")
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    hooks = [{**hook, "language": "system"} for hook in offered]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (clerk.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    clerk.git("add", "-A")
    types = ("-t", "pre-commit", "-t", "commit-msg")
    assert clerk.run("pre-commit", "install", *types).returncode == 0
    clerk.git(*NO_HOOKS, "commit", "-qm", "钩子")
    clerk.change("XF-2026-0001", "主办: 劳务管理部", "主办: 安全环保部")
    assert "的“主办”被改动" in clerk.refused("commit", "-qam", "XF-2026-0001: 转办")
    clerk.git("checkout", "-q", "--", ".")
    assert "疑似电话号码" in clerk.refused("commit", "--allow-empty", "-m", f"问 {PHONE}")
