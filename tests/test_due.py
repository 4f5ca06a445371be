"""What is due: which deadlines, in which order, for whom; on a terminal and in a calendar."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from xinfang.cli import cli
from xinfang.due import Due, Lateness, due, grouped, summary
from xinfang.due_report import as_ics, as_json, as_text, schema_text
from xinfang.icalendar import Event, calendar_text, event_text
from xinfang.ledger import Entry
from xinfang.model import load_office
from xinfang.register import Register
from xinfang.source import read
from xinfang.terminal import cut, pad, width

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)
LOADED = load_office(read(ROOT / "office.yaml", "office.yaml"))
OFFICE = "信访办"
SCHEMA = ROOT / "tools/xinfang/schemas/due.schema.json"


def ledger(today: date = TODAY) -> list[Entry]:
    register = Register(ROOT / "tests" / "ledger", today, LOADED)
    found = [loaded for _, loaded in register.matters()]
    records = [(loaded.record, loaded.document.path) for loaded in found]
    return [Entry.of(register.matter(record, path)) for record, path in records if record]


def items(**wanted: Any) -> list[Due]:  # noqa: ANN401 - the options of the list
    return due(ledger(), TODAY, OFFICE, **wanted)


def short(found: list[Due]) -> list[tuple[str, str]]:
    return [(item.number[-4:], item.deadline.clock.id) for item in found]


# The list


def test_only_what_the_unit_itself_still_has_to_do_is_due() -> None:
    found = items()
    assert ("0002", "C3") in short(found)
    assert all(item.deadline.clock.whose.is_ours for item in found)
    # 0001 and 0006 are closed, and 0003 is handed over.
    assert {item.number[-4:] for item in found} == {"0002", "0004", "0005"}


def test_the_earliest_last_day_comes_first_and_neither_kind_hides_the_other() -> None:
    days = [item.deadline.due for item in items()]
    assert days == sorted(days)
    kinds = {
        item.deadline.clock.jurisdiction.value for item in items() if item.number == "XF-2026-0002"
    }
    assert kinds == {"国家", "本单位"}


def test_within_some_days_counts_to_the_day_to_be_ready_by() -> None:
    # C3 of 0002 ends on 8 October, behind the holidays; the last working day is 30 September.
    assert ("0002", "C3") in short(items(within=14))
    assert ("0002", "C3") not in short(items(within=13))


def test_what_is_overdue_always_shows() -> None:
    assert ("0002", "I4") in short(items(within=0))
    assert {item.lateness for item in items(within=0)} == {Lateness.OVERDUE}


def test_a_department_sees_its_own_and_the_office_sees_its_work() -> None:
    own = items(department="工程技术部")
    assert ("0002", "I4") in short(own)
    assert ("0002", "C3") in short(own)
    # The clock of another department is not the office's to answer for.
    assert ("0002", "I4") not in short(items(department=OFFICE))
    assert ("0005", "I2") in short(items(department=OFFICE))
    assert items(department="财务部") == []


def test_the_leading_department_answers_else_the_office() -> None:
    by = {(item.number[-4:], item.deadline.clock.id): item.department for item in items()}
    assert by["0002", "C3"] == "安全环保部"
    assert by["0002", "I4"] == "工程技术部"
    assert by["0005", "C1"] == OFFICE


def test_lateness_grows_day_by_day() -> None:
    def lateness(today: date) -> str:
        found = due(ledger(today), today, OFFICE)
        c1 = next(i for i in found if i.number == "XF-2026-0004" and i.deadline.clock.id == "C1")
        return f"{c1.lateness} {c1.left}"

    assert lateness(date(2026, 9, 16)) == "未到期 剩13天"
    assert lateness(date(2026, 9, 28)) == "临近 剩1天"
    assert lateness(date(2026, 9, 29)) == "今天到期 今天"
    assert lateness(date(2026, 9, 30)) == "已逾期 超1天"


def test_groups_keep_the_order_of_lateness_and_lose_nothing() -> None:
    groups = grouped(items())
    assert list(groups) == sorted(groups, key=list(Lateness).index)
    assert sum(map(len, groups.values())) == len(items())


def test_the_summary_counts() -> None:
    assert summary([], TODAY) == "没有待办的期限(按 2026-09-16 计算)"
    assert summary(items(), TODAY).startswith(f"待办期限 {len(items())} 项: 已逾期 2")


# On a terminal


@pytest.mark.parametrize("columns", [80, 100, 120, 160])
def test_columns_line_up_where_characters_are_two_wide(columns: int) -> None:
    heading, *lines = [line for line in as_text(items(), columns).splitlines() if "  " in line]
    starts = {
        width(line[: line.index(item.deadline.clock.name)])
        for line, item in zip(lines, items(), strict=True)
    }
    assert starts == {width(heading[: heading.index("办什么")])}
    lines.append(heading)
    assert all(width(line) <= columns for line in lines)


def test_a_narrow_terminal_loses_the_source_and_the_title_but_no_deadline() -> None:
    narrow, wide = as_text(items(), 80), as_text(items(), 160)
    assert "期限来源" not in narrow
    assert "期限来源" in wide
    assert narrow.count("XF-") == wide.count("XF-") == len(items())


def test_provisional_days_and_days_to_be_ready_by_are_said() -> None:
    shown = as_text(items(), 160)
    assert next(line for line in shown.splitlines() if "2027-01-15" in line).count("暂定") == 1
    assert "宜09-30办妥" in next(line for line in shown.splitlines() if "2026-10-08" in line)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.integers(0, 30))
def test_cut_and_padded_texts_keep_to_their_columns(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns
    assert width(pad(cut(text, columns), columns)) == columns


# For programs


def test_json_keeps_to_its_schema_which_is_fresh() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text()
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(as_json(items(), TODAY)))


def test_accusations_have_no_title_of_their_own_anywhere() -> None:
    shown = as_json(items(), TODAY) + as_text(items(), 160)
    assert "虚报工程量" not in shown
    assert "检举控告(内容已封存)" in shown


# In a calendar


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_every_deadline_is_an_all_day_event_with_an_alarm() -> None:
    found = events(as_ics(items(), TODAY, "信访期限"))
    assert len(found) == len(items())
    for event, item in zip(found, items(), strict=True):
        assert event["DTSTART"].dt == item.deadline.due
        assert event["DTEND"].dt == item.deadline.due + timedelta(days=1)
        assert item.number in event["SUMMARY"]
        assert [alarm["ACTION"] for alarm in event.walk("VALARM")] == ["DISPLAY"]


def test_the_alarm_rings_on_the_morning_of_the_day_to_be_ready_by() -> None:
    found = {str(event["UID"]): event for event in events(as_ics(items(), TODAY, ""))}
    rings = {}
    for uid in ("XF-2026-0002-C3@xinfang", "XF-2026-0004-C1@xinfang"):
        event = found[uid]
        start = datetime.combine(event["DTSTART"].dt, datetime.min.time())
        rings[uid] = start + event.walk("VALARM")[0]["TRIGGER"].dt
    assert rings["XF-2026-0002-C3@xinfang"] == datetime(2026, 9, 30, 9)  # noqa: DTZ001 - local
    # Where the last day is a working day, the day before.
    assert rings["XF-2026-0004-C1@xinfang"] == datetime(2026, 9, 28, 9)  # noqa: DTZ001 - local


def test_identifiers_stay_the_same_from_day_to_day_and_are_distinct() -> None:
    later = TODAY + timedelta(days=1)
    today = [str(e["UID"]) for e in events(as_ics(items(), TODAY, ""))]
    tomorrow = [str(e["UID"]) for e in events(as_ics(due(ledger(later), later, OFFICE), later, ""))]
    assert set(today) == set(tomorrow)
    assert len(set(today)) == len(today)
    assert all(uid.isascii() for uid in today)


def test_a_later_edition_supersedes_and_one_day_gives_the_same_bytes() -> None:
    assert as_ics(items(), TODAY, "") == as_ics(items(), TODAY, "")
    later = TODAY + timedelta(days=1)
    old = {str(e["UID"]): e["SEQUENCE"] for e in events(as_ics(items(), TODAY, ""))}
    new = {
        str(e["UID"]): e["SEQUENCE"]
        for e in events(as_ics(due(ledger(later), later, OFFICE), later, ""))
    }
    assert all(new[uid] > old[uid] for uid in old)


def test_a_calendar_names_neither_matters_nor_people() -> None:
    content = as_ics(items(), TODAY, "信访期限").replace(b"\r\n ", b"").decode()
    titles = {item.title for item in items()}
    assert not any(title in content for title in titles)
    people = [post.name for post in LOADED.record.posts] if LOADED.record else []
    assert people
    assert not any(name in content for name in people)


def test_a_provisional_day_is_tentative() -> None:
    found = {
        str(event["UID"]): str(event["STATUS"]) for event in events(as_ics(items(), TODAY, ""))
    }
    assert found["XF-2026-0002-I5@xinfang"] == "TENTATIVE"
    assert found["XF-2026-0002-C3@xinfang"] == "CONFIRMED"


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=200)


@given(TEXTS, TEXTS)
def test_any_text_survives_folding_and_no_line_is_too_long(summary: str, description: str) -> None:
    event = Event(("XF-2026-0001", "C1"), TODAY, TODAY, 0, summary, description, tentative=False)
    content = calendar_text(summary, [event_text(event, TODAY)])
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert all(line.decode() is not None for line in lines)  # never cut inside a character
    (found,) = events(content)
    assert str(found["SUMMARY"]) == summary
    assert str(found["DESCRIPTION"]) == description


# The command


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "register"
    shutil.copytree(ROOT / "tests" / "ledger" / "cases", folder / "cases")
    shutil.copy(ROOT / "office.yaml", folder)
    return folder


def run(register: Path, *arguments: str) -> str:
    done = CliRunner().invoke(
        cli,
        ["due", "-C", str(register), "--today", f"{TODAY}", *arguments],
        standalone_mode=False,
        catch_exceptions=False,
    )
    return done.output


def test_the_command_prints_plain_text_where_nobody_sits(register: Path) -> None:
    shown = run(register)
    assert "\x1b" not in shown
    assert shown.rstrip().splitlines()[-1] == summary(items(), TODAY)


def test_the_command_takes_an_alias_of_a_department(register: Path) -> None:
    assert run(register, "--department", "综合办公室") == run(register, "--department", OFFICE)


def test_the_command_writes_a_calendar(register: Path, tmp_path: Path) -> None:
    target = tmp_path / "期限.ics"
    run(register, "--format", "ics", "-o", str(target))
    assert len(events(target.read_bytes())) == len(items())
