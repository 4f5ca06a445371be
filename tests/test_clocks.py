"""Counting and clocks: every due date, how it came out, and who has to meet it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from chinese_calendar import is_workday
from hypothesis import given
from hypothesis import strategies as st

from xinfang.calendar import Calendar, Overlay
from xinfang.clocks import (
    Clock,
    Deadline,
    Jurisdiction,
    State,
    Unit,
    Whose,
    apply_overrides,
    count,
    deadlines,
    default_clocks,
    finish_by,
    pending,
    until,
)
from xinfang.diagnostics import Level
from xinfang.law import Mark, work

OFFICIAL = Calendar()
CLOCKS = default_clocks()
EVERY_CLOCK = default_clocks(optional=True)
DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))
UNITS: st.SearchStrategy[Unit] = st.sampled_from(["日", "工作日"])


def day(text: str) -> date:
    return date.fromisoformat(text)


# Counting: the vectors of the domain text

VECTORS = [
    ("2023-10-01", 60, "2023-11-30", "2023-11-30"),
    ("2026-02-06", 15, "2026-02-21", "2026-02-24"),
    ("2026-02-10", 15, "2026-02-25", "2026-02-25"),
    ("2026-03-01", 60, "2026-04-30", "2026-04-30"),
    ("2026-03-02", 60, "2026-05-01", "2026-05-06"),
    ("2026-08-08", 60, "2026-10-07", "2026-10-08"),
    ("2026-09-01", 30, "2026-10-01", "2026-10-08"),
    ("2026-04-28", 7, "2026-05-05", "2026-05-06"),
    ("2026-04-30", 2, "2026-05-02", "2026-05-06"),
]
WORKING_DAY_VECTORS = [
    ("2026-02-11", 5, "2026-02-25"),
    ("2026-02-13", 2, "2026-02-24"),
    ("2026-09-18", 2, "2026-09-21"),
    ("2026-01-02", 1, "2026-01-04"),
    ("2026-04-30", 2, "2026-05-07"),
]


@pytest.mark.parametrize(("start", "length", "reckoned", "due"), VECTORS)
def test_calendar_days_move_from_a_day_off_to_the_next_working_day(
    start: str, length: int, reckoned: str, due: str
) -> None:
    trace = count(day(start), length, "日", OFFICIAL)
    assert (trace.reckoned, trace.due) == (day(reckoned), day(due))
    assert not trace.provisional


@pytest.mark.parametrize(("start", "length", "due"), WORKING_DAY_VECTORS)
def test_working_days_count_only_days_worked(start: str, length: int, due: str) -> None:
    trace = count(day(start), length, "工作日", OFFICIAL)
    assert trace.due == day(due)
    assert not trace.provisional


def test_an_extension_counts_from_the_end_of_the_60_days_before_it_moved() -> None:
    first = count(day("2026-03-02"), 60, "日", OFFICIAL)
    extended = count(first.reckoned, 30, "日", OFFICIAL)
    assert (extended.reckoned, extended.due) == (day("2026-05-31"), day("2026-06-01"))


@pytest.mark.parametrize(
    ("start", "length", "unit", "due"),
    [
        ("2026-11-22", 15, "日", "2026-12-07"),  # received on a Sunday
        ("2026-02-14", 15, "日", "2026-03-02"),  # on a make-up Saturday; 03-01 is a Sunday
        ("2026-02-14", 5, "工作日", "2026-02-28"),  # 02-28 is a Saturday made up
        ("2026-10-03", 5, "工作日", "2026-10-13"),  # inside the holiday; 10-10 is made up
        ("2026-10-03", 15, "日", "2026-10-19"),  # 10-18 is a Sunday
    ],
)
def test_the_start_day_is_never_counted_whatever_day_it_is(
    start: str, length: int, unit: Unit, due: str
) -> None:
    assert count(day(start), length, unit, OFFICIAL).due == day(due)


@pytest.mark.parametrize(
    ("start", "length", "unit"),
    [
        ("2026-12-30", 2, "工作日"),
        ("2026-12-30", 15, "日"),
        ("2026-11-24", 60, "日"),
        ("2026-12-28", 1, "工作日"),
    ],
)
def test_what_touches_a_year_without_a_notice_is_provisional(
    start: str, length: int, unit: Unit
) -> None:
    trace = count(day(start), length, unit, OFFICIAL)
    assert trace.provisional
    assert any("暂定" in sentence for sentence in trace.sentences("收到"))


def test_a_period_that_only_passes_over_new_year_waits_for_its_last_day_alone() -> None:
    known = Calendar(years={2027: "国务院办公厅关于2027年节假日安排的通知(样例)"})
    assert not count(day("2026-12-30"), 15, "日", known).provisional


def test_a_due_date_in_a_known_year_is_not_provisional() -> None:
    assert not count(day("2026-12-11"), 15, "日", OFFICIAL).provisional


def test_the_same_day_moves_on_only_when_it_is_a_day_off() -> None:
    assert count(day("2026-11-24"), 0, "日", OFFICIAL).due == day("2026-11-24")
    sunday = count(day("2026-11-22"), 0, "日", OFFICIAL)
    assert sunday.due == day("2026-11-23")
    assert sunday.plan == day("2026-11-23"), "nobody can be ready before it happened"


def test_without_rolling_the_last_day_stays_a_day_off() -> None:
    trace = count(day("2026-03-02"), 60, "日", OFFICIAL, roll=False)
    assert trace.due == day("2026-05-01")
    assert trace.rolled_over == ()
    assert trace.plan == day("2026-04-30")


def test_a_date_written_in_a_letter_never_moves() -> None:
    trace = until(day("2026-09-18"), day("2026-10-02"), OFFICIAL)
    assert trace.due == day("2026-10-02")
    assert trace.plan == day("2026-09-30")


def test_a_date_at_the_end_of_time_does_not_break_counting() -> None:
    assert count(date.max, 60, "日", OFFICIAL).due == date.max
    assert count(date.max - timedelta(days=2), 5, "工作日", OFFICIAL).due == date.max


def test_a_trace_tells_how_the_date_came_out() -> None:
    trace = count(day("2026-03-02"), 60, "日", OFFICIAL)
    assert trace.first_day == day("2026-03-03")
    assert [off.reason for off in trace.rolled_over] == ["劳动节"] * 5
    assert trace.last_working_before == day("2026-04-30")
    assert trace.sentences("收到") == [
        "2026年3月2日收到，当日不计，自3月3日起算，60日至2026年5月1日（星期五）",
        "5月1日至5日劳动节放假，期限顺延至2026年5月6日（星期三）",
        "宜在此前最后一个工作日2026年4月30日办妥",
        "工作日依据：国务院办公厅2004—2026年节假日安排（chinesecalendar）",
    ]


def test_a_trace_of_working_days_tells_what_was_passed_over_and_what_was_made_up() -> None:
    trace = count(day("2026-02-11"), 5, "工作日", OFFICIAL)
    assert [off.date.day for off in trace.skipped] == list(range(15, 24))
    assert trace.sentences("收到")[:3] == [
        "2026年2月11日收到，当日不计，自2月12日起算，5个工作日至2026年2月25日（星期三）",
        "其间2月15日至23日春节放假不计",
        "其间2月14日调休上班，计入",
    ]


def test_a_trace_names_every_document_that_decided() -> None:
    stoppage = Overlay(
        day("2026-05-06"),
        day("2026-05-08"),
        working=False,
        reason="停工检修",
        source="青机电〔2026〕3号",
    )
    trace = count(day("2026-04-28"), 7, "日", Calendar([stoppage]))
    assert trace.due == day("2026-05-09")
    assert trace.sentences("登记")[1] == (
        "5月5日劳动节放假、5月6日至8日停工检修放假，期限顺延至2026年5月9日（星期六）"
    )
    assert trace.source.endswith("、青机电〔2026〕3号")


# Counting: what must hold for every date


@given(DAYS, st.integers(0, 120), UNITS)
def test_a_due_date_is_never_a_day_off(start: date, length: int, unit: Unit) -> None:
    assert OFFICIAL.is_working(count(start, length, unit, OFFICIAL).due)


@given(DAYS, st.integers(0, 120), UNITS)
def test_starting_a_day_later_never_makes_it_due_earlier(
    start: date, length: int, unit: Unit
) -> None:
    later = start + timedelta(days=1)
    assert count(later, length, unit, OFFICIAL).due >= count(start, length, unit, OFFICIAL).due


@given(st.dates(date(2004, 1, 1), date(2026, 6, 30)), st.integers(1, 90))
def test_working_days_agree_with_counting_day_by_day(start: date, length: int) -> None:
    naive, left = start, length
    while left:
        naive += timedelta(days=1)
        left -= is_workday(naive)
    assert count(start, length, "工作日", OFFICIAL).due == naive


@given(DAYS, st.integers(1, 120))
def test_days_passed_over_and_days_counted_are_all_the_days(start: date, length: int) -> None:
    trace = count(start, length, "工作日", OFFICIAL)
    assert len(trace.skipped) + length == (trace.due - start).days


@given(DAYS, st.integers(1, 120))
def test_the_day_to_plan_for_is_worked_and_never_after_the_due_date(
    start: date, length: int
) -> None:
    trace = count(start, length, "日", OFFICIAL)
    assert start <= trace.plan <= trace.due
    assert OFFICIAL.is_working(trace.plan)


@given(DAYS, st.integers(0, 60), UNITS)
def test_a_date_is_provisional_whenever_its_last_day_lies_beyond_the_notices(
    start: date, length: int, unit: Unit
) -> None:
    trace = count(start, length, unit, OFFICIAL)
    if trace.due.year >= 2027:
        assert trace.provisional


# The clocks as data


def clock(key: str, clocks: tuple[Clock, ...] = CLOCKS) -> Clock:
    return next(found for found in clocks if found.id == key)


def test_all_clocks_are_there_and_the_optional_one_sleeps() -> None:
    assert [found.id for found in CLOCKS] == [
        *("I1", "I2", "I3", "I4", "I5"),
        *("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"),
    ]
    assert [found.id for found in EVERY_CLOCK if not found.active] == ["S1"]
    assert clock("S1", EVERY_CLOCK).mark is Mark.MEMORY


@pytest.mark.parametrize(
    ("key", "span"),
    [
        ("I1", "当日"),
        ("I2", "2日"),
        ("I3", "7日"),
        ("I4", "2日"),
        ("I5", "以办理期限为准"),
        ("C1", "15日"),
        ("C2", "5个工作日"),
        ("C3", "60日"),
        ("C4", "30日"),
        ("C5", "30日"),
        ("C6", "30日"),
        ("C7", "30日"),
        ("C8", "30日"),
    ],
)
def test_lengths_and_units(key: str, span: str) -> None:
    assert clock(key).span == span


@pytest.mark.parametrize("found", EVERY_CLOCK, ids=lambda found: found.id)
def test_each_clock_rests_on_works_of_the_register_and_says_when_it_was_checked(
    found: Clock,
) -> None:
    assert found.basis
    assert [work(citation.work).id for citation in found.basis]
    assert all(found.grounds)
    assert found.last_checked_on <= day("2026-11-24")
    assert found.note
    assert found.produces
    national = found.jurisdiction is Jurisdiction.NATIONAL
    assert national == found.id.startswith(("C", "S"))


def test_a_clock_stands_behind_the_one_that_it_runs_after() -> None:
    order = [found.id for found in CLOCKS]
    assert all(order.index(found.after) < order.index(found.id) for found in CLOCKS if found.after)


def test_events_and_conditions_are_those_that_the_package_explains() -> None:
    import xinfang.clocks as package  # noqa: PLC0415

    told = package.__doc__ or ""
    for found in EVERY_CLOCK:
        names = {*found.start, *found.end, *found.ends_matter, *found.applies, *found.unless}
        names |= {found.until, found.length_from, found.not_counted} - {""}
        missing = {name for name in names if name not in told}
        assert not missing, found.id


def test_the_rights_of_a_petitioner_are_no_duties() -> None:
    rights = [found.id for found in CLOCKS if found.whose is Whose.PETITIONER]
    assert rights == ["C5", "C7"]
    assert all(clock(key).level_when_missed is Level.HINT for key in rights)


# Deadlines of a case


def found_for(
    happened: dict[str, str],
    conditions: set[str] | None = None,
    today: str = "2026-11-24",
    **more: object,
) -> dict[str, Deadline]:
    """Deadlines by clock, and by ``clock@department`` where one runs for each department."""
    result = deadlines(
        {event: day(when) for event, when in happened.items()},
        conditions or set(),
        more.get("calendar", OFFICIAL),  # type: ignore[arg-type]
        day(today),
        more.get("clocks", CLOCKS),  # type: ignore[arg-type]
        more.get("days", {}),  # type: ignore[arg-type]
    )
    return {
        f"{one.clock.id}@{one.department}" if one.department else one.clock.id: one
        for one in result
    }


def test_a_matter_received_before_spring_festival_is_told_by_the_first_day_after_it() -> None:
    told = found_for({"收到": "2026-02-06", "登记": "2026-02-06"}, today="2026-02-06")["C1"]
    assert told.due == day("2026-02-24")
    assert told.plan == day("2026-02-14")
    assert told.state is State.RUNNING


@pytest.mark.parametrize(
    ("today", "told_on", "state", "late"),
    [
        ("2026-11-03", None, State.RUNNING, 0),
        ("2026-11-13", None, State.NEAR, 0),
        ("2026-11-16", None, State.NEAR, 0),
        ("2026-11-17", None, State.OVERDUE, 1),
        ("2026-11-24", "2026-11-16", State.MET, 0),
        ("2026-11-24", "2026-11-18", State.MET_LATE, 2),
    ],
)
def test_how_a_duty_stands(today: str, told_on: str | None, state: State, late: int) -> None:
    happened = {"收到": "2026-11-01", "登记": "2026-11-02"}
    if told_on:
        happened["告知"] = told_on
    told = found_for(happened, today=today)["C1"]
    assert (told.due, told.state, told.days_late) == (day("2026-11-16"), state, late)
    assert told.is_missed == (state in {State.OVERDUE, State.MET_LATE})


def test_nearness_is_measured_to_the_last_working_day_before_a_holiday() -> None:
    happened = {"收到": "2026-08-08", "登记": "2026-08-08"}
    finish = found_for(happened, {"信访程序"}, today="2026-09-28")["C3"]
    assert (finish.due, finish.plan) == (day("2026-10-08"), day("2026-09-30"))
    assert finish.state is State.NEAR


def test_nobody_can_be_told_where_name_or_address_is_unclear() -> None:
    assert "C1" not in found_for({"收到": "2026-11-01", "登记": "2026-11-01"}, {"无法告知"})


def test_c3_runs_from_acceptance_and_from_receipt_where_there_is_none() -> None:
    happened = {"收到": "2026-03-01", "登记": "2026-03-02"}
    assert found_for(happened, {"信访程序"})["C3"].due == day("2026-04-30")
    accepted = found_for({**happened, "受理": "2026-03-02"}, {"信访程序"})["C3"]
    assert accepted.due == day("2026-05-06")
    assert accepted.started_by == "受理"


def test_c3_runs_only_for_the_sixth_route() -> None:
    assert "C3" not in found_for({"收到": "2026-03-01", "登记": "2026-03-02"})


ACCEPTED = {"收到": "2026-03-02", "登记": "2026-03-02", "受理": "2026-03-02"}


def test_a_valid_extension_replaces_the_60_days() -> None:
    happened = {**ACCEPTED, "延期": "2026-04-29", "答复送达": "2026-05-29"}
    found = found_for(happened, {"信访程序"})
    assert found["C3"].state is State.EXTENDED
    assert found["C3"].days_late == 0
    assert found["C4"].trace.start == day("2026-05-01"), "the 60 days before they moved"
    assert (found["C4"].trace.reckoned, found["C4"].due) == (day("2026-05-31"), day("2026-06-01"))
    assert found["C4"].state is State.MET
    assert found["C4"].sentences()[0].startswith("2026年5月1日原期限届满，当日不计，自5月2日起算")


def test_an_extension_is_as_long_as_granted_and_never_longer_than_30_days() -> None:
    happened = {**ACCEPTED, "延期": "2026-04-29"}
    granted = found_for(happened, {"信访程序"}, days={"延期天数": 20})
    assert granted["C4"].due == day("2026-05-21")
    greedy = found_for(happened, {"信访程序"}, days={"延期天数": 90})
    assert greedy["C4"].due == day("2026-06-01")


def test_an_extension_approved_after_expiry_has_no_effect() -> None:
    last_day = found_for({**ACCEPTED, "延期": "2026-05-06"}, {"信访程序"})
    assert last_day["C3"].state is State.EXTENDED
    too_late = found_for({**ACCEPTED, "延期": "2026-05-07"}, {"信访程序"})
    assert "C4" not in too_late
    assert too_late["C3"].state is State.OVERDUE


def test_an_early_reply_meets_the_60_days_even_where_they_were_extended() -> None:
    happened = {**ACCEPTED, "延期": "2026-04-29", "答复送达": "2026-04-30"}
    found = found_for(happened, {"信访程序"})
    assert found["C3"].state is State.MET
    assert found["C4"].state is State.MET


def test_the_transfer_has_an_aim_of_one_day_and_a_limit_of_two() -> None:
    happened = {"收到": "2026-11-24", "登记": "2026-11-24", "转办": "2026-11-26"}
    transfer = found_for(happened, {"需转办"})["I2"]
    assert (transfer.target, transfer.due) == (day("2026-11-25"), day("2026-11-26"))
    assert transfer.state is State.MET


def test_the_week_is_for_ordinary_matters_that_the_office_handles_itself() -> None:
    happened = {"收到": "2026-04-28", "登记": "2026-04-28"}
    assert "I3" not in found_for(happened, {"需转办"})
    week = found_for(happened, {"自办一般问题"})["I3"]
    assert week.due == day("2026-05-06")
    assert week.clock.reason_allowed


def test_each_department_answers_for_itself() -> None:
    happened = {
        "收到": "2026-11-16",
        "登记": "2026-11-16",
        "转办": "2026-11-16",
        "转办@劳务管理部": "2026-11-16",
        "签收@劳务管理部": "2026-11-17",
        "承办反馈@劳务管理部": "2026-11-18",
        "转办@财务部": "2026-11-16",
    }
    found = found_for(happened, {"需转办"})
    assert found["I4@劳务管理部"].state is State.MET
    assert found["I4@劳务管理部"].due == day("2026-11-19"), "from the day it was signed for"
    assert found["I4@财务部"].state is State.OVERDUE
    assert found["I4@财务部"].days_late == 6
    closed = found_for({**happened, "办结": "2026-11-18"}, {"需转办"})
    assert closed["I4@财务部"].met_by == "办结"


FROM_ABOVE = {"收到": "2026-11-02", "登记": "2026-11-02", "受理": "2026-11-03"}


def test_the_day_in_a_superiors_letter_is_binding_as_written() -> None:
    happened = {**FROM_ABOVE, "办理期限": "2026-11-15"}
    report = found_for(happened, {"上级来件"}, today="2026-11-10")["I5"]
    assert report.due == day("2026-11-15"), "a Sunday, and it stays one"
    assert report.plan == day("2026-11-13")
    assert report.state is State.NEAR
    assert "来文载明的期限为2026年11月15日（星期日）" in report.sentences()[0]
    assert "I5" not in found_for(FROM_ABOVE, {"上级来件"}), "no day in the letter, no clock"


def test_a_superiors_matter_is_planned_by_the_earlier_day_and_both_run() -> None:
    happened = {**FROM_ABOVE, "办理期限": "2026-11-15", "答复送达": "2026-11-12"}
    open_matter = {event: when for event, when in happened.items() if event != "答复送达"}
    conditions = {"上级来件", "信访程序"}
    found = found_for(open_matter, conditions, today="2026-11-10")
    assert {"I5", "C3"} <= set(found)
    first = finish_by(found.values())
    assert first is not None
    assert first.clock.id == "I5"
    replied = found_for(happened, conditions, today="2026-11-14")
    assert replied["I5"].state is State.NEAR, "a reply to the petitioner is no report"


def test_an_objection_to_a_wrong_transfer_has_five_working_days() -> None:
    happened = {"收到": "2026-02-11", "登记": "2026-02-11"}
    objection = found_for(happened, {"上级来件", "未确认属本单位"})["C2"]
    assert objection.due == day("2026-02-25")
    assert "C2" not in found_for(happened, {"上级来件"}), "it is ours"
    assert "C2" not in found_for(happened, {"未确认属本单位"}), "nobody transferred it"


@pytest.mark.parametrize(
    ("today", "asked_on", "state", "status"),
    [
        ("2026-10-08", None, State.OPEN_TO_PETITIONER, "救济期内"),
        ("2026-10-09", None, State.EXPIRED, "救济期已届满，未收到复查请求"),
        ("2026-11-24", "2026-10-08", State.MET, "已按期"),
        ("2026-11-24", "2026-10-20", State.EXPIRED, "救济期届满后提出，由有权机关决定"),
    ],
)
def test_a_right_runs_out_without_anybody_being_late(
    today: str, asked_on: str | None, state: State, status: str
) -> None:
    happened = {**ACCEPTED, "答复送达": "2026-09-01"}
    if asked_on:
        happened["复查申请"] = asked_on
    right = found_for(happened, {"信访程序"}, today=today)["C5"]
    assert right.due == day("2026-10-08")
    assert (right.state, right.status) == (state, status)
    assert right.days_late == 0
    assert not right.is_missed
    assert not right.is_pending


def test_a_late_superior_never_makes_the_office_late() -> None:
    happened = {**ACCEPTED, "答复送达": "2026-04-01", "复查申请": "2026-04-10"}
    review = found_for(happened, {"信访程序"})["C6"]
    assert review.state is State.OVERDUE
    assert not review.is_missed
    assert not review.is_pending


def test_c7_waits_for_proof_that_the_review_opinion_was_received() -> None:
    happened = {**ACCEPTED, "复查申请": "2026-04-10", "复查意见": "2026-05-06"}
    assert "C7" not in found_for(happened)
    assert found_for({**happened, "复查送达": "2026-05-08"})["C7"].due == day("2026-06-08")


def test_the_days_of_a_hearing_are_not_counted_in_a_rereview() -> None:
    happened = {**ACCEPTED, "复核申请": "2026-08-03"}
    assert found_for(happened)["C8"].due == day("2026-09-02")
    assert found_for(happened, days={"听证天数": 5})["C8"].due == day("2026-09-07")


def test_a_rule_is_not_applied_before_it_was_law() -> None:
    found = found_for({"收到": "2022-04-30", "登记": "2022-04-30"}, {"信访程序"})
    assert not [key for key in found if key.startswith("C")]


def test_a_stoppage_of_the_site_moves_internal_clocks_and_no_clock_of_law() -> None:
    stoppage = Overlay(
        day("2026-11-16"),
        day("2026-11-20"),
        working=False,
        reason="停工检修",
        source="青机电〔2026〕8号",
    )
    happened = {"收到": "2026-11-03", "登记": "2026-11-10"}
    found = found_for(happened, {"自办一般问题"}, calendar=Calendar([stoppage]))
    assert found["C1"].due == day("2026-11-18")
    assert found["I3"].due == day("2026-11-23")


def test_what_is_pending_comes_by_the_day_to_plan_for() -> None:
    happened = {"收到": "2026-11-23", "登记": "2026-11-23"}
    found = found_for(happened, {"信访程序", "需转办"})
    order = pending(found.values())
    assert [one.clock.id for one in order] == ["I2", "C1", "C3"]
    assert all(one.plan <= other.plan for one, other in pairwise(order))


def test_a_matter_that_ended_owes_nothing_more() -> None:
    happened = {**ACCEPTED, "撤回": "2026-03-03"}
    assert pending(found_for(happened, {"信访程序", "需转办"}).values()) == []


# Stricter limits of an office


@dataclass(frozen=True)
class Limit:
    length: int
    basis: str = "工程局信访工作制度第九条"
    unit: Unit | None = None


def test_a_stricter_internal_limit_replaces_the_default_one() -> None:
    clocks, problems = apply_overrides(CLOCKS, {"I3": Limit(5)})
    assert problems == ()
    assert clock("I3", clocks).length == 5
    assert clock("I3", clocks).grounds == ("工程局信访工作制度第九条",)
    assert len(clocks) == len(CLOCKS)


def test_a_stricter_limit_on_a_period_of_law_runs_beside_it() -> None:
    clocks, problems = apply_overrides(CLOCKS, {"C1": Limit(10)})
    assert problems == ()
    assert clock("C1", clocks) == clock("C1"), "the period of law is untouched"
    own = clock("C1-本单位", clocks)
    assert (own.length, own.jurisdiction) == (10, Jurisdiction.INTERNAL)
    found = found_for({"收到": "2026-11-02", "登记": "2026-11-02"}, clocks=clocks)
    assert found["C1-本单位"].state is State.OVERDUE
    assert found["C1"].due == day("2026-11-17")


def test_an_extension_also_lifts_the_units_own_shorter_limit() -> None:
    clocks, _ = apply_overrides(CLOCKS, {"C3": Limit(45), "C4": Limit(15)})
    found = found_for({**ACCEPTED, "延期": "2026-04-10"}, {"信访程序"}, clocks=clocks)
    assert found["C3"].state is State.EXTENDED
    assert found["C3-本单位"].state is State.EXTENDED
    assert found["C4"].due == day("2026-06-01")
    assert found["C4-本单位"].due == day("2026-05-18"), "05-16 is a Saturday"


@pytest.mark.parametrize(
    ("key", "limit", "message"),
    [
        ("C1", Limit(16), "并不比15日更严"),
        ("I2", Limit(2, unit="工作日"), "并不比2日更严"),
        ("C2", Limit(6), "并不比5工作日更严"),
        ("C3", Limit(30, basis=" "), "缺少依据"),
        ("C5", Limit(10), "属于信访人"),
        ("C7", Limit(10), "属于信访人"),
        ("C6", Limit(10), "属于上级"),
        ("I5", Limit(10), "由来文载明"),
        ("X9", Limit(1), "没有编号为“X9”的期限"),
    ],
)
def test_what_is_not_stricter_is_told_and_not_applied(key: str, limit: Limit, message: str) -> None:
    clocks, problems = apply_overrides(CLOCKS, {key: limit})
    assert clocks == CLOCKS
    assert [problem.clock for problem in problems] == [key]
    assert message in problems[0].message
    assert problems[0].mend


def test_calendar_days_are_stricter_than_as_many_working_days() -> None:
    clocks, problems = apply_overrides(CLOCKS, {"C2": Limit(5, unit="日")})
    assert problems == ()
    assert clock("C2-本单位", clocks).unit == "日"


@given(DAYS, st.integers(0, 30))
def test_so_many_days_are_never_later_than_so_many_working_days(start: date, length: int) -> None:
    assert count(start, length, "日", OFFICIAL).due <= count(start, length, "工作日", OFFICIAL).due


def test_a_limit_below_the_aim_drops_the_aim() -> None:
    clocks, _ = apply_overrides(CLOCKS, {"I2": Limit(1)})
    assert clock("I2", clocks) == replace(
        clock("I2"), length=1, target=None, own_basis="工程局信访工作制度第九条"
    )
