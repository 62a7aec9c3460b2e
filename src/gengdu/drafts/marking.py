"""The text of a notice with every item of its reading marked where it stands.

The clean text is shown, for broken lines and page numbers help nobody; each stretch says where it
begins in the raw text, so that what somebody selects has a place there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from gengdu.drafts import items
from gengdu.drafts.items import Data, Item
from gengdu.notices.cleaning import Cleaned, clean

LONGEST_HEADING = 60
LONGEST_LINE = 1_000
"""Characters: two hundred thousand brackets in one paragraph hang Chromium for minutes, in parts
of a thousand for seconds."""


@dataclass(frozen=True)
class Mark:
    """One item where it stands.

    Attributes:
        item: Its id, and of which card it is: a clause stands on the card of its measure.
        start, end: In the clean text.
    """

    item: str
    card: str
    kind: str
    is_doubtful: bool
    start: int
    end: int


@dataclass(frozen=True)
class Stretch:
    """Some characters of a line that are marked alike.

    Attributes:
        at: Where they begin in the raw text.
        marks: What they are of, the innermost last.
        begins: Items that begin here.
    """

    at: int
    text: str
    marks: tuple[Mark, ...]
    begins: tuple[str, ...]

    @property
    def link(self) -> str:
        """The item that a click leads to: the innermost."""
        return self.marks[-1].item if self.marks else ""

    @property
    def classes(self) -> str:
        """How it looks."""
        kinds = dict.fromkeys(f"m-{mark.kind}" for mark in self.marks)
        is_doubtful = any(mark.is_doubtful for mark in self.marks)
        return " ".join([*kinds, *(["doubtful"] if is_doubtful else [])])

    @property
    def items(self) -> str:
        """The ids of all that it is of, parted by spaces."""
        return " ".join(mark.item for mark in self.marks)


@dataclass(frozen=True)
class Line:
    """One paragraph, or one row of a table.

    Attributes:
        number: From 0, among all lines of the text.
        is_row: Whether it is a row of a table.
        goes_on: Whether it goes on where an endless line was parted.
    """

    number: int
    stretches: tuple[Stretch, ...]
    is_row: bool
    goes_on: bool


@lru_cache(maxsize=8)
def cleaned(text: str) -> tuple[Cleaned, tuple[int, ...]]:
    """Return the clean text, and where in it the raw text leaps."""
    found = clean(text)
    places = np.array(found.places, dtype=np.int64)
    leaps = np.flatnonzero(np.diff(places) != 1) + 1
    return found, tuple(leaps.tolist())


def lines(text: str, data: Data) -> list[Line]:
    """Return every line of a notice, marked; blank ones left out."""
    found, leaps = cleaned(text)
    marks = sorted(_marks(found, data), key=lambda mark: (mark.start, -mark.end))
    made, first = [], 0
    for number, (at, end) in enumerate(_extents(found.text)):
        line = found.text[at:end]
        while first < len(marks) and marks[first].end <= at:
            first += 1
        if line.strip():
            within = [mark for mark in _until(marks, first, end) if mark.end > at]
            cuts = leaps[bisect_left(leaps, at) : bisect_left(leaps, end)]
            goes_on = at > 0 and found.text[at - 1] != "\n"
            stretches = _stretches(found, at, end, within, cuts)
            made.append(Line(number, stretches, "\t" in line, goes_on))
    return made


def _extents(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line begins and ends, endless ones in parts that a browser can lay out."""
    at = 0
    for line in text.split("\n"):
        for part in range(0, len(line), LONGEST_LINE):
            yield at + part, at + min(part + LONGEST_LINE, len(line))
        at += len(line) + 1


def _until(marks: Sequence[Mark], first: int, end: int) -> Iterator[Mark]:
    for mark in marks[first:]:
        if mark.start >= end:
            return
        yield mark


def _stretches(
    found: Cleaned, start: int, end: int, marks: Sequence[Mark], cuts: Sequence[int]
) -> tuple[Stretch, ...]:
    edges = {start, end, *cuts}
    edges.update(max(mark.start, start) for mark in marks)
    edges.update(min(mark.end, end) for mark in marks)
    made = []
    for one, other in pairwise(sorted(edges)):
        own = tuple(mark for mark in marks if mark.start <= one and mark.end >= other)
        begins = tuple(mark.item for mark in own if max(mark.start, start) == one == mark.start)
        made.append(Stretch(found.places[one], found.text[one:other], own, begins))
    return tuple(made)


def _marks(found: Cleaned, data: Data) -> Iterator[Mark]:
    for measure in data["measures"]:
        start = bisect_left(found.places, measure["start"])
        end = _end_of_heading(found.text, start, measure["title"])
        is_doubtful = bool(measure["doubt"])
        if start < end:
            yield Mark(measure["id"], measure["id"], items.MEASURE, is_doubtful, start, end)
        for clause in measure["bodies"]:
            yield from _mark(found, clause, items.CLAUSE, measure["id"])
    for target in data["targets"]:
        yield from _mark(found, target, items.TARGET, target["id"])


def _mark(found: Cleaned, held: Item, kind: str, card: str) -> Iterator[Mark]:
    start, end = (bisect_left(found.places, held[key]) for key in ("start", "end"))
    if start < end:
        yield Mark(held["id"], card, kind, bool(held["doubt"]), start, end)


def _end_of_heading(text: str, start: int, title: str | None) -> int:
    """Return where a heading ends: with its title, else with its line or a stretch of it."""
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    if title:
        place = text.find(title, start, start + LONGEST_HEADING + len(title))
        if place >= 0:
            return place + len(title)
    return min(line_end, start + LONGEST_HEADING)


def clean_words(text: str, start: int, end: int) -> str:
    """Return a stretch of the raw text as it is shown."""
    found, _leaps = cleaned(text)
    first, last = bisect_left(found.places, start), bisect_left(found.places, end)
    return found.text[first:last]


def locate(text: str, words: str) -> tuple[int, int] | None:
    """Return where words stand in the raw text, white space aside; None where they do not.

    Args:
        text: The raw text.
        words: As they were copied, from the page or from the file.
    """
    found, _leaps = cleaned(text)
    bare, places = _without_spaces(found.text)
    sought = "".join(clean(words).text.split())
    at = bare.find(sought) if sought else -1
    if at < 0:
        return None
    return found.span(places[at], places[at + len(sought) - 1] + 1)


def _without_spaces(text: str) -> tuple[str, list[int]]:
    kept = [(at, character) for at, character in enumerate(text) if not character.isspace()]
    return "".join(character for _at, character in kept), [at for at, _character in kept]
