"""Handing over: what a department gets as a folder or a mail, and its reply taken back."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from desk_tools import armored, call, filled, new_register, opened, text_of
from pdfplumber import open as open_pdf
from test_cli import git
from test_fillable import reading

from xinfang.filled import feedback_sheet, read_filled

Said = Callable[..., tuple[int, str]]

TRANSFER = (
    "step",
    "25",
    "转办",
    "主办=劳务管理部",
    "协办=财务部",
    "反馈期限=2026-09-20",
    "经办=李敏",
)
MATTER = """\
编号: XF-2026-0025
标题: 反映班组工资少算两天
收到: 2026-09-15
登记: 2026-09-15
渠道: 书信
登记人: 李敏
目的: 申诉求决
类别: 工资支付
路径: 信访程序
信访人:
  - {代号: A, 类型: 个人, 已载明: [姓名, 住址, 联系方式]}
请求:
  - {内容: 补算两天工资, 金额: 480.00}
事实: 八月少算两天。
理由: 考勤表上有。
已告知个人信息处理: 是
办理:
  - {日期: 2026-09-15, 事项: 受理, 依据: [信访工作条例 第二十三条], 经办: 李敏}
"""
WHO = """\
编号: XF-2026-0025
信访人:
  A:
    姓名: 欧阳喆
    住址: 甲省乙县丙镇丁村
    联系方式:
      - {号码: 0999-5559077, 所有人: 本人}
"""
TAKES = "是否承办：承办"
REPLY = {
    "承办人": "王建国",
    "拟办计划": "核对考勤\n9月18日前找班组核实",
    "预计完成月": "9",
    "预计完成日": "25",
    "拟答复意见（逐条）": "拟补发差额",
    "日期年": "2026",
    "日期月": "9",
    "日期日": "15",
}


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "无"))
    folder = tmp_path / "登记册"
    folder.mkdir()
    new_register(folder)
    (folder / "cases/2026/XF-2026-0025.yaml").write_text(MATTER, "utf-8")
    (folder / "sealed/2026/XF-2026-0025.age").write_text(armored(WHO), "ascii")
    return folder


@pytest.fixture
def said(register: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    return lambda *arguments: call(capsys, register, *arguments)


@pytest.fixture
def handed(said: Said, tmp_path: Path) -> Path:
    """The folder for a matter that has just been transferred."""
    code, told = said(*TRANSFER)
    assert code == 0, told
    folder = tmp_path / "转办"
    code, told = said("hand-out", "25", "--to", "劳务管理部", "--output", folder)
    assert code == 0, told
    assert "intake" in told
    return folder


def the(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def names(register: Path, number: str) -> list[str]:
    """Everything sealed for a case that could give somebody away."""
    found = re.findall(r"(?:姓名|住址|号码): *'?([^\n,'}]+)", opened(register, number))
    assert found
    return found


def text_of_bytes(content: bytes) -> str:
    with open_pdf(BytesIO(content)) as pdf:
        return "".join("".join((page.extract_text() or "").split()) for page in pdf.pages)


def reply_to(folder: Path, texts: dict[str, str], ticks: set[str]) -> bytes:
    return filled(the(folder, "*反馈表*.pdf").read_bytes(), texts, ticks)


# The folder


def test_a_department_gets_the_transfer_a_form_to_fill_in_and_its_days(
    register: Path, handed: Path
) -> None:
    transfer = text_of(the(handed, "*转办单*.pdf"))
    assert "XF-2026-0025" in transfer
    assert (
        names(register, "XF-2026-0025")[0] in transfer
    )  # the form has a line for it, and a key is at hand

    form = the(handed, "*反馈表*.pdf")
    shown = text_of(form)
    for words in ("XF-2026-0025", "劳务管理部（主办）", "2026年9月20日前", "2026年9月18日前"):
        assert words in shown
    with pikepdf.open(form) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
    # What the office knows is printed; only what the department has to say is a field.
    assert {"是否承办：承办", "拟办计划", "预计完成月"} <= set(fields)
    assert not {"事由", "转办文号", "应回复是否承办年", "请求（逐条）"} & set(fields)

    calendar = the(handed, "*.ics").read_text("utf-8")
    assert calendar.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20260920" in calendar
    cover = (handed / "说明.txt").read_text("utf-8")
    assert "2026年9月20日前，对每条请求写明查明的事实" in cover
    for name in names(register, "XF-2026-0025"):
        assert name not in shown + calendar + cover


def test_without_a_key_codes_stand_for_names_and_that_is_said(
    register: Path, said: Said, tmp_path: Path
) -> None:
    sealed = names(register, "XF-2026-0024")
    (register / "keys/demo.key").unlink()
    code, told = said("hand-out", "24", "--to", "劳务管理部", "--output", tmp_path / "a")
    assert code == 0, told
    assert "没有密钥,信访事项转办单上信访人只印代号" in told
    transfer = text_of(the(tmp_path / "a", "*转办单*.pdf"))
    assert not [name for name in sealed if name in transfer]


def test_a_paper_without_a_number_is_told_to_be_a_draft(
    said: Said, register: Path, tmp_path: Path
) -> None:
    said(*TRANSFER)
    code, told = said("hand-out", "25", "--to", "财务部", "--output", tmp_path / "b")
    assert code == 0, told
    assert "转办单还没有编号,印的是草稿" in told
    assert "财务部（协办）" in text_of(the(tmp_path / "b", "*反馈表*.pdf"))
    assert register.exists()


# The mail


def test_a_mail_opens_for_sending_and_names_nobody(
    register: Path, said: Said, tmp_path: Path
) -> None:
    file = tmp_path / "转办.eml"
    code, told = said("hand-out", "24", "--to", "劳务管理部", "--eml", file)
    assert code == 0, told
    raw = file.read_bytes()
    assert all(len(line) <= 998 and line.isascii() for line in raw.split(b"\r\n"))
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    assert message["Subject"] == "[信访转办] XF-2026-0024 工资支付类事项，请于9月18日前反馈"
    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    parts: dict[str, Any] = {
        part.get_filename(""): part.get_content() for part in message.iter_attachments()
    }
    assert list(parts) == [
        "信访事项转办单-XF-2026-0024-D08.pdf",
        "信访事项承办反馈表-XF-2026-0024-劳务管理部.pdf",
        "期限-XF-2026-0024.ics",
    ]
    transfer, form, _ = parts.values()
    assert "信访事项转办单" in text_of_bytes(transfer)
    assert read_filled(form).texts == {"登记编号": "XF-2026-0024", "承办部室": "劳务管理部"}
    body = message.get_body(("plain",))
    assert body is not None
    letter = body.get_content()
    assert "劳务管理部：" in letter
    seen = message["Subject"] + letter + "".join(parts) + told
    case = (register / "cases/2026/XF-2026-0024.yaml").read_text("utf-8")
    title = case.partition("标题: ")[2].partition("\n")[0]
    assert title not in seen
    assert not [name for name in names(register, "XF-2026-0024") if name in seen]
    # The same matter gives the same bytes.
    said("hand-out", "24", "--to", "劳务管理部", "--eml", file)
    assert file.read_bytes() == raw


# Who gets what


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("24", "--to", "财务部"), "xinfang step XF-2026-0024 转办 主办=财务部 反馈期限="),
        (("24", "--to", "工会"), "不是 office.yaml 里的部室"),
        (("8", "--to", "劳务管理部"), "只能交已“移送”的纪检部门"),
        (("8", "--to", "纪检监察部", "--eml", "a.eml"), "不用邮件送交"),
        (("24", "--to", "劳务管理部", "--eml", "a", "--output", "b"), "只能用一种"),
        (("99", "--to", "劳务管理部"), "没有编号为 99 的事项"),
    ],
)
def test_nobody_gets_what_is_not_theirs(
    register: Path, said: Said, arguments: tuple[str, ...], says: str
) -> None:
    code, told = said("hand-out", *arguments)
    assert code == 2
    assert says in told
    assert not (register / "build/hand-out").exists()


def test_discipline_gets_an_accusation_as_it_is_sealed(register: Path, said: Said) -> None:
    code, told = said("hand-out", "8", "--to", "纪检监察部")
    assert code == 0, told
    folder = register / "build/hand-out/XF-2026-0008-纪检监察部"
    assert sorted(file.name for file in folder.iterdir()) == ["XF-2026-0008.age", "说明.txt"]
    sealed = register / "sealed/2026/XF-2026-0008.age"
    assert (folder / "XF-2026-0008.age").read_bytes() == sealed.read_bytes()
    content = opened(register, "XF-2026-0008").partition("内容:")[2].strip(" |-\n")
    assert content[:8] not in (folder / "说明.txt").read_text("utf-8")


def test_a_unit_gets_the_letter_that_charges_it(register: Path, said: Said, tmp_path: Path) -> None:
    step = "step 25 交办 单位=丙镇机电劳务有限公司 办理要求=核对发放 期限=2026-09-25 经办=李敏"
    code, told = said(*step.split())
    assert code == 0, told
    folder = tmp_path / "交办"
    code, told = said("hand-out", "25", "--to", "丙镇机电劳务有限公司", "--output", folder)
    assert code == 0, told
    letter = text_of(the(folder, "*交办函*.pdf"))
    assert "2026年9月25日前办结" in letter
    assert "代号" not in told
    assert "姓名" not in told
    assert not [name for name in names(register, "XF-2026-0025") if name in letter]
    assert not list(folder.glob("*反馈表*"))


# The reply


def test_a_reply_becomes_a_step_once(
    register: Path, said: Said, handed: Path, tmp_path: Path
) -> None:
    reply = tmp_path / "反馈.pdf"
    reply.write_bytes(reply_to(handed, REPLY, {TAKES}))
    case = register / "cases/2026/XF-2026-0025.yaml"
    before = case.read_text("utf-8")
    code, told = said("intake", reply)
    assert code == 0, told
    assert "XF-2026-0025 已追加: 承办反馈(劳务管理部)" in told
    after = case.read_text("utf-8")
    assert after.startswith(before)
    step = after.removeprefix(before)
    for words in (
        "日期: 2026-09-16",
        "事项: 承办反馈",
        "部门: 劳务管理部",
        "承办: 是",
        "承办人: 王建国",
        "预计完成: 2026-09-25",
        "拟答复意见: 拟补发差额",
        "表上日期: 2026-09-15",
    ):
        assert words in step
    assert reply.exists()
    code, told = said("intake", reply)
    assert code == 1
    assert "已记有劳务管理部 2026-09-16 的承办反馈,不重复收" in told
    assert case.read_text("utf-8") == after


def test_a_reply_is_committed_whole_and_stays_written_where_git_refuses(
    register: Path, said: Said, handed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "样例")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "sample@example.invalid")
    inbox = register / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / "reply.pdf").write_bytes(reply_to(handed, REPLY, {TAKES}))
    git(register, "init", "-q", "-b", "main")
    git(register, "add", "-A")
    git(register, "commit", "-qm", "样例")
    case = register / "cases/2026/XF-2026-0025.yaml"
    code, told = said("intake", "--commit")
    assert code == 0, told
    changed = git(register, "show", "--format=%s", "--name-status", "HEAD").split()
    assert changed[2:] == ["M", "cases/2026/XF-2026-0025.yaml", "D", "inbox/reply.pdf"]
    git(register, "reset", "-q", "--hard", "HEAD~1")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "")
    code, told = said("intake", "--commit")
    assert code == 1
    assert "Git 未能完成" in told
    assert "没有收" not in told, "it stands in the register"
    assert "承办反馈" in case.read_text("utf-8")


def test_a_reply_typed_in_a_browser_is_read(handed: Path) -> None:
    with reading(the(handed, "*反馈表*.pdf").read_bytes()) as (reader, spots):
        reader.type(spots["理由"], "不属本部室主管")
        reader.click(spots["是否承办：不承办"])
        saved = reader.saved()
    sheet = feedback_sheet(read_filled(saved), date(2026, 9, 16))
    assert (sheet.number, sheet.department) == ("XF-2026-0025", "劳务管理部")
    assert sheet.step == {"部门": "劳务管理部", "承办": "否", "理由": "不属本部室主管"}


def test_a_reply_that_breaks_a_rule_needs_a_word_more(
    register: Path, said: Said, handed: Path, tmp_path: Path
) -> None:
    reply = tmp_path / "反馈.pdf"
    reply.write_bytes(reply_to(handed, {}, {"是否承办：不承办"}))
    case = register / "cases/2026/XF-2026-0025.yaml"
    before = case.read_bytes()
    code, told = said("intake", reply)
    assert code == 1
    assert "declining-department-says-why" in told
    assert "加 --anyway" in told
    assert case.read_bytes() == before
    code, told = said("intake", reply, "--anyway")
    assert "已追加: 承办反馈" in told


@pytest.mark.parametrize(
    ("change", "ticks", "says"),
    [
        ({"登记编号": "XF-2026-0099"}, {TAKES}, "没有编号为 XF-2026-0099 的事项"),
        ({"登记编号": ""}, {TAKES}, "没有登记编号"),
        ({"承办部室": "安全环保部"}, {TAKES}, "没有转办给安全环保部"),
        ({"承办部室": "某部"}, {TAKES}, "不是 office.yaml 里的部室"),
        ({}, set(), "“是否承办”没有勾选"),
        ({}, {TAKES, "是否承办：不承办"}, "“是否承办”勾选了 2 个"),
        ({"预计完成月": "13", "预计完成日": "40"}, {TAKES}, "“预计完成”不是日期"),
        ({"拟办计划": "打电话 199" + "0000" + "0042"}, {TAKES}, "疑似电话号码"),
    ],
    ids=range(8),
)
def test_a_reply_that_does_not_fit_is_refused(
    register: Path,
    said: Said,
    handed: Path,
    tmp_path: Path,
    change: dict[str, str],
    ticks: set[str],
    says: str,
) -> None:
    reply = tmp_path / "反馈.pdf"
    reply.write_bytes(reply_to(handed, {**REPLY, **change}, ticks))
    case = register / "cases/2026/XF-2026-0025.yaml"
    before = case.read_bytes()
    code, told = said("intake", reply)
    assert code == 1, told
    assert says in told
    assert case.read_bytes() == before
