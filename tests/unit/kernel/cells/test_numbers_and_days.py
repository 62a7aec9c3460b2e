"""Counts, quantities, days and months."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.kernel.cells import BadCell, Day, DayOrMonth, Kind, Month, Number, TenThousands, Whole

FIRST_OF_MARCH = date(2015, 3, 1)
MIDNIGHT = datetime.combine(FIRST_OF_MARCH, time())
LATE = datetime.combine(FIRST_OF_MARCH, time(23, 59))


@pytest.mark.parametrize(
    ("cell", "value"),
    [(91.0, 91), (91, 91), ("91", 91), ("1,234", 1234), ("\uff11\uff12\uff10", 120), ("120.0", 120),
     ("+5", 5), (" 7 ", 7), ("'7", 7), (0, 0)],
)  # fmt: skip
def test_whole_numbers_are_read_from_numbers_and_text(cell: object, value: int) -> None:
    assert Whole().parse(cell) == value


@pytest.mark.parametrize(
    "cell", ["一百二", "120人", "12.5", 12.5, "50%", "1,23", True, time(1), FIRST_OF_MARCH]
)
def test_other_content_says_what_a_whole_number_looks_like(cell: object) -> None:
    with pytest.raises(BadCell, match="应为整数，例如 120"):
        Whole().parse(cell)


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), 1e15, 10**400, "9" * 16])
def test_numbers_that_a_cell_cannot_hold_are_refused(cell: object) -> None:
    with pytest.raises(BadCell):
        Whole().parse(cell)


@pytest.mark.parametrize(("cell", "fits"), [(0, False), (1, True), (45, True), (46, False)])
def test_both_bounds_count_as_inside(cell: int, fits: bool) -> None:
    column = Whole(min=1, max=45).parse_column([cell])

    assert (column.faults == []) is fits


def test_a_number_outside_names_the_bounds() -> None:
    with pytest.raises(BadCell, match="“-5”小于 0，应在 0 以上"):
        Whole().parse("\uff0d5")
    with pytest.raises(BadCell, match="“99”大于 60，应在 0 至 60 之间"):
        Whole(max=60).parse(99)


@pytest.mark.parametrize(
    ("cell", "value"),
    [(12.5, "12.50"), ("12.5", "12.50"), (0.1 + 0.2, "0.30"), (12.345, "12.35"), (-0.5, "-0.50"),
     ("1,234.5", "1234.50"), (".5", "0.50"), (3, "3.00")],
)  # fmt: skip
def test_quantities_keep_their_decimals_exactly(cell: object, value: str) -> None:
    assert str(Number().parse(cell)) == value


def test_text_with_more_decimals_than_kept_is_not_rounded_behind_the_users_back() -> None:
    with pytest.raises(BadCell, match="小数超过 2 位，请四舍五入后再填"):
        Number().parse("12.345")


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_quantity_written_out_is_read_back_the_same(value: Decimal) -> None:
    kind = Number()

    assert kind.parse(kind.shown(value)) == value


@pytest.mark.parametrize(
    "cell",
    [FIRST_OF_MARCH, MIDNIGHT, LATE, 42064, 42064.0, 42064.75,
     20150301, 20150301.0, "20150301", "2015-3-1", "2015-03-01", "2015/3/1", "2015.03.01",
     "2015年3月1日", "2015年03月01号", " 2015-03-01 ", "'20150301", "2015-03-01 00:00:00",
     "2015/3/1 8:05", "2015-03-01T00:00:00.000",
     "\uff12\uff10\uff11\uff15\uff0d\uff13\uff0d\uff11", "2015\uff0f3\uff0f1"],
)  # fmt: skip
def test_a_day_is_read_in_every_form_in_use(cell: object) -> None:
    assert Day().parse(cell) == FIRST_OF_MARCH


@pytest.mark.parametrize("cell", ["20150229", 20150229, "2015-02-30", "2015年13月1日", "2015/0/1"])
def test_a_day_that_does_not_exist_is_refused(cell: object) -> None:
    with pytest.raises(BadCell, match="没有这一天"):
        Day().parse(cell)


@pytest.mark.parametrize("cell", ["15-3-1", "15/03/01", "15年3月1日", "15.3"])
def test_a_year_of_two_digits_is_refused(cell: str) -> None:
    with pytest.raises(BadCell, match="年份只有两位"):
        Day().parse(cell)


def test_a_day_that_ends_with_the_year_is_refused() -> None:
    with pytest.raises(BadCell, match="年份应写在最前面"):
        Day().parse("3/1/2015")


@pytest.mark.parametrize(
    "cell", ["42064", 2015, 2015.0, 201503, 9_999, 73_051, "昨天", time(8), timedelta(1), True,
             float("nan"), float("inf"), "2015-3", "2015-3-1-2"],
)  # fmt: skip
def test_what_is_no_day_is_not_guessed(cell: object) -> None:
    with pytest.raises(BadCell, match="不是日期，请按 2015-03-01 或 20150301"):
        Day().parse(cell)


@pytest.mark.parametrize(
    ("cell", "fits"),
    [("19991231", False), ("20000101", True), ("20261231", True), ("20270101", False)],
)
def test_the_bounds_of_days_count_as_inside(cell: str, fits: bool) -> None:
    column = Day(date(2000, 1, 1), date(2026, 12, 31)).parse_column([cell])

    assert (column.faults == []) is fits


@pytest.mark.parametrize(
    "cell",
    ["201509", 201509, 201509.0, "2015-09", "2015-9", "2015/9", "2015.09", "2015年9月", "20150915",
     20150915, date(2015, 9, 15), 42262, "2015年9月1日",
     "\uff12\uff10\uff11\uff15年9月"],
)  # fmt: skip
def test_a_month_is_its_first_day(cell: object) -> None:
    assert Month().parse(cell) == date(2015, 9, 1)


@pytest.mark.parametrize("cell", ["201513", 201500, "2015-13", "2015年0月"])
def test_a_month_that_does_not_exist_is_refused(cell: object) -> None:
    with pytest.raises(BadCell, match="没有这个月"):
        Month().parse(cell)


def test_a_month_typed_as_a_decimal_number_is_ambiguous() -> None:
    with pytest.raises(BadCell, match="可能是 1 月或 10 月"):
        Month().parse(2015.1)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
@pytest.mark.parametrize("kind", [Day(), Month()], ids=repr)
def test_days_and_months_written_out_are_read_back_the_same(kind: Kind[date], day: date) -> None:
    value = kind.parse(day)

    assert kind.parse(kind.shown(value)) == value


@given(
    st.one_of(
        st.text(alphabet="0123456789-/.年月日 E+%\uff0d", max_size=12), st.floats(), st.integers()
    )
)
@pytest.mark.parametrize("kind", [Day(), Month(), Whole(), Number()], ids=repr)
def test_nothing_but_a_bad_cell_is_raised(kind: Kind[object], cell: object) -> None:
    try:
        value = kind.parse(cell)
    except BadCell:
        return

    assert kind.parse(kind.shown(value)) == value


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2015-03-02", date(2015, 3, 2)),
        ("201503", date(2015, 3, 1)),
        ("2015年3月", date(2015, 3, 1)),
        ("2015.10", date(2015, 10, 1)),
        (201503, date(2015, 3, 1)),
        (20150302, date(2015, 3, 2)),
        (MIDNIGHT, FIRST_OF_MARCH),
    ],
    ids=str,
)
def test_a_day_of_which_only_the_month_is_known_is_its_first(written: object, day: date) -> None:
    assert DayOrMonth().parse(written) == day


@pytest.mark.parametrize("written", ["2015", "201513", "2015-02-30", 2015.1, "三月"], ids=str)
def test_what_names_no_month_is_no_day(written: object) -> None:
    with pytest.raises(BadCell):
        DayOrMonth().parse(written)


@pytest.mark.parametrize(
    ("written", "yuan"),
    [("12.3456", "123456.00"), (0.07, "700.00"), ("1,234.5", "12345000.00"), (3, "30000.00")],
    ids=str,
)
def test_ten_thousands_become_ones_exactly(written: object, yuan: str) -> None:
    assert TenThousands(0).parse(written) == Decimal(yuan)


@given(st.decimals(0, 10**8, places=2, allow_nan=False))
def test_an_amount_shown_in_ten_thousands_is_read_back_to_the_cent(yuan: Decimal) -> None:
    kind = TenThousands(0)

    assert kind.parse(kind.shown(yuan)) == yuan
