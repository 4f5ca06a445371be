"""Working days: the official arrangement, the overlay of an office, and what is not known yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday

from xinfang.calendar import Calendar, Overlay

OFFICIAL = Calendar()
EVERY_KNOWN_DAY = [
    date(2004, 1, 1) + timedelta(days=n)
    for n in range((date(2026, 12, 31) - date(2004, 1, 1)).days + 1)
]
STOPPAGE = Overlay(
    date(2026, 7, 1),
    date(2026, 7, 10),
    working=False,
    reason="高温停工",
    source="青机电〔2026〕5号",
)
MAKE_UP = Overlay(
    date(2026, 7, 11),
    date(2026, 7, 11),
    working=True,
    reason="停工后补班",
    source="青机电〔2026〕5号",
)


def test_it_agrees_with_the_official_arrangement_on_every_day_of_every_known_year() -> None:
    differing = [day for day in EVERY_KNOWN_DAY if OFFICIAL.is_working(day) != is_workday(day)]
    assert differing == []


def test_no_known_day_is_provisional_except_the_end_that_waits_for_the_next_notice() -> None:
    provisional = [day for day in EVERY_KNOWN_DAY if OFFICIAL.is_provisional(day)]
    assert provisional == [date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)]


def test_notices_have_reached_back_into_december_no_further_than_that() -> None:
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415

    december = {(day.month, day.day) for day in (*holidays, *workdays) if day.month == 12}
    assert min(december) == (12, 29)


@pytest.mark.parametrize(
    ("day", "working", "reason"),
    [
        (date(2026, 1, 1), False, "元旦"),
        (date(2026, 2, 17), False, "春节"),
        (date(2026, 4, 5), False, "清明节"),
        (date(2026, 5, 4), False, "劳动节"),
        (date(2026, 6, 19), False, "端午节"),
        (date(2026, 9, 25), False, "中秋节"),
        (date(2026, 10, 7), False, "国庆节"),
        (date(2026, 2, 14), True, "调休上班"),
        (date(2026, 10, 10), True, "调休上班"),
        (date(2026, 11, 21), False, "周末"),
        (date(2026, 11, 24), True, "工作日"),
        (date(2015, 9, 3), False, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"),
    ],
)
def test_a_day_says_why_it_is_worked_or_not(day: date, working: bool, reason: str) -> None:  # noqa: FBT001
    known = OFFICIAL.day(day)
    assert (known.working, known.reason, known.provisional) == (working, reason, False)
    assert "国务院办公厅" in known.source


@pytest.mark.parametrize(
    ("day", "working", "reason"),
    [
        (date(2027, 1, 1), False, "元旦"),
        (date(2027, 2, 6), False, "周末"),
        (date(2027, 2, 8), True, "工作日"),
        (date(2027, 10, 2), False, "国庆节"),
        (date(2003, 12, 31), True, "工作日"),
        (date(2026, 12, 31), True, "工作日"),
    ],
)
def test_a_day_without_a_notice_follows_weekends_and_is_provisional(
    day: date,
    working: bool,  # noqa: FBT001
    reason: str,
) -> None:
    unknown = OFFICIAL.day(day)
    assert (unknown.working, unknown.reason, unknown.provisional) == (working, reason, True)
    assert unknown.source == "无放假通知"


def test_the_holidays_of_fixed_date_have_never_been_worked() -> None:
    fixed = {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}
    assert not [day for day in EVERY_KNOWN_DAY if (day.month, day.day) in fixed and is_workday(day)]


def test_a_stoppage_of_the_site_is_an_overlay_with_its_document() -> None:
    calendar = Calendar([STOPPAGE, MAKE_UP])
    assert not calendar.is_working(date(2026, 7, 1))
    assert calendar.is_working(date(2026, 7, 11)), "a Saturday made up for"
    day = calendar.day(date(2026, 7, 10))
    assert (day.reason, day.source, day.provisional) == ("高温停工", "青机电〔2026〕5号", False)
    assert calendar.is_working(date(2026, 7, 13)), "the day behind it is untouched"


def test_a_stoppage_of_the_site_never_moves_a_period_of_law() -> None:
    calendar = Calendar([STOPPAGE, MAKE_UP])
    assert calendar.national.is_working(date(2026, 7, 1))
    assert not calendar.national.is_working(date(2026, 7, 11))


def test_where_two_entries_cover_a_day_the_later_one_holds() -> None:
    urgent = Overlay(
        date(2026, 7, 3), date(2026, 7, 3), working=True, reason="抢险", source="青机电〔2026〕6号"
    )
    assert Calendar([STOPPAGE, urgent]).is_working(date(2026, 7, 3))


def test_an_office_can_enter_the_notice_of_a_year_that_the_package_does_not_know() -> None:
    notice = "国务院办公厅关于2027年节假日安排的通知(样例)"
    holiday = Overlay(
        date(2027, 2, 5),
        date(2027, 2, 11),
        working=False,
        reason="春节",
        source=notice,
        official=True,
    )
    calendar = Calendar([holiday], years={2027: notice})
    assert not calendar.is_working(date(2027, 2, 8))
    assert not calendar.national.is_working(date(2027, 2, 8))
    assert not calendar.is_provisional(date(2027, 3, 1))
    assert calendar.day(date(2027, 3, 1)).source == notice
    assert not calendar.is_provisional(date(2026, 12, 31)), "the end of 2026 is settled with it"
    assert calendar.is_provisional(date(2028, 1, 3))


def test_entered_days_do_not_make_the_rest_of_an_unknown_year_known() -> None:
    stoppage = Overlay(
        date(2027, 2, 1),
        date(2027, 2, 20),
        working=False,
        reason="春节停工",
        source="青机电〔2026〕9号",
    )
    calendar = Calendar([stoppage])
    assert not calendar.is_provisional(date(2027, 2, 10))
    assert calendar.is_provisional(date(2027, 2, 22))


def test_the_neighbouring_working_days() -> None:
    assert OFFICIAL.next_working(date(2026, 10, 1)) == date(2026, 10, 8)
    assert OFFICIAL.next_working(date(2026, 10, 8)) == date(2026, 10, 8)
    assert OFFICIAL.last_working_before(date(2026, 2, 21)) == date(2026, 2, 14)
    assert OFFICIAL.next_working(date.max) == date.max
