"""Numbers that are names; check values of standards.md §13.10."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.kernel.cells import (
    AreaCode,
    BadCell,
    Digits,
    IdentityNumber,
    Kind,
    Phone,
    RegistryNumber,
    SchoolIdentifier,
    Uscc,
)

LONG_KINDS = [IdentityNumber(), RegistryNumber(), Uscc(), SchoolIdentifier(), AreaCode(), Digits()]
KINDS = [*LONG_KINDS, Phone()]


@pytest.mark.parametrize(
    "cell",
    ["11010519491231002X", "11010519491231002x", " 11010519491231002X ", "'11010519491231002X",
     "110105 19491231 002X", "110105-19491231-002X", "11010519491231002\uff38",
     "\uff11\uff11010519491231002X", "11010519491231002X\u200b\u00a0"],
)  # fmt: skip
def test_an_identity_number_is_freed_of_what_surrounds_it(cell: str) -> None:
    assert IdentityNumber().parse(cell) == "11010519491231002X"


@pytest.mark.parametrize(
    "cell", [371002201501010011, 3.71002201501010e17, "3.71002E+17", "3.71E17"]
)
@pytest.mark.parametrize("kind", LONG_KINDS, ids=repr)
def test_a_long_number_kept_as_a_number_has_lost_its_last_digits(
    kind: Kind[str], cell: object
) -> None:
    with pytest.raises(BadCell, match="后面的数字已丢失；请把这一列设为“文本”格式后重新填写"):
        kind.parse(cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("110105194912310021", "按前 17 位推算应为“X”"), ("371002201502290011", "没有这一天"),
     ("37100220150101001", "共 17 位，应为 18 位"), ("37100220150A010011", "不该出现的字符"),
     ("371002150101001", "15 位的旧号码"), ("3710**********0011", "遮盖后的号码"),
     (True, "逻辑值"), (date(2015, 1, 1), "是日期"), (1.5, "不是一串数字")],
)  # fmt: skip
def test_a_bad_identity_number_is_told_what_is_wrong(cell: object, reason: str) -> None:
    with pytest.raises(BadCell, match=reason):
        IdentityNumber().parse(cell)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [(SchoolIdentifier(), 2137000001.0, "2137000001"), (AreaCode(), 371072103, "371072103"),
     (AreaCode(), 371072103001.0, "371072103001"), (Digits(width=3), 1, "001"),
     (Digits(width=3), 12.0, "012"), (Digits(width=6), "264200", "264200"), (Digits(), "01", "01"),
     (Phone(), 13806310001.0, "13806310001"), (Phone(), 5981234, "5981234"),
     (RegistryNumber(), "g11010519491231002x", "G11010519491231002X")],
)  # fmt: skip
def test_short_codes_survive_being_a_number(kind: Kind[str], cell: object, value: str) -> None:
    assert kind.parse(cell) == value


def test_a_number_is_not_padded_where_the_width_is_unknown() -> None:
    with pytest.raises(BadCell, match="“1”是数字格式，前面的 0 可能已丢失"):
        Digits().parse(1)


@pytest.mark.parametrize("cell", [1234, "0001", "1", "12a", 1.5, -1])
def test_a_code_of_another_width_is_refused(cell: object) -> None:
    with pytest.raises(BadCell):
        Digits(width=3).parse(cell)


def test_a_landline_that_lost_its_zero_is_refused() -> None:
    with pytest.raises(BadCell, match="区号前的 0 已丢失"):
        Phone().parse(6315981234.0)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("138 0631 0001", "13806310001"), ("+86 13806310001", "13806310001"),
     ("\uff081234\uff097654321", "1234-7654321"), ("0631-5981234转8", "0631-5981234-8"),
     ("0631\uff0d5981234", "0631-5981234"), ("+852 2345 6789", "+852-2345-6789")],
)  # fmt: skip
def test_phones_are_taken_as_people_write_them(cell: str, value: str) -> None:
    assert Phone().parse(cell) == value


@pytest.mark.parametrize("cell", ["无", "1380631000", "12345", "138****0001", "爷爷 13806310001"])
def test_what_cannot_be_called_is_refused(cell: str) -> None:
    with pytest.raises(BadCell):
        Phone().parse(cell)


def test_a_credit_code_with_a_wrong_check_character_only_warns() -> None:
    kind = Uscc()

    value = kind.parse("91350211m0000xuf46")

    assert value == "91350211M0000XUF46"
    assert "应为“R”" in (kind.warning(value) or "")
    assert kind.warning("91350100M000100Y43") is None


@given(st.sampled_from(KINDS), st.one_of(st.text(max_size=24), st.floats(), st.integers()))
def test_numbers_written_out_are_read_back_the_same(kind: Kind[str], cell: object) -> None:
    try:
        value = kind.parse(cell)
    except BadCell:
        return

    assert kind.parse(kind.shown(value)) == value


@given(st.text(alphabet="0123456789+-()转# ", max_size=24))
def test_a_phone_written_out_is_read_back_the_same(cell: str) -> None:
    kind = Phone()
    try:
        value = kind.parse(cell)
    except BadCell:
        return

    assert kind.parse(kind.shown(value)) == value
