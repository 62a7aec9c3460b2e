"""The frame of a Word file: paper, settings, page numbers, and nothing of a template."""

from __future__ import annotations

from datetime import UTC, datetime

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from gengdu.documents.blocks import Document, day_zh
from gengdu.documents.characters import on_one_line
from gengdu.documents.looks import A4_MM
from gengdu.documents.word_parts import Element, field_runs, mm, node, paragraph, text_run, twips
from gengdu.documents.word_styles import set_fonts, set_styles

OFFICIAL_FOOT_MM = 25  # sets the dashes 7 mm under the text (7.5), half a line being 2.8 mm
WORKING_FOOT_MM = 10
_KEPT = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)


def new_document(document: Document, at: datetime) -> WordDocument:
    """Return an empty Word document with paper, styles and feet, and no template behind it."""
    word = docx.Document()
    _drop_template(word)
    _set_properties(word, document, at)
    set_styles(word, document.look)
    _set_settings(word, document)
    set_fonts(word, document.look)
    _set_paper(word, document)
    (_set_official_feet if document.look.is_official else _set_working_feet)(word, document)
    return word


def text_width(document: Document) -> int:
    """Return the width of the lines, in twips."""
    _, right, _, left = _margins(document)
    return mm(A4_MM[1] if document.across else A4_MM[0]) - mm(left) - mm(right)


def _margins(document: Document) -> tuple[float, float, float, float]:
    """Return top, right, bottom and left in millimetres; across, the binding side is on top."""
    top, binding, bottom, outer = document.look.margins_mm
    return (binding, top, outer, bottom) if document.across else (top, outer, bottom, binding)


def _drop_template(word: WordDocument) -> None:
    package = word.part.package
    assert package is not None
    for key, relation in list(word.part.rels.items()):
        if relation.reltype not in _KEPT:
            del word.part.rels[key]
    for key, relation in list(package.rels.items()):
        if relation.reltype != RELATIONSHIP_TYPE.OFFICE_DOCUMENT:
            del package.rels[key]


def _set_properties(word: WordDocument, document: Document, at: datetime) -> None:
    moment = at.astimezone(UTC) if at.tzinfo else at
    properties = word.core_properties  # made new: those of the template went with it
    properties.title = on_one_line(document.title)[:255]
    properties.author = on_one_line(document.unit)[:255]
    properties.comments = properties.last_modified_by = ""
    properties.language = "zh-CN"
    properties.revision = 1
    properties.created = properties.modified = moment.replace(microsecond=0)


def _set_settings(word: WordDocument, document: Document) -> None:
    settings: Element = word.settings.element
    for child in list(settings):
        settings.remove(child)
    address = "http://schemas.microsoft.com/office/word"
    modern = node("compatSetting", name="compatibilityMode", uri=address, val=15)
    is_bound = document.look.is_official and not document.across
    wanted = [
        node("zoom", percent=100),
        *([node("mirrorMargins")] if is_bound else []),
        node("defaultTabStop", val=420),
        *([node("evenAndOddHeaders")] if is_bound else []),
        node("characterSpacingControl", val="compressPunctuation"),
        node("compat", node("useFELayout"), modern),
        node("themeFontLang", val="en-US", eastAsia="zh-CN"),
        node("decimalSymbol", val="."),
        node("listSeparator", val=","),
    ]
    for child in wanted:
        settings.append(child)


def _set_paper(word: WordDocument, document: Document) -> None:
    top, right, bottom, left = (mm(length) for length in _margins(document))
    width, height = (mm(length) for length in A4_MM)
    size = {"w": height, "h": width, "orient": "landscape"} if document.across else {
        "w": width, "h": height
    }  # fmt: skip
    foot = mm(OFFICIAL_FOOT_MM if document.look.is_official else WORKING_FOOT_MM)
    section: Element = word.sections[0]._sectPr
    for child in list(section):
        section.remove(child)
    section.append(node("pgSz", **size))
    section.append(
        node("pgMar", top=top, right=right, bottom=bottom, left=left,
             header=mm(WORKING_FOOT_MM), footer=foot, gutter=0)
    )  # fmt: skip


def _set_official_feet(word: WordDocument, document: Document) -> None:
    """Number the pages — 1 — at the outer edge, one character in (GB/T 9704-2012, 7.5)."""
    indent = twips(document.look.foot.points)
    section = word.sections[0]
    odd = [node("ind", rightChars=100, right=indent), node("jc", val="right")]
    even = [node("ind", leftChars=100, left=indent), node("jc", val="left")]
    _put(section.footer, paragraph("Footer", _dashed_number(), *odd))
    if not document.across:
        _put(section.even_page_footer, paragraph("Footer", _dashed_number(), *even))


def _dashed_number() -> list[Element]:
    runs = [text_run("— "), *field_runs("PAGE"), text_run(" —")]
    for run in runs:  # digits as well: 半角宋体
        run.insert(0, node("rPr", node("rFonts", ascii="宋体", hAnsi="宋体", eastAsia="宋体")))
    return runs


def _set_working_feet(word: WordDocument, document: Document) -> None:
    """Put whose it is, the day and page x of y at the foot, the title on top from page 2 on."""
    section = word.sections[0]
    section.different_first_page_header_footer = True
    width = text_width(document)
    for footer in (section.footer, section.first_page_footer):
        places = [("center", width // 2), ("right", width)]
        stops = node("tabs", *(node("tab", val=kind, pos=place) for kind, place in places))
        _put(footer, paragraph("Footer", _page_of_pages(document), stops))
    line = node("pBdr", node("bottom", val="single", sz=4, space=1, color="808080"))
    title = text_run(on_one_line(document.title)[:60])
    _put(section.header, paragraph("Header", [title], line))
    _put(section.first_page_header, paragraph("Header"))


def _page_of_pages(document: Document) -> list[Element]:
    day = day_zh(document.on) if document.on else ""
    return [
        text_run(on_one_line(document.unit)[:30]), node("r", node("tab")), text_run(day),
        node("r", node("tab")),
        text_run("第 "), *field_runs("PAGE"), text_run(" 页 共 "), *field_runs("NUMPAGES"),
        text_run(" 页"),
    ]  # fmt: skip


def _put(story: object, content: Element) -> None:
    """Make a paragraph the only content of a header or footer."""
    story.is_linked_to_previous = False  # type: ignore[attr-defined]
    holder: Element = story._element  # type: ignore[attr-defined]
    for child in list(holder):
        holder.remove(child)
    holder.append(content)
