"""Taking in: 来件 of the registration page, filled forms, hostile files; both parts or none."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from desk_tools import armored, call, delivered, filled, new_register, opened, text_of
from form_samples import blank, papers
from playwright.sync_api import Browser
from terminals import Terminal
from test_cli import git
from test_fillable import reading
from test_intake_page import INTAKE, NAME, clerk, fill_in

from xinfang.arrivals import is_age, read_arrival
from xinfang.fillable import fillable
from xinfang.filled import registration_sheet
from xinfang.filled.reading import read_filled
from xinfang.source import read_text

Said = Callable[..., tuple[int, str]]

TODAY = date(2026, 9, 16)
CODE = "7K3M-9QXR"
PHONE = "199" + "0000" + "0042"
MATTER = """\
  标题: 反映营地三号楼没有热水
  收到: 2026-09-16 09:20
  渠道: 走访
  首问人: 周成
  登记人: 李敏
  目的: 申诉求决
  类别: 食宿与劳动条件
  路径: 信访程序
  信访人:
    - {代号: A, 类型: 个人, 已载明: [姓名, 住址, 联系方式]}
  请求:
    - {内容: 恢复热水, 金额: 120.00}
  事实: |
    三天没有热水。
    值班室：锅炉在修。
"""
FIRST = "  标题: 反映食堂价格\n  收到: 2026-09-16 08:00\n  渠道: 电话\n  首问人: 周成\n"
GIVEN = ("登记人=李敏", "目的=申诉求决", "类别=食宿与劳动条件", "路径=信访程序")


def who(code: str = CODE, name: str = "张喆") -> str:
    return (
        f"查询码: {code}\n信访人:\n  A:\n    姓名: {name}\n    住址: 甲省乙县丙镇丁村\n"
        f"    联系方式:\n      - {{号码: '{PHONE}', 所有人: 本人}}\n"
    )


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "无"))
    folder = tmp_path / "登记册"
    folder.mkdir()
    return new_register(folder)


@pytest.fixture
def said(register: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    return lambda *arguments: call(capsys, register, *arguments)


@pytest.fixture(scope="module")
def sealed() -> str:
    return armored(who())


@pytest.fixture(scope="module")
def registration() -> bytes:
    return fillable(blank(papers().forms["D02"]))


def put(folder: Path, text: str, name: str = f"intake-{CODE}.yaml") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def files(register: Path) -> set[str]:
    found = (path for part in ("cases", "sealed") for path in (register / part).rglob("*.*"))
    return {path.name for path in found}


# What the registration page makes


def test_a_delivery_becomes_a_matter_with_both_parts_and_a_receipt(
    register: Path, said: Said, sealed: str
) -> None:
    file = put(register / "inbox", delivered(MATTER, seal=sealed))
    code, told = said("intake")
    assert code == 0, told
    assert f"已登记 XF-2026-0025,查询码 {CODE}" in told
    assert "XF-2026-0011 反映三号宿舍楼没有热水" in told  # an earlier matter, shown to be judged
    assert not file.exists()

    case = (register / "cases/2026/XF-2026-0025.yaml").read_text("utf-8")
    assert case.startswith(f"编号: XF-2026-0025\n查询码: {CODE}\n标题: 反映营地三号楼没有热水\n")
    assert "登记: 2026-09-16" in case
    assert "金额: 120.00" in case
    assert "值班室：锅炉在修。" in case
    # As received: it needs no key, and the age program opens it.
    armor = (register / "sealed/2026/XF-2026-0025.age").read_bytes()
    assert armor.decode() == sealed
    assert opened(register, "XF-2026-0025") == who()

    slip = text_of(register / "build/papers/XF-2026-0025/XF-2026-0025-D02a.pdf")
    for words in ("XF-2026-0025", CODE, "2026年9月16日09:20", "2026年10月8日", "2026年11月16日"):
        assert words in slip
    assert "张喆" not in slip
    assert PHONE not in slip

    # Sealed under the code and not the number, it passes with the key at hand.
    code, told = said("check")
    assert code == 0, told
    assert "XF-2026-0025" not in "".join(
        line for line in told.splitlines() if "sealed" in line or "错误" in line
    )
    code, told = said("explain", CODE)
    assert "XF-2026-0025 已登记" in told


def test_the_same_delivery_is_taken_once(register: Path, said: Said, sealed: str) -> None:
    put(register / "inbox", delivered(MATTER, seal=sealed))
    said("intake")
    again = put(register / "inbox", delivered(MATTER, seal=sealed))
    before = files(register)
    code, told = said("intake", again)
    assert code == 1
    assert f"查询码 {CODE} 已经登记过,编号 XF-2026-0025" in told
    assert again.exists()
    assert files(register) == before


def test_a_file_elsewhere_stays_and_without_a_key_nothing_is_opened(
    register: Path, said: Said, tmp_path: Path, sealed: str
) -> None:
    (register / "keys/demo.key").unlink()
    file = put(tmp_path, delivered(MATTER, seal=sealed))
    code, told = said("intake", file)
    assert code == 0, told
    assert "没有动它" in told
    assert file.read_text("utf-8") == delivered(MATTER, seal=sealed)
    assert is_age((register / "sealed/2026/XF-2026-0025.age").read_bytes())


def test_what_is_missing_is_named_with_the_way_to_give_it(register: Path, said: Said) -> None:
    file = put(register / "inbox", delivered(FIRST, kind="首问"))
    code, told = said("intake", file)
    assert code == 1
    assert f"inbox/{file.name}" not in told or file.exists()
    assert "缺少“目的”。请在命令后写 目的=……" in told
    code, told = said("intake", file, *GIVEN)
    assert "已登记 XF-2026-0025" in told
    case = (register / "cases/2026/XF-2026-0025.yaml").read_text("utf-8")
    assert "首问人: 周成\n登记人: 李敏\n" in case


def test_a_bad_file_keeps_none_of_the_others_out(
    register: Path, said: Said, tmp_path: Path, sealed: str
) -> None:
    folder = tmp_path / "下载"
    folder.mkdir()
    put(folder, delivered(MATTER, seal=sealed), "1.yaml")
    bad = put(folder, delivered(MATTER.replace("走访", "飞鸽"), "AAAA-BBBB"), "2.yaml")
    put(folder, delivered(MATTER, "CCCC-DDDD"), "3.yaml")
    code, told = said("intake", folder)
    assert code == 1
    assert "合计 登记 2 件,没有收 1 个: 2.yaml" in told
    assert "2.yaml:7:7: 错误: “渠道”不能填这个值" in told
    assert bad.exists()
    assert {"XF-2026-0025.yaml", "XF-2026-0026.yaml"} <= files(register)
    assert (register / "build/papers/XF-2026-0026/XF-2026-0026-D02a.pdf").exists()


def test_commits_say_number_and_step_and_clear_the_inbox(
    register: Path, said: Said, sealed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who_ in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who_}_NAME", "样例")
        monkeypatch.setenv(f"GIT_{who_}_EMAIL", "sample@example.invalid")
    put(register / "inbox", delivered(MATTER, seal=sealed))
    git(register, "init", "-q", "-b", "main")
    git(register, "add", "-A")
    git(register, "commit", "-qm", "样例")
    code, told = said("intake", "--commit")
    assert code == 0, told
    assert git(register, "log", "-1", "--format=%B").strip() == "XF-2026-0025: 登记"
    changed = git(register, "show", "--format=", "--name-status", "HEAD").split()
    assert changed == [
        "A",
        "cases/2026/XF-2026-0025.yaml",
        "D",
        f"inbox/intake-{CODE}.yaml",
        "A",
        "sealed/2026/XF-2026-0025.age",
    ]


def test_two_clerks_at_once_get_two_numbers(register: Path, tmp_path: Path) -> None:
    codes = ("AAAA-AAA1", "AAAA-AAA2")
    taken = [
        put(tmp_path, delivered(MATTER, code, armored(who(code))), f"{code}.yaml") for code in codes
    ]
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "xinfang", "-C", register, "intake", file],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        for file in taken
    ]
    told = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    cases = [(register / f"cases/2026/XF-2026-002{n}.yaml").read_text("utf-8") for n in (5, 6)]
    assert sorted(case.split("\n")[1] for case in cases) == [f"查询码: {code}" for code in codes]
    assert {"XF-2026-0025.age", "XF-2026-0026.age"} <= files(register)


# Accusations


def test_of_an_accusation_nothing_is_told_but_that_it_came(
    register: Path, said: Said, tmp_path: Path
) -> None:
    text = "  标题: 反映队长收受回扣\n  收到: 2026-09-16\n  渠道: 书信\n"
    file = put(tmp_path, delivered(text, seal=armored(who()), kind="首问"))
    code, told = said("intake", file, "登记人=孙岚", "目的=检举控告")
    assert code == 0, told
    case = (register / "cases/2026/XF-2026-0025.yaml").read_text("utf-8")
    assert "标题: 检举控告(内容已封存)" in case
    assert "回扣" not in case + told
    inside = opened(register, "XF-2026-0025")
    assert "反映队长收受回扣" in inside
    assert "张喆" in inside
    slip = text_of(register / "build/papers/XF-2026-0025/XF-2026-0025-D02a.pdf")
    assert "内容依法保密" in slip
    assert "回扣" not in slip


def test_a_pair_for_many_files_makes_no_open_matter_of_an_accusation(
    register: Path, said: Said, tmp_path: Path
) -> None:
    text = (
        "  标题: 检举控告(内容已封存)\n  收到: 2026-09-16\n  渠道: 书信\n"
        "  登记人: 孙岚\n  目的: 检举控告\n  类别: 检举控告\n"
    )
    file = put(tmp_path, delivered(text, seal=armored(who())))
    code, told = said("intake", file, "目的=申诉求决", "类别=食宿与劳动条件", "标题=反映回扣")
    assert code == 0, told
    case = (register / "cases/2026/XF-2026-0025.yaml").read_text("utf-8")
    assert "目的: 检举控告" in case
    assert "类别: 检举控告" in case
    assert "回扣" not in case + told


def test_without_a_key_an_open_accusation_is_not_taken(
    register: Path, said: Said, tmp_path: Path
) -> None:
    (register / "keys/demo.key").unlink()
    text = "  标题: 反映队长收受回扣\n  收到: 2026-09-16\n  渠道: 书信\n"
    file = put(tmp_path, delivered(text, seal=armored(who()), kind="首问"))
    code, told = said("intake", file, "登记人=孙岚", "目的=检举控告")
    assert code == 1
    assert "请由持有密钥的人登记" in told
    assert "回扣" not in told


# With a key


def test_a_name_that_is_sealed_may_not_stand_beside_in_clear(
    register: Path, said: Said, tmp_path: Path, sealed: str
) -> None:
    file = put(tmp_path, delivered(MATTER.replace("三天", "张喆说三天"), seal=sealed))
    before = files(register)
    code, told = said("intake", file)
    assert code == 1
    assert "封存的姓名以明文写在“事项”里" in told
    assert "张喆" not in told
    assert files(register) == before


def test_what_is_sealed_for_others_or_for_another_matter_is_told(
    said: Said, tmp_path: Path
) -> None:
    other = age_key(tmp_path)
    file = put(tmp_path, delivered(MATTER, seal=armored(who(), other)))
    code, told = said("intake", file)
    assert "手头的密钥打不开封存部分" in told
    file = put(tmp_path, delivered(MATTER, "AAAA-BBBB", armored(who("CCCC-DDDD"))))
    code, told = said("intake", file)
    assert code == 1
    assert "封存内容的编号与事项编号不同" in told


def age_key(folder: Path) -> str:
    done = subprocess.run(
        ["age-keygen", "-o", folder / "他人.key"], capture_output=True, text=True, check=True
    )
    return done.stderr.split()[-1]


# Hostile input

_BOMB = "a: &a [x, x]\nb: &b [*a, *a]\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            delivered(MATTER) + f"封存:\n  信访人: {{A: {{姓名: 张喆, 电话: '{PHONE}'}}}}\n",
            "没有加密",
        ),
        (delivered(MATTER) + f"封存: 张喆 {PHONE}\n", "不是 age 加密的内容"),
        (delivered(MATTER) + "封存: |\n  -----BEGIN AGE ENCRYPTED FILE-----\n  AAAA\n", "不是 age"),
        (delivered(MATTER, "../../office"), "“查询码”缺少或写法不对"),
        (delivered(MATTER, "7k3m-9qxr"), "“查询码”缺少或写法不对"),
        (delivered("  编号: XF-2026-0001\n" + MATTER), "“编号”由登记时给出"),
        (delivered("  原编号: [XF-2026-0001]\n" + MATTER), "“原编号”由登记时给出"),
        (
            delivered("  办理:\n    - {日期: 2026-09-16, 事项: 受理}\n" + MATTER),
            "“办理”由登记时给出",
        ),
        (delivered("  登记: 2020-01-01\n" + MATTER), "“登记”由登记时给出"),
        (delivered(MATTER) + "张喆: 1\n", "来件里没有这一项"),
        (delivered(MATTER, kind="管理员"), "这不像登记页生成的来件"),
        (delivered(MATTER).replace("标题: ", "标题: !!python/object:os.system "), "类型标记"),
        (_BOMB + delivered(MATTER), "锚点或别名"),
        ("[" * 5000, "嵌套超过"),
        (delivered(MATTER).replace("三天", f"打{PHONE}三天"), "疑似电话号码"),
        (delivered(MATTER).replace("事项:", "事项：", 1), "全角冒号"),
        ("编号: XF-2026-0001\n标题: 张喆\n", "这不像登记页生成的来件"),
        ("", "文件是空的"),
        ("标题: 张喆\n" * 200_000, "大于 1 MiB"),
        (delivered(FIRST + "  办结: 是\n", kind="首问"), "首问的来件只能写"),
    ],
    ids=range(20),
)
def test_what_is_not_right_is_refused_whole_and_quotes_nobody(
    register: Path, said: Said, text: str, says: str
) -> None:
    file = put(register / "inbox", text)
    before = files(register)
    code, told = said("intake", file, *(GIVEN if "首问" in text[:20] else ()))
    assert code == 1
    assert says in told
    assert "张喆" not in told
    assert PHONE not in told
    assert file.read_text("utf-8") == text
    assert files(register) == before


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"\xff\xfe" + "来件".encode("utf-16-le"), "UTF-16"),
        (bytes(range(256)) * 40, "不是 UTF-8"),
        ("来件: 登记\n标题: 张喆\n".encode("gbk"), "GBK"),
        (b"%PDF-1.7\n" + b"\x00" * 3000, "PDF 已损坏"),
        (b"PK\x03\x04" + b"\x00" * 100, "压缩包已损坏"),
    ],
    ids=range(5),
)
def test_other_bytes_are_refused(register: Path, said: Said, raw: bytes, says: str) -> None:
    file = register / "inbox/来件.yaml"
    file.write_bytes(raw)
    code, told = said("intake", file)
    assert code == 1
    assert says in told
    assert file.read_bytes() == raw


def test_links_folders_and_what_is_not_there_are_told(
    register: Path, said: Said, tmp_path: Path
) -> None:
    link = tmp_path / "来件.yaml"
    link.symlink_to(register / "office.yaml")
    code, told = said("intake", link, tmp_path / "没有.yaml")
    assert code == 1
    assert "不是普通文件" in told
    assert "没有这个文件" in told


def test_an_archive_is_read_without_unpacking(
    register: Path, said: Said, tmp_path: Path, sealed: str
) -> None:
    archive = tmp_path / "来件.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../../office.yaml", delivered(MATTER, seal=sealed))
        packed.writestr("大.yaml", b"x" * 30_000_000)
        packed.writestr("__MACOSX/._大.yaml", b"x")
    office = (register / "office.yaml").read_bytes()
    code, told = said("intake", archive)
    assert code == 1
    assert "已登记 XF-2026-0025" in told
    assert "来件.zip › 大.yaml" in told
    assert (register / "office.yaml").read_bytes() == office
    assert not list(tmp_path.rglob("大.yaml"))


def test_a_sealed_file_in_the_way_is_not_overwritten(
    register: Path, said: Said, tmp_path: Path, sealed: str
) -> None:
    (register / "sealed/2026/XF-2026-0025.age").write_bytes(b"kept")
    code, told = said("intake", put(tmp_path, delivered(MATTER, seal=sealed)))
    assert code == 1
    assert "却没有相应的事项文件,不会覆盖" in told
    assert (register / "sealed/2026/XF-2026-0025.age").read_bytes() == b"kept"
    assert not (register / "cases/2026/XF-2026-0025.yaml").exists()


@pytest.mark.parametrize("cut", [30, 200, -40])
def test_a_torn_seal_is_none(sealed: str, cut: int) -> None:
    assert is_age(sealed.encode())
    assert not is_age(sealed[:cut].encode())
    assert read_arrival(read_text(delivered(MATTER, seal=sealed[:cut]), "来件.yaml"))[0] is None


# Waiting


def test_what_waits_in_the_inbox_is_told_by_check(register: Path, said: Said) -> None:
    put(register / "inbox", delivered(FIRST, kind="首问"), "a.yaml")
    put(register / "inbox", delivered(FIRST.replace("09-16", "09-11"), kind="首问"), "b.yaml")
    put(register / "inbox", "来件: 登记\n", "c.yaml")
    code, told = said("check")
    assert code == 0, told
    assert "inbox/b.yaml:6:7: 警告: 来件搁了 5 天还没有登记" in told
    assert "inbox/c.yaml:1:1: 警告: “查询码”缺少" in told
    assert "inbox/a.yaml" not in told


# At the keyboard


def test_a_clerk_is_asked_only_for_what_is_missing(register: Path, tmp_path: Path) -> None:
    text = FIRST.replace("反映食堂价格", "建议食堂明码标价、供应夜班加餐")
    file = put(tmp_path, delivered(text, kind="首问"))
    with Terminal(register, "intake", str(file)) as terminal:
        terminal.read("标题: 建议食堂明码标价")
        terminal.answer("目的", "申诉求决")
        terminal.answer("类别", "食宿与劳动条件")
        terminal.answer("登记人", "李敏")
        terminal.answer("路径")  # 信访程序
        terminal.answer("请求第1条", "食堂明码标价")
        terminal.answer("第1条金额")
        terminal.answer("请求第2条", "夜班加餐")
        terminal.answer("第2条金额")
        terminal.answer("请求第3条")
        terminal.answer("事实")
        terminal.read("XF-2026-0007")  # an earlier matter that may be the same
        terminal.answer("关联", "1")
        terminal.answer("登记这一件")
        terminal.read("回执:")
        assert terminal.end() == 0
    case = (register / "cases/2026/XF-2026-0025.yaml").read_text("utf-8")
    assert "登记人: 李敏" in case
    assert "关联: [XF-2026-0007]" in case
    assert "- {内容: 食堂明码标价}\n  - {内容: 夜班加餐}" in case


# Forms filled in on the screen

WRITTEN = {
    "收到时间年": "2026",
    "收到时间月": "９",
    "收到时间日": "15日",
    "收到时间时": "9",
    "收到时间分": "5",
    "首问人": "周成",
    "事由": "反映班组工资没有付清",
    "提出人数：人": "２３人",
    "提出人数：代表…人": "1",
    "姓名（名称）": "欧阳喆",
    "住址": "甲省乙县丙镇丁村",
    "联系方式": f"{PHONE}（工友）、zz@example.invalid",
    "与项目关系": "分包工人",
    "姓名（名称）（2）": "丙镇机电劳务有限公司",
    "请求（逐条）": "1．支付3月工资（共41,860.00元）。\n2、补签劳动合同\n并补缴社保",
    "主要事实": "三月以来没有发工资。\r\n找过两次班组长。",
    "提交材料": "1.考勤表；2.工资条",
    "此前登记": "XF-2026-0001",
    "办理期限": "越快越好",
}
TICKED = {
    "信访形式：走访",
    "信访目的：申诉求决",
    "内容类别：工资支付",
    "紧急程度：一般",
    "个人信息告知：已说明",
    "初步意见：受理办理",
}


def test_a_filled_registration_form_becomes_a_matter_and_prints_as_written(
    register: Path, said: Said, tmp_path: Path, registration: bytes
) -> None:
    file = tmp_path / "登记表.pdf"
    file.write_bytes(filled(registration, WRITTEN, TICKED))
    code, told = said("intake", file, "登记人=李敏", "路径=信访程序")
    assert code == 0, told
    case = (register / "cases/2026/XF-2026-0025.yaml").read_text("utf-8")
    for line in (
        "收到: 2026-09-15 09:05",
        "渠道: 走访",
        "人数: 23",
        "关联: [XF-2026-0001]",
        "- {代号: A, 类型: 个人, 已载明: [姓名, 住址, 联系方式], 代表: 是, 关系: 分包工人}",
        "- {代号: B, 类型: 单位, 已载明: [姓名]}",
        "- {内容: 支付3月工资, 金额: 41860.00}",
        "- {内容: 补签劳动合同并补缴社保}",
        "材料: [考勤表, 工资条]",
        "已告知个人信息处理: 是",
    ):
        assert line in case, line
    assert "三月以来没有发工资。\n  找过两次班组长。" in case
    inside = opened(register, "XF-2026-0025")
    for value in ("欧阳喆", PHONE, "所有人: 工友", "丙镇机电劳务有限公司", "办理期限: 越快越好"):
        assert value in inside
    for value in ("欧阳喆", PHONE, "zz@example.invalid", "越快越好"):
        assert value not in case + told
    assert "表上 办理期限、初步意见：受理办理 没有对应的项" in told
    assert "打印入卷后请删除" in told

    # Nothing but ciphertext stands on the disk, and what is printed with the key is what was typed.
    for path in register.rglob("*"):
        if path.is_file() and "papers" not in path.parts:
            assert "欧阳喆".encode() not in path.read_bytes(), path
    code, told = said("render", "25", "--form", "D02")
    assert code == 0, told
    printed = text_of(register / "build/papers/XF-2026-0025/XF-2026-0025-D02.pdf")
    for words in ("欧阳喆", PHONE, "反映班组工资没有付清", "41,860.00", "找过两次班组长", "23人"):
        assert words in printed


def test_a_form_typed_into_in_a_browser_is_read(registration: bytes) -> None:
    texts = {
        "事由": "反映三号楼没有热水",
        "姓名（名称）": "张喆祎",
        "收到时间月": "9",
        "收到时间日": "15",
    }
    with reading(registration) as (reader, spots):
        for name, text in texts.items():
            reader.type(spots[name], text)
        reader.click(spots["信访目的：建议意见"])
        saved = reader.saved()
    sheet = registration_sheet(read_filled(saved), TODAY)
    assert sheet.matter == {
        "标题": "反映三号楼没有热水",
        "收到": "2026-09-15",
        "目的": "建议意见",
        "信访人": [{"代号": "A", "类型": "个人", "已载明": ["姓名"]}],
    }
    assert sheet.parties == {"A": {"姓名": "张喆祎"}}


@pytest.mark.parametrize(
    "value", [b"\xfe\xff" + "没有热水".encode("utf-16-be"), b"\xef\xbb\xbf" + "没有热水".encode()]
)
def test_values_are_read_however_they_are_encoded(registration: bytes, value: bytes) -> None:
    with pikepdf.open(BytesIO(registration)) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        fields["事由"].V = pikepdf.String(value)
        fields["标段"].V = pdf.make_stream(value)
        del pdf.docinfo["/Subject"]  # as programs do that write their own
        result = BytesIO()
        pdf.save(result)
    read = read_filled(result.getvalue())
    assert read.form == "D02"
    assert read.texts == {"事由": "没有热水", "标段": "没有热水"}


def test_what_cannot_be_meant_is_named_by_its_label(
    register: Path, said: Said, tmp_path: Path, registration: bytes
) -> None:
    wrong = {
        "收到时间年": "2026",
        "收到时间月": "2",
        "收到时间日": "30",
        "提出人数：人": "张喆等好多",
    }
    ticks = {"信访目的：建议意见", "信访目的：申诉求决"}
    file = tmp_path / "登记表.pdf"
    file.write_bytes(filled(registration, {**WRITTEN, **wrong}, ticks))
    code, told = said("intake", file, "登记人=李敏")
    assert code == 1
    assert "“收到时间”不是日期" in told
    assert "“提出人数：人”看不懂" in told
    assert "“信访目的”勾选了 2 个" in told
    assert "张喆" not in told
    assert not (register / "cases/2026/XF-2026-0025.yaml").exists()


def test_an_accusation_on_paper_goes_sealed_as_a_whole(
    register: Path, said: Said, tmp_path: Path, registration: bytes
) -> None:
    file = tmp_path / "登记表.pdf"
    ticks = {"信访目的：检举控告", "信访形式：书信"}
    file.write_bytes(filled(registration, {**WRITTEN, "主要事实": "班组长收受回扣"}, ticks))
    code, told = said("intake", file, "登记人=孙岚")
    assert code == 0, told
    case = (register / "cases/2026/XF-2026-0025.yaml").read_text("utf-8")
    inside = opened(register, "XF-2026-0025")
    for words in ("班组长收受回扣", "分包工人", "支付3月工资", "考勤表"):
        assert words in inside
        assert words not in case + told


def test_a_note_of_first_contact_is_read_from_either_part(
    register: Path, said: Said, tmp_path: Path
) -> None:
    note = fillable(blank(papers().forms["D01"]))
    texts = {
        "事由（一句话）（2）": "反映食堂价格",
        "称呼（愿留）（2）": "欧阳师傅",
        "收到时间月（2）": "9",
        "收到时间日（2）": "16",
        "收到时间时（2）": "14",
        "首问人：姓名…岗位（2）": "周成",
    }
    file = tmp_path / "首问.pdf"
    file.write_bytes(filled(note, texts, {"渠道：走访（2）"}))
    _, told = said("intake", file, *GIVEN)
    assert "已登记 XF-2026-0025" in told, told
    case = (register / "cases/2026/XF-2026-0025.yaml").read_text("utf-8")
    assert "收到: 2026-09-16 14:00" in case
    assert "欧阳师傅" not in case
    assert "欧阳师傅" in opened(register, "XF-2026-0025")


def test_other_pdfs_are_told_what_they_lack(
    said: Said, tmp_path: Path, registration: bytes
) -> None:
    flat, other, locked = (tmp_path / f"{name}.pdf" for name in ("扫描", "别的", "加密"))
    with pikepdf.open(BytesIO(registration)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
        pdf.Root.AcroForm.Fields = pikepdf.Array()
        for page in pdf.pages:
            del page.Annots
        pdf.save(flat)
    other.write_bytes(fillable(blank(papers().forms["D30"])))
    code, told = said("intake", flat, other, locked)
    assert code == 1
    assert "没有可填写的字段" in told
    assert "不是能读回的表格" in told
    assert "加了密码" in told


def test_a_form_with_a_number_of_the_register_is_not_registered_again(
    said: Said, tmp_path: Path, registration: bytes
) -> None:
    file = tmp_path / "登记表.pdf"
    file.write_bytes(filled(registration, {**WRITTEN, "登记编号": "xf-2026-0007"}, TICKED))
    code, told = said("intake", file, "登记人=李敏")
    assert code == 1
    assert "表上已有登记编号 XF-2026-0007" in told


# From the page in a browser to a register that is green


def test_what_the_page_makes_is_taken_in(
    browser: Browser, sample_site_folder: Path, register: Path, said: Said
) -> None:
    at = clerk(browser, sample_site_folder.as_uri() + "/", INTAKE)
    fill_in(at)
    at.finishes()
    code = at.code()
    file = put(register / "inbox", at.downloads(), f"intake-{code}.yaml")
    at.page.close()
    status, told = said("intake")
    assert status == 0, told
    assert f"已登记 XF-2026-0025,查询码 {code}" in told
    assert not file.exists()
    case = (register / "cases/2026/XF-2026-0025.yaml").read_text("utf-8")
    assert "金额: 41860.00" in case
    assert NAME in opened(register, "XF-2026-0025")
    assert NAME not in case + told
    status, told = said("check")
    assert status == 0, told
