"""A PDF holds what it was given, word for word, and its fonts."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengdu.documents.blocks import Block, Comparison, Document, Heading, Paragraph, Table
from gengdu.documents.fonts import Fonts, NoChineseFont, load_fonts
from gengdu.documents.looks import FANG_SONG, HEI_TI, OFFICIAL, WORKING
from gengdu.documents.pdf import _placed, write_pdf
from tests.unit.documents.papers import AT, COLUMNS, every_block, paper


def has_fonts() -> bool:
    try:
        load_fonts()
    except NoChineseFont:
        return False
    return True


needs_fonts = pytest.mark.skipif(not has_fonts(), reason="needs fonts-noto-cjk")


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return load_fonts()


def written(document: Document, fonts: Fonts) -> bytes:
    held = io.BytesIO()
    write_pdf(held, document, at=AT, fonts=fonts)
    return held.getvalue()


def pages(document: Document, fonts: Fonts) -> list[str]:
    """Return the text of each page, without blanks and line ends."""
    opened = pypdfium2.PdfDocument(written(document, fonts))
    texts = [page.get_textpage().get_text_range() for page in opened]
    opened.close()
    return [re.sub(r"\s|\u200b", "", text) for text in texts]


def test_every_kind_of_block_can_be_written() -> None:
    assert set(_placed.registry) - {object} == set(get_args(Block))


@needs_fonts
def test_equal_documents_make_equal_files(fonts: Fonts) -> None:
    document = paper(*every_block())

    assert written(document, fonts) == written(document, load_fonts())


@needs_fonts
def test_the_file_says_what_it_is_whose_and_of_when(fonts: Fonts) -> None:
    opened = pypdfium2.PdfDocument(written(paper(), fonts))

    found = opened.get_metadata_dict()
    opened.close()
    assert (found["Title"], found["Author"]) == ("上半年工作报告", "教育分局")
    assert found["CreationDate"].startswith("D:20260705083000")


@needs_fonts
@pytest.mark.parametrize(
    "at", [AT.replace(tzinfo=None), AT.astimezone(timezone(timedelta(hours=8)))]
)
def test_a_moment_of_another_zone_or_of_none_makes_the_same_file(
    fonts: Fonts, tmp_path: Path, at: datetime
) -> None:
    write_pdf(tmp_path / "a.pdf", paper(), at=at, fonts=fonts)

    assert (tmp_path / "a.pdf").read_bytes() == written(paper(), fonts)


@needs_fonts
@pytest.mark.parametrize("look", [OFFICIAL, WORKING], ids=["official", "working"])
def test_every_block_is_on_the_page(fonts: Fonts, look: object) -> None:
    text = "".join(pages(paper(*every_block(), look=look), fonts))

    for expected in ["上半年工作报告", "（征求意见稿）", "内部资料", "一、工作进展", "千兆进校",
                     "单位：%", "示例小学", "2025年版", "第一条", "第二条", "崮山镇中心校",
                     "2026年7月5日", "负责人（签字）", "年月日"]:  # fmt: skip
        assert expected in text


@needs_fonts
def test_an_official_paper_numbers_its_pages_between_dashes(fonts: Fonts) -> None:
    texts = pages(paper(*every_block()), fonts)

    assert [f"—{number}—" in text for number, text in enumerate(texts, start=1)] == [True] * 2


@needs_fonts
def test_a_working_paper_says_on_each_page_whose_it_is_of_when_and_x_of_y(fonts: Fonts) -> None:
    texts = pages(paper(*every_block(), look=WORKING), fonts)

    for number, text in enumerate(texts, start=1):
        assert text.endswith(f"教育分局2026年7月5日第{number}页共{len(texts)}页")
    assert texts[1].startswith("上半年工作报告")


@needs_fonts
def test_pages_are_a4_upright_or_across(fonts: Fonts) -> None:
    sizes = []
    for across in (False, True):
        opened = pypdfium2.PdfDocument(written(paper(across=across), fonts))
        sizes.append([round(side / 72 * 25.4) for side in opened[0].get_size()])
        opened.close()

    assert sizes == [[210, 297], [297, 210]]


@needs_fonts
def test_a_table_repeats_its_header_on_each_page(fonts: Fonts) -> None:
    rows = [[f"第{number}行", "1"] for number in range(120)]

    texts = pages(paper(Table(COLUMNS, rows), look=WORKING), fonts)

    assert len(texts) > 2
    assert all("指标现值" in text for text in texts)
    assert all(f"第{number}行" in "".join(texts) for number in range(120))


@needs_fonts
def test_a_table_without_rows_says_so(fonts: Fonts) -> None:
    assert "无记录" in pages(paper(Table(COLUMNS, [], when_empty="无记录")), fonts)[0]


MARKUP = ["#let x = 1", "*强调* _斜体_", "= 标题", "$x_1^2$", "@引用 <标签>", "// 注释", "`码`",
          "\\u{41}", "#read(\"/etc/passwd\")", "[括号] {代码}", "\"引号\" -- --- ...", "~", "+ 项",
          "https://example.org/*"]  # fmt: skip


@needs_fonts
@pytest.mark.parametrize("text", MARKUP)
def test_nothing_that_a_user_writes_is_read_as_markup(fonts: Fonts, text: str) -> None:
    document = paper(
        Heading(1, text), Paragraph(text), Table(COLUMNS, [[text, text]], title=text, note=text),
        Comparison(text, text), title=text, unit=text,
    )  # fmt: skip

    found = "".join(pages(document, fonts))
    assert found.count(re.sub(r"\s", "", text)) >= 8


@needs_fonts
@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=30))
def test_any_text_in_any_place_makes_a_file(text: str) -> None:
    document = paper(*every_block(text), title=text, unit=text, subtitle=text, note=text)

    assert written(document, load_fonts()).startswith(b"%PDF-")


@needs_fonts
def test_a_long_word_does_not_leave_its_cell(fonts: Fonts) -> None:
    narrow = paper(Table(COLUMNS, [["甲", "a" * 90]], title="表"), look=WORKING)
    opened = pypdfium2.PdfDocument(written(narrow, fonts))

    page = opened[0].get_textpage()
    right = max(page.get_rect(place)[2] for place in range(page.count_rects()))
    page.close()
    opened.close()
    assert right < (210 - 18) / 25.4 * 72


def test_without_a_chinese_font_it_is_said_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(NoChineseFont, match="fonts-noto-cjk") as raised:
        load_fonts([tmp_path], usual=())

    assert str(tmp_path) in str(raised.value)


def test_the_fonts_of_the_office_come_before_those_that_stand_in() -> None:
    fonts = Fonts(loaded=None, families=frozenset(["Noto Serif CJK SC", "FangSong_GB2312"]))  # type: ignore[arg-type]

    assert fonts.of(FANG_SONG) == ["FangSong_GB2312", "Noto Serif CJK SC"]
    assert fonts.of(HEI_TI)[0] == "Noto Serif CJK SC"
