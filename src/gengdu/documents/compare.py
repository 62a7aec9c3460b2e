"""What changed between two texts, in runs that a person can read.

Paragraphs are matched first, then sentences, then words; only what still differs is compared more
finely, so that ten thousand characters take a fraction of a second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "inserted", "deleted"]

ALIKE = 0.35  # from here on, two passages are versions of one another; found by trying
MOST_PAIRS = 40_000  # passages compared with one another in a changed stretch
MOST_WORK = 200_000  # meetings of equal words in two passages; beyond, they are taken as wholes
SHORTEST_SAME = 2  # characters between two changes that are worth showing as kept

_PARAGRAPH = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]+[”’』」）]*|[^。！？；!?;]+")
# A number or a foreign word changes as a whole: 2023 → 2026, not 202 and then 3 → 6.
_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """A stretch of text that is in both versions, or in one of them.

    Attributes:
        kind: Whether it stayed, came or went.
        text: Never empty.
    """

    kind: Kind
    text: str


@dataclass(frozen=True)
class Pair:
    """A paragraph as it was and as it is, side by side; one of them is empty if it came or went.

    Attributes:
        old: Runs that are the same or deleted.
        new: Runs that are the same or inserted.
    """

    old: tuple[Run, ...]
    new: tuple[Run, ...]


def compare(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs that lead from one text to the other, what was deleted before what came.

    >>> [(run.kind, run.text) for run in compare("到2025年达到50%。", "到2026年达到50%。")]
    [('same', '到'), ('deleted', '2025'), ('inserted', '2026'), ('same', '年达到50%。')]
    """
    return _joined(run for runs in _paragraphs(old, new) for run in runs)


def side_by_side(old: str, new: str) -> tuple[Pair, ...]:
    """Return both texts by paragraphs, each beside its other version, without line ends."""
    return tuple(
        Pair(_side(runs, "inserted"), _side(runs, "deleted")) for runs in _paragraphs(old, new)
    )


def _side(runs: Sequence[Run], without: Kind) -> tuple[Run, ...]:
    shown = _joined(run for run in runs if run.kind != without)
    if not shown:
        return ()
    last = Run(shown[-1].kind, shown[-1].text.removesuffix("\n"))
    return (*shown[:-1], last) if last.text else shown[:-1]


def _paragraphs(old: str, new: str) -> list[tuple[Run, ...]]:
    pairs = _matched(_PARAGRAPH.findall(old), _PARAGRAPH.findall(new))
    return [_joined(_within_paragraph(*pair)) for pair in pairs]


def _within_paragraph(old: str, new: str) -> Iterator[Run]:
    if old == new or not old or not new:
        yield from _whole(old, new)
        return
    for one, other in _matched(_SENTENCE.findall(old), _SENTENCE.findall(new)):
        yield from _within_sentence(one, other)


def _within_sentence(old: str, new: str) -> Iterator[Run]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if old == new or _work(before, after) > MOST_WORK:
        yield from _whole(old, new)
    else:
        yield from _readable(_word_runs(before, after))


def _whole(old: str, new: str) -> Iterator[Run]:
    if old == new:
        yield Run("same", old)
        return
    if old:
        yield Run("deleted", old)
    if new:
        yield Run("inserted", new)


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how often a word of one meets its equal in the other: what comparing them costs."""
    there = Counter(new)
    return sum(count * there[word] for word, count in Counter(old).items())


def _word_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        yield from [Run("same", gone)] if tag == "equal" else _whole(gone, came)


def _readable(found: Iterator[Run]) -> Iterator[Run]:
    """Take crumbs that stayed between two changes into them, where reading on is easier."""
    runs = _joined(found)
    for place, run in enumerate(runs):
        is_inside = 0 < place < len(runs) - 1
        if run.kind == "same" and is_inside and len(run.text) < SHORTEST_SAME:
            yield Run("deleted", run.text)
            yield Run("inserted", run.text)
        else:
            yield run


def _joined(runs: Iterator[Run] | Sequence[Run]) -> tuple[Run, ...]:
    """Join neighbours of a kind; between kept runs, all that went stands before all that came."""
    result: list[Run] = []
    for is_same, stretch in groupby(runs, key=lambda run: run.kind == "same"):
        held = list(stretch)
        kinds: list[Kind] = ["same"] if is_same else ["deleted", "inserted"]
        for kind in kinds:
            if text := "".join(run.text for run in held if run.kind == kind):
                result.append(Run(kind, text))
    return tuple(result)


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pair the passages of two texts in order; one that came or went is paired with nothing."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _aligned(old[a:b], new[c:d])


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pair those passages of a changed stretch that are most alike, keeping their order."""
    if len(old) * len(new) > MOST_PAIRS:
        yield ("".join(old), "".join(new))
        return
    best = _likeness_table(old, new)
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            yield (old[i], "")
            i += 1
        elif best[i][j] == best[i][j + 1]:
            yield ("", new[j])
            j += 1
        else:
            yield (old[i], new[j])
            i, j = i + 1, j + 1
    yield from ((passage, "") for passage in old[i:])
    yield from (("", passage) for passage in new[j:])


def _likeness_table(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    """Return the greatest likeness reachable from each place on: (passages of old, of new) + 1."""
    before, after = [_couples(text) for text in old], [_couples(text) for text in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            likeness = _likeness(before[i], after[j])
            paired = likeness + best[i + 1][j + 1] if likeness >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return best


def _couples(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in zip(text, text[1:] + "\n", strict=True))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of couples of neighbouring characters that two passages have in common."""
    return 2 * len(one & other) / (len(one) + len(other))
