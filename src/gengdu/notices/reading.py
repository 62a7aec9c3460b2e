"""Reads a notice whole: its head, its measures, who answers for them, what it promises."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from gengdu.notices import answers, header, outline, tables, targets
from gengdu.notices.bodies import Clause
from gengdu.notices.cleaning import Cleaned, clean
from gengdu.notices.deadlines import Time
from gengdu.notices.header import Header
from gengdu.notices.names import Names
from gengdu.notices.outline import Line, Node
from gengdu.notices.tables import Table
from gengdu.notices.targets import Target

PREFACES = re.compile(
    r"(?:总体要求|总体思路|指导思想|基本原则|工作原则|主要原则|实施原则|重要意义|重大意义|基本情况|工作基础|发展基础|现状|背景|形势|工作回顾|编制依据|发展环境|机遇|挑战|问题)"
)
GOALS = re.compile(
    r"(?:工作目标|主要目标|总体目标|发展目标|目标任务|目标要求|阶段目标|具体目标|主要指标|行动目标|年度目标)"
)
SHORT_TITLE = 14
LONGEST_PREFACE = 16
NO_MEASURES = re.compile(r"附则|名词解释|联系人|联系方式|附表|实施时间|有效期")
_PRINTED_END = re.compile(r"^(?:附件|抄送|（此件|（联系人|（信息公开|此件)")


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes:
        number: As printed.
        start, end: In the cleaned text; start is where its number stands.
        clauses: Who answers, in order.
        is_said: Whether prose says so, not brackets or a label.
    """

    number: int
    title: str | None
    start: int
    end: int
    node: Node | None
    clauses: tuple[Clause, ...]
    is_said: bool = False


@dataclass(frozen=True)
class Placed:
    """A target with the number of its measure; None outside any."""

    target: Target
    measure: int | None


@dataclass(frozen=True)
class Reading:
    """Everything read of one notice; all places are in the cleaned text."""

    cleaned: Cleaned
    raw: str
    header: Header
    measures: tuple[Measure, ...]
    targets: tuple[Placed, ...]

    @property
    def unread(self) -> int:
        """How many characters at the end were too many to read."""
        return max(0, len(self.raw) - LONGEST)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data; offsets count characters of the text as it was given."""
        issued = self.header.issued
        return {
            "title": self.header.title,
            "issuer": self.header.issuer,
            "doc_no": self.header.doc_no,
            "date": issued.isoformat() if issued else None,
            "text": self.raw,
            "measures": [self._measure(one) for one in self.measures],
            "targets": [self._target(one) for one in self.targets],
            **({"unread": self.unread} if self.unread else {}),
        }

    def _measure(self, one: Measure) -> dict[str, Any]:
        return {
            "no": one.number,
            "title": one.title,
            "start": self.cleaned.span(one.start, one.start + 1)[0],
            "bodies": [self._clause(clause) for clause in one.clauses],
        }

    def _clause(self, one: Clause) -> dict[str, Any]:
        start, end = self.cleaned.span(one.start, one.end)
        return {
            "raw": self.raw[start:end], "start": start, "end": end,
            "units": [unit.name for unit in one.units], "lead": one.lead,
            "roles": {name: role.value for name, role in one.roles.items()},
            "open_ended": one.is_open,
        }  # fmt: skip

    def _target(self, placed: Placed) -> dict[str, Any]:
        one = placed.target
        start, end = self.cleaned.span(one.start, one.end)
        values = [plain(value) for value in one.value]
        return {
            "measure": placed.measure,
            "text": self.raw[start:end], "start": start, "end": end,
            "indicator": one.indicator, "scope": one.scope,
            "year": one.year, "year_kind": one.year_kind.value if one.year_kind else None,
            "comparison": one.comparison,
            "value": values if len(values) > 1 else values[0] if values else None,
            "unit": one.unit, "force": one.force, "kind": one.kind.value, "doubt": one.doubt,
        }  # fmt: skip


def plain(value: Fraction) -> int | float:
    """Return a number as JSON writes it."""
    return value.numerator if value.denominator == 1 else float(value)


LONGEST = 200_000
"""Characters beyond which a text is not read on: three hundred pages."""


def read(raw: str) -> Reading:
    """Return what a notice says; of what is longer than LONGEST, its beginning.

    Args:
        raw: Its text; of a UTF-8 file, the file itself.
    """
    cleaned = clean(raw[:LONGEST])
    every = outline.lines(cleaned.text)
    roots = outline.outline(every)
    found = header.header(every, roots[0].start if roots else None)
    names = Names()
    every_table = tables.tables(every)
    prose = _without(cleaned.text, every_table)
    measures = _measures(prose, roots, names)
    told = _without(
        prose,
        [one for measure in measures if not measure.is_said for one in measure.clauses],
    )
    placed = list(_targets(told, every, roots, measures, found.issued))
    for table in every_table:
        _add_table(table, measures, placed, found.issued, names)
    placed.sort(key=lambda one: (one.target.start, one.target.end))
    return Reading(cleaned, raw, found, tuple(measures), tuple(placed))


def _without(text: str, every: Sequence[Table | Clause]) -> str:
    """Return a text with spaces where tables or clauses stand, which are read by themselves."""
    made, at = [], 0
    for one in sorted(every, key=lambda one: one.start):
        if one.start >= at:
            made += [text[at : one.start], re.sub(r"[^\n]", " ", text[one.start : one.end])]
            at = one.end
    return "".join([*made, text[at:]])


def _add_table(
    table: Table, measures: list[Measure], placed: list[Placed], issued: date | None, names: Names
) -> None:
    """Add what a table promises; where headings name no bodies, its rows are the measures."""
    placed += [Placed(target, None) for target in tables.indicators(table, issued)]
    rows = list(tables.tasks(table, issued, names))
    is_plan = rows and not any(
        one.clauses and one.node is not None and not one.is_said for one in measures
    )
    if is_plan:
        measures[:] = [one for one in measures if one.node is None]
        measures += [
            Measure(one.number, one.title, one.start, one.end, None, one.clauses) for one in rows
        ]
        placed += [Placed(target, one.number) for one in rows for target in one.targets]


# Which headings are measures


def _measures(text: str, roots: Sequence[Node], names: Names) -> list[Measure]:
    nodes = [node for root in roots for node in root.walk()]
    for node in nodes:
        _clauses(text, node, names)  # teaches names
    clauses = {id(node): _clauses(text, node, names) for node in nodes}
    for node in nodes:
        _lift(text, node, clauses)
    chosen = _chosen(roots, nodes, {key for key, found in clauses.items() if found})
    owned = [[one for below in node.walk() for one in clauses[id(below)]] for node in chosen]
    is_rare = sum(map(bool, owned)) * 2 < len(chosen)
    first = answers.FIRST if is_rare else answers.LEADING
    told = [
        _measure(node, own, () if own else _said_in_sentences(text, node, names, first))
        for node, own in zip(chosen, owned, strict=True)
    ]
    return _with_shared(text, told, names)


_FOR_SEVERAL = re.compile(
    r"(?:上述|以上|前述)?第?(\d{1,2})((?:项)?[、，和及—\-－～~至到]第?\d{1,2}){1,8}[项条点款]?"
    r"(?:任务|工作|措施|内容|举措)?[^，。；\n]{0,6}?(?=由)"
)


def _with_shared(text: str, told: Sequence[Measure], names: Names) -> list[Measure]:
    """Give measures that name nobody what 第1、2项由甲局牵头 says of several at once."""
    shared: dict[int, list[Clause]] = {}
    for found in _FOR_SEVERAL.finditer(text):
        end = text.find("\n", found.end())
        stretch = text[found.end() : end if end >= 0 else len(text)].split("。")[0]
        clauses = list(answers.in_sentences(stretch, found.end(), names))
        for number in _numbers(found[0]):
            shared.setdefault(number, clauses)
    return [
        replace(one, clauses=tuple(shared[one.number]), is_said=True)
        if one.number in shared and not one.clauses else one
        for one in told
    ]  # fmt: skip


def _numbers(words: str) -> list[int]:
    """Return the numbers that some words name.

    >>> _numbers("第1、3项"), _numbers("上述3—5项任务")
    ([1, 3], [3, 4, 5])
    """
    every = [int(one) for one in re.findall(r"\d{1,2}", words)]
    if re.search(r"[—\-－～~至到]", words) and len(every) == 2:
        return list(range(every[0], every[1] + 1))
    return every


def _measure(node: Node, own: Sequence[Clause], said: Sequence[Clause]) -> Measure:
    title = _title(node, own)
    return Measure(
        node.number, title, node.start, node.end, node, (*own, *said), is_said=bool(said)
    )


def _lift(text: str, node: Node, clauses: dict[int, list[Clause]]) -> None:
    """Give a heading the clause that stands on a line of its own below its last point.

    That is so where there are several points and no other of them names anybody.
    """
    *others, last = node.children or [node]
    if not others or clauses[id(node)] or any(clauses[id(one)] for one in others):
        return
    own = [
        one for one in clauses[id(last)]
        if text.rfind("\n", last.text_start, one.start) > last.text_start
    ]  # fmt: skip
    clauses[id(node)] = own
    clauses[id(last)] = [one for one in clauses[id(last)] if one not in own]


def _clauses(text: str, node: Node, names: Names) -> list[Clause]:
    return answers.clauses(text[node.text_start : node.own_end], node.text_start, names)


def _said_in_sentences(text: str, node: Node, names: Names, first: frozenset[str]) -> list[Clause]:
    """Return who is said to answer where a measure has no brackets and no labels."""
    return list(
        answers.in_sentences(text[node.text_start : node.end], node.text_start, names, first)
    )


def _title(node: Node, own: Sequence[Clause]) -> str | None:
    """Return a measure's title: a long first sentence is cut at its first comma.

    None for an article that begins with its text.
    """
    if node.style == "article" and node.title_end - node.text_start > SHORT_TITLE:
        return None
    title = node.title
    if (closing := re.search(r"[（〔【]([^（〔【]*)[）〕】]$", title)) and any(
        one.start >= node.text_start + closing.start() and one.end <= node.title_end for one in own
    ):
        title = title[: closing.start()]
    if len(title) > outline.LONGEST_TITLE:
        title = re.split(r"[，,]", title)[0]
    return title.strip(" 　")


def _chosen(roots: Sequence[Node], nodes: Sequence[Node], with_bodies: set[int]) -> list[Node]:
    """Return the headings that are measures: those that bodies answer for, and their likes.

    Where no body is named, the measures are the deepest headings with titles in the sections that
    neither introduce nor set goals.
    """
    working = [node for node in nodes if not _is_preface(node)]
    if with_bodies:
        style = _commonest([node for node in working if id(node) in with_bodies])
        alike = _alike(working, *style)
        some = [one for node in alike for one in _points(node, with_bodies)]
        lone = [
            node for node in working
            if id(node) in with_bodies and node.style != style[0]
            and not any(above in some for above in node.ancestors)
            and not any(below in some for below in node.walk())
        ]  # fmt: skip
        return sorted([*some, *lone], key=lambda node: node.start)
    return _untold(working)


def _alike(working: Sequence[Node], style: str, depth: int) -> list[Node]:
    """Return the headings of a style so deep, and those that go on with their numbers."""
    found: list[Node] = []
    for node in working:
        if node.style != style:
            continue
        goes_on = bool(found) and node.number == found[-1].number + 1
        if node.depth >= depth or goes_on:
            found.append(node)
    return found


def _points(node: Node, with_bodies: set[int]) -> Sequence[Node]:
    """Return the points below a heading where each of several names its own bodies, else it."""
    each = [id(child) in with_bodies for child in node.children]
    return node.children if len(each) > 1 and all(each) else [node]


def _commonest(nodes: Sequence[Node]) -> tuple[str, int]:
    counted = Counter(node.style for node in nodes)
    style = counted.most_common(1)[0][0] if counted else ""
    return style, min((node.depth for node in nodes if node.style == style), default=0)


def _untold(working: Sequence[Node]) -> list[Node]:
    titled = [node for node in working if node.title and node.style not in ("said", "circled")]
    by_style = Counter(node.style for node in titled if not node.children or node.depth)
    if not by_style:
        return [node for node in working if not node.children]
    for style in ("number", "bracketed", "article", "named", "ideograph"):
        some = [node for node in titled if node.style == style]
        if len(some) >= 3 and by_style.get(style):
            return some
    return [node for node in titled if not node.children]


def _is_preface(node: Node) -> bool:
    """Tell whether a heading introduces, sets goals or closes; so does all below it."""
    return any(
        _is_about(words, one) for one in (node, *node.ancestors)
        for words in (PREFACES, GOALS, NO_MEASURES)
    )  # fmt: skip


def _is_about(words: re.Pattern[str], node: Node) -> bool:
    """Tell whether a short title has some words: 明确目标任务，促进发展 is a measure."""
    return len(node.title) <= LONGEST_PREFACE and words.search(node.title) is not None


# What is promised where


def _targets(
    text: str, every: Sequence[Line], roots: Sequence[Node], measures: Sequence[Measure],
    issued: date | None,
) -> Iterator[Placed]:  # fmt: skip
    numbers = {id(one.node): one.number for one in measures}
    end = _end_of_text(every, roots)
    first = roots[0].start if roots else 0
    if not roots:
        found, _left = targets.targets(text[first:end], first, issued, is_preface=True)
        yield from (Placed(target, None) for target in found)
    left: dict[int, Time | None] = {}
    for node in (node for root in roots for node in root.walk()):
        number = next(
            (numbers[id(one)] for one in (node, *node.ancestors) if id(one) in numbers), None
        )
        stretch = text[node.text_start : min(node.own_end, end)]
        is_preface = _is_about(PREFACES, node)
        above = left.get(id(node.parent))
        found, left[id(node)] = targets.targets(
            stretch,
            node.text_start,
            issued,
            is_preface=is_preface,
            sets_goals=any(_is_about(GOALS, one) for one in (node, *node.ancestors)),
            head=above,
        )
        yield from (Placed(target, number) for target in found)


def _end_of_text(every: Sequence[Line], roots: Sequence[Node]) -> int:
    """Return where the text ends and what is printed below it begins."""
    last = roots[-1].start if roots else 0
    for line in every:
        if line.start > last and _PRINTED_END.match(line.text):
            return line.start
    return every[-1].end if every else 0
