"""Whom a survey may ask, read from the registers of one day; and how many of each it plans to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from gengdu.analytics.surveys.sampling import Precision, allocate, units_to_ask
from gengdu.chapters.delivery.evaluation.surveys.models import AskedGroup, Survey, SurveyPurpose
from gengdu.kernel.areas import zone_of
from gengdu.policy import lists
from gengdu.records.queries import in_force
from gengdu.registers import populations
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.pupils.models import Enrolment, Guardian
from gengdu.registers.schools.models import SchoolProfile, Stage
from gengdu.registers.schools.queries import open_schools
from gengdu.registers.staff.models import Post, PostKind

STAGES = {
    SurveyPurpose.QUALITY_BALANCE: (Stage.PRIMARY, Stage.JUNIOR),
    SurveyPurpose.PRESCHOOL: (Stage.PRESCHOOL,),
    SurveyPurpose.RURAL: (Stage.PRESCHOOL, Stage.PRIMARY, Stage.JUNIOR),
}
"""The stages whose families, pupils and teachers each survey asks."""
FIRST_GRADE_ASKED = 4
"""Of primary pupils: younger ones hardly fill in a form alone. Our choice, said on screen."""
GROUPS = {
    SurveyPurpose.QUALITY_BALANCE: tuple(AskedGroup),
    SurveyPurpose.PRESCHOOL: (AskedGroup.PARENTS, AskedGroup.TEACHERS, AskedGroup.RESIDENTS),
    SurveyPurpose.RURAL: (AskedGroup.PARENTS, AskedGroup.RESIDENTS),
}
"""The groups that each survey may ask."""
USUALLY_LEFT_OUT = frozenset({AskedGroup.PUPILS})


@dataclass(frozen=True)
class Place:
    """A school or a village as a stratum names it."""

    key: int
    label: str
    town_key: int | None
    town_label: str
    area: str


@dataclass(frozen=True)
class Stratum:
    """One group at one place.

    Attributes:
        units: Ids of the people who may be drawn, each with the class that reaches them.
        households: Of residents, whom no register holds.
        codes: Of residents, how many get one; decided by hand.
    """

    group: str
    place: Place
    units: Mapping[int, str] = field(default_factory=dict)
    households: int = 0
    codes: int = 0

    @property
    def key(self) -> str:
        """Names it within the survey."""
        return f"{self.group}:{self.place.key}"

    @property
    def population(self) -> int:
        """Units there are."""
        return self.households or len(self.units)


@dataclass(frozen=True)
class Line:
    """One stratum of a plan, with the size of its sample."""

    stratum: Stratum
    sampled: int


def plan(survey: Survey, *, on: date) -> list[Line]:
    """Return whom a survey would ask on a day, and how many of each stratum.

    Raises:
        sampling.ImpossiblePrecision: If its settings make no sense.
    """
    strata = [one for one in frame(survey, on=on) if one.population]
    drawn = {one.key: one.population for one in strata if one.group != AskedGroup.RESIDENTS}
    groups = [{key: size for key, size in drawn.items() if key.startswith(f"{group}:")}
              for group in AskedGroup.values] if survey.each_group else [drawn]  # fmt: skip
    sizes = {one.key: min(one.codes, one.population) for one in strata if one.codes}
    for some in groups:
        total = units_to_ask(sum(some.values()), precision(survey))
        sizes |= allocate(some, total, at_least=survey.at_least)
    return [Line(one, sizes[one.key]) for one in strata if sizes.get(one.key)]


def precision(survey: Survey) -> Precision:
    """Return what the sample of a survey is to reach.

    Raises:
        sampling.ImpossiblePrecision: If its settings make no sense.
    """
    return Precision(
        survey.margin, survey.confidence, survey.expected_share, survey.expected_response
    )


def frame(survey: Survey, *, on: date) -> Iterator[Stratum]:
    """Yield every stratum of the groups a survey asks, in the order of groups, towns and names."""
    purpose = SurveyPurpose(survey.purpose)
    stages = [stage.value for stage in STAGES[purpose]]
    schools = {one.key: one for one in _schools(purpose, on)}
    found: dict[str, Mapping[int, Mapping[int, str]]] = {}
    for group in survey.groups:
        if group == AskedGroup.PARENTS:
            found[group] = _families(schools, stages, on)
        elif group == AskedGroup.PUPILS:
            found[group] = _pupils(schools, stages, on)
        elif group == AskedGroup.TEACHERS:
            found[group] = _teachers(schools, stages, on)
    for group, of_schools in found.items():
        for place in schools.values():
            yield Stratum(group, place, of_schools.get(place.key, {}))
    if AskedGroup.RESIDENTS in survey.groups:
        yield from _residents(survey.residents, on)


def _schools(purpose: SurveyPurpose, on: date) -> Iterator[Place]:
    in_list = Q(in_plan=True) if purpose == SurveyPurpose.RURAL else Q()
    rows = open_schools(on=on).filter(in_list)
    for row in sorted(rows, key=lambda row: (row.town_id or 0, row.name)):  # type: ignore[attr-defined]
        yield Place(
            row.school_id, row.name, row.town_id, row.town_name or "",  # type: ignore[attr-defined]
            zone_of(row.urban_rural_class) or "",
        )  # fmt: skip


def _families(schools: Iterable[int], stages: list[str], on: date) -> dict[int, dict[int, str]]:
    """Return one child of each family by school: who has several children is asked once.

    Families are told apart by the first guardian's identity number, else by name and telephone;
    where neither is known each child has a family of its own. Asked is by the child entered first.
    """
    family = _family_of_pupils()
    found: dict[int, dict[int, str]] = {}
    seen: set[object] = set()
    for pupil, school, label in _enrolled(schools, stages, on):
        who = family.get(pupil, pupil)
        if who not in seen:
            seen.add(who)
            found.setdefault(school, {})[pupil] = label
    return found


def _family_of_pupils() -> dict[int, tuple[str, ...]]:
    rows = Guardian.objects.filter(superseded_at=None).order_by("-position")
    found: dict[int, tuple[str, ...]] = {}
    for pupil, number, name, phone in rows.values_list(
        "pupil_id", "identity_number", "name", "phone"
    ):
        if number or phone:
            found[pupil] = (number,) if number else (name, phone)
    return found


def _pupils(schools: Iterable[int], stages: list[str], on: date) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    older = Q(stage=Stage.JUNIOR) | Q(stage=Stage.PRIMARY, grade__gte=FIRST_GRADE_ASKED)
    for pupil, school, label in _enrolled(schools, stages, on, older):
        found.setdefault(school, {})[pupil] = label
    return found


def _enrolled(
    schools: Iterable[int], stages: list[str], on: date, more: Q | None = None
) -> Iterator[tuple[int, int, str]]:
    """Yield pupil, school and class, in the order in which the children entered the registers."""
    systems = dict(
        SchoolProfile.objects.filter(in_force(on)).values_list("school_id", "school_system")
    )
    rows = Enrolment.objects.filter(in_force(on), more or Q(), stage__in=stages)
    wanted = set(schools)
    for pupil, school, stage, grade, number in rows.order_by("pupil_id").values_list(
        "pupil_id", "school_id", "stage", "grade", "class_number"
    ):
        if school in wanted:
            label = lists.grade_label(systems.get(school, "five_four"), stage, grade)
            yield pupil, school, f"{label}{number}班"


def _teachers(schools: Iterable[int], stages: list[str], on: date) -> dict[int, dict[int, str]]:
    rows = Post.objects.filter(in_force(on), kind=PostKind.TEACHER).filter(
        Q(stage__in=stages) | Q(stage="")
    )
    found: dict[int, dict[int, str]] = {}
    wanted = set(schools)
    for staff, school in rows.values_list("staff_id", "school_id"):
        if school in wanted:
            found.setdefault(school, {})[staff] = ""
    return found


def _residents(entered: Mapping[str, list[int]], on: date) -> Iterator[Stratum]:
    for place in villages(on):
        households, codes = entered.get(str(place.key), (0, 0))
        if households and codes:
            yield Stratum(AskedGroup.RESIDENTS, place, households=households, codes=codes)


def villages(on: date) -> list[Place]:
    """Return the villages and communities of the district's towns on a day, by town and code."""
    classes = dict(
        PlaceRecord.objects.filter(in_force(on)).values_list("place_id", "urban_rural_class")
    )
    return [
        Place(one.id, one.name, one.town.id, one.town.name, zone_of(classes.get(one.id, "")) or "")
        for one in populations.TOWN_VILLAGES.units(on, None)
    ]
