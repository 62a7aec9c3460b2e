"""How cells of the staff register are read, and what follows from one for another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gengdu.kernel import cells
from gengdu.records.queries import in_force, known_rows
from gengdu.records.references import NamedCell
from gengdu.records.sheets import Remark, Rows
from gengdu.registers.pupils.grade_cells import STAGES
from gengdu.registers.staff.models import (
    Degree,
    DegreeLevel,
    LeadershipRole,
    Post,
    PostKind,
    StaffRecord,
)

KIND_CELL = cells.Code(
    {value: str(label) for value, label in PostKind.choices},
    synonyms={"教师": "teacher", "专任": "teacher", "职员": "support", "工勤": "support",
              "教辅": "support", "行政": "support"},
)  # fmt: skip
STAGE_CELL = cells.Code(
    STAGES,
    synonyms={"幼儿园": "preschool", "学前教育": "preschool", "幼教": "preschool",
              "初级中学": "junior", "小学教育": "primary", "初中教育": "junior"},
)  # fmt: skip
ROLE_CELL = cells.Code({value: str(label) for value, label in LeadershipRole.choices})


@dataclass(frozen=True)
class LevelCell(cells.Kind[int]):
    """A level of schooling, in the words that lists use for it."""

    def _from_text(self, text: str) -> int:
        for word, level in _LEVELS:
            if word in text:
                return level
        raise cells.BadCell(f"“{text[:30]}”看不出是哪一级学历，请填 中专、专科、本科、硕士或博士")

    def _from_other(self, value: object) -> int:
        raise cells.BadCell("应为学历，请填 中专、专科、本科、硕士或博士")

    def _shown(self, value: int) -> str:
        return str(DegreeLevel(value).label)


# What stands first wins: 硕士研究生 is a master, a bare 研究生 as well; 中专 holds 专 too.
_LEVELS = (
    ("博士", DegreeLevel.DOCTOR.value),
    ("硕士", DegreeLevel.MASTER.value),
    ("研究生", DegreeLevel.MASTER.value),
    ("本科", DegreeLevel.BACHELOR.value),
    ("学士", DegreeLevel.BACHELOR.value),
    ("专科", DegreeLevel.COLLEGE.value),
    ("大专", DegreeLevel.COLLEGE.value),
    ("中专", DegreeLevel.SECONDARY.value),
    ("中师", DegreeLevel.SECONDARY.value),
    ("高中", DegreeLevel.SECONDARY.value),
)


@dataclass(frozen=True)
class IsFullTimeTeacher:
    """是否专任教 of the national list: whether the post is a teacher's."""

    inputs: tuple[str, ...] = ("kind",)

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what makes yes or no of the kind of post."""
        return lambda kind: "" if kind is None else "是" if kind == PostKind.TEACHER else "否"


@dataclass(frozen=True)
class StaffReference:
    """Reads and writes members of staff by name, number or identity number, as on a day."""

    def on(self, day: date, known: date | None = None) -> NamedCell:
        """Return the kind of cell for a day; who holds no post then is not found."""
        posted = Post.objects.filter(in_force(day, known)).values("staff_id")
        rows = StaffRecord.objects.filter(known_rows(known), staff_id__in=posted)
        found = list(rows.values_list("staff_id", "name", "staff__staff_code", "identity_number"))
        names = [name for _, name, _, _ in found]
        twice = {name for name in names if names.count(name) > 1}
        return NamedCell.of(
            "教职工",
            "请核对姓名；同名的请填工号",
            (
                (staff, f"{name}（{code}）" if name in twice else name,
                 (name, code, number, f"{name}（{code}）"))
                for staff, name, code, number in found
            ),
            is_open=False,
        )  # fmt: skip


def resolve(rows: Rows) -> Iterator[Remark]:
    """Fill in what kind of post it is where a file says so in other words."""
    kinds, before = list(rows.get("kind")), rows.before("kind")
    flags, words = rows.get("is_full_time_teacher"), rows.get("staff_category")
    subjects = rows.get("subject")
    for place, kind in enumerate(kinds):
        flag = flags[place]
        if kind is not None:
            if flag is not None and flag != (kind == PostKind.TEACHER):
                yield Remark(place, "kind", "与“是否专任教”不一致，按岗位登记，请核对", False)
        elif flag is not None:
            kinds[place] = _kind_of_flag(flag, before[place])
        elif before[place] is None:
            kinds[place] = _kind_of_words(words[place], subjects[place])
    rows.columns["kind"] = kinds


def _kind_of_flag(flag: bool, before: str | None) -> str | None:
    if flag:
        return PostKind.TEACHER.value
    return PostKind.SUPPORT.value if before in (None, PostKind.TEACHER) else None


def _kind_of_words(category: str | None, subject: str | None) -> str | None:
    text = category or ""
    if "保育" in text:
        return PostKind.CARE_WORKER.value
    if any(word in text for word in ("行政", "教辅", "工勤", "职员", "校办")):
        return PostKind.SUPPORT.value
    return PostKind.TEACHER.value if "教师" in text or subject else None


def days_in_order(rows: Rows) -> Iterator[Remark]:
    """Warn where one thing is said to have happened before another that must come first."""
    births = rows.known("birth_date")
    for key, least in (
        ("work_started_on", 14),
        ("teaching_started_on", 14),
        ("party_joined_on", 18),
    ):
        for place, day in enumerate(rows.get(key)):
            born = births[place]
            if day is not None and born is not None and day.year - born.year < least:
                yield Remark(place, key, f"离出生日期 {born} 不足 {least} 年，请核对", False)
    for first, second in (("birth_date", "certificate_issued_on"),
                          ("grassroots_from", "grassroots_until"),
                          ("certificate_issued_on", "certificate_registered_on")):  # fmt: skip
        begins = rows.known(first)
        for place, day in enumerate(rows.get(second)):
            if day is not None and begins[place] is not None and day < begins[place]:
                yield Remark(place, second, f"早于 {begins[place]}，先后颠倒，请核对", False)


def known_degrees(rows: Rows) -> Iterator[Remark]:
    """Warn where a file reports less schooling than certificates on record prove."""
    wanted = {value for value in rows.get("identity_number") if value is not None}
    if not wanted or not any(rows.get("education_level")):
        return
    records = StaffRecord.objects.filter(superseded_at=None, identity_number__in=wanted)
    staff = dict(records.values_list("staff_id", "identity_number"))
    proven: dict[str, int] = {}
    degrees = Degree.objects.filter(superseded_at=None, staff_id__in=staff)
    for staff_id, level in degrees.values_list("staff_id", "level"):
        number = staff[staff_id]
        proven[number] = max(level, proven.get(number, 0))
    numbers = rows.get("identity_number")
    for place, level in enumerate(rows.get("education_level")):
        if level is not None and level < proven.get(numbers[place], 0):
            label = DegreeLevel(proven[numbers[place]]).label
            yield Remark(place, "education_level", f"底册里已登记{label}学历，请核对", False)
