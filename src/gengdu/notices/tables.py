"""Tables of a notice: indicators by year, tasks with those who answer for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import takewhile

from gengdu.notices import bodies, numerals, targets
from gengdu.notices.bodies import Clause, Role
from gengdu.notices.deadlines import YearKind, plan_end
from gengdu.notices.names import Names
from gengdu.notices.outline import Line
from gengdu.notices.promises import Kind, Target

_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_UNIT = re.compile(r"[（(]([^（）()]{1,8})[）)]")
_TASK = re.compile(r"任务|举措|措施|内容|项目|事项|目标")
_NUMBER = re.compile(r"序号|编号")
_ANSWERS = re.compile(r"单位|部门|主体|牵头|配合|责任")
_DUE = re.compile(r"时限|期限|时间|进度|节点")
_VALUE = re.compile(
    r"(≥|≤|＞|＜|>|<|不低于|不高于|不超过)?\s*(\d{1,9}(?:\.\d{1,4})?)\s*(%|‰|[一-鿿]{0,4}?)(以上|以下|以内|左右)?"
)
_COMPARES = {
    "≥": "at_least", "不低于": "at_least", "以上": "at_least",
    "≤": "at_most", "不高于": "at_most", "不超过": "at_most", "以下": "at_most", "以内": "at_most",
    "＞": "more_than", ">": "more_than", "＜": "less_than", "<": "less_than", "左右": "about",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """Neighbouring lines whose cells are parted by tabs; the first is the head."""

    rows: tuple[Line, ...]

    @property
    def start(self) -> int:
        """Where it begins in the cleaned text."""
        return self.rows[0].start

    @property
    def end(self) -> int:
        """Where it ends; exclusive."""
        return self.rows[-1].end

    @property
    def head(self) -> list[str]:
        """The cells of the first row."""
        return _cells(self.rows[0])


@dataclass(frozen=True)
class Task:
    """One row of a table of tasks."""

    number: int
    title: str
    start: int
    end: int
    clauses: tuple[Clause, ...]
    targets: tuple[Target, ...]


def _cells(line: Line) -> list[str]:
    return [cell.strip(" 　") for cell in line.text.split("\t")]


def _placed(line: Line) -> list[tuple[str, int]]:
    made, at = [], line.start
    for cell in line.text.split("\t"):
        made.append((cell, at))
        at += len(cell) + 1
    return made


def tables(every: Sequence[Line]) -> list[Table]:
    """Return the tables among the lines of a notice; each has a head and a row at least."""
    found: list[Table] = []
    open_rows: list[Line] = []
    rows = list(_whole_rows(every))
    for at, line in enumerate(rows):
        if "\t" in line.text:
            open_rows.append(line)
            if at + 1 < len(rows):
                continue
        if open_rows and _groups(rows[at : at + MOST_GROUPS + 1], open_rows[0]):
            continue
        if len(open_rows) > 1:
            found.append(Table(tuple(open_rows)))
        open_rows = []
    return found


LONGEST_GROUP, MOST_GROUPS = 30, 3
"""Characters of a line that heads a group of rows, and how many may stand above each other."""


def _groups(some: Sequence[Line], head: Line) -> bool:
    """Tell whether a line without cells heads a group of rows: 一、社会事业 between two rows.

    Args:
        some: The line and those behind it; groups without rows may stand between.
        head: The first row.
    """
    heads = list(takewhile(lambda one: "\t" not in one.text, some))
    if not heads or len(heads) == len(some):
        return False
    if any("。" in one.text or len(one.text) > LONGEST_GROUP for one in heads):
        return False
    following = some[len(heads)]
    tabs = following.text.count("\t")
    return bool(_STARTS_ROW.match(following.text)) and 0 < tabs <= head.text.count("\t")


def _whole_rows(every: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those of one row as one where the cells of a table hold line breaks."""
    at, columns = 0, 0
    while at < len(every):
        line = every[at]
        tabs = line.text.count("\t")
        columns = (columns or tabs) if tabs else 0
        end = at + 1
        if 0 < tabs < columns:
            end = _end_of_row(every, at, columns)
        yield Line("\n".join(one.text for one in every[at:end]), line.start)
        at = end


MOST_BREAKS = 12
"""Line breaks that a row may hold."""


def _end_of_row(every: Sequence[Line], first: int, columns: int) -> int:
    """Return which line ends a row so that it has all its cells; the next one where none does."""
    tabs = every[first].text.count("\t")
    for at in range(first + 1, min(first + MOST_BREAKS, len(every))):
        line = every[at]
        if line.start != every[at - 1].end + 1 or _STARTS_ROW.match(line.text):
            break
        tabs += line.text.count("\t")
        if tabs >= columns:
            return at + 1 if tabs == columns else first + 1
    return first + 1


_STARTS_ROW = re.compile(r"\d{1,3}\t")


def indicators(table: Table, issued: date | None) -> Iterator[Target]:
    """Yield a target for each indicator and each year to come; nothing for other tables."""
    years = {at: year for at, cell in enumerate(table.head) if (year := _year(cell)) is not None}
    rows = [(row, _cells(row)) for row in table.rows[1:]]
    inside = [cells[at] for _row, cells in rows for at in years if at < len(cells)]
    if sum(_VALUE.fullmatch(_bare(cell)) is not None for cell in inside) * 2 < max(len(inside), 1):
        return
    units = next((at for at, cell in enumerate(table.head) if cell == "单位"), None)
    name = next((at for at, cell in enumerate(table.head) if _NAME.search(cell)), None)
    for row, cells in rows:
        named = _named(cells, set(years), name)
        for at, year in sorted(years.items()):
            is_past = issued is not None and year < issued.year
            if at >= len(cells) or is_past or not named:
                continue
            unit = cells[units] if units is not None and units < len(cells) else ""
            if (target := _indicator(row, named, _bare(cells[at]), year, unit)) is not None:
                yield target


_NAME = re.compile(r"指标(?:名称)?$|^(?:项目|名称|内容)$|指标内容")


def _bare(cell: str) -> str:
    """Return a value without the brackets that tell sums over years: [300], 〔1.5〕."""
    return re.sub(r"^[\[［〔【(（]([^\[\]［］〔〕【】()（）]+)[\]］〕】)）]$", r"\1", cell)


def _year(cell: str) -> int | None:
    found = _YEAR.search(cell)
    return int(found[1]) if found else plan_end(cell)


def _named(cells: Sequence[str], years: set[int], name: int | None) -> str:
    """Return what a row is about: the cell below 指标, else its first cell that is no number."""
    if name is not None and name < len(cells) and name not in years and cells[name]:
        return cells[name]
    words = [cell for at, cell in enumerate(cells) if at not in years and cell]
    return next((cell for cell in words if numerals.number(cell) is None and len(cell) > 1), "")


def _indicator(row: Line, named: str, cell: str, year: int, unit: str) -> Target | None:
    found = _VALUE.fullmatch(cell)
    if found is None:
        return None
    given = _UNIT.search(named)
    unit = found[3] or (given[1] if given else "") or unit
    compare = _COMPARES.get(found[1] or found[4] or "", "at_least")
    indicator = _UNIT.sub("", named) if given else named
    return Target(
        row.start, row.end, indicator, "", year, YearKind.YEAR, "", compare,
        (Fraction(found[2]),), unit, "must", Kind.GOAL, "",
    )  # fmt: skip


def tasks(table: Table, issued: date | None, names: Names) -> Iterator[Task]:
    """Yield the rows of a table that says who answers for what; nothing for other tables."""
    head = table.head
    answers = [at for at, cell in enumerate(head) if _ANSWERS.search(cell)]
    what = _what(head)
    if not answers or not what:
        return
    for count, row in enumerate(table.rows[1:], start=1):
        placed = _placed(row)
        placed += [("", row.end)] * (len(head) - len(placed))  # blank cells at the end are cut
        if not placed[what[-1]][0].strip():
            continue
        yield _task(count, row, placed, head, answers, what, issued, names)


def _what(head: Sequence[str]) -> list[int]:
    """Return the columns that say what is to be done."""
    return [
        at for at, cell in enumerate(head)
        if _TASK.search(cell) and not (
            _ANSWERS.search(cell) or _NUMBER.search(cell) or _year(cell) is not None
        )
    ]  # fmt: skip


def _task(
    count: int, row: Line, placed: Sequence[tuple[str, int]], head: Sequence[str],
    answers: Sequence[int], what: Sequence[int], issued: date | None, names: Names,
) -> Task:  # fmt: skip
    numbered = next((at for at, cell in enumerate(head) if _NUMBER.search(cell)), None)
    number = numerals.whole(placed[numbered][0].strip()) if numbered is not None else None
    text, start = placed[what[-1]]
    title = re.split(r"[。；]", placed[what[0]][0].strip())[0]
    leads = any("牵头" in head[at] for at in answers)
    clauses = [
        clause for at in answers if (clause := _clause(head[at], *placed[at], names, leads=leads))
    ]  # fmt: skip
    due = next((at for at, cell in enumerate(head) if _DUE.search(cell)), None)
    time = targets.time_of(placed[due][0], issued) if due is not None else None
    read, _left = targets.targets(text, start, issued, head=time)
    return Task(number or count, title, row.start, row.end, _together(clauses), tuple(read))


def _together(some: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the clauses of neighbouring cells as one, the leading cell first."""
    if not some:
        return ()
    units = [unit for clause in some for unit in clause.units]
    units.sort(key=lambda unit: unit.role not in (Role.LEAD, Role.JOINT_LEAD))
    raw = "\t".join(clause.raw for clause in some)
    is_open = any(clause.is_open for clause in some)
    return (Clause(some[0].start, some[-1].end, raw, tuple(units), is_open),)


def _clause(label: str, text: str, start: int, names: Names, *, leads: bool) -> Clause | None:
    """Return who a cell names; `leads` tells whether another column says who leads."""
    clause = bodies.parse(text, start, names, is_sure=True)
    if clause is None:
        return None
    role = bodies.role_of_label(label)
    if role is None and leads and "责任" in label:
        role = Role.RESPONSIBLE
    if role == Role.LEAD and len(clause.units) > 1:
        role = Role.JOINT_LEAD
    return replace(
        clause, units=tuple(replace(unit, role=unit.role or role) for unit in clause.units)
    )
