"""How cells of the school registers are read, and what the other registers know of schools."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Count

from gengdu.kernel import areas, cells
from gengdu.kernel.cells.base import WrittenAs
from gengdu.kernel.school_years import SchoolYear
from gengdu.policy import lists
from gengdu.records.queries import in_force, known_rows
from gengdu.registers.places.models import Place, PlaceKind, PlaceRecord
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.models import Category, SchoolProfile, Sponsor
from gengdu.registers.staff.models import (
    LeadershipRole,
    LeadershipTerm,
    Post,
    PostKind,
    StaffRecord,
)

CATEGORY_CELL = cells.Code(
    {value: str(label) for value, label in Category.choices},
    synonyms={"初中": "junior", "初级中学校": "junior", "九年一贯制": "nine_year",
              "九年制学校": "nine_year", "十二年一贯制": "twelve_year", "完全小学": "primary",
              "小学教学点": "teaching_point", "特殊教育": "special", "特教学校": "special"},
)  # fmt: skip
SPONSOR_CELL = cells.Code(
    {value: str(label) for value, label in Sponsor.choices},
    synonyms={"教育部门": "7", "县级教育行政部门": "7", "其他部门": "8", "地方企业办": "9"},
)
SYSTEM_CELL = cells.Code(
    {item["key"]: item["title"] for item in lists.items("school_systems")},
    synonyms={"五四": "five_four", "54制": "five_four", "六三": "six_three", "63制": "six_three"},
)
CLASS_CELL = cells.Code(areas.URBAN_RURAL_CLASSES, shows_code=True)
ZONE_CELL = cells.Code({zone: zone for zone in ("城区", "镇区", "乡村")}, synonyms={"农村": "乡村"})
_YEAR = re.compile(r"(\d{4}) ?年?")
_SCHOOL_YEAR = re.compile(r"(\d{4})(?: ?[-—\u2013~至/] ?(\d{2}|\d{4}))? ?(?:学年)?度?")


@dataclass(frozen=True)
class OwnershipCell(cells.Kind[bool]):
    """Whether a school is public: 公办 or 民办."""

    def _from_text(self, text: str) -> bool:
        if text.startswith("公办") or text in ("公立", "是"):
            return True
        if text.startswith(("民办", "私立")) or text == "否":
            return False
        raise cells.BadCell(f"“{text[:30]}”看不出办学性质，请填“公办”或“民办”")

    def _from_other(self, value: object) -> bool:
        if isinstance(value, bool):
            return value
        raise cells.BadCell("看不出办学性质，请填“公办”或“民办”")

    def _shown(self, value: bool) -> str:
        return "公办" if value else "民办"


@dataclass(frozen=True)
class YearCell(cells.Whole):
    """A calendar year, also out of a day or with 年 behind it."""

    min: int | None = 1850
    max: int | None = 2100
    has_thousands: ClassVar[bool] = False

    def _from_text(self, text: str) -> int:
        found = _YEAR.fullmatch(text)
        if found is None and not text.isdigit():
            return cells.DayOrMonth(date(1850, 1, 1)).parse(text).year  # type: ignore[union-attr]
        return super()._from_other(found[1] if found else text)

    def _from_other(self, value: object) -> int:
        return value.year if isinstance(value, date) else super()._from_other(value)


@dataclass(frozen=True)
class SchoolYearCell(cells.Whole):
    """A school year by the calendar year it begins in: 2025, 2025学年, 2025—2026学年."""

    min: int | None = 2000
    max: int | None = 2100
    written_as: ClassVar[WrittenAs] = "text"

    def _from_text(self, text: str) -> int:
        found = _SCHOOL_YEAR.fullmatch(text)
        if found is None:
            raise cells.BadCell(f"“{text[:30]}”不是学年，请填如“2025—2026学年”或“2025”")
        first = super()._from_other(found[1])
        if found[2] and int(found[2]) not in (first + 1, (first + 1) % 100):
            raise cells.BadCell(f"“{text[:30]}”不是一个学年，请填如“2025—2026学年”或“2025”")
        return first

    def _shown(self, value: int) -> str:  # type: ignore[override]
        return SchoolYear(value).label_zh


@dataclass(frozen=True)
class Known:
    """A cell that shows what the registers know anyway, so that a file can be held against it.

    Attributes:
        inputs: The columns whose values together name the school.
        found: Returns what holds on a day, as it is known or was on another, by those values.
    """

    inputs: tuple[str, ...]
    found: Callable[[date, date | None], Mapping[Any, str]] = field(repr=False)

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what looks a school up, as things stood on a day."""
        told = self.found(day, known)
        return lambda *names: told.get(names if len(names) > 1 else names[0], "")


@dataclass(frozen=True)
class Zone:
    """城区, 镇区 or 乡村, which follow from the class of three digits."""

    inputs: tuple[str, ...] = ("urban_rural_class",)

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what makes the zone of a class."""
        return lambda urban_rural_class: areas.zone_of(urban_rural_class or "") or ""


@dataclass(frozen=True)
class OwnCounty:
    """The code or the name of the county the plan is for."""

    attribute: str
    inputs: tuple[str, ...] = ()

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what says it, whatever the row."""
        value = str(own_county(day, known).get(self.attribute, ""))
        return lambda: value


def own_county(on: date, known: date | None = None) -> dict[str, Any]:
    """Return code and name of the county the plan is for; empty where it is not recorded."""
    county = Place.objects.filter(is_own=True, kind=PlaceKind.COUNTY, superseded_at=None)
    rows = PlaceRecord.objects.filter(in_force(on, known), place__in=county)
    return dict(rows.values("code", "name").first() or {})


def _by_name(
    values: Mapping[int, object], on: date, known: date | None
) -> dict[tuple[str, str], str]:
    """Return what is known of schools by name and identifier, which may be blank."""
    rows = SchoolProfile.objects.filter(in_force(on, known))
    return {
        (name, identifier): str(values.get(school, ""))
        for school, name, identifier in rows.values_list("school_id", "name", "identifier")
    }


def pupils(on: date, known: date | None = None) -> dict[tuple[str, str], str]:
    """Return how many pupils each school has on a day."""
    rows = Enrolment.objects.filter(in_force(on, known)).order_by().values_list("school_id")
    return _by_name({**_zeros(on, known), **dict(rows.annotate(Count("pk")))}, on, known)


def teachers(on: date, known: date | None = None) -> dict[tuple[str, str], str]:
    """Return how many full-time teachers each school has on a day."""
    rows = Post.objects.filter(in_force(on, known), kind=PostKind.TEACHER).order_by()
    return _by_name(
        {**_zeros(on, known), **dict(rows.values_list("school_id").annotate(Count("pk")))},
        on,
        known,
    )


def _zeros(on: date, known: date | None = None) -> dict[int, int]:
    return dict.fromkeys(
        SchoolProfile.objects.filter(in_force(on, known)).values_list("school_id", flat=True), 0
    )


def heads(on: date, known: date | None = None) -> dict[tuple[str, str], str]:
    """Return who leads each school on a day."""
    terms = LeadershipTerm.objects.filter(in_force(on, known), role=LeadershipRole.HEAD)
    schools = dict(terms.values_list("staff_id", "school_id"))
    records = StaffRecord.objects.filter(known_rows(known), staff_id__in=schools)
    names = {schools[staff]: name for staff, name in records.values_list("staff_id", "name")}
    return _by_name(names, on, known)


def of_schools(
    field_name: str, shown: Callable[[Any], object]
) -> Callable[[date, date | None], dict[int, str]]:
    """Return what reads one field of the school register on a day, by school."""

    def found(on: date, known: date | None = None) -> dict[int, str]:
        rows: Iterable[tuple[int, Any]] = SchoolProfile.objects.filter(
            in_force(on, known)
        ).values_list("school_id", field_name)
        return {school: str(shown(value) or "") for school, value in rows}

    return found
