"""Whom an occasion concerns, and what a ledger says of what expires."""

from __future__ import annotations

from datetime import date

import pytest

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.scope import Viewer
from gengdu.records.reminders import occasions
from gengdu.records.reminders.models import Kind
from gengdu.records.reminders.occasions import Occasion, Who
from tests.unit.records.reminders.conftest import Says


def person(role: str, kind: str, key: int | None = None, body: str = "") -> Account:
    return Account(pk=1, role=role, scope_kind=kind, scope_key=key, body_key=body)


HEAD = person(Role.SCHOOL_HEAD, ScopeKind.SCHOOL, 1)
OTHER_HEAD = person(Role.SCHOOL_HEAD, ScopeKind.SCHOOL, 2)
TEACHER = person(Role.TEACHER, ScopeKind.SCHOOL, 1)
TOWN = person(Role.TOWN_OFFICER, ScopeKind.TOWN, 1, "boyu_town")
OTHER_TOWN = person(Role.TOWN_OFFICER, ScopeKind.TOWN, 2)
BUREAU = person(Role.BUREAU_OFFICER, ScopeKind.DISTRICT, body="education_bureau")
HEALTH = person(Role.BODY_OFFICER, ScopeKind.DISTRICT, body="health_office")
ADMIN = person(Role.DISTRICT_ADMIN, ScopeKind.DISTRICT, body="education_bureau")
PEOPLE = {
    "head": HEAD, "other head": OTHER_HEAD, "teacher": TEACHER, "town": TOWN,
    "other town": OTHER_TOWN, "bureau": BUREAU, "health": HEALTH, "admin": ADMIN,
}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (Who("view_plan", school_id=1), {"head", "teacher"}),
        (Who("edit_reports", school_id=1), {"head"}),
        (Who("view_plan", town_id=1), {"town"}),
        (Who("view_plan", school_id=1, town_id=1), {"head", "teacher"}),
        (Who("view_plan", school_id=1, town_id=1, covering=True),
         {"town", "bureau", "health", "admin"}),
        (Who("accept_findings", school_id=1, town_id=1, covering=True), {"town", "bureau"}),
        (Who("view_plan", body_key="health_office"), {"health"}),
        (Who("view_plan", body_key="education_bureau"), {"bureau", "admin"}),
        (Who("view_plan", sensitivity="child", school_id=1), {"head"}),
        (Who("view_plan", sensitivity="child", body_key="education_bureau"), {"bureau"}),
        (Who("view_plan", sensitivity="child", body_key="boyu_town"), set()),
        (Who("view_plan", roles=frozenset({"teacher"})), {"teacher"}),
        (Who("view_plan", school_id=9), set()),
    ],
)  # fmt: skip
def test_an_occasion_concerns_those_with_the_right_and_the_scope(who: Who, told: set[str]) -> None:
    assert {name for name, one in PEOPLE.items() if who.includes(one, Viewer.of(one))} == told


def test_something_may_concern_one_person_alone() -> None:
    own = Account(pk=7, role=Role.SCHOOL_CLERK, scope_kind=ScopeKind.SCHOOL, scope_key=1)

    assert Who("view_plan", account_id=7).includes(own, Viewer.of(own))
    assert not Who("view_plan", account_id=8).includes(own, Viewer.of(own))


def test_what_expires_says_its_last_day_and_not_the_first_without() -> None:
    told = occasions.expiring(
        "title5", Who("view_plan", school_id=1), what="绿色校园称号", ends_on=date(2026, 1, 1),
        link="/titles/5/",
    )  # fmt: skip

    assert told == Occasion(
        "title5@2025-12-31", Kind.EXPIRING, Who("view_plan", school_id=1),
        "绿色校园称号有效期至 2025-12-31，请按时续办", "/titles/5/", date(2025, 12, 31),
    )  # fmt: skip


def test_what_waits_and_what_was_returned_are_news_without_a_day() -> None:
    who = Who("view_plan", school_id=1)
    waits = occasions.waiting("entry5.3", who, what="崮山小学的一校一案", link="/plans/5/")
    back = occasions.returned("entry5.3", who, what="一校一案", link="/plans/5/")

    assert (waits.kind, waits.due_on, waits.text) == (
        Kind.WAITING,
        None,
        "崮山小学的一校一案待您审批",
    )
    assert (back.kind, back.due_on) == (Kind.RETURNED, None)


def test_two_sources_never_share_a_name(source: Says) -> None:
    occasions.declare_source("ledger", source)

    with pytest.raises(ValueError, match="ledger"):
        occasions.declare_source("ledger", lambda on: [])
