"""What the targets remind of in the small world: a school of its own part, the lead of all."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.scope import Viewer
from gengdu.analytics.run import Moment
from gengdu.analytics.standing import Word
from gengdu.board import presentation, queries, reminding
from gengdu.policy import facts
from gengdu.records.reminders.models import Kind
from gengdu.records.reminders.occasions import Occasion
from tests import world
from tests.world import ON, World

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def found(district: World, django_db_blocker: object) -> list[Occasion]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return list(reminding.targets(ON))


def about(found: list[Occasion], promise: str) -> dict[str, Occasion]:
    """Return the occasions of a promise by what comes behind its name."""
    start = f"{promise}."
    return {one.key.removeprefix(start): one for one in found if one.key.startswith(start)}


def test_a_school_that_is_not_counted_is_told_so_with_day_and_page(
    district: World, found: list[Occasion]
) -> None:
    told = about(found, "school_plans.school_plan_share")
    of_kindergarten = told[f"school{district.kindergarten.pk}"]

    assert set(told) == {"lead", f"school{district.kindergarten.pk}"}
    assert (of_kindergarten.kind, of_kindergarten.due_on) == (Kind.DUE, date(2023, 12, 31))
    assert of_kindergarten.text.endswith("本校尚未计入")
    assert of_kindergarten.link == reverse("target", args=["school_plans.school_plan_share"])


def test_a_school_that_has_not_reported_is_told_what_is_missing(
    district: World, found: list[Occasion]
) -> None:
    told = about(found, "digital_campus.class_hundred_share")
    of_zhao = told[f"school{district.zhao_school.pk}.report"]

    assert of_zhao.kind == Kind.MISSING
    assert "还没有报" in of_zhao.text
    assert f"school{district.li_school.pk}" not in told


def test_the_lead_gets_one_line_for_each_promise_with_what_is_missing(
    found: list[Occasion],
) -> None:
    lead = about(found, "school_plans.school_plan_share")["lead"]

    assert lead.who.body_key == "education_bureau"
    assert "应 ≥ 100%" in lead.text
    assert lead.text.endswith("差 1 所")
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys))


def test_every_dated_promise_that_is_not_kept_is_told_to_its_lead_and_no_other(
    found: list[Occasion],
) -> None:
    statuses = queries.statuses(Moment(ON, None))
    wanted = {
        f"{status.promise.name}.lead"
        for status in statuses
        if status.target.due_on is not None
        and status.target.due_on <= date(2026, 2, 3)
        and status.card is not None
        and status.standing.word not in (Word.MET, Word.STRIVING, Word.QUALITATIVE)
    }

    assert {one.key for one in found if one.key.endswith(".lead")} == wanted
    assert "campus_titles.green_share.lead" not in wanted


def test_where_half_will_do_no_single_school_is_told() -> None:
    asked = {
        status.promise.name
        for status in queries.statuses(Moment(ON, None))
        if reminding.asks_each(status)
    }

    assert "principals.young_leader_share" not in asked
    assert "campus_titles.green_share" in asked


def heads(district: World) -> dict[str, Account]:
    return {
        "li": district.li,
        "kindergarten": world.account(
            "kin", "园长", Role.SCHOOL_HEAD, ScopeKind.SCHOOL, district.kindergarten.pk
        ),
        "teacher": world.account(
            "tea", "教师", Role.TEACHER, ScopeKind.SCHOOL, district.kindergarten.pk
        ),
        "wang": district.wang,
        "bureau": world.account(
            "bur", "分局", Role.BUREAU_OFFICER, ScopeKind.DISTRICT, None,
            body_key="education_bureau",
        ),
        "inspector": world.account(
            "ins", "督学", Role.INSPECTOR, ScopeKind.DISTRICT, None, body_key="education_bureau"
        ),
    }  # fmt: skip


def test_each_is_told_to_those_who_can_do_something(district: World, found: list[Occasion]) -> None:
    told = about(found, "school_plans.school_plan_share")
    people = heads(district)

    reached = {
        key: {name for name, one in people.items() if item.who.includes(one, Viewer.of(one))}
        for key, item in told.items()
    }

    assert reached == {
        "lead": {"bureau"},
        f"school{district.kindergarten.pk}": {"kindergarten"},
    }


def test_numbers_about_children_are_told_only_to_who_may_see_them(district: World) -> None:
    on = date(2026, 2, 20)  # within reach of the end of the term
    children = about(list(reminding.targets(on)), "vulnerable_children.aid_share")
    of_zhao = children[f"school{district.zhao_school.pk}"]
    zhao, sun = Viewer.of(district.zhao), Viewer.of(district.sun)
    health = Account(
        role=Role.BODY_OFFICER, scope_kind=ScopeKind.DISTRICT, body_key="education_bureau"
    )

    assert of_zhao.who.sensitivity == "child"
    assert of_zhao.who.includes(district.zhao, zhao)
    assert not of_zhao.who.includes(district.sun, sun)
    assert not children["lead"].who.includes(health, Viewer.of(health))


def test_no_person_is_named(found: list[Occasion]) -> None:
    names = ("丛", "宫", "毕", "李明", "周静", "赵强", "吴桐", "陈芳", "郑宁")

    assert not [one.text for one in found if any(name in one.text for name in names)]


def test_villages_that_are_not_counted_are_told_to_their_town(
    district: World, found: list[Occasion]
) -> None:
    told = about(found, "family_education.station_share")
    of_boyu = told[f"town{district.boyu.pk}"]

    assert of_boyu.text.endswith("本镇 2 个村居尚未计入")
    assert of_boyu.who.includes(district.sun, Viewer.of(district.sun))


def test_promises_without_a_day_remind_of_nothing(found: list[Occasion]) -> None:
    undated = [
        promise.name
        for promise in facts.plan().promises
        if promise.recurs is None and promise.on(ON).due_on is None
    ]

    assert undated
    assert not [one.key for one in found if one.key.rsplit(".", 1)[0] in undated]


def test_every_word_that_reminds_has_a_name() -> None:
    assert set(presentation.WORDS) >= reminding.NOT_KEPT
