"""Sessions end when they are idle, worn out, too many, or the account has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.signins import operations, store
from gengdu.access.signins.models import AccountSession
from gengdu.access.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(databases=["default", "trail"])


@pytest.fixture
def wang() -> Account:
    return Account.objects.create_user(
        "wang", password="a long made-up 1", role=Role.BUREAU_OFFICER, scope_kind=ScopeKind.DISTRICT
    )


def browser_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def move_back(client: Client, **ages: timedelta) -> None:
    """Let a session have begun, or been used, some time ago."""
    session = client.session
    for name, age in ages.items():
        session[name] = (datetime.now(UTC) - age).isoformat()
    session.save()


def is_in(client: Client) -> bool:
    return client.get(reverse("password")).status_code == 200


def test_a_session_knows_whose_it_is_and_since_when(wang: Account) -> None:
    browser_of(wang)

    kept = AccountSession.objects.get()
    assert kept.account_id == wang.pk
    assert kept.started_at is not None
    assert kept.started_at == kept.seen_at


@pytest.mark.parametrize(
    ("ages", "goes_on"),
    [
        ({store.SEEN: settings.SESSION_IDLE - timedelta(seconds=5)}, True),
        ({store.SEEN: settings.SESSION_IDLE + timedelta(seconds=5)}, False),
        ({store.STARTED: settings.SESSION_LONGEST - timedelta(seconds=5)}, True),
        ({store.STARTED: settings.SESSION_LONGEST + timedelta(seconds=5)}, False),
    ],
    ids=["nearly idle", "idle", "nearly worn out", "worn out"],
)
def test_a_session_ends_when_it_is_idle_or_worn_out(
    wang: Account, ages: dict[str, timedelta], goes_on: bool
) -> None:
    client = browser_of(wang)

    move_back(client, **ages)

    assert is_in(client) is goes_on


def test_whoever_comes_back_too_late_is_told_and_led_back(wang: Account) -> None:
    client = browser_of(wang)
    move_back(client, seen_at=timedelta(hours=1))

    answer = client.get(reverse("schools"), {"q": "小学"})
    page = client.get(answer.headers["Location"]).content.decode()

    assert "ended=idle" in answer.headers["Location"]
    assert "30 分钟没有操作" in page
    assert 'value="/schools/?q=' in page
    assert TrailEntry.objects.latest("sequence").kind == "logout"


def test_being_active_keeps_a_session(wang: Account) -> None:
    client = browser_of(wang)
    move_back(client, seen_at=timedelta(minutes=20))
    before = AccountSession.objects.get().seen_at

    client.get(reverse("password"))

    assert AccountSession.objects.get().seen_at > before  # type: ignore[operator]


def test_a_fourth_log_in_ends_the_oldest(wang: Account) -> None:
    clients = []
    for hours in (3, 2, 1):
        clients.append(browser_of(wang))
        move_back(clients[-1], started_at=timedelta(hours=hours))

    clients.append(browser_of(wang))

    assert [is_in(client) for client in clients] == [False, True, True, True]
    assert "最早的已退出" in TrailEntry.objects.latest("sequence").detail


def new_password(account: Account) -> None:
    account.set_password("another made-up 1")


def new_role(account: Account) -> None:
    account.role = Role.INSPECTOR


def narrower_scope(account: Account) -> None:
    account.scope_kind = ScopeKind.TOWN
    account.scope_key = 7


def other_body(account: Account) -> None:
    account.body_key = "health_office"


def out_of_service(account: Account) -> None:
    account.is_active = False


@pytest.mark.parametrize(
    "change", [new_password, new_role, narrower_scope, other_body, out_of_service]
)
def test_a_changed_account_is_signed_out_everywhere(
    wang: Account, change: Callable[[Account], None]
) -> None:
    clients = [browser_of(wang), browser_of(wang)]

    change(wang)
    wang.save()

    assert not any(is_in(client) for client in clients)


def test_one_session_is_ended_only_by_its_own_account(wang: Account) -> None:
    client = browser_of(wang)
    key: Any = client.session.session_key

    assert operations.end(wang.pk + 1, key) == 0
    assert is_in(client)
    assert operations.end(wang.pk, key) == 1
    assert not is_in(client)


def test_ending_all_others_keeps_this_one(wang: Account) -> None:
    here, there = browser_of(wang), browser_of(wang)

    operations.end_all(wang.pk, but=here.session.session_key)

    assert (is_in(here), is_in(there)) == (True, False)
