"""Rows that belong to a member of staff: whom a file means, and who may see what is kept of them.

A file says a person by name, identity number or number of the school; what is kept is the person.
Whoever holds the person's post on a day sees all that is kept of them, as with a personnel file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.records.queries import in_force
from gengdu.records.sheets import Column, Part, Remark, Rows
from gengdu.registers import columns, scopes
from gengdu.registers.people import IDENTITY_SYNONYMS, DocumentNumber
from gengdu.registers.schools.references import SchoolReference
from gengdu.registers.staff.cells import StaffReference
from gengdu.registers.staff.models import Post, Staff, StaffRecord

SCHOOL_NAMES = ("学校名称", "学校标识码", "学校代码", "单位", "工作单位", "所在学校", "任职学校")
OF_PERSON = (
    Part("person", StaffRecord, "教职工", "staff", via="staff"),
    Part("post", Post, "目前任职", "staff", via="staff"),
)


@dataclass(frozen=True)
class StaffCode:
    """教职工编号, the number of the system's own, of the person a row belongs to."""

    inputs: tuple[str, ...] = ("staff",)

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what makes the number of the person's id."""
        codes = dict(Staff.objects.values_list("pk", "staff_code"))
        return lambda staff: codes.get(staff, "")


def columns_of(part: str, *, school: str = "学校", says_school: bool = True) -> tuple[Column, ...]:
    """Return the columns that say whose a row is.

    Args:
        part: The part that holds the person.
        school: What the school that the person is at today is called.
        says_school: Whether files may name it, to tell people of one name apart.
    """
    return (
        Column("holder", school, "post", "school", SchoolReference(), listed=True, filtered=True,
               width=18, synonyms=SCHOOL_NAMES if says_school else (), writable=says_school,
               help="本人目前所在的学校；用来分清不同学校的同名的人"),
        Column("name", "姓名", "person", "name", cells.Text(40), required=True, listed=True,
               width=10, synonyms=("教师姓名", "教职工姓名"), example="示例李老师"),
        Column("identity_number", "身份证件号", "person", "identity_number", DocumentNumber(),
               masking="identity_number", width=20, synonyms=IDENTITY_SYNONYMS,
               help="凭它认人最准；不填则凭姓名和学校"),
        columns.text("employee_number", "教职工号", "person", length=30,
                     synonyms=("工号", "职工号", "教工号")),
        Column("code", "教职工编号", "", "", cells.Text(20), width=14, virtual=StaffCode(),
               help="系统自编的编号；同名的人凭它分清"),
        Column("staff", "教职工", part, "staff", StaffReference(), required=True, internal=True),
    )  # fmt: skip


def of_own_schools(viewer: Viewer, on: date) -> Q | None:
    """Return the condition that a row's person holds a post on a day at the viewer's schools."""
    if viewer.sees_district:
        return Q()
    schools = scopes.schools_of(viewer)
    posts = Post.objects.filter(in_force(on), school_id__in=schools).values("staff_id")
    return Q(staff_id__in=posts) if schools else None


@dataclass(frozen=True)
class _Person:
    """What names one member of staff; `school` is where they work on the day, if anywhere."""

    staff: int
    name: str
    identity_number: str
    employee_number: str
    code: str
    school: int | None


@dataclass
class _Known:
    """The people that some rows may mean, by each of their names and numbers."""

    by_id: dict[int, _Person] = field(default_factory=dict)
    by: dict[str, dict[str, list[_Person]]] = field(default_factory=dict)

    def add(self, person: _Person) -> None:
        self.by_id[person.staff] = person
        for key in NAMING:
            text = getattr(person, key)
            if text:
                self.by.setdefault(key, {}).setdefault(text, []).append(person)


NAMING = ("code", "identity_number", "employee_number", "name")
"""What may say who is meant, the surest first."""
LABELS = {"code": "教职工编号", "identity_number": "身份证件号", "employee_number": "教职工号",
          "name": "姓名"}  # fmt: skip


def resolve(rows: Rows) -> Iterator[Remark]:
    """Fill in the person that each row means; say where nobody, or more than one, may be meant."""
    before = rows.before("staff")
    known = _people(rows, before)
    found: list[int | None] = []
    for place in range(rows.count):
        person, remark = _meant(rows, place, known, before[place])
        found.append(person.staff if person else None)
        if remark is not None:
            yield remark
    rows.columns["staff"] = found


def _people(rows: Rows, before: list[int | None]) -> _Known:
    records = StaffRecord.objects.filter(superseded_at=None).filter(
        Q(name__in=_given(rows, "name"))
        | Q(identity_number__in=_given(rows, "identity_number"))
        | Q(employee_number__in=_given(rows, "employee_number"))
        | Q(staff__staff_code__in=_given(rows, "code"))
        | Q(staff_id__in={staff for staff in before if staff is not None})
    )
    found = list(
        records.values_list(
            "staff_id", "name", "identity_number", "employee_number", "staff__staff_code"
        )
    )
    posts = Post.objects.filter(in_force(rows.on), staff_id__in=[row[0] for row in found])
    schools = dict(posts.values_list("staff_id", "school_id"))
    known = _Known()
    for staff, name, identity_number, employee_number, code in found:
        known.add(_Person(staff, name, identity_number, employee_number, code, schools.get(staff)))
    return known


def _given(rows: Rows, key: str) -> set[str]:
    return {value for value in rows.get(key) if value is not None}


def _meant(
    rows: Rows, place: int, known: _Known, before: int | None
) -> tuple[_Person | None, Remark | None]:
    given = {key: rows.get(key)[place] for key in NAMING}
    said = [key for key in NAMING if given[key] is not None]
    recorded = known.by_id.get(before) if before is not None else None
    if recorded is not None and all(getattr(recorded, key) == given[key] for key in said):
        return recorded, None
    if not said:
        return None, Remark(place, "name", "没有填姓名，认不出是谁，请补填")
    first = said[0]
    people = known.by.get(first, {}).get(given[first], [])
    if not people:
        hint = "请核对；新来的人请先在教职工底册登记"
        return None, Remark(place, first, f"教职工底册里没有这个{LABELS[first]}，{hint}")
    return _only_one(rows, place, people, {key: given[key] for key in said[1:]}, first)


def _only_one(
    rows: Rows, place: int, people: list[_Person], also: dict[str, str], first: str
) -> tuple[_Person | None, Remark | None]:
    """Narrow people down by what else a row says, then by school."""
    for key, text in also.items():
        left = [person for person in people if getattr(person, key) in (text, "")]
        if not left:
            message = f"与这一行的{LABELS[first]}对不上，不是同一个人，请核对"
            return None, Remark(place, key, message)
        people = left
    people = _likely(rows, place, people)
    if len(people) > 1:
        message = f"底册里有 {len(people)} 个人是这个{LABELS[first]}，请补填身份证件号或教职工编号"
        return None, Remark(place, first, message)
    school = rows.get("holder")[place]
    if school is None or people[0].school == school:
        return people[0], None
    if first == "name":
        message = "这所学校目前没有这个人，请核对学校和姓名，或补填身份证件号"
        return None, Remark(place, "name", message)
    return people[0], Remark(place, "name", "目前不在这一行写的学校任职，请核对", False)


def _likely(rows: Rows, place: int, people: list[_Person]) -> list[_Person]:
    """Of people of one name, return those at the school the row names, the sender's, or any."""
    schools = {rows.get("holder")[place], rows.get("school")[place]} - {None}
    tests: tuple[Callable[[_Person], bool], ...] = (
        lambda person: person.school in schools,
        lambda person: rows.schools is not None and person.school in rows.schools,
        lambda person: person.school is not None,
    )
    for is_likely in tests:
        if len(people) > 1:
            people = [person for person in people if is_likely(person)] or people
    return people
