"""The yearly report of one school, filled from the records before anybody writes into it.

Counts are those of the registers on the day; what the registers do not know is that of the report
of this school year, or of the year before as far as it lasts: rooms, equipment, the network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from gengdu.analytics.run import Moment
from gengdu.board.live import LiveIndicators, indicators
from gengdu.documents.templates import write_template
from gengdu.kernel.school_years import SchoolYear
from gengdu.policy import facts
from gengdu.records.sheets import Column
from gengdu.registers.schools.facilities import (
    FACILITIES,
    KINDERGARTENS,
    NETWORK,
    ROOMS,
)
from gengdu.registers.schools.facility_rules import CLASSES
from gengdu.registers.schools.models import Category, FacilityReport, SchoolProfile
from gengdu.registers.schools.queries import open_schools
from gengdu.registers.staff.models import DegreeLevel
from gengdu.web.sheets import workbooks

LASTING = frozenset(
    column.key for column in (*ROOMS, *NETWORK, *KINDERGARTENS)
) | {"planned_by_2010", "planned_by_2016", "in_dense_centre"}  # fmt: skip
"""What is still so in the next year unless somebody changed it."""
STAGES = ("primary", "junior")
TAUGHT = {"体育": "pe", "音乐": "music", "美术": "art", "艺术": "arts"}
DEGREES = {
    DegreeLevel.COLLEGE: "college", DegreeLevel.BACHELOR: "bachelor",
    DegreeLevel.MASTER: "master", DegreeLevel.DOCTOR: "doctor",
}  # fmt: skip
RELATIONS = {
    "classes": ("quality_balance_classes", "school_id, stage, grade, class_number"),
    "teachers": ("quality_balance_teachers", "staff_id, stage"),
    "qualified": ("quality_balance_qualifications", "staff_id, stage"),
}

Rows = Sequence[Mapping[str, Any]]


def sheet(school_id: int, moment: Moment, *, at: datetime) -> tuple[str, BinaryIO] | None:
    """Return the name of a school and its report as a workbook to fill in and bring back.

    Args:
        school_id: The caller checked the right.
        moment: The day whose registers and whose school year count.
        at: The moment of making.

    Returns:
        None for a school that is not open on the day.
    """
    profile = open_schools(on=moment.on).filter(school_id=school_id).first()
    if profile is None:
        return None
    known = filled(profile, moment)
    file = workbooks.new_file()
    columns = [workbooks.asked(column, moment.on) for column in FACILITIES.columns]
    row = [_shown(column, known.get(column.key)) for column in FACILITIES.columns]
    write_template(file, columns, [row], title=str(FACILITIES.label), created=at)
    file.seek(0)
    return profile.name, file


def filled(profile: SchoolProfile, moment: Moment) -> dict[str, Any]:
    """Return what is known of a school's report, by the key of the column."""
    year = SchoolYear.containing(moment.on).begins_in
    named = {
        "school": profile.name, "year": year, "school_code": profile.identifier or None,
        "school_type": Category(profile.category).label, "built_in": profile.built_in,
    }  # fmt: skip
    return {**named, **_counted(profile.school_id, moment), **_reported(profile.school_id, year)}


def _reported(school_id: int, year: int) -> dict[str, Any]:
    """Return the cells of this year's report; before there is one, what lasts of the last one."""
    reports = FacilityReport.objects.filter(
        superseded_at=None, school=school_id, year__in=(year - 1, year)
    )
    report = reports.order_by("-year").first()
    if report is None:
        return {}
    keys = [
        column.key for column in FACILITIES.columns
        if column.part and column.key not in ("school", "year")
        and (report.year == year or column.key in LASTING)
    ]  # fmt: skip
    cells = {key: getattr(report, FACILITIES.by_key[key].field) for key in keys}
    return {key: value for key, value in cells.items() if value is not None}


def _counted(school_id: int, moment: Moment) -> dict[str, int]:
    """Return what the registers count; of what no teacher has a record, nothing."""

    def made(live: LiveIndicators) -> dict[str, list[dict[str, Any]]]:
        return {
            name: live.relation(relation, moment, order=order).to_pylist()
            for name, (relation, order) in RELATIONS.items()
        }

    every = indicators.shown(("yearly_sheets", moment), made)
    rows = {
        name: [row for row in some if row["school_id"] == school_id]
        for name, some in every.items()
    }  # fmt: skip
    return {
        **_pupils(rows["classes"]), **_teachers(rows["teachers"]),
        **_qualified(rows["qualified"], moment.on),
    }  # fmt: skip


def _pupils(classes: Rows) -> dict[str, int]:
    if not classes:
        return {}
    sizes = Counter(_band(row["pupils"]) for row in classes)
    by_stage = {
        f"reported_{stage}_pupils": sum(row["pupils"] for row in classes if row["stage"] == stage)
        for stage in STAGES
    }
    return {**by_stage, "reported_classes": len(classes), **{key: sizes[key] for key in CLASSES}}


def _band(pupils: int) -> str:
    """Return the column that counts classes of a size.

    >>> [_band(pupils).removeprefix("reported_classes_") for pupils in (25, 26, 65, 66)]
    ['to_25', '26_30', '61_65', 'from_66']
    """
    for key in CLASSES:
        ends = key.removeprefix("reported_classes_").split("_")
        if ends[0] == "from" or pupils <= int(ends[1]):
            return key
    raise AssertionError("the last size is open")


def _teachers(every: Rows) -> dict[str, int]:
    teachers = [row for row in every if row["stage"] in STAGES]
    if not teachers:
        return {}
    taught = Counter(TAUGHT.get(row["subject"]) for row in teachers)
    degrees = Counter((DEGREES.get(row["degree_level"]), row["stage"]) for row in teachers)
    found = {"reported_teachers": len(teachers)}
    found |= {f"reported_{key}_teachers": taught[key] for key in TAUGHT.values()}
    found |= {
        f"reported_{level}_{stage}": degrees[level, stage]
        for level in DEGREES.values() for stage in STAGES
        if f"reported_{level}_{stage}" in FACILITIES.by_key
    }  # fmt: skip
    if any(row["is_lead"] is not None for row in teachers):
        found["reported_lead_teachers"] = sum(row["is_lead"] == 1 for row in teachers)
    return found


def _qualified(rows: Rows, on: date) -> dict[str, int]:
    needed = facts.value("staff_rules.teacher_training_hours", on=on)
    found = {}
    if any(row["certificates"] for row in rows):
        found["reported_certified_teachers"] = sum(row["certificates"] > 0 for row in rows)
    if any(row["trainings"] for row in rows):
        found["reported_trained_teachers"] = sum(row["hours"] >= needed for row in rows)
    return found


def _shown(column: Column, value: Any) -> Any:
    """Return what the sheet says in a cell."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return SchoolYear(value).label_zh if column.key == "year" else value
