"""The styles and fonts of a Word file, made from a look."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from gengdu.documents.looks import LATIN, Look, Setting
from gengdu.documents.word_parts import Element, character_form, node, twips


def set_styles(word: WordDocument, look: Look) -> None:
    """Replace all styles of the template."""
    styles: Element = word.styles.element
    for child in list(styles):
        styles.remove(child)
    language = node("lang", val="en-US", eastAsia="zh-CN")
    default = node("rPr", *character_form(look.text), language)
    styles.append(node("docDefaults", node("rPrDefault", default), node("pPrDefault", node("pPr"))))
    for style in _styles(look):
        styles.append(style)


def _styles(look: Look) -> Iterator[Element]:
    yield _style("Normal", "Normal", look.text, node("jc", val="both"))
    yield _style("BodyText", "Body Text", look.text, _indent(look), node("jc", val="both"))
    yield _style("Title", "Title", look.title, node("jc", val="center"))
    yield _style("Subtitle", "Subtitle", look.subtitle, node("jc", val="center"))
    yield from _heading_styles(look)
    yield _style("TableText", "Table Text", look.table, node("jc", val="left"))
    yield _style("TableHead", "Table Head", look.table_head, node("jc", val="center"))
    yield _style("Caption", "caption", look.table_head, node("jc", val="center"), before=6)
    yield _style("Note", "Note", look.table, node("jc", val="left"))
    yield _style("Header", "header", look.foot, node("jc", val="left"))
    yield _style("Footer", "footer", look.foot, node("jc", val="left"))


def _heading_styles(look: Look) -> Iterator[Element]:
    """Yield the four levels: indented as text is in official documents, apart from it in others."""
    for level, setting in enumerate(look.headings, start=1):
        form = [_indent(look)] if look.is_official else []
        outline = node("outlineLvl", val=level - 1)
        gap = 0 if look.is_official else 6
        yield _style(f"Heading{level}", f"heading {level}", setting, *form, outline, before=gap)


def _indent(look: Look) -> Element:
    return node("ind", firstLineChars=200, firstLine=twips(2 * look.text.points))


def _style(key: str, name: str, setting: Setting, *form: Element, before: float = 0) -> Element:
    """Return a paragraph style with a fixed line pitch."""
    is_heading = name.startswith("heading")
    line = twips(setting.line_points)
    spacing = node("spacing", before=twips(before), after=0, line=line, lineRule="exact")
    keep = [node("keepNext")] if is_heading or key == "Caption" else []
    style = node("style", node("name", val=name), type="paragraph", styleId=key)
    if key == "Normal":
        style.set(qn("w:default"), "1")
    else:
        style.append(node("basedOn", val="Normal"))
    if is_heading:
        style.append(node("next", val="BodyText"))
    style.append(node("qFormat"))
    style.append(node("pPr", *keep, node("widowControl", val=0), spacing, *form))
    style.append(node("rPr", *character_form(setting)))
    return style


def set_fonts(word: WordDocument, look: Look) -> None:
    """Name what stands in for a font that a computer does not have."""
    settings = [look.title, look.subtitle, look.text, *look.headings, look.table, look.table_head]
    faces = {setting.face.word: setting.face for setting in [*settings, look.foot]}
    listed = node("fonts", node("font", node("charset", val="00"), name=LATIN))
    for face in faces.values():
        instead = node("altName", val=face.instead)
        listed.append(node("font", instead, node("charset", val="86"), name=face.word))
    part = Part(
        PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, serialize_part_xml(listed),
        word.part.package,
    )  # fmt: skip
    word.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
