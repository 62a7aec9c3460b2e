"""PDF files of documents, set by Typst from the same blocks as Word files.

Text reaches Typst as JSON and is placed as text: nothing in it is read as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import singledispatch
from pathlib import Path

import typst

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
from gengdu.documents.fonts import Fonts
from gengdu.documents.looks import Look, Setting
from gengdu.documents.signing import indents

MOST_TAGGED_ROWS = 1_000  # tags tell a screen reader what is a cell; each costs a kilobyte

_TEMPLATE = Path(__file__).with_name("pdf.typ")
_LONG_WORD = re.compile(r"[!-~]{16,}")

Json = dict[str, object]


def write_pdf(target: Target, document: Document, *, at: datetime, fonts: Fonts) -> None:
    """Write a document as PDF with its fonts in it.

    Args:
        target: A path or a binary stream.
        document: What is written.
        at: Kept in the file as the moment of its making.
        fonts: From `load_fonts`, once for many files.
    """
    content = {
        "look": _look(document.look, fonts),
        "title": lines(document.title),
        "subtitle": lines(document.subtitle),
        "unit": on_one_line(document.unit),
        "day": day_zh(document.on) if document.on else "",
        "note": on_one_line(document.note),
        "across": document.across,
        "blocks": [_placed(block) for block in document.blocks],
    }
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=fonts.loaded,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(content, ensure_ascii=False)},
        timestamp=_in_utc(at),
        pdf_tags=_rows(document) <= MOST_TAGGED_ROWS,
    )
    assert isinstance(made, bytes)
    if isinstance(target, str | Path):
        Path(target).write_bytes(made)
    else:
        target.write(made)


def _in_utc(at: datetime) -> datetime:
    moment = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return moment.replace(microsecond=0)


def _rows(document: Document) -> int:
    return sum(len(block.rows) for block in document.blocks if isinstance(block, Table))


def _look(look: Look, fonts: Fonts) -> Json:
    return {
        "margins": look.margins_mm,
        "official": look.is_official,
        "title": _setting(look.title, fonts),
        "subtitle": _setting(look.subtitle, fonts),
        "text": _setting(look.text, fonts),
        "headings": [_setting(setting, fonts) for setting in look.headings],
        "table": _setting(look.table, fonts),
        "head": _setting(look.table_head, fonts),
        "foot": _setting(look.foot, fonts),
    }


def _setting(setting: Setting, fonts: Fonts) -> Json:
    return {
        "families": fonts.of(setting.face),
        "weight": "bold" if setting.face.is_bold_in_pdf else "regular",
        "points": setting.points,
        "line": setting.line_points,
        "closer": setting.closer_points,
    }


@singledispatch
def _placed(block: object) -> Json:
    raise TypeError(f"no PDF form for {type(block).__name__}")


@_placed.register
def _(block: Heading) -> Json:
    return {"kind": "heading", "level": block.level, "text": on_one_line(block.text)}


@_placed.register
def _(block: Paragraph) -> Json:
    indented = block.indented and block.align == "left"
    shown = lines(block.text)
    return {"kind": "paragraph", "lines": shown, "indented": indented, "align": block.align}


@_placed.register
def _(block: PageBreak) -> Json:
    return {"kind": "page_break"}


@_placed.register
def _(block: Table) -> Json:
    return {
        "kind": "table",
        "title": on_one_line(block.title),
        "note": on_one_line(block.note),
        "columns": [
            {**asdict(column), "title": on_one_line(column.title)} for column in block.columns
        ],
        "rows": [[_cell(text) for text in row] for row in block.rows],
        "empty": on_one_line(block.when_empty),
    }


@_placed.register
def _(block: KeyValues) -> Json:
    pairs = [[on_one_line(name), _cell(fact)] for name, fact in block.pairs]
    return {"kind": "key_values", "pairs": pairs, "across": block.across}


@_placed.register
def _(block: Signature) -> Json:
    unit, day = on_one_line(block.unit), day_zh(block.on)
    ends = indents(unit, day, sealed=block.sealed)
    return {
        "kind": "signature",
        "lines": [[text, end] for text, end in zip((unit, day), ends, strict=True)],
        "above": 2 if block.sealed else 1,
    }


@_placed.register
def _(block: SignaturePlaces) -> Json:
    labels = [on_one_line(label) for label in block.labels]
    return {"kind": "places", "labels": labels, "dated": block.dated}


@_placed.register
def _(block: Comparison) -> Json:
    pairs = side_by_side(printable(block.old), printable(block.new))
    return {
        "kind": "comparison",
        "titles": [on_one_line(block.old_title), on_one_line(block.new_title)],
        "pairs": [[_runs(pair.old), _runs(pair.new)] for pair in pairs],
        "marks": MARKS_ZH,
    }


def _runs(runs: Sequence[Run]) -> list[list[str]]:
    return [[run.kind, run.text] for run in runs]


def _cell(text: str) -> list[str]:
    """Return the lines of a cell; long words get places to break, or they would leave it."""
    return [_LONG_WORD.sub(_breakable, line) for line in lines(text)]


def _breakable(found: re.Match[str]) -> str:
    word = found[0]
    return "\u200b".join(word[start : start + 8] for start in range(0, len(word), 8))
