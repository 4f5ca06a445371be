"""The ledger as files: opened again by other programs, each cell is what it was."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pikepdf
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from xinfang.cli import cli
from xinfang.documents import Papers
from xinfang.exports import WRITERS, as_csv, as_json, as_xlsx
from xinfang.exports.csv_ import guarded, unguarded
from xinfang.exports.json_ import schema_text
from xinfang.exports.pdf import (
    MOST_AS_TABLE,
    MOST_ROWS,
    LedgerTooLongError,
    as_html,
    as_pdf,
    as_sheets,
)
from xinfang.exports.specimen import SpecimenError
from xinfang.extract import Extract, extract
from xinfang.ledger import Entry
from xinfang.model import Office, load_office
from xinfang.packaged import forms_folder
from xinfang.register import Register
from xinfang.render import pdf
from xinfang.selection import Selection
from xinfang.source import read
from xinfang.tables import COLUMNS, Kind, text

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)
LOADED = load_office(read(ROOT / "office.yaml", "office.yaml"))
SCHEMA = ROOT / "tools/xinfang/schemas/ledger.schema.json"
HEADINGS = [column.heading for column in COLUMNS]
#: What the case files say and no ledger may.
ACCUSED_OF = ("回扣", "虚报工程量")
FORMULA = "=cmd|' /C calc'!A0"


def office() -> Office:
    assert LOADED.record is not None
    return LOADED.record


def ledger(selection: Selection | None = None) -> Extract:
    register = Register(ROOT / "tests" / "ledger", TODAY, LOADED)
    found = [loaded for _, loaded in register.matters()]
    records = [(loaded.record, loaded.document.path) for loaded in found]
    entries = [Entry.of(register.matter(record, path)) for record, path in records if record]
    return extract(office(), TODAY, entries, selection or Selection())


LEDGER = ledger()


@pytest.fixture(scope="module")
def book() -> Any:  # noqa: ANN401 - openpyxl is untyped
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(LEDGER)))


def cell(book: Any, heading: str, number: str) -> Any:  # noqa: ANN401
    sheet = book["台账"]
    line = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == number)
    return line[HEADINGS.index(heading)]


# xlsx


def test_the_header_is_frozen_filtered_and_printed_on_every_page(book: Any) -> None:  # noqa: ANN401
    sheet = book["台账"]
    assert [found.value for found in sheet[1]] == HEADINGS
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert "第 &P 页 共 &N 页" in sheet.oddFooter.center.text
    assert all(sheet.column_dimensions[found.column_letter].width for found in sheet[1])


def test_days_are_days_amounts_are_numbers_and_numbers_of_papers_are_text(book: Any) -> None:  # noqa: ANN401
    received = cell(book, "收到日期", "XF-2026-0001")
    assert received.value == datetime(2026, 3, 2)  # noqa: DTZ001 - a spreadsheet has no zones
    assert received.number_format == "yyyy-mm-dd"
    amount = cell(book, "请求金额(元)", "XF-2026-0001")
    assert (amount.data_type, amount.value, amount.number_format) == ("n", 419800.5, "#,##0.00")
    archive = cell(book, "归档号", "XF-2026-0001")
    assert (archive.data_type, archive.value, archive.number_format) == ("s", "0012", "@")


def test_a_formula_in_a_summary_stays_text(book: Any) -> None:  # noqa: ANN401
    found = cell(book, "事项摘要", "XF-2026-0005")
    assert (found.data_type, found.value) == ("s", FORMULA)
    kinds = {c.data_type for sheet in book for line in sheet.iter_rows() for c in line}
    assert "f" not in kinds


def test_every_cell_of_a_column_has_the_kind_of_the_column(book: Any) -> None:  # noqa: ANN401
    types = {Kind.TEXT: "s", Kind.LIST: "s", Kind.DATE: "d", Kind.COUNT: "n", Kind.AMOUNT: "n"}
    for line in book["台账"].iter_rows(min_row=2):
        for column, found in zip(COLUMNS, line, strict=True):
            assert found.value is None or found.data_type == types[column.kind], column.heading


def test_the_balance_stands_on_a_sheet_of_its_own(book: Any) -> None:  # noqa: ANN401
    lines = [[c.value for c in line] for line in book["增减平衡"].iter_rows()]
    assert lines[0] == ["合计", "结转", "新收", "办结", "期末在办", "办结率"]
    assert lines[1] == ["全部", 0, 6, 2, 4, "33.3%"]
    assert ["检举控告(已封存)", 0, 2, 0, 2, "0.0%"] in lines


def test_an_empty_ledger_is_still_a_ledger() -> None:
    empty = extract(office(), TODAY, [], Selection())
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(empty)))["台账"]
    assert sheet.max_row == 1
    assert len(read_csv(as_csv(empty))) == 1
    assert json.loads(as_json(empty))["balance"]["合计"]["全部"]["rate"] == "—"


# csv


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_a_mark_for_excel_and_windows_line_ends() -> None:
    content = as_csv(LEDGER)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") == len(LEDGER.entries) + 1


def test_csv_read_back_is_the_table() -> None:
    lines = read_csv(as_csv(LEDGER))
    assert lines[0] == HEADINGS
    for line, row in zip(lines[1:], LEDGER.rows, strict=True):
        assert [unguarded(found) for found in line] == [text(row[c.key]) for c in COLUMNS]


def test_a_formula_in_csv_is_guarded() -> None:
    lines = read_csv(as_csv(LEDGER))
    assert lines[5][HEADINGS.index("事项摘要")] == f"'{FORMULA}"


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠x"]
)
def test_whatever_a_spreadsheet_could_take_for_a_formula_is_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "反映欠薪", "—", "(六)信访程序", "12345", "青机电信处〔2026〕1号"]
)
def test_ordinary_texts_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.text())
def test_a_guard_can_always_be_taken_off(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).lstrip().startswith(("=", "+", "-", "@"))


# json


def test_json_keeps_to_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(as_json(LEDGER)))


def test_the_schema_file_is_fresh() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text()


def test_json_keeps_amounts_exact_and_lists_as_lists() -> None:
    first = json.loads(as_json(LEDGER))["entries"][0]
    assert first["amount"] == "419800.50"
    assert first["petitioners"] == ["A", "B"]
    assert first["received"] == "2026-03-02"


# All of them


@pytest.mark.parametrize("form", list(WRITERS))
def test_the_same_ledger_gives_the_same_bytes(form: str) -> None:
    assert WRITERS[form](ledger()) == WRITERS[form](LEDGER)


@pytest.mark.parametrize("form", list(WRITERS))
def test_no_format_tells_of_an_accusation(form: str) -> None:
    content = WRITERS[form](LEDGER)
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [c.value for sheet in book for line in sheet.iter_rows() for c in line]
        content = repr(cells).encode()
    shown = content.decode()
    assert "已按规定移送" in shown
    assert not any(words in shown for words in ACCUSED_OF)


# On paper


@pytest.fixture(scope="module")
def papers() -> Papers:
    return Papers(forms_folder())


def test_the_printed_ledger_repeats_its_header_and_numbers_its_pages(papers: Papers) -> None:
    entries = list(LEDGER.entries) * 6
    printed = as_pdf(extract(office(), TODAY, entries, Selection()), papers, office())
    with pdfplumber.open(io.BytesIO(printed)) as document:
        texts = [page.extract_text() for page in document.pages]
        assert all(page.width > page.height for page in document.pages)
    assert len(texts) > 2
    for number, shown in enumerate(texts, 1):
        assert f"第 {number} 页 共 {len(texts)} 页" in shown.replace("\u3000", " ")
        assert "登记编号" in shown or "办结率" in shown
    whole = "".join(texts)
    assert whole.count("XF-2026-0001") == 6


def test_the_printed_ledger_is_the_same_twice(papers: Papers) -> None:
    assert as_pdf(LEDGER, papers, office()) == as_pdf(LEDGER, papers, office())


def long_ledger(rows: int, title: str | None = None) -> Extract:
    """A ledger of many matters, each with its own number, the last one with its own title."""
    kinds = len(LEDGER.entries)
    entries = [
        dataclasses.replace(LEDGER.entries[at % kinds], number=f"XF-2026-{at + 1:04d}")
        for at in range(rows)
    ]
    first = LEDGER.entries[0]
    entries[-1] = dataclasses.replace(
        first, number=f"XF-2026-{rows:04d}", title=title or first.title
    )
    return extract(office(), TODAY, entries, Selection())


def placed(content: bytes) -> list[dict[str, list[tuple[float, float, float]]]]:
    """Every word of every page, with its sizes and places."""
    pages = []
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            words: dict[str, list[tuple[float, float, float]]] = {}
            for word in page.extract_words(extra_attrs=["size"]):
                place = (word["size"], word["x0"], word["top"])
                words.setdefault(word["text"], []).append(place)
            pages.append(words)
    return pages


def run_tool(*command: str, content: bytes) -> str:
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    return done.stdout.decode()


def test_rows_set_into_sheets_stand_where_a_table_would_have_them(papers: Papers) -> None:
    long = "反映(甲方)班组2026年1月至3月加班费、夜班补贴未付,XF-2026-0001已答复，要求说明理由。" * 2
    ledger = long_ledger(50, long)
    table = placed(pdf(as_html(ledger, papers, office())))
    sheets = placed(as_sheets(ledger, papers, office()))
    assert len(table) == len(sheets) > 3
    for expected, found in zip(table, sheets, strict=True):
        assert found.keys() == expected.keys()
        for word, places in found.items():
            assert len(places) == len(expected[word])
            for place in places:
                assert any(place == pytest.approx(one, abs=0.3) for one in expected[word]), word


def test_a_long_ledger_has_all_rows_and_one_row_of_page_numbers(papers: Papers) -> None:
    ledger = long_ledger(600)
    content = as_pdf(ledger, papers, office())
    assert content == as_pdf(ledger, papers, office())
    pages = run_tool("pdftotext", "-layout", "-", "-", content=content).split("\f")[:-1]
    assert len(pages) > 40
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in "".join(page.split())
        assert "登记编号" in page or "办结率" in page
    rows = re.findall(r"^ *(\d+) +(XF-2026-\d{4})", "\n".join(pages), re.MULTILINE)
    assert [int(ordinal) for ordinal, _ in rows] == list(range(1, 601))
    assert [number for _, number in rows] == [entry.number for entry in ledger.entries]
    assert "办结率" in pages[-1]
    fonts = run_tool("pdffonts", "-", content=content).splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes yes yes +\d+ +0$", font) for font in fonts)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not document.check_pdf_syntax()


@pytest.mark.parametrize("joined", ["e\u0301", "\u0645\u0631", "\u1820\u1821", "\U0001f600"])
def test_what_is_no_letter_after_another_is_printed_as_a_table(papers: Papers, joined: str) -> None:
    ledger = long_ledger(MOST_AS_TABLE + 1, f"反映{joined}一事")
    with pytest.raises(SpecimenError):
        as_sheets(ledger, papers, office())
    content = as_pdf(ledger, papers, office())
    assert f"XF-2026-{MOST_AS_TABLE + 1:04d}" in run_tool("pdftotext", "-", "-", content=content)


def test_a_row_higher_than_a_sheet_is_printed_as_a_table(papers: Papers) -> None:
    with pytest.raises(SpecimenError):
        as_sheets(long_ledger(20, "反映同一件事。" * 200), papers, office())


def test_a_ledger_too_long_to_print_says_how_to_split_it(papers: Papers) -> None:
    entries = [LEDGER.entries[0]] * (MOST_ROWS + 1)
    with pytest.raises(LedgerTooLongError, match="--from"):
        as_pdf(extract(office(), TODAY, entries, Selection()), papers, office())


def test_the_printed_ledger_says_nothing_of_accusations_and_escapes_texts(papers: Papers) -> None:
    html = as_html(LEDGER, papers, office())
    assert "已按规定移送" in html
    assert not any(words in html for words in ACCUSED_OF)
    assert FORMULA not in html
    assert "|&#39; /" in html


def test_the_ledger_also_prints_blank(papers: Papers) -> None:
    blank = papers.blank(papers.forms["D26"], office())
    assert "登记编号" in blank
    assert "XF-" not in blank


# The command


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "register"
    shutil.copytree(ROOT / "tests" / "ledger" / "cases", folder / "cases")
    shutil.copy(ROOT / "office.yaml", folder)
    return folder


def run(register: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        cli,
        ["ledger", "-C", str(register), *arguments],
        standalone_mode=False,
        catch_exceptions=False,
    )
    return done.return_value, done.output


@pytest.mark.parametrize("form", ["xlsx", "pdf", "csv", "json"])
def test_the_command_writes_each_format_to_the_build_folder(register: Path, form: str) -> None:
    code, said = run(register, "--format", form)
    assert code == 0
    assert "共 6 件;结转 0 + 新收 6 − 办结 2 = 期末在办 4" in said
    assert (register / "build" / "ledger" / f"ledger.{form}").stat().st_size > 0


def test_a_part_of_the_ledger_never_replaces_the_whole(register: Path) -> None:
    run(register, "--format", "csv")
    run(register, "--format", "csv", "--from", "2026-09-01", "--department", "办公室")
    names = sorted(file.name for file in (register / "build" / "ledger").iterdir())
    assert names == ["ledger-2026-09-01-信访办.csv", "ledger.csv"]


def test_a_broken_file_is_named_and_the_rest_is_written(register: Path) -> None:
    (register / "cases/2026/XF-2026-0007.yaml").write_text("编号: XF-2026-0007\n", "utf-8")
    code, said = run(register, "--format", "csv")
    assert code == 1
    assert "cases/2026/XF-2026-0007.yaml" in said
    assert (register / "build" / "ledger" / "ledger.csv").exists()
