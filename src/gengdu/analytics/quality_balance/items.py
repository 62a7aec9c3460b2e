"""The guarantee and quality items that are numbers: each held against its line, unrounded.

What documents alone can prove is not here; what was not reported is neither met nor missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from gengdu.kernel import quantities
from gengdu.policy import facts

Number = int | Fraction
QB = "quality_balance"


@dataclass(frozen=True)
class Item:
    """One item of a school or a county.

    Attributes:
        value: What it comes to; None where something was not reported.
        line: The number of the standard.
        compare: How they compare, in the plan's words.
        missing: By how much the value misses its line; nothing where it is met or not known.
    """

    value: Fraction | None
    line: Fraction
    compare: str

    @property
    def is_met(self) -> bool | None:
        """Whether the item holds; None where nobody can say."""
        if self.value is None:
            return None
        return bool(quantities.holds(self.value, self.compare, self.line))

    @property
    def missing(self) -> Fraction:
        """How far the value is from its line."""
        if self.value is None or self.is_met:
            return Fraction(0)
        return abs(self.line - self.value)


def _item(name: str, value: Fraction | None, on: date) -> Item:
    fact = facts.fact(name)
    return Item(value, facts.value(name, on=on), fact.compare)


def _share(count: Number | None, total: Number | None) -> Fraction | None:
    """Return a share; None where a part was not reported or the whole is nothing."""
    if count is None or not total:
        return None
    return Fraction(count) / Fraction(total)


def share(name: str, count: Number | None, total: Number | None, on: date) -> Item:
    """Return an item that is a share, such as certified_share or senior_places_share.

    Args:
        name: Of the fact in quality_balance.
        count: Those that count.
        total: All.
        on: The day whose line holds.
    """
    return _item(f"{QB}.{name}", _share(count, total), on)


# Rooms, sizes and money of one school


def arts_rooms_needed(classes: int, on: date) -> int:
    """Return how many rooms a school needs for music, and as many again for art."""
    return ceil(classes / facts.value(f"{QB}.classes_per_arts_room", on=on))


def arts_rooms(
    rooms_by_area: Mapping[int, int | None], subject: str, classes: int | None, on: date,
    *, planned_by_relaxed_year: bool = False, small_classes_of: str = "",
) -> Item:  # fmt: skip
    """Return whether a school has enough rooms of a subject that are large enough.

    Args:
        rooms_by_area: Rooms by the least area of their class in the form, in square metres.
        subject: music or art.
        classes: Of the school.
        on: The day whose lines hold.
        planned_by_relaxed_year: Whether it was planned and built by the year that is named in the
            relaxation.
        small_classes_of: primary or junior for a rural school whose largest class is below the
            line of the relaxation; empty for any other.
    """
    least = facts.value(f"{QB}.{subject}_room_area", on=on)
    if planned_by_relaxed_year:
        least = min(least, facts.value(f"{QB}.relaxed_{subject}_room_area", on=on))
    if small_classes_of:
        relaxed = f"{QB}.relaxed_small_room_area_{small_classes_of}"
        least = min(least, facts.value(relaxed, on=on))
    enough = [count for area, count in rooms_by_area.items() if area >= least]
    if classes is None or None in enough:
        return Item(None, Fraction(0), "at_least")
    there = sum(count for count in enough if count is not None)
    return Item(Fraction(there), Fraction(arts_rooms_needed(classes, on)), "at_least")


def school_size(
    pupils: int | None, on: date, *, is_combined: bool, built_by_relaxed_year: bool = False,
    migrant_children: int | None = None,
) -> Item:  # fmt: skip
    """Return whether a school has no more pupils of compulsory stages than it may.

    Args:
        pupils: Of its compulsory stages.
        on: The day whose lines hold.
        is_combined: Whether it has both of them: nine-year and twelve-year schools.
        built_by_relaxed_year: Whether it was built by the year named in the relaxation.
        migrant_children: Children of migrant workers; above a share the relaxation holds as well.
    """
    of = _share(migrant_children, pupils)
    is_relaxed = built_by_relaxed_year or (
        of is not None and of > facts.value(f"{QB}.relaxed_migrant_share", on=on)
    )
    name = "nine_year_size" if is_combined else "school_size"
    value = None if pupils is None else Fraction(pupils)
    return _item(f"{QB}.relaxed_{name}" if is_relaxed else f"{QB}.{name}", value, on)


def class_size(largest: int | None, stage: str, on: date) -> Item:
    """Return whether the largest class of a stage is no larger than it may be."""
    return _item(f"class_size.{stage}", None if largest is None else Fraction(largest), on)


def public_funds(paid_yuan: Number | None, pupils: int, yuan_per_pupil: Number, on: date) -> Item:
    """Return whether a school got its public funds: small ones as if they had a hundred pupils."""
    floor = facts.value("small_schools.funding_floor_pupils", on=on)
    due = max(Fraction(pupils), floor) * Fraction(yuan_per_pupil)
    return Item(None if paid_yuan is None else Fraction(paid_yuan), due, "at_least")


def training_money(training_yuan: Number | None, funds_yuan: Number | None, on: date) -> Item:
    """Return whether enough of a school's public funds goes into the training of its teachers."""
    return share("training_spending_share", training_yuan, funds_yuan, on)


# What the county comes to


def exchanged(moved: int | None, eligible: int | None, on: date) -> Item:
    """Return whether enough of the teachers who may be exchanged were, in a year."""
    return _item("staff_rules.exchange_share", _share(moved, eligible), on)


def exchanged_lead(lead_moved: int | None, moved: int | None, on: date) -> Item:
    """Return whether enough of those exchanged are lead teachers (骨干教师)."""
    return _item("staff_rules.exchange_lead_share", _share(lead_moved, moved), on)


def junior_retention(
    graduates: Number | None, moved_in: Number | None, moved_out: Number | None,
    first_year: Number | None, died: Number | None, on: date, *, reading: int = 1,
) -> Item:  # fmt: skip
    """Return the three-year retention of junior schools (初中三年巩固率).

    Args:
        graduates: Of this year.
        moved_in: Those of them who came within the three years.
        moved_out: Those of their year who left for other schools.
        first_year: Pupils of the first year, three years before.
        died: Those of their year who died.
        on: The day whose line holds.
        reading: 1 for graduates less those who moved in, with those who moved out, over the first
            year's pupils less those who died; 2 for graduates over the first year's pupils with
            those who moved in, less those who died and those who moved out. For a four-year junior
            stage no ruling was found.
    """
    parts = (graduates, moved_in, moved_out, first_year, died)
    if None in parts:
        return share("junior_retention_share", None, None, on)
    stayed, came, left, began, dead = (part or 0 for part in parts)
    if reading == 2:
        return share("junior_retention_share", stayed, began + came - dead - left, on)
    return share("junior_retention_share", stayed - came + left, began - dead, on)


def monitoring_difference(difference: Fraction | None, on: date) -> Item:
    """Return whether schools differ less than they may in the national monitoring; strictly."""
    return _item(f"{QB}.monitoring_difference", difference, on)


def monitoring_level(level: int | None, on: date) -> Item:
    """Return whether a subject reaches its level in the national monitoring; Ⅲ is 3."""
    return _item(f"{QB}.monitoring_level", None if level is None else Fraction(level), on)
