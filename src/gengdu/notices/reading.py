"""Reads a notice whole: its head, its measures, who answers for them, what it promises."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from gengdu.notices import doubts, header, headings, numerals, outline, tables, targets
from gengdu.notices.bodies import Clause
from gengdu.notices.cleaning import Cleaned, clean
from gengdu.notices.deadlines import Time, YearKind
from gengdu.notices.header import Header
from gengdu.notices.headings import Measure
from gengdu.notices.names import Names, kind_of
from gengdu.notices.outline import Line, Node
from gengdu.notices.promises import Kind, Target
from gengdu.notices.tables import Table, Task

_PRINTED_END = re.compile(r"^(?:附件|抄送|（此件|（联系人|（信息公开|此件)")


@dataclass(frozen=True)
class Placed:
    """A target with the number of its measure; None outside any."""

    target: Target
    measure: int | None


@dataclass(frozen=True)
class Reading:
    """Everything read of one notice; all places are in the cleaned text.

    Attributes:
        doubts: Why somebody should look at a clause, by its start and end.
    """

    cleaned: Cleaned
    raw: str
    header: Header
    measures: tuple[Measure, ...]
    targets: tuple[Placed, ...]
    doubts: dict[tuple[int, int], str]

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
            "doubt": one.doubt,
        }

    def _clause(self, one: Clause) -> dict[str, Any]:
        start, end = self.cleaned.span(one.start, one.end)
        return {
            "raw": self.raw[start:end], "start": start, "end": end,
            "units": [unit.name for unit in one.units], "lead": one.lead,
            "roles": {name: role.value for name, role in one.roles.items()},
            "open_ended": one.is_open,
            "kinds": {unit.name: kind_of(unit.name).value for unit in one.units},
            "doubt": self.doubts.get((one.start, one.end), ""),
        }  # fmt: skip

    def _target(self, placed: Placed) -> dict[str, Any]:
        one = placed.target
        start, end = self.cleaned.span(one.start, one.end)
        return {
            "measure": placed.measure,
            "text": self.raw[start:end], "start": start, "end": end,
            **what_is_said(one), "doubt": one.doubt,
        }  # fmt: skip


def what_is_said(target: Target) -> dict[str, Any]:
    """Return what a target says, without where it stands, as plain data."""
    values = [plain(value) for value in target.value]
    return {
        "indicator": target.indicator, "scope": target.scope, "year": target.year,
        "year_kind": target.year_kind.value if target.year_kind else None,
        "comparison": target.comparison,
        "value": values if len(values) > 1 else values[0] if values else None,
        "unit": target.unit, "force": target.force, "kind": target.kind.value,
        "due_words": target.due_words,
    }  # fmt: skip


def plain(value: Fraction) -> int | float:
    """Return a number as JSON writes it; of 三分之二 the first digits, so that two thirds reach it.

    >>> plain(Fraction(5)), plain(Fraction(101, 100)), plain(Fraction(200, 3))
    (5, 1.01, 66.6666)
    """
    return value.numerator if value.denominator == 1 else floor(value * 10_000) / 10_000


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
    measures = headings.measures(prose, roots, names)
    told = _without(
        prose,
        [one for measure in measures if not measure.is_said for one in measure.clauses],
    )
    placed = list(_targets(told, every, roots, measures, found.issued))
    for table in every_table:
        _add_table(table, measures, placed, found.issued, names, cleaned.text)
    placed = _in_time_limits(placed, measures, cleaned.text, found.issued)
    placed = [_in_span(_in_year(one, found.year), found.span, cleaned.text) for one in placed]
    placed.sort(key=lambda one: (one.target.start, one.target.end))
    doubted = doubts.of_clauses(
        [clause for one in measures for clause in one.clauses], cleaned.text
    )
    return Reading(cleaned, raw, found, tuple(measures), tuple(placed), doubted)


def _in_year(placed: Placed, year: int | None) -> Placed:
    """Return a goal that says nowhere by when as due in the year that the title names."""
    one = placed.target
    if year is None or one.kind != Kind.GOAL or one.year_kind is not None or not one.value:
        return placed
    doubts = [words for words in one.doubt.split("；") if words not in ("", targets.NO_DEADLINE)]
    doubt = "；".join([FROM_TITLE, *doubts])
    return replace(placed, target=replace(one, year=year, year_kind=YearKind.YEAR, doubt=doubt))


_TIME_LIMIT = re.compile(
    r"(?:完成|办结|整改|落实|办理|实施)(?:时限|期限|时间)[：:】〕]\s*([^；;。，,）)】〕\n]{2,24})"
)


def _in_time_limits(
    every: Sequence[Placed], measures: Sequence[Measure], text: str, issued: date | None
) -> list[Placed]:
    """Return goals that say nowhere by when as due by the 完成时限 of their measure."""
    limits = {}
    for measure in measures:
        said = [
            time for found in _TIME_LIMIT.finditer(text, measure.start, measure.end)
            if (time := targets.time_of(found[1], issued)) is not None and time.year is not None
        ]  # fmt: skip
        if len(said) == 1:
            limits[measure.start] = (measure.end, said[0])
    starts = sorted(limits)
    made = []
    for each in every:
        one, at = each.target, bisect_right(starts, each.target.start)
        end, time = limits[starts[at - 1]] if at else (0, None)
        is_open = one.kind == Kind.GOAL and one.year_kind is None and one.value
        if time is not None and is_open and one.start < end:
            doubt = one.doubt.replace(targets.NO_DEADLINE, "期限取自完成时限")
            one = replace(
                one, year=time.year, year_kind=time.kind, doubt=doubt, due_words=time.words
            )
        made.append(replace(each, target=one))
    return made


def _in_span(placed: Placed, span: tuple[int, int] | None, text: str) -> Placed:
    """Return what is due 三年内 under a title that names three years as due in their last."""
    one = placed.target
    if span is None or one.year is not None or one.year_kind != YearKind.RELATIVE:
        return placed
    said = _SO_MANY_YEARS.search(text[one.start : one.end])
    if said is None or numerals.whole(said[1]) != span[1] - span[0] + 1:
        return placed
    doubt = one.doubt.replace(targets.FROM_ITS_DAY, FROM_TITLE)
    return replace(placed, target=replace(one, year=span[1], year_kind=YearKind.YEAR, doubt=doubt))


_SO_MANY_YEARS = re.compile(rf"(\d|[{numerals.CHARACTERS}])年")
FROM_TITLE = "期限取自标题"


def _without(text: str, every: Sequence[Table | Clause]) -> str:
    """Return a text with spaces where tables or clauses stand, which are read by themselves."""
    made, at = [], 0
    for one in sorted(every, key=lambda one: one.start):
        if one.start >= at:
            made += [text[at : one.start], re.sub(r"[^\n]", " ", text[one.start : one.end])]
            at = one.end
    return "".join([*made, text[at:]])


def _add_table(
    table: Table, measures: list[Measure], placed: list[Placed], issued: date | None,
    names: Names, text: str,
) -> None:  # fmt: skip
    """Add what a table promises; where headings name no bodies, its rows are the measures."""
    placed += [Placed(target, None) for target in tables.indicators(table, issued)]
    rows = list(tables.tasks(table, issued, names))
    is_plan = rows and not any(
        one.clauses and one.node is not None and not one.is_said for one in measures
    )
    if rows and not is_plan:
        placed += _repeated(rows, measures, placed, text)
    if is_plan:
        if any(one.node is not None for one in measures):  # headings that only introduce it
            placed[:] = [replace(one, measure=None) for one in placed]
        measures[:] = [one for one in measures if one.node is None]
        measures += headings.doubtful([
            Measure(one.number, one.title, one.start, one.end, None, one.clauses) for one in rows
        ])  # fmt: skip
        placed += [Placed(target, one.number) for one in rows for target in one.targets]


def _repeated(
    rows: Sequence[Task], measures: Sequence[Measure], placed: Sequence[Placed], text: str
) -> list[Placed]:
    """Return what the rows of a list ask that the measures above it do not say themselves.

    A row belongs to the measure of its title; one that no measure is called like belongs to none,
    and says so.
    """
    number_of = {one.title: one.number for one in measures}
    found = []
    for row in rows:
        number = number_of.get(row.title)
        for target in row.targets:
            if any(_says(one, target, number, text) for one in placed):
                continue
            if number is None:
                doubt = "；".join(filter(None, [NO_SUCH_MEASURE.format(row.title), target.doubt]))
                target = replace(target, doubt=doubt)
            found.append(Placed(target, number))
    return found


NO_SUCH_MEASURE = "取自表中“{}”一行，正文没有这一条措施"
ALIKE = 4
"""Characters in a row that two targets share if they speak of one thing."""


def _says(placed: Placed, target: Target, number: int | None, text: str) -> bool:
    """Tell whether a target says the same: the number in its measure, or elsewhere in its words."""
    one = placed.target
    if (one.value, one.unit) != (target.value, target.unit):
        return False
    if number is not None:
        return placed.measure == number
    left, right = text[one.start : one.end], text[target.start : target.end]
    return any(left[at : at + ALIKE] in right for at in range(len(left) - ALIKE + 1))


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
    for line in _opening(text, every, first):
        found, _left = targets.targets(*line, issued, is_preface=True)
        yield from (Placed(target, None) for target in found)
    left: dict[int, Time | None] = {}
    for node in (node for root in roots for node in root.walk()):
        number = next(
            (numbers[id(one)] for one in (node, *node.ancestors) if id(one) in numbers), None
        )
        begin = _begin_of_text(text, node)
        stretch = text[begin : min(node.own_end, end)]
        is_preface = headings.is_about(headings.PREFACES, node)
        above = left.get(id(node.parent))
        found, left[id(node)] = targets.targets(
            stretch,
            begin,
            issued,
            is_preface=is_preface,
            sets_goals=any(
                headings.is_about(headings.GOALS, one) for one in (node, *node.ancestors)
            ),
            head=above,
        )
        yield from (Placed(target, number) for target in found)


def _begin_of_text(text: str, node: Node) -> int:
    """Return where what a heading may promise begins: behind a title that has text of its own.

    控辍保学清零。 names a measure; what is promised stands behind it.
    """
    title = text[node.text_start : node.title_end]
    rest = text[node.title_end : node.own_end].strip("。：， \n　\t")
    is_name = len(title) <= headings.LONGEST_NAME and not re.search(r"[\d，]", title)
    return node.title_end if is_name and len(rest) > headings.LONGEST_NAME else node.text_start


def _opening(text: str, every: Sequence[Line], first: int) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs above the first heading, titles and addressees left out."""
    for line in every:
        if line.end <= first and "。" in line.text:
            yield text[line.start : line.end], line.start


def _end_of_text(every: Sequence[Line], roots: Sequence[Node]) -> int:
    """Return where the text ends and what is printed below it begins."""
    last = roots[-1].start if roots else 0
    for line in every:
        if line.start > last and _PRINTED_END.match(line.text):
            return line.start
    return every[-1].end if every else 0
