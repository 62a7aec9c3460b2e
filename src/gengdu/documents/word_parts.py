"""The pieces of WordprocessingML that a document is put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from gengdu.documents.characters import printable
from gengdu.documents.looks import LATIN, Setting

Element = Any  # lxml has no types of its own

TWIPS_PER_POINT = 20
TWIPS_PER_MM = 1440 / 25.4


def node(tag: str, *children: Element, **values: object) -> Element:
    """Return an element of WordprocessingML with its attributes and children."""
    element: Element = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        element.set(qn(f"w:{name}"), str(value))
    for child in children:
        element.append(child)
    return element


def twips(points: float) -> int:
    """Return a length in points as Word counts it."""
    return round(points * TWIPS_PER_POINT)


def mm(length: float) -> int:
    """Return a length in millimetres as Word counts it."""
    return round(length * TWIPS_PER_MM)


def character_form(setting: Setting) -> list[Element]:
    """Return font, closeness and size of a style, in the order that Word's schema asks for."""
    halves = round(setting.points * 2)
    return [
        node("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=setting.face.word, cs=LATIN),
        node("spacing", val=-twips(setting.closer_points)),
        node("sz", val=halves),
        node("szCs", val=halves),
    ]


def text_run(text: str, *form: Element) -> Element:
    """Return a run of text; what XML cannot hold is left out, blanks are kept."""
    holder = node("t")
    holder.text = printable(text).replace("\n", " ")
    holder.set(qn("xml:space"), "preserve")
    return node("r", *([node("rPr", *form)] if form else []), holder)


def lines_run(text: str) -> Element:
    """Return a run with the line ends of its text."""
    run = node("r")
    for number, line in enumerate(printable(text).split("\n")):
        if number:
            run.append(node("br"))
        run.append(text_run(line)[-1])
    return run


def field_runs(instruction: str) -> list[Element]:
    """Return the runs of a field that Word works out, such as PAGE."""
    code = node("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    shown = text_run("1")
    kinds = ["begin", "separate", "end"]
    begin, separate, end = (node("r", node("fldChar", fldCharType=kind)) for kind in kinds)
    return [begin, node("r", code), separate, shown, end]


def paragraph(style: str, runs: Iterable[Element] = (), *form: Element) -> Element:
    """Return a paragraph of a style; `form` is in the order of Word's schema."""
    return node("p", node("pPr", node("pStyle", val=style), *form), *runs)


def cell(
    width: int, content: Sequence[Element], *, shade: str = "", valign: str = "center"
) -> Element:
    """Return a cell of a table with its paragraphs."""
    form = [node("tcW", w=width, type="dxa")]
    if shade:
        form.append(node("shd", val="clear", color="auto", fill=shade))
    form.append(node("vAlign", val=valign))
    return node("tc", node("tcPr", *form), *content)


def row(cells: Sequence[Element], *, is_header: bool = False, height: int = 0) -> Element:
    """Return a row that is not split over pages; a header row is repeated on each."""
    form = [node("cantSplit")]
    if height:
        form.append(node("trHeight", val=height, hRule="atLeast"))
    if is_header:
        form.append(node("tblHeader"))
    return node("tr", node("trPr", *form), *cells)


def table(widths: Sequence[int], rows: Iterable[Element]) -> Element:
    """Return a ruled table of fixed widths, in twips."""
    sides = ["top", "left", "bottom", "right", "insideH", "insideV"]
    borders = [node(side, val="single", sz=4, space=0, color="auto") for side in sides]
    room = [("top", 34), ("left", 85), ("bottom", 34), ("right", 85)]
    margins = [node(side, w=width, type="dxa") for side, width in room]
    form = node(
        "tblPr",
        node("tblW", w=sum(widths), type="dxa"),
        node("jc", val="center"),
        node("tblBorders", *borders),
        node("tblLayout", type="fixed"),
        node("tblCellMar", *margins),
    )
    grid = node("tblGrid", *(node("gridCol", w=width) for width in widths))
    return node("tbl", form, grid, *rows)


def shared_out(total: int, shares: Sequence[float]) -> list[int]:
    """Return whole widths in the proportion of shares, which add up to the total.

    >>> shared_out(100, [1, 1, 1])
    [33, 34, 33]
    """
    ends = [round(total * sum(shares[: i + 1]) / sum(shares)) for i in range(len(shares))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
