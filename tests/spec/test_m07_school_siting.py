"""Measure 7: no more small schools, no hasty closing of schools, no hasty move to the city."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, NEXT_DAY, entry_cases, event_cases, report_cases, row, rows
from tests.spec.district import PLACE_RECORDS, PLACES

NOTICE_DAY = "2023-06-30"
CLOSED_ON = "2024-08-01"
STEPS = {
    "assessed_on": "2024-03-01",
    "consulted_on": "2024-04-01",
    "built_on": "2024-07-01",
    "transition_on": "2024-08-31",
}
TOWNS = {"places": PLACES, "place_records": PLACE_RECORDS}


def pupils(*groups: dict[str, object]) -> str:
    """Draw as many pupils of each group as its `count` says."""
    drawn = []
    for group in groups:
        cells = dict(group)
        drawn += [cells] * int(str(cells.pop("count")))
    return rows(*({"pupil_id": number, **cells} for number, cells in enumerate(drawn, start=1)))


def school(**change: object) -> dict[str, object]:
    """Return a rural primary school, changed."""
    return {"school_id": 12, "category": "primary", "village_id": 102, "in_plan": "yes", **change}


def small_schools(district, on: str = DAY) -> tuple[int, int, int]:
    """Return how many are small now, how many were when the notice came, and how many newly are."""
    parts = district.result("small_school_increase", on).district
    now, baseline = (parts[part].counted if part in parts else 0 for part in ("now", "baseline"))
    newly, _ = district.counts("newly_small_school_count", on)
    return now, baseline, newly


@pytest.mark.parametrize(("count", "small"), [(99, 1), (100, 0)])
def test_a_school_of_99_pupils_is_small_and_one_of_100_is_not(world, count, small) -> None:
    enrolled = pupils({"school_id": 12, "count": count, "starts_on": "2024-09-01"})
    district = world(**TOWNS, school_profiles=row(**school()), enrolments=enrolled)

    found = small_schools(district)

    assert found == (small, 0, small)


@pytest.mark.parametrize(
    ("change", "small"),
    [
        pytest.param({"starts_on": DAY}, 0, id="enters that day"),
        pytest.param({"starts_on": NEXT_DAY}, 1, id="enters the next day"),
        pytest.param({"ends_on": DAY}, 1, id="leaves that day"),
        pytest.param({"ends_on": NEXT_DAY}, 0, id="leaves the next day"),
        pytest.param({"superseded_at": "2025-10-10 00:00:00"}, 1, id="was entered by mistake"),
    ],
)
def test_the_hundredth_pupil_counts_while_enrolled(world, change, small) -> None:
    hundredth = {"school_id": 12, "count": 1, "starts_on": "2024-09-01", **change}
    enrolled = pupils({"school_id": 12, "count": 99, "starts_on": "2024-09-01"}, hundredth)
    district = world(**TOWNS, school_profiles=row(**school()), enrolments=enrolled)

    found = small_schools(district)

    assert found == (small, 0, small)


@pytest.mark.parametrize(
    ("change", "small"),
    [
        pytest.param({"starts_on": NOTICE_DAY}, 0, id="enters on the day of the notice"),
        pytest.param({"starts_on": "2023-07-01"}, 1, id="enters the day after"),
        pytest.param({"ends_on": NOTICE_DAY}, 1, id="leaves on the day of the notice"),
        pytest.param({"ends_on": "2023-07-01"}, 0, id="leaves the day after"),
    ],
)
def test_the_baseline_is_the_day_of_the_notice(world, change, small) -> None:
    hundredth = {"school_id": 12, "count": 1, **change}
    enrolled = pupils({"school_id": 12, "count": 99}, hundredth)
    district = world(**TOWNS, school_profiles=row(**school()), enrolments=enrolled)

    _, baseline, _ = small_schools(district)

    assert baseline == small


@pytest.mark.parametrize(
    ("change", "small"),
    [
        pytest.param({"category": "teaching_point"}, 1, id="teaching point"),
        pytest.param({"category": "kindergarten"}, 0, id="kindergarten"),
        pytest.param({"category": "junior"}, 0, id="junior school"),
        pytest.param({"in_plan": "no"}, 0, id="not on the plan's list"),
        pytest.param({"starts_on": DAY}, 1, id="opens that day"),
        pytest.param({"starts_on": NEXT_DAY}, 0, id="opens the next day"),
        pytest.param({"ends_on": DAY}, 0, id="closes that day"),
        pytest.param({"ends_on": NEXT_DAY}, 1, id="closes the next day"),
        pytest.param({"superseded_at": "2025-10-10 00:00:00"}, 0, id="was entered by mistake"),
    ],
)
def test_only_rural_primary_schools_open_that_day_can_be_small(world, change, small) -> None:
    enrolled = pupils({"school_id": 12, "count": 3, "starts_on": "2024-09-01"})
    district = world(**TOWNS, school_profiles=row(**school(**change)), enrolments=enrolled)

    found = small_schools(district)

    assert found == (small, 0, small)


def test_a_school_without_any_pupil_is_not_small(world) -> None:
    district = world(**TOWNS, school_profiles=row(**school()))

    found = small_schools(district)

    assert found == (0, 0, 0)


def test_a_school_that_was_small_already_is_not_new(world) -> None:
    enrolled = pupils({"school_id": 12, "count": 5})
    district = world(**TOWNS, school_profiles=row(**school()), enrolments=enrolled)

    found = small_schools(district)

    assert found == (1, 1, 0)


def test_one_small_school_closed_and_another_newly_small_is_no_increase(world) -> None:
    profiles = rows(school(ends_on=CLOSED_ON), school(school_id=11, village_id=101))
    enrolled = pupils(
        {"school_id": 12, "count": 5, "ends_on": CLOSED_ON},
        {"school_id": 11, "count": 99},
        {"school_id": 11, "count": 1, "ends_on": CLOSED_ON},
    )
    district = world(**TOWNS, school_profiles=profiles, enrolments=enrolled)

    found = small_schools(district)

    assert found == (1, 1, 1)
    assert district.value("small_school_increase", DAY) == 0


@pytest.mark.parametrize("then", [{"in_plan": "no"}, {"category": "junior"}])
def test_a_small_school_that_joined_the_rural_primary_schools_later_is_new(world, then) -> None:
    profiles = rows(school(**then, ends_on=CLOSED_ON), school(starts_on=CLOSED_ON))
    enrolled = pupils({"school_id": 12, "count": 5})
    district = world(**TOWNS, school_profiles=profiles, enrolments=enrolled)

    found = small_schools(district)

    assert found == (1, 0, 1)


def closed(**change: object) -> dict[str, str]:
    """Return a world in which a rural primary school closed; `change` is what was different."""
    event = {"kind": "closed", "happened_on": CLOSED_ON}
    event |= {key: value for key, value in change.items() if key in event}
    profile = school(ends_on=event["happened_on"])
    profile |= {key: value for key, value in change.items() if key not in event}
    return TOWNS | {
        "school_profiles": row(**profile),
        "school_events": row(id=1, school_id=12, **event),
    }


def test_a_school_closed_after_all_four_steps_is_not_counted(world) -> None:
    district = world(**closed(), siting_dossiers=row(event_id=1, **STEPS))

    found = district.counts("blanket_closing_count", DAY)

    assert found == (0, 1)


def test_a_school_closed_without_a_dossier_is_counted(world) -> None:
    district = world(**closed())

    found = district.counts("blanket_closing_count", DAY)

    assert found == (1, 1)


@pytest.mark.parametrize("step", STEPS)
def test_a_dossier_that_lacks_one_step_is_not_enough(world, step) -> None:
    district = world(**closed(), siting_dossiers=row(event_id=1, **STEPS | {step: ""}))

    found = district.counts("blanket_closing_count", DAY)

    assert found == (1, 1)


@pytest.mark.parametrize(("taken_on", "counted"), [(CLOSED_ON, 0), ("2024-08-02", 1)])
@pytest.mark.parametrize("step", ["assessed_on", "consulted_on", "built_on"])
def test_the_first_three_steps_come_no_later_than_the_closing(
    world, step, taken_on, counted
) -> None:
    dossier = row(event_id=1, **STEPS | {step: taken_on})
    district = world(**closed(), siting_dossiers=dossier)

    found = district.counts("blanket_closing_count", DAY)

    assert found == (counted, 1)


@event_cases
def test_only_an_approved_dossier_shows_the_steps(world, change, known, counts) -> None:
    dossier = row(event_id=1, **STEPS | change)
    district = world(**closed(), siting_dossiers=dossier)

    found = district.counts("blanket_closing_count", DAY, known)

    assert found == (1 - counts, 1)


def test_steps_kept_in_two_dossiers_are_read_together(world) -> None:
    first = {"event_id": 1, "assessed_on": "2024-03-01", "consulted_on": "2024-04-01"}
    second = {"event_id": 1, "built_on": "2024-07-01", "transition_on": "2024-08-01"}
    district = world(**closed(), siting_dossiers=rows(first, second))

    found = district.counts("blanket_closing_count", DAY)

    assert found == (0, 1)


@pytest.mark.parametrize(
    ("change", "listed"),
    [
        pytest.param({"kind": "merged"}, 1, id="merged"),
        pytest.param({"kind": "renamed"}, 0, id="renamed"),
        pytest.param({"kind": "moved"}, 0, id="moved"),
        pytest.param({"category": "kindergarten"}, 1, id="kindergarten"),
        pytest.param({"category": "teaching_point"}, 1, id="teaching point"),
        pytest.param({"category": "junior"}, 0, id="junior school"),
        pytest.param({"in_plan": "no"}, 0, id="not on the plan's list"),
        pytest.param({"happened_on": NOTICE_DAY}, 1, id="on the day of the notice"),
        pytest.param({"happened_on": "2023-06-29"}, 0, id="the day before the notice"),
        pytest.param({"happened_on": DAY}, 1, id="that day"),
        pytest.param({"happened_on": NEXT_DAY}, 0, id="the next day"),
    ],
)
def test_closings_of_rural_primary_schools_and_kindergartens_are_listed(
    world, change, listed
) -> None:
    district = world(**closed(**change))

    found = district.counts("blanket_closing_count", DAY)

    assert found == (listed, listed)


@report_cases
def test_a_closing_is_listed_as_far_as_it_was_known(world, change, known, counts) -> None:
    event = row(id=1, school_id=12, kind="closed", happened_on=CLOSED_ON, **change)
    district = world(**closed() | {"school_events": event})

    found = district.counts("blanket_closing_count", DAY, known)

    assert found == (counts, counts)


def test_a_closing_belongs_to_the_town_the_school_stood_in(world) -> None:
    district = world(**closed())

    towns = district.result("blanket_closing_count", DAY).towns

    assert {town: found["all"].counted for town, found in towns.items()} == {2: 1}


def moved(
    *, before: dict[str, object] | None = None, after: dict[str, object] | None = None,
    happened_on: str = CLOSED_ON, **event: object,
) -> dict[str, str]:  # fmt: skip
    """Return a world in which a rural junior school moved from a town into the street."""
    junior = {"school_id": 14, "category": "junior"}
    old = {**junior, "village_id": 101, "in_plan": "yes", "ends_on": happened_on}
    new = {**junior, "village_id": 104, "in_plan": "no", "starts_on": happened_on}
    what = {"id": 1, "school_id": 14, "kind": "moved", "happened_on": happened_on, **event}
    return TOWNS | {
        "school_profiles": rows(old | (before or {}), new | (after or {})),
        "school_events": row(**what),
    }


def test_a_junior_school_moved_without_a_dossier_is_counted(world) -> None:
    district = world(**moved())

    found = district.counts("hasty_move_count", DAY)

    assert found == (1, 1)


@pytest.mark.parametrize(
    ("change", "listed"),
    [
        pytest.param({"after": {"village_id": 103}}, 0, id="into another town"),
        pytest.param({"before": {"village_id": 104}}, 0, id="within the street"),
        pytest.param({"before": {"category": "nine_year"}}, 1, id="nine-year school"),
        pytest.param({"before": {"category": "primary"}}, 0, id="primary school"),
        pytest.param({"before": {"in_plan": "no"}}, 0, id="not on the plan's list"),
        pytest.param({"kind": "renamed"}, 0, id="renamed"),
        pytest.param({"happened_on": NOTICE_DAY}, 1, id="on the day of the notice"),
        pytest.param({"happened_on": "2023-06-29"}, 0, id="the day before the notice"),
        pytest.param({"happened_on": DAY}, 1, id="that day"),
        pytest.param({"happened_on": NEXT_DAY}, 0, id="the next day"),
        pytest.param({"superseded_at": "2025-10-10 00:00:00"}, 0, id="was entered by mistake"),
    ],
)
def test_moves_of_rural_junior_schools_into_the_street_are_listed(world, change, listed) -> None:
    district = world(**moved(**change))

    found = district.counts("hasty_move_count", DAY)

    assert found == (listed, listed)


@pytest.mark.parametrize("step", [None, *STEPS])
def test_a_move_needs_all_four_steps(world, step) -> None:
    steps = STEPS if step is None else STEPS | {step: ""}
    district = world(**moved(), siting_dossiers=row(event_id=1, **steps))

    found = district.counts("hasty_move_count", DAY)

    assert found == (0 if step is None else 1, 1)


@pytest.mark.parametrize(("taken_on", "counted"), [(CLOSED_ON, 0), ("2024-08-02", 1)])
@pytest.mark.parametrize("step", ["assessed_on", "consulted_on", "built_on"])
def test_the_first_three_steps_come_no_later_than_the_move(world, step, taken_on, counted) -> None:
    dossier = row(event_id=1, **STEPS | {step: taken_on})
    district = world(**moved(), siting_dossiers=dossier)

    found = district.counts("hasty_move_count", DAY)

    assert found == (counted, 1)


@event_cases
def test_only_an_approved_dossier_shows_the_steps_before_a_move(
    world, change, known, counts
) -> None:
    district = world(**moved(), siting_dossiers=row(event_id=1, **STEPS | change))

    found = district.counts("hasty_move_count", DAY, known)

    assert found == (1 - counts, 1)


def test_two_dossiers_of_one_move_are_read_together(world) -> None:
    first = {"event_id": 1, "assessed_on": "2024-03-01", "consulted_on": "2024-04-01"}
    second = {"event_id": 1, "built_on": "2024-07-01", "transition_on": "2024-08-01"}
    district = world(**moved(), siting_dossiers=rows(first, second))

    found = district.counts("hasty_move_count", DAY)

    assert found == (0, 1)


@entry_cases
def test_the_new_layout_plan_counts_while_in_force(world, change, known, counts) -> None:
    plan = row(**{"kind": "layout_plan", "title": "布局规划", "starts_on": "2024-01-01"} | change)
    district = world(plan_documents=plan)

    found = district.counts("layout_plan_documents", DAY, known)

    assert found == (counts, counts)


@pytest.mark.parametrize(
    ("starts_on", "counts"),
    [
        pytest.param("2023-06-29", 0, id="the day before the notice"),
        pytest.param(NOTICE_DAY, 1, id="on the day of the notice"),
    ],
)
def test_a_layout_plan_older_than_the_notice_is_not_the_adjusted_one(
    world, starts_on, counts
) -> None:
    plan = row(kind="layout_plan", title="布局规划", starts_on=starts_on)
    district = world(plan_documents=plan)

    found = district.counts("layout_plan_documents", DAY)

    assert found == (counts, counts)
