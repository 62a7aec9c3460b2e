"""Sentences of a notice and their clauses, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gengdu.notices import tokens

_SENTENCE_END = re.compile(r"[。！？\n]")
LONGEST_SENTENCE = 1_200
"""Beyond which a sentence is none; hostile text is cut there."""


@dataclass(frozen=True)
class Clause:
    """A piece of a sentence between two commas."""

    text: str
    start: int
    mark: str

    @property
    def end(self) -> int:
        """Where it ends, its mark left out; exclusive."""
        return self.start + len(self.text)


def sentences(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a stretch with their places."""
    at = 0
    for found in _SENTENCE_END.finditer(text):
        yield from _cut(text[at : found.end()], start + at)
        at = found.end()
    yield from _cut(text[at:], start + at)


def _cut(sentence: str, start: int) -> Iterator[tuple[str, int]]:
    for at in range(0, len(sentence), LONGEST_SENTENCE):
        piece = sentence[at : at + LONGEST_SENTENCE]
        if tokens.carries_meaning(piece):
            yield piece, start + at


def clauses(sentence: str, start: int) -> list[Clause]:
    """Return the clauses of a sentence; brackets and book titles hold together."""
    made, depth, at = [], 0, 0
    for place, one in enumerate(sentence):
        if one in "（〔【《":
            depth += 1
        elif one in "）〕】》":
            depth = max(0, depth - 1)
        elif (one in "，；：。！？\n\t" and not depth) or one in "。\n":
            depth = 0
            made.append(_clause(sentence[at:place], start + at, one))
            at = place + 1
    made.append(_clause(sentence[at:], start + at, ""))
    return [one for one in made if one.text]


def _clause(text: str, start: int, mark: str) -> Clause:
    bare = text.lstrip(" 　—-－·●◆★■")
    return Clause(bare.rstrip(), start + len(text) - len(bare), mark)
