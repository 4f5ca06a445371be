"""Old ledgers taken in, whole or not at all, with nobody's name in the open; our own taken back."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from browsing import ROOT
from click.testing import CliRunner
from old_ledger import Made, as_xlsx, messy
from terminals import ENTER, Terminal

from xinfang import typed
from xinfang.check import check
from xinfang.cli import cli
from xinfang.cli.import_ import NotWrittenError, NumberTakenError
from xinfang.diagnostics import Level
from xinfang.importing import (
    Plan,
    Table,
    Wishes,
    find_table,
    make_plan,
    match,
    read_grids,
    rest_workbook,
)
from xinfang.importing.cells import Days, Fault, day, money
from xinfang.importing.columns import UnknownColumnError, UnknownItemError
from xinfang.importing.reading import Cell, OldWorkbookError, UnreadableTextError
from xinfang.importing.table import NoLedgerError, NoSuchSheetError, SeveralLedgersError
from xinfang.importing.workbook import NotAWorkbookError, WorkbookTooLargeError
from xinfang.ledger import Entry
from xinfang.register import Register, open_register
from xinfang.sealed import keys_for, open_content, sealed_files

TODAY = date(2026, 9, 16)
ROWS = 300
LEDGER = "2025年信访台账.xlsx"
BASIC = (
    "编号",
    "来访时间",
    "姓名",
    "联系电话",
    "反映内容",
    "信访形式",
    "责任部门",
    "是否办结",
    "办结时间",
)
WISHES = Wishes("李敏", "孙岚")


@dataclass
class Done:
    """What a command said and how it ended."""

    code: Any
    text: str
    error: BaseException | None


def run(folder: Path, *arguments: str | Path) -> Done:
    words = ["-C", str(folder), *map(str, arguments)]
    result = CliRunner().invoke(cli, words, standalone_mode=False)
    return Done(result.return_value, result.output, result.exception)


def register_at(folder: Path) -> Path:
    """A copy of the sample register."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("cases", "sealed", "keys"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "office.yaml", folder)
    return folder


def opened(folder: Path) -> Register:
    return open_register(folder, TODAY, TODAY)


def workbook(*rows: Sequence[Any], merged: Sequence[str] = (), title: str = "台账") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for ranges in merged:
        sheet.merge_cells(ranges)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def planned(
    folder: Path,
    raw: bytes,
    wishes: Wishes = WISHES,
    maps: dict[str, str] | None = None,
    *,
    duplicates: bool = False,
) -> Plan:
    register = opened(folder)
    office = register.office
    assert office is not None
    table = find_table(read_grids(raw))
    mapped = match(table.headings, maps or {})
    assert not mapped.ambiguous
    plan = make_plan(register, office, table, mapped, wishes, ENTRIES, duplicates=duplicates)
    assert plan.is_complete
    return plan


ENTRIES: dict[str, Entry] = check(opened(ROOT), (), remember=False).entries


def reasons(plan: Plan) -> list[str]:
    return [f"{p.address} {p.message}" for one in plan.left for p in one.problems]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample register, for what writes nothing."""
    return register_at(tmp_path_factory.mktemp("样例"))


# A messy ledger of three hundred rows


@dataclass
class Imported:
    folder: Path
    source: Path
    made: Made
    done: Done


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    home = tmp_path_factory.mktemp("导入")
    folder, made = register_at(home / "册"), messy(ROWS, 7)
    git(folder, "init", "-q")
    git(folder, "add", "--all")
    git(folder, "commit", "-qm", "登记册")
    source = home / LEDGER
    source.write_bytes(as_xlsx(made))
    return Imported(
        folder, source, made, run(folder, "import", source, "--write", "--commit", "--all")
    )


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=信访办", "-c", "user.email=xinfang@qinglan.example"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


@pytest.fixture(autouse=True)
def _who(monkeypatch: pytest.MonkeyPatch) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "信访办")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "xinfang@qinglan.example")


def new_cases(folder: Path) -> list[Path]:
    return sorted((folder / "cases/2025").glob("*.yaml"))


def test_every_row_of_a_messy_ledger_is_accounted_for(imported: Imported) -> None:
    found = re.search(
        r"可导入 (\d+) 行,有问题 (\d+) 行,已有的 (\d+) 行,略过 (\d+) 行.*合计 (\d+) 行",
        imported.done.text,
    )
    assert found, imported.done.text
    right, bad, doubled, skipped, rows = map(int, found.groups())
    made = imported.made
    assert rows == len(made.rows) == right + bad + doubled + skipped
    assert (bad, doubled) == (len(made.faulty), len(made.doubled))
    assert right + bad + doubled == ROWS
    assert len(new_cases(imported.folder)) == right
    named = {int(row) for row in re.findall(r"台账![A-Z第]+(\d+)行? ", imported.done.text)}
    assert named == {row + 1 for row in made.faulty | made.doubled}


def test_the_register_is_right_afterwards(imported: Imported) -> None:
    done = run(imported.folder, "check")
    assert "错误" not in done.text
    assert done.code == 0
    found = check(opened(imported.folder), (), remember=False)
    assert [str(f) for f in found.findings if f.level is Level.ERROR] == []


def test_nobody_stands_in_clear(imported: Imported) -> None:
    texts = {"预览": imported.done.text, "提交": git(imported.folder, "log", "-p", "--", "cases")}
    texts |= {f.name: f.read_text("utf-8") for f in new_cases(imported.folder)}
    assert len(imported.made.secrets) > 2 * ROWS
    for name, text in texts.items():
        found = [secret for secret in imported.made.secrets if secret in text]
        assert found == [], name


def test_what_is_sealed_opens_and_is_whole(imported: Imported) -> None:
    register = opened(imported.folder)
    assert register.office is not None
    keys = keys_for(imported.folder, sample=True)
    told = ""
    for file in sealed_files(imported.folder):
        if file.parent.name == "2025":
            content, found = open_content(register, file.stem, keys)
            assert content is not None
            assert [f for f in found if f.level is Level.ERROR] == []
            told += content.model_dump_json()
    for row, cells in enumerate(imported.made.rows[4:-2], 4):
        if isinstance(cells[0], int) and row not in imported.made.faulty | imported.made.doubled:
            name = str(cells[3]).strip().split("、")[0]
            assert name in told
            assert typed.folded(str(cells[4])).replace("-", "") in told.replace("-", "")


def test_numbers_follow_the_days_of_receipt_and_the_old_ones_are_kept(imported: Imported) -> None:
    cases = [opened(imported.folder).load(f).record for f in new_cases(imported.folder)]
    days = [case.received.day for case in cases if case]
    assert len(days) == len(cases)
    assert days == sorted(days)
    assert all(case and re.fullmatch(r"2025-\d{4}", case.former[0]) for case in cases)
    assert "XF-2025-0001" in run(imported.folder, "explain", "2025-0001").text


def test_one_commit_holds_all_of_it(imported: Imported) -> None:
    assert git(imported.folder, "status", "--porcelain", "--", "cases", "sealed") == ""
    assert git(imported.folder, "log", "--format=%s").splitlines()[0].startswith("XF-2025-0001: ")
    assert len(git(imported.folder, "log", "--format=%h").split()) == 2


def test_the_rest_is_mended_and_imported_again(imported: Imported, tmp_path: Path) -> None:
    rest = imported.source.with_name("2025年信访台账-未导入.xlsx")
    assert rest.stat().st_mode & 0o077 == 0  # names stand in it
    book = openpyxl.load_workbook(rest)
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[2]}
    assert heads["未导入的原因"] == len(heads)
    assert sheet.max_row - 2 == len(imported.made.faulty | imported.made.doubled)
    number = sheet.cell(3, heads["身份证号码"])
    assert (number.data_type, number.number_format) == ("s", "@")
    assert re.fullmatch(r"\d{17}[\dX]", number.value)  # 18 digits came through Excel
    folder = tmp_path / "册"
    shutil.copytree(imported.folder, folder)
    again = run(folder, "import", rest)
    assert "可导入 0 行" in again.text
    mends = {
        "来访时间": "2025-01-01",
        "身份证号码": None,
        "涉及金额（元）": None,
        "责任部门": "劳务管理部",
        "信访形式": "来访",
        "人数": None,
    }
    for row in range(3, sheet.max_row + 1):
        for heading, value in mends.items():
            cell = sheet.cell(row, heads[heading])
            if cell.fill.fgColor.rgb == "FFFFF2CC":  # the cell at fault is marked
                cell.value = value
    mended = tmp_path / "改正.xlsx"
    book.save(mended)
    done = run(folder, "import", mended, "--write")
    assert f"可导入 {len(imported.made.faulty)} 行,有问题 0 行" in done.text
    assert "错误" not in run(folder, "check").text


def test_a_ledger_imported_twice_is_imported_once(imported: Imported) -> None:
    before = len(new_cases(imported.folder))
    done = run(imported.folder, "import", imported.source, "--write", "--rest", "/nowhere/x.xlsx")
    assert "可导入 0 行" in done.text
    assert done.text.count("这个编号以前已导入为 XF-2025-") > 15
    assert len(new_cases(imported.folder)) == before


# Reading


def small(*changes: tuple[int, Any]) -> list[Any]:
    text = "2025-1 2025-3-2 甲一山 0999-5559001 反映一标段宿舍屋顶漏雨 来访 后勤管理部"
    row: list[Any] = [*text.split(), None, None]
    for index, value in changes:
        row[index] = value
    return row


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_files_in_the_ways_excel_writes_them(sample: Path, coding: str, mark: str) -> None:
    lines = [mark.join(BASIC), mark.join(str(cell or "") for cell in small()), mark * 8]
    plan = planned(sample, "\r\n".join(lines).encode(coding))
    assert [one.draft.data["标题"] for one in plan.ready] == ["反映一标段宿舍屋顶漏雨"]
    assert len(plan.table.skipped) == 2


@pytest.mark.parametrize(
    "written",
    [
        datetime(2025, 3, 2),  # noqa: DTZ001 - a cell has no zone
        45718,
        45718.0,
        "45718",
        "2025-3-2",
        "2025.3.2",
        "2025/03/02 ",
        "20250302",
        "２０２５年３月２日",
        "二〇二五年三月二日",
        "2025-03-02 09:20:00",
        "　2025. 3. 2\n",
        "3月2日",
        "3/2",
    ],
)
def test_days_in_every_form(written: str | float | datetime) -> None:
    assert day(Cell(written), Days(TODAY, 2025)) == date(2025, 3, 2)


@pytest.mark.parametrize("written", ["昨天", "上周五", "2025-02-30", "三月", "见附件", 12, 2025.3])
def test_what_is_no_day_is_never_guessed_at(written: str | float) -> None:
    assert isinstance(day(Cell(written), Days(TODAY, 2025)), Fault)
    assert isinstance(day(Cell("3月2日"), Days(TODAY)), Fault)  # of which year?


def test_amounts_by_the_unit_of_their_heading() -> None:
    assert str(money(Cell(4.186), 10000)) == "41860.00"
    assert str(money(Cell("4.186万"), 10000)) == "41860.00"
    assert str(money(Cell("４１，８６０元"), 1)) == "41860.00"
    assert isinstance(money(Cell("约4万"), 1), Fault)


def test_headings_in_two_rows_hidden_rows_and_merged_cells(sample: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某某项目2025年台账"])
    sheet.append(["编号", "来访时间", "姓名", "反映内容", "处理情况", None, "是否办结"])
    sheet.append([None, None, None, None, "日期", "结果", None])
    sheet.append(["1", "3月2日", "甲一山", "反映一标段宿舍漏雨", "3月9日", "已修好", "是"])
    sheet.append(["2", None, "乙二水", "反映二标段便道压坏", "3月12日", "已修复", "是"])
    for ranges in ("A1:G1", "E2:F2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "G2:G3", "B4:B5"):
        sheet.merge_cells(ranges)
    sheet.row_dimensions[5].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    plan = planned(sample, buffer.getvalue())
    assert plan.table.headings[4:6] == ("处理情况日期", "处理情况结果")
    assert plan.table.grid.hidden_rows == 1
    assert [one.draft.data["收到"] for one in plan.ready] == ["2025-03-02"] * 2
    closing = plan.ready[0].draft.data["办理"][-1]
    assert (str(closing["日期"]), closing["方式"]) == ("2025-03-09", "旧台账")
    assert "已修好" in closing["备注"]


def test_the_ledger_is_found_among_sheets() -> None:
    ledger = [list(BASIC), small()]
    grids = [*read_grids(workbook(["填表说明"], title="说明")), *read_grids(workbook(*ledger))]
    assert find_table(grids).sheet == "台账"
    twice = [*grids, *read_grids(workbook(*ledger, title="下半年"))]
    with pytest.raises(SeveralLedgersError, match="--sheet"):
        find_table(twice)
    assert find_table(twice, "下半年").sheet == "下半年"
    with pytest.raises(NoSuchSheetError):
        find_table(twice, "没有")
    with pytest.raises(NoLedgerError):
        find_table(grids[:1])


def test_columns_that_could_be_two_things_are_asked_about() -> None:
    twice = ("来访时间", "姓名", "联系电话", "反映内容", "联系电话")
    mapped = match(twice, {})
    assert set(mapped.ambiguous) == {"电话"}
    assert match(twice, {"C": "电话", "e": "不用"}).columns["电话"] == 2
    assert match(("来访时间", "收到日期", "姓名"), {}).columns["收到"] == 1  # the nearer name
    said = match(("来访时间", "科室", "大白话"), {"科室": "主办部室", "大白话": "不用"})
    assert said.columns["主办"] == 1
    assert said.unused == [2]
    with pytest.raises(UnknownItemError):
        match(twice, {"姓名": "名字"})
    with pytest.raises(UnknownColumnError):
        match(twice, {"没有": "姓名"})


@pytest.mark.parametrize(
    "line",
    [
        "序号|来访时间|来访人姓名|家庭住址|联系电话|身份证号|来访人数|反映问题|接待人|处理情况|是否办结",
        "序号|信访日期|姓名|联系方式|信访形式|反映内容|诉求|涉及金额（元）|承办部门|办理结果|答复时间",
        "编号|信访时间|信访人|单位或住址|信访方式|信访事项|交办时间|承办单位|办理情况|办结时间",
        "序号|投诉人|投诉人联系电话|投诉时间|投诉事由|欠薪人数|欠薪金额（万元）|责任单位|是否销号",
        "登记日期|来信来访人|地址|电话|主要内容|转办日期|结案日期|结果",
    ],
)
def test_headings_of_real_ledgers_need_no_help(line: str) -> None:
    mapped = match(line.split("|"), {})
    assert not mapped.rest
    assert not mapped.ambiguous


# What is hostile


def test_a_stray_cell_in_the_last_corner_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(BASIC, small())))
    book.active.cell(1_048_576, 16_384, "x")
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(WorkbookTooLargeError):
        read_grids(buffer.getvalue())


def test_a_bomb_is_refused() -> None:
    buffer = io.BytesIO(workbook(BASIC, small()))
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open("xl/media/bomb", "w", force_zip64=True) as entry,
    ):
        for _ in range(257):
            entry.write(bytes(1 << 20))
    assert len(buffer.getvalue()) < 3_000_000
    with pytest.raises(WorkbookTooLargeError):
        read_grids(buffer.getvalue())


def rewritten(raw: bytes, name: str, change: bytes, into: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, content.replace(change, into) if entry == name else content)
    return buffer.getvalue()


def test_what_is_no_workbook_is_said_in_a_sentence() -> None:
    raw = workbook(BASIC, small())
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]><workbook'
    for bad in (raw[:900], rewritten(raw, "xl/workbook.xml", b"<workbook", entity)):
        with pytest.raises(NotAWorkbookError, match="另存为 xlsx"):
            read_grids(bad)
    with pytest.raises(OldWorkbookError):
        read_grids(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(UnreadableTextError):
        read_grids(b"\xff\x00\x81" * 50)


def test_formulas_are_texts_and_stay_texts(sample: Path, tmp_path: Path) -> None:
    formula = "=cmd|' /C calc'!A0"
    lines = [",".join(BASIC), ",".join(str(c or "") for c in small((4, formula), (1, "不详")))]
    plan = planned(sample, "\n".join(lines).encode())
    assert len(plan.left) == 1
    rest = tmp_path / "未导入.xlsx"
    rest.write_bytes(rest_workbook(plan.table, plan.left, TODAY))
    cell = openpyxl.load_workbook(rest).active.cell(3, 5)
    assert (cell.value, cell.data_type) == (formula, "s")
    lines[1] = lines[1].replace("不详", "2025-03-02")
    assert planned(sample, "\n".join(lines).encode()).ready[0].draft.data["事实"] == formula


# All or nothing


@pytest.fixture
def fresh(tmp_path: Path) -> tuple[Path, Path]:
    """A register and a ledger of three rows, all of them right."""
    folder, source = register_at(tmp_path / "册"), tmp_path / "旧.xlsx"
    rows = [
        small((0, f"2025-{n}"), (4, f"反映{what}"))
        for n, what in enumerate(("屋顶漏雨", "食堂太贵", "路灯不亮"))
    ]
    source.write_bytes(workbook(BASIC, *rows, small((1, "不详"))))
    return folder, source


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_a_ledger_inside_the_register_is_warned_of(fresh: tuple[Path, Path]) -> None:
    folder, source = fresh
    assert "切勿提交" not in run(folder, "import", source).text
    inside = shutil.copy(source, folder / "旧.xlsx")
    assert "旧.xlsx、旧-未导入.xlsx 在登记册文件夹里" in run(folder, "import", inside).text


def test_a_preview_writes_nothing(fresh: tuple[Path, Path]) -> None:
    folder, source = fresh
    before = snapshot(folder.parent)
    done = run(folder, "import", source)
    assert "以上是预览" in done.text
    assert "可导入 3 行,有问题 1 行" in done.text
    assert "甲一山" not in done.text
    assert snapshot(folder.parent) == before


def test_a_clerk_at_a_terminal_is_asked_first(fresh: tuple[Path, Path]) -> None:
    folder, source = fresh
    with Terminal(folder, "import", str(source)) as terminal:
        terminal.read("写入这 3 件吗?")
        assert not list(folder.glob("cases/2025/*.yaml"))
        terminal.press("y", ENTER)
        assert terminal.end() == 1  # one row is left
    assert len(list(folder.glob("cases/2025/*.yaml"))) == 3
    assert source.with_name("旧-未导入.xlsx").exists()


def test_a_number_that_is_taken_leaves_nothing_half_done(fresh: tuple[Path, Path]) -> None:
    folder, source = fresh
    taken = folder / "sealed/2025/XF-2025-0003.age"
    taken.parent.mkdir()
    taken.write_bytes(b"somebody else's")
    before = snapshot(folder.parent)
    assert isinstance(run(folder, "import", source, "--write").error, NumberTakenError)
    assert snapshot(folder.parent) == before


def test_a_disk_that_fails_leaves_nothing_half_done(fresh: tuple[Path, Path]) -> None:
    folder, source = fresh
    (folder / "cases/2025").write_text("a file where a folder should be", "utf-8")
    before = snapshot(folder.parent)
    done = run(folder, "import", source, "--write")
    assert isinstance(done.error, NotWrittenError)
    assert "没有导入任何一件" in str(done.error)
    assert snapshot(folder.parent) == before


# What a row proves

#: A row that proves every step, by its headings.
PROVEN = {
    "编号": "7",
    "来访时间": "2026-6-1",
    "姓名": "甲一山",
    "住址": "甲省乙县丙镇丁村",
    "反映内容": "反映津贴少发。",
    "诉求": "补发津贴",
    "信访形式": "来信",
    "类别": "待遇",
    "责任部门": "劳务管理部",
    "转办时间": "2026-6-2",
    "受理日期": "2026-6-1",
    "处理结论": "解释说明",
    "办理结果": "津贴标准自五月起调整，已当面说明",
    "依据": "信访工作条例 第三十二条",
    "签批人": "陈立",
    "签批日期": "2026-6-8",
    "答复文号": "青机电信处〔2026〕90号",
    "答复日期": "2026-6-9",
    "送达日期": "2026-6-10",
    "送达方式": "邮寄",
    "办结日期": "2026-6-30",
    "审批人": "孙岚",
}
CHAIN = tuple(PROVEN)


def proven(**changes: str | None) -> list[str | None]:
    return list({**PROVEN, **changes}.values())


def test_a_row_that_proves_all_becomes_all_steps(sample: Path) -> None:
    plan = planned(sample, workbook(CHAIN, proven()))
    assert reasons(plan) == []
    steps = [step["事项"] for step in plan.ready[0].draft.data["办理"]]
    assert steps == ["受理", "转办", "拟办", "签批", "答复", "送达", "办结"]
    assert "方式: 答复" in plan.ready[0].text


def test_an_end_without_proof_is_history_or_waits(sample: Path) -> None:
    lacking = proven(签批人=None, 送达方式=None)
    plan = planned(sample, workbook(CHAIN, lacking))
    assert reasons(plan) == ["台账!U2 “办结日期”写明已办结,证据不全: 缺签批人、送达方式"]
    proven_only = Wishes("李敏", "孙岚", proven_only=True)
    kept = planned(sample, workbook(CHAIN, lacking), proven_only).ready[0].draft.data["办理"]
    assert [step["事项"] for step in kept] == ["受理", "转办"]
    assert "答复日期 2026-06-09" in kept[-1]["备注"]
    constants = Wishes("李敏", "孙岚", {"签批人": "陈立", "送达方式": "直接送达"})
    assert len(planned(sample, workbook(CHAIN, lacking), constants).ready) == 1


def test_what_the_rules_refuse_stays_outside_with_the_reason(sample: Path) -> None:
    early = proven(送达日期="2026-6-5")
    [reason] = reasons(planned(sample, workbook(CHAIN, early)))[:1]
    assert re.match(r"台账!\S+ .*(早于|才发出)", reason)


def test_an_accusation_is_sealed_whole(sample: Path) -> None:
    head = (*BASIC, "目的")
    plan = planned(
        sample, workbook(head, [*small((4, "反映采购员收回扣")), "举报"], [*small((0, "2")), None])
    )
    [one] = [one for one in plan.ready if one.draft.data["目的"] == "检举控告"]
    assert "回扣" not in one.text
    assert "采购" not in one.text
    assert "反映采购员收回扣" in one.sealed
    doubtful = planned(sample, workbook(head, [*small((4, "反映采购员收回扣")), "投诉"]))
    assert doubtful.ready == []  # it may be one: in the open it is never written


def test_names_in_texts_become_codes_and_foreign_ones_are_refused(sample: Path) -> None:
    rows = [
        small((2, "甲一山、乙二水等5人"), (4, "甲一山等反映宿舍漏雨")),
        small((0, "2"), (2, "丙三石"), (4, "反映乙二水打人")),
    ]
    plan = planned(sample, workbook(BASIC, *rows))
    assert plan.ready[0].draft.data["标题"] == "A等反映宿舍漏雨"
    assert "人数: 5" in plan.ready[0].text
    assert "甲一山等反映宿舍漏雨" in plan.ready[0].sealed
    assert reasons(plan) == ["台账!E3 文字里有第2行信访人的姓名"]


def test_unknown_columns_are_kept_sealed(sample: Path) -> None:
    plan = planned(sample, workbook((*BASIC, "车牌"), [*small(), "甲A00001"]))
    assert "甲A00001" not in plan.ready[0].text
    assert "车牌: 甲A00001" in plan.ready[0].sealed


def test_the_same_matter_is_not_taken_in_again(sample: Path) -> None:
    known = opened(sample).load(sample / "cases/2026/XF-2026-0011.yaml").record
    assert known is not None
    row = small((1, str(known.received.day)), (4, f"{known.title}。"))
    plan = planned(sample, workbook(BASIC, row))
    assert plan.ready == []
    assert "与 XF-2026-0011 收到日期相近、内容很像" in reasons(plan)[0]
    later = small((1, "2026-9-1"), (4, f"{known.title}。"))
    assert len(planned(sample, workbook(BASIC, later)).ready) == 1  # it came again: a new petition
    again = planned(sample, workbook(BASIC, row), duplicates=True)
    assert len(again.ready) == 1


def test_numbers_of_papers_that_are_taken_are_refused(sample: Path) -> None:
    plan = planned(sample, workbook(CHAIN, proven(答复文号="青机电信处〔2026〕1号")))
    assert plan.ready == []
    assert "青机电信处〔2026〕1号" in reasons(plan)[0]


# Our own ledger


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = register_at(tmp_path_factory.mktemp("往返") / "册")
    run(folder, "ledger", "-o", folder.parent / "l.xlsx")
    return folder, (folder.parent / "l.xlsx").read_bytes()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_that_nobody_touched_makes_no_difference(
    exported: tuple[Path, bytes], tmp_path: Path, form: str
) -> None:
    folder, _ = exported
    run(folder, "ledger", "--format", form, "-o", tmp_path / f"l.{form}")
    done = run(folder, "import", tmp_path / f"l.{form}", "--write")
    assert "没有差别" in done.text
    assert done.code == 0


def test_an_export_is_taken_back_on_another_day(
    exported: tuple[Path, bytes], tmp_path: Path
) -> None:
    folder, raw = exported
    (tmp_path / "l.xlsx").write_bytes(raw)
    done = run(folder, "--today", "2026-10-20", "import", tmp_path / "l.xlsx")
    assert "没有差别" in done.text


def edited(raw: bytes, changes: Sequence[tuple[str, str, Any]]) -> Any:  # noqa: ANN401 - openpyxl
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(r, heads["登记编号"]).value: r for r in range(2, sheet.max_row + 1)}
    for number, heading, value in changes:
        sheet.cell(rows[f"XF-2026-{number}"], heads[heading]).value = value
    return book


def test_edits_become_steps_once_confirmed(exported: tuple[Path, bytes], tmp_path: Path) -> None:
    folder, raw = register_at(tmp_path / "册"), exported[1]
    book = edited(
        raw,
        [
            ("0016", "送达日期", datetime(2026, 9, 15)),  # noqa: DTZ001 - a cell has no zone
            ("0016", "本人意见", "无异议"),
            ("0017", "兑现情况", "已兑现"),
            ("0019", "协办部室", "财务部"),
            ("0022", "送达日期", "2026.5.27"),
            ("0006", "事项摘要", "改过的标题"),
            ("0021", "状态", "已办结"),
            ("0024", "办结日期", "2026-9-16"),
            ("0024", "办结方式", "答复"),
            ("0009", "送达日期", None),
        ],
    )
    sheet = book.worksheets[0]
    sheet.append([99, None, "2026-09-10"])
    sheet.delete_rows(next(r for r in range(2, 9) if sheet.cell(r, 2).value == "XF-2026-0003"))
    book.save(tmp_path / "l.xlsx")
    before = snapshot(folder)
    wrong = run(folder, "import", tmp_path / "l.xlsx", "--set", "送达=直接送达")
    assert "没有“送达”" in str(wrong.error)
    given = ("--set", "方式=直接送达", "--set", "凭证=银行回单")
    done = run(folder, "import", tmp_path / "l.xlsx", *given)
    assert snapshot(folder) == before
    assert "表中没有的 1 件,不受影响: XF-2026-0003" in done.text
    assert "“事项摘要”是登记的内容,请在事项文件里改,未采用: 台账!L6" in done.text
    assert "“状态”由登记和步骤推算" in done.text
    assert "台账!第25行" in done.text  # the row that was added
    assert "“办结”还要写明审批人" in done.text
    assert "登记册里有,表中是空的" in done.text
    done = run(folder, "import", tmp_path / "l.xlsx", *given, "--write")
    assert "已给 4 件事项追加 4 步" in done.text
    added = {
        name: content[len(before[name]) :].decode().strip()
        for name, content in snapshot(folder).items()
        if content != before.get(name)
    }
    assert {name[-9:-5]: re.findall(r"事项: (\w+)", text) for name, text in added.items()} == {
        "0016": ["送达"],
        "0017": ["兑现"],
        "0019": ["更正"],
        "0022": ["更正"],
    }
    assert "错误" not in run(folder, "check").text


def test_columns_that_may_be_edited_say_so(exported: tuple[Path, bytes]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported[1])).worksheets[0]
    heads = {cell.value: cell for cell in sheet[1]}
    assert heads["主办部室"].fill.fgColor.rgb != heads["事项摘要"].fill.fgColor.rgb
    hints = {str(v.sqref): v.prompt for v in sheet.data_validations.dataValidation}
    assert "送达" in hints[heads["送达日期"].coordinate]
    assert heads["状态"].coordinate not in hints


def test_a_table_names_its_cells_as_excel_does() -> None:
    table: Table = find_table(read_grids(workbook(BASIC, small())))
    assert table.address(table.lines[0], 27) == "台账!AB2"
