"""Check values of standards.md §13.10; all numbers are from textbooks or made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
