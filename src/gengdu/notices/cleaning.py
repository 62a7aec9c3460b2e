"""Takes the artefacts of conversion out of a notice and remembers where every character stood.

Works on arrays of code points, not on one pattern for everything, so that five megabytes of
hostile text take no longer than five megabytes of prose.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

import numpy as np

from gengdu.notices import breaks, grids, lists
from gengdu.notices.breaks import NUMBERED
from gengdu.notices.code_points import (
    BECOMES,
    CLOSE,
    DROP,
    HAN,
    LINE,
    MARK,
    OTHER,
    PLANE,
    SPACE,
    TAB,
    WIDENABLE,
    WIDENED,
    WORD,
    Codes,
    Counts,
    Flags,
    Kinds,
    after,
    any_of,
    before,
    codes_of,
    columns_of,
    decoded,
    framed,
    kind,
    kinds_of,
)

PARTED = "\u3000"
"""What stays of a wide space between the heading of a numbered line and its text."""

_ARTEFACT = re.compile(
    r"\[(?:bookmark|hyperlink|image|picture|shape|footnote|endnote|comment|object|field)\b"
    r"[^\[\]\n]{0,200}\]"
    r"|&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|#160|#12288|#xa0|#x3000);",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–―─－·•]{1,3} ?\d{1,4} ?[-—–―─－·•]{1,3}"
    r"|第(?:\d{1,4}|[一二三四五六七八九十百]{1,5})页[，,/]?(?:共\d{1,4}页)?)$",
    re.MULTILINE,
)
_LONGEST_HEADING, _SHORTEST_TEXT = 40, 25
_CLAUSE_END = re.compile(r"[。\n]")
_BODY_END = "局委部厅办院会署社府室队校联组心司处"
_PARTED_HEADING = re.compile(
    rf"^[ \t\u3000]{{0,40}}{NUMBERED.pattern}"
    rf"(?P<title>[^\n。；：，\t]{{0,{_LONGEST_HEADING}}}?)(?:\u3000|  )[ \u3000]{{0,60}}",
    re.MULTILINE,
)
_OPENS_WIDE = re.compile(r"\((?=[^()（）\n]{0,80}）)")
_CLOSES_WIDE = re.compile(r"（[^()（）\n]{0,80}\)")
_BARE_LINE = re.compile(r"^[^\n，。；：、（“]{8,100}$", re.MULTILINE)
_TWO_BODIES = re.compile(rf"(?<=[{_BODY_END}])(?:\u3000| {{2}})[ \u3000]{{0,60}}(?=[一-鿿])")


@dataclass(frozen=True)
class Cleaned:
    """A notice without artefacts.

    Attributes:
        text: The clean text.
        places: (len(text),) offset in the raw text of every character.
    """

    text: str
    places: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters start to end (exclusive) of the clean text stand in the raw one.

        An empty span stands before the character at its start, or after the last one.
        """
        if start < end:
            return self.places[start], self.places[end - 1] + 1
        if start < len(self.places):
            return self.places[start], self.places[start]
        last = self.places[-1] + 1 if self.places else 0
        return last, last


def clean(raw: str) -> Cleaned:
    """Return the notice without artefacts of conversion, in time linear in its length.

    Gone are byte-order marks, invisible and control characters, `[bookmark: …]` and the like, page
    numbers alone on a line, indents, spaces beside Chinese, second blank lines and the line breaks
    inside a sentence (a title keeps its lines). Digits, Latin letters, ％ and ．become half-width;
    ( ) , ; : ! ? beside Chinese become full-width. Tabs inside a line stay: they part the cells of
    a table. After 第一条 and between a heading and its text a wide space stays as one U+3000.
    """
    draft = _Draft(raw)
    draft.drop_artefacts()
    draft.drop_spaces()
    draft.drop_page_numbers()
    draft.join_lines()
    draft.widen_marks()
    draft.drop_late_spaces()
    return draft.done()


class _Draft:
    """A text under way: code points, where they stood, and which of them open an indented line."""

    def __init__(self, raw: str) -> None:
        self.codes = codes_of(raw)
        self.places: Counts = np.arange(len(self.codes), dtype=np.int64)
        self.opens: Flags = np.zeros(len(self.codes), dtype=np.bool_)
        self.columns = columns_of(self.codes)

    @property
    def text(self) -> str:
        return decoded(self.codes)

    @property
    def kinds(self) -> Kinds:
        return kinds_of(self.codes)

    def keep(self, kept: Flags) -> None:
        self.codes, self.places = self.codes[kept], self.places[kept]
        self.opens = self.opens[kept]

    def done(self) -> Cleaned:
        places = array("q")
        places.frombytes(self.places.tobytes())
        return Cleaned(self.text, places)

    def drop_artefacts(self) -> None:
        """Drop what was never written, and give each character its one form."""
        text, kept = self.text, np.ones(len(self.codes), dtype=np.bool_)
        if "[" in text or "&" in text:
            for found in _ARTEFACT.finditer(text):
                kept[found.start() : found.end()] = False
        self._part_cells(text, kept)
        self.keep(kept)
        if "\r" in text:
            returns = np.flatnonzero(self.codes == 13)
            self.codes[returns[self._padded()[returns + 1] != 10]] = 10
        plane = np.minimum(self.codes, PLANE - 1)
        self.codes = np.where(self.codes < PLANE, BECOMES[plane], self.codes)
        self.keep(self.kinds != DROP)

    def _part_cells(self, text: str, kept: Flags) -> None:
        """Put tabs between the cells of tables that were copied as text."""
        found = grids.edits(text)
        for start, end in found.gone:
            kept[start:end] = False
        for at in found.tabs:
            self.codes[at], kept[at] = 9, True

    def drop_spaces(self) -> None:
        """Drop the spaces that Chinese does not write, and mark the lines that were indented."""
        kinds = self.kinds
        blank = (kinds == SPACE) | self._loose_tabs(kinds)
        if not blank.any():
            return
        partings = self._partings()
        kinds[blank] = SPACE
        first = blank & (before(kinds, LINE) != SPACE)
        starts = np.flatnonzero(first)
        ends = np.flatnonzero(blank & (after(kinds, LINE) != SPACE)) + 1
        edged = np.concatenate([kinds, np.array([LINE], dtype=np.uint8)])
        left, right = edged[starts - 1], edged[ends]
        self._mark_indents(starts, ends, left, right)
        one = (left == WORD) & ((right == WORD) | (right == OTHER))
        one |= (right == WORD) & ((left == CLOSE) | (left == OTHER))
        one &= ~any_of(self.codes[starts - 1], "(-") & ~any_of(self._padded()[ends], "-")
        kept = ~blank
        kept[starts[one]] = True
        self.codes[starts[one]] = 32
        kept[partings] = True
        self.codes[partings] = ord(PARTED)
        self.keep(kept)

    def _padded(self) -> Codes:
        return np.concatenate([self.codes, np.array([10], dtype=np.uint32)])

    def _mark_indents(self, starts: Counts, ends: Counts, left: Kinds, right: Kinds) -> None:
        """Mark the lines that stand further in than the one that stands furthest out."""
        at_head = (left == LINE) & (right != LINE)
        wide = np.cumsum(np.concatenate([[0], 1 + np.isin(self.codes, (0x3000, 9))]))
        depth = (wide[ends] - wide[starts])[at_head]
        edged = np.concatenate([[LINE], self.kinds])
        bare = np.any((edged[:-1] == LINE) & ~np.isin(edged[1:], (LINE, SPACE, TAB)))
        margin = 0 if bare or not len(depth) else int(depth.min())
        self.opens[ends[at_head][depth - margin >= 2]] = True

    def _loose_tabs(self, kinds: Kinds) -> Flags:
        """Return the tabs that part no cells: at an end of a line, or behind its number alone.

        One at the head of a line with others stays: the first cell of a row may be blank.
        """
        tabs: Flags = np.equal(kinds, TAB)
        if not tabs.any():
            return tabs
        loose: Flags = tabs & ((before(kinds, LINE) == LINE) | (after(kinds, LINE) == LINE))
        text = self.text
        for at in np.flatnonzero(tabs & (before(kinds, LINE) == LINE)).tolist():
            loose[at] = "\t" not in text[at + 1 : _line_end(text, at, at + 2000)].rstrip("\t ")
        for at in np.flatnonzero(tabs & ~loose).tolist():
            start = text.rfind("\n", max(0, at - 12), at) + 1 or max(0, at - 12)
            found = NUMBERED.match(text, start)
            if found and found.end() == at:
                loose[at] = "\t" not in text[at + 1 : _line_end(text, at, at + 2000)]
        return loose

    def _partings(self) -> list[int]:
        """Return where a wide space parts the heading of a numbered line from its text."""
        text = self.text
        if PARTED not in text and "  " not in text:
            return lists.partings(text)
        places = [self._parting(text, found) for found in _PARTED_HEADING.finditer(text)]
        return [*filter(None, places), *_between_bodies(text), *lists.partings(text)]

    @staticmethod
    def _parting(text: str, found: re.Match[str]) -> int | None:
        at, after = found.end("title"), found.end()
        if after >= len(text) or text[after] in "\n\t":
            return None
        if at == found.start("title"):
            return at if text[at - 1] in "条章节编" else None
        if kind(text[at - 1]) != HAN:
            return None
        # A stray space inside a heading is followed by the end of the heading, not by a sentence.
        rest = _CLAUSE_END.search(text, after, after + 400)
        sentence = text[after : rest.start() if rest else after + 400]
        return at if "，" in sentence or len(sentence) > _SHORTEST_TEXT else None

    def drop_page_numbers(self) -> None:
        """Drop page numbers that stand alone on a line, and all but one of the blank lines."""
        lines = self.kinds == LINE
        if not lines.any():
            return
        twice = lines & (before(lines.view(np.uint8), 1) == 1)
        thrice = twice & (before(twice.view(np.uint8), 1) == 1)
        self.keep(~thrice)
        text, kept = self.text, np.ones(len(self.codes), dtype=np.bool_)
        for found in _PAGE_NUMBER.finditer(text):
            start, end = found.span()
            while start > 0 and text[start - 1] == "\n":
                start -= 1
            while end < len(text) and text[end] == "\n":
                end += 1
            kept[start : end - (text[end - 1] == "\n" and start > 0)] = False
        self.keep(kept)
        self._strip()

    def _strip(self) -> None:
        inside = np.flatnonzero(self.codes != 10)
        kept = np.zeros(len(self.codes), dtype=np.bool_)
        if len(inside):
            kept[inside[0] : inside[-1] + 1] = True
        self.keep(kept)

    def join_lines(self) -> None:
        """Take out the line breaks inside a sentence; between two Latin words a space stays."""
        ends = np.flatnonzero(self.codes == 10)
        if not len(ends):
            return
        lines = breaks.Lines(self.text, ends, self.opens, self._widths(ends))
        joined = np.array(lines.joined(), dtype=np.int64)
        kinds, kept = self.kinds, np.ones(len(self.codes), dtype=np.bool_)
        spaced = (kinds[joined - 1] == WORD) & (kinds[joined + 1] == WORD)
        digits = any_of(self.codes[joined + 1], "0123456789")
        digits &= any_of(self.codes[joined - 1], "0123456789")
        spaced &= ~digits
        self.codes[joined[spaced]] = 32
        kept[joined[~spaced]] = False
        self.keep(kept)

    def _widths(self, ends: Counts) -> Counts:
        """Return how wide each line was as it was given, spaces and all."""
        edges = np.append(self.columns[self.places[ends]], self.columns[-1])
        return np.diff(edges, prepend=0)

    def drop_late_spaces(self) -> None:
        """Drop the spaces beside marks that have only now become Chinese."""
        spaces = np.flatnonzero(self.codes == 32)
        if len(spaces):
            edged = framed(self.kinds)
            beside = (edged[spaces] == MARK) | (edged[spaces + 2] == MARK)
            kept = np.ones(len(self.codes), dtype=np.bool_)
            kept[spaces[beside]] = False
            self.keep(kept)

    def widen_marks(self) -> None:
        """Turn ( ) , ; : ! ? beside Chinese into their full-width forms."""
        edged = framed(self.kinds)
        left, right = edged[:-2], edged[2:]
        chinese = (left == HAN) | (left == MARK) | (right == HAN) | (right == MARK)
        chinese |= (left == CLOSE) & (right == LINE)
        narrow = np.flatnonzero(chinese & any_of(self.codes, WIDENABLE))
        if len(narrow):
            self.codes[narrow] = WIDENED[self.codes[narrow]]
            self._pair_brackets()

    def _pair_brackets(self) -> None:
        """Widen the other half of a pair of which one half is wide."""
        text = self.text
        for found in _OPENS_WIDE.finditer(text):
            self.codes[found.start()] = ord("（")
        for found in _CLOSES_WIDE.finditer(text):
            self.codes[found.end() - 1] = ord("）")


def _line_end(text: str, start: int, limit: int) -> int:
    end = text.find("\n", start, limit)
    return end if end >= 0 else min(limit, len(text))


def _between_bodies(text: str) -> list[int]:
    """Return where a wide space parts two issuing bodies on a line that holds nothing else."""
    return [
        parting.start()
        for line in _BARE_LINE.finditer(text)
        if line[0].rstrip()[-1:] in tuple(_BODY_END)
        for parting in _TWO_BODIES.finditer(text, line.start(), line.end())
    ]
