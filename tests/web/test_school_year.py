"""How people turn the school year over: preview, decide, confirm, and take it back."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gengdu.access.trail.models import TrailEntry
from gengdu.records.models import Change
from gengdu.records.queries import in_force
from gengdu.registers.pupils.models import Enrolment, Pupil
from gengdu.registers.schools.models import School
from tests.conftest import signed_in
from tests.web.reading import Page
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
YEAR = reverse("school_year")
FIRST_DAY = date(2026, 9, 1)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def at(school: School) -> dict[str, int]:
    return {"year": 2026, "school": school.pk}


def class_of(school: School) -> dict[str, object]:
    return {**at(school), "class": "primary-4-1"}


def confirm(client: Client, school: School) -> HttpResponse:
    """Press the button on a preview, with the mark that stands in the page."""
    digest = client.get(YEAR, at(school)).context["plan"].digest
    where = f"{YEAR}?year=2026&school={school.pk}"
    return client.post(where, {"confirm": "1", "digest": digest})


def pupil(code: str) -> int:
    return Pupil.objects.get(pupil_code=code).pk


def enrolled(school: School) -> int:
    return Enrolment.objects.filter(in_force(FIRST_DAY), school=school).count()


def test_the_menu_leads_to_a_preview_that_writes_nothing(as_wang: Client, district: World) -> None:
    assert YEAR in [link.path for link in Page(text(as_wang.get(reverse("schools")))).links]

    found = text(as_wang.get(YEAR))

    assert "升入2026—2027学年" in found
    assert "崮山小学" in found
    assert "待落实" in found  # where the kindergarten's children go
    assert not Change.objects.exists()


def test_a_school_turns_over_once_and_back(as_wang: Client, district: World) -> None:
    done = confirm(as_wang, district.li_school)
    change = Change.objects.get()

    assert done.headers["Location"] == reverse("school_year_done", args=[change.pk])
    assert enrolled(district.li_school) == 4
    page = text(as_wang.get(done.headers["Location"]))
    assert "升入2026—2027学年：已写入" in page
    assert "没有待落实的学生" in page
    assert TrailEntry.objects.filter(subject="pupils.Pupil").exists()

    again = text(as_wang.get(YEAR, at(district.li_school)))
    assert "不用再办" in again
    assert "确认升级" not in again
    posted = as_wang.post(
        f"{YEAR}?year=2026&school={district.li_school.pk}", {"confirm": "1", "digest": "x"},
        follow=True,
    )  # fmt: skip
    assert any("没有要新增的学籍" in alert for alert in Page(text(posted)).alerts)

    undone = as_wang.post(reverse("school_year_undo", args=[change.pk]), follow=True)
    assert "已撤销" in text(undone)
    assert enrolled(district.li_school) == 0


def test_repeaters_and_leavers_are_ticked_class_by_class(as_wang: Client, district: World) -> None:
    page = Page(text(as_wang.get(YEAR, at(district.li_school))))
    [link] = [link for link in page.links if link.path == reverse("school_year_class")]
    assert "丛一" in text(as_wang.get(link.href))

    said = {f"pupil-{pupil('P01')}": "repeat", f"pupil-{pupil('P02')}": "leave",
            f"pupil-{pupil('P05')}": "leave"}  # fmt: skip
    kept = as_wang.post(link.href, said, follow=True)
    confirm(as_wang, district.li_school)

    assert "手工勾选了 2 人" in text(kept)
    assert Enrolment.objects.get(in_force(FIRST_DAY), pupil=pupil("P01")).grade == 4
    assert enrolled(district.li_school) == 3
    assert Change.objects.get().counts["outcomes"] == {"promoted": 2, "repeated": 1, "left": 1}


def test_looking_at_a_class_is_noted(as_wang: Client, district: World) -> None:
    as_wang.get(reverse("school_year_class"), class_of(district.li_school))

    assert TrailEntry.objects.filter(subject="pupils.Pupil", kind="look").exists()


def test_whoever_takes_the_graduates_is_chosen(as_wang: Client, district: World) -> None:
    key = f"{district.kindergarten.pk}:preschool"
    where = f"{YEAR}?year=2026&school={district.kindergarten.pk}"
    wrong = {"target=999:preschool": "1", f"target={key}": "x"}

    as_wang.post(where, wrong)
    kept = as_wang.post(where, {f"target={key}": str(district.city_school.pk)}, follow=True)
    confirm(as_wang, district.kindergarten)

    assert "尚未写入任何数据" in text(kept)
    assert enrolled(district.city_school) == 1


def test_whoever_waits_is_listed_and_never_lost(as_wang: Client, district: World) -> None:
    done = confirm(as_wang, district.kindergarten)

    page = text(as_wang.get(done.headers["Location"]))

    assert "毕一" in page
    assert "还有 1 名学生没有新学年的学校" in page


def test_a_stale_preview_is_refused_in_words(as_wang: Client, district: World) -> None:
    where = f"{YEAR}?year=2026&school={district.li_school.pk}"
    posted = as_wang.post(where, {"confirm": "1", "digest": "old"}, follow=True)

    assert any("重新预览" in alert for alert in Page(text(posted)).alerts)
    assert not Change.objects.exists()


def test_a_head_turns_the_own_school_over_and_no_other(district: World) -> None:
    client = signed_in(district.li)

    assert list(client.get(YEAR).context["asked"].offered) == [district.li_school.pk]
    assert client.get(YEAR, at(district.zhao_school)).status_code == 403
    elsewhere = reverse("school_year_class")
    assert client.get(elsewhere, class_of(district.zhao_school)).status_code == 403
    own = reverse("school_year_class") + f"?year=2026&school={district.li_school.pk}"
    client.post(f"{own}&class=primary-4-1", {f"pupil-{pupil('P01')}": str(district.city_school.pk)})
    assert confirm(client, district.li_school).status_code == 302
    assert enrolled(district.li_school) == 4

    theirs = Change.objects.get()
    as_zhao = signed_in(district.zhao)
    assert as_zhao.get(reverse("school_year_done", args=[theirs.pk])).status_code == 403
    assert as_zhao.post(reverse("school_year_undo", args=[theirs.pk])).status_code == 403


def test_a_town_does_not_turn_the_year(district: World) -> None:
    client = signed_in(district.sun)

    assert client.get(YEAR).status_code == 403
    assert "学年升级" not in text(client.get(reverse("schools")))


def test_a_class_that_is_not_there_is_no_page(as_wang: Client, district: World) -> None:
    for key in ("", "primary", "primary-4", "primary-4-9", "x-1-1"):
        asked = {**at(district.li_school), "class": key}
        assert as_wang.get(reverse("school_year_class"), asked).status_code == 404
    assert as_wang.get(reverse("school_year_class"), {"class": "primary-4-1"}).status_code == 404
