"""The command line as a clerk meets it: Chinese sentences, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from clerk import commanded
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from xinfang.cli import COMMANDS

ROOT = Path(__file__).parents[1]
FINDINGS_SCHEMA = ROOT / "tools/xinfang/schemas/findings.schema.json"
NEW = [
    "标题=反映宿舍无热水",
    "渠道=电话",
    "登记人=李敏",
    "首问人=周成",
    "目的=申诉求决",
    "类别=食宿与劳动条件",
    "路径=信访程序",
    "事实=宿舍三天没有热水",
    "请求=[{内容: 恢复热水}]",
    "信访人=[{代号: A, 类型: 个人, 已载明: [姓名, 住址, 联系方式]}]",
]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A copy of the sample register in a repository of its own."""
    folder = tmp_path / "登记册"
    folder.mkdir()
    shutil.copy(ROOT / "office.yaml", folder)
    shutil.copytree(ROOT / "cases", folder / "cases")
    shutil.copytree(ROOT / "sealed", folder / "sealed")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "样例")
    return folder


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=样例", "-c", "user.email=sample@example.invalid"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def xinfang(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "GIT_AUTHOR_NAME": "样例",
        "GIT_AUTHOR_EMAIL": "sample@example.invalid",
        "GIT_COMMITTER_NAME": "样例",
        "GIT_COMMITTER_EMAIL": "sample@example.invalid",
    }
    return commanded(folder, arguments, environment)


def sound(done: subprocess.CompletedProcess[str]) -> str:
    """What it said; no traceback and no English sentence anywhere."""
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert "Error" not in said
    return said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_chinese_help_with_an_example(name: str) -> None:
    done = xinfang(ROOT, name, "--help")
    assert done.returncode == 0, done.stderr
    assert "用法:" in done.stdout
    assert "例:" in done.stdout
    for english in ("Usage", "Options", "Show this", "[OPTIONS]", "Commands", "required"):
        assert english not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["chek"], "没有命令"),
        (["check", "--form", "text"], "没有选项"),
        (["check", "--format", "xml"], "不在可选范围"),
        (["check", "--today", "2026-02-30"], "不是日期"),
        (["check", "没有这个.yaml"], "没有文件"),
        (["step"], "缺少参数"),
        (["step", "99", "转办"], "没有编号为 99 的事项"),
        (["step", "1", "转半"], "没有“转半”这一步"),
        (["step", "1", "转办", "主办劳务管理部"], "项目=内容"),
        (["step", "1", "转办", "主板=劳务管理部"], "没有“主板”这一项"),
        (["explain", "XYZ"], "不是规则、期限或编号"),
        (["-C", "none", "check"], "不是登记册"),
        (["keys", "add", "甲", "age1bad"], "office.yaml 没有改动"),
    ],
)
def test_a_wrong_request_is_a_chinese_sentence_and_exit_2(
    register: Path, arguments: list[str], says: str
) -> None:
    done = xinfang(register, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in sound(done)


def test_the_sample_register_has_no_errors(register: Path) -> None:
    done = xinfang(register, "check")
    assert done.returncode == 0, done.stdout
    assert "检查了 24 个事项文件" in sound(done)


def test_overdue_error_turns_lateness_red(register: Path) -> None:
    assert xinfang(register, "check", "--overdue", "error").returncode == 1


def test_one_broken_file_never_hides_another(register: Path) -> None:
    cases = register / "cases/2026"
    (cases / "XF-2026-0001.yaml").write_bytes("标题：甲\n".encode("gb18030"))
    two = cases / "XF-2026-0002.yaml"
    two.write_text(two.read_text("utf-8").replace("渠道: 书信", "渠道: 来信"), "utf-8")
    done = xinfang(register, "check")
    assert done.returncode == 1
    said = sound(done)
    assert "cases/2026/XF-2026-0001.yaml:1:1: 错误: 文件不是 UTF-8 编码" in said
    assert "cases/2026/XF-2026-0002.yaml:" in said
    assert "是否指“书信”" in said


def test_the_formats_for_machines_are_well_formed(register: Path) -> None:
    broken = register / "cases/2026/XF-2026-0003.yaml"
    broken.write_text("标题: 甲\n", "utf-8")
    findings = json.loads(xinfang(register, "check", "--format", "json").stdout)
    Draft202012Validator(json.loads(FINDINGS_SCHEMA.read_text("utf-8"))).validate(findings)
    errors = [f for f in findings["findings"] if f["level"] == "错误"]
    suite = ET.fromstring(xinfang(register, "check", "--format", "junit").stdout)  # noqa: S314
    assert int(suite.get("failures", "0")) == len(errors)
    sarif = json.loads(xinfang(register, "check", "--format", "sarif").stdout)
    assert len(sarif["runs"][0]["results"]) == len(findings["findings"])
    github = xinfang(register, "check", "--format", "github").stdout.splitlines()
    assert github[0].startswith("::")


def test_a_matter_is_registered_transferred_and_committed(register: Path) -> None:
    done = xinfang(register, "new", *NEW, "--commit")
    assert done.returncode == 0, done.stdout + done.stderr
    said = sound(done)
    assert "已登记 XF-2026-0025" in said
    assert "下一步通常是" in said
    assert "书面告知" in said
    file = register / "cases/2026/XF-2026-0025.yaml"
    before = file.read_bytes()
    done = xinfang(register, "step", "25", "转办", "主办=后勤管理部", "经办=李敏", "--commit")
    assert done.returncode == 0, done.stdout + done.stderr
    assert file.read_bytes().startswith(before)
    assert "部室回复是否承办(后勤管理部)" in sound(done)
    xinfang(register, "new", *NEW)
    accepted = xinfang(register, "step", "26", "受理", "经办=李敏")
    assert "下一步通常是: 告知" in sound(accepted)
    notice = ["告知", "文书=受理告知书", "方式=书面", "经办=李敏"]
    told = xinfang(register, "step", "26", *notice)
    assert "下一步通常是: 转办" in sound(told)
    subjects = git(register, "log", "--format=%s").splitlines()
    assert subjects[:2] == ["XF-2026-0025: 转办", "XF-2026-0025: 登记"]
    assert "XF-2026-0025" not in git(register, "status", "--porcelain")


def test_what_is_missing_is_said_and_nothing_is_written(register: Path) -> None:
    done = xinfang(register, "new", "标题=反映宿舍无热水")
    assert done.returncode == 1
    said = sound(done)
    assert "缺少“渠道”" in said
    assert "未写入" in said
    assert not (register / "cases/2026/XF-2026-0025.yaml").exists()


def test_a_step_against_the_rules_is_recorded_only_on_purpose(register: Path) -> None:
    xinfang(register, "new", *NEW)
    file = register / "cases/2026/XF-2026-0025.yaml"
    before = file.read_bytes()
    early = ["step", "25", "转办", "主办=后勤管理部", "日期=2026-09-01"]
    done = xinfang(register, *early)
    assert done.returncode == 1
    assert "transfer-before-registration" in sound(done)
    assert file.read_bytes() == before
    assert xinfang(register, *early, "--anyway").returncode == 1
    assert file.read_bytes().startswith(before)
    assert len(file.read_bytes()) > len(before)


def test_a_misspelt_step_is_not_offered_to_be_recorded_anyway(register: Path) -> None:
    done = xinfang(register, "step", "11", "签批", "签批人=陈立", "介质=口头")
    assert done.returncode == 1
    said = sound(done)
    assert "只能是: 纸质 扫描 电子签名" in said
    assert "--anyway" not in said


def test_a_step_on_a_broken_file_is_refused_and_loses_nothing(register: Path) -> None:
    file = register / "cases/2026/XF-2026-0011.yaml"
    file.write_bytes(file.read_bytes() + "渠道: 走访\n".encode())
    before = file.read_bytes()
    done = xinfang(register, "step", "11", "催办", "部门=后勤管理部", "请于=2026-09-20")
    assert done.returncode == 1
    assert "先改正" in sound(done)
    assert file.read_bytes() == before


def test_explain_tells_rules_clocks_and_dates(register: Path) -> None:
    assert "《信访工作条例》第三十四条" in sound(xinfang(register, "explain", "C3"))
    rule = sound(xinfang(register, "explain", "transfer-before-registration"))
    assert "办理各步的日期不得早于登记日期" in rule
    case = sound(xinfang(register, "explain", "XF-2026-0021"))
    assert "2026-02-24" in case
    assert "期限顺延至" in case


def test_a_fault_of_the_program_is_exit_3_without_a_traceback(register: Path) -> None:
    crash = (
        "import xinfang.cli as c, sys\n"
        "c.cli.main = lambda **_: 1 / 0\n"
        "sys.argv = ['xinfang', 'check']\n"
        "c.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", crash], cwd=register, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "程序出错" in done.stderr
    assert "Traceback" not in done.stderr


def test_validating_one_file_imports_nothing_heavy(register: Path) -> None:
    look = (
        "import sys; sys.argv = ['xinfang', 'check', 'cases/2026/XF-2026-0001.yaml']\n"
        "from xinfang.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'weasyprint', 'mkdocs', 'xlsxwriter', 'openpyxl', 'jinja2', 'pyrage'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=register, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
