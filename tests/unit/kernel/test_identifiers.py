"""Check values of standards.md §13.10; all numbers are from textbooks or made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.kernel import identifiers
from gengdu.kernel.identifiers import identity_check_digit, is_identity_number

VALID = (
    "11010519491231002X",
    "440524188001010014",
    "371002201501010011",
    "371002201003151233",
    "371002201809094565",
    "371082201202290035",
    "371002201502280021",
)


@pytest.mark.parametrize("number", VALID)
def test_numbers_with_their_own_check_digit_are_valid(number: str) -> None:
    assert is_identity_number(number)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("110105194912310021", id="needs X"),
        pytest.param("11010519491231002x", id="small x"),
        pytest.param("11010519491231002", id="seventeen"),
        pytest.param("11010519491231002X1", id="nineteen"),
        pytest.param("1101051949123100２X", id="full-width digit"),  # noqa: RUF001
        pytest.param("1101051949a231002X", id="letter inside"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_forms_are_not(number: str) -> None:
    assert not is_identity_number(number)


@given(st.from_regex(r"371002201502(29|30|31)[0-9]{3}", fullmatch=True))
def test_a_birth_date_that_does_not_exist_is_refused_whatever_the_check_digit(first: str) -> None:
    assert not is_identity_number(first + identity_check_digit(first))


@given(st.sampled_from(VALID), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, shift: int) -> None:
    wrong = str((int(number[place]) + shift) % 10)

    assert not is_identity_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("110105194912310021", "末位是“1”，按前 17 位推算应为“X”"),
        ("371002201502290011", "出生日期“20150229”，没有这一天"),
        ("11010519491231002", "共 17 位，应为 18 位"),
        ("110105491231002", "15 位的旧号码"),
        ("11010519491231002x", "大写字母 X"),
    ],
)
def test_the_sentence_says_what_is_wrong(number: str, fault: str) -> None:
    assert fault in (identifiers.identity_fault(number) or "")


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), "female"),
        ("440524188001010014", date(1880, 1, 1), "male"),
        ("371082201202290035", date(2012, 2, 29), "male"),
        ("371002201003151233", date(2010, 3, 15), "male"),
        ("371002201502280021", date(2015, 2, 28), "female"),
    ],
)
def test_a_number_states_birth_date_and_sex(number: str, birth: date, sex: str) -> None:
    assert (identifiers.birth_date_of(number), identifiers.sex_of(number)) == (birth, sex)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("G11010519491231002X", "formal"),
        ("J371002201501010011", "assigned"),
        ("L371072201501014242", "temporary"),
    ],
)
def test_registry_numbers_of_three_kinds_are_well_formed(number: str, kind: str) -> None:
    assert identifiers.registry_kind(number) == kind
    assert identifiers.registry_fault(number) is None


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("11010519491231002X", "第一位应为字母 G、J 或 L"),
        ("", "第一位应为字母"),
        ("G11010519491231002", "共 18 位，应为 19 位"),
        ("G110105194912310021", "字母 G 之后的 18 位有误：末位是“1”"),
        ("J371002201502290011", "没有这一天"),
        ("L371072201502290042", "没有这一天"),
        ("L37107220150101004X", "应全是数字"),
    ],
)
def test_other_registry_numbers_are_not(number: str, fault: str) -> None:
    assert fault in (identifiers.registry_fault(number) or "")


@pytest.mark.parametrize(
    ("code", "category"),
    [("2137000001", "小学"), ("4111010001", "普通高等学校"), ("9937000001", None)],
)
def test_a_school_identifier_begins_with_its_category(code: str, category: str | None) -> None:
    assert identifiers.school_identifier_fault(code) is None
    assert identifiers.school_category(code) == category


@pytest.mark.parametrize("code", ["213700001", "21370000011", "21370A0001", "\uff1213700000"])
def test_other_school_identifiers_are_refused(code: str) -> None:
    assert identifiers.school_identifier_fault(code) is not None


@pytest.mark.parametrize(
    ("first_17", "check"),
    [
        ("91350100M000100Y4", "3"),
        ("91512081MA62K0260", "E"),
        ("9131000063159284X", "Q"),
        ("91350211M0000XUF4", "R"),
    ],
)
def test_credit_codes_have_the_computed_check_character(first_17: str, check: str) -> None:
    assert identifiers.credit_code_check_character(first_17) == check
    assert identifiers.credit_code_warning(first_17 + check) is None


@pytest.mark.parametrize("code", ["91350211M0000XUF46", "91350100M000100Y4Z"])
def test_a_real_code_that_fails_the_check_is_a_warning_only(code: str) -> None:
    assert "无误即可保留" in (identifiers.credit_code_warning(code) or "")


def test_a_credit_code_has_no_letters_that_look_like_digits() -> None:
    assert "含有“O”" in (identifiers.credit_code_fault("91350100M0001O0Y43") or "")
    assert "共 17 位" in (identifiers.credit_code_fault("91350100M000100Y4") or "")
    assert identifiers.credit_code_fault("91350100M000100Y43") is None
