"""How the district stands in 学前教育普及普惠, from its live registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.conf import settings

from gengdu.analytics.readings import UNIVERSAL_PRESCHOOL
from gengdu.analytics.run import Moment
from gengdu.analytics.universal_preschool import counts, items
from gengdu.analytics.universal_preschool.counts import Counts, Reported
from gengdu.analytics.universal_preschool.items import Evaluation, Item
from gengdu.board import statements
from gengdu.board.live import LiveIndicators, indicators
from gengdu.board.statements import Recognition
from gengdu.chapters.delivery.evaluation.models import PreschoolStatement, SurveyedGroup
from gengdu.chapters.school_conditions.kindergartens.models import PreschoolYear
from gengdu.policy import facts, variants
from gengdu.policy.facts import Fact
from gengdu.policy.variants import Variant

CLASS_SIZES = {1: "lower", 2: "middle", 3: "upper", 0: "mixed"}
"""The fact on the size of a class by grade; 0 for a class that is of none."""

KIND = "universal_preschool"
DISPUTE = UNIVERSAL_PRESCHOOL[0]
BASIS = DISPUTE.setting
POPULATIONS = {1: "registered_children", 2: "resident_children"}
"""The column of the yearly figures that each reading of the setting asks for."""
REPORTED = (*POPULATIONS.values(), "is_inclusive_listed", "is_residential_listed")


@dataclass(frozen=True)
class Year:
    """What the district reported for this year or the one before: each cell by its newest entry.

    Attributes:
        cells: By name, with the year it was reported for; what was not reported is not there.
        entries: Ids of the entries in the ledger, by year.
    """

    cells: Mapping[str, tuple[int, int | bool]]
    entries: Mapping[int, int]

    def value(self, name: str) -> int | bool | None:
        """Return a cell; None where it was not reported."""
        return self.cells[name][1] if name in self.cells else None


@dataclass(frozen=True)
class Preschool:
    """How the district stands, and what it was counted from.

    Attributes:
        schools: Rows of the relation that lists kindergartens, in order of their ids.
        basis: Which children are the age group, as a setting.
        shown_basis: Which of them were taken.
        others: What the enrolment comes to by another basis, with what that basis says.
        year: What the district reported.
        recognition: None where none is recorded.
        new_from: Kindergartens planned since that year are new ones.
    """

    evaluation: Evaluation
    counts: Counts
    schools: tuple[dict[str, Any], ...]
    variant: Variant
    basis: Fact
    shown_basis: int
    others: tuple[tuple[str, Item], ...]
    year: Year
    recognition: Recognition | None
    new_from: int


def chosen_variant(key: str | None = None) -> Variant:
    """Return the province whose numbers hold: the one asked for, else that of the settings.

    Raises:
        variants.UnknownVariant: If there is none of the key.
    """
    return variants.variant(settings.EVALUATION_VARIANT if key is None else key)


def universal_preschool(
    moment: Moment, *, population: int | None = None, variant: Variant, basis: int | None = None
) -> Preschool:
    """Return how the district stands in the items of 普及普惠.

    Args:
        moment: The day, and the day whose knowledge counts.
        population: Children of the age group, to try out; None for those that were reported.
        variant: The province whose numbers hold.
        basis: Which children are the age group; None for those of the setting.
    """
    found, schools = _counted(moment)
    year, basis = _year(moment), basis or DISPUTE.set_on(moment.on)
    stated = statements.statements(PreschoolStatement, moment)
    told = {int(number): statement for number, statement in stated.items()}
    surveyed = statements.surveyed(KIND, moment).get(SurveyedGroup.ALL)

    def complete(basis: int, population: int | None) -> tuple[Counts, Evaluation]:
        counted = counts.completed(found, _reported(year, basis, population))
        return counted, items.evaluate(counted, moment.on, told, variant, surveyed)

    counted, evaluation = complete(basis, population)
    others = tuple(
        (DISPUTE.readings[other], complete(other, None)[1].items[int(DISPUTE.item) - 1])
        for other in DISPUTE.others(basis)
    )
    recognised = statements.recognition(KIND, moment)
    return Preschool(
        evaluation,
        counted,
        schools,
        variant,
        facts.fact(BASIS),
        basis,
        others,
        year,
        recognised,
        int(variant.fact_on(items.NEW_FROM, moment.on)[1]),
    )


def _counted(moment: Moment) -> tuple[Counts, tuple[dict[str, Any], ...]]:
    """Return what the registers and lists count, and the rows of kindergartens."""

    def made(live: LiveIndicators) -> tuple[Counts, tuple[dict[str, Any], ...]]:
        rows = live.relation(counts.SCHOOLS, moment, order="school_id").to_pylist()
        classes = live.relation(counts.CLASSES, moment, order="school_id, grade").to_pylist()
        areas = live.relation(counts.RESIDENTIAL, moment, order="entry_id").to_pylist()
        places = live.relation("towns_on", moment, order="town_id").to_pylist()
        towns = sum(place["kind"] == "town" for place in places)
        return counts.of_rows(rows, classes, towns, _largest(moment.on), areas), tuple(rows)

    return indicators.shown(("universal_preschool", moment), made)


def _year(moment: Moment) -> Year:
    rows = statements.of_two_years(PreschoolYear, moment)
    cells = {
        name: (row.year, value)
        for row in rows
        for name in REPORTED
        if (value := getattr(row, name)) is not None
    }
    return Year(cells, {row.year: row.item_id for row in rows})


def _reported(year: Year, basis: int, population: int | None) -> Reported:
    if population is None:
        population = year.value(POPULATIONS[basis])
    return Reported(
        population,
        is_inclusive_listed=bool(year.value("is_inclusive_listed")),
        is_residential_listed=bool(year.value("is_residential_listed")),
    )


def _largest(on: date) -> dict[int, Fraction]:
    """Return the largest class of each grade."""
    return {
        grade: facts.value(f"class_size.kindergarten_{age}", on=on)
        for grade, age in CLASS_SIZES.items()
    }
