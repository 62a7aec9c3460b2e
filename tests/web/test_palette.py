"""Finding pages, schools and people by a few letters: as a page, and as the palette asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.board import palette
from gengdu.registers.pupils.models import PupilRecord
from tests import world
from tests.conftest import signed_in
from tests.web.reading import Page
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

PAGE, JSON = reverse("search"), reverse("search_json")


@pytest.fixture
def as_clerk(district: World) -> Client:
    """Somebody who sees no child: the district's administrator."""
    admin = world.account("admin", "区管理员", "district_admin", "district", None)
    return signed_in(admin)


def found(client: Client, text: str, **more: str) -> dict[str, list[str]]:
    """Return the labels found, by group."""
    response: Any = client.get(JSON, {"q": text} | more)
    assert response.status_code == 200
    return {
        group["title"]: [hit["label"] for hit in group["hits"]]
        for group in response.json()["groups"]
    }


@pytest.mark.parametrize(
    ("text", "group", "label"),
    [
        ("总览", "页面", "总览"),
        ("xueshen", "页面", "学生"),
        ("选优培强", "页面", "11 选优培强乡村校长"),
        ("zlwz", "学校", ""),
        ("崮山", "学校", "崮山小学"),
        ("gsxx", "学校", "崮山小学"),
        ("gushan", "学校", "崮山小学"),
        ("宫一", "学生", "宫一"),
        ("gongyi", "学生", "宫一"),
        ("g y", "学生", "宫一"),
        ("45周岁", "承诺与指标", "45周岁"),
    ],
)
def test_a_few_letters_find_what_one_may_open(
    as_wang: Client, text: str, group: str, label: str
) -> None:
    labels = found(as_wang, text).get(group, [])

    assert any(label in one for one in labels) if label else not labels


def test_everything_found_opens(as_wang: Client) -> None:
    for text in ("崮山", "宫"):
        for group in as_wang.get(JSON, {"q": text}).json()["groups"]:
            for hit in group["hits"]:
                assert as_wang.get(hit["url"]).status_code == 200, hit


def test_li_never_finds_a_child_of_another_school(as_li: Client) -> None:
    number = "371002201603010054"
    PupilRecord.objects.filter(name="宫一").update(identity_number=number)

    assert "学生" not in found(as_li, "宫一")
    assert "学生" not in found(as_li, "gongyi")
    assert "学生" not in found(as_li, number)
    assert found(as_li, "丛一")["学生"] == ["丛一"]


def test_another_day_in_the_address_does_not_widen_the_scope(as_li: Client) -> None:
    assert "学生" not in found(as_li, "宫", on="2023-10-01")


def test_who_sees_no_children_finds_none_and_leaves_no_look(as_clerk: Client) -> None:
    looks = TrailEntry.objects.filter(kind=Kind.LOOK).count()

    assert "学生" not in found(as_clerk, "宫一")
    assert TrailEntry.objects.filter(kind=Kind.LOOK).count() == looks


@pytest.mark.parametrize("address", [PAGE, JSON])
def test_children_found_are_written_into_the_trail(as_li: Client, address: str) -> None:
    looks = TrailEntry.objects.filter(kind=Kind.LOOK).count()

    as_li.get(address, {"q": "丛"})
    as_li.get(address, {"q": "宫"})

    assert TrailEntry.objects.filter(kind=Kind.LOOK).count() == looks + 1
    assert TrailEntry.objects.filter(kind=Kind.LOOK).latest("pk").object_count == 4


def test_more_than_fit_lead_to_the_list(as_wang: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(palette, "HITS_PER_GROUP", 2)
    before = TrailEntry.objects.count()

    groups = {group["title"]: group for group in as_wang.get(JSON, {"q": "宫"}).json()["groups"]}

    assert [hit["label"] for hit in groups["学生"]["hits"]] == ["宫一", "宫三"]
    assert "共 3 名学生" in text_of(as_wang.get(groups["学生"]["more"]))
    assert TrailEntry.objects.filter(pk__gt=before).first().object_count == 2


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("letters", ["l", "%", "_", "'", '"; drop', "\\", "\0", "a" * 5_000, "*"])
def test_odd_letters_are_letters(as_wang: Client, letters: str) -> None:
    assert "学生" not in found(as_wang, letters)


def test_what_is_found_never_becomes_markup(as_wang: Client) -> None:
    PupilRecord.objects.filter(name="宫一").update(name="<script>alert(1)</script>宫一")

    page = text_of(as_wang.get(PAGE, {"q": "宫一"}))
    asked = text_of(as_wang.get(PAGE, {"q": '"><script>alert(2)</script>'}))
    answer = as_wang.get(JSON, {"q": "宫一"})

    assert "<script>alert" not in page + asked
    assert "&lt;script&gt;alert(1)" in page
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_works_without_scripts(as_li: Client) -> None:
    page = Page(text_of(as_li.get(PAGE, {"q": "崮山"})))

    assert any(link.text == "崮山小学" for link in page.links)
    assert any(link.path == PAGE for link in page.links)
    assert "没有查到" in text_of(as_li.get(PAGE, {"q": "没有这样的"}))


def test_the_day_chosen_is_kept(as_wang: Client) -> None:
    groups = as_wang.get(JSON, {"q": "宫一", "on": "2024-10-01"}).json()["groups"]

    assert all("on=2024-10-01" in hit["url"] for group in groups for hit in group["hits"])
