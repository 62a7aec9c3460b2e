"""Takes persons out of tables that leave the county: 去标识化, after GB/T 37964.

Every column says what becomes of it; one that says nothing stops the writing, and a test. Kept as
they are: schools and places, which are public, and the days of a person's post, class or check, as
indicators compare them to the day.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

import pyarrow as pa

from gengdu.datasets.tables import TABLES, Table
from gengdu.kernel.dates import full_years, years_before

LEAST_KEY_BYTES = 32


class Becomes(Enum):
    """What becomes of a column."""

    KEPT = "kept"
    KEYED = "keyed"  # a keyed hash: equal stays equal, and nobody without the key can try names
    AGE = "age"  # a birth date, cut to the age in full years on the day of the snapshot
    DROPPED = "dropped"  # free text, which may hold a name, or what only the county computes with


class Undeclared(LookupError):
    """A column does not say what becomes of it when tables leave the county."""


_PERSONS = ("staff_id", "pupil_id")
_BY_NAME: dict[str, Becomes] = {
    **dict.fromkeys(_PERSONS, Becomes.KEYED),
    "birth_date": Becomes.AGE,
    **dict.fromkeys(("title", "document_number"), Becomes.DROPPED),
    **dict.fromkeys(
        (
            # of schools, places and other bodies
            "id", "item_id", "school_id", "place_id", "parent_id", "village_id", "town_id",
            "successor_id", "event_id", "cluster_id", "exhibition_id", "project_id", "unit_id",
            "core_school_id", "rural_school_id", "code", "is_own", "in_plan", "at_town_seat",
            # what the county reported of itself, and what schools reported in sums
            "planned_by_2010", "planned_by_2016", "migrant_worker_children", "primary_in_zone",
            "junior_in_zone", "reported_primary_pupils", "reported_junior_pupils", "music_rooms",
            "music_rooms_from_96_m2", "music_rooms_from_73_m2", "music_rooms_from_61_m2",
            "art_rooms", "art_rooms_from_90_m2", "art_rooms_from_67_m2", "art_rooms_from_61_m2",
            "public_funds_budget_yuan", "training_budget_yuan", "reported_teachers",
            "reported_certified_teachers", "reported_trained_teachers", "graduates",
            "graduates_first_year", "graduates_moved_in", "graduates_moved_out", "graduates_died",
            "primary_funds_per_pupil_yuan", "junior_funds_per_pupil_yuan",
            "special_school_funds_yuan", "special_school_pupils", "teacher_pay_yuan",
            "civil_servant_pay_yuan", "exchange_eligible_teachers", "exchanged_teachers",
            "exchanged_lead_teachers", "good_senior_places", "good_senior_places_allotted",
            "good_senior_places_rural", "migrant_children_eligible", "migrant_children_public",
            "migrant_children_bought", "disabled_children", "disabled_children_enrolled",
            "disabled_in_special_schools", "population_10k", "rural_population_10k",
            "administrative_villages", "product_per_person_yuan", "revenue_per_person_yuan",
            "farmer_income_yuan", "resident_income_yuan", "sponsor", "is_public", "has_boarding",
            "issued_on", "completed_on", "hours",
            # codes
            "kind", "category", "urban_rural_class", "school_system", "stage", "role",
            "subject", "level", "education_level", "criterion", "condition_class", "mode",
            "programme", "edition", "volume", "class_number", "is_lead_teacher", "is_complete",
            "is_free_for_rural",
            # days and years
            "starts_on", "ends_on", "held_on", "happened_on", "due_on", "done_on", "year",
            "obtained_on", "education_obtained_on", "full_term_ends_on", "expected_on",
            "found_on", "plan_on", "first_visit_on", "closed_on", "assessed_on", "consulted_on",
            "built_on", "transition_on",
            # what schools have and need, money, results
            "school_bandwidth_mbps", "class_bandwidth_mbps", "recording_classrooms",
            "on_sky_classroom", "teaching_area_m2", "indoor_sports_area_m2", "sports_area_m2",
            "equipment_yuan", "multimedia_rooms", "visiting_pe_teachers",
            "visiting_music_teachers", "visiting_art_teachers", "visiting_arts_teachers",
            "outdoor_activity_area_m2", "activity_room_area_m2", "building_area_m2",
            "picture_books", "planned_in", "required", "weight", "pupils_tested",
            "pupils_reached", "planned_yuan",
            "spent_yuan", "respondents", "satisfied", "grade",
        ),
        Becomes.KEPT,
    ),
}  # fmt: skip
_OF_TABLE: dict[tuple[str, str], Becomes] = {
    ("place_records", "name"): Becomes.KEPT,
    ("school_profiles", "name"): Becomes.KEPT,
    ("school_clusters", "name"): Becomes.DROPPED,
    ("labour_sites", "name"): Becomes.DROPPED,
    ("out_of_school_brands", "name"): Becomes.DROPPED,
    ("staff_records", "sex"): Becomes.DROPPED,  # forecasts are the county's own
    ("title_rule_weights", "scheme"): Becomes.KEYED,  # weights of one scheme are compared
}


def becomes(table: Table, column: str) -> Becomes:
    """Return what becomes of a column.

    Raises:
        Undeclared: If nobody said so.
    """
    found = _OF_TABLE.get((table.name, column)) or _BY_NAME.get(column)
    if found is None:
        raise Undeclared(f"{table.name}.{column}")
    if column in ("id", "item_id") and any(person in table.columns for person in _PERSONS):
        return Becomes.KEYED  # a row about a person
    return found


@dataclass(frozen=True)
class Protector:
    """Takes persons out of tables, the same way each time for the same key.

    Attributes:
        key: Secret; never in what leaves.
        on: The day of the snapshot.
    """

    key: bytes
    on: date

    def __post_init__(self) -> None:
        if len(self.key) < LEAST_KEY_BYTES:
            raise ValueError(f"the key needs {LEAST_KEY_BYTES} bytes, has {len(self.key)}")

    def protect(self, table: Table, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows of a table without what points to a person."""
        columns = [
            self._column(table, name, batch.column(place))
            for place, name in enumerate(batch.schema.names)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=batch.schema)

    def _column(self, table: Table, name: str, values: pa.Array) -> pa.Array:
        return self._how[becomes(table, name)](table, name, values)

    @cached_property
    def _how(self) -> Mapping[Becomes, Callable[[Table, str, pa.Array], pa.Array]]:
        return {
            Becomes.KEPT: lambda _table, _name, values: values,
            Becomes.DROPPED: lambda _table, _name, values: pa.nulls(len(values), values.type),
            Becomes.AGE: lambda _table, _name, values: self._aged(values),
            Becomes.KEYED: self._keyed,
        }

    def _keyed(self, table: Table, name: str, values: pa.Array) -> pa.Array:
        of = name if name in _PERSONS else f"{table.name}.{name}"
        made = {each: self._hash(of, each, values.type) for each in values.unique().to_pylist()}
        return pa.array([made[each] for each in values.to_pylist()], values.type)

    def _hash(self, of: str, value: object, wanted: pa.DataType) -> int | str | None:
        if value is None:
            return None
        digest = hmac.digest(self.key, f"{of}:{value}".encode(), "sha256")
        if pa.types.is_string(wanted):
            return digest[:16].hex()
        return int.from_bytes(digest[:8], "big") >> 1  # a bigint that is not below zero

    def _aged(self, values: pa.Array) -> pa.Array:
        """Cut birth dates: on the day itself everybody keeps their age and loses the rest."""

        def cut(born: date | None) -> date | None:
            return None if born is None else years_before(self.on, full_years(born, self.on))

        return pa.array([cut(born) for born in values.to_pylist()], values.type)


def undeclared() -> list[str]:
    """Return every column of the border that does not say what becomes of it."""
    found = []
    for table in TABLES.values():
        for column in table.columns:
            try:
                becomes(table, column)
            except Undeclared as error:
                if column not in ("recorded_at", "superseded_at", "state"):
                    found.append(str(error))
    return found
