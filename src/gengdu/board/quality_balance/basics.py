"""What table Ⅰ of the national form counts in the registers: schools, classes, pupils, staff."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

from gengdu.analytics.quality_balance.register_facts import CountyFacts
from gengdu.analytics.run import Moment
from gengdu.policy import facts
from gengdu.records.queries import in_force
from gengdu.registers.places.models import PlaceKind, PlaceRecord
from gengdu.registers.schools.models import Category, SchoolProfile
from gengdu.registers.staff.models import Post, PostKind

Numbers = dict[str, int | Fraction | None]
REPORTED = ("population_10k", "rural_population_10k", "administrative_villages",
            "product_per_person_yuan", "revenue_per_person_yuan", "farmer_income_yuan",
            "resident_income_yuan")  # fmt: skip
"""What the yearly report of the county tells."""
STAGES = ("primary", "junior")
ONE_STAGE = {"primary": "primary", "teaching_point": "primary", "junior": "junior"}
"""The stage of each category that has one."""


def basics(county: CountyFacts, moment: Moment) -> Numbers:
    """Return the numbers of table Ⅰ by name; None where one is not known."""
    profiles = SchoolProfile.objects.filter(in_force(moment.on, moment.known))
    kinds = Counter(profiles.order_by().values_list("category", flat=True))
    fewest = facts.value("quality_balance.teaching_point_pupils", on=moment.on)
    large_points = sum(
        one.category == Category.TEACHING_POINT and one.pupils >= fewest for one in county.schools
    )
    found: Numbers = {name: county.figures.get(name) for name in REPORTED}
    found["towns"] = PlaceRecord.objects.filter(
        in_force(moment.on, moment.known), place__kind=PlaceKind.TOWN, parent__is_own=True
    ).count()
    for category in (
        Category.PRIMARY, Category.NINE_YEAR, Category.JUNIOR, Category.COMPLETE_SECONDARY,
        Category.TWELVE_YEAR, Category.SPECIAL, Category.TEACHING_POINT,
    ):  # fmt: skip
        found[f"schools_{category.value}"] = kinds[category]
    found["schools_large_points"] = large_points
    for stage in STAGES:
        of_stage = [c for one in county.schools for c in one.classes if c.stage == stage]
        found[f"classes_{stage}"] = len(of_stage)
        found[f"pupils_{stage}"] = sum(one.pupils for one in of_stage)
    return found | _staff(moment)


def _staff(moment: Moment) -> Numbers:
    """Return staff and full-time teachers by stage.

    Who has no stage counts in that of a school with one stage; in a combined school nobody can say,
    and the staff of neither stage is known then.
    """
    of_school = dict(
        SchoolProfile.objects.filter(
            in_force(moment.on, moment.known),
            category__in=[*ONE_STAGE, Category.NINE_YEAR, Category.TWELVE_YEAR,
                          Category.COMPLETE_SECONDARY],
        )
        .order_by()
        .values_list("school_id", "category")
    )  # fmt: skip
    posts = Post.objects.filter(in_force(moment.on, moment.known), school_id__in=of_school)
    staff: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    teachers: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for school, person, kind, stage in posts.order_by().values_list(
        "school_id", "staff_id", "kind", "stage"
    ):
        where = stage if stage in STAGES else ONE_STAGE.get(of_school[school], "")
        staff[where].add((school, person))
        if kind == PostKind.TEACHER:
            teachers[where].add((school, person))
    unplaced = staff.pop("", set()) - set().union(*staff.values())
    unplaced_teachers = teachers.pop("", set()) - set().union(*teachers.values())
    found: Numbers = {}
    for stage in STAGES:
        found[f"staff_{stage}"] = None if unplaced else len(staff[stage])
        found[f"teachers_{stage}"] = None if unplaced_teachers else len(teachers[stage])
    return found
