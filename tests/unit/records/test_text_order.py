"""Lists sort and are searched by one rule on every store.

Text sorts by its bytes, null before everything; only ASCII letters have two cases.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import F

from gengdu.chapters.moral_education.models import SchoolPlan
from gengdu.chapters.school_character.models import OutOfSchoolBrand
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.schools.models import School
from tests import world

NAMES = ["崮山小学", "泊于小学", "皇冠小学", "Beta园", "alpha园", "Alpha园", "beta园", "１号园",
         "1号园", "Ａ园", "ａ园", "É园", "é园", "𠮷园", "", " 园",
         "“园”", "(园)", "（园）"]  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _brands() -> None:
    for name in NAMES:
        world.entry(OutOfSchoolBrand, world.NOTICE_DAY, name=name)


def names_with(**condition: str) -> set[str]:
    return set(OutOfSchoolBrand.objects.filter(**condition).values_list("name", flat=True))


def test_names_sort_by_their_bytes() -> None:
    found = list(OutOfSchoolBrand.objects.order_by("name").values_list("name", flat=True))

    assert found == sorted(NAMES, key=str.encode)


def test_the_other_way_round_is_the_same_order_backwards() -> None:
    found = list(OutOfSchoolBrand.objects.order_by("-name").values_list("name", flat=True))

    assert found == sorted(NAMES, key=str.encode, reverse=True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("alpha", {"alpha园", "Alpha园"}),
        ("BETA", {"Beta园", "beta园"}),
        ("小学", {"崮山小学", "泊于小学", "皇冠小学"}),
        ("ａ", {"ａ园"}),  # noqa: RUF001
        ("É", {"É园"}),
        ("%", set()),
        ("_号", set()),
        ("“", {"“园”"}),
        ("𠮷", {"𠮷园"}),
    ],
)
def test_a_search_ignores_the_case_of_ascii_letters_alone(asked: str, found: set[str]) -> None:
    assert names_with(name__icontains=asked) == found


def ends(order: str) -> list[date | None]:
    for day in (date(2025, 1, 1), None, date(2024, 1, 1)):
        school = School.objects.create()
        world.entry(SchoolPlan, world.NOTICE_DAY, ends_on=day, school=school, version=1)
    return list(SchoolPlan.objects.order_by(order).values_list("ends_on", flat=True))


def test_null_sorts_first() -> None:
    assert ends("ends_on") == [None, date(2024, 1, 1), date(2025, 1, 1)]


def test_null_sorts_last_the_other_way_round() -> None:
    assert ends("-ends_on") == [date(2025, 1, 1), date(2024, 1, 1), None]


def test_a_query_may_say_otherwise() -> None:
    ends("ends_on")

    found = SchoolPlan.objects.order_by(F("ends_on").asc(nulls_last=True)).last()

    assert found is not None
    assert found.ends_on is None


def test_what_a_join_does_not_find_sorts_first_as_well() -> None:
    """A county has no parent; the kind of a parent that there is, is never null."""
    county = world.place("county", "371072", "经开区", None)
    world.place("town", "371072103", "崮山镇", county)

    found = PlaceRecord.objects.order_by("parent__kind").values_list("name", flat=True)

    assert list(found) == ["经开区", "崮山镇"]


@pytest.mark.postgresql
def test_what_is_never_null_is_left_to_its_index() -> None:
    assert "NULLS" not in str(SchoolPlan.objects.order_by("pk", "-version").query)
    assert "NULLS" not in str(SchoolPlan.objects.order_by("school__is_sample").query)
    assert "NULLS FIRST" in str(SchoolPlan.objects.order_by("ends_on").query)
