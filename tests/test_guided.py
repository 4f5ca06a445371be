"""``new`` and ``step`` at a real terminal: asked, corrected, kept, shown, written, committed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from terminals import CTRL_C, CTRL_J, DOWN, ENTER, ESCAPE, TAB, UP, Terminal

from xinfang.asking.possible import ORDER
from xinfang.model.fields import SHORT_CODE_PATTERN
from xinfang.rules import all_rules
from xinfang.terminal import width

ROOT = Path(__file__).parents[1]
NUMBER = "XF-2026-0025"
#: Answers to the questions from 目的 to 已告知 for a plain matter.
PLAIN = (
    ("目的", "申诉"),
    ("标题", "反映食堂饭菜分量减少"),
    ("类别", "食宿"),
    ("登记人", ""),
    ("首问人", "周成"),
    ("路径", ""),
    ("紧急", ""),
    ("人数", "二十三人"),
    ("请求第1条", "恢复原来的分量"),
    ("第1条金额", ""),
    ("请求第2条", ""),
    ("事实", "九月起每份少了三分之一"),
    ("理由", "伙食费没有减少"),
    ("信访人", "1"),
    ("信访人A已载明", "1,3"),
    ("已告知", "是"),
    ("还要填别的项目吗", ""),
)

Start = Callable[..., Terminal]


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample register in Git, at a desk of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    folder = tmp_path / "册"
    folder.mkdir()
    for name in ("cases", "office.yaml", "sealed", "keys"):
        subprocess.run(["cp", "-r", str(ROOT / name), str(folder)], check=True)
    git(folder, "init", "-q")
    git(folder, "config", "user.name", "李敏")
    git(folder, "config", "user.email", "limin@qinglan.example")
    git(folder, "add", "--all")
    git(folder, "commit", "-qm", "登记册")
    return folder


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def file_of(register: Path, number: str = NUMBER) -> str:
    return (register / f"cases/2026/{number}.yaml").read_text("utf-8")


def drafts(register: Path) -> list[Path]:
    return sorted(register.parent.glob("state/xinfang/drafts/*/*.json"))


def answered(terminal: Terminal, *answers: tuple[str, str]) -> None:
    for question, text in answers:
        terminal.answer(question, text)


# Registering


def test_a_matter_is_registered_with_slips_mended_on_the_way(register: Path) -> None:
    with Terminal(register, "new") as terminal:
        terminal.answer("收到", "2026-2-30")
        terminal.read("不是日期: 2026-2-30", "没有这一天")
        terminal.press("\x15")  # Ctrl-U: away with it
        terminal.press("昨天 9:20")
        terminal.read("→ 2026-09-15 09:20 星期二")
        terminal.press(ENTER)
        terminal.answer("渠道", "上级")
        terminal.read("有几项都含“上级”: 上级转送 上级交办")
        terminal.press(ESCAPE)  # back to 收到, what was said is there
        terminal.read("(返回上一项)", "› 2026-09-15 09:20")
        terminal.press(ENTER)
        terminal.read("渠道  信访形式")
        terminal.press(UP, UP, DOWN, ENTER)  # the last but one from below, and down again
        answered(terminal, ("目的", "9"))
        terminal.read("没有这一项")
        terminal.press("\x15")
        answered(terminal, *PLAIN)
        shown = terminal.read("预览", "写入吗")
        assert "人数: 23" in shown
        terminal.answer("写入吗", "修改")
        terminal.answer("修改哪一项", "标题")
        terminal.press("\x15", f"反映食堂涨价{ENTER}")
        terminal.read("标题: 反映食堂涨价", "写入吗")
        terminal.answer("写入吗", "写入")
        terminal.read(f"已登记 {NUMBER}")
        terminal.answer("现在封存身份信息", "是")
        terminal.read("姓名:")
        terminal.press("邓山青\r")
        terminal.read("联系方式:")
        terminal.press("0999-5558899\r")
        terminal.read("已封存 sealed/2026/")
        terminal.answer("提交到 Git", "")
        assert terminal.end() == 0
    text = file_of(register)
    assert "收到: 2026-09-15 09:20" in text
    assert "登记人: 李敏" in text  # who Git says is here
    assert "人数: 23" in text
    assert "已载明: [姓名, 联系方式]" in text
    code = re.search(r"查询码: (\S+)", text)
    assert code
    assert re.fullmatch(SHORT_CODE_PATTERN, code[1])
    assert git(register, "log", "-1", "--format=%s%n%b").strip() == f"{NUMBER}: 登记"
    changed = git(register, "show", "--name-only", "--format=", "HEAD").split()
    assert changed == [f"cases/2026/{NUMBER}.yaml", f"sealed/2026/{NUMBER}.age"]
    assert drafts(register) == []


def test_what_was_typed_outlives_ctrl_c(register: Path) -> None:
    with Terminal(register, "new") as terminal:
        answered(terminal, ("收到", "9-14"), ("渠道", "电话"), ("目的", "3"))
        terminal.read("标题  一句话")
        terminal.press("反映工棚漏")
        terminal.read("› 反映工棚漏")
        terminal.press(CTRL_C)
        terminal.read("已存为草稿")
        assert terminal.end() == 2
    assert not (register / f"cases/2026/{NUMBER}.yaml").exists()
    (draft,) = drafts(register)
    assert draft.stat().st_mode & 0o077 == 0 or draft.parent.stat().st_mode & 0o077 == 0
    assert json.loads(draft.read_text("utf-8"))["typed"] == "反映工棚漏"
    with Terminal(register, "new") as terminal:
        terminal.read("有没填完的草稿", "接着填")
        terminal.press(ENTER)
        terminal.read("渠道  电话", "› 反映工棚漏")
        terminal.press(f"雨{ENTER}")
        answered(terminal, *PLAIN[2:])
        terminal.read("标题: 反映工棚漏雨", "写入吗")
        terminal.answer("写入吗", "暂存")
        assert terminal.end() == 0
    assert len(drafts(register)) == 1
    with Terminal(register, "new") as terminal:
        terminal.press(ENTER)
        terminal.answer("写入吗", "放弃")
        assert terminal.end() == 0
    assert drafts(register) == []
    assert not (register / f"cases/2026/{NUMBER}.yaml").exists()


def test_only_what_the_case_needs_is_asked(register: Path) -> None:
    with Terminal(register, "new", columns=60) as terminal:
        answered(terminal, ("收到", ""), ("渠道", "上级转送"), ("来源单位", TAB))
        answered(terminal, ("来源文号", "机电信转〔2026〕3号"), ("来源收文", ""))
        terminal.read("办理期限")
        terminal.press(f"10月20日{ENTER}")  # lies ahead
        answered(terminal, ("来源要求报告", ""), ("目的", "申诉"), ("标题", "请求复查扣款处理意见"))
        answered(terminal, ("类别", "工资"), ("登记人", ""), ("首问人", ""))
        answered(terminal, ("复查对象阶段", "复查"), ("复查对象单位", "丙镇机电劳务有限公司"))
        terminal.press(ESCAPE, ESCAPE)
        terminal.read("复查对象阶段")
        assert all(width(line) <= 60 for line in terminal.lines)
        terminal.press(CTRL_C)
        assert terminal.end() == 2
    (draft,) = drafts(register)
    kept = {tuple(path): value for path, value in json.loads(draft.read_text("utf-8"))["answers"]}
    assert kept["来源", "办理期限"] == "2026-10-20"
    assert kept["来源", "单位"] == "云岭工程局机电安装分局"


def test_an_accusation_is_asked_for_nothing_of_its_content(register: Path) -> None:
    with Terminal(register, "new") as terminal:
        answered(
            terminal, ("收到", ""), ("渠道", "书信"), ("目的", "检举"), ("标题", ""), ("类别", "")
        )
        answered(terminal, ("登记人", ""), ("首问人", ""), ("信访人", "0"), ("已告知", ""))
        shown = terminal.read("预览", "写入吗")
        assert "事实" not in shown
        assert "请求第" not in shown
        terminal.answer("写入吗", "写入")
        terminal.answer("现在封存身份信息", "否")
        terminal.answer("提交到 Git", "否")
        terminal.end()
    assert "标题: 检举控告(内容已封存)" in file_of(register)


def test_urgency_has_a_reason_and_long_texts_have_lines(register: Path) -> None:
    with Terminal(register, "new") as terminal:
        answered(terminal, ("收到", ""), ("渠道", "走访"), *PLAIN[:6], ("紧急", "2"))
        terminal.answer("紧急理由", "")
        terminal.read("这一项必须填写")
        terminal.press("连续三天", CTRL_J, f"已送医两人{ENTER}")
        answered(terminal, ("人数", ""), ("请求第1条", "退还伙食费"), ("第1条金额", "4.186万"))
        answered(terminal, ("请求第2条", ""), *PLAIN[11:])
        shown = terminal.read("写入吗")
        assert "金额: 41860.00" in shown
        assert "│   已送医两人" in shown
        terminal.answer("写入吗", "放弃")
        assert terminal.end() == 0


def test_earlier_matters_are_shown_to_judge_and_linked_if_wanted(register: Path) -> None:
    with Terminal(register, "new") as terminal:
        answered(
            terminal, ("收到", ""), ("渠道", "走访"), PLAIN[0], ("标题", "反映焊工班三个月工资未付")
        )
        answered(terminal, ("类别", "工资支付"), *PLAIN[3:])
        shown = terminal.read("以前登记的可能是同一事项", "关联  ")
        assert "XF-2026-0001 反映焊工班三个月工资未付" in shown
        assert "结论: 第1条支持" in shown
        assert "承诺尚未兑现: 第1条" in shown
        terminal.answer("关联", "1")
        terminal.read("关联: [XF-2026-0001]", "写入吗")
        terminal.answer("写入吗", "放弃")
        terminal.end()


def test_a_plain_terminal_is_asked_line_by_line(register: Path) -> None:
    with Terminal(register, "new", "登记人=李敏", "首问人=周成", kind="dumb") as terminal:
        for text in ("<", "9月15日", "4", "3", "反映食堂分量减少", "6", "", "", "12人"):
            terminal.press(f"{text}\r")
        for text in ("<", "13", "恢复分量", "", "", "少了", "伙食费没有减少", "1", "1", "1", ""):
            terminal.press(f"{text}\r")
        terminal.read("写入吗")
        terminal.press("写入\r否\r否\r")
        terminal.read(f"已登记 {NUMBER}")
        terminal.end()
    text = file_of(register)
    assert "收到: 2026-09-15" in text
    assert "渠道: 电话" in text
    assert "人数: 13" in text


def test_pairs_take_loose_values_without_a_terminal(register: Path) -> None:
    pairs = (
        *("标题=反映食堂分量减少", "渠道=电话", "登记人=李敏", "目的=申诉求决", "路径=信访程序"),
        *(
            "类别=食宿与劳动条件",
            "收到=昨天下午3点",
            "人数=二十三人",
            "请求=[{内容: 退款, 金额: 1.2万}]",
        ),
    )
    done = subprocess.run(
        [sys.executable, "-m", "xinfang", "new", *pairs],
        cwd=register,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text = file_of(register)
    assert "收到: 2026-09-15 15:00" in text
    assert "金额: 12000.00" in text
    assert "人数: 23" in text
    assert "查询码: " in text


# Steps


def test_a_step_is_chosen_filled_in_and_committed(register: Path) -> None:
    before = file_of(register, "XF-2026-0024")
    with Terminal(register, "step", "24") as terminal:
        shown = terminal.read("下一步通常是", "事项  办了哪一步")
        first = [line for line in shown.splitlines() if "通常" in line][1:]
        assert [line.split()[1] for line in first] == ["承办反馈", "调查", "拟办"]
        terminal.press("归档")
        terminal.read("现在不能: 没有办结就归档")
        terminal.press(ENTER)
        terminal.read("现在还不能“归档”: 没有办结就归档")
        terminal.answer("事情确已如此办理", "")  # no
        terminal.answer("事项", "拟办")
        answered(terminal, ("日期", ""), ("第1条结论", "1"), ("第1条查明", "七八月未发"))
        answered(terminal, ("第1条意见", "补发"), ("第1条依据", "保障农民工工资支付条例 第三十条"))
        answered(terminal, ("第1条由谁落实", "财务部"), ("第1条落实期限", "9月30日"))
        answered(terminal, ("第1条落实方式", "转账"), ("第1条落实金额", "3,200"))
        answered(terminal, ("经办", ""), ("还要填别的项目吗", ""))
        terminal.read("│   - 日期: 2026-09-16", "期限: 2026-09-30", "金额: 3200.00", "写入吗")
        terminal.answer("写入吗", "写入")
        terminal.read("XF-2026-0024 已追加: 拟办")
        terminal.answer("提交到 Git", "是")
        terminal.read("已提交 XF-2026-0024: 拟办")
        assert terminal.end() == 0
    after = file_of(register, "XF-2026-0024")
    assert after.startswith(before)
    assert "保障农民工工资支付条例 第三十条" in after
    assert git(register, "log", "-1", "--format=%s%n%b").strip() == "XF-2026-0024: 拟办"
    assert drafts(register) == []


def test_numbers_departments_and_what_rules_ask_for_are_offered(register: Path) -> None:
    with Terminal(register, "step", "16", "送达") as terminal:
        answered(terminal, ("日期", ""), ("方式", "直接"), ("经办", ""))
        terminal.read("收到  ")  # a direct delivery has its day: the rules ask for it
        terminal.answer("收到", "昨天")
        terminal.answer("还要填别的项目吗", "意见")
        terminal.answer("意见", "1")
        terminal.read("收到: 2026-09-15", "意见: 无异议", "写入吗")
        terminal.answer("写入吗", "放弃")
        terminal.end()
    with Terminal(register, "step", "24", "转办") as terminal:
        answered(terminal, ("日期", ""))
        terminal.read("1 劳务管理部  主管")
        answered(terminal, ("主办", "1"), ("经办", ""), ("还要填别的项目吗", "文号"))
        terminal.read("青机电信转〔2026〕21号  下一个文号")
        terminal.press(CTRL_C)
        terminal.end()


def test_an_entry_after_the_fact_is_explained_and_taken_as_it_happened(register: Path) -> None:
    before = file_of(register, "XF-2026-0024")
    with Terminal(register, "step", "24", "调查", columns=140) as terminal:
        answered(terminal, ("日期", "8月20日"))
        terminal.read("早于前一步", "在备注中写明“补记”", "再按一次回车")
        terminal.press(ENTER)
        answered(terminal, ("调查人", "罗敏"), ("经过", "核对考勤"), ("经办", ""))
        terminal.answer("备注", "9月16日补记")  # a late entry says that it is one
        answered(terminal, ("还要填别的项目吗", ""))
        # Of the order the remark tells enough; that it was before the registration stays wrong.
        terminal.read("已注明补记", "与规则不符", "如实写入", "直接回车: 修改某项")
        terminal.answer("写入吗", "如实写入")
        terminal.answer("提交到 Git", "否")
        terminal.end()
    assert file_of(register, "XF-2026-0024").startswith(before)
    assert "备注: 9月16日补记" in file_of(register, "XF-2026-0024")


def test_a_step_behind_the_command_says_how_to_enter_it_late(register: Path) -> None:
    arguments = (
        "step",
        "24",
        "调查",
        "日期=2026.8.20",
        "调查人=罗敏",
        "经过=核对考勤",
        "经办=罗敏",
    )
    done = subprocess.run(
        [sys.executable, "-m", "xinfang", *arguments],
        cwd=register,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "(steps-in-order)" in done.stderr
    assert "加 --anyway 如实记录" in done.stderr
    assert "补记以前办的事,照实写那天的日期" in done.stderr


def test_a_correction_asks_for_the_fields_of_the_step_it_mends(register: Path) -> None:
    with Terminal(register, "step", "24", "更正") as terminal:
        terminal.answer("日期", "")
        terminal.answer("步骤", "5")
        terminal.answer("理由", "写错部室")
        terminal.answer("改哪几项", "主办")
        terminal.answer("主办改为", "财务部")
        answered(terminal, ("经办", ""), ("还要填别的项目吗", ""))
        terminal.read("改为: {主办: 财务部}", "写入吗")
        terminal.answer("写入吗", "放弃")
        terminal.end()


def test_every_rule_of_order_is_a_rule() -> None:
    assert set(ORDER) <= {rule.slug for rule in all_rules()}
