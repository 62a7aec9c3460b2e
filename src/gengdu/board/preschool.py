"""How the district stands in 学前教育普及普惠, from its live registers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.conf import settings

from gengdu.analytics.run import Moment
from gengdu.analytics.universal_preschool import counts, items
from gengdu.analytics.universal_preschool.counts import Counts
from gengdu.analytics.universal_preschool.items import Evaluation
from gengdu.board.live import LiveIndicators, indicators
from gengdu.policy import facts, variants
from gengdu.policy.facts import Fact
from gengdu.policy.variants import Variant

CLASS_SIZES = {1: "lower", 2: "middle", 3: "upper", 0: "mixed"}
"""The fact on the size of a class by grade; 0 for a class that is of none."""

BASIS = "settings.preschool_population_basis"


@dataclass(frozen=True)
class Preschool:
    """How the district stands, and what it was counted from.

    Attributes:
        schools: Rows of the relation that lists kindergartens, in order of their ids.
        basis: Which children are the age group, as a setting.
    """

    evaluation: Evaluation
    counts: Counts
    schools: tuple[dict[str, Any], ...]
    variant: Variant
    basis: Fact


def chosen_variant(key: str | None = None) -> Variant:
    """Return the province whose numbers hold: the one asked for, else that of the settings.

    Raises:
        variants.UnknownVariant: If there is none of the key.
    """
    return variants.variant(settings.EVALUATION_VARIANT if key is None else key)


def universal_preschool(
    moment: Moment, *, population: int | None = None, variant: Variant
) -> Preschool:
    """Return how the district stands in the items of 普及普惠.

    Args:
        moment: The day, and the day whose knowledge counts.
        population: Children of the age group, whom no register of ours holds.
        variant: The province whose numbers hold.
    """

    def counted(live: LiveIndicators) -> tuple[Counts, tuple[dict[str, Any], ...]]:
        rows = live.relation(counts.SCHOOLS, moment, order="school_id").to_pylist()
        classes = live.relation(counts.CLASSES, moment, order="school_id, grade").to_pylist()
        places = live.relation("towns_on", moment, order="town_id").to_pylist()
        towns = sum(place["kind"] == "town" for place in places)
        return counts.of_rows(rows, classes, towns, _largest(moment.on)), tuple(rows)

    found, schools = indicators.shown(("universal_preschool", moment), counted)
    found = counts.with_population(found, population)
    evaluation = items.evaluate(found, moment.on, variant=variant)
    return Preschool(evaluation, found, schools, variant, facts.fact(BASIS))


def _largest(on: date) -> dict[int, Fraction]:
    """Return the largest class of each grade."""
    return {
        grade: facts.value(f"class_size.kindergarten_{age}", on=on)
        for grade, age in CLASS_SIZES.items()
    }
