"""What may not land in a register, told from two states of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from xinfang.diagnostics import Place
from xinfang.identity import Leaks, Secret
from xinfang.identity.values import id_check_character
from xinfang.landing import guard
from xinfang.landing.plain import in_message, in_text, written_message
from xinfang.landing.renumbering import referring, renumbered
from xinfang.landing.trees import LINK, Tree

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)
CASE = "cases/2026/XF-2026-0001.yaml"
SEAL = "sealed/2026/XF-2026-0001.age"
#: As a key looks; it opens nothing.
KEY = "AGE-SECRET-KEY-1" + "Q" * 58

Files = dict[str, bytes]


def all_files() -> Files:
    found = [ROOT / "office.yaml", *ROOT.glob("cases/**/*.yaml"), *ROOT.glob("sealed/*/*.age")]
    return {file.relative_to(ROOT).as_posix(): file.read_bytes() for file in found}


BEFORE = all_files()


def found(change: Callable[[Files], None], said: str = "") -> list[str]:
    """What is found once a change is made, each as place and sentence."""
    after = dict(BEFORE)
    change(after)
    return told(BEFORE, after, said)


def told(before: Files, after: Files, said: str = "") -> list[str]:
    findings = guard.compare([Tree.of(before)], Tree.of(after), TODAY, said)
    assert all(f.level.label == "错误" for f in findings)
    return [f"{f.place.path.rpartition('/')[2]}: {f.message} ({f.rule})" for f in findings]


def put(path: str, old: str, new: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        text = files[path].decode()
        assert old in text
        files[path] = text.replace(old, new, 1).encode()

    return change


def append(path: str, text: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[path] = files.get(path, b"") + text.encode()

    return change


def test_a_step_more_and_a_mended_head_may_land() -> None:
    assert found(append("cases/2026/XF-2026-0003.yaml", "# 已核对\n")) == []
    assert found(put(CASE, "标题: 反映焊工班三个月工资未付", "标题: 反映焊工班工资未付")) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put(CASE, "主办: 劳务管理部", "主办: 安全环保部"), "“转办”(2026-03-03)的“主办”被改动"),
        (put(CASE, "事项: 请示", "事项: 批示"), "“请示”(2026-03-02)被删去或改动"),
        (
            put(CASE, "收到: 2026-03-02 09:20", "收到: 2026-03-02 09:30"),
            "“收到”被改动,期限会跟着变",
        ),
        (put(CASE, "编号: XF-2026-0001", "编号: XF-2026-0099"), "“编号”被改动 (head-changed)"),
        (lambda files: files.pop(CASE), "登记过的事项被删去或改了编号 (case-deleted)"),
        (lambda files: files.pop(SEAL), "封存的信息被删去,事项里没有“销毁”这一步 (seal-removed)"),
        (append("sealed/2026/名单.txt", "甲"), "没有加密,不能放在 sealed 里 (not-sealed)"),
        (append("cases/2026/XF-2026-0027.yaml", "编号: 1\n"), "(missing-key)"),
        (append("说明:二.md", "甲"), "文件名在 Windows 上不能用 (unusable-name)"),
        (append("aux.md", "甲"), "文件名在 Windows 上不能用 (unusable-name)"),
        (append("OFFICE.yaml", "甲"), "与另一个文件只差大小写或字形"),
        (put("office.yaml", "答复授权:", "授权:"), "(unknown-key)"),
    ],
)
def test_what_may_not_land(change: Callable[[Files], None], sentence: str) -> None:
    assert any(sentence in line for line in found(change)), found(change)


def test_links_may_not_land() -> None:
    after = Tree.of({**BEFORE, "cases/2026/a.yaml": b"/etc/passwd"}, {"cases/2026/a.yaml": LINK})
    findings = guard.compare([Tree.of(BEFORE)], after, TODAY)
    assert [f.rule for f in findings] == ["symlink"]


def test_a_key_may_land_only_in_the_sample() -> None:
    assert found(append("密钥.txt", KEY)) == []
    real = put("office.yaml", "样例: 是", "样例: 否")
    before = dict(BEFORE)
    real(before)
    after = {**before, "密钥.txt": KEY.encode()}
    assert "密钥.txt: 里面是打开封存信息的密钥 (key-in-register)" in told(before, after)


def test_a_start_may_be_mended_when_the_message_says_so() -> None:
    change = put(CASE, "收到: 2026-03-02 09:20", "收到: 2026-03-02 09:30")
    assert found(change, "XF-2026-0001: 更正\n\n更正收到: 登记簿记为 9:30,录入时写错") == []
    assert found(change, "更正登记: 写错") != []


def test_what_was_wrong_already_blocks_nobody() -> None:
    before = {**BEFORE, "cases/2026/XF-2026-0027.yaml": b"\xe7\xbc\x96\xe5\x8f\xb7: 1\n"}
    before.pop("cases/2026/XF-2026-0010.yaml")
    after = {**before, "README.md": b"x"}
    assert told(before, after) == []
    more = dict(after)
    append("cases/2026/XF-2026-0003.yaml", "# x\n")(more)
    assert told(before, more) == []


def test_a_number_left_out_and_a_paper_number_given_twice_are_found_by_names_alone() -> None:
    text = BEFORE["cases/2026/XF-2026-0003.yaml"].decode().replace("XF-2026-0003", "XF-2026-0026")
    lines = found(append("cases/2026/XF-2026-0026.yaml", text))
    assert any("2026 年缺 25 号" in line for line in lines)
    assert any("已用于 XF-2026-0003 (paper-numbers-unique)" in line for line in lines)


def test_steps_come_between_old_ones_only_where_they_are_dated_so() -> None:
    late = "  - {日期: 2026-03-02, 事项: 解释说明, 内容: 说明了规定, 经办: 李敏}\n"
    anchor = "  - 日期: 2026-03-03\n    事项: 转办"
    assert found(put(CASE, anchor, late + anchor)) == []
    wrong = late.replace("03-02", "03-05")
    assert any("插在原有步骤之间" in line for line in found(put(CASE, anchor, wrong + anchor)))


def test_a_correction_must_go_on_naming_the_same_step() -> None:
    before = dict(BEFORE)
    append(CASE, "  - {日期: 2026-09-16, 事项: 更正, 步骤: 5, 改为: {签收人: 何静}, 理由: 写错}\n")(
        before
    )
    between = "  - {日期: 2026-03-02, 事项: 解释说明, 内容: 说明了规定, 经办: 李敏}\n"
    anchor = "  - 日期: 2026-03-03\n    事项: 转办"
    after = dict(before)
    put(CASE, anchor, between + anchor)(after)
    assert any("“更正”所指的步骤变了" in line for line in told(before, after))
    put(CASE, "步骤: 5", "步骤: 6")(after)
    assert told(before, after) == []


def test_what_gives_somebody_away_is_taken_out_with_a_mark_and_a_step_that_says_so() -> None:
    old = "同意。先把工人的钱落实"
    breach = "  - {日期: 2026-09-16, 事项: 泄密处置, 内容: 删去姓名, 已通知: [本人], 经办: 李敏}\n"

    def also(new: str) -> list[str]:
        def both(files: Files) -> None:
            put(CASE, old, new)(files)
            append(CASE, breach)(files)

        return found(both)

    hidden = "同意。先把(已隐去)的钱落实"
    assert any("(step-changed)" in line for line in found(put(CASE, old, hidden)))
    assert also(hidden) == []
    for reworded in ("同意。落实", "不同意(已隐去)", "同意。先把(已隐去)工人的钱落实"):
        assert any("“内容”被改动 (step-changed)" in line for line in also(reworded))


def test_a_case_may_get_another_number_only_with_its_old_one_kept() -> None:
    last = "cases/2026/XF-2026-0024.yaml"
    text = BEFORE[last].decode()
    new = renumbered(text, "XF-2026-0030", last)
    assert new == text.replace(
        "编号: XF-2026-0024\n", "编号: XF-2026-0030\n原编号: [XF-2026-0024]\n", 1
    )

    def move(files: Files, text: str) -> None:
        files.pop(last)
        files["cases/2026/XF-2026-0030.yaml"] = text.encode()
        files["sealed/2026/XF-2026-0030.age"] = files.pop("sealed/2026/XF-2026-0024.age")

    lines = found(lambda files: move(files, new))
    assert len(lines) == 1
    assert "2026 年缺 25—29 号" in lines[0]
    gone = found(lambda files: move(files, text.replace("XF-2026-0024", "XF-2026-0030", 1)))
    assert any("(case-deleted)" in line for line in gone)


def test_references_to_a_case_get_its_new_number() -> None:
    text = "编号: XF-2026-0009\n关联: [XF-2026-0007, XF-2026-00071]\n事实: 见 XF-2026-0007\n办理:\n"
    text += "  - {日期: 2026-03-02, 事项: 并案, 并入: XF-2026-0007}\n"
    mended = referring(text, "XF-2026-0007", "XF-2026-0008")
    assert mended == text.replace("[XF-2026-0007", "[XF-2026-0008").replace(
        "并入: XF-2026-0007", "并入: XF-2026-0008"
    )
    assert referring(text, "XF-2026-0006", "XF-2026-0008") == text


def office_findings(text: str, path: str = "inbox/a.yaml") -> list[str]:
    office = guard.office_of(Tree.of(BEFORE), TODAY)
    assert office is not None
    leaks = Leaks([Secret("XF-2026-0001", "姓名", "邓山青")])
    return [f.message for f in in_text(path, text, office, leaks)]


def test_identities_in_clear_are_found_and_never_quoted() -> None:
    number = "99999919800101123" + id_check_character("99999919800101123")
    assert office_findings(f"备注: {number}\n") == ["有疑似身份证号"]
    assert office_findings("事实: 电话 ０９９９－５５５８８９９\n") == ["有疑似电话号码"]
    assert office_findings("事实: 邓 山青来访\n") == ["XF-2026-0001 封存的姓名以明文出现在这里"]
    armor = "-----BEGIN AGE ENCRYPTED FILE-----\n13812345678\n-----END AGE ENCRYPTED FILE-----\n"
    assert office_findings(f"封存: |\n{armor}") == []
    assert office_findings("散列: 13812345678\n") == []


def test_messages_tell_nobodys_name_or_number() -> None:
    office = guard.office_of(Tree.of(BEFORE), TODAY)
    assert office is not None
    leaks = Leaks([Secret("XF-2026-0001", "姓名", "邓山青")])
    text = (
        "XF-2026-0001: 转办邓山青\n\nSigned-off-by: 李敏 <limin@office.example>\n# 0999-5558899\n"
    )
    message = written_message(text)
    assert "#" not in message
    findings = list(in_message(Place("提交说明"), message, office, leaks))
    assert [f.message for f in findings] == ["提交说明里有 XF-2026-0001 封存的姓名"]
    assert list(in_message(Place(""), "XF-2026-0001: 0999-5558899", office, Leaks(())))
