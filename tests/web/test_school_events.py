"""What the bureau does when something happens to a school: choose, fill in, preview, confirm."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gengdu.access.trail.models import TrailEntry
from gengdu.records.models import Change
from gengdu.records.queries import in_force
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.models import School, SchoolProfile
from tests.conftest import signed_in
from tests.web.reading import Page
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])


def address(school: School, **said: object) -> str:
    return f"{reverse('school_event', args=[school.pk])}?{urlencode(said, doseq=True)}"


def merger(district: World) -> str:
    return address(
        district.zhao_school, kind="merged", day=ON.isoformat(), successor=district.li_school.pk,
        note="生源减少",
    )  # fmt: skip


def text(response: HttpResponse) -> str:
    return response.content.decode()


def confirm(client: Client, where: str) -> HttpResponse:
    """Press the button on a preview, with the mark that stands in the page."""
    preview = client.get(where)
    return client.post(where, {"digest": preview.context["plan"].digest})


def test_the_school_page_leads_to_every_kind_of_event(as_wang: Client, district: World) -> None:
    page = Page(text(as_wang.get(reverse("school", args=[district.zhao_school.pk]))))
    start = reverse("school_event", args=[district.zhao_school.pk])
    assert start in [link.path for link in page.links]

    offered = Page(text(as_wang.get(start)))
    kinds = {link.query["kind"] for link in offered.links if "kind" in link.query}

    assert kinds == {"merged", "closed", "renamed", "moved", "split", "recoded"}
    for kind in kinds:
        form = as_wang.get(address(district.zhao_school, kind=kind))
        assert form.status_code == 200
        assert "预览" in text(form)


def test_a_form_that_is_not_filled_in_is_shown_again_with_what_is_missing(
    as_wang: Client, district: World
) -> None:
    found = as_wang.get(address(district.zhao_school, kind="merged", day="2025-02-30"))

    assert found.status_code == 200
    assert text(found).count('class="error"') == 2


def test_a_preview_counts_every_kind_of_data_and_writes_nothing(
    as_wang: Client, district: World
) -> None:
    found = text(as_wang.get(merger(district)))

    assert "松徐小学并入崮山小学" in found
    assert "不足 100 人" in found
    assert "四步档案缺" in found
    assert "一年级" not in found  # nobody is in it
    assert "宫一" not in found  # a preview is passed round: children are numbers
    assert not Change.objects.exists()


def test_confirming_writes_says_so_and_can_be_undone(as_wang: Client, district: World) -> None:
    done = confirm(as_wang, merger(district))
    change = Change.objects.get()

    assert done.headers["Location"] == reverse("school_change", args=[change.pk])
    assert Enrolment.objects.filter(in_force(ON), school=district.li_school).count() == 7
    page = text(as_wang.get(done.headers["Location"]))
    assert "已登记：松徐小学并入崮山小学" in page
    assert "生源减少" in page
    assert TrailEntry.objects.filter(subject="schools.School").exists()

    undone = as_wang.post(reverse("school_change_undo", args=[change.pk]), follow=True)

    assert "已撤销，全部记录恢复" in text(undone)
    assert reverse("school_change_undo", args=[change.pk]) not in text(undone)
    assert Enrolment.objects.filter(in_force(ON), school=district.zhao_school).count() == 3
    again = as_wang.post(reverse("school_change_undo", args=[change.pk]), follow=True)
    assert "已经撤销过了" in text(again)


def test_what_stands_against_it_is_said_and_cannot_be_confirmed(
    as_wang: Client, district: World
) -> None:
    where = address(district.zhao_school, kind="closed", day=ON.isoformat(), successor="")

    preview = as_wang.get(where)
    posted = as_wang.post(where, {"digest": preview.context["plan"].digest}, follow=True)

    assert "没有承接学校" in text(preview)
    assert "确认登记" not in text(preview)
    assert "没有承接学校" in Page(text(posted)).alerts[0]
    assert not Change.objects.exists()


def test_a_stale_preview_is_refused_in_words(as_wang: Client, district: World) -> None:
    posted = as_wang.post(merger(district), {"digest": "old"}, follow=True)

    assert any("重新预览" in alert for alert in Page(text(posted)).alerts)
    assert not Change.objects.exists()


def test_a_new_school_is_opened_from_the_list(as_wang: Client, district: World) -> None:
    village = SchoolProfile.objects.get(in_force(ON), school=district.li_school).village_id
    assert reverse("school_open") in text(as_wang.get(reverse("schools")))
    said = {
        "day": ON.isoformat(), "name": "皂埠小学", "category": "primary", "stages": ["primary"],
        "identifier": "2137000077", "village": village, "school_system": "five_four",
    }  # fmt: skip

    done = confirm(as_wang, f"{reverse('school_open')}?{urlencode(said, doseq=True)}")

    assert done.status_code == 302
    assert SchoolProfile.objects.get(in_force(ON), name="皂埠小学").identifier == "2137000077"


def test_a_school_is_split_by_ticking_classes(as_wang: Client, district: World) -> None:
    profile = SchoolProfile.objects.get(in_force(ON), school=district.li_school)
    where = address(
        district.li_school, kind="split", day=ON.isoformat(), name="东校", category="primary",
        stages=["primary"], village=profile.village_id, school_system="five_four",
        classes=["primary-4-1"],
    )  # fmt: skip

    confirm(as_wang, where)

    east = SchoolProfile.objects.get(in_force(ON), name="东校").school
    assert Enrolment.objects.filter(in_force(ON), school=east).count() == 4
    assert "由崮山小学分设" in text(as_wang.get(reverse("school", args=[east.pk])))


def test_a_closed_school_has_no_further_events(as_wang: Client, district: World) -> None:
    assert as_wang.get(address(district.closed_school)).status_code == 404
    assert as_wang.get(address(district.zhao_school, kind="flooded")).status_code == 404


def test_heads_and_towns_do_not_change_schools(district: World) -> None:
    for account in (district.li, district.sun):
        client = signed_in(account)
        page = text(client.get(reverse("school", args=[district.li_school.pk])))

        assert "学校变动" not in page
        assert client.get(merger(district)).status_code == 403
        assert client.post(merger(district), {"digest": "x"}).status_code == 403
        assert "设立新学校" not in text(client.get(reverse("schools")))
