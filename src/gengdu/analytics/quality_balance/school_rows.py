"""One row per school and stage, as a county hands them in: read, and refused with every fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar


class Category(StrEnum):
    """What kind of school it is."""

    PRIMARY = "primary"
    JUNIOR = "junior"
    NINE_YEAR = "nine_year"
    COMPLETE_SECONDARY = "complete_secondary"
    TWELVE_YEAR = "twelve_year"
    TEACHING_POINT = "teaching_point"


class Stage(StrEnum):
    """Which pupils a row speaks of."""

    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"


STAGES_ZH: Mapping[str, str] = {Stage.PRIMARY: "小学", Stage.JUNIOR: "初中"}
"""What the stages that are assessed are called."""

STAGES_OF = {
    Category.PRIMARY: (Stage.PRIMARY,),
    Category.JUNIOR: (Stage.JUNIOR,),
    Category.NINE_YEAR: (Stage.PRIMARY, Stage.JUNIOR),
    Category.COMPLETE_SECONDARY: (Stage.JUNIOR, Stage.SENIOR),
    Category.TWELVE_YEAR: (Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR),
}
"""The stages of each kind of school; a teaching point has one of the two compulsory ones."""

PEOPLE = ("teachers_above", "backbone_teachers", "pe_art_teachers", "visiting_pe_art_teachers")
OF_SCHOOL = ("teaching_area_m2", "indoor_sports_area_m2", "sports_area_m2", "equipment_yuan",
             "multimedia_rooms")  # fmt: skip
"""What a combined school has once, and repeats in the row of each of its stages."""
COLUMNS = ("school", "category", "stage", "pupils", *PEOPLE, *OF_SCHOOL, "rural")
_WHOLE = frozenset({"pupils", *PEOPLE, "multimedia_rooms"})
LARGEST = 10**12
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,12})?")
Code = TypeVar("Code", bound=StrEnum)
Tell = Callable[[str, str], None]
_YES_NO = {"0": False, "1": True}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        row: Number of the row in the file; 0 for its head.
        column: Name of the column; empty where the whole row is meant.
    """

    row: int
    column: str
    message_zh: str

    def __str__(self) -> str:
        where = f"第 {self.row} 行" if self.row else "表头"
        return f"{where}{f'“{self.column}”' if self.column else ''}：{self.message_zh}"


class Faulty(ValueError):
    """The rows cannot be evaluated; `faults` names everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("；".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class SchoolRow:
    """One stage of one school.

    Attributes:
        row: Number of the row in the file.
        pupils: On the roll of this stage.
        figures: The other numbers by column; None for what was not reported.
    """

    row: int
    school: str
    category: Category
    stage: Stage
    pupils: int
    rural: bool
    figures: Mapping[str, Fraction | None]


def read(records: Iterable[tuple[int, Sequence[object]]]) -> list[SchoolRow]:
    """Read rows of which the first names the columns.

    Args:
        records: Number and cells of each row; a cell is a text, a number or None.

    Raises:
        Faulty: If anything is wrong, with all of it.
    """
    numbered = iter(records)
    head = next(numbered, None)
    if head is None:
        raise Faulty([Fault(0, "", "文件是空的，没有可计算的学校")])
    places = _places(head[1])
    faults: list[Fault] = []
    rows = []
    for number, cells in numbered:
        row = _row(number, {name: _at(cells, place) for name, place in places.items()}, faults)
        if row is not None:
            rows.append(row)
    faults += _contradictions(rows)
    if not rows and not faults:
        faults.append(Fault(0, "", "只有表头，没有学校"))
    if faults:
        raise Faulty(sorted(faults, key=lambda fault: (fault.row, fault.column)))
    return rows


def of_records(records: Iterable[Mapping[str, object]]) -> list[SchoolRow]:
    """Return rows as the registers hold them, one mapping per school and stage; checked alike.

    Raises:
        Faulty: If the registers contradict themselves.
    """
    rows = [(n, [one[name] for name in COLUMNS]) for n, one in enumerate(records, start=1)]
    return read([(0, COLUMNS), *rows]) if rows else []


def _places(cells: Sequence[object]) -> dict[str, int]:
    names = ["" if cell is None else str(cell).strip() for cell in cells]
    missing = [name for name in COLUMNS if name not in names]
    faults = [Fault(0, name, "缺少这一列") for name in missing]
    faults += [
        Fault(0, name, "这一列写了不止一次，请只留一列")
        for name in COLUMNS
        if names.count(name) > 1
    ]
    faults += [
        Fault(0, name, "没有这样的列，请核对列名") for name in names if name and name not in COLUMNS
    ]
    if faults:
        raise Faulty(faults)
    return {name: names.index(name) for name in COLUMNS}


def _at(cells: Sequence[object], place: int) -> str:
    cell = cells[place] if place < len(cells) else None
    if isinstance(cell, float) and cell.is_integer():  # as Excel keeps whole numbers
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _row(number: int, cells: Mapping[str, str], faults: list[Fault]) -> SchoolRow | None:
    """Read one row, and add what is wrong with it; None where that is anything."""
    before = len(faults)

    def fault(column: str, message: str) -> None:
        faults.append(Fault(number, column, message))

    for column in ("school", "category", "stage", "pupils", "rural"):
        if not cells[column]:
            fault(column, "没有填")
    category, stage = _category_and_stage(cells, fault)
    if cells["rural"] and cells["rural"] not in _YES_NO:
        fault("rural", f"“{cells['rural']}”应为 0 或 1")
    pupils = _number("pupils", cells["pupils"], fault)
    figures = {column: _number(column, cells[column], fault) for column in (*PEOPLE, *OF_SCHOOL)}
    _check_areas(figures, fault)
    if len(faults) > before or category is None or stage is None or pupils is None:
        return None
    rural = _YES_NO[cells["rural"]]
    return SchoolRow(number, cells["school"], category, stage, int(pupils), rural, figures)


def _category_and_stage(
    cells: Mapping[str, str], fault: Tell
) -> tuple[Category | None, Stage | None]:
    category, stage = _coded(cells["category"], Category), _coded(cells["stage"], Stage)
    for column, found, codes in (("category", category, Category), ("stage", stage, Stage)):
        if cells[column] and found is None:
            fault(column, f"“{cells[column]}”不在可填的范围内，可填：{'、'.join(codes)}")
    if category and stage and not _may_have(category, stage):
        fault("stage", f"{category} 不会有 {stage} 这一段，请核对类别或学段")
    return category, stage


def _check_areas(figures: Mapping[str, Fraction | None], fault: Tell) -> None:
    indoor = figures["indoor_sports_area_m2"]
    for column in ("teaching_area_m2", "sports_area_m2"):
        whole = figures[column]
        if indoor is not None and whole is not None and indoor > whole:
            fault(column, f"应包含室内体育用房，却小于 indoor_sports_area_m2（{float(indoor):g}）")


def _coded(text: str, codes: type[Code]) -> Code | None:
    return codes(text) if text in set(codes) else None


def _may_have(category: Category, stage: Stage) -> bool:
    if category == Category.TEACHING_POINT:
        return stage != Stage.SENIOR
    return stage in STAGES_OF[category]


def _number(column: str, text: str, fault: Tell) -> Fraction | None:
    """Read a number that is not below zero; what is blank was not reported."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text.replace(",", "")):
        fault(column, f"“{text[:20]}”不是数字，应为不带单位的数，如 120 或 85.5")
        return None
    value = Fraction(text.replace(",", ""))
    if value < 0:
        fault(column, f"{text} 不能小于 0")
    elif value > LARGEST:
        fault(column, f"{text} 太大，请核对单位")
    elif column in _WHOLE and value.denominator != 1:
        fault(column, f"{text} 应为整数")
    return value


def _contradictions(rows: Sequence[SchoolRow]) -> Iterator[Fault]:
    """Yield where the rows of one school contradict each other."""
    first: dict[str, SchoolRow] = {}
    seen: dict[tuple[str, Stage], SchoolRow] = {}
    for row in rows:
        twin = seen.setdefault((row.school, row.stage), row)
        if twin is not row:
            message = f"与第 {twin.row} 行是同一所学校的同一学段，请只留一行"
            yield Fault(row.row, "school", message)
            continue
        other = first.setdefault(row.school, row)
        if other.category != row.category:
            yield Fault(row.row, "category", f"与第 {other.row} 行同一所学校的类别不同")
        if other.rural != row.rural:
            yield Fault(row.row, "rural", f"与第 {other.row} 行同一所学校的城乡不同")
        for column in OF_SCHOOL:
            if other.figures[column] != row.figures[column]:
                message = f"应与第 {other.row} 行相同：这一项按全校填，各学段重复填写"
                yield Fault(row.row, column, message)
