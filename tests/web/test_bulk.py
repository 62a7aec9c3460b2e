"""Many rows at once over the small world: choose, see the effect, confirm, take back."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.records.importing import bulk_edit
from gengdu.records.models import Change, ChangeKind
from gengdu.records.sheets import register, registers
from gengdu.registers.pupils.models import Enrolment, PupilRecord, PupilSituation
from gengdu.registers.schools.models import FacilityReport
from tests.web.children import pupil, text
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

BULK = reverse("pupils_bulk")
CHANGES = reverse("pupils_changes")
HEALTH = {"column": "health", "value": "良好", "mode": "correction", "reason": "体检"}


def draft(client: Client, **asked: Any) -> str:
    """Choose and fill in; return the address of the page with the effect."""
    response = client.post(BULK, HEALTH | {"all": "1"} | asked)
    assert response.status_code == 302, text(response)
    return response.headers["Location"]


def confirm(client: Client, address: str) -> HttpResponse:
    """Look at the effect and agree to it."""
    page = client.get(address)
    return client.post(address, {"effect": page.context["effect"].digest})


def health() -> dict[str, str]:
    rows = PupilRecord.objects.filter(superseded_at=None)
    return dict(rows.values_list("name", "health"))


def state() -> list[tuple[Any, ...]]:
    """Everything in force, by table; what is superseded is left out, and so are ids."""
    return [
        sorted(map(str, model.objects.filter(superseded_at=None).values_list(*(
            field.attname for field in model._meta.concrete_fields
            if field.name not in ("id", "recorded_at", "recorded_in")
        ))))
        for model in (Enrolment, PupilRecord, PupilSituation)
    ]  # fmt: skip


# Choosing


def test_the_list_offers_the_page_and_all_that_match_to_who_may_write(
    as_li: Client, as_sun: Client
) -> None:
    li, sun = (text(client.get(reverse("pupils_list"))) for client in (as_li, as_sun))

    assert "选中全部符合条件的 4 条" in li
    assert "选中本页" in li
    assert "选中全部" not in sun


def test_without_a_choice_one_is_sent_back_with_a_sentence(as_li: Client) -> None:
    response = as_li.get(BULK, {"f_sex": "男"}, follow=True)

    assert response.redirect_chain[0][0] == f"{reverse('pupils_list')}?{urlencode({'f_sex': '男'})}"
    assert "没有选中记录" in text(response)


def test_neither_names_nor_numbers_are_offered() -> None:
    offered = {column.key for column in bulk_edit.columns_of(register("pupils"))}

    assert {"health", "class_number", "boarding", "current_address", "home"} <= offered
    assert not offered & {
        "name", "identity_number", "registry_number", "phone", "guardian1_name", "guardian1_phone",
        "guardian2_identity_number", "grade", "stage",
    }  # fmt: skip


@pytest.mark.parametrize(
    "column", ["name", "identity_number", "pk", "pupil__enrolments", "superseded_at", "stage", ""]
)
def test_a_column_that_is_not_offered_is_not_taken(as_li: Client, column: str) -> None:
    page = text(as_li.post(BULK, HEALTH | {"all": "1", "column": column}))

    assert "请选择要修改的列" in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"column": "boarding", "value": "飞行"}, "飞行"),
        ({"value": ""}, "请填写新的值"),
        ({"value": "371*"}, "隐去的内容"),
        ({"reason": " "}, "请写明原因"),
        ({"holds_from": "2025-02-30"}, "不是有效日期"),
        ({"holds_from": "1025-02-01"}, "超出可登记的范围"),
        ({"column": "sex", "clear": "1"}, "必填的，不能清空"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    as_li: Client, asked: dict[str, str], sentence: str
) -> None:
    before = Change.objects.count()

    page = text(as_li.post(BULK, HEALTH | {"all": "1"} | asked))

    assert sentence in page
    assert Change.objects.count() == before


# The effect


def test_the_effect_is_stated_before_anything_is_written(as_li: Client) -> None:
    PupilRecord.objects.filter(name="丛一").update(health="良好")
    before = state()

    page = as_li.get(draft(as_li))

    effect = page.context["effect"]
    assert (effect.changed, effect.unchanged, effect.refused) == (3, 1, 0)
    assert {name for _, name, _, _ in page.context["rows"]} == {"丛二", "丛三", "丛四"}
    assert "确认修改 3 条" in text(page)
    assert state() == before


def test_only_what_matches_the_filter_or_was_ticked_is_chosen(as_wang: Client) -> None:
    by_filter = as_wang.get(draft(as_wang, f_stage="preschool"))
    ticked = as_wang.get(draft(as_wang, all="", thing=[str(pupil("P01")), str(pupil("P05"))]))

    assert {name for _, name, _, _ in by_filter.context["rows"]} == {"毕一"}
    assert {name for _, name, _, _ in ticked.context["rows"]} == {"丛一", "宫一"}


def test_rows_that_are_refused_are_counted_with_the_reason_and_left_alone(
    district: World, as_wang: Client
) -> None:
    gone = pupil("P09")
    Enrolment.objects.filter(pupil=gone, ends_on=date(2026, 9, 1)).update(ends_on=date(2026, 1, 15))
    address = draft(as_wang, mode="change", holds_from="2026-02-01")

    page = as_wang.get(address)
    confirm(as_wang, address)

    assert (page.context["effect"].changed, page.context["effect"].refused) == (8, 1)
    assert "2026-02-01 不在册" in text(page)
    assert health()["毕二"] == ""
    assert health()["丛一"] == "良好"


def test_a_hidden_address_stays_hidden_in_the_effect(as_li: Client) -> None:
    PupilRecord.objects.filter(name="丛一").update(current_address="崮山镇皂埠村12号")

    page = text(as_li.get(draft(as_li, column="current_address", value="崮山镇皂埠村99号")))

    assert "崮山镇****" in page
    assert "12号" not in page
    assert "99号" not in page


# Confirming


def test_what_was_stated_is_done_in_one_change_with_reason(as_li: Client) -> None:
    response = confirm(as_li, draft(as_li))

    change = Change.objects.latest("pk")
    assert response.headers["Location"] == reverse("pupils_change", args=[change.pk])
    assert (change.kind, change.reason, change.account.username) == (
        ChangeKind.BULK_EDIT, "体检", "li",
    )  # fmt: skip
    assert (change.counts["changed"], change.counts["unchanged"]) == (4, 0)
    assert {name for name, value in health().items() if value == "良好"} == {
        "丛一", "丛二", "丛三", "丛四",
    }  # fmt: skip
    assert "批量更正“健康状况”为“良好”" in text(as_li.get(response.headers["Location"]))


def test_a_change_holds_from_its_day_and_the_past_stays(as_li: Client) -> None:
    confirm(as_li, draft(as_li, column="class_number", value="2班", mode="change",
                         holds_from="2025-11-01"))  # fmt: skip

    live = Enrolment.objects.filter(
        pupil=pupil("P02"), superseded_at=None, starts_on__gte="2025-09-01"
    )
    assert list(live.order_by("starts_on").values_list("starts_on", "ends_on", "class_number")) == [
        (date(2025, 9, 1), date(2025, 11, 1), 1),
        (date(2025, 11, 1), date(2026, 9, 1), 2),
    ]


def test_a_cell_is_emptied_only_where_that_is_ticked(as_li: Client) -> None:
    PupilRecord.objects.filter(name="丛一").update(health="良好")

    confirm(as_li, draft(as_li, value="", clear="1"))

    assert set(health().values()) == {""}


def test_a_confirmation_sent_twice_writes_once_even_after_it_was_taken_back(as_li: Client) -> None:
    address = draft(as_li)
    agreed = {"effect": as_li.get(address).context["effect"].digest}

    first, second = as_li.post(address, agreed), as_li.post(address, agreed)
    change = Change.objects.get(kind=ChangeKind.BULK_EDIT)
    as_li.post(reverse("pupils_undo", args=[change.pk]), {"reason": "改错了"})
    third = as_li.post(address, agreed)

    assert first.headers["Location"] == second.headers["Location"] == third.headers["Location"]
    assert Change.objects.filter(kind=ChangeKind.BULK_EDIT).count() == 1
    assert set(health().values()) == {""}


def test_if_the_rows_that_match_are_others_by_now_one_is_asked_again(
    as_li: Client, as_wang: Client
) -> None:
    address = draft(as_li, f_sex="男")
    agreed = {"effect": as_li.get(address).context["effect"].digest}
    PupilRecord.objects.filter(name="丛四").update(sex="female")

    page = as_li.post(address, agreed, follow=True)

    assert "请再看一遍" in text(page)
    assert page.context["effect"].changed == 3
    assert set(health().values()) == {""}


def test_if_somebody_changes_a_row_meanwhile_one_is_asked_again(
    as_li: Client, as_wang: Client
) -> None:
    address = draft(as_li)
    agreed = {"effect": as_li.get(address).context["effect"].digest}
    confirm(as_wang, draft(as_wang, all="", thing=[str(pupil("P03"))], value="一般"))

    page = as_li.post(address, agreed, follow=True)

    assert "请再看一遍" in text(page)
    assert health()["丛三"] == "一般"
    assert health()["丛一"] == ""


@pytest.mark.parametrize("effect", ["", "0" * 64])
def test_nothing_is_written_without_the_effect_that_was_shown(as_li: Client, effect: str) -> None:
    address = draft(as_li)

    as_li.post(address, {"effect": effect})

    assert set(health().values()) == {""}


def test_more_than_the_limit_is_refused_with_what_to_do(
    as_li: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_edit, "MOST_ROWS", 3)

    page = text(as_li.get(BULK, {"all": "1"}, follow=True))

    assert "超过 3 条" in page


# Rights


def test_ids_of_another_school_are_not_among_the_chosen(as_zhao: Client) -> None:
    address = draft(as_zhao, all="", thing=[str(pupil("P01")), str(pupil("P05")), "0", "x", "-1"])

    page = as_zhao.get(address)
    confirm(as_zhao, address)

    assert {name for _, name, _, _ in page.context["rows"]} == {"宫一"}
    assert "丛一" not in text(page)
    assert (health()["丛一"], health()["宫一"]) == ("", "良好")


@pytest.mark.parametrize("filters", [{"f_school": "松徐小学"}, {"q": "宫一"}, {"f_nothing": "1"}])
def test_no_filter_reaches_another_school(as_li: Client, filters: dict[str, str]) -> None:
    response = as_li.post(BULK, HEALTH | {"all": "1"} | filters)
    if "f_nothing" in filters:
        confirm(as_li, response.headers["Location"])

    assert {name for name, value in health().items() if value} <= {"丛一", "丛二", "丛三", "丛四"}


def test_no_head_moves_children_to_a_school_that_is_not_theirs(as_li: Client) -> None:
    page = as_li.get(draft(as_li, column="school", value="松徐小学", mode="change"))

    assert (page.context["effect"].changed, page.context["effect"].refused) == (0, 4)
    assert "不在您的管理范围内" in text(page)


def test_a_draft_is_of_one_person_alone(as_li: Client, as_zhao: Client) -> None:
    address = draft(as_li)

    assert as_zhao.get(address).status_code == 404
    assert as_zhao.post(address, {"effect": ""}).status_code == 404


def test_what_is_seen_and_written_stands_in_the_trail(as_li: Client) -> None:
    looks = TrailEntry.objects.filter(kind=Kind.LOOK).count()

    address = draft(as_li)
    confirm(as_li, address)

    assert TrailEntry.objects.filter(kind=Kind.LOOK).count() > looks
    (entry,) = TrailEntry.objects.filter(kind=Kind.WRITE)
    assert (entry.object_count, entry.reason) == (4, "体检")
    assert "健康状况" in entry.detail


# Taking back, and the list of changes


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"column": "class_number", "value": "2", "mode": "change", "holds_from": "2025-11-01"},
        {"column": "boarding", "value": "住校", "mode": "change"},
        {"column": "boarding", "value": "住校"},
    ],
    ids=["correction", "change of a period", "first row", "first row as correction"],
)
def test_undo_brings_back_exactly_what_was(as_li: Client, asked: dict[str, str]) -> None:
    before = state()
    confirm(as_li, draft(as_li, **asked))
    change = Change.objects.latest("pk")
    assert state() != before

    page = as_li.post(reverse("pupils_undo", args=[change.pk]), {"reason": "改错了"}, follow=True)

    assert "已撤销" in text(page)
    assert state() == before


def test_what_was_changed_again_cannot_be_taken_back_and_it_says_so(as_li: Client) -> None:
    confirm(as_li, draft(as_li))
    first = Change.objects.latest("pk")
    confirm(as_li, draft(as_li, all="", thing=[str(pupil("P01"))], value="一般"))

    page = text(as_li.post(reverse("pupils_undo", args=[first.pk]), {"reason": "x"}, follow=True))

    assert "有 1 条后来又被改动" in page
    assert health()["丛二"] == "良好"


def test_each_person_sees_the_changes_of_their_own_rows(
    as_wang: Client, as_li: Client, as_zhao: Client
) -> None:
    confirm(as_li, draft(as_li))
    confirm(as_wang, draft(as_wang, f_school="松徐小学", value="一般"))
    li_change, wang_change = Change.objects.order_by("pk")

    seen = {
        name: [change.pk for change in client.get(CHANGES).context["changes"]]
        for name, client in (("wang", as_wang), ("li", as_li), ("zhao", as_zhao))
    }

    assert seen == {
        "wang": [wang_change.pk, li_change.pk], "li": [li_change.pk], "zhao": [wang_change.pk],
    }  # fmt: skip
    assert as_li.get(reverse("pupils_change", args=[wang_change.pk])).status_code == 404
    assert as_li.post(reverse("pupils_undo", args=[wang_change.pk])).status_code == 404


def test_of_a_wider_change_a_head_sees_the_own_rows_and_cannot_undo_it(
    as_wang: Client, as_zhao: Client
) -> None:
    confirm(as_wang, draft(as_wang))
    change = Change.objects.latest("pk")

    page = text(as_zhao.get(reverse("pupils_change", args=[change.pk])))
    refused = as_zhao.post(reverse("pupils_undo", args=[change.pk]), {"reason": "x"})

    assert "其中 6 条不在您现在的查看范围内" in page
    assert "宫一" in page
    assert "丛一" not in page
    assert "撤销这次操作" not in page
    assert refused.status_code == 403


def test_a_town_sees_what_was_done_and_undoes_nothing(as_zhao: Client, as_sun: Client) -> None:
    confirm(as_zhao, draft(as_zhao))
    change = Change.objects.latest("pk")

    page = text(as_sun.get(reverse("pupils_change", args=[change.pk])))

    assert "撤销这次操作" not in page
    assert as_sun.post(reverse("pupils_undo", args=[change.pk])).status_code == 403


def test_another_day_in_the_address_shows_no_other_changes(as_li: Client, as_zhao: Client) -> None:
    """A child that has left for another school takes its changes along."""
    thing = pupil("P01")
    confirm(as_li, draft(as_li, all="", thing=[str(thing)]))
    Enrolment.objects.filter(pupil=thing, ends_on=date(2026, 9, 1)).update(
        school=Enrolment.objects.filter(pupil=pupil("P05")).latest("starts_on").school
    )
    confirm(as_zhao, draft(as_zhao, all="", thing=[str(thing)], value="一般"))
    later = Change.objects.latest("pk")

    page = as_li.get(CHANGES, {"on": "2024-01-01"})

    assert later.pk not in [change.pk for change in page.context["changes"]]


# Every register


@pytest.mark.parametrize("key", [register.key for register in registers()])
@pytest.mark.parametrize("page", ["list", "bulk", "changes", "views", "compare"])
def test_every_register_has_the_pages(as_wang: Client, key: str, page: str) -> None:
    response = as_wang.get(reverse(f"{key}_{page}"), {"all": "1", "view": "0"}, follow=True)

    assert response.status_code == 200


def reports() -> list[tuple[Any, ...]]:
    rows = FacilityReport.objects.filter(superseded_at=None).order_by("school")
    return list(
        rows.values_list("school", "year", "school_bandwidth_mbps", "is_small_rural_school")
    )


def test_a_row_that_is_its_own_thing_is_changed_seen_and_taken_back_as_well(
    district: World, as_li: Client, as_zhao: Client
) -> None:
    before = reports()
    asked = {"all": "1", "column": "is_small_rural_school", "value": "是", "reason": "核对"}
    address = as_li.post(reverse("facilities_bulk"), asked).headers["Location"]
    confirm(as_li, address)
    change = Change.objects.latest("pk")
    after = reports()

    page = as_li.get(reverse("facilities_change", args=[change.pk]))
    strangers = as_zhao.get(reverse("facilities_changes")).context["changes"]
    as_li.post(reverse("facilities_undo", args=[change.pk]), {"reason": "改错了"})

    assert after == [
        (school, *rest, True) if school == district.li_school.pk else (school, *rest, small)
        for school, *rest, small in before
    ]
    assert (page.context["touched"], page.context["others"]) == (1, 0)
    assert list(strangers) == []
    assert reports() == before


@pytest.mark.parametrize(("school", "is_refused"), [("崮山小学", False), ("松徐小学", True)])
def test_no_head_opens_a_class_at_a_school_that_is_not_theirs(
    as_li: Client, school: str, is_refused: bool
) -> None:
    asked = {"school": school, "grade": "三年级", "class_number": "2", "holds_from": "2025-12-01"}

    response = as_li.post(reverse("classes_new"), asked)

    assert (response.status_code == 200) == is_refused
    assert is_refused == ("不在您的管理范围内" in response.content.decode())
