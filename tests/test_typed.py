"""How people write days, times, amounts and counts, and what is not understood."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.model.fields import Moment
from xinfang.typed import clock, count, day, folded, moment, money, numeral, written

TODAY = date(2026, 3, 10)  # 星期二
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-3-2", date(2026, 3, 2)),
        ("2026-03-02", date(2026, 3, 2)),
        ("2026.3.2", date(2026, 3, 2)),
        ("2026/3/2", date(2026, 3, 2)),
        ("20260302", date(2026, 3, 2)),
        ("2026年3月2日", date(2026, 3, 2)),
        ("2026 年 3 月 2 日", date(2026, 3, 2)),
        ("26年3月2日", date(2026, 3, 2)),
        ("2026年3月2号", date(2026, 3, 2)),
        ("２０２６－３－２", date(2026, 3, 2)),
        ("2026—3—2", date(2026, 3, 2)),
        (" 2026-3-2\u3000", date(2026, 3, 2)),
        ("二〇二六年三月二日", date(2026, 3, 2)),
        ("二零二六年十二月三十一日", date(2026, 12, 31)),
        ("2026年3月2日(星期一)", date(2026, 3, 2)),
        ("3月2日", date(2026, 3, 2)),
        ("三月二号", date(2026, 3, 2)),
        ("3-2", date(2026, 3, 2)),
        ("3/2", date(2026, 3, 2)),
        ("今天", TODAY),
        ("昨天", date(2026, 3, 9)),
        ("前天", date(2026, 3, 8)),
        ("明天", date(2026, 3, 11)),
        ("3天前", date(2026, 3, 7)),
        ("三天后", date(2026, 3, 13)),
        ("上周五", date(2026, 3, 6)),
        ("上星期日", date(2026, 3, 8)),
        ("本周一", date(2026, 3, 9)),
        ("下周三", date(2026, 3, 18)),
        ("周三", date(2026, 3, 4)),
        ("周二", TODAY),
        ("上月28日", date(2026, 2, 28)),
        ("本月5日", date(2026, 3, 5)),
    ],
)
def test_a_day_is_understood(text: str, expected: date) -> None:
    assert day(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "无", "不详", "3月", "2026年3月", "2026", "5", "3.2", "3-2-2026", "3/2/2026"),
        *(
            "2026-3/2",
            "2026-13-1",
            "2026-2-30",
            "2026年2月29日",
            "2026-11-31",
            "11月31日",
            "20260231",
        ),
        *("2026-3-2-1", "2026 3 2", "3-2 1", "20263 2", "0026-3-2", "1826-3-2", "26-3-2", "99天"),
        *("2026年3月2日至5日", "约3月2日", "2026-3-²", "2026年3月2日(星期二)", "上月31日", "周八"),
        *("2026-3-2 9:20", "前日期", "大后天上午", "一百一月二日", "零月零日", "上上周五"),
    ],
)
def test_what_is_no_day_is_not_guessed_at(text: str) -> None:
    assert day(text, TODAY) is None


def test_a_day_without_a_year_is_the_latest_one() -> None:
    assert day("12月31日", date(2026, 1, 2)) == date(2025, 12, 31)
    assert day("1月2日", date(2026, 1, 2)) == date(2026, 1, 2)
    assert day("1-3", date(2026, 1, 2)) == date(2025, 1, 3)
    assert day("上周五", date(2026, 1, 1)) == date(2025, 12, 26)
    assert day("上月31日", date(2026, 1, 2)) == date(2025, 12, 31)


def test_a_day_that_lies_ahead_is_the_next_one() -> None:
    assert day("3月20日", TODAY, ahead=True) == date(2026, 3, 20)
    assert day("3月10日", TODAY, ahead=True) == TODAY
    assert day("1月5日", date(2026, 12, 30), ahead=True) == date(2027, 1, 5)
    assert day("周五", TODAY, ahead=True) == date(2026, 3, 13)
    assert day("2026-3-2", TODAY, ahead=True) == date(2026, 3, 2), "a year is a year"


def test_leap_days() -> None:
    assert day("2024-2-29", TODAY) == date(2024, 2, 29)
    assert day("2月29日", date(2024, 3, 1)) == date(2024, 2, 29)
    assert day("2月29日", date(2025, 1, 15)) == date(2024, 2, 29)
    assert day("2月29日", TODAY) is None, "neither this year nor last has one"
    assert day("2100-2-29", TODAY) is None


@given(DAYS)
def test_every_way_to_write_a_day_is_read_back(value: date) -> None:
    year, month, number = value.year, value.month, value.day
    year_digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    for text in (
        f"{value}",
        f"{value:%Y%m%d}",
        f"{year}.{month}.{number}",
        f"{year}/{month}/{number}",
        f"{year}年{month}月{number}日",
        f"{year_digits}年{written(month)}月{written(number)}日",
    ):
        assert day(text, TODAY) == value


@given(DAYS, st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_a_short_day_lies_within_the_year_before(value: date, today: date) -> None:
    found = day(f"{value.month}月{value.day}日", today)
    if found is None:
        assert (value.month, value.day) == (2, 29)
    else:
        assert (found.month, found.day) == (value.month, value.day)
        assert 0 <= (today - found).days <= 366


@given(st.text(alphabet="0123456789年月日号-/. 上下周前后天一二十月", max_size=12))
def test_no_text_breaks_it_and_what_is_read_has_a_normal_form(text: str) -> None:
    found = day(text, TODAY)
    assert found is None or day(str(found), TODAY) == found
    assert moment(text, TODAY) is None or found is not None or "日" in text or " " in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02 09:20", Moment(date(2026, 3, 2), time(9, 20))),
        ("2026-03-02T09:20", Moment(date(2026, 3, 2), time(9, 20))),
        ("2026-03-02 09:20:00", Moment(date(2026, 3, 2), time(9, 20))),
        ("2026.3.2 9：20", Moment(date(2026, 3, 2), time(9, 20))),
        ("3月2日9点20", Moment(date(2026, 3, 2), time(9, 20))),
        ("3月2日 9点20分", Moment(date(2026, 3, 2), time(9, 20))),
        ("昨天下午3点", Moment(date(2026, 3, 9), time(15))),
        ("今天 下午三点半", Moment(TODAY, time(15, 30))),
        ("前天上午十点一刻", Moment(date(2026, 3, 8), time(10, 15))),
        ("3-2 晚上8:05", Moment(date(2026, 3, 2), time(20, 5))),
        ("今天中午12点", Moment(TODAY, time(12))),
        ("3月2日", Moment(date(2026, 3, 2))),
    ],
)
def test_a_moment_is_understood(text: str, expected: Moment) -> None:
    assert moment(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "9:20",
        "2026-3-29:20",
        "3月2日 25:00",
        "3月2日 9:60",
        "今天上午",
        "今天晚上12点",
        "3月2日 9",
        "今天 下午9:00",
    ],
)
def test_what_is_no_moment_is_not_guessed_at(text: str) -> None:
    assert moment(text, TODAY) is None


def test_a_time_of_day_is_understood() -> None:
    assert clock("9:20") == clock("9点20分") == clock("上午九点二十") == time(9, 20)
    assert clock("下午3点") == time(15)
    assert [clock(text) for text in ("", "9", "24:00", "3月2日 9:20", "下午")] == [None] * 5


@given(DAYS, st.times().map(lambda value: value.replace(second=0, microsecond=0)))
def test_every_moment_is_read_back(value: date, at: time) -> None:
    assert moment(str(Moment(value, at)), TODAY) == Moment(value, at)
    spoken = f"{value.year}年{value.month}月{value.day}日{at.hour}点{at.minute}分"
    assert moment(spoken, TODAY) == Moment(value, at)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("418600", "418600.00"),
        ("41,860.00", "41860.00"),
        ("1,234,567.8", "1234567.80"),
        ("4.186万", "41860.00"),
        ("41.86 万元", "418600.00"),
        ("1.2亿", "120000000.00"),
        ("418600元", "418600.00"),
        ("４１８６００．５０", "418600.50"),
        ("￥418,600", "418600.00"),
        ("¥ 300", "300.00"),
        ("人民币三万五千元整", "35000.00"),
        ("叁万伍仟元整", "35000.00"),
        ("壹佰万零叁元", "1000003.00"),
        ("0", "0.00"),
    ],
)
def test_an_amount_is_understood(text: str, expected: str) -> None:
    assert str(money(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "无",
            "约3万",
            "3万多",
            "4,1860",
            "41,86",
            "1.234",
            "-300",
            "1e5",
            "300美元",
            "3-5万",
        ),
        *(".5", "5.", "1,234,56", "1.2345678万", "1234567890123", "30²", "元", "万"),
    ],
)
def test_what_is_no_amount_is_not_guessed_at(text: str) -> None:
    assert money(text) is None


@given(st.decimals(0, 10**11, places=2))
def test_every_amount_is_read_back(amount: Decimal) -> None:
    assert money(str(amount)) == amount
    assert money(f"￥{amount:,}元") == amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("23", 23), ("23人", 23), ("２３", 23), ("二十三", 23), ("二十三名", 23), ("十", 10)),
        *(("一十五人", 15), ("两百零三人", 203), ("0", 0), ("三 人", 3)),
    ],
)
def test_a_count_is_understood(text: str, expected: int) -> None:
    assert count(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "约23人", "23余人", "二三", "一百一", "十十", "2.5", "-1", "007", "百", "3²", "三五人"],
)
def test_what_is_no_count_is_not_guessed_at(text: str) -> None:
    assert count(text) is None


@given(st.integers(0, 10**12 - 1))
def test_every_numeral_is_read_back(value: int) -> None:
    assert numeral(written(value)) == value


def test_every_number_to_9999_is_counted() -> None:
    assert [count(written(value)) for value in range(10_000)] == list(range(10_000))


def test_a_text_is_folded_to_one_width() -> None:
    assert folded("\u3000ＡＢＣ １２３ ") == "ABC 123"
