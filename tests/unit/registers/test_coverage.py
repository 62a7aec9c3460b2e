"""Which schools and villages a ledger covers on a day, and which it should: missing, outdated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gengdu.access.models import Account
from gengdu.chapters.moral_education.campus_titles.ledger import CAMPUS_TITLES
from gengdu.chapters.moral_education.family_education.ledger import (
    FAMILY_STATIONS,
    PARENT_COMMITTEES,
)
from gengdu.chapters.moral_education.models import (
    CampusTitle,
    FamilyStation,
    ParentCommittee,
    SchoolPlan,
)
from gengdu.chapters.moral_education.school_plans.ledger import SCHOOL_PLANS
from gengdu.records import covered, tallies
from gengdu.records.covered import Asked, Covered, Standing
from gengdu.records.ledgers import Ledger, ledgers
from gengdu.records.models import State
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.models import School, SchoolProfile
from gengdu.registers.schools.queries import viewer_of
from tests import world
from tests.ledgers import act, new, viewer
from tests.world import ON, World, entry, grant, known

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
TOMORROW = ON + timedelta(days=1)
# A plan is due to be renewed within ninety days of its end, and not on the day before that.
SOON, LATER = ON + timedelta(days=90), ON + timedelta(days=91)


def cover(
    ledger: Ledger, account: Account, on: date = ON, *, population: int = 0, **more: object
) -> Covered:
    assert ledger.coverage is not None
    viewers = {day: viewer_of(account, on=day) for day in covered.days(on)}
    chosen = ledger.coverage.populations[population]
    return Covered(replace(Asked(ledger, chosen, viewers, on), **more))  # type: ignore[arg-type]


def standings(found: Covered, column: str = "") -> dict[str, str]:
    """Return how each unit stands in a column, by name."""
    return {
        unit.name: found.cells[unit.id][column].standing.value
        for unit in found.units
        if column in found.cells[unit.id]
    }


def plan(school: School, starts_on: date, ends_on: date | None = None, **more: object) -> object:
    return entry(SchoolPlan, starts_on, ends_on=ends_on, school=school, version=5, **more)


def until(world_: World, ends_on: date | None) -> None:
    """Let the plan of Zhao's school, which holds since February, end on a day."""
    SchoolPlan.objects.filter(school=world_.zhao_school).update(ends_on=ends_on)


def standing_of_zhao(world_: World, on: date = ON) -> str:
    return standings(cover(SCHOOL_PLANS, world_.wang, on))["松徐小学"]


@pytest.mark.parametrize(
    "ledger", [one for one in ledgers() if one.coverage is not None], ids=lambda one: one.key
)
def test_a_declared_coverage_holds_together(ledger: Ledger) -> None:
    declared = covered.coverage_of(ledger)

    assert ledger.holds_periods
    assert ledger.held_by
    assert len({one.key for one in declared.populations}) == len(declared.populations)
    assert len(covered.columns(ledger)) > bool(declared.across)
    for key in filter(None, (declared.across, declared.by)):
        assert ledger.by_key[key].required


# Whose plans count


def test_schools_on_the_list_are_asked_for_a_plan_and_one_has_it_under_review(
    district: World, db: None
) -> None:
    found = cover(SCHOOL_PLANS, district.wang)

    assert standings(found) == {
        "崮山小学": "valid", "松徐小学": "valid", "泊于幼儿园": "review",
    }  # fmt: skip
    assert (found.tally.covered, found.tally.needed, found.tally.uncovered) == (2, 3, 1)


def test_all_schools_may_be_looked_at_besides(district: World, db: None) -> None:
    found = cover(SCHOOL_PLANS, district.wang, population=1)

    assert standings(found)["皇冠小学"] == "missing"
    assert found.tally.needed == 4


@pytest.mark.parametrize(
    ("ends_on", "standing"),
    [(None, "valid"), (LATER, "valid"), (SOON, "expiring"), (TOMORROW, "expiring"),
     (ON, "expired"), (ON - timedelta(days=1), "expired")],
)  # fmt: skip
def test_a_plan_counts_until_before_the_day_it_ends(
    district: World, db: None, ends_on: date | None, standing: str
) -> None:
    until(district, ends_on)

    assert standing_of_zhao(district) == standing


def test_what_ends_soon_is_still_covered(district: World, db: None) -> None:
    until(district, SOON)

    assert cover(SCHOOL_PLANS, district.wang).tally.covered == 2


def test_a_plan_that_another_approved_one_follows_does_not_end(district: World, db: None) -> None:
    until(district, SOON)
    plan(district.zhao_school, SOON)

    assert standing_of_zhao(district) == "valid"


def test_a_plan_that_another_follows_only_after_a_gap_ends_all_the_same(
    district: World, db: None
) -> None:
    until(district, SOON)
    plan(district.zhao_school, SOON + timedelta(days=1))

    assert standing_of_zhao(district) == "expiring"


@pytest.mark.parametrize(
    ("state", "standing"),
    [(State.AT_SCHOOL, "review"), (State.AT_BUREAU, "review"), (State.RETURNED, "returned"),
     (State.DRAFT, "draft"), (State.REVOKED, "revoked")],
)  # fmt: skip
def test_whatever_is_not_approved_does_not_count(
    district: World, db: None, state: str, standing: str
) -> None:
    SchoolPlan.objects.filter(school=district.zhao_school).update(state=state)

    found = cover(SCHOOL_PLANS, district.wang)

    assert standings(found)["松徐小学"] == standing
    assert found.tally.covered == 1


def test_a_new_plan_under_review_is_told_rather_than_the_old_that_ended(
    district: World, db: None
) -> None:
    until(district, ON)
    plan(district.zhao_school, ON, state=State.AT_BUREAU)

    assert standing_of_zhao(district) == "review"


def test_an_approved_plan_that_has_not_begun_is_told_and_does_not_count(
    district: World, db: None
) -> None:
    until(district, date(2025, 3, 1))
    plan(district.zhao_school, TOMORROW)

    assert standing_of_zhao(district) == "coming"


def test_plans_of_years_ahead_say_nothing_of_a_day(district: World, db: None) -> None:
    assert standing_of_zhao(district, date(2023, 12, 31)) == "missing"


def test_a_revoked_title_is_revoked_from_its_day_on_and_counted_before(
    district: World, db: None
) -> None:
    item = CampusTitle.objects.get(school=district.zhao_school, kind="green").item_id
    act(CAMPUS_TITLES, district.wang, "revoke", item, day=date(2025, 6, 1))

    def green(on: date) -> str:
        return standings(cover(CAMPUS_TITLES, district.wang, on), "green")["松徐小学"]

    assert (green(date(2025, 5, 31)), green(date(2025, 6, 1))) == ("valid", "revoked")


# Who is asked


def test_a_closed_school_is_asked_nothing_and_was_before(district: World, db: None) -> None:
    before, after = (
        standings(cover(SCHOOL_PLANS, district.wang, day))
        for day in (world.CLOSED_ON - timedelta(days=1), world.CLOSED_ON)
    )

    assert before["旧泊于小学"] == "missing"
    assert "旧泊于小学" not in after


def test_a_school_taken_off_the_list_is_asked_nothing_from_that_day(
    district: World, db: None
) -> None:
    day = date(2025, 9, 1)
    old = SchoolProfile.objects.get(school=district.zhao_school)
    SchoolProfile.objects.filter(pk=old.pk).update(ends_on=day)
    old.pk, old.in_plan, old.starts_on = None, False, day
    old.save(force_insert=True)

    before, after = (
        standings(cover(SCHOOL_PLANS, district.wang, on)) for on in (date(2025, 8, 31), ON)
    )

    assert "松徐小学" in before
    assert "松徐小学" not in after
    assert "松徐小学" in standings(cover(SCHOOL_PLANS, district.wang, population=1))


def test_what_became_known_later_is_not_counted_by_the_knowledge_of_a_day(
    district: World, db: None
) -> None:
    by_then = cover(SCHOOL_PLANS, district.wang, known=world.LATE_PLAN_KNOWN_ON - timedelta(1))
    by_now = cover(SCHOOL_PLANS, district.wang, known=world.LATE_PLAN_KNOWN_ON)

    assert standings(by_then)["松徐小学"] == "missing"
    assert standings(by_now)["松徐小学"] == "valid"


def test_a_school_that_was_not_known_then_is_not_asked(district: World, db: None) -> None:
    SchoolProfile.objects.filter(school=district.zhao_school).update(
        recorded_at=known(date(2025, 7, 1))
    )

    assert "松徐小学" not in standings(cover(SCHOOL_PLANS, district.wang, known=date(2025, 6, 30)))


# Kinds and levels


def test_titles_are_told_by_kind_with_level_and_last_day(district: World, db: None) -> None:
    cell = cover(CAMPUS_TITLES, district.wang).cells[district.li_school.pk]

    assert {kind: one.standing.value for kind, one in cell.items()} == {
        "civility": "missing", "green": "valid", "reading": "valid", "caring": "missing",
    }  # fmt: skip
    assert (cell["reading"].level, cell["green"].level) == ("city", "district")
    assert cell["reading"].item is not None


@pytest.mark.parametrize(
    ("level", "schools"), [("", 1), ("district", 1), ("city", 1), ("province", 0), ("x", 1)]
)
def test_a_title_of_a_lower_level_than_asked_for_does_not_count(
    district: World, db: None, level: str, schools: int
) -> None:
    found = cover(CAMPUS_TITLES, district.wang, level=level)

    assert found.of_column("reading").covered == schools


def test_of_two_titles_the_higher_is_told(district: World, db: None) -> None:
    grant(district.li_school, "green", "province", date(2025, 1, 1))

    cell = cover(CAMPUS_TITLES, district.wang).cells[district.li_school.pk]["green"]

    assert (cell.level, cell.count) == ("province", 2)


def test_a_higher_title_that_ends_soon_is_no_worry_where_a_lower_one_holds_on(
    district: World, db: None
) -> None:
    grant(district.li_school, "green", "province", date(2025, 1, 1), ends_on=SOON)
    cell = cover(CAMPUS_TITLES, district.wang).cells[district.li_school.pk]["green"]
    above = cover(CAMPUS_TITLES, district.wang, level="province")

    assert (cell.standing, cell.until) == (Standing.VALID, SOON)
    assert standings(above, "green")["崮山小学"] == "expiring"


def test_one_column_and_one_town_narrow_all_numbers(district: World, db: None) -> None:
    found = cover(CAMPUS_TITLES, district.wang, column="reading", town=district.boyu.pk)

    assert standings(found, "reading") == {"松徐小学": "missing", "泊于幼儿园": "expired"}
    assert found.tally.needed == 2


def test_the_numbers_of_towns_and_columns_add_up(district: World, db: None) -> None:
    found = cover(CAMPUS_TITLES, district.wang)
    towns = {unit.town.id for unit in found.units}

    assert sum(found.of_town(town).covered for town in towns) == found.tally.covered == 4
    assert sum(found.of_column(kind).covered for kind in found.columns) == 4
    assert found.complete == 0


# Committees at three levels


def committee(school: School, level: str, group: str, **more: object) -> None:
    entry(ParentCommittee, date(2025, 9, 1), school=school, level=level, group=group, members=7,
          **more)  # fmt: skip


def test_a_school_needs_a_committee_for_each_of_its_grades_and_classes(
    district: World, db: None
) -> None:
    Enrolment.objects.filter(school=district.li_school, pupil__pupil_code="P01").update(
        class_number=2
    )
    for level, group in (("school", "全校"), ("grade", "四年级"), ("class", "四年级1班")):
        committee(district.li_school, level, group)

    found = cover(PARENT_COMMITTEES, district.wang)
    cells = found.cells[district.li_school.pk]

    assert [cells[level].standing.value for level in ("school", "grade", "class")] == [
        "valid", "valid", "partly",
    ]  # fmt: skip
    assert (cells["class"].count, cells["class"].needed) == (1, 2)
    assert found.complete == 0

    committee(district.li_school, "class", "四年级2班")
    assert cover(PARENT_COMMITTEES, district.wang).complete == 1


def test_a_school_without_a_pupil_needs_no_committee(district: World, db: None) -> None:
    Enrolment.objects.filter(school=district.zhao_school).delete()

    assert "松徐小学" not in standings(cover(PARENT_COMMITTEES, district.wang), "class")


# Villages


def test_villages_of_the_towns_are_asked_for_a_station_and_those_of_streets_only_besides(
    district: World, db: None
) -> None:
    village = PlaceRecord.objects.get(name="皂埠村").place
    entry(FamilyStation, date(2024, 1, 1), village=village, kind="guidance_station")

    found = cover(FAMILY_STATIONS, district.wang)

    assert standings(found) == {
        "皂埠村": "valid", "百尺所村": "missing", "泊于村": "missing", "松徐家村": "missing",
    }  # fmt: skip
    assert "皇冠社区" in standings(cover(FAMILY_STATIONS, district.wang, population=1))


def test_a_village_of_another_county_is_asked_nothing(district: World, db: None) -> None:
    PlaceRecord.objects.filter(place=district.gushan).update(parent=district.boyu)

    assert set(standings(cover(FAMILY_STATIONS, district.wang))) == {"泊于村", "松徐家村"}


# The years


def test_each_year_tells_how_many_were_covered_at_its_end(district: World, db: None) -> None:
    years = cover(SCHOOL_PLANS, district.wang).years

    assert [(one.on.year, one.covered, one.needed) for one in years] == [
        (2021, 0, 4), (2022, 0, 3), (2023, 1, 3), (2024, 1, 3), (2025, 2, 3),
    ]  # fmt: skip


def test_the_last_point_of_the_years_is_the_number_of_the_day(district: World, db: None) -> None:
    for ledger in (SCHOOL_PLANS, CAMPUS_TITLES, PARENT_COMMITTEES, FAMILY_STATIONS):
        for day in (date(2020, 5, 1), date(2024, 6, 30), ON):
            found = cover(ledger, district.wang, day)
            last = found.years[-1]
            assert (last.covered, last.needed) == (found.tally.covered, found.tally.needed)


def test_no_more_than_ten_years_are_told() -> None:
    assert covered.days(date(2019, 3, 1)) == [date(2019, 3, 1)]
    assert len(covered.days(date(2099, 3, 1))) == 10


# Rights


@pytest.mark.parametrize(
    ("who", "names"),
    [("wang", {"崮山小学", "松徐小学", "泊于幼儿园"}), ("sun", {"松徐小学", "泊于幼儿园"}),
     ("zhao", {"松徐小学"}), ("li", {"崮山小学"})],
)  # fmt: skip
def test_a_school_sees_itself_and_a_town_its_own(
    district: World, db: None, who: str, names: set[str]
) -> None:
    found = cover(SCHOOL_PLANS, getattr(district, who))

    assert set(standings(found)) == names
    assert found.years[-1].needed == len(names)


def test_a_town_knows_what_its_closed_school_had(district: World, db: None) -> None:
    entry(SchoolPlan, date(2021, 3, 1), ends_on=world.CLOSED_ON, school=district.closed_school,
          version=1)  # fmt: skip

    years = cover(SCHOOL_PLANS, district.sun).years

    assert [(one.covered, one.needed) for one in years[:2]] == [(1, 3), (0, 2)]


def test_a_town_sees_its_villages_and_a_school_none(district: World, db: None) -> None:
    assert set(standings(cover(FAMILY_STATIONS, district.sun))) == {"泊于村", "松徐家村"}
    assert standings(cover(FAMILY_STATIONS, district.zhao)) == {}


# What it costs


def queries_of(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def look_at_all(found: Covered) -> object:
    return found.cells, found.years, found.tally


@pytest.mark.parametrize("ledger", [SCHOOL_PLANS, CAMPUS_TITLES, PARENT_COMMITTEES,
                                    FAMILY_STATIONS], ids=lambda one: one.key)  # fmt: skip
def test_more_schools_cost_no_more_queries(district: World, db: None, ledger: Ledger) -> None:
    few = queries_of(lambda: look_at_all(cover(ledger, district.wang)))
    village = PlaceRecord.objects.get(name="皂埠村").place
    for number in range(9):
        added = world.school(f"新{number}小学", "primary", village)
        grant(added, "green", "city", date(2024, 1, 1))
        plan(added, date(2024, 1, 1))
        world.place("village", f"37107210329{number}", f"新{number}村", district.gushan)

    many = queries_of(lambda: look_at_all(cover(ledger, district.wang)))

    assert many == few <= 8


# Several ledgers in a line each


def count(account: Account, *some: Ledger) -> list[tuple[int, int, int | None]]:
    found = tallies.counts(some, viewer(account), ON)
    return [(one.valid, one.waiting, one.uncovered) for one in found]


def test_ledgers_in_a_line_tell_the_same_as_their_pages(district: World, db: None) -> None:
    committee(district.li_school, "school", "全校")
    every = (SCHOOL_PLANS, CAMPUS_TITLES, PARENT_COMMITTEES, FAMILY_STATIONS)

    for who in (district.wang, district.sun, district.li):
        pages = [cover(ledger, who).tally for ledger in every]
        assert [one[2] for one in count(who, *every)] == [page.uncovered for page in pages]


def test_ledgers_in_a_line_count_entries_that_count_and_that_wait(
    district: World, db: None
) -> None:
    item = new(CAMPUS_TITLES, district.wang)
    act(CAMPUS_TITLES, district.wang, "submit", item)

    assert count(district.wang, SCHOOL_PLANS, CAMPUS_TITLES) == [(2, 1, 1), (4, 1, 8)]
    assert count(district.zhao, SCHOOL_PLANS, CAMPUS_TITLES) == [(1, 0, 0), (1, 0, 3)]


def test_whoever_may_not_look_at_ledgers_is_told_nothing(district: World, db: None) -> None:
    auditor = world.account("audit", "审计员", "auditor", "district", None)

    assert count(auditor, SCHOOL_PLANS, CAMPUS_TITLES) == []


def test_all_ledgers_are_counted_in_one_query_and_their_units_in_few(
    district: World, db: None
) -> None:
    every = (SCHOOL_PLANS, CAMPUS_TITLES, PARENT_COMMITTEES, FAMILY_STATIONS)
    looker = viewer(district.wang)

    assert queries_of(lambda: tallies.counts(every, looker, ON)) == 6
