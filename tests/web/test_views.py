"""Saved views over the small world: kept, shared, opened first, never wider than one's scope."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gengdu.access.models import Account
from gengdu.web.models import SavedView
from tests.conftest import signed_in
from tests.web.children import text
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

LIST, VIEWS = reverse("pupils_list"), reverse("pupils_views")


def keep(client: Client, name: str = "男生", **more: str) -> SavedView:
    """Save a view and return it."""
    client.post(VIEWS, {"name": name, "f_sex": "男"} | more)
    return SavedView.objects.latest("pk")


def deed(client: Client, view: SavedView, what: str, **more: str) -> HttpResponse:
    return client.post(reverse("pupils_view", args=[view.pk]), {"deed": what} | more)


def offered(client: Client) -> list[str]:
    """The names of the views that the list offers."""
    return [line["view"].name for line in client.get(LIST, {"view": "0"}).context["views"]]


def test_a_view_keeps_filters_columns_and_order(as_li: Client) -> None:
    view = keep(as_li, f_stage="primary", columns="name,health", sort="-name")

    line = as_li.get(LIST, {"view": "0"}).context["views"][0]
    page = as_li.get(f"{LIST}?{line['query']}")

    assert view.query == {
        "f_sex": "男", "f_stage": "primary", "columns": "name,health", "sort": "-name",
    }  # fmt: skip
    assert page.context["wanted"].columns == ("name", "health")
    assert page.context["view_here"] == view
    assert "视图：男生" in text(page)


@pytest.mark.parametrize(
    "asked",
    [
        {"f_pupil__enrolments__school": "1"}, {"sort": "record__pk"},
        {"columns": "pk,superseded_at"}, {"q": "宫一"}, {"on": "2020-01-01"},
    ],
)  # fmt: skip
def test_nothing_is_kept_that_the_register_does_not_declare_nor_whom_one_looked_for(
    as_li: Client, asked: dict[str, str]
) -> None:
    assert keep(as_li, **asked).query == {"f_sex": "男"}


def test_a_kept_name_that_is_declared_no_longer_is_left_aside(as_li: Client) -> None:
    view = keep(as_li)
    SavedView.objects.filter(pk=view.pk).update(
        query={"f_record__name": "宫一", "sort": "school__pk", "columns": "name,gone", "q": "宫"}
    )

    line = as_li.get(LIST, {"view": "0"}).context["views"][0]
    page = as_li.get(f"{LIST}?{line['query']}")

    assert page.context["wanted"].query == {"columns": "name"}
    assert page.context["total"] == 4


@pytest.mark.parametrize(
    ("sharing", "who"),
    [("own", ["li"]), ("unit", ["clerk", "li"]), ("everybody", ["clerk", "li", "wang", "zhao"])],
)
def test_a_view_is_offered_to_those_it_is_shared_with(
    district: World, clerk: Account, sharing: str, who: list[str]
) -> None:
    keep(signed_in(district.li), sharing=sharing)

    people = (clerk, district.li, district.wang, district.zhao)
    assert [one.username for one in people if offered(signed_in(one)) == ["男生"]] == who


def test_a_shared_view_never_widens_what_one_sees(
    district: World, as_wang: Client, as_li: Client
) -> None:
    keep(as_wang, "松徐", sharing="everybody", f_school="松徐小学")
    keep(as_wang, "全部男生", sharing="everybody")

    pages = {
        line["view"].name: as_li.get(f"{LIST}?{line['query']}")
        for line in as_li.get(LIST, {"view": "0"}).context["views"]
    }

    assert pages["松徐"].context["total"] == 0
    assert pages["全部男生"].context["total"] == 4
    assert "宫一" not in text(pages["松徐"]) + text(pages["全部男生"])


def test_the_list_opens_with_the_first_view_and_anything_asked_for_comes_before_it(
    as_li: Client,
) -> None:
    view = keep(as_li, columns="name,health")
    deed(as_li, view, "first")

    bare, kept = as_li.get(LIST), as_li.get(LIST, {"on": "2025-10-01"})

    assert bare.status_code == kept.status_code == 302
    assert "columns=name%2Chealth" in bare.headers["Location"]
    assert "on=2025-10-01" in kept.headers["Location"]
    for asked in ({"view": "0"}, {"q": ""}, {"f_sex": "女"}, {"page": "2"}):
        assert as_li.get(LIST, asked).status_code == 200


def test_one_view_opens_first_and_it_can_be_taken_back(as_li: Client) -> None:
    one, other = keep(as_li, "一"), keep(as_li, "二")
    deed(as_li, one, "first")
    deed(as_li, other, "first")
    assert list(SavedView.objects.filter(is_default=True)) == [other]

    deed(as_li, other, "first")

    assert as_li.get(LIST).status_code == 200


def test_an_own_view_is_renamed_shared_and_deleted(as_li: Client, as_zhao: Client) -> None:
    view = keep(as_li)

    deed(as_li, view, "change", name="本校男生", sharing="everybody")
    assert offered(as_zhao) == ["本校男生"]
    deed(as_li, view, "delete")

    assert offered(as_zhao) == offered(as_li) == []


@pytest.mark.parametrize("what", ["change", "first", "delete"])
def test_nobody_touches_the_view_of_another(as_li: Client, as_zhao: Client, what: str) -> None:
    view = keep(as_li, sharing="everybody")

    assert deed(as_zhao, view, what, name="偷改").status_code == 404
    view.refresh_from_db()
    assert (view.name, view.is_default) == ("男生", False)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"name": " \u3000"}, "没有名称"),
        ({"name": "长" * 31}, "最多 30 个字"),
        ({"name": "男生"}, "您已有叫“男生”的视图"),
        ({"sharing": "world"}, "没有这样的共享范围"),
    ],
)
def test_what_cannot_be_kept_is_said(as_li: Client, asked: dict[str, str], sentence: str) -> None:
    keep(as_li)

    page = as_li.post(VIEWS, {"name": "新", "f_sex": "男"} | asked, follow=True)

    assert sentence in text(page)
    assert SavedView.objects.count() == 1


def test_a_name_never_becomes_markup(as_li: Client, as_zhao: Client) -> None:
    keep(as_li, "<script>alert(1)</script>", sharing="everybody")

    page = text(as_zhao.get(LIST, {"view": "0"})) + text(as_zhao.get(VIEWS))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
