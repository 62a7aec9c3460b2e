"""The outline of a notice: its numbered headings in every usual style, one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gengdu.notices import numerals

_C = f"[{numerals.CHARACTERS}]{{1,5}}"
STYLES = {
    "part": rf"第(?P<part>{_C}|\d{{1,3}})(?:编|章|部分|节)[　 、：]?",
    "article": rf"第(?P<article>{_C}|\d{{1,3}})条[　 、：]?",
    "ideograph": rf"(?P<ideograph>{_C})[、．]",
    "bracketed": rf"（(?P<bracketed>{_C})）[、.]?",
    "named": rf"(?:措施|任务|行动|工程|举措)(?P<named>{_C}|\d{{1,3}})[：、.　 ]",
    "number": r"(?P<number>\d{1,3})"
    r"(?:[.．](?:(?!\d)|(?=\d{2,4}[一-鿿])(?!\d+[万亿]?[元亩个名]))|、)",
    "enclosed": r"（(?P<enclosed>\d{1,3})）[、.]?",
    "closed": r"(?P<closed>\d{1,3})）",
    "circled": r"(?P<circled>[①-⑳])",
    "said": rf"(?P<said>{_C})(?:是|要)(?![否的])",
}
"""How headings are numbered; which stands above which shows in each document."""
_AT_LINE = re.compile("|".join(STYLES.values()))
_IN_LINE = re.compile(
    rf"(?<=[。；）〕】])(?:{STYLES['bracketed']}|{STYLES['number']}|{STYLES['ideograph']})"
)
_RUN_TOGETHER = re.compile(r"(?<=[一-鿿])(?P<number>\d{1,2})[、.．](?=[一-鿿]{3})")
"""The number of a heading that lost its line break: 健全管理网络3、理顺管理体制。"""
LONGEST_TITLE = 50
_STOP = re.compile(r"[。；：！？　\t]")
_NAMED = re.compile(r"[【［]([^【】［］：]{2,24})[】］]")
"""A title in brackets: 第七条【信息公示】."""
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,})\s*\d{1,3}$")


@dataclass(frozen=True)
class Line:
    """One paragraph or heading of the cleaned text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends; exclusive."""
        return self.start + len(self.text)


@dataclass
class Node:
    """One numbered heading with all that stands below it.

    Attributes:
        style: One of STYLES.
        start: Where its number begins.
        title: Without its number, its full stop and what stands in brackets at its end.
        text_start: Where what follows its number begins.
        title_end: Where its title ends; what follows is its text.
        end: Where the next heading of its level or a higher one begins, or the document ends.
    """

    style: str
    number: int
    start: int
    text_start: int
    title: str
    title_end: int
    end: int
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def own_end(self) -> int:
        """Where its own text ends and that of the headings below it begins."""
        return self.children[0].start if self.children else self.end

    @property
    def depth(self) -> int:
        """How many headings stand above it."""
        return 0 if self.parent is None else self.parent.depth + 1

    @property
    def ancestors(self) -> Iterator[Node]:
        """Yield the headings above it, nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def walk(self) -> Iterator[Node]:
        """Yield it and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def lines(text: str) -> list[Line]:
    """Return the lines of a cleaned text that are not blank, without the spaces around them.

    A tab before others stays: the first cell of a row may be blank.
    """
    found, at = [], 0
    for raw in text.split("\n"):
        bare = raw.strip(" \t　")
        if "\t" in bare:
            bare = raw.rstrip(" \t　").lstrip(" 　")
        if bare:
            found.append(Line(bare, at + raw.index(bare)))
        at += len(raw) + 1
    return found


@dataclass(frozen=True)
class _Mark:
    style: str
    number: int
    start: int
    end: int
    line: Line


def _marks(every: Sequence[Line]) -> Iterator[_Mark]:
    """Yield what looks like the number of a heading, at the head of a line or after a stop."""
    for line in every:
        if _CONTENTS.search(line.text):
            continue
        head = _AT_LINE.match(line.text)
        at = 0
        if head is not None and (mark := _mark(head, line)) is not None:
            yield mark
            at = head.end()
        title = line.text[: LONGEST_TITLE + at].split("。")[0]
        run = _RUN_TOGETHER.search(title, at) if at else None
        if run is not None and (mark := _mark(run, line)) is not None:
            yield mark
            at = run.end()
        for found in _IN_LINE.finditer(line.text, at):
            if (mark := _mark(found, line)) is not None:
                yield mark


def _mark(found: re.Match[str], line: Line) -> _Mark | None:
    style = found.lastgroup
    assert style is not None
    printed = found[style]
    number = ord(printed) - ord("①") + 1 if style == "circled" else numerals.whole(printed)
    if not number:
        return None
    return _Mark(style, number, line.start + found.start(), line.start + found.end(), line)


class _Builder:
    """Puts headings below each other; a number that does not follow is no heading but text."""

    def __init__(self, end: int) -> None:
        self.roots: list[Node] = []
        self._end = end
        self._open: list[Node] = []
        self._last: dict[str, int] = {}

    def add(self, mark: _Mark) -> None:
        if not self._follows(mark):
            return
        if any(node.style == mark.style for node in self._open):
            while (closed := self._open.pop()).style != mark.style:
                closed.end = mark.start
            closed.end = mark.start
        parent = self._open[-1] if self._open else None
        node = _node(mark, self._end, parent)
        (self.roots if parent is None else parent.children).append(node)
        self._open.append(node)
        self._last[mark.style] = mark.number

    def _follows(self, mark: _Mark) -> bool:
        """Tell whether a number is the first below its heading, or the one after the last."""
        last = self._last.get(mark.style)
        if mark.number == 1:
            return True
        if last is None:
            is_chinese = mark.style in ("ideograph", "bracketed", "part")
            return (is_chinese and mark.number <= 2) or (
                mark.number <= LONGEST_GAP and _is_heading(mark)
            )
        if last < mark.number <= last + 2:
            return True
        return last <= mark.number <= last + LONGEST_GAP and _is_heading(mark)


def _is_heading(mark: _Mark) -> bool:
    """Tell whether a number out of its order heads a line as the title of a measure does."""
    rest = mark.line.text[mark.end - mark.line.start :]
    stop = _STOP.search(rest)
    is_titled = stop is not None and 3 <= stop.start() <= LONGEST_TITLE and stop[0] in "。：　"
    return mark.start == mark.line.start and is_titled


LONGEST_GAP = 9
"""By how much a number may leave out those before it, where it clearly heads a measure."""


def _node(mark: _Mark, end_of: int, parent: Node | None) -> Node:
    rest = mark.line.text[mark.end - mark.line.start :]
    lead = len(rest) - len(rest.lstrip(" 　"))
    start, rest = mark.end + lead, rest[lead:]
    if (named := _NAMED.match(rest)) is not None:
        end = start + named.end()
        return Node(mark.style, mark.number, mark.start, end, named[1], end, end_of, parent)
    stop = _STOP.search(rest)
    run = _RUN_TOGETHER.search(rest, 0, stop.start() if stop else LONGEST_TITLE)
    stop = run or stop
    title = rest[: stop.start()] if stop else rest
    return Node(
        mark.style, mark.number, mark.start, start, title, start + len(title), end_of, parent
    )


_LISTED = frozenset({"said", "enclosed", "closed", "circled"})


def outline(every: Sequence[Line]) -> list[Node]:
    """Return the headings that stand above all others, each with those below it.

    Where no line is numbered there is none.
    """
    builder = _Builder(every[-1].end if every else 0)
    for mark in _marks(every):
        builder.add(mark)
    for root in builder.roots:
        for node in root.walk():
            if len(node.children) == 1 and node.children[0].style in _LISTED:
                node.children = []  # 一是 at the head of a line, 二是 behind it: prose
    return builder.roots
