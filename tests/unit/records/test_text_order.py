"""Text sorts and is found by one rule on every store: by its bytes; only ASCII has two cases."""

from __future__ import annotations

import pytest

from gengdu.chapters.school_character.models import OutOfSchoolBrand
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
