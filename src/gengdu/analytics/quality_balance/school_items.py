"""The items asked of every school: rooms, sizes, classes, small schools' money, training money."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from gengdu.analytics import readings
from gengdu.analytics.quality_balance import items
from gengdu.analytics.quality_balance.finding import (
    Asked,
    AtSchool,
    Finding,
    Measure,
    of_every_school,
)
from gengdu.analytics.quality_balance.register_facts import COMBINED, SchoolFacts
from gengdu.analytics.quality_balance.school_rows import STAGES_ZH
from gengdu.policy import facts

QB = "quality_balance"
SUBJECTS = {"music": ("音乐教室", (96, 73, 61)), "art": ("美术教室", (90, 67, 61))}
"""Rooms of each subject, by the least areas that the report tells them by, in square metres."""


def arts_rooms(asked: Asked) -> Finding:
    """Judge rooms for music and art (政府保障 3)."""
    schools = [_rooms_of(one, asked) for one in asked.county.schools]
    return of_every_school(
        schools, none_zh="没有学校", what_zh="音乐教室、美术教室的间数（办学条件年报）",
        reading_zh=readings.words("arts_rooms", _rooms_reading(asked)),
    )  # fmt: skip


def _rooms_reading(asked: Asked) -> int:
    return readings.reading("arts_rooms", asked.readings, asked.on)


def _rooms_of(school: SchoolFacts, asked: Asked) -> AtSchool:
    relaxations = {} if asked.strict else _room_relaxations(school, asked)
    strict = _rooms_read(school, asked, {})
    lenient = _rooms_read(school, asked, relaxations)
    helped = [
        one.label_zh
        for one, other in zip(strict, lenient, strict=True)
        if one.item.is_met is not True and other.item.is_met
    ]
    why = []
    if helped and relaxations["planned_by_relaxed_year"]:
        why.append("2016年及之前规划并建成，按放宽的面积计")
    if helped and relaxations["small_classes_of"]:
        why.append("最大班额低于30人的农村小规模学校，按放宽的面积计")
    said = f"{'、'.join(helped)}：{'；'.join(why)}" if helped else ""
    note = ""
    if not asked.strict and school.planned_by[2016] is None and _fail(lenient):
        note = "没有报是否2016年及之前规划并建成，按标准面积判定"
    return AtSchool(school.school_id, school.school, tuple(lenient), said, note)


def _fail(measures: Sequence[Measure]) -> bool:
    return any(one.item.is_met is False for one in measures)


def _room_relaxations(school: SchoolFacts, asked: Asked) -> dict[str, object]:
    small = facts.value("small_schools.funding_floor_pupils", on=asked.on)
    least = facts.value(f"{QB}.relaxed_largest_class_pupils", on=asked.on)
    is_small = school.is_rural and school.pupils < small and school.largest_class < least
    stage = "junior" if "junior" in school.stages else "primary"
    return {
        "planned_by_relaxed_year": bool(school.planned_by[2016]),
        "small_classes_of": stage if is_small else "",
    }


def _rooms_read(school: SchoolFacts, asked: Asked, relaxations: dict[str, object]) -> list[Measure]:
    """Return rooms of each subject, or of both together, as the disputed item is read."""
    found = [_rooms(school, subject, asked, relaxations) for subject in SUBJECTS]
    if _rooms_reading(asked) == 1:
        return found
    counts = [one.item.value for one in found]
    known = [one for one in counts if one is not None]
    both = sum(known, Fraction(0)) if len(known) == len(counts) else None
    line = max(one.item.line for one in found)
    return [Measure("音乐、美术教室合计", items.Item(both, line, "at_least"), "rooms")]


def _rooms(
    school: SchoolFacts, subject: str, asked: Asked, relaxations: dict[str, object]
) -> Measure:
    label, areas = SUBJECTS[subject]
    total = school.figures[f"{subject}_rooms"]
    counts = {area: school.figures[f"{subject}_rooms_from_{area}_m2"] for area in areas}
    by_area = {
        area: 0 if count is None and total == 0 else None if count is None else int(count)
        for area, count in counts.items()
    }
    found = items.arts_rooms(by_area, subject, len(school.classes), asked.on, **relaxations)  # type: ignore[arg-type]
    return Measure(label, found, "rooms")


def school_sizes(asked: Asked) -> Finding:
    """Judge how many pupils schools have (政府保障 4)."""
    schools = [_size_of(one, asked) for one in asked.county.schools]
    over = {name: Fraction(0) for name in ("primary_over", "junior_over", "combined_over")}
    for school, found in zip(asked.county.schools, schools, strict=True):
        if not _strict_size(school, asked).is_met:  # the form counts schools over the standard
            over[_size_kind(school)] += 1
        assert found.school_id == school.school_id
    return of_every_school(schools, none_zh="没有学校", what_zh="学生数", figures=over)


def _size_kind(school: SchoolFacts) -> str:
    if school.category in COMBINED:
        return "combined_over"
    return "junior_over" if "junior" in school.stages else "primary_over"


def _strict_size(school: SchoolFacts, asked: Asked) -> items.Item:
    return items.school_size(school.pupils, asked.on, is_combined=school.category in COMBINED)


def _size_of(school: SchoolFacts, asked: Asked) -> AtSchool:
    strict = _strict_size(school, asked)
    found, why = strict, ""
    if not strict.is_met and not asked.strict:
        migrants = school.figures["migrant_worker_children"]
        found = items.school_size(
            school.pupils, asked.on, is_combined=school.category in COMBINED,
            built_by_relaxed_year=bool(school.planned_by[2010]),
            migrant_children=None if migrants is None else int(migrants),
        )  # fmt: skip
        if found.is_met:
            why = "2010年及之前规划并建成，或随迁子女超过一半，按放宽的规模计"
    return AtSchool(school.school_id, school.school, (Measure("学生", found, "pupils"),), why)


def class_sizes(asked: Asked) -> Finding:
    """Judge how many pupils classes have (政府保障 5)."""
    over = {"primary_over": Fraction(0), "junior_over": Fraction(0)}
    schools = []
    for school in asked.county.schools:
        measures = []
        for stage in school.stages:
            sizes = [one.pupils for one in school.classes if one.stage == stage]
            found = items.class_size(max(sizes), stage, asked.on)
            over[f"{stage}_over"] += sum(size > found.line for size in sizes)
            measures.append(Measure(f"{STAGES_ZH[stage]}最大班额", found, "pupils"))
        schools.append(AtSchool(school.school_id, school.school, tuple(measures)))
    return of_every_school(schools, none_zh="没有学校", what_zh="班级学生数", figures=over)


def small_school_funds(asked: Asked) -> Finding:
    """Judge whether small schools get money for a hundred pupils (政府保障 6)."""
    floor = facts.value("small_schools.funding_floor_pupils", on=asked.on)
    small = [one for one in asked.county.schools if one.pupils < floor]
    paid = [one.figures["public_funds_budget_yuan"] for one in small]
    known = [one for one in paid if one is not None]
    return of_every_school(
        [_funds_of(one, asked) for one in small],
        none_zh=f"没有不足 {floor} 人的学校",
        what_zh="公用经费预算（办学条件年报），或区县没有报生均定额（区县年报）",
        figures={
            "pupils": Fraction(sum(one.pupils for one in small)),
            "funds_yuan": sum(known, Fraction(0)) if len(known) == len(small) else None,
        },
    )


def _funds_of(school: SchoolFacts, asked: Asked) -> AtSchool:
    rates = [asked.county.figures.get(f"{stage}_funds_per_pupil_yuan") for stage in school.stages]
    weighted = [
        None if rate is None else rate * school.pupils_of(stage)
        for stage, rate in zip(school.stages, rates, strict=True)
    ]
    known = [one for one in weighted if one is not None]
    paid = school.figures["public_funds_budget_yuan"]
    if len(known) < len(weighted):
        found = items.Item(None, Fraction(0), "at_least")
    else:
        rate = sum(known, Fraction(0)) / school.pupils
        found = items.public_funds(paid, school.pupils, rate, asked.on)
    return AtSchool(school.school_id, school.school, (Measure("公用经费", found, "yuan"),))


def training_money(asked: Asked) -> Finding:
    """Judge how much of public funds goes into the training of teachers (教育质量 4)."""
    schools = [
        AtSchool(
            one.school_id, one.school,
            (Measure("教师培训经费占比", items.training_money(
                one.figures["training_budget_yuan"], one.figures["public_funds_budget_yuan"],
                asked.on), "share"),),
        )
        for one in asked.county.schools
    ]  # fmt: skip
    return of_every_school(
        schools, none_zh="没有学校", what_zh="教师培训经费预算、公用经费预算（办学条件年报）"
    )
