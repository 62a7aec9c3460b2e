"""Writes the schools of a copy with what happened to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, radians, sin
from random import Random
from typing import Any

from gengdu.demo.copies import Copy
from gengdu.demo.geography import Geography, Town
from gengdu.demo.moments import FIRST_DAY
from gengdu.demo.rows import Rows
from gengdu.demo.school_list import RENAMED_ON, SCHOOLS, Spec, school_id

TYPE_CODES = {"kindergarten": "11", "junior": "31"}
PRIMARY_CODE, PROVINCE_CODE = "21", "37"
KM_PER_DEGREE = 111.32
LANDWARD = (150.0, 260.0)
"""Bearings in degrees in which the zone has land for kilometres; the sea lies north and east."""

SECOND_CAMPUS = "huangguan"
LAYOUT_STEPS = {
    "linghou": (date(2024, 1, 18), date(2024, 3, 5), date(2024, 8, 20), date(2024, 8, 26)),
    "xiazhuang_k": (date(2024, 11, 12), None, date(2025, 1, 10), date(2025, 1, 20)),
}
"""The four steps before a school went: assessed, consulted, built, transition; one was left out."""


@dataclass(frozen=True)
class SchoolWriter:
    """Writes schools of one copy."""

    copy: Copy
    rows: Rows
    rng: Random

    def school(self, spec: Spec, town: Town) -> None:
        """Write one school, its profile, stages and campuses."""
        self.rows.add("schools_school", is_sample=True)
        school = school_id(self.copy.number, spec.key)
        self._profiles(spec, school, town.village(spec.village).place_id)
        for stage in spec.stages:
            self._dated("schools_schoolstage", spec, school_id=school, stage=stage)
        self._campuses(spec, school, town)

    def _dated(self, table: str, spec: Spec, **values: Any) -> None:
        self.rows.add_dated(
            table,
            self.rng,
            spec.opened_on,
            spec.closed_on,
            end_known_on=spec.closed_on,
            known_on=spec.opened_on - timedelta(days=8),
            **values,
        )

    def _profiles(self, spec: Spec, school: int, village: int) -> None:
        what = self._what(spec, school, village)
        name = self.copy.name(spec.name)
        if not spec.former_name:
            self._dated("schools_schoolprofile", spec, name=name, **what)
            return
        former = self.copy.name(spec.former_name)
        table = "schools_schoolprofile"
        self.rows.add_dated(
            table, self.rng, FIRST_DAY, RENAMED_ON,
            end_known_on=RENAMED_ON, known_on=FIRST_DAY - timedelta(days=8), name=former, **what,
        )  # fmt: skip
        self.rows.add_dated(table, self.rng, RENAMED_ON, name=name, **what)

    def _what(self, spec: Spec, school: int, village: int) -> dict[str, Any]:
        return {
            "school_id": school,
            "identifier": f"{_type_code(spec)}{PROVINCE_CODE}{school:06d}",
            "category": spec.category,
            "sponsor": "7" if spec.is_public else "10",
            "village_id": village,
            "urban_rural_class": spec.area_class,
            "in_plan": spec.in_plan,
            "at_town_seat": spec.at_town_seat,
            "is_public": spec.is_public,
            "school_system": "five_four",
        }

    def _campuses(self, spec: Spec, school: int, town: Town) -> None:
        names = ("本部", "南校区") if spec.key == SECOND_CAMPUS else ("本部",)
        for name in names:
            latitude, longitude = self._point_near(town, spec)
            self._dated(
                "schools_campus", spec,
                school_id=school, name=name, latitude=latitude, longitude=longitude,
            )  # fmt: skip

    def _point_near(self, town: Town, spec: Spec) -> tuple[float, float]:
        """Return an invented point at most some kilometres from the town's own, landward."""
        first, last = LANDWARD
        bearing = radians(first + self.rng.random() * (last - first))
        farthest = 0.9 if spec.at_town_seat else 3.6 if spec.in_plan else 2.2
        distance = farthest * (0.25 + 0.75 * self.rng.random())
        north, east = distance * cos(bearing), distance * sin(bearing)
        at_latitude = cos(town.latitude * pi / 180)
        return (
            round(town.latitude + north / KM_PER_DEGREE, 5),
            round(town.longitude + east / (KM_PER_DEGREE * at_latitude), 5),
        )


def _type_code(spec: Spec) -> str:
    return TYPE_CODES.get("junior" if spec.has_junior else spec.category, PRIMARY_CODE)


def write(copy: Copy, rows: Rows, geography: Geography) -> None:
    """Write the schools of a copy and what happened to them."""
    writer = SchoolWriter(copy, rows, copy.rng("schools"))
    for spec in SCHOOLS:
        writer.school(spec, geography[spec.town])
    for spec in SCHOOLS:
        _event(copy, rows, writer.rng, spec)


def _event(copy: Copy, rows: Rows, rng: Random, spec: Spec) -> None:
    """Write the event of a school to which something happened, with its dossier."""
    if spec.former_name:
        _add_event(copy, rows, rng, spec, "renamed", RENAMED_ON, "校名随所在村名")
    if spec.opened_on > FIRST_DAY:
        _add_event(copy, rows, rng, spec, "opened", spec.opened_on, "居住区配套园，新建投用")
    if spec.closed_on is None:
        return
    is_merger = not spec.is_kindergarten
    kind, note = ("merged", "生源减少，并入五渚河") if is_merger else ("closed", "幼儿转入中心园")
    event = _add_event(copy, rows, rng, spec, kind, spec.closed_on, note)
    assessed, consulted, built, transition = LAYOUT_STEPS[spec.key]
    rows.add_known(
        "school_conditions_sitingdossier", rng, spec.closed_on, state="approved", event_id=event,
        assessed_on=assessed, consulted_on=consulted, built_on=built, transition_on=transition,
    )  # fmt: skip


def _add_event(
    copy: Copy, rows: Rows, rng: Random, spec: Spec, kind: str, on: date, note: str
) -> int:
    successor = school_id(copy.number, spec.successor) if spec.successor else None
    return rows.add_known(
        "schools_schoolevent", rng, on, school_id=school_id(copy.number, spec.key),
        successor_id=successor, kind=kind, happened_on=on, note=note,
    )  # fmt: skip
