"""What a yearly report leaves to be worked out, and what in it does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from gengdu.kernel.school_years import SchoolYear
from gengdu.records.queries import in_force
from gengdu.records.sheets import Remark, Rows
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.models import Category, SchoolProfile
from gengdu.registers.staff.models import Post, PostKind

CLASSES = tuple(
    f"reported_classes_{size}"
    for size in ("to_25", *(f"{low}_{low + 4}" for low in range(26, 62, 5)), "from_66")
)
WITHIN = (
    ("music_rooms", ("music_rooms_from_96_m2", "music_rooms_from_73_m2", "music_rooms_from_61_m2"),
     "按面积分的音乐教室"),
    ("art_rooms", ("art_rooms_from_90_m2", "art_rooms_from_67_m2", "art_rooms_from_61_m2"),
     "按面积分的美术教室"),
    ("reported_classes", CLASSES, "按班额分的班级"),
    ("teaching_area_m2", ("indoor_sports_area_m2",), "室内体育用房面积"),
    ("building_area_m2", ("activity_room_area_m2",), "幼儿活动用房面积"),
    ("sports_area_m2", ("gymnasium_area_m2", "outdoor_sports_area_m2"), "体育馆加校内体育场"),
    ("reported_primary_pupils", ("primary_in_zone",), "划片范围内的小学生"),
    ("reported_junior_pupils", ("junior_in_zone",), "划片范围内的初中生"),
    ("reported_teachers", ("reported_certified_teachers",), "持教师资格证的专任教师"),
    ("reported_teachers", ("reported_trained_teachers",), "培训满360学时的专任教师"),
    ("reported_teachers", ("reported_pe_teachers", "reported_music_teachers",
                           "reported_art_teachers", "reported_arts_teachers"), "体育艺术专任教师"),
    ("reported_teachers",
     ("reported_college_primary", "reported_bachelor_primary", "reported_bachelor_junior",
      "reported_master_primary", "reported_master_junior", "reported_doctor_primary",
      "reported_doctor_junior"), "各级学历的教师"),
)  # fmt: skip
"""A total, the parts that together may not exceed it, and what the parts are called."""

SPORTS = ("gymnasium_area_m2", "outdoor_sports_area_m2",
          "leased_sports_area_m2", "other_sports_area_m2")  # fmt: skip
"""Gymnasium and grounds; the last two count only for schools of crowded centres."""

LEAST_EQUIPMENT_YUAN = 3_000
"""No school has less; what is below was most likely written in ten thousands."""


def resolve(rows: Rows) -> Iterator[Remark]:
    """Fill in the school by its code and the year by the day."""
    schools = zip(rows.get("school"), rows.get("school_code"), strict=True)
    rows.columns["school"] = [by_code if named is None else named for named, by_code in schools]
    year = SchoolYear.containing(rows.on).begins_in
    rows.columns["year"] = [year if given is None else given for given in rows.get("year")]
    return iter(())


def complete(rows: Rows) -> Iterator[Remark]:
    """Fill in the area of all sports grounds where a report changes only its parts."""
    rows.columns["sports_area_m2"] = _sports_areas(rows)
    return iter(())


def _sports_areas(rows: Rows) -> list[Any]:
    found, dense = list(rows.get("sports_area_m2")), rows.known("in_dense_centre")
    given = [rows.get(key) for key in SPORTS]
    known = [rows.known(key) for key in SPORTS]
    before = [rows.before(key) for key in SPORTS]
    for place, said in enumerate(found):
        parts = range(len(SPORTS) if dense[place] else 2)
        has_changed = any(given[n][place] not in (None, before[n][place]) for n in parts)
        if said is None and has_changed:
            found[place] = float(sum(known[n][place] or 0 for n in parts))
    return found


def same_school(rows: Rows) -> Iterator[Remark]:
    """Refuse a row whose name and code mean two schools."""
    schools = rows.get("school")
    for place, by_code in enumerate(rows.get("school_code")):
        if by_code is not None and schools[place] != by_code:
            yield Remark(place, "school_code", "与学校名称不是同一所学校，请核对")


def parts_within_totals(rows: Rows) -> Iterator[Remark]:
    """Warn where parts together exceed their total."""
    for total, parts, label in WITHIN:
        if not any(key in rows.columns for key in (total, *parts)):
            continue
        known = [rows.known(key) for key in parts]
        for place, most in enumerate(rows.known(total)):
            some = sum(values[place] or 0 for values in known)
            if most is not None and some > most:
                message = f"{label}共 {some:g}，多于这里的 {most:g}，请核对"
                yield Remark(place, total, message, False)


def amounts_in_yuan(rows: Rows) -> Iterator[Remark]:
    """Warn of an amount that was most likely written in ten thousands."""
    for place, yuan in enumerate(rows.get("equipment_yuan")):
        if yuan is not None and 0 < yuan < LEAST_EQUIPMENT_YUAN:
            message = f"只有 {yuan:g} 元，是否填成了万元？请核对单位"
            yield Remark(place, "equipment_yuan", message, False)


def school_facts(rows: Rows) -> Iterator[Remark]:
    """Warn where a report says otherwise of a school than the school register."""
    if not {"school_type", "built_in"} & rows.columns.keys():
        return
    profiles = SchoolProfile.objects.filter(in_force(rows.on))
    known = {row[0]: row[1:] for row in profiles.values_list("school_id", "category", "built_in")}
    categories, years = rows.get("school_type"), rows.get("built_in")
    for place, school in enumerate(rows.get("school")):
        category, year = known.get(school, (None, None))
        if categories[place] is not None and category and categories[place] != category:
            message = f"学校底册里是“{Category(category).label}”，这一项不写入，请核对"
            yield Remark(place, "school_type", message, False)
        if years[place] is not None and year is not None and years[place] != year:
            message = f"学校底册里是 {year} 年，这一项不写入，请核对"
            yield Remark(place, "built_in", message, False)


def reported_counts(rows: Rows) -> Iterator[Remark]:
    """Warn where reported numbers of pupils and teachers differ from the registers on the day."""
    for key, counted in (
        ("reported_primary_pupils", _pupils(rows, "primary")),
        ("reported_junior_pupils", _pupils(rows, "junior")),
        ("reported_teachers", _teachers(rows)),
    ):
        for place, value in enumerate(rows.get(key)):
            school = rows.get("school")[place]
            if value is not None and school is not None and value != counted.get(school, 0):
                message = f"底册在 {rows.on} 是 {counted.get(school, 0)} 人，请核对"
                yield Remark(place, key, message, False)


def _pupils(rows: Rows, stage: str) -> dict[int, int]:
    if f"reported_{stage}_pupils" not in rows.columns:
        return {}
    enrolled = Enrolment.objects.filter(in_force(rows.on), stage=stage).order_by()
    return dict(enrolled.values_list("school_id").annotate(Count("pk")))


def _teachers(rows: Rows) -> dict[int, int]:
    if "reported_teachers" not in rows.columns:
        return {}
    posts = Post.objects.filter(in_force(rows.on), kind=PostKind.TEACHER).order_by()
    return dict(posts.values_list("school_id").annotate(Count("pk")))
