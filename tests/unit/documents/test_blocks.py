"""Documents are numbered, signed and cleaned the same way whichever file they become."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.documents.blocks import Block, Column, Heading, Paragraph, Table, day_zh, numbered
from gengdu.documents.characters import lines, on_one_line, printable, visible
from gengdu.documents.signing import indents, width


def test_each_level_is_numbered_in_its_own_way_and_begins_anew_under_a_higher_one() -> None:
    blocks: list[Block] = [Heading(1, "甲"), Heading(2, "乙"), Heading(2, "丙"), Heading(3, "丁"),
                           Heading(4, "戊"), Heading(1, "己"), Heading(2, "庚")]  # fmt: skip

    texts = [block.text for block in numbered(blocks) if isinstance(block, Heading)]

    assert texts == ["一、甲", "（一）乙", "（二）丙", "1.丁", "（1）戊", "二、己", "（一）庚"]


def test_what_is_no_heading_stays_as_it_is() -> None:
    blocks: list[Block] = [Paragraph("甲"), Heading(1, "乙")]

    assert numbered(blocks)[0] is blocks[0]


def test_a_row_of_too_few_cells_is_told_by_its_number() -> None:
    with pytest.raises(ValueError, match="row 2 has 1 cells, expected 2"):
        Table([Column("甲"), Column("乙")], [["1", "2"], ["3"]])


@pytest.mark.parametrize("columns", [[], [Column("甲", 0)]])
def test_a_table_without_width_is_refused(columns: list[Column]) -> None:
    with pytest.raises(ValueError, match="width above 0"):
        Table(columns, [])


def test_a_day_has_no_leading_zeros() -> None:
    assert day_zh(date(2026, 1, 5)) == "2026年1月5日"


@pytest.mark.parametrize("unit", ["局", "教育分局", "威海经济技术开发区教育分局"])
def test_under_a_seal_the_name_stands_centred_above_the_day(unit: str) -> None:
    unit_end, day_end = indents(unit, "2026年7月5日", sealed=True)

    assert unit_end + width(unit) / 2 == day_end + width("2026年7月5日") / 2
    assert day_end == 4


def test_a_name_too_long_for_its_day_reaches_the_edge_and_no_further() -> None:
    unit_end, day_end = indents("长" * 20, "2026年7月5日", sealed=True)

    assert (unit_end, day_end) == (0, 7)


@pytest.mark.parametrize("unit", ["局", "教育分局", "威海经济技术开发区教育分局"])
def test_without_a_seal_the_day_begins_two_characters_after_the_name(unit: str) -> None:
    unit_end, day_end = indents(unit, "2026年7月5日", sealed=False)

    unit_start, day_start = unit_end + width(unit), day_end + width("2026年7月5日")
    assert unit_start - day_start == 2
    assert min(unit_end, day_end) == 2


@given(st.text(st.characters()))
def test_printable_text_goes_through_xml_unchanged(text: str) -> None:
    held = ElementTree.Element("t")
    held.text = printable(text)

    back = ElementTree.fromstring(ElementTree.tostring(held, encoding="utf-8")).text or ""

    assert back == printable(text)
    assert printable(printable(text)) == printable(text)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe",
                                       "\u202e", "\u2066"])  # fmt: skip
def test_what_breaks_a_file_or_turns_what_is_read_is_left_out(character: str) -> None:
    assert printable(f"甲{character}乙") == "甲乙"


@pytest.mark.parametrize("character", ["\t", "\U00020bb7", "\U0001f600", "é", "　"])
def test_what_can_be_printed_stays(character: str) -> None:
    assert printable(f"甲{character}乙") == f"甲{character}乙"


def test_every_kind_of_line_end_ends_a_line() -> None:
    assert lines("甲\r\n乙\r丙\u2028丁\n\n戊") == ["甲", "乙", "丙", "丁", "戊"]


def test_a_text_on_one_line_has_no_line_ends_and_single_spaces() -> None:
    assert on_one_line("甲\n\n 乙\t丙 ") == "甲 乙 丙"


def test_the_name_of_a_file_holds_only_what_shows() -> None:
    assert visible("证\u200b书\ue000.jpg") == "证书.jpg"
