from __future__ import annotations

from datetime import date, timedelta

import pytest

from gengdu.access.scope import Viewer
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.schools import queries
from gengdu.registers.schools.models import SchoolProfile
from tests import world
from tests.world import ON, World

CLOSED_ON = date(2025, 9, 1)


def names(profiles: object) -> list[str]:
    return sorted(profile.name for profile in profiles)  # type: ignore[attr-defined]


def test_open_schools_carry_their_village_and_town(district: World) -> None:
    found = {profile.name: profile for profile in queries.open_schools(on=ON)}

    assert set(found) == {"崮山小学", "松徐小学", "泊于幼儿园", "皇冠小学"}
    assert (found["松徐小学"].village_name, found["松徐小学"].town_name) == ("松徐家村", "泊于镇")
    assert found["松徐小学"].town_id == district.boyu.pk


def test_no_school_is_open_before_the_first_one(district: World) -> None:
    assert names(queries.open_schools(on=world.LONG_AGO - timedelta(1))) == []
    assert "旧泊于小学" in names(queries.open_schools(on=world.LONG_AGO))


@pytest.mark.django_db
def test_a_school_is_open_until_the_day_before_it_closes(district: World) -> None:
    world.merge(district.zhao_school, district.li_school, CLOSED_ON)

    assert "松徐小学" in names(queries.open_schools(on=CLOSED_ON - timedelta(1)))
    assert "松徐小学" not in names(queries.open_schools(on=CLOSED_ON))


@pytest.mark.django_db
def test_a_superseded_profile_is_forgotten(district: World) -> None:
    mistaken = SchoolProfile.objects.get(school=district.zhao_school)
    SchoolProfile.objects.filter(pk=mistaken.pk).update(superseded_at=world.known(ON))
    mistaken.pk, mistaken.name = None, "松徐完全小学"
    mistaken.save(force_insert=True)

    assert "松徐完全小学" in names(queries.open_schools(on=ON))
    assert "松徐小学" not in names(queries.open_schools(on=ON))


@pytest.mark.django_db
def test_a_town_is_called_as_it_was_on_the_day(district: World) -> None:
    renamed_on = date(2024, 1, 1)
    old = PlaceRecord.objects.get(place=district.boyu)
    PlaceRecord.objects.filter(pk=old.pk).update(ends_on=renamed_on)
    old.pk, old.starts_on, old.short_name = None, renamed_on, "新泊于镇"
    old.save(force_insert=True)

    def town_of_zhao(on: date) -> str:
        return queries.open_schools(on=on).get(school=district.zhao_school).town_name

    assert town_of_zhao(renamed_on - timedelta(1)) == "泊于镇"
    assert town_of_zhao(renamed_on) == "新泊于镇"


@pytest.mark.parametrize(
    ("on", "pupils"),
    [
        pytest.param(ON, 3, id="in the school year"),
        pytest.param(date(2026, 8, 31), 3, id="its last day"),
        pytest.param(date(2026, 9, 1), 0, id="not yet enrolled for the next"),
    ],
)
def test_pupils_are_counted_on_the_day_and_once(district: World, on: date, pupils: int) -> None:
    found = queries.with_pupils(queries.open_schools(on=on), on=on)

    assert found.get(school=district.zhao_school).pupils == pupils


def test_everybody_has_the_schools_of_the_own_scope(district: World) -> None:
    def of(account: object) -> list[str]:
        return names(queries.within_scope(Viewer.of(account), on=ON))  # type: ignore[arg-type]

    assert len(of(district.wang)) == 4
    assert of(district.sun) == ["松徐小学", "泊于幼儿园"]
    assert of(district.li) == ["崮山小学"]
    assert of(district.zhao) == ["松徐小学"]
