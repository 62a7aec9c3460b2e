"""Writes what every school reported about its rooms, equipment and network, year by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import ceil
from typing import Any

from gengdu.demo import balance, kindergartens
from gengdu.demo.cohorts import CLASS_SIZE, ENTERS, GRADES, Intakes
from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import LAST_DAY, LAST_YEAR, SCHOOL_YEARS
from gengdu.demo.school_list import SCHOOLS, Spec

PER_PUPIL: Mapping[str, Mapping[str, float]] = {
    "preschool": {"teaching": 8.2, "sports": 4.0, "equipment": 1_500.0, "multimedia": 0.035},
    "primary": {"teaching": 4.5, "sports": 7.5, "equipment": 2_000.0, "multimedia": 0.023},
    "junior": {"teaching": 5.8, "sports": 10.2, "equipment": 2_500.0, "multimedia": 0.024},
}
"""The lines of the standards; a school has somewhat more or less."""

BELOW_THE_LINE = {
    ("lanshan", "sports"): 0.92, ("qufu", "teaching"): 0.88, ("jinhong", "equipment"): 0.80,
    ("hanlefang", "multimedia"): 0.94, ("changfeng", "sports"): 0.87,
}  # fmt: skip
SLACK = {True: (1.15, 1.0), False: (1.02, 0.3)}
"""Least share of the line and the spread above it, by whether the school is rural."""

INDOOR_PER_PUPIL = 0.6
EQUIPMENT_GROWTH = 1.04
LEAVES_TOWN = 0.08

NOT_REPORTING = ("chejiagou_k", 2025)
"""This kindergarten has sent nothing since that school year (faults.py)."""

TEN_TIMES = ("boyu_k", LAST_YEAR)
"""This report has a sports area ten times too large (faults.py)."""

JUST_BELOW = ("haopo", "primary", "teaching", 0.9996)
"""This school has so little less than the line that its printed value reaches it (临界)."""

VISITING_ASKED_FROM = 2023
"""Before, the report did not ask for teachers who visit."""

VISITING = {"hukou": (0, 1), "wenquanzhai": (1, 1), "linghou": (0, 1)}
"""Teachers of sports and of music who visit a school; none visit any other."""

WITHOUT_RECORDING_ROOM = ("shalongwang", "dadengge_k")
RURAL_NETWORK = {2021: 0.1, 2022: 0.25, 2023: 0.6}
"""Share of rural schools whose network was fast enough by then; from 2024 all."""

RURAL_RECORDING = {2021: 0.25, 2022: 0.4, 2023: 0.65, 2024: 0.85}
RURAL_SKY = {2021: 0.4, 2022: 0.7, 2023: 0.9}


def write(ledger: Ledger, intakes: Intakes, pupils: Mapping[tuple[int, str], int]) -> None:
    """Write the reports of all schools.

    Args:
        ledger: Where they go.
        intakes: From which most schools have their rooms.
        pupils: On the last day, by school id and stage; one school is measured by them exactly.
    """
    luck: dict[str, dict[str, float]] = {}
    has: dict[str, dict[str, float]] = {}
    for spec in SCHOOLS:
        luck[spec.key] = {item: ledger.rng.random() for item in ("network", "recording", "sky")}
        slack = {item: _slack(ledger, spec, item) for item in PER_PUPIL["primary"]}
        has[spec.key] = _needs(intakes, spec, slack)
    key, stage, item, share = JUST_BELOW
    has[key][item] = PER_PUPIL[stage][item] * pupils[ledger.school(key), stage] * share
    for spec, year in reports():
        _report(ledger, spec, year, has[spec.key], luck[spec.key])


def reports() -> Iterator[tuple[Spec, int]]:
    """Yield every report that was sent, in the order of writing."""
    for spec in SCHOOLS:
        for year in SCHOOL_YEARS:
            if _reports(spec, year):
                yield spec, year


def _slack(ledger: Ledger, spec: Spec, item: str) -> float:
    least, spread = SLACK[spec.in_plan]
    return BELOW_THE_LINE.get((spec.key, item), least + spread * ledger.rng.random())


def _reports(spec: Spec, year: int) -> bool:
    key, silent_from = NOT_REPORTING
    if spec.key == key and year >= silent_from:
        return False
    on = date(year, 9, 20)
    return spec.opened_on <= on and (spec.closed_on is None or on < spec.closed_on)


def pupils_in(intakes: Intakes, spec: Spec, stage: str, year: int) -> int:
    """Return roughly how many pupils a school has in a stage in a school year."""
    generations = [year - ENTERS[stage] - passed for passed in range(GRADES[stage])]
    if stage == "preschool":
        return sum(intakes.preschool.get((spec.key, one), 0) for one in generations)
    if stage == "primary":
        return sum(intakes.primary.get((spec.key, one), 0) for one in generations)
    feeding = [item for item in SCHOOLS if item.feeds == spec.key]
    coming = sum(intakes.primary.get((item.key, one), 0) for item in feeding for one in generations)
    return round(coming * (1 - LEAVES_TOWN * spec.in_plan))


def _needs(intakes: Intakes, spec: Spec, slack: Mapping[str, float]) -> dict[str, float]:
    """Return what the school has of each item on the last day."""
    found = dict.fromkeys(slack, 0.0) | {"pupils": 0.0, "classes": 0.0}
    for stage in spec.stages:
        pupils = pupils_in(intakes, spec, stage, LAST_YEAR if spec.lasts else LAST_YEAR - 3)
        found["pupils"] += pupils
        found[f"pupils_{stage}"] = pupils
        found["classes"] += max(GRADES[stage], ceil(pupils / CLASS_SIZE[stage]))
        for item, per_pupil in PER_PUPIL[stage].items():
            found[item] += per_pupil * pupils * slack[item]
    return found


def _report(
    ledger: Ledger, spec: Spec, year: int, has: Mapping[str, float], luck: Mapping[str, float]
) -> None:
    reported_on = min(date(year, 9, 12) + timedelta(days=ledger.rng.randrange(16)), LAST_DAY)
    indoor = round(has["pupils"] * INDOOR_PER_PUPIL) if has["pupils"] > 300 else 0
    times = 10 if ledger.copy.is_demo and (spec.key, year) == TEN_TIMES else 1
    rooms = ceil(has["multimedia"]) + ((spec.key, "multimedia") not in BELOW_THE_LINE)
    ledger.rows.add_known(
        "schools_facilityreport",
        ledger.rng,
        reported_on,
        within=2,
        school_id=ledger.school(spec.key),
        year=year,
        teaching_area_m2=round(has["teaching"], 1 if spec.key == JUST_BELOW[0] else 0) + indoor,
        indoor_sports_area_m2=float(indoor),
        sports_area_m2=float(round(has["sports"]) * times),
        equipment_yuan=float(round(has["equipment"] * EQUIPMENT_GROWTH ** (year - LAST_YEAR))),
        multimedia_rooms=max(rooms - (LAST_YEAR - year) // 2, 1),
        **_network(spec, year, luck),
        **_visiting(spec, year),
        **balance.of_school(spec, year, has),
        **kindergartens.of_report(spec, year, has["pupils"]),
    )


def _visiting(spec: Spec, year: int) -> dict[str, int]:
    """Return the visiting teachers; nothing where nobody asked."""
    if year < VISITING_ASKED_FROM or spec.is_kindergarten:
        return {}
    sports, music = VISITING.get(spec.key, (0, 0))
    return {
        "visiting_pe_teachers": sports, "visiting_music_teachers": music,
        "visiting_art_teachers": 0, "visiting_arts_teachers": 0,
    }  # fmt: skip


def _network(spec: Spec, year: int, luck: Mapping[str, float]) -> dict[str, Any]:
    is_fast = not spec.in_plan or luck["network"] < RURAL_NETWORK.get(year, 1.0)
    records = not spec.in_plan or luck["recording"] < RURAL_RECORDING.get(year, 1.0)
    if spec.key in WITHOUT_RECORDING_ROOM:
        records = False
    rooms = 2 if spec.has_junior and not spec.in_plan else 1
    return {
        "school_bandwidth_mbps": 1000 if is_fast else 300,
        "class_bandwidth_mbps": 100 if is_fast else 50,
        "recording_classrooms": rooms * records,
        "on_sky_classroom": not spec.in_plan or luck["sky"] < RURAL_SKY.get(year, 1.0),
    }
