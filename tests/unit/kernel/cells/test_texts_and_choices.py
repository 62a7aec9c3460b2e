"""Free text, codes, yes and no."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.kernel.cells import BadCell, Code, Digits, Kind, Text, YesNo, is_masked

SEX = Code({"1": "男", "2": "女"})
NATION = Code({"01": "汉族", "02": "蒙古族", "03": "回族"})
NEEDED = Code({"0": "否", "1": "是"})
LONG = Code({f"{number:02}": f"第{number}项" for number in range(1, 57)})

FULL_WIDTH = str.maketrans({0x30 + digit: 0xFF10 + digit for digit in range(10)})


def one_by_one(kind: Kind[object], cell: object) -> tuple[object, str | None]:
    try:
        return kind.parse(cell), None
    except BadCell as bad:
        return None, str(bad)


def wide(text: str) -> str:
    return text.translate(FULL_WIDTH)


@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000", "\u00a0\u200b", "'", "\ufeff", "\r\n"])
@pytest.mark.parametrize("kind", [Text(), SEX, YesNo(), Digits()], ids=repr)
def test_what_eyes_see_as_blank_is_no_value(kind: Kind[object], blank: object) -> None:
    assert kind.parse(blank) is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("  张三 ", "张三"),
        ("张三\u200b\u00a0", "张三"),
        ("'007", "007"),
        ("''=1", "=1"),
        ("‘好’", "‘好’"),
        (wide("崮山镇12号"), "崮山镇12号"),
        ("第一行\r\n第二行", "第一行 第二行"),
        ("王\x07伟", "王伟"),
        (91.0, "91"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (1_500_000, "1500000"),
        (True, "是"),
        (date(2015, 3, 1), "2015-03-01"),
        (datetime.combine(date(2015, 3, 1), time(8, 30)), "2015-03-01 08:30:00"),
    ],
)
def test_text_is_taken_without_what_cannot_be_seen(cell: object, value: str) -> None:
    assert Text().parse(cell) == value


def test_text_of_several_lines_keeps_them_where_lines_are_wanted() -> None:
    assert Text(lines=True).parse("一\r\n二_x000D_\n三") == "一\n二\n三"


@pytest.mark.parametrize("cell", ["3.71002E+17", "3.7100220160509E+017", "3.71002e+17"])
def test_a_number_that_a_spreadsheet_cut_is_no_text(cell: str) -> None:
    with pytest.raises(BadCell, match="后面的数字已丢失"):
        Text(18).parse(cell)


@pytest.mark.parametrize("cell", ["1E5", "3.71E17号", "E+17", "3.7+E"])
def test_text_that_only_looks_a_little_like_a_number_stays(cell: str) -> None:
    assert Text(18).parse(cell) == cell


def test_text_that_is_too_long_says_how_long_it_is() -> None:
    with pytest.raises(BadCell, match="共 4 个字，最多 3 个字，请缩短"):
        Text(max_length=3).parse("一二三四")


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#name?", "Err:502", " #VALUE! "])
@pytest.mark.parametrize("kind", [Text(), SEX, YesNo(), Digits()], ids=repr)
def test_a_formula_error_is_refused_with_its_name(kind: Kind[object], error: str) -> None:
    with pytest.raises(BadCell, match=f"公式错误 {error.strip()}".replace("?", r"\?")):
        kind.parse(error)


@pytest.mark.parametrize("text", ["#1 教学楼", "# 备注", "Err:5020"])
def test_text_that_only_looks_like_an_error_stays(text: str) -> None:
    assert Text().parse(text) == text


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        (SEX, "男", "1"),
        (SEX, "1", "1"),
        (SEX, 1.0, "1"),
        (SEX, 2, "2"),
        (SEX, "1男", "1"),
        (SEX, "1 - 男", "1"),
        (SEX, "男（1）".replace("（", "").replace("）", ""), "1"),
        (SEX, wide("2"), "2"),
        (NATION, " 汉 族 ", "01"),
        (NATION, "01", "01"),
        (NATION, 1, "01"),
        (NATION, 3.0, "03"),
        (NATION, "01.汉族", "01"),
        (NEEDED, True, "1"),
        (NEEDED, False, "0"),
        (Code({"A": "护照", "Z": "其他"}), "a", "A"),
        (Code({"A": "护照", "Z": "其他"}), "\uff3a", "Z"),
    ],
)
def test_a_code_is_found_by_itself_its_label_or_both(kind: Code, cell: object, code: str) -> None:
    assert kind.parse(cell) == code


@pytest.mark.parametrize("cell", ["3", 3, 1.5, "男女", float("inf"), float("nan"), True, -1])
def test_another_code_is_refused_with_what_may_be_filled_in(cell: object) -> None:
    with pytest.raises(BadCell, match="不在可填的范围内，可填：1 男、2 女"):
        SEX.parse(cell)


def test_a_long_table_is_shortened_in_the_message() -> None:
    with pytest.raises(BadCell, match="08 第8项……共 56 项，见“代码”表"):
        LONG.parse("第57项")


def test_a_number_is_padded_only_where_all_codes_have_one_width() -> None:
    mixed = Code({"01": "甲", "002": "乙"})

    with pytest.raises(BadCell):
        mixed.parse(1)


def test_a_label_that_two_codes_share_must_be_given_as_a_code() -> None:
    twice = Code({"1": "其他", "9": "其他"})

    with pytest.raises(BadCell, match="对应不止一个代码，请改填代码"):
        twice.parse("其他")
    assert [twice.parse(twice.shown(code)) for code in twice.codes] == ["1", "9"]


def test_a_code_wins_over_a_label_that_looks_like_it() -> None:
    crossed = Code({"1": "2", "2": "1"})

    assert crossed.parse("1") == "1"
    assert [crossed.parse(crossed.shown(code)) for code in crossed.codes] == ["1", "2"]


@pytest.mark.parametrize(
    "cell", ["是", "Y", "yes", "TRUE", "1", 1, 1.0, True, "√", "有", wide("1")]
)
def test_yes_in_all_its_forms(cell: object) -> None:
    assert YesNo().parse(cell) is True


@pytest.mark.parametrize("cell", ["否", "n", "NO", "False", "0", 0, 0.0, False, "无", "×"])
def test_no_in_all_its_forms(cell: object) -> None:
    assert YesNo().parse(cell) is False


@pytest.mark.parametrize("cell", ["可能", 2, "2", "是否", date(2015, 3, 1), float("nan")])
def test_anything_else_is_neither(cell: object) -> None:
    with pytest.raises(BadCell, match="请填“是”或“否”"):
        YesNo().parse(cell)


def test_stars_are_recognised_as_a_masked_number() -> None:
    assert is_masked("3710**********1234")
    assert is_masked("3710\uff0a\uff0a1234")
    assert not is_masked("371002201501010011")
    assert not is_masked(5.0)


@given(st.text(max_size=40))
def test_text_written_out_is_read_back_the_same(text: str) -> None:
    kind = Text(max_length=40, lines=True)
    try:
        value = kind.parse(text)
    except BadCell:
        return

    assert kind.parse(kind.shown(value)) == value


@given(
    st.lists(
        st.one_of(
            st.none(), st.booleans(), st.integers(-3, 3), st.floats(), st.text(max_size=3),
            st.dates(), st.times(), st.timedeltas(), st.sampled_from(["男", "1", "女 ", "#N/A"]),
        )
    )
)  # fmt: skip
@pytest.mark.parametrize("kind", [SEX, NEEDED, YesNo(), Text(max_length=8)], ids=repr)
def test_a_column_is_parsed_as_its_cells_are(kind: Kind[object], cells: list[object]) -> None:
    column = kind.parse_column(cells)

    faults = dict(column.faults)
    together = [(value, faults.get(place)) for place, value in enumerate(column.values)]
    assert together == [one_by_one(kind, cell) for cell in cells]


def test_true_and_one_are_told_apart_in_a_column() -> None:
    assert Text().parse_column([True, 1, 1.0, "1"]).values == ["是", "1", "1", "1"]


def test_a_synonym_means_its_code_and_never_takes_the_place_of_one() -> None:
    kind = Code({"junior": "初级中学", "1": "其他"}, synonyms={"初中": "junior", "1": "junior"})

    assert [kind.parse(text) for text in ("初中", "初级中学", "1")] == ["junior", "junior", "1"]
    assert kind.shown("junior") == "初级中学"


def test_words_of_ours_are_not_told_as_codes() -> None:
    level = Code({"on_campus": "校内", "in_village": "村居或农户"})

    with pytest.raises(BadCell, match=r"可填：校内、村居或农户$"):
        level.parse("城里")
