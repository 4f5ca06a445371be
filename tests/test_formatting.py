"""How dates, amounts, numbers, names and texts are written on paper."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.blank import Blank
from xinfang.formatting import (
    FILTERS,
    AmountTooLargeError,
    capitals,
    chinese_date,
    chinese_moment,
    citation,
    full_width,
    kept_whole,
    name,
    other_fonts,
    paragraphs,
    phrase,
    sentence,
    title_lines,
    whole,
    yuan,
)
from xinfang.model.fields import Moment

DIGITS = "零壹贰叁肆伍陆柒捌玖"
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("9999999999999999.99"), places=2)


def test_a_date_is_arabic_with_full_year_and_no_leading_zeros() -> None:
    assert chinese_date(date(2026, 1, 5)) == "2026年1月5日"


def test_a_moment_shows_its_time_only_where_it_is_known() -> None:
    assert chinese_moment(Moment(date(2026, 3, 2), time(9, 20))) == "2026年3月2日 09:20"
    assert chinese_moment(Moment(date(2026, 3, 2))) == "2026年3月2日"


@pytest.mark.parametrize(
    ("amount", "figures", "words"),
    [
        ("1234.56", "1,234.56元", "壹仟贰佰叁拾肆元伍角陆分"),
        ("0", "0.00元", "零元整"),
        ("10", "10.00元", "壹拾元整"),
        ("1005", "1,005.00元", "壹仟零伍元整"),
        ("10050.05", "10,050.05元", "壹万零伍拾元零伍分"),
        ("418600.00", "418,600.00元", "肆拾壹万捌仟陆佰元整"),
        ("107000.53", "107,000.53元", "壹拾万柒仟元伍角叁分"),
        ("100010000", "100,010,000.00元", "壹亿零壹万元整"),
        ("1000000001", "1,000,000,001.00元", "壹拾亿零壹元整"),
        ("0.05", "0.05元", "伍分"),
        ("1.50", "1.50元", "壹元伍角整"),
    ],
)
def test_amounts_in_figures_and_in_capitals(amount: str, figures: str, words: str) -> None:
    assert yuan(Decimal(amount)) == figures
    assert capitals(Decimal(amount)) == words


def read_capitals(words: str) -> Decimal:
    """Read capitals back, by another way than they were written."""
    total, section, digit = Decimal(0), 0, 0
    units = {"拾": 10, "佰": 100, "仟": 1000}
    groups = {"万": 10**4, "亿": 10**8}
    whole_part, _, rest = words.removesuffix("整").rpartition("元")
    if not whole_part:
        rest = words.removesuffix("整").removesuffix("元")
    parts: list[tuple[int, int]] = []
    for char in whole_part:
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in units:
            section += digit * units[char]
            digit = 0
        else:
            parts.append((section + digit, groups[char]))
            section = digit = 0
    number = 0
    for value, group in parts:
        number = (number + value) * group if group == 10**8 else number + value * group
    total = Decimal(number + section + digit)
    for char, mark in re.findall(r"(.)([角分])", rest):
        total += Decimal(DIGITS.index(char)) * (Decimal("0.1") if mark == "角" else Decimal("0.01"))
    return total


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_capitals_say_the_same_amount_as_the_figures(amount: Decimal) -> None:
    assert read_capitals(capitals(amount)) == amount


@given(AMOUNTS)
def test_capitals_never_read_two_zeros_or_end_in_one(amount: Decimal) -> None:
    words = capitals(amount)
    assert "零零" not in words
    assert "零元整" not in words or amount == 0
    assert "零万" not in words
    assert "零亿" not in words


def test_an_amount_beyond_all_use_is_refused() -> None:
    with pytest.raises(AmountTooLargeError):
        capitals(Decimal(10) ** 16)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("考勤,工程量已签认;至今未发", "考勤，工程量已签认；至今未发"),
        ("合计418,600.00元", "合计418,600.00元"),
        ("联系人(李敏)电话:0999-5550101", "联系人（李敏）电话：0999-5550101"),
        ("J. Smith, Ltd.", "J. Smith, Ltd."),
    ],
)
def test_chinese_text_gets_chinese_punctuation(typed: str, printed: str) -> None:
    assert full_width(typed) == printed


def test_a_sentence_ends_once_and_a_phrase_not_at_all() -> None:
    assert sentence("已支付") == sentence("已支付。") == "已支付。"
    assert phrase("已支付。") == phrase("已支付") == "已支付"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("保障农民工工资支付条例 第三十条", "《保障农民工工资支付条例》第三十条"),
        ("《保障农民工工资支付条例》第三十条", "《保障农民工工资支付条例》第三十条"),
        ("条例 34", "《信访工作条例》第三十四条"),
        ("工程局信访工作制度 第三条", "《工程局信访工作制度》第三条（原文待核对）"),
        ("青岚机电〔2025〕8号劳务分包合同 第六条", "青岚机电〔2025〕8号劳务分包合同 第六条"),
    ],
)
def test_a_basis_is_written_with_its_full_title(written: str, printed: str) -> None:
    assert citation(written) == printed


def test_dates_numbers_and_amounts_are_kept_in_one_piece() -> None:
    pieces = re.findall(
        r'<span class="w">(.*?)</span>',
        whole("2026年1月5日付418,600.00元，见青机电信处〔2026〕7号"),
    )
    assert pieces == ["2026年1月5日", "418,600.00元", "青机电信处〔2026〕7号"]


def test_markup_in_a_text_stays_text() -> None:
    assert "<script>" not in whole("<script>2026年1月5日")
    assert "<script>" not in name("<script>·阿")
    assert "<script>" not in paragraphs("<script>")[0]


@given(st.text(min_size=1, max_size=60))
def test_a_name_loses_no_character(text: str) -> None:
    assert name(text).unescape().replace('<span class="w">', "").replace("</span>", "") == text


def test_no_line_of_a_name_begins_with_its_dot() -> None:
    printed = name("买买提江·阿不都热合曼·库尔班")
    assert printed.startswith('<span class="w">买买提江·</span>')


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("信访事项登记表", ["信访事项登记表"]),
        (
            "关于反映焊工班三个月工资未付信访事项的处理意见书",
            ["关于反映焊工班三个月工资未付", "信访事项的处理意见书"],
        ),
        (
            "关于反映0.86亩青苗补偿和便道复垦信访事项的处理意见书",
            ["关于反映0.86亩青苗补偿和便道复垦", "信访事项的处理意见书"],
        ),
        (
            "关于依据《中华人民共和国个人信息保护法》查阅本人材料信访事项的受理告知书",
            ["关于依据《中华人民共和国个人信息保护法》", "查阅本人材料信访事项的受理告知书"],
        ),
        (
            "关于反映2026年3月2日压力钢管安装工作面夜间施工噪声扰民信访事项的处理意见书",
            ["关于反映2026年3月2日压力钢管安装工作面", "夜间施工噪声扰民信访事项的处理意见书"],
        ),
    ],
)
def test_titles_break_at_words(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines


@given(st.text(alphabet="关于反映工资的信访事项处理意见书2026", min_size=1, max_size=120))
def test_title_lines_are_the_title_and_never_too_long(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(lines)
    assert all(sum(0.5 if char.isascii() else 1 for char in line) <= 20 for line in lines)


@given(
    st.lists(
        st.sampled_from(["信访事项", "处理意见书", "《工资支付条例》", "2026年", "的", "补", "和"]),
        min_size=4,
        max_size=24,
    )
)
def test_no_line_of_a_title_ends_inside_a_word(words: list[str]) -> None:
    title = "关于反映" + "".join(words)
    cuts = [len("".join(title_lines(title)[: n + 1])) for n in range(len(title_lines(title)) - 1)]
    for found in re.finditer(r"信访事项|处理意见书|《[^》]*》|2026年", title):
        assert not any(found.start() < cut < found.end() for cut in cuts)


@pytest.mark.parametrize(
    "token",
    [
        "2026年1月5日",
        "2026年3月",
        "3月20日",
        "418,600.00元",
        "〔2026〕7号",
        "第三十四条",
        "第3项",
        "0999-5550101",
        "XF-2026-0001",
        "30日",
        "8:30",
    ],
)
def test_on_a_page_numbers_are_kept_whole_once_and_only_in_text(token: str) -> None:
    page = f'<head><title>{token}</title><body><p class="a{token}">于{token}，&#34;</p>'
    piece = f'<span class="w">{token}</span>'
    done = kept_whole(page)
    assert done == f'<head><title>{token}</title><body><p class="a{token}">于{piece}，&#34;</p>'
    assert kept_whole(done) == done


def test_letters_of_a_document_number_stay_with_it_where_there_is_room() -> None:
    page = "<body><p>已按照青机电信处〔2026〕7号"
    assert kept_whole(page) == '<body><p>已按照<span class="w">青机电信处〔2026〕7号</span>'
    in_cells = '<body><p>已按照青机电信处<span class="w">〔2026〕7号</span>'
    assert kept_whole(page, cells=True) == in_cells


def test_digits_and_rare_characters_are_marked_in_text_and_nowhere_else() -> None:
    page = '<html id="a1"><body class="b2"><p id="c3">第3项&#34;A1喆</p>'
    assert other_fonts(page) == (
        '<html id="a1"><body class="b2"><p id="c3">第<span class="n">3</span>项&#34;'
        '<span class="n">A1</span><span class="n">喆</span></p>'
    )


def test_on_a_blank_form_every_filter_gives_room_to_write() -> None:
    for given_filter in FILTERS.values():
        assert "ruled" in str(given_filter(Blank()))


def test_a_line_that_ends_in_the_middle_of_a_sentence_goes_on() -> None:
    text = "双方签过合同，\n单价没有争议。\n工程量有争议"
    assert paragraphs(text) == ["双方签过合同，单价没有争议。", "工程量有争议。"]
