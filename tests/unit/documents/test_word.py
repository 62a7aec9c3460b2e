"""A Word file holds what it was given, on the pages that official documents have."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import docx
import pypdfium2
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from gengdu.documents.blocks import Block, Comparison, Document, Heading, Paragraph, Table
from gengdu.documents.characters import printable
from gengdu.documents.looks import WORKING
from gengdu.documents.word import _written, write_word
from tests.unit.documents.papers import AT, COLUMNS, every_block, paper


def written(document: Document) -> bytes:
    held = io.BytesIO()
    write_word(held, document, at=AT)
    return held.getvalue()


def opened(document: Document) -> WordDocument:
    return docx.Document(io.BytesIO(written(document)))


def parts(document: Document) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(written(document))) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_equal_documents_make_equal_files() -> None:
    assert written(paper(*every_block())) == written(paper(*every_block()))


def test_a_path_and_a_stream_hold_the_same(tmp_path: Path) -> None:
    write_word(tmp_path / "a.docx", paper(), at=AT)

    assert (tmp_path / "a.docx").read_bytes() == written(paper())


def test_every_kind_of_block_can_be_written() -> None:
    assert set(_written.registry) - {object} == set(get_args(Block))


def test_nothing_of_a_template_is_left() -> None:
    found = parts(paper())

    assert not re.search("python-docx|Calibri|Cambria|asciiTheme|MS", "".join(found.values()))
    assert not [name for name in found if re.search("theme|thumbnail|customXml|app", name)]


def test_the_file_says_what_it_is_whose_and_of_when() -> None:
    properties = opened(paper()).core_properties

    assert (properties.title, properties.author) == ("上半年工作报告", "教育分局")
    assert properties.created == properties.modified == AT
    assert (properties.last_modified_by, properties.comments) == ("", "")


def test_the_page_is_a4_with_the_margins_of_official_documents() -> None:
    section = opened(paper()).sections[0]

    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin,
             section.bottom_margin, section.right_margin)  # fmt: skip
    expected = [Mm(length) for length in (210, 297, 37, 28, 35, 26)]
    assert all(abs(side - wanted) < Pt(0.1) for side, wanted in zip(sides, expected, strict=True))


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [("Title", "方正小标宋简体", 22), ("Body Text", "仿宋_GB2312", 16), ("Heading 1", "黑体", 16),
     ("Heading 2", "楷体_GB2312", 16), ("Heading 3", "仿宋_GB2312", 16)],
)  # fmt: skip
def test_chinese_text_is_set_in_the_fonts_of_official_documents(
    style: str, font: str, points: int
) -> None:
    found = opened(paper()).styles[style]

    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert found.font.size == Pt(points)  # type: ignore[attr-defined]


def test_22_lines_of_28_characters_fit_a_page() -> None:
    style = opened(paper()).styles["Body Text"]
    spacing = style.element.rPr.find(qn("w:spacing"))

    width = 16 + int(spacing.get(qn("w:val"))) / 20
    height = style.paragraph_format.line_spacing  # type: ignore[attr-defined]
    assert 28 * width <= 156 / 25.4 * 72 < 29 * width
    assert 22 * height <= Mm(225) < 23 * height


def test_page_numbers_stand_between_dashes_at_the_outer_edge() -> None:
    word = opened(paper())

    odd, even = word.sections[0].footer, word.sections[0].even_page_footer
    assert word.settings.odd_and_even_pages_header_footer
    assert [footer.paragraphs[0].text for footer in (odd, even)] == ["— 1 —", "— 1 —"]
    aligned = [footer._element.find(f".//{qn('w:jc')}").get(qn("w:val")) for footer in (odd, even)]
    assert aligned == ["right", "left"]


def test_a_working_paper_says_whose_it_is_of_which_day_and_page_x_of_y() -> None:
    word = opened(paper(look=WORKING))

    assert word.sections[0].footer.paragraphs[0].text == "教育分局\t2026年7月5日\t第 1 页 共 1 页"
    assert word.sections[0].header.paragraphs[0].text == "上半年工作报告"
    assert word.sections[0].first_page_header.paragraphs[0].text == ""


def test_the_paper_can_lie_on_its_long_side() -> None:
    section = opened(paper(across=True)).sections[0]

    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height


def test_a_table_repeats_its_header_and_does_not_split_its_rows() -> None:
    table = opened(paper(Table(COLUMNS, [["千兆进校", "100%"]]))).tables[0]

    assert [cell.text for row in table.rows for cell in row.cells] == [
        "指标", "现值", "千兆进校", "100%",
    ]  # fmt: skip
    rows = [row._tr.trPr for row in table.rows]
    assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, False]
    assert all(row.find(qn("w:cantSplit")) is not None for row in rows)


def test_a_table_is_as_wide_as_the_lines_and_shares_it_out() -> None:
    table = opened(paper(Table(COLUMNS, []))).tables[0]

    first, second = (column.width for column in table.columns)
    assert first is not None
    assert second is not None
    assert abs(first + second - Mm(156)) < Pt(0.1)
    assert abs(first - 3 * second) < Pt(0.2)


def test_a_table_without_rows_says_so() -> None:
    table = opened(paper(Table(COLUMNS, [], when_empty="无记录"))).tables[0]

    assert table.rows[1].cells[0].text == "无记录"


def test_changes_are_struck_through_or_underlined() -> None:
    table = opened(paper(Comparison("共12所。", "共15所。"))).tables[0]

    old, new = (cell.paragraphs[0].runs for cell in table.rows[1].cells)
    assert [run.text for run in old if run.font.strike] == ["12"]
    assert [run.text for run in new if run.font.underline] == ["15"]


def test_every_line_of_a_text_is_a_paragraph() -> None:
    word = opened(paper(Paragraph("甲\n乙")))

    assert [paragraph.text for paragraph in word.paragraphs][-2:] == ["甲", "乙"]


HOSTILE = ["\x00\x0b\ud800\ufffe", "</w:t><w:br/>", "&lt;&#0;", "]]>", "<![CDATA[", " 　空 白 "]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_file_or_becomes_part_of_it(text: str) -> None:
    word = opened(paper(Heading(1, text), Paragraph(f"甲{text}乙")))

    assert word.paragraphs[-1].text == printable(f"甲{text}乙")


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=30))
def test_any_text_in_any_place_makes_a_file_that_opens(text: str) -> None:
    document = paper(*every_block(text), title=text, unit=text, subtitle=text, note=text)

    for name, part in parts(document).items():
        assert ElementTree.fromstring(part) is not None, name


def has_writer() -> bool:
    """Tell whether LibreOffice is here, and the part of it that opens Word files."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / "libswlo.so").exists()


@pytest.mark.skipif(not has_writer(), reason="needs libreoffice-writer")
def test_libreoffice_opens_it_and_shows_every_text(tmp_path: Path) -> None:
    write_word(tmp_path / "a.docx", paper(*every_block()), at=AT)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    pages = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    texts = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pages]
    pages.close()
    for text in ["上半年工作报告", "（征求意见稿）", "一、工作进展", "千兆进校", "示例小学",
                 "2025年版", "崮山镇中心校", "2026年7月5日", "—1—"]:  # fmt: skip
        assert text in "".join(texts)
    assert "单位（盖章）" in texts[-1]
