"""Who recorded what in a case file when: read from real Git repositories."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from browsing import ROOT, copied

from xinfang import git
from xinfang.check import check
from xinfang.history import UNKNOWN, Change, History, history
from xinfang.packaged import site_templates_folder
from xinfang.pages import pages
from xinfang.pages.recorded import HistoryView, Said, recorded
from xinfang.register import open_register
from xinfang.site import template_folders

TODAY = date(2026, 9, 16)
NAME = "cases/2026/XF-2026-0001.yaml"
HEAD = """\
编号: XF-2026-0001
标题: 反映宿舍没有热水
收到: 2026-09-01
登记: 2026-09-01
渠道: 电话
登记人: 李敏
目的: 申诉求决
类别: 食宿与劳动条件
路径: 信访程序
人数: 1
信访人:
  - {代号: A, 类型: 个人, 已载明: [姓名, 住址, 联系方式]}
请求:
  - {内容: 修好热水}
办理:
"""
ACCEPTED = "  - {日期: 2026-09-02, 事项: 受理, 经办: 李敏}\n"
TRANSFERRED = (
    "  - {日期: 2026-09-03, 事项: 转办, 主办: 后勤管理部, 反馈期限: 2026-09-08, 经办: 李敏}\n"
)
EXPLAINED = "  - {日期: 2026-09-04, 事项: 解释说明, 内容: 已报修, 经办: 王磊}\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is remembered away from the user's own folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def run(folder: Path, *arguments: str, who: str = "李敏", at: str = "2026-09-02T10:00:00") -> str:
    """Run git as somebody at a time of the office's clock."""
    names = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (
            ("NAME", who),
            ("EMAIL", "clerk@example.invalid"),
            ("DATE", f"{at}+0800"),
        )
    }
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=os.environ | names,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register in Git without a case."""
    folder = copied(tmp_path / "登记册", [])
    office = (folder / "office.yaml").read_text("utf-8")
    office = office.replace("样例: 是", "样例: 否").replace("  样例日期: 2026-09-16", "  # ")
    (folder / "office.yaml").write_text(office, "utf-8")
    run(folder, "init", "-q", "-b", "main")
    run(folder, "add", ".")
    run(folder, "commit", "-q", "-m", "开始")
    return folder


def commit(folder: Path, text: str, who: str, at: str, name: str = NAME) -> None:
    """Write a case file and commit it; the message must never be shown."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    run(folder, "add", name)
    run(folder, "commit", "-q", "-m", f"张三的电话 {at}", who=who, at=at)


def read(folder: Path, *, remember: bool = False) -> History:
    found = history(open_register(folder, TODAY, TODAY), remember=remember)
    assert found is not None
    return found


def changes(folder: Path) -> list[Change]:
    return [one.change for one in read(folder).commits(NAME)]


def told(folder: Path) -> HistoryView:
    return recorded(read(folder), NAME, compare=True)


def said(folder: Path) -> list[tuple[str, str, str]]:
    """List author, sentence and remark of everything committed."""
    return [
        (one.author, sentence.text, sentence.remark)
        for one in told(folder).commits
        for sentence in one.said
    ]


def test_two_clerks_record_one_after_the_other(register: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "王磊", "2026-09-03T16:20:00")
    assert said(register) == [
        ("李敏", "建立事项文件（登记 2026-09-01）", ""),
        ("李敏", "录入第1步 受理（业务日期 2026-09-02）", ""),
        ("王磊", "录入第2步 转办（业务日期 2026-09-03）", ""),
    ]
    assert f"{told(register).commits[1].when:%Y-%m-%d %H:%M}" == "2026-09-03 16:20"


def test_a_step_recorded_late_or_before_its_day_says_so(register: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-03T23:59:00")
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "李敏", "2026-09-08T08:00:00")
    early = EXPLAINED.replace("2026-09-04", "2026-09-10")
    commit(register, HEAD + ACCEPTED + TRANSFERRED + early, "李敏", "2026-09-09T08:00:00")
    remarks = [remark for _, _, remark in said(register)]
    assert remarks == [
        "比业务日期晚 2 天录入",
        "",
        "比业务日期晚 5 天录入",
        "比业务日期早 1 天录入",
    ]


def test_the_day_is_that_of_the_office_whatever_the_zone(register: Path) -> None:
    (register / NAME).write_text(HEAD + ACCEPTED, "utf-8")
    run(register, "add", ".")
    # 00:30 of the third in Shanghai.
    run(register, "-c", "user.name=x", "commit", "-q", "-m", "x", at="2026-09-03T00:30:00")
    (one,) = read(register).commits(NAME)
    assert (one.when.date(), one.days_after(date(2026, 9, 1))) == (date(2026, 9, 3), 2)


def test_a_correction_names_the_step_it_mends(register: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    mended = (
        "  - {日期: 2026-09-03, 事项: 更正, 步骤: 1, 改为: {经办: 王磊}, 理由: 写错, 经办: 李敏}\n"
    )
    commit(register, HEAD + ACCEPTED + mended, "李敏", "2026-09-03T10:00:00")
    assert said(register)[-1][1] == "录入第2步 更正，更正第1步（业务日期 2026-09-03）"


def test_changed_fields_are_named_and_never_quoted(register: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    edited = HEAD.replace("没有热水", "热水时有时无").replace("电话", "书信") + "秘密姓名: 张三\n"
    edited = edited.replace("办理:\n秘密姓名: 张三\n", "秘密姓名: 张三\n办理:\n")
    commit(register, edited + ACCEPTED, "王磊", "2026-09-03T10:00:00")
    assert said(register)[-1] == ("王磊", "改动了 标题、渠道、文件不认识的项目", "")
    assert "张三" not in repr(read(register).commits(NAME))


def test_steps_edited_inserted_and_dropped_are_odd(register: Path) -> None:
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "李敏", "2026-09-03T10:00:00")
    other = TRANSFERRED.replace("后勤管理部", "财务部")
    commit(register, HEAD + ACCEPTED + other, "王磊", "2026-09-04T10:00:00")
    commit(register, HEAD + ACCEPTED + EXPLAINED + other, "王磊", "2026-09-05T10:00:00")
    commit(register, HEAD + EXPLAINED + other, "王磊", "2026-09-06T10:00:00")
    commit(register, "# 注\n" + HEAD + EXPLAINED + other, "王磊", "2026-09-07T10:00:00")
    (register / NAME).unlink()
    run(register, "commit", "-q", "-a", "-m", "x", at="2026-09-08T10:00:00")
    sentences = [one.said for one in told(register).commits][1:]
    assert sentences == [
        (Said("改动了已录入的第2步", "步骤只应追加，有错另记“更正”", odd=True),),
        (Said("在已录入的步骤之间插入了第2步", "步骤只应追加，有错另记“更正”", odd=True),),
        (Said("删去了原来的第1步", "步骤只应追加，有错另记“更正”", odd=True),),
        (Said("只改动了格式或注释，内容未变"),),
        (Said("删除了事项文件", odd=True),),
    ]


def test_many_steps_at_once_are_one_sentence(register: Path) -> None:
    steps = "".join(EXPLAINED.replace("09-04", f"09-0{day}") for day in range(2, 8))
    commit(register, HEAD + steps, "李敏", "2026-09-09T10:00:00")
    assert said(register)[1] == (
        "李敏",
        "录入第1—6步（业务日期 2026-09-02 至 2026-09-07）",
        "比业务日期最多晚 7 天录入",
    )


def test_what_is_not_committed_is_told_apart(register: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    (register / NAME).write_text(HEAD + ACCEPTED + TRANSFERRED, "utf-8")
    new = register / NAME.replace("0001", "0002")
    new.write_text(HEAD.replace("0001", "0002") + ACCEPTED, "utf-8")
    found = read(register)
    assert [s.text for s in recorded(found, NAME, compare=True).pending] == [
        "录入第2步 转办（业务日期 2026-09-03）"
    ]
    view = recorded(found, NAME.replace("0001", "0002"), compare=True)
    assert view.commits == ()
    assert view.pending[0].text == "建立事项文件（登记 2026-09-01）"


def test_steps_that_two_clerks_recorded_apart_are_theirs_after_a_merge(register: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    run(register, "checkout", "-q", "-b", "other")
    commit(register, HEAD + ACCEPTED + EXPLAINED, "王磊", "2026-09-04T10:00:00")
    run(register, "checkout", "-q", "main")
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "李敏", "2026-09-05T10:00:00")
    with pytest.raises(subprocess.CalledProcessError):
        run(register, "merge", "-q", "other")
    (register / NAME).write_text(HEAD + ACCEPTED + TRANSFERRED + EXPLAINED, "utf-8")
    run(register, "commit", "-q", "-a", "-m", "x", who="陈立", at="2026-09-06T10:00:00")
    assert said(register)[2:] == [
        ("王磊", "录入第2步 解释说明（业务日期 2026-09-04）", ""),
        ("李敏", "录入第2步 转办（业务日期 2026-09-03）", "比业务日期晚 2 天录入"),
        ("陈立", "合并了两处的录入", ""),
    ]


def test_a_file_that_could_not_be_read_is_no_reason_to_stop(register: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    commit(register, HEAD + ACCEPTED + "  - {日期: [\n", "李敏", "2026-09-03T10:00:00")
    commit(register, HEAD + ACCEPTED + "  - {事项: 跳舞}\n", "李敏", "2026-09-04T10:00:00")
    commit(
        register,
        HEAD + ACCEPTED + "  - {事项: 跳舞}\n" + TRANSFERRED,
        "李敏",
        "2026-09-05T10:00:00",
    )
    found = changes(register)
    assert [change.unreadable for change in found] == [False, True, True, False]
    assert [(step.number, step.kind) for step in found[3].steps] == [(3, "转办")]


def test_steps_are_numbered_the_same_however_the_file_was_compared(register: Path) -> None:
    """Appending is read from the new lines alone; anything else from whole files."""
    text = HEAD
    for step in (ACCEPTED, TRANSFERRED, EXPLAINED):
        text += step
        commit(register, text, "李敏", "2026-09-05T10:00:00")
    plain = [change.steps for change in changes(register)]
    # The same steps under a key behind them: the short way does not fit.
    other = register / NAME.replace("0001", "0002")
    body = HEAD
    for step in (ACCEPTED, TRANSFERRED, EXPLAINED):
        body += step
        moved = body + "备注: 略\n"
        commit(register, moved, "李敏", "2026-09-05T10:00:00", str(other.relative_to(register)))
    found = read(register).commits(NAME.replace("0001", "0002"))
    assert [one.change.steps for one in found] == plain
    assert [[step.number for step in steps] for steps in plain] == [[1], [2], [3]]


def test_the_memory_is_used_and_gives_the_same(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    assert read(register, remember=True).commits(NAME) == read(register).commits(NAME)
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "王磊", "2026-09-03T16:20:00")
    asked: list[str] = []
    whole_log = git.log

    def log(folder: Path, since: str = "") -> list[git.Commit]:
        asked.append(since)
        return whole_log(folder, since)

    monkeypatch.setattr(git, "log", log)
    remembered = read(register, remember=True)
    assert asked == [run(register, "rev-parse", "HEAD~1").strip()]
    assert read(register, remember=True).commits(NAME) == remembered.commits(NAME)
    assert len(asked) == 1
    assert remembered.commits(NAME) == read(register).commits(NAME)


def test_a_rewritten_history_is_read_anew(register: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "李敏", "2026-09-03T10:00:00")
    read(register, remember=True)
    run(register, "reset", "-q", "--hard", "HEAD~1")
    commit(register, HEAD + ACCEPTED + EXPLAINED, "王磊", "2026-09-04T10:00:00")
    found = read(register, remember=True)
    assert found.commits(NAME) == read(register).commits(NAME)
    assert [one.author for one in found.commits(NAME)] == ["李敏", "王磊"]


def test_a_spoilt_memory_does_no_harm(register: Path, tmp_path: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    read(register, remember=True)
    (file,) = (tmp_path / "cache" / "xinfang").glob("*.pickle")
    file.write_bytes(b"\x80\x05garbage")
    assert read(register, remember=True).commits(NAME) == read(register).commits(NAME)


def test_outside_git_there_is_no_history(tmp_path: Path) -> None:
    folder = copied(tmp_path / "无", [])
    assert history(open_register(folder, TODAY, TODAY)) is None
    run(folder, "init", "-q")
    assert history(open_register(folder, TODAY, TODAY)) is None


def test_a_shallow_clone_says_that_its_history_is_not_whole(register: Path, tmp_path: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "李敏", "2026-09-03T10:00:00")
    commit(register, HEAD + ACCEPTED + TRANSFERRED + EXPLAINED, "王磊", "2026-09-04T10:00:00")
    shallow = tmp_path / "浅"
    run(tmp_path, "clone", "-q", "--depth", "2", register.as_uri(), str(shallow))
    (shallow / "cases").mkdir(exist_ok=True)
    view = recorded(read(shallow, remember=True), NAME, compare=True)
    assert not view.whole
    # What a shallow clone begins with must not pass for the work of its author.
    assert [one.author for one in view.commits] == ["王磊"]
    assert view.commits[0].said[0].text == "录入第3步 解释说明（业务日期 2026-09-04）"
    run(shallow, "fetch", "-q", "--unshallow")
    whole = read(shallow, remember=True)
    assert whole.whole
    assert whole.commits(NAME) == read(register).commits(NAME)


def test_a_register_may_lie_inside_another_repository(tmp_path: Path) -> None:
    outer = tmp_path / "外"
    folder = copied(outer / "里", [])
    run(outer, "init", "-q", "-b", "main")
    commit(folder, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    (folder / NAME).write_text(HEAD + ACCEPTED + TRANSFERRED, "utf-8")
    found = read(folder)
    assert [one.author for one in found.commits(NAME)] == ["李敏"]
    assert list(found.pending) == [NAME]


def test_what_is_packed_changes_only_where_something_was_committed(register: Path) -> None:
    other = NAME.replace("0001", "0002")
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    commit(register, HEAD.replace("0001", "0002") + ACCEPTED, "李敏", "2026-09-02T10:00:00", other)
    before = dict(read(register, remember=True).packed)
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "李敏", "2026-09-03T10:00:00")
    after = read(register, remember=True).packed
    assert before[other] == after[other]
    assert before[NAME] != after[NAME]


def test_hostile_names_stay_names(register: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>[去](javascript:alert(2))"
    commit(register, HEAD + ACCEPTED, hostile, "2026-09-02T10:00:00")
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "\x01:100644 e", "2026-09-03T10:00:00")
    page = _page(register)
    assert "onerror" in page
    assert "<img" not in page
    assert "](javascript" not in page
    assert len(read(register).commits(NAME)) == 2


def test_a_page_tells_the_history_and_no_message_of_a_commit(register: Path) -> None:
    commit(register, HEAD + ACCEPTED, "李敏", "2026-09-02T10:00:00")
    commit(register, HEAD + ACCEPTED + TRANSFERRED, "王磊", "2026-09-08T16:20:00")
    page = _page(register)
    assert "2026-09-08 16:20</time><b>王磊</b>" in page
    assert "录入第2步 转办（业务日期 2026-09-03）" in page
    assert "比业务日期晚 5 天录入" in page
    assert "张三" not in page
    assert "clerk@example" not in page


def test_of_an_accusation_no_history_is_shown(register: Path) -> None:
    sealed = (ROOT / "cases/2026/XF-2026-0008.yaml").read_text("utf-8")
    name = "cases/2026/XF-2026-0008.yaml"
    commit(register, sealed, "李敏", "2026-09-02T10:00:00", name)
    page = _page(register, name)
    assert "李敏" not in page
    assert "2026-09-02 10:00" not in page
    assert "提交" not in page


def _page(folder: Path, name: str = NAME) -> str:
    register = open_register(folder, TODAY, TODAY)
    checked = check(register, remember=False)
    folders = template_folders(folder, site_templates_folder())
    site = pages(register, checked.entries, (), folders, read(folder))
    return site[name.replace(".yaml", ".md")]


def test_unknown_steps_are_not_quoted(register: Path) -> None:
    odd = "  - {日期: 2026-09-02, 事项: 张三来过}\n  - 张三\n"
    commit(register, HEAD + odd, "李敏", "2026-09-02T10:00:00")
    assert [step.kind for step in changes(register)[0].steps] == [UNKNOWN, UNKNOWN]
    assert said(register)[1][1] == "录入第1步 未知事项（业务日期 2026-09-02）"
