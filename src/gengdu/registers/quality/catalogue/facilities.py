"""Yearly reports of facilities: missing, far from last year's, or parts larger than the whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gengdu.kernel.school_years import SchoolYear
from gengdu.policy import facts
from gengdu.registers.quality.checks import FACILITY_REPORT, Check, Severity
from gengdu.registers.schools.models import FacilityReport

# Parts that together cannot be larger than the whole; an empty part counts as nothing.
PARTS = {
    "teaching_area_m2": ("indoor_sports_area_m2",),
    "sports_area_m2": (
        "gymnasium_area_m2",
        "outdoor_sports_area_m2",
        "leased_sports_area_m2",
        "other_sports_area_m2",
    ),
    "building_area_m2": ("activity_room_area_m2",),
    "music_rooms": ("music_rooms_from_96_m2", "music_rooms_from_73_m2", "music_rooms_from_61_m2"),
    "art_rooms": ("art_rooms_from_90_m2", "art_rooms_from_67_m2", "art_rooms_from_61_m2"),
    "school_bandwidth_mbps": ("class_bandwidth_mbps",),
    "public_funds_budget_yuan": ("training_budget_yuan",),
}
# Small counts double from one year to the next without any mistake.
_MEASURED = (models.FloatField,)


def _fields() -> Iterator[models.Field[float, float]]:
    yield from (
        field for field in FacilityReport._meta.concrete_fields if isinstance(field, _MEASURED)
    )


ITEMS = {field.name: field.verbose_name for field in FacilityReport._meta.concrete_fields}


def _due_year(on: date) -> int:
    """Return the newest school year whose report must be there by a day."""
    days = int(facts.value("settings.quality_report_days", on=on))
    return SchoolYear.containing(on - timedelta(days=days)).begins_in


def _due_year_starts_on(on: date) -> date:
    return SchoolYear(_due_year(on)).starts_on


MISSING = Check(
    key="facility_report_missing",
    title=_("没有报送办学条件年报"),
    short=_("缺年报"),
    meaning=_("到期没有报送的学校在各项办学条件指标里只能算“未报”。请补报。"),
    subject=FACILITY_REPORT,
    severity=Severity.MUST,
    told=_("没有 %(year)s 学年的办学条件年报"),
    parameters={"due_year": _due_year, "due_year_starts_on": _due_year_starts_on},
    cites=("settings.quality_report_days",),
    sql="""
SELECT DISTINCT o.school_id AS subject_id, o.school_id, CAST(:due_year AS integer) AS year
FROM open_schools o
JOIN schools_schoolprofile p ON p.school_id = o.school_id AND p.superseded_at IS NULL
    AND p.starts_on <= :due_year_starts_on
LEFT JOIN schools_facilityreport f ON f.school_id = o.school_id AND f.year = :due_year
    AND f.superseded_at IS NULL
WHERE f.id IS NULL
""",
)


def _pairs() -> str:
    """Return one row for each measured item, with this year's value and last year's."""
    return "\n    UNION ALL ".join(
        f"SELECT n.school_id, n.year, '{field.name}' AS item, b.{field.name} AS value_before, "
        f"n.{field.name} AS value_now FROM newest n "
        "JOIN schools_facilityreport b ON b.school_id = n.school_id AND b.year = n.year - 1 "
        f"AND b.superseded_at IS NULL WHERE b.{field.name} > 0 AND n.{field.name} > 0"
        for field in _fields()
    )


_NEWEST = """
WITH newest AS (
    SELECT f.* FROM schools_facilityreport f
    JOIN open_schools o ON o.school_id = f.school_id
    WHERE f.superseded_at IS NULL AND f.year = (
        SELECT max(l.year) FROM schools_facilityreport l
        WHERE l.school_id = f.school_id AND l.superseded_at IS NULL AND l.year <= :year)
)"""

JUMPS = Check(
    key="facility_value_jumps",
    title=_("年报数值与上年相差悬殊"),
    short=_("年报突变"),
    meaning=_("多半是多写或少写了一个零，或单位写错。核对后改正；确有新建、拆除的写明佐证。"),
    subject=FACILITY_REPORT,
    severity=Severity.DOUBT,
    told=_("%(year)s 学年%(item)s为 %(value_now)s，上年为 %(value_before)s"),
    words={"item": ITEMS},
    parameters={"times": "settings.quality_jump_times"},
    sql=f"""{_NEWEST}, pairs AS (
    {_pairs()}
)
SELECT school_id AS subject_id, school_id, year, item, value_before, value_now
FROM pairs
WHERE value_now >= value_before * :times OR value_now * :times <= value_before
""",
)


def _wholes() -> str:
    """Return one row for each whole that its parts may not exceed."""
    rows = []
    for whole, parts in PARTS.items():
        together = " + ".join(f"coalesce({part}, 0)" for part in parts)
        rows.append(
            f"SELECT school_id, year, '{whole}' AS item, "
            f"CAST({whole} AS double precision) AS value, "
            f"CAST({together} AS double precision) AS parts FROM newest WHERE {together} > {whole}"
        )
    return "\n    UNION ALL ".join(rows)


_PARTS_ZH = {
    whole: format_lazy("＋".join(["{}"] * len(parts)), *(ITEMS[part] for part in parts))
    for whole, parts in PARTS.items()
}

LARGER = Check(
    key="facility_parts_exceed",
    title=_("年报分项大于总数"),
    short=_("分项超总"),
    meaning=_("分项之和不应超过总数。核对后改正写错的一项。"),
    subject=FACILITY_REPORT,
    severity=Severity.MUST,
    told=_("%(year)s 学年%(item)s为 %(value)s，其中%(whole)s合计 %(parts)s"),
    words={"item": ITEMS, "whole": _PARTS_ZH},
    sql=f"""{_NEWEST}, larger AS (
    {_wholes()}
)
SELECT school_id AS subject_id, school_id, year, item, item AS whole, value, parts FROM larger
""",
)

# A report says no day of its own, so the day it was first recorded is meant: a later correction of
# another item moves nothing. It is a day of UTC, and the hours of offices lie within one. Days are
# compared as text, which both stores write alike.
_HELD_THEN = (
    "{row}.school_id = r.school_id AND {row}.superseded_at IS NULL "
    "AND CAST({row}.starts_on AS text) <= r.counted_on "
    "AND ({row}.ends_on IS NULL OR CAST({row}.ends_on AS text) > r.counted_on)"
)
_COUNTED = {
    "reported_primary_pupils": "SELECT sum(c.pupils) FROM pupils_counted c "
    "WHERE c.school_id = r.school_id AND c.stage = 'primary'",
    "reported_junior_pupils": "SELECT sum(c.pupils) FROM pupils_counted c "
    "WHERE c.school_id = r.school_id AND c.stage = 'junior'",
    "reported_classes": "SELECT count(*) FROM pupils_counted c WHERE c.school_id = r.school_id",
    "reported_teachers": "SELECT sum(t.teachers) FROM teachers_counted t "
    "WHERE t.school_id = r.school_id",
}


def _held() -> str:
    """Return one row for each reported count, with what the registers hold."""
    return "\n    UNION ALL ".join(
        f"SELECT r.school_id, r.year, r.counted_on, '{item}' AS item, r.{item} AS reported, "
        f"CAST(coalesce(({counted}), 0) AS integer) AS counted FROM reported r"
        for item, counted in _COUNTED.items()
    )


COUNTS = Check(
    key="facility_counts_differ",
    title=_("年报人数、班数与底册不符"),
    short=_("年报不符"),
    meaning=_("年报填的学生数、班级数、专任教师数，与上报那天底册里的不一样。改正填错的一边。"),
    subject=FACILITY_REPORT,
    severity=Severity.DOUBT,
    told=_("%(year)s 学年年报的%(item)s是 %(reported)s，底册在 %(counted_on)s 是 %(counted)s"),
    words={"item": ITEMS},
    sql=f"""{_NEWEST}, reported AS (
    SELECT n.school_id, n.year, {", ".join(f"n.{item}" for item in _COUNTED)}, (
        SELECT CAST(date(min(f.recorded_at)) AS text) FROM schools_facilityreport f
        WHERE f.school_id = n.school_id AND f.year = n.year) AS counted_on
    FROM newest n
    WHERE coalesce({", ".join(f"n.{item}" for item in _COUNTED)}) IS NOT NULL
), pupils_counted AS (
    SELECT r.school_id, e.stage, e.grade, e.class_number, count(DISTINCT e.pupil_id) AS pupils
    FROM reported r JOIN pupils_enrolment e ON {_HELD_THEN.format(row="e")}
        AND e.stage IN ('primary', 'junior')
    GROUP BY r.school_id, e.stage, e.grade, e.class_number
), teachers_counted AS (
    SELECT r.school_id, count(DISTINCT p.staff_id) AS teachers
    FROM reported r JOIN staff_post p ON {_HELD_THEN.format(row="p")} AND p.kind = 'teacher'
    GROUP BY r.school_id
), held AS (
    {_held()}
)
SELECT school_id AS subject_id, school_id, year, item, reported, counted, counted_on
FROM held WHERE reported <> counted
""",
)

CHECKS = (MISSING, JUMPS, LARGER, COUNTS)
