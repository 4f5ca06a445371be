"""Reports of months, quarters and years: true to the last cell, traceable, and discreet."""

from __future__ import annotations

import dataclasses
import io
import json
import random
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pdfplumber
import pytest
from browsing import PHONE, Reader
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from xinfang.balance import NO_DEPARTMENT, SEALED
from xinfang.cli import cli
from xinfang.clocks import State
from xinfang.documents import Papers
from xinfang.errors import XinfangError
from xinfang.ledger import COUNTED, Entry
from xinfang.model import Office, load_office
from xinfang.model.words import Category, Channel, Purpose
from xinfang.packaged import forms_folder
from xinfang.register import open_register
from xinfang.report_files.json_ import as_json, schema_text
from xinfang.report_files.pdf import as_pdf
from xinfang.report_files.text import as_text, explained
from xinfang.report_files.xlsx import as_xlsx
from xinfang.reports import Cell, Kind, NoReportError, Report, Reports, Term, containing, parse
from xinfang.reports.measures import NO_SECTION, STEPS
from xinfang.reports.trends import TEST, is_unusual, trends
from xinfang.selection import Period
from xinfang.source import read
from xinfang.yearly import FEW, WITHHELD

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 9, 16)
REGISTER = open_register(ROOT, TODAY, TODAY)
SCHEMA = ROOT / "tools/xinfang/schemas/report.schema.json"
FLOOR: Final = 5
KINDS = {kind.word: kind for kind in Kind}
SECTIONS = ("3号便道", "引水洞", "")


@cache
def sample() -> list[Entry]:
    """The entries of the sample register, unnumbered ones to be made from them."""
    loaded = [(c.record, c.document.path) for _, c in REGISTER.matters()]
    return [Entry.of(REGISTER.matter(record, path)) for record, path in loaded if record]


def office() -> Office:
    assert REGISTER.office is not None
    return REGISTER.office


def book(entries: list[Entry], today: date = TODAY) -> Reports:
    return Reports(office(), REGISTER.clocks, entries, today)


def term(text: str, cut: int | None = None) -> Term:
    kind = {4: Kind.YEAR, 7: Kind.QUARTER if "Q" in text else Kind.MONTH}[len(text)]
    return parse(kind, text, cut)


FIRST = date(2025, 1, 1)


def drawn(seed: int) -> list[Entry]:
    """Draw a register: few kinds of matters, so that groups of every size come about."""
    chance = random.Random(seed)  # noqa: S311 - samples, no secret

    def day() -> date:
        return FIRST + timedelta(chance.randrange(617))

    return made(
        {
            "base": chance.randrange(len(sample())),
            "registered": day(),
            "closed": chance.choice([None, day()]),
            "replied": chance.choice([None, day()]),
            "category": chance.choice(list(Category)[: chance.randrange(1, 5)]),
            "channel": chance.choice(list(Channel)[:3]),
            "department": chance.choice(["劳务管理部", "工程技术部", ""]),
            "section": chance.choice(SECTIONS),
            "people": chance.randrange(1, 9),
            "acts": [(kind, day()) for kind in chance.sample(sorted(COUNTED), 3)],
            "concerned": chance.choice([[], ["财务部"], ["财务部", "其他"]]),
        }
        for _ in range(chance.randrange(20, 500))
    )


def made(drawn: Iterable[dict[str, Any]]) -> list[Entry]:
    """Make entries of what was drawn; accusations keep nothing of it but their days."""
    return [_made(f"XF-2026-{n:04d}", values) for n, values in enumerate(drawn, 1)]


def _made(number: str, values: dict[str, Any]) -> Entry:
    base = sample()[values["base"]]
    entry: Entry = dataclasses.replace(
        base, number=number, registered=values["registered"], closed=values["closed"]
    )
    if base.sealed:
        return entry
    changed: Entry = dataclasses.replace(
        entry,
        replied=values["replied"],
        category=values["category"],
        channel=values["channel"],
        departments=(values["department"],) if values["department"] else (),
        section=values["section"],
        people=values["people"],
        acts=tuple(values["acts"]),
        concerned=tuple(values["concerned"]),
    )
    return changed


SEEDS = st.integers(0, 2**32)
TERMS = st.sampled_from(["2026-08", "2026-03", "2026-Q2", "2026-Q1", "2025"])
CUTS = st.sampled_from([None, 25])
SLOW = settings(max_examples=25, deadline=None)


def reported(entries: list[Entry], text: str, cut: int | None) -> Report | None:
    """Make a report, where the register reaches so far back."""
    try:
        return book(entries).of(term(text, cut))
    except NoReportError:
        return None


# A recount by brute force, one cell at a time


def recount(cell: Cell, entries: list[Entry], wanted: Term) -> list[str]:
    """Count what a cell should hold, from the entries alone: one number for each time."""
    period, id_ = _period(cell.id, wanted)
    measure, _, rest = id_.partition(".")
    group = cell.name.partition("/")[2]
    dimension = rest.partition(".")[0]
    return [
        entry.number
        for entry in entries
        for found, day in _facts(entry, measure, dimension)
        if _in(period, measure, day) and found in ("", group, rest.rpartition(".")[2])
    ]


def _period(id_: str, wanted: Term) -> tuple[Period, str]:
    base, _, tail = id_.rpartition(".")
    match tail:
        case "before":
            return wanted.before.period, base
        case "year-ago":
            return wanted.year_ago.period, base
        case "to-date":
            year = Term(Kind.YEAR, wanted.year, 1, wanted.cut)
            return Period(year.first, wanted.last), base
        case _:
            return wanted.period, id_


def _in(period: Period, measure: str, days: date | tuple[date, date | None]) -> bool:
    first, last = period.first or date.min, period.last or date.max
    if not isinstance(days, tuple):
        return first <= days <= last
    came, went = days
    edge = first - timedelta(days=1) if measure == "carried" else last
    return came <= edge and (went is None or went > edge)


def _facts(
    entry: Entry, measure: str, dimension: str
) -> Iterator[tuple[str, date | tuple[date, date | None]]]:
    went = max(entry.closed, entry.registered) if entry.closed else None
    if measure in ("carried", "open"):
        yield "", (entry.registered, went)
    elif measure == "received":
        yield _group(entry, dimension), entry.registered
    elif measure == "closed":
        yield from [(_group(entry, dimension), went)] if went else []
    elif not entry.sealed and measure in ("due", "kept", "missed"):
        yield from _deadlines(entry, measure)
    elif not entry.sealed:
        for day, groups in _others(entry)[measure]:
            yield from ((group if dimension else "", day) for group in groups)


def _others(entry: Entry) -> dict[str, list[tuple[date, list[str]]]]:
    """What else counts in a matter: measure → days, each with the groups that it counts for."""
    came, answered, reviewed = entry.registered, entry.replied, entry.reviewed
    found: dict[str, list[tuple[date, list[str]]]] = {
        "people": [(came, [""] * entry.people)],
        "concerned": [(came, list(entry.concerned))],
        "repeat": [(came, [""] * bool(entry.earlier))],
        **{key: [] for key in ("replied", "answered", "pledged", "reviewed", "rereviewed")},
    }
    for kind, measure in STEPS.items():
        found[measure.id] = [(day, [""]) for step, day in entry.acts if step == kind]
    if answered:
        found["replied"] = [(answered, [_span((answered - entry.received).days)])]
        found["answered"] = [(answered, [str(outcome) for outcome in entry.outcomes])]
        found["pledged"] = [(answered, [""] * bool(entry.promises))]
    if reviewed:
        again = any(step.startswith("复核") for step in entry.reviews)
        found["reviewed"] = [(reviewed, [_result(entry)])]
        found["rereviewed"] = [(reviewed, [""] * again)]
    return found


def _deadlines(entry: Entry, measure: str) -> Iterator[tuple[str, date]]:
    for deadline in entry.deadlines:
        late = deadline.state in {State.MET_LATE, State.OVERDUE}
        ours = deadline.clock.whose.is_ours and deadline.due < TODAY
        decided = late or deadline.state is State.MET
        if decided and ours and measure in ("due", "missed" if late else "kept"):
            yield deadline.clock.id, deadline.due


def _group(entry: Entry, dimension: str) -> str:
    if not dimension:
        return ""
    if entry.sealed:
        return SEALED
    return {
        "by-channel": str(entry.channel),
        "by-purpose": str(entry.purpose),
        "by-category": str(entry.category),
        "by-department": entry.departments[0] if entry.departments else NO_DEPARTMENT,
        "by-section": entry.section or NO_SECTION,
    }[dimension]


def _span(days: int) -> str:
    spans = ((7, "0–7日"), (15, "8–15日"), (30, "16–30日"), (60, "31–60日"), (90, "61–90日"))
    return next((name for last, name in spans if days <= last), "90日以上")


def _result(entry: Entry) -> str:
    found = [r.removeprefix("复查") for r in entry.reviews if r.startswith("复查")]
    return next((r for r in reversed(found) if r in ("维持", "撤销", "变更")), "尚无复查意见")


def told(report: Report) -> Iterator[Cell]:
    """Every number of a report that is a count of its own."""
    for cell in report.cells.values():
        if cell.value is not None and ".rest" not in cell.id:
            yield cell


@SLOW
@given(SEEDS, TERMS, CUTS)
def test_every_cell_is_what_a_recount_gives(seed: int, text: str, cut: int | None) -> None:
    entries = drawn(seed)
    report = reported(entries, text, cut)
    for cell in told(report) if report else ():
        found = recount(cell, entries, term(text, cut))
        assert cell.value == len(found), cell.id
        assert cell.cases == tuple(sorted(set(found))), cell.id


@SLOW
@given(SEEDS, TERMS, CUTS)
def test_tables_balance_and_groups_add_up(seed: int, text: str, cut: int | None) -> None:
    entries = drawn(seed)
    report = reported(entries, text, cut)
    if report is None:
        return
    cells = {id_: cell.value or 0 for id_, cell in report.cells.items()}
    assert cells["carried"] + cells["received"] - cells["closed"] == cells["open"]
    assert report.balance.endswith("相符。")
    assert "不符" not in report.balance
    for table in (table for table in report.tables if table.summed):
        for column in zip(*(row.cells for row in table.rows), strict=True):
            *parts, total = column
            everything = all(cell.value is not None for cell in parts if ".rest" in cell.id)
            if total.value is not None and everything and table.id != "concerned":
                assert sum(cell.value or 0 for cell in parts) == total.value, total.id


@SLOW
@given(SEEDS, TERMS, CUTS)
def test_a_comparison_says_what_the_earlier_report_said(
    seed: int, text: str, cut: int | None
) -> None:
    entries = drawn(seed)
    report = reported(entries, text, cut)
    if report is None:
        return
    reports = book(entries)
    for tail, wanted in (("before", report.term.before), ("year-ago", report.term.year_ago)):
        if not reports.reaches(wanted):
            assert not [id_ for id_ in report.cells if id_.endswith(f".{tail}")]
            continue
        earlier = reports.of(wanted).cells
        for id_, cell in report.cells.items():
            own = earlier.get(id_.removesuffix(f".{tail}"))
            if id_.endswith(f".{tail}") and ".change." not in id_ and own is not None:
                assert cell.text == own.text, id_


@SLOW
@given(SEEDS, st.integers(0, 19))
def test_a_moved_registration_moves_what_came_and_nothing_else(seed: int, place: int) -> None:
    entries = drawn(seed)
    moved = dataclasses.replace(entries[place], closed=None, registered=date(2026, 8, 5))
    first = [*entries[:place], moved, *entries[place + 1 :], _oldest(entries)]
    moved = dataclasses.replace(moved, registered=date(2026, 7, 5))
    second = [*entries[:place], moved, *entries[place + 1 :], _oldest(entries)]
    before, after = (book(e).of(term("2026-08")).cells for e in (first, second))

    def difference(id_: str) -> int:
        return (after[id_].value or 0) - (before[id_].value or 0)

    assert [difference(i) for i in ("received", "received.before", "carried")] == [-1, 1, 1]
    assert [difference(i) for i in ("closed", "open", "carried.before")] == [0, 0, 0]
    came = ("received", "carried", "people", "repeat", "closed-rate", "earlier")
    may = (*came, "open.before", "open.change.before")
    for id_ in before.keys() & after.keys():
        if not id_.startswith(may):
            assert before[id_].text == after[id_].text, id_


def _oldest(entries: list[Entry]) -> Entry:
    """A matter from before everything, so that periods before exist on both sides."""
    return dataclasses.replace(
        entries[0], number="XF-2025-0001", registered=date(2025, 1, 2), closed=date(2025, 1, 3)
    )


# What is too small


def few(value: int | None) -> bool:
    return value is not None and 0 < value < FLOOR


def small_groups(report: Report) -> Iterator[str]:
    """Every small number of a group that is shown, or comes out of what is shown."""
    for table in report.tables:
        if not table.summed:
            continue
        for column in zip(*(row.cells for row in table.rows), strict=True):
            *parts, total = column
            shown = [cell.value for cell in parts if cell.value is not None]
            yield from (cell.id for cell in parts if few(cell.value) and len(shown) > 1)
            if total.value is not None and len(shown) > 1 and table.id != "concerned":
                left = total.value - sum(shown)
                if few(left):
                    yield total.id


@SLOW
@given(SEEDS, TERMS)
def test_no_small_group_is_shown_or_comes_out(seed: int, text: str) -> None:
    report = reported(drawn(seed), text, None)
    if report is not None:
        assert not list(small_groups(report))
        guarded = ("people", "pledged", "repeat", "reviewed", "rereviewed", "step-", "due")
        assert not [c.id for c in told(report) if c.id.startswith(guarded) and few(c.value)]


@SLOW
@given(SEEDS)
def test_a_year_gives_away_nothing_of_its_months_and_quarters(seed: int) -> None:
    reports = book(drawn(seed))
    try:
        year = reports.of(term("2025"))
    except NoReportError:
        return
    for parts in term("2025").divided():
        cells = [reports.of(part).cells for part in parts if reports.reaches(part)]
        for id_, cell in year.cells.items():
            if not re.fullmatch(r"received\.by-(channel|category|department|section)\.\w+", id_):
                continue
            if cell.value is None or id_.endswith(".rest"):
                continue
            known = sum(found[id_].value or 0 for found in cells if id_ in found)
            hidden = [c for c in cells if id_ not in c or c[id_].value is None]
            left = cell.value - known
            assert not few(left), id_
            assert left == 0 or len(hidden) > 1, id_


# One report in every form


@cache
def rich() -> Reports:
    """A register in which groups of every size stand side by side."""
    sizes = {Category.WAGES: 9, Category.NOISE: 6, Category.LAND: 3, Category.SAFETY: 1}
    drawn = []
    for month in range(1, 9):
        for place, (category, size) in enumerate(sizes.items()):
            more = 8 if month == 8 and category is Category.WAGES else 0
            drawn += [
                {
                    "base": next(i for i, e in enumerate(sample()) if e.purpose == Purpose.APPEAL),
                    "registered": date(2026, month, 3 + n % 20),
                    "closed": date(2026, month, 28) if n % 2 else None,
                    "replied": date(2026, month, 27) if n % 2 else None,
                    "category": category,
                    "channel": Channel.LETTER if n % 3 else Channel.PHONE,
                    "department": ("劳务管理部", "工程技术部", "安全环保部", "")[place],
                    "section": SECTIONS[place % 3],
                    "people": 1 + n % 3,
                    "acts": [("督办", date(2026, month, 9))] if n < 1 else [],
                    "concerned": [],
                }
                for n in range(size + more)
            ]
    accused = next(i for i, e in enumerate(sample()) if e.sealed)
    drawn.append({**drawn[-1], "base": accused, "registered": date(2026, 8, 11), "closed": None})
    return book(made(drawn))


@cache
def august() -> Report:
    return rich().of(term("2026-08"))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）")


def test_the_paper_says_what_the_cells_say() -> None:
    content = as_pdf(august(), Papers(forms_folder()), office())
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = [page.filter(lambda mark: mark.get("size", 0) < 30) for page in pdf.pages]
        assert {(round(p.width), round(p.height)) for p in pdf.pages} == {(842, 595)}
        text = squeezed("\n".join(page.extract_text() for page in pages))
        found = {
            tuple(squeezed(cell or "") for cell in line)
            for page in pages
            for table in page.extract_tables()
            for line in table
        }
    assert squeezed(august().balance) in text
    for table in august().tables:
        for row in table.rows:
            wanted = (row.name + row.under, *(cell.text for cell in row.cells))
            assert tuple(map(squeezed, wanted)) in found, row.name
    assert "临时用地青苗道路" not in text  # three matters
    assert "安全隐患" not in text  # one


def test_the_same_report_gives_the_same_bytes() -> None:
    papers = Papers(forms_folder())
    assert as_pdf(august(), papers, office()) == as_pdf(august(), papers, office())
    assert as_xlsx(august()) == as_xlsx(august())


def sheet(content: bytes) -> list[dict[str, str | float]]:
    """Read the rows of a workbook: column letters → a text or a number."""
    space = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as book_:
        shared = ET.fromstring(book_.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
        texts = ["".join(si.itertext()) for si in shared.findall("si", space)]
        root = ET.fromstring(book_.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - as above
    rows = []
    for row in root.iterfind(".//row", space):
        cells: dict[str, str | float] = {}
        for cell in row.findall("c", space):
            value = cell.findtext("v", "", space)
            place = re.sub(r"\d", "", cell.attrib["r"])
            assert cell.find("f", space) is None, "a text never becomes a formula"
            cells[place] = texts[int(value)] if cell.get("t") == "s" else float(value or 0)
        rows.append(cells)
    return rows


def test_the_workbook_has_every_number_beside_its_name() -> None:
    widest = max(len(table.columns) for table in august().tables)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    shown = {}
    for row in sheet(as_xlsx(august())):
        for at in range(1, widest + 1):
            name = row.get(letters[widest + 1 + at])
            if isinstance(name, str):
                shown[name] = row[letters[at]]
    wanted = {
        id_: cell.text if cell.value is None else float(cell.value)
        for id_, cell in august().cells.items()
    }
    assert shown == wanted


def test_the_json_has_every_cell_and_keeps_to_its_schema() -> None:
    content = json.loads(as_json(august()))
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(content)
    cells = {
        cell["id"]: (cell["text"], cell["value"])
        for section in content["sections"]
        for table in section["tables"]
        for row in table["rows"]
        for cell in row["cells"]
    }
    assert cells == {id_: (cell.text, cell.value) for id_, cell in august().cells.items()}


def test_the_schema_file_is_fresh() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text()


def test_the_text_stands_in_columns() -> None:
    text = as_text(august())
    assert august().balance in text
    assert re.search(r"^  工资支付 +17 ", text, re.MULTILINE)


# Traces


def test_every_number_leads_to_its_cases() -> None:
    for cell in told(august()):
        lines = explained(august(), cell.id).splitlines()
        assert [line for line in lines if re.fullmatch(r"XF-2026-\d{4}", line)] == [*cell.cases]
        assert len(cell.cases) <= (cell.value or 0)


def test_what_is_withheld_says_only_why() -> None:
    for cell in (*august().cells.values(), *august().silent.values()):
        if cell.text in (FEW, WITHHELD):
            assert not cell.cases
            assert cell.note
    shown = explained(august(), "received.by-category.c08")  # 临时用地青苗道路: three
    assert "XF-" not in shown
    assert "不列" in shown


def test_all_cells_are_listed_by_name() -> None:
    names = [line.partition("\t")[0] for line in explained(august(), "?").splitlines()]
    assert names == list(august().cells)
    assert {"received", "received.by-category.c01", "closed", "step-supervised"} <= set(names)


def test_an_unknown_cell_is_told_with_what_is_alike() -> None:
    with pytest.raises(XinfangError, match=r"没有“recieved”.*received"):
        explained(august(), "recieved")


def test_accusations_count_in_sums_and_as_one_group_only() -> None:
    accused = {entry.number for entry in rich().entries if entry.sealed}
    assert accused
    for cell in august().cells.values():
        if accused & set(cell.cases):
            assert cell.id.split(".")[0] in {"received", "open"}, cell.id
            assert ".by-" not in cell.id or cell.id.endswith((".rest", ".sealed")), cell.id


# More than usual


@pytest.mark.parametrize(
    ("count", "mean", "said"),
    [(4, 0.0, False), (5, 0.0, True), (5, 1.0, True), (9, 4.0, True), (8, 4.0, False)],
)
def test_the_test_is_the_one_that_is_stated(count: int, mean: float, said: bool) -> None:  # noqa: FBT001
    assert is_unusual(count, mean) is said


def test_what_came_more_often_is_told_with_the_test_beneath() -> None:
    found = trends(rich(), term("2026-08"))
    assert [(t.dimension, t.group, t.count) for t in found if t.dimension == "内容类别"] == [
        ("内容类别", "工资支付", 17)
    ]
    section = next(s for s in august().sections if "倾向" in s.title)
    assert section.lines[0] == "内容类别“工资支付”：本期新收17件，此前7个月平均约9件。"
    assert section.notes == (TEST[Kind.MONTH],)
    assert not trends(rich(), term("2026-07"))
    assert not trends(rich(), term("2026-03")), "two months are too few to compare with"


def test_nothing_is_counted_by_person() -> None:
    dimensions = {trend.dimension for trend in trends(rich(), term("2026-08"))}
    assert dimensions <= {"内容类别", "主办部室", "标段", "期限"}
    names = {post.name for post in office().posts}
    assert not [name for name in names if name in as_text(august())]


def test_who_is_complained_of_is_a_unit_or_nobody() -> None:
    known = {d.name for d in office().departments} | {u.name for u in office().units} | {"其他"}
    assert {name for entry in sample() for name in entry.concerned} <= known
    assert set(STEPS) == COUNTED


# Periods


@given(st.sampled_from(list(Kind)), st.dates(date(2001, 2, 1), date(2099, 11, 30)), CUTS)
def test_every_day_lies_in_one_period_and_periods_follow_each_other(
    kind: Kind, day: date, cut: int | None
) -> None:
    found = containing(kind, day, cut)
    assert day in found.period
    assert found.before.last + timedelta(days=1) == found.first
    assert found.step(1).before == found
    assert parse(kind, found.id, cut) == found
    for parts in found.divided():
        assert (parts[0].first, parts[-1].last) == (found.first, found.last)
        assert [part.before for part in parts[1:]] == parts[:-1]


def test_a_business_month_ends_on_its_day_and_quarters_follow() -> None:
    assert str(term("2026-08", 25).period) == "2026-07-26 至 2026-08-25 登记"
    assert str(term("2026-Q3", 25).period) == "2026-06-26 至 2026-09-25 登记"
    assert str(term("2026", 25).period) == "2025-12-26 至 2026-12-25 登记"
    assert containing(Kind.YEAR, date(2026, 12, 26), 25).id == "2027"


# The command


def run(folder: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["-C", str(folder), "--today", str(TODAY), *words])
    if isinstance(result.exception, XinfangError):
        return 2, str(result.exception)
    return result.return_value if result.exit_code == 0 else result.exit_code, result.output


@pytest.fixture
def register(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    shutil.copy(ROOT / "office.yaml", tmp_path)
    return tmp_path


def test_the_command_writes_paper_and_workbook(register: Path) -> None:
    code, said = run(register, "report", "month")
    assert "平衡核对" in said, code
    files = sorted(file.name for file in (register / "build/reports").iterdir())
    assert files == ["2026-08-月报.pdf", "2026-08-月报.xlsx"]


def test_the_command_follows_the_business_month(register: Path) -> None:
    file = register / "office.yaml"
    file.write_text(file.read_text("utf-8") + "\n统计:\n  月截止日: 25\n", "utf-8")
    _, said = run(register, "report", "month", "--format", "json", "-o", "-")
    period = json.loads(said)["period"]
    assert period == {
        "id": "2026-08",
        "name": "2026年8月",
        "from": "2026-07-26",
        "to": "2026-08-25",
    }


@pytest.mark.parametrize("value", ["0", "29", "二十五"])
def test_a_wrong_cut_off_is_a_finding(value: str, tmp_path: Path) -> None:
    file = tmp_path / "office.yaml"
    text = (ROOT / "office.yaml").read_text("utf-8")
    file.write_text(f"{text}\n统计: {{月截止日: {value}}}\n", "utf-8")
    found = load_office(read(file, "office.yaml")).findings
    assert len(found) == 1
    assert found[0].place.line == len(text.splitlines()) + 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("month", "--period", "2026-10"), "2026年10月还没有开始"),
        (("month", "--period", "2026-09"), "2026年9月还没有结束"),
        (("year", "--period", "2026"), "2026年还没有结束"),
        (("month", "--period", "2026-13"), "“2026-13”不是月报的期间,请写成 2026-08"),
        (("quarter", "--period", "2026-Q5"), "请写成 2026-Q3"),
        (("year", "--period", "二〇二六"), "请写成 2026"),
        (("month", "--period", "2025-12"), "登记册自 2026-"),
        (("month", "--explain", "nothing"), "没有“nothing”这一格"),
        (("week",), "'week'"),
        (("month", "-o", "x.pdf"), "-o 须同时用 --format"),
    ],
)
def test_what_cannot_be_reported_is_said_and_nothing_written(
    register: Path, words: tuple[str, ...], said: str
) -> None:
    code, output = run(register, "report", *words)
    assert code == 2
    assert said in output
    assert not (register / "build").exists()


def test_an_empty_register_has_no_report(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    shutil.copy(ROOT / "office.yaml", tmp_path)
    assert run(tmp_path, "report", "year") == (2, "登记册里还没有事项,没有可以统计的")
    assert not (tmp_path / "build").exists()


# The site


@pytest.mark.parametrize("page", ["reports/index.html", "reports/2026-08.html"])
def test_pages_are_quiet_and_no_wider_than_a_phone(
    page: str, browser: Browser, sample_site: str
) -> None:
    reader = Reader(browser, sample_site, PHONE)
    reader.page.goto(sample_site + page)
    width = reader.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE
    assert not reader.troubles
