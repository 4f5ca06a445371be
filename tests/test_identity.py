"""Personal values: each checked by its standard, and masked so that little remains."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.diagnostics import Level
from xinfang.identity import (
    mask_address,
    mask_id_number,
    mask_name,
    mask_names,
    mask_phone,
    mask_unit,
)
from xinfang.identity.values import (
    credit_code_check_character,
    credit_code_fault,
    id_check_character,
    id_number_fault,
    name_fault,
    normal_credit_code,
    normal_id_number,
    normal_name,
    normal_phone,
    phone_fault,
)

TODAY = date(2026, 9, 16)
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",  # the example of the standard
        "440524188001010014",
        "110105199003070017",
        "999999199001010016",
        "999999200002290123",  # 29 February 2000
    ],
)
def test_right_identity_numbers(number: str) -> None:
    assert id_number_fault(number, TODAY) is None


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("11010519900307001X", "校验码"),
        ("999999190002290123", "出生日期"),  # 1900 was no leap year
        ("999999203001010012", "晚于今天"),
        ("9999991990010100", "不是 18 位"),
        ("110105900307001", "15 位"),
    ],
)
def test_wrong_identity_numbers(number: str, says: str) -> None:
    fault = id_number_fault(number, TODAY)
    assert fault is not None
    assert says in fault.message
    assert number not in fault.message


def test_a_passport_is_free_text() -> None:
    assert id_number_fault("E12345678", TODAY) is None


def test_forms_of_the_check_character_are_folded() -> None:
    assert normal_id_number("１１０１０５ 19491231 002ｘ") == "11010519491231002X"


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_always_shows(body: str, where: int, by: int) -> None:
    wrong = str((int(body[where]) + by) % 10)
    other = body[:where] + wrong + body[where + 1 :]
    assert id_check_character(body) != id_check_character(other)


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y4Z", False),  # Z is not in the alphabet
        ("91310115MA1H8R7C67", True),
        ("91310115MA1H8R7C6D", False),  # printed as valid on a web page
    ],
)
def test_credit_codes(code: str, right: bool) -> None:  # noqa: FBT001 - a table
    assert (credit_code_fault(code) is None) is right


def test_remainder_zero_of_a_credit_code_is_the_character_0() -> None:
    assert "0" in {credit_code_check_character(f"91{n:06d}MA0000000") for n in range(200)}


def test_credit_codes_are_folded() -> None:
    assert normal_credit_code(" ９１350100m000100y43 ") == "91350100M000100Y43"


@pytest.mark.parametrize(
    "name",
    ["喆", "龙\U0002cb4e", "阿布都克热木江·图尔洪巴依·赛买提别克夏依丹", "J. Smith", "张" * 50],
)
def test_any_name_is_a_name(name: str) -> None:
    assert normal_name(name) == (name, ())
    assert name_fault(name) is None


@pytest.mark.parametrize("dot", ["•", "・", "‧", "．"])
def test_other_dots_become_the_right_one_with_a_visible_notice(dot: str) -> None:
    name, faults = normal_name(f"阿布{dot}买买提")
    assert name == "阿布·买买提"
    assert [fault.level for fault in faults] == [Level.HINT]


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("+86 199-0000-0001", "199" + "00000001"),
        ("0086199 0000 0001", "199" + "00000001"),
        ("(0999)1234567", "0999-1234567"),
        ("0999-1234567", "0999-1234567"),
    ],
)
def test_phones_are_brought_to_one_form(text: str, normal: str) -> None:
    assert normal_phone(text) == normal
    assert phone_fault(normal, unit=False) is None


def test_service_numbers_are_for_units_only() -> None:
    assert phone_fault("12345", unit=True) is None
    assert phone_fault("12345", unit=False) is not None


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("王小明", "王某"),
        ("欧阳小明", "欧阳某"),
        ("欧阳", "欧某"),
        ("阿布都克热木·买买提", "阿某"),
        ("喆", "某某"),
    ],
)
def test_names_are_masked_to_their_first_character(name: str, mask: str) -> None:
    assert mask_name(name) == mask


def test_like_masks_are_numbered() -> None:
    people = [("王一", False), ("李四", False), ("王二", False), ("某某租赁有限公司", True)]
    assert mask_names(people) == ["王某1", "李某", "王某2", mask_unit("某某租赁有限公司")]


@given(st.text(HAN, min_size=2, max_size=30))
def test_a_mask_keeps_two_characters_at_most_and_has_a_fixed_width(name: str) -> None:
    mask = mask_name(name)
    assert mask.endswith("某")
    assert len(mask) <= 3
    assert set(mask[:-1]) <= set(name[:2])


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_phone_keeps_its_last_four_digits_only(number: str) -> None:
    assert mask_phone(number) == "*" * 7 + number[-4:]


def test_an_identity_number_keeps_its_tail_and_an_address_its_county() -> None:
    assert mask_id_number("11010519491231002X") == "证件尾号 002X"
    assert mask_address("甲省乙县丙镇丁村一组3号") == "甲省乙县丙镇"
    assert mask_address("幸福小区3栋") == "某地"
