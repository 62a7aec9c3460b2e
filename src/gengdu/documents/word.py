"""Word files of documents, on pages by GB/T 9704-2012; equal documents make equal files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import singledispatch
from pathlib import Path

from gengdu.documents.blocks import (
    MARKS_ZH,
    Comparison,
    Document,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Signature,
    SignaturePlaces,
    Table,
    day_zh,
)
from gengdu.documents.books import Target
from gengdu.documents.characters import lines, on_one_line, printable
from gengdu.documents.compare import Run, side_by_side
from gengdu.documents.signing import indents
from gengdu.documents.word_frame import new_document, text_width
from gengdu.documents.word_parts import (
    Element,
    cell,
    lines_run,
    mm,
    node,
    paragraph,
    row,
    shared_out,
    table,
    text_run,
    twips,
)

HEAD_SHADE, NAME_SHADE = "EDEDED", "F5F5F5"
PLACE_MM = 36  # high enough for a seal of 42 mm set over label and edge
SAME_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every part: the file's own moment is in its properties


def write_word(target: Target, document: Document, *, at: datetime) -> None:
    """Write a document as .docx.

    Args:
        target: A path or a binary stream.
        document: What is written.
        at: Kept in the file as the moment of its making.
    """
    word = new_document(document, at)
    body: Element = word.element.body
    end = body[-1]
    for element in _head(document):
        end.addprevious(element)
    for block in document.blocks:
        for element in _written(block, document):
            end.addprevious(element)
    held = io.BytesIO()
    word.save(held)
    _pack(held, target)


def _pack(held: io.BytesIO, target: Target) -> None:
    """Write the parts anew, none with the moment at which it was packed."""
    if isinstance(target, str | Path):
        with Path(target).open("wb") as file:
            _pack(held, file)
        return
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, SAME_MOMENT)
            packed.writestr(part, source.read(name), zipfile.ZIP_DEFLATED)


def _head(document: Document) -> Iterator[Element]:
    if document.note:
        yield paragraph("Note", [text_run(on_one_line(document.note))])
    yield paragraph("Title", [lines_run(document.title)])
    if document.subtitle:
        yield paragraph("Subtitle", [lines_run(document.subtitle)])
    yield paragraph("Normal")


@singledispatch
def _written(block: object, document: Document) -> Iterator[Element]:
    raise TypeError(f"no Word form for {type(block).__name__}")


@_written.register
def _(block: Heading, document: Document) -> Iterator[Element]:
    yield paragraph(f"Heading{block.level}", [text_run(on_one_line(block.text))])


@_written.register
def _(block: Paragraph, document: Document) -> Iterator[Element]:
    style = "BodyText" if block.indented and block.align == "left" else "Normal"
    form = [] if block.align == "left" else [node("jc", val=block.align)]
    for line in lines(block.text):
        yield paragraph(style, [text_run(line)], *form)


@_written.register
def _(block: PageBreak, document: Document) -> Iterator[Element]:
    # Next to no height: what follows begins at the top of its page.
    low = node("spacing", before=0, after=0, line=20, lineRule="exact")
    yield paragraph("Normal", [node("r", node("br", type="page"))], low)


@_written.register
def _(block: Table, document: Document) -> Iterator[Element]:
    widths = shared_out(text_width(document), [column.width for column in block.columns])
    heads = [
        cell(width, [_in_cell(column.title, "TableHead")], shade=HEAD_SHADE)
        for width, column in zip(widths, block.columns, strict=True)
    ]
    if block.title:
        yield paragraph("Caption", [text_run(on_one_line(block.title))])
    yield table(widths, [row(heads, is_header=True), *_table_rows(block, widths)])
    yield paragraph("Note", [text_run(on_one_line(block.note))], node("spacing", after=120))


def _table_rows(block: Table, widths: Sequence[int]) -> Iterator[Element]:
    for values in block.rows:
        triples = zip(widths, values, block.columns, strict=True)
        yield row([cell(width, _cell_lines(text, c.align)) for width, text, c in triples])
    if not block.rows:
        yield row([_spanning(widths, _cell_lines(block.when_empty, "center"))])


def _cell_lines(text: str, align: str = "left") -> list[Element]:
    return [_in_cell(line, "TableText", align) for line in lines(text) or [""]]


def _in_cell(text: str, style: str, align: str = "") -> Element:
    return paragraph(style, [text_run(text)], *([node("jc", val=align)] if align else []))


@_written.register
def _(block: KeyValues, document: Document) -> Iterator[Element]:
    widths = shared_out(text_width(document), [22, 78] if block.across == 1 else [18, 32] * 2)
    rows = []
    for start in range(0, len(block.pairs), block.across):
        pairs = block.pairs[start : start + block.across]
        cells = []
        for place, (name, fact) in enumerate(pairs):
            cells.append(cell(widths[2 * place], [_in_cell(name, "TableHead")], shade=NAME_SHADE))
            cells.append(cell(widths[2 * place + 1], _cell_lines(fact)))
        if len(pairs) < block.across:
            cells[-1] = _spanning(widths[1:], _cell_lines(pairs[-1][1]))
        rows.append(row(cells))
    if rows:
        yield table(widths, rows)
        yield paragraph("Note")


def _spanning(widths: Sequence[int], content: Sequence[Element]) -> Element:
    whole = cell(sum(widths), content)
    whole[0].insert(1, node("gridSpan", val=len(widths)))
    return whole


@_written.register
def _(block: Signature, document: Document) -> Iterator[Element]:
    unit, day = on_one_line(block.unit), day_zh(block.on)
    for _blank in range(2 if block.sealed else 1):
        yield paragraph("Normal", (), node("keepNext"))
    size = twips(document.look.text.points)
    ends = indents(unit, day, sealed=block.sealed)
    for text, end, keep in zip((unit, day), ends, ([node("keepNext")], []), strict=True):
        # Without the space that is put between digits and characters, which would move the day.
        tight = [node("autoSpaceDE", val=0), node("autoSpaceDN", val=0)]
        indent = node("ind", rightChars=round(end * 100), right=round(end * size))
        form = [*keep, *tight, indent, node("jc", val="right")]
        yield paragraph("Normal", [text_run(text)], *form)


@_written.register
def _(block: SignaturePlaces, document: Document) -> Iterator[Element]:
    across = min(len(block.labels), 3)
    if not across:
        return
    widths = shared_out(text_width(document), [1] * across)
    rows = []
    for start in range(0, len(block.labels), across):
        labels = [*block.labels[start : start + across], "", ""][:across]
        places = zip(widths, labels, strict=True)
        cells = [cell(width, _place(label, block.dated), valign="top") for width, label in places]
        rows.append(row(cells, height=mm(PLACE_MM)))
    yield paragraph("Note", (), node("keepNext"))
    yield table(widths, rows)
    yield paragraph("Note")


def _place(label: str, dated: bool) -> list[Element]:
    lines = [_in_cell(on_one_line(label), "TableText")]
    if label and dated:
        before = node("spacing", before=mm(PLACE_MM - 16))
        day = paragraph("TableText", [text_run("年　　月　　日")], before, node("jc", val="right"))
        lines.append(day)
    return lines


@_written.register
def _(block: Comparison, document: Document) -> Iterator[Element]:
    widths = shared_out(text_width(document), [1, 1])
    titles = (block.old_title, block.new_title)
    heads = [
        cell(width, [_in_cell(title, "TableHead")], shade=HEAD_SHADE)
        for width, title in zip(widths, titles, strict=True)
    ]
    rows = [row(heads, is_header=True)]
    for pair in side_by_side(printable(block.old), printable(block.new)):
        sides = zip(widths, (pair.old, pair.new), strict=True)
        rows.append(
            row([cell(width, [_marked_paragraph(runs)], valign="top") for width, runs in sides])
        )
    yield paragraph("Note", [text_run(MARKS_ZH)])
    yield table(widths, rows)
    yield paragraph("Note")


def _marked_paragraph(runs: Sequence[Run]) -> Element:
    return paragraph("TableText", [_marked(run) for run in runs])


def _marked(run: Run) -> Element:
    if run.kind == "deleted":
        return text_run(run.text, node("strike"), node("color", val="9C0006"))
    if run.kind == "inserted":
        return text_run(run.text, node("color", val="1F3864"), node("u", val="single"))
    return text_run(run.text)
