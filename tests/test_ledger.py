"""The ledger as a table: what its rows say, which ones are asked for, and that they balance."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.balance import DIMENSIONS, SEALED, Balance, balance, balances, by_channel, rate
from xinfang.extract import extract
from xinfang.ledger import Entry
from xinfang.model import Office, load_office
from xinfang.register import Register
from xinfang.selection import OPEN, STATES, Period, PeriodError, Selection
from xinfang.source import read
from xinfang.tables import (
    COLUMN_BY_KEY,
    COLUMNS,
    HANDED_OVER,
    NOT_YET_HANDED_OVER,
    PRINTED,
    Value,
    rows,
    text,
)

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)
LOADED = load_office(read(ROOT / "office.yaml", "office.yaml"))


def ledger(today: date = TODAY) -> list[Entry]:
    register = Register(ROOT / "tests" / "ledger", today, LOADED)
    found = [loaded for _, loaded in register.matters()]
    records = [(loaded.record, loaded.document.path) for loaded in found]
    return [Entry.of(register.matter(record, path)) for record, path in records if record]


ENTRIES = ledger()


def office() -> Office:
    assert LOADED.record is not None
    return LOADED.record


def row(number: int) -> Mapping[str, Value]:
    return rows(ENTRIES)[number - 1]


def test_every_file_of_the_register_is_a_row() -> None:
    assert [found["number"] for found in rows(ENTRIES)] == [f"XF-2026-000{n}" for n in range(1, 7)]
    assert [found["ordinal"] for found in rows(ENTRIES)] == [1, 2, 3, 4, 5, 6]


def test_a_finished_matter_shows_its_whole_course() -> None:
    shown = {COLUMN_BY_KEY[key].heading: text(value) for key, value in row(1).items()}
    expected = {
        "登记编号": "XF-2026-0001",
        "信访形式": "走访",
        "信访人(代号)": "A、B",
        "人数": "23",
        "代表数": "2",
        "请求条数": "2",
        "请求金额(元)": "419800.50",
        "路径": "(六)信访程序",
        "主办部室": "劳务管理部",
        "协办部室": "财务部",
        "转办日期": "2026-03-03",
        "告知期限": "2026-03-17",
        "告知日期": "2026-03-02",
        "告知文号": "青机电信告〔2026〕1号",
        "办结期限": "2026-05-06",
        "处理结论": "支持1、解释说明1",
        "答复文号": "青机电信处〔2026〕1号",
        "送达日期": "2026-03-12",
        "本人意见": "无异议",
        "兑现情况": "已兑现",
        "兑现日期": "2026-03-18",
        "关联前件": "XF-2026-0002",
        "状态": "已归档",
        "办结日期": "2026-04-20",
        "办结方式": "答复",
        "归档号": "0012",
        "备注": "",
    }
    assert {heading: shown[heading] for heading in expected} == expected


def test_remarks_say_what_is_late_and_what_is_provisional() -> None:
    remarks = text(row(2)["remarks"])
    assert "转交部室逾期3天完成" in remarks
    assert "部室回复是否承办(工程技术部)已逾期30天" in remarks
    assert "向上级报结期限暂定" in remarks


def test_petitioners_are_codes_and_kinds_only() -> None:
    assert row(6)["petitioners"] == ("A(单位)", "B(匿名)")


@pytest.mark.parametrize(("number", "said"), [(3, HANDED_OVER), (4, NOT_YET_HANDED_OVER)])
def test_an_accusation_shows_number_receipt_and_hand_over_only(number: int, said: str) -> None:
    shown = {key for key, value in row(number).items() if value is not None}
    assert shown == {"ordinal", "number", "received", "title"}
    assert row(number)["title"] == said


def test_a_draft_is_neither_an_outcome_nor_a_promise() -> None:
    drafted = dataclasses.replace(ENTRIES[0], replied=None)
    shown = rows([drafted])[0]
    assert (shown["outcomes"], shown["fulfilment"]) == (None, None)


def test_what_is_missing_is_empty_in_one_way() -> None:
    assert all(value not in ("", ()) for found in rows(ENTRIES) for value in found.values())


def test_columns_have_distinct_names_and_stand_on_paper_within_the_sheet() -> None:
    assert len({column.key for column in COLUMNS}) == len({c.heading for c in COLUMNS})
    assert len(COLUMNS) == len(COLUMN_BY_KEY)
    assert sum(stack.width for stack in PRINTED) == 277
    printed = [key for stack in PRINTED for key in stack.keys]
    assert len(printed) == len(set(printed))


# What is asked for


def numbers(selection: Selection) -> list[str]:
    return [entry.number[-4:] for entry in selection.of(ENTRIES)]


def test_a_period_is_one_of_registration_not_of_receipt() -> None:
    # XF-2026-0006 came in on 1 September and was registered on the 2nd.
    assert "0006" not in numbers(Selection(Period(last=date(2026, 9, 1))))
    assert "0006" in numbers(Selection(Period(date(2026, 9, 2), date(2026, 9, 2))))


def test_a_department_sees_what_it_leads_or_joins() -> None:
    assert numbers(Selection(department="工程技术部")) == ["0002"]
    assert numbers(Selection(department="劳务管理部")) == ["0001"]
    assert numbers(Selection(department="劳务")) == []


def test_states_and_what_is_open() -> None:
    assert numbers(Selection(state="已归档")) == ["0001"]
    assert numbers(Selection(state=OPEN)) == ["0002", "0003", "0004", "0005"]
    by_state = sorted(n for state in STATES[1:] for n in numbers(Selection(state=state)))
    assert by_state == numbers(Selection())


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodError, match="止日 2026-03-01 早于起日 2026-03-02"):
        Period(date(2026, 3, 2), date(2026, 3, 1))


def test_the_order_is_that_of_the_numbers_beyond_four_digits() -> None:
    late = dataclasses.replace(ENTRIES[0], number="XF-2026-10000")
    early = dataclasses.replace(ENTRIES[0], number="XF-2026-9999")
    last_year = dataclasses.replace(ENTRIES[0], number="XF-2025-20000")
    ordered = Selection().of([late, early, last_year])
    assert ordered == [last_year, early, late]


def test_the_title_says_what_part_it_is() -> None:
    selection = Selection(Period(date(2026, 3, 1), date(2026, 3, 31)), "财务部", OPEN)
    found = extract(office(), TODAY, ENTRIES, selection)
    assert found.title == (
        "青岚水电站机电安装项目部信访台账(2026-03-01 至 2026-03-31 登记 · 财务部 · 在办)"
    )


# Balance


def test_a_month_balances() -> None:
    found = balance(ENTRIES, Period(date(2026, 9, 1), date(2026, 9, 30)))
    assert found == Balance(carried=2, received=3, closed=1)
    assert found.open == 4
    assert found.rate == "20.0%"


def test_an_empty_denominator_gives_a_dash_not_a_full_score() -> None:
    assert rate(0, 0) == "—"
    assert Balance().rate == "—"


def test_a_state_never_narrows_the_balance_but_a_department_does() -> None:
    whole = extract(office(), TODAY, ENTRIES, Selection(state="已归档"))
    assert whole.total.received == 6
    own = extract(office(), TODAY, ENTRIES, Selection(department="劳务管理部"))
    assert own.total == Balance(received=1, closed=1)


def test_groups_stand_in_the_order_of_the_words_accusations_last() -> None:
    found = list(balances(ENTRIES, Period(), by_channel))
    assert found == ["传真", "电话", "走访", "上级转送", SEALED]


def test_accusations_are_counted_without_their_channel() -> None:
    found = balances(ENTRIES, Period(), by_channel)
    assert found[SEALED].received == 2
    assert "书信" not in found


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Matters of every kind, some closed on any day, even before their registration."""
    return [
        dataclasses.replace(
            draw(st.sampled_from(ENTRIES)),
            registered=draw(DAYS),
            closed=draw(st.none() | DAYS),
        )
        for _ in range(draw(st.integers(0, 12)))
    ]


@given(entries(), DAYS, st.integers(0, 120))
def test_what_is_left_at_the_end_is_what_nobody_closed(
    found: list[Entry], first: date, length: int
) -> None:
    period = Period(first, first + timedelta(days=length))
    total = balance(found, period)
    last = first + timedelta(days=length)
    assert total.open == sum(
        entry.registered <= last and not (entry.closed and entry.closed <= last) for entry in found
    )
    assert total.carried + total.received - total.closed == total.open


@given(entries(), DAYS, st.integers(1, 120))
def test_the_end_of_one_period_is_carried_into_the_next(
    found: list[Entry], first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    before = balance(found, Period(first, last))
    after = balance(found, Period(last + timedelta(days=1), date(2027, 12, 31)))
    assert after.carried == before.open


@given(entries(), DAYS)
def test_every_breakdown_adds_up_to_the_whole(found: list[Entry], first: date) -> None:
    period = Period(first, None)
    for group in DIMENSIONS.values():
        parts = balances(found, period, group).values()
        assert sum(parts, Balance()) == balance(found, period)


def test_amounts_add_up_exactly() -> None:
    assert row(1)["amount"] == Decimal("419800.50")
