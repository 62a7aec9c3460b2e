"""The text of a notice comes out of every kind of file, or a clear refusal does."""

from __future__ import annotations

import contextlib
import io
import os
import random
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
import typst
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from gengdu.documents import blocks, fonts, word
from gengdu.notices import files, office, word_numbering
from gengdu.notices.files import Unreadable, text_of

NOTICE = "关于印发方案的通知\n一、工作目标\n到2025年，覆盖率达到95%以上。（教育局、财政局）"


def skip_without_writer() -> None:
    """Skip where LibreOffice, or the part of it that opens texts, is missing."""
    try:
        office.as_docx(b"{\\rtf1 a}", ".rtf")
    except Unreadable:
        pytest.skip("LibreOffice Writer is not installed")


def saved(document: Document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


class TestPlainText:
    @pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-16"])
    def test_every_usual_encoding_is_read(self, encoding: str) -> None:
        assert text_of(NOTICE.encode(encoding), "a.txt") == NOTICE

    def test_a_utf8_file_is_its_own_text_and_its_mark_counts_as_no_character(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "notice.txt"
        raw = "\r\n 第一行  \t甲\n\n"
        path.write_bytes(b"\xef\xbb\xbf" + raw.encode())

        assert text_of(path, path.name) == raw

    def test_another_encoding_is_refused_with_the_way_out(self) -> None:
        with pytest.raises(Unreadable, match="UTF-8"):
            text_of(b"\x81\x20\xff" * 20, "a.txt")

    @pytest.mark.parametrize("held", [b"", b" \r\n\t", "——。".encode()])
    def test_a_file_without_words_is_refused(self, held: bytes) -> None:
        with pytest.raises(Unreadable, match="没有文字"):
            text_of(held, "a.txt")

    def test_a_program_is_no_notice(self) -> None:
        with pytest.raises(Unreadable, match="不是文字文件"):
            text_of(b"\x00\x01\x02abc" * 100, "a.txt")

    def test_a_path_that_leads_nowhere_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(Unreadable, match="读不到文件"):
            text_of(tmp_path / "none.txt")


class TestWord:
    def test_paragraphs_and_tables_come_in_order(self) -> None:
        document = docx.Document()
        document.add_paragraph("一、任务分解")
        table = document.add_table(2, 3)
        for cell, words in zip(
            table._cells, ["序号", "任务", "责任单位", "1", "建设学校", ""], strict=True
        ):
            cell.text = words
        table.cell(1, 2).text = "县教育局"
        table.cell(1, 2).add_paragraph("县财政局")
        document.add_paragraph("二、要求")

        assert text_of(saved(document), "a.docx").splitlines() == [
            "一、任务分解",
            "序号\t任务\t责任单位",
            "1\t建设学校\t县教育局、县财政局",
            "二、要求",
        ]

    def test_line_breaks_and_tabs_of_a_paragraph_stay_outside_tables(self) -> None:
        document = docx.Document()
        document.add_paragraph("关于印发\n方案的通知").add_run("\t附件")

        assert text_of(saved(document)) == "关于印发\n方案的通知\u3000附件"

    def test_insertions_stay_and_deletions_go(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("到")
        paragraph._p.append(tracked("ins", "w:t", "2026年"))
        paragraph._p.append(tracked("del", "w:delText", "2025年"))
        paragraph.add_run("建成。")

        assert text_of(saved(document)) == "到2026年建成。"

    def test_a_struck_out_paragraph_end_joins_its_neighbours(self) -> None:
        document = docx.Document()
        first = document.add_paragraph("坚持市域")
        first._p.get_or_add_pPr().append(parse_xml(
            f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="a" w:date="2023-01-01T00:00:00Z"/></w:rPr>'
        ))  # fmt: skip
        document.add_paragraph("指导。")

        assert text_of(saved(document)) == "坚持市域指导。"

    def test_hidden_words_and_field_codes_are_left_out(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("第")
        paragraph.add_run("看不见").font.hidden = True
        instruction = OxmlElement("w:instrText")
        instruction.text = " PAGE \\* MERGEFORMAT "
        paragraph.add_run()._r.append(instruction)
        paragraph.add_run("1条")

        assert text_of(saved(document)) == "第1条"

    def test_a_text_box_is_read_once(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("正文。")
        paragraph.add_run()._r.append(parse_xml(BOX))

        assert text_of(saved(document)).splitlines() == ["正文。", "示例县人民政府文件"]

    def test_a_link_and_a_content_control_are_read(self) -> None:
        document = docx.Document()
        body = document.element.body
        body.insert(0, parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtContent><w:p><w:hyperlink><w:r><w:t>标题</w:t></w:r>'
            "</w:hyperlink></w:p></w:sdtContent></w:sdt>"
        ))  # fmt: skip

        assert text_of(saved(document)).startswith("标题")

    def test_our_own_documents_come_back_as_they_were_written(self) -> None:
        held = io.BytesIO()
        word.write_word(
            held,
            blocks.Document(
                title="示例方案",
                blocks=[
                    blocks.Heading(1, "一、工作目标"),
                    blocks.Paragraph("到2025年建成。"),
                    blocks.Table(
                        [blocks.Column("任务"), blocks.Column("单位")], [["建校", "教育局"]]
                    ),
                ],
            ),
            at=datetime(2024, 1, 1, tzinfo=UTC),
        )

        lines = text_of(held.getvalue()).splitlines()

        assert [line for line in lines if line] == [
            "示例方案", "一、工作目标", "到2025年建成。", "任务\t单位", "建校\t教育局",
        ]  # fmt: skip


def tracked(kind: str, tag: str, words: str) -> object:
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="7" w:author="a" w:date="2023-01-01T00:00:00Z">'
        f"<w:r><{tag}>{words}</{tag}></w:r></w:{kind}>"
    )


BOX = f"""
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" {nsdecls("w", "a")}
  xmlns:v="urn:schemas-microsoft-com:vml">
  <mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>示例县人民政府文件</w:t></w:r></w:p>
  </w:txbxContent></wps:txbx></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>示例县人民政府文件</w:t></w:r></w:p>
  </w:txbxContent></v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent>"""


class TestNumbersOfWord:
    def test_the_usual_levels_are_counted_and_start_again_under_each_other(self) -> None:
        document = numbered_document(
            [
                ("chineseCounting", "%1、"),
                ("chineseCounting", "（%2）"),
                ("decimal", "%3."),
                ("decimal", "（%4）"),
            ]
        )
        for level, words in [
            (0, "目标"),
            (0, "任务"),
            (1, "甲"),
            (2, "子"),
            (2, "丑"),
            (3, "细"),
            (1, "乙"),
            (2, "寅"),
        ]:
            add_numbered(document, words, level)

        assert text_of(saved(document)).splitlines() == [
            "一、目标", "二、任务", "（一）甲", "1.子", "2.丑", "（1）细", "（二）乙", "1.寅",
        ]  # fmt: skip

    def test_a_number_may_name_the_levels_above_it(self) -> None:
        document = numbered_document([("chineseCounting", "%1、"), ("decimal", "%1.%2")], legal={1})
        for level, words in [(0, "甲"), (1, "子"), (1, "丑")]:
            add_numbered(document, words, level)

        assert text_of(saved(document)).splitlines() == ["一、甲", "1.1子", "1.2丑"]

    def test_articles_stand_apart_from_their_words(self) -> None:
        document = numbered_document([("chineseCountingThousand", "第%1条")])
        for number in range(12):
            add_numbered(document, f"内容{number}", 0)

        assert text_of(saved(document)).splitlines()[10] == "第十一条\u3000内容10"

    def test_a_list_may_start_elsewhere_and_start_again(self) -> None:
        document = numbered_document([("decimal", "%1.")], start=18)
        add_numbered(document, "甲", 0)
        add_numbered(document, "乙", 0)
        restart(document, at=1)
        add_numbered(document, "丙", 0, key=2)

        assert text_of(saved(document)).splitlines() == ["18.甲", "19.乙", "1.丙"]

    def test_a_style_gives_its_number_and_zero_takes_it_away(self) -> None:
        document = numbered_document([("chineseCounting", "%1、")])
        style = document.styles.add_style("标题一", 1)
        style.element.get_or_add_pPr().append(parse_xml(
            f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))  # fmt: skip
        document.add_paragraph("甲", style="标题一")
        add_numbered(document, "不编号", 0, key=0)
        document.add_paragraph("乙", style="标题一")

        assert text_of(saved(document)).splitlines() == ["一、甲", "不编号", "二、乙"]

    def test_a_bullet_is_no_number(self) -> None:
        document = numbered_document([("bullet", "\uf06c")])
        add_numbered(document, "要点", 0)

        assert text_of(saved(document)) == "要点"

    @pytest.mark.parametrize(
        ("form", "number", "words"),
        [
            ("chineseCounting", 21, "二十一"),
            ("ideographTraditional", 3, "丙"),
            ("ideographZodiac", 1, "子"),
            ("chineseLegalSimplified", 12, "拾贰"),
            ("decimalEnclosedCircleChinese", 2, "②"),
            ("decimalEnclosedParen", 3, "⑶"),
            ("decimalFullWidth", 10, "１０"),
            ("ideographDigital", 20, "二〇"),
            ("upperRoman", 9, "IX"),
            ("lowerLetter", 27, "aa"),
            ("decimalEnclosedCircle", 99, "99"),
            ("somethingNew", 5, "5"),
        ],
    )
    def test_each_form_is_written_as_word_shows_it(
        self, form: str, number: int, words: str
    ) -> None:
        assert word_numbering.written(number, form) == words


def numbered_document(
    levels: list[tuple[str, str]], *, start: int = 1, legal: set[int] | None = None
) -> Document:
    document = docx.Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    made = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'{"<w:isLgl/>" if level in (legal or set()) else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    root.append(
        parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="5">{made}</w:abstractNum>')
    )
    root.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="5"/></w:num>'))  # fmt: skip
    return document


def restart(document: Document, *, at: int) -> None:
    document.part.numbering_part.element.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="2"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{at}"/></w:lvlOverride></w:num>'))  # fmt: skip


def add_numbered(document: Document, words: str, level: int, key: int = 1) -> None:
    properties = document.add_paragraph(words)._p.get_or_add_pPr()
    properties.append(parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'))  # fmt: skip


class TestWebPages:
    def test_words_come_without_scripts_menus_and_hidden_parts(self) -> None:
        page = (
            "<html><head><title>网站</title><style>p{}</style></head><body><nav>首页</nav>"
            "<script>var a = '到2099年达到100%';</script><!-- 备注 --><p>关于&ldquo;双减&rdquo;<br>的&nbsp;通知</p>"
            "<p style='display:none'>看不见</p><div>一、<b>目标</b></div><footer>版权</footer></body></html>"
        )

        assert text_of(page.encode(), "a.html").splitlines() == [
            "关于“双减”",
            "的\xa0通知",
            "一、目标",
        ]

    @pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8"])
    def test_the_page_says_how_its_letters_are_written(self, charset: str) -> None:
        page = f'<html><meta http-equiv="Content-Type" content="text/html; charset={charset}"><p>镕基通知</p>'
        encoding = "gb18030" if charset.startswith("gb") else charset

        assert text_of(page.encode(encoding), "a.htm").strip() == "镕基通知"

    def test_a_table_is_rows_of_cells(self) -> None:
        page = (
            "<table><thead><tr><th>任务</th><th>责任<br>单位</th></tr></thead>"
            "<tr><td><p>建设</p><p>学校</p></td><td><p>县教育局</p><p>县财政局</p></td></tr></table><p>完</p>"
        )

        assert text_of(page.encode(), "a.html").splitlines() == [
            "任务\t责任单位", "建设学校\t县教育局、县财政局", "完",
        ]  # fmt: skip

    def test_the_numbers_of_a_list_stand_in_the_text(self) -> None:
        page = "<ol start=3><li>甲</li><li>乙</li></ol><ol style='list-style-type:cjk-ideographic'><li>丙</ol>"

        assert text_of(page.encode(), "a.html").splitlines() == ["3.甲", "4.乙", "一、丙"]

    def test_a_page_under_the_name_of_word_is_read(self) -> None:
        assert text_of("<html><body><p>通知</p></body></html>".encode(), "a.doc") == "通知"

    def test_a_saved_web_archive_is_read(self) -> None:
        archive = (
            (
                b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=xx\n\n--xx\n"
                b"Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: 8bit\n\n"
            )
            + "<html><p>通知正文</p></html>".encode("gb2312")
            + b"\n--xx--\n"
        )

        assert text_of(archive, "a.doc").strip() == "通知正文"

    @pytest.mark.parametrize(
        "piece", ["<div>", "<table><tr><td>", "<!--", "<ol><li>", "&#", "<b", "</p>"]
    )
    def test_a_page_of_nothing_but_marks_takes_no_time(self, piece: str) -> None:
        page = "<html>通知" + piece * (400_000 // len(piece))

        with contextlib.suppress(Unreadable):
            assert isinstance(text_of(page.encode(), "a.html"), str)


class TestPdf:
    def test_lines_and_ruled_tables_are_read(self) -> None:
        lines = text_of(pdf(PRINTED), "a.pdf").splitlines()

        assert "一、工作目标" in lines
        assert "序号\t任务\t责任单位" in lines
        assert any(
            line.startswith("1\t建设乡村学校") and line.endswith("\t县教育局") for line in lines
        )
        assert (
            lines.index("一、工作目标")
            < lines.index("序号\t任务\t责任单位")
            < lines.index("二、要求")
        )

    def test_the_number_of_a_page_goes(self) -> None:
        assert text_of(pdf('#set page(numbering: "1")\n通知正文')).strip() == "通知正文"

    def test_a_picture_of_a_notice_is_refused_with_the_way_out(self) -> None:
        with pytest.raises(Unreadable, match="OCR"):
            text_of(pdf("#rect(width: 3cm, height: 3cm, fill: red)"))


PRINTED = """
#set page(width: 16cm)
一、工作目标

#table(columns: (1.5cm, 4cm, 4cm), [序号], [任务], [责任单位],
  [1], [建设乡村学校并且配齐配强各学科教师队伍], [县教育局])

二、要求
"""


def pdf(source: str) -> bytes:
    made = typst.compile(
        ('#set text(font: "Noto Serif CJK SC", lang: "zh")\n' + source).encode(),
        font_paths=fonts.load_fonts().loaded,
    )
    assert isinstance(made, bytes)
    return made


class TestOldWord:
    @pytest.mark.parametrize(("kind", "mark"), [("doc", "、"), ("rtf", "."), ("odt", "、")])
    def test_an_old_file_is_read_with_its_numbers(
        self, kind: str, mark: str, tmp_path: Path
    ) -> None:
        """LibreOffice itself writes 、 in the numbers of an .rtf as a question mark."""
        skip_without_writer()
        document = numbered_document([("chineseCounting", f"%1{mark}")])
        add_numbered(document, "工作目标", 0)
        source = tmp_path / "notice.docx"
        source.write_bytes(saved(document))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path]
        subprocess.run([*command, source], check=True, capture_output=True, timeout=120)

        assert text_of(tmp_path / f"notice.{kind}").strip() == f"一{mark}工作目标"

    def test_what_libreoffice_makes_of_an_old_file_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document = docx.Document()
        document.add_paragraph("工作目标")
        (tmp_path / "made.docx").write_bytes(saved(document))
        # Stands in for LibreOffice where it is not installed; takes the same words.
        program = tmp_path / "soffice"
        program.write_text(
            '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n'
            f'mkdir "$2" && cp {tmp_path}/made.docx "$2/notice.docx"\n'
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")

        assert text_of(old, "a.doc") == "工作目标"

    def test_a_file_that_libreoffice_cannot_open_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "soffice").write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / "soffice").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

        with pytest.raises(Unreadable, match=r"另存为 \.docx"):
            text_of(b"{\\rtf1 x}", "a.rtf")

    def test_without_libreoffice_the_way_out_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")

        with pytest.raises(Unreadable, match=r"另存为 \.docx"):
            office.as_docx(b"x", ".doc")

    def test_an_old_spreadsheet_is_no_notice(self) -> None:
        with pytest.raises(Unreadable, match="不是 Word 文件"):
            text_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc")


class TestRefusals:
    @pytest.mark.parametrize(
        "held", [b"\x89PNG\r\n\x1a\n1234", b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c"]
    )
    def test_pictures_and_archives_are_named(self, held: bytes) -> None:
        with pytest.raises(Unreadable, match=r"图片|压缩包"):
            text_of(held, "a.docx")

    def test_a_bomb_is_not_unpacked(self) -> None:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("word/document.xml", b" " * 300_000_000)

        with pytest.raises(Unreadable, match="太大"):
            text_of(held.getvalue(), "a.docx")

    def test_entities_do_not_multiply(self) -> None:
        inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(12))
        xml = f"<!DOCTYPE d [{inner}]><w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>甲&e11;</w:t></w:r></w:p></w:body></w:document>"

        with contextlib.suppress(Unreadable):
            assert len(text_of(package({"word/document.xml": xml}))) < 100

    def test_a_workbook_is_no_notice(self) -> None:
        with pytest.raises(Unreadable, match="这是 Excel 表格，请另存为 Word、PDF 或文本"):
            text_of(package({"xl/workbook.xml": "<a/>"}), "a.xlsx")

    def test_too_large_a_file_is_refused_by_its_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "MOST_BYTES", 10)

        with pytest.raises(Unreadable, match="最多"):
            text_of(b"a" * 11)


def package(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return held.getvalue()


STARTS = [
    b"",
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"<html>",
    b"MIME-Version: 1.0\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"BM",
]


@settings(max_examples=300, deadline=None)
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400))
def test_random_bytes_are_text_or_refused(start: bytes, rest: bytes) -> None:
    told = "。"
    try:
        text_of(start + rest, "a.txt")
    except Unreadable as refusal:
        told = str(refusal)

    assert told.endswith("。")


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_a_spoilt_file_is_text_or_refused(kind: str) -> None:
    document = numbered_document([("chineseCounting", "%1、")])
    add_numbered(document, "工作目标", 0)
    whole = {
        "docx": lambda: saved(document),
        "pdf": lambda: pdf(PRINTED),
        "html": lambda: b"<html><ol><li>a<table><tr><td>b</table></ol></html>" * 20,
    }[kind]()
    chance = random.Random(6)
    for _ in range(60):
        held = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            held[chance.randrange(len(held))] = chance.randrange(256)
        with contextlib.suppress(Unreadable):
            assert isinstance(text_of(bytes(held[: chance.randrange(1, len(held))])), str)


def test_a_spoilt_part_of_word_is_text_or_refused() -> None:
    document = numbered_document([("chineseCounting", "%1、")])
    add_numbered(document, "工作目标", 0)
    xml = document.element.xml
    chance = random.Random(7)
    for _ in range(80):
        at, length = chance.randrange(len(xml)), chance.randint(1, 40)
        spoilt = xml[:at] + xml[at + length :]
        with contextlib.suppress(Unreadable):
            assert isinstance(text_of(package({"word/document.xml": spoilt})), str)


def test_a_table_that_only_places_a_notice_on_a_page_keeps_its_paragraphs(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body><table><tr><td><table><tr><td>发文机关：</td><td>甲县人民政府</td></tr></table>"
        "<table><tr><td><p>关于办好学校的通知</p><p>一、要求</p>"
        + "<p>1.建设学校。要抓紧实施，按期完成各项任务。（县教育局）</p>" * 8
        + "</td></tr><tr><td></td></tr></table></td></tr></table></body></html>",
        encoding="utf-8",
    )

    lines = files.text_of(page, page.name).split("\n")

    assert lines[:3] == ["发文机关：\t甲县人民政府", "关于办好学校的通知", "一、要求"]
    assert len([line for line in lines if line.startswith("1.")]) == 8
