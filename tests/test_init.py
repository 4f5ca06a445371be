"""A new register: from a few answers to the first papers, with Git, hooks and automatic checks."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from xinfang.cli import COMMANDS
from xinfang.founding import Host, load_answers
from xinfang.model import load_office
from xinfang.model.texts import texts_of
from xinfang.model.words import Category
from xinfang.source import read, read_text
from xinfang.store import found

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests/fixtures/answers.yaml"
DAY = date(2026, 11, 25)
NEW = (
    *("标题=反映宿舍无热水", "渠道=电话", "登记人=罗青", "首问人=罗青", "目的=申诉求决"),
    *("类别=食宿与劳动条件", "路径=信访程序", "事实=宿舍三天没有热水", "理由=宿舍应有热水"),
    *("请求=[{内容: 恢复热水}]", "已告知个人信息处理=是"),
    "信访人=[{代号: A, 类型: 个人, 已载明: [姓名, 住址, 联系方式]}]",
)
#: Two minutes are promised, and it takes some 18 seconds on a quiet machine; a machine that runs
#: other tests besides may take its time.
PATIENCE = 240


@dataclass
class Desk:
    """A clerk's home, with nothing in it yet."""

    home: Path
    #: How long it took to make the register.
    seconds: float = 0

    @property
    def key(self) -> Path:
        return self.home / "设置/xinfang/key.txt"

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "XINFANG_"))}
        return kept | {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "设置"),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": str(self.home / ".gitconfig"),
            "TERM": "dumb",
        }

    def run(
        self, *words: str, where: str = ".", told: str = ""
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=self.home / where,
            env=self.environment,
            input=told,
            capture_output=True,
            text=True,
            check=False,
        )

    def xinfang(self, *words: str, where: str = ".", told: str = "") -> tuple[int, str]:
        done = self.run("xinfang", "--today", str(DAY), *words, where=where, told=told)
        return done.returncode, done.stdout + done.stderr

    def git(self, *words: str, where: str) -> str:
        done = self.run("git", *words, where=where)
        return done.stdout + done.stderr


def desk_at(home: Path) -> Desk:
    (home / ".gitconfig").write_text(
        "[user]\nname = 罗青\nemail = luoqing@dinghe.example\n", "utf-8"
    )
    return Desk(home)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_at(tmp_path)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, str]:
    """A register made from a file of answers, and what was said."""
    desk = desk_at(tmp_path_factory.mktemp("家"))
    begun = time.monotonic()
    code, said = desk.xinfang("init", "登记册", "--from", str(ANSWERS))
    desk.seconds = time.monotonic() - begun
    assert code == 0, said
    return desk, said


# The first day


def test_from_nothing_to_papers_ledger_and_site_in_two_minutes(
    founded: tuple[Desk, str], capsys: pytest.CaptureFixture[str]
) -> None:
    desk, _ = founded
    shutil.copytree(desk.home / "登记册", desk.home / "第一天")
    begun = time.monotonic()
    code, said = desk.xinfang("new", *NEW, "--commit", where="第一天")
    assert code == 0, said
    code, said = desk.xinfang("build", where="第一天")
    assert code == 0, said
    taken = desk.seconds + time.monotonic() - begun
    built = desk.home / "第一天/build"
    assert list(built.glob("papers/**/*D02*.pdf"))
    assert (built / "site/index.html").exists()
    assert (built / "public/index.html").exists()
    assert "没有填写施工现场维权信息告示牌" in said, "a word, and no error"
    assert desk.git("status", "--short", where="第一天") == ""
    with capsys.disabled():
        told = f"建立登记册 {desk.seconds:.1f} 秒;连同第一件和全部输出 {taken:.1f} 秒"
        sys.stdout.write(f"\n{told}\n")
    assert taken < PATIENCE


def test_only_what_others_must_confirm_is_left(founded: tuple[Desk, str]) -> None:
    desk, said = founded
    code, found = desk.xinfang("check", where="登记册")
    assert code == 0
    assert re.findall(r"\(([a-z-]+)\)", found) == ["review-chain-confirmed"] * 2
    assert "错误" not in said


def test_the_register_is_committed_whole_and_clean(founded: tuple[Desk, str]) -> None:
    desk, _ = founded
    assert desk.git("status", "--short", where="登记册") == ""
    assert desk.git("log", "--format=%s", where="登记册") == "登记册: 建立\n"
    files = set(desk.git("ls-files", where="登记册").split())
    assert {
        *("office.yaml", "README.md", "requirements.txt", ".gitignore", ".gitattributes"),
        *("cases/2026/.gitkeep", "sealed/2026/.gitkeep", "inbox/.gitkeep"),
        *(".vscode/settings.json", ".vscode/xinfang.code-snippets", ".gitlab-ci.yml"),
    } <= files


def test_a_filled_form_in_the_inbox_is_not_kept_in_git(founded: tuple[Desk, str]) -> None:
    desk, _ = founded
    names = ("inbox/登记表.pdf", "inbox/A.PDF", "inbox/intake-7K3M-9QXR.yaml")
    hidden = desk.git("-c", "core.quotePath=no", "check-ignore", *names, where="登记册").split()
    assert hidden == ["inbox/登记表.pdf", "inbox/A.PDF"]


def test_the_office_says_what_was_answered(founded: tuple[Desk, str]) -> None:
    desk, _ = founded
    office = load_office(read(desk.home / "登记册/office.yaml", "office.yaml")).record
    assert office is not None
    own, above, top = office.units
    assert (own.short, own.superior, above.superior) == ("丁河机电项目部", above.code, top.code)
    assert office.series["处理意见书"] == "丁河机电信处"  # type: ignore[index]
    assert office.holders(office.posts[0].role, DAY)[0].name == "马宁"
    assert office.department("信访办") is office.department("综合办公室")
    assert office.reviews is not None
    assert not office.reviews.review.confirmed
    assert office.channels.complaint == "向第三分局反映，电话 0999-5552200"
    assert office.routes[0].basis, "what the law says comes with the local body"


def test_nothing_of_the_sample_is_left_in_it(founded: tuple[Desk, str]) -> None:
    desk, _ = founded
    sample = load_office(read(ROOT / "office.yaml", "office.yaml")).record
    assert sample is not None
    usual = {d.name for d in sample.departments} | {
        a for d in sample.departments for a in d.aliases
    }
    invented = (
        {
            *(text for unit in sample.units for _, text in texts_of(unit)),
            *(post.name for post in sample.posts),
            *(text for _, text in texts_of(sample.channels)),
            *(text for r in sample.routes for text in (r.body, r.address, r.phone)),
            *("青岚", "云岭", "青机电", "乙县", "演示密钥"),
        }
        - usual
        - {"项目部", "分局", "工程局"}
    )
    assert len(invented) > 40
    for name in desk.git("ls-files", where="登记册").split():
        text = (desk.home / "登记册" / name).read_text("utf-8")
        assert not {word for word in invented if word in text}, name


# The key


def test_the_key_is_made_once_and_only_for_its_owner(founded: tuple[Desk, str]) -> None:
    desk, said = founded
    assert str(desk.key) in said
    assert "另存一份" in said
    assert stat.S_IMODE(desk.key.stat().st_mode) == 0o600
    before = desk.key.read_bytes()
    _, said = desk.xinfang("init", "又一册", "--yes", "--ci", "none")
    assert "沿用本机已有的密钥" in said
    assert desk.key.read_bytes() == before
    public = re.search(r"public key: (\S+)", before.decode())
    assert public is not None
    assert f"公钥: {public[1]}" in (desk.home / "又一册/office.yaml").read_text("utf-8")


# What is open


def test_what_nobody_knows_yet_is_marked_and_reported(desk: Desk) -> None:
    code, said = desk.xinfang("init", "登记册", "--yes")
    assert code == 0
    count = re.search(r"(\d+) 处“待填”", said)
    assert count is not None
    lines = (desk.home / "登记册/office.yaml").read_text("utf-8").splitlines()
    marked = {
        number
        for number, line in enumerate(lines, 1)
        if "待填" in line and not line.startswith("#")
    }
    assert len(marked) == int(count[1])
    code, found = desk.xinfang("check", where="登记册")
    assert code == 1
    told = {int(line) for line in re.findall(r"office\.yaml:(\d+):", found)}
    series = range(lines.index("代字:") + 1, lines.index("信访办: 信访办") + 1)
    # The letters of all series are one answer and one finding.
    assert {line for line in marked if line not in series} <= told
    assert told & set(series)


# An existing folder


def test_a_second_run_only_adds_what_is_missing(desk: Desk) -> None:
    desk.xinfang("init", "登记册", "--from", str(ANSWERS), "--ci", "none")
    folder = desk.home / "登记册"
    (folder / "README.md").write_text("自己写的说明\n", "utf-8")
    (folder / ".vscode/settings.json").unlink()
    office = (folder / "office.yaml").read_bytes()
    code, said = desk.xinfang("init", ".", "--ci", "gitlab", where="登记册")
    assert code == 0, said
    assert "写入 2 个文件: .gitlab-ci.yml、.vscode/" in said
    assert "没有改动" in said
    assert (folder / "README.md").read_text("utf-8") == "自己写的说明\n"
    assert (folder / "office.yaml").read_bytes() == office
    assert (folder / ".vscode/settings.json").exists()
    code, said = desk.xinfang("init", ".", where="登记册")
    assert code == 0
    assert "没有缺少的文件" in said


def test_a_folder_with_something_else_in_it_is_refused(desk: Desk) -> None:
    (desk.home / "杂物").mkdir()
    (desk.home / "杂物/照片.txt").write_text("旧", "utf-8")
    code, said = desk.xinfang("init", "杂物", "--yes")
    assert code == 2
    assert "已有别的文件" in said
    assert [file.name for file in (desk.home / "杂物").iterdir()] == ["照片.txt"]
    assert not desk.key.exists()


def test_a_repository_with_nothing_in_it_becomes_the_register(desk: Desk) -> None:
    (desk.home / "空仓库").mkdir()
    desk.git("init", "-q", "-b", "trunk", where="空仓库")
    code, said = desk.xinfang("init", ".", "--from", str(ANSWERS), where="空仓库")
    assert code == 0, said
    assert desk.git("branch", "--show-current", where="空仓库") == "trunk\n"
    assert desk.git("status", "--short", where="空仓库") == ""


def test_without_a_name_for_git_the_files_are_there_and_the_way_on_is_told(desk: Desk) -> None:
    (desk.home / ".gitconfig").write_text("[user]\nuseConfigOnly = true\n", "utf-8")
    code, said = desk.xinfang("init", "登记册", "--from", str(ANSWERS))
    assert code == 0
    assert "git config --global user.name" in said
    assert (desk.home / "登记册/office.yaml").exists()


def test_a_folder_comes_whole_or_not_at_all(tmp_path: Path) -> None:
    impossible = {"一": b"1", "二": b"2", "二/三": b"3"}  # a file cannot hold a file
    with pytest.raises(OSError, match="二"):
        found(tmp_path / "新", impossible)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "旧").mkdir()
    with pytest.raises(OSError, match="二"):
        found(tmp_path / "旧", impossible)
    assert not [file for file in (tmp_path / "旧").rglob("*") if file.is_file()]


def test_a_place_that_cannot_be_written_is_told(desk: Desk) -> None:
    (desk.home / "文件").write_text("", "utf-8")
    code, said = desk.xinfang("init", "文件/登记册", "--yes")
    assert code == 2
    assert "写不进去" in said


# Answers from a file


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("单位: [{全程: 甲}]\n", "没有“全程”这一项"),
        ("人员: [{姓名: 马宁, 部门: 项目领导, 岗位: 经理, 职权: 大领导}]\n", "“职权”不能填这个值"),
        ("机关代字: [甲\n", "括号没有配对"),
        ("", "文件是空的"),
    ],
)
def test_wrong_answers_are_told_as_in_any_file(text: str, told: str) -> None:
    found_wrong = load_answers(read_text(text, "答案"))
    assert found_wrong.answers is None
    assert any(told in f"{f.message} {f.mend}" for f in found_wrong.findings), found_wrong.findings


def test_wrong_answers_write_nothing(desk: Desk) -> None:
    code, said = desk.xinfang("init", "登记册", "--from", "-", told="单位: [{全程: 甲}]\n")
    assert code == 2
    assert "没有“全程”这一项" in said
    assert not (desk.home / "登记册").exists()
    assert not desk.key.exists()


def test_without_a_keyboard_nobody_is_waited_for(desk: Desk) -> None:
    code, said = desk.xinfang("init", "登记册")
    assert code == 2
    assert "--from" in said
    assert "--yes" in said


# Asked at a terminal


class Terminal:
    """A clerk at a real terminal."""

    def __init__(self, desk: Desk, *words: str) -> None:
        self.text = ""
        self.pid, self.handle = pty.fork()
        if self.pid == 0:  # the child becomes the program
            os.chdir(desk.home)
            os.execvpe("xinfang", ["xinfang", "--today", str(DAY), *words], desk.environment)  # noqa: S606

    def reads(self, until: str) -> str:
        """Read on until a text is shown; gives what was shown before it."""
        end = time.monotonic() + 20
        while until not in self.text and time.monotonic() < end:
            if not select.select([self.handle], [], [], 1)[0]:
                continue
            try:
                self.text += os.read(self.handle, 65536).decode("utf-8", "replace")
            except OSError:
                break
        assert until in self.text, self.text
        before, _, self.text = self.text.partition(until)
        return before

    def answers(self, title: str, *lines: str) -> None:
        """Answer a question, the last line being the one that will do."""
        self.reads(f"{title}: ")
        for line in lines:
            self.reads("请填写")
            os.write(self.handle, f"{line}\n".encode())

    def ends(self) -> int:
        """Wait for the end; gives the exit code."""
        while select.select([self.handle], [], [], 20)[0]:
            try:
                part = os.read(self.handle, 65536)
            except OSError:
                break
            self.text += part.decode("utf-8", "replace")
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_a_clerk_is_asked_and_told_what_is_wrong_at_once(desk: Desk) -> None:
    clerk = Terminal(desk, "init", "登记册")
    clerk.answers("本单位全称", "丁河电站机电安装项目部")
    clerk.answers("本单位简称", "丁河机电项目部")
    clerk.answers("本单位地址", "<")  # back, to mend what was answered before
    clerk.answers("本单位简称", "丁河项目部")
    clerk.answers("本单位地址", "己县庚镇电站路8号")
    clerk.answers("本单位电话", "打门卫", "0999-5552100")  # no number in it
    clerk.answers("上一级单位全称", "丁河电站机电安装项目部", "白岭工程局第三分局")  # not twice
    clerk.answers("上一级单位简称", "第三分局")
    clerk.answers("上一级单位地址", "己县白岭路2号")
    clerk.answers("上一级单位电话", "0999-5552200")
    clerk.answers("再上一级单位全称", "")
    # Of a unit whose name is not known, nothing more is asked.
    assert "再上一级单位简称" not in clerk.reads("机关代字: ")
    clerk.reads("请填写")
    os.write(clerk.handle, b"\n")
    clerk.answers("部室", "信访办、稳控部", "信访办，合同部、纪检室")  # a word that labels people
    clerk.answers("主要负责人", "马宁")
    clerk.answers("分管领导", "田启")
    clerk.answers("信访办负责人", "")
    clerk.answers("信访办经办", "罗青")
    clerk.answers("合同部负责人", "")
    clerk.answers("纪检室纪检人员", "石岩")
    clerk.answers("信访电话", "打门卫", "0999-5552101")  # no number in it
    clerk.answers("电子邮箱", "xinfang", "xinfang@dinghe.example")  # no address
    clerk.answers("接待地点", "营地二号楼一层")
    clerk.answers("接待时间", "")
    clerk.answers("代码托管", "2")
    clerk.answers("网址", "git.dinghe.example", "https://git.dinghe.example/xf/dengjice")
    clerk.answers("建立 登记册", "是")
    assert clerk.ends() == 0, clerk.text
    folder = desk.home / "登记册"
    text = (folder / "office.yaml").read_text("utf-8")
    office = load_office(read(folder / "office.yaml", "office.yaml")).record
    assert office is not None
    assert office.own_unit.short == "丁河项目部"
    assert office.series["函"] == "丁河函"  # type: ignore[index]
    assert [d.name for d in office.departments] == ["信访办", "合同部", "纪检室"]
    assert "工资支付" in office.departments[1].categories, "a name like that of a usual department"
    assert office.departments[2].categories == [Category.SEALED]
    assert [post.name for post in office.posts] == ["马宁", "田启", "罗青", "石岩"]
    assert office.channels.phone == "0999-5552101"
    assert office.hosting is not None
    assert office.hosting.new_file.startswith("https://git.dinghe.example/xf/dengjice/_new/main/")
    assert "稳控" not in text
    assert (folder / ".gitea/workflows/xinfang.yml").exists()
    assert not (folder / ".gitlab-ci.yml").exists()
    assert "待填" in text, "what was passed over is marked"


def test_who_stops_in_the_middle_has_written_nothing_and_goes_on_there(desk: Desk) -> None:
    clerk = Terminal(desk, "init", "登记册", "--ci", "none")
    clerk.answers("本单位全称", "丁河电站机电安装项目部")
    clerk.reads("本单位简称: ")
    os.kill(clerk.pid, signal.SIGINT)
    assert clerk.ends() == 2
    assert "未写入任何文件" in clerk.text
    assert not (desk.home / "登记册").exists()
    assert not desk.key.exists()
    clerk = Terminal(desk, "init", "登记册", "--ci", "none")
    clerk.answers("有没填完的草稿", "1")
    clerk.answers("本单位简称", "丁河项目部")
    while "建立 登记册" not in clerk.reads("请填写"):
        os.write(clerk.handle, b"\n")
    os.write(clerk.handle, "否\n".encode())  # looked at, and not wanted after all
    assert clerk.ends() == 2
    assert not (desk.home / "登记册").exists()
    assert not desk.key.exists()


# Hooks and hosts


def test_the_hooks_look_at_the_next_commit(founded: tuple[Desk, str]) -> None:
    desk, _ = founded
    folder = desk.home / "登记册"
    wrong = folder / "cases/2026/XF-2026-0009.yaml"
    wrong.write_text("编号: XF-2026-0009\n标题: 反映\n", "utf-8")
    desk.git("add", "cases", where="登记册")
    refused = desk.run("git", "commit", "-qm", "XF-2026-0009: 登记", where="登记册")
    assert refused.returncode != 0
    assert "XF-2026-0009.yaml" in refused.stdout + refused.stderr
    desk.git("reset", "-q", "--hard", where="登记册")
    assert desk.git("check-attr", "merge", "cases/2026/a.yaml", where="登记册").endswith(
        "xinfang\n"
    )
    assert "xinfang" in desk.git("config", "merge.xinfang.driver", where="登记册")


FILES = {
    Host.GITLAB: (".gitlab-ci.yml", "vendor.gitlab-ci"),
    Host.GITEA: (".gitea/workflows/xinfang.yml", "vendor.github-workflows"),
    Host.FORGEJO: (".forgejo/workflows/xinfang.yml", "vendor.github-workflows"),
    Host.GITHUB: (".github/workflows/xinfang.yml", "vendor.github-workflows"),
}


@pytest.mark.parametrize("host", Host)
def test_the_file_of_a_host_is_what_the_host_expects(founded: tuple[Desk, str], host: Host) -> None:
    desk, _ = founded
    name, schema = FILES[host]
    tool = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema)
    done = desk.run(*tool, name, where="登记册")
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_host_does_the_same_and_it_works_here(founded: tuple[Desk, str]) -> None:
    desk, _ = founded
    done: dict[Host, set[str]] = {}
    for host, (name, _) in FILES.items():
        text = (desk.home / "登记册" / name).read_text("utf-8")
        commands = re.findall(r"xinfang (?:check|due|site)[a-z0-9 -]*", text)
        done[host] = {command.strip().removesuffix(" --format github") for command in commands}
    assert set(map(frozenset, done.values())) == {
        frozenset(
            {
                *("xinfang check", "xinfang due --within 7", "xinfang check --overdue error"),
                *("xinfang site", "xinfang site --audience public"),
            }
        )
    }
    for command in done[Host.GITLAB]:
        if "site" not in command:
            code, said = desk.xinfang(*command.split()[1:], where="登记册")
            assert code == 0, said


def test_what_runs_at_a_host_is_pinned_once_and_knows_no_secret(founded: tuple[Desk, str]) -> None:
    desk, _ = founded
    pins = (desk.home / "登记册/requirements.txt").read_text("utf-8")
    assert re.search(r"^xinfang==[\d.]+$", pins, re.MULTILINE)
    for name, _ in FILES.values():
        text = (desk.home / "登记册" / name).read_text("utf-8")
        assert "install -q -r requirements.txt" in text
        assert "secrets" not in text
        assert "XINFANG_KEY" not in text
        assert not re.search(r"https?://", text)
        for action in re.findall(r"uses: (\S+)", text):
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
        assert yaml.safe_load(text)


def test_the_readme_of_the_office_names_commands_that_there_are(founded: tuple[Desk, str]) -> None:
    desk, _ = founded
    text = (desk.home / "登记册/README.md").read_text("utf-8")
    named = set(re.findall(r"xinfang ([a-z-]+)", text))
    assert len(named) > 10
    assert named <= set(COMMANDS)


def test_a_host_not_chosen_has_no_file(desk: Desk) -> None:
    desk.xinfang("init", "登记册", "--from", str(ANSWERS), "--ci", "github")
    folder = desk.home / "登记册"
    present = {host for host, (name, _) in FILES.items() if (folder / name).exists()}
    assert present == {Host.GITHUB}
    assert "Actions" in (folder / "README.md").read_text("utf-8")
