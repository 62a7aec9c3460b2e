"""The page of the own tokens: made and shown once, revoked, never reaching further than oneself."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from gengdu.access.accounts import operations as accounts
from gengdu.access.actors import Actor
from gengdu.access.models import Role, ScopeKind
from gengdu.access.tokens import operations
from gengdu.access.tokens.models import Token
from gengdu.access.trail.models import Kind, TrailEntry
from tests import tokens, world
from tests.conftest import signed_in
from tests.tokens import program, token_of
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

PAGE = reverse("tokens")
ASKED = {"name": "教务系统", "days": "90", "permissions": ["view_plan", "view_children"]}


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_a_token_is_shown_once_and_kept_nowhere(as_wang: Client) -> None:
    made = text(as_wang.post(PAGE, ASKED))
    (secret,) = re.findall(r"gd_[\w-]{43}", made)

    again = text(as_wang.get(PAGE))

    assert secret not in again
    assert f"{secret[:10]}…" in again
    token = Token.objects.get()
    assert secret not in str(vars(token))
    assert (token.digest, token.name) == (operations.digest_of(secret), "教务系统")
    assert tokens.Program(secret).get("/status").status_code == 200
    assert "教务系统" in TrailEntry.objects.filter(kind=Kind.ACCOUNT).latest("at").details["what"]


def test_no_more_is_offered_or_taken_than_the_account_may(district: World) -> None:
    admin = world.account("root", "区管理员", Role.DISTRICT_ADMIN, ScopeKind.DISTRICT, None)
    client = signed_in(admin)

    offered, refused = text(client.get(PAGE)), text(client.post(PAGE, ASKED))

    assert "view_children" not in offered
    assert "view_staff" in offered
    assert "gd_" not in refused
    assert not Token.objects.exists()


def test_a_token_lives_a_year_at_most(district: World) -> None:
    wang, at = district.wang, tokens.now()

    for lifetime in (timedelta(days=366), timedelta(0)):
        with pytest.raises(operations.CannotIssue, match="365 天"):
            operations.issue(
                wang, name="久", permissions=[], expires_at=at + lifetime, at=at,
                by=Actor(wang.pk, wang.username),
            )  # fmt: skip


def test_a_revoked_token_opens_nothing(district: World, as_wang: Client) -> None:
    token, secret = token_of(district.wang)

    as_wang.post(reverse("token_revoke", args=[token.pk]))

    answer = tokens.Program(secret).get("/status")
    assert answer.status_code == 401
    assert "已吊销" in answer.json()["message_zh"]
    assert "已吊销" in text(as_wang.get(PAGE))


def test_nobody_revokes_or_sees_the_token_of_another(district: World, as_wang: Client) -> None:
    admin = world.account("root", "区管理员", Role.DISTRICT_ADMIN, ScopeKind.DISTRICT, None)
    token, secret = token_of(admin)

    answer = as_wang.post(reverse("token_revoke", args=[token.pk]))

    assert answer.status_code == 404
    assert token.prefix not in text(as_wang.get(PAGE))
    assert tokens.Program(secret).get("/status").status_code == 200


def test_an_expired_token_opens_nothing(district: World) -> None:
    token, secret = token_of(district.wang)
    yesterday = tokens.now() - timedelta(days=1)
    Token.objects.filter(pk=token.pk).update(
        created_at=yesterday - timedelta(days=1), expires_at=yesterday
    )

    answer = tokens.Program(secret).get("/status")

    assert answer.status_code == 401
    assert "已到期" in answer.json()["message_zh"]


def test_a_disabled_account_and_a_reset_password_end_its_tokens(district: World) -> None:
    by = Actor(None, "管理员")
    ended = {}
    for deed in (accounts.disable, accounts.reset):
        account = world.account(
            f"x-{deed.__name__}", "分局", Role.BUREAU_OFFICER, ScopeKind.DISTRICT, None
        )
        caller = program(account)
        deed(account, by=by)
        if deed is accounts.disable:
            accounts.enable(account, by=by)
        ended[deed.__name__] = caller.get("/status").status_code

    assert ended == {"disable": 401, "reset": 401}


@pytest.mark.parametrize(
    "state", [{"is_active": False}, {"must_change_password": True}], ids=["inactive", "first"]
)
def test_the_account_is_read_again_with_every_call(district: World, state: dict[str, bool]) -> None:
    caller = program(district.wang)
    assert caller.get("/status").status_code == 200

    type(district.wang).objects.filter(pk=district.wang.pk).update(**state)

    assert caller.get("/status").status_code == 401


def test_without_the_second_step_that_is_asked_for_no_token_works(district: World) -> None:
    with override_settings(REQUIRE_TOTP=True):
        answer = program(district.wang).get("/status")

    assert answer.status_code == 401
    assert "动态码" in answer.json()["message_zh"]


def test_a_token_used_too_often_waits_a_minute(district: World) -> None:
    token, _secret = token_of(district.wang)
    start = tokens.now().replace(second=0, microsecond=0)

    with override_settings(API_CALLS_PER_MINUTE=2):
        for _ in range(2):
            operations.count_use(token, at=start + timedelta(seconds=20))
        with pytest.raises(operations.TooMany) as caught:
            operations.count_use(token, at=start + timedelta(seconds=20))
        operations.count_use(token, at=start + timedelta(seconds=60))

    assert caught.value.wait == 40


def test_the_answer_says_when_to_come_back(district: World) -> None:
    with override_settings(API_CALLS_PER_MINUTE=0):
        token_of(district.wang)
        caller = program(district.wang)
        Token.objects.update(window_starts_at=tokens.now().replace(second=0, microsecond=0))
        answer = caller.get("/status")

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "再试" in answer.json()["message_zh"]


# A server refuses to empty the trail, which is how Django cleans up after committed tests.
@pytest.mark.sqlite
@pytest.mark.django_db(databases=["default", "trail"], transaction=True)
def test_many_threads_together_are_let_in_no_more_often(django_db_setup: None) -> None:
    account = world.account("many", "分局", Role.BUREAU_OFFICER, ScopeKind.DISTRICT, None)
    token, _secret = token_of(account)
    at, let_in = tokens.now(), []

    def use() -> None:
        for _ in range(10):
            try:
                operations.count_use(token, at=at)
            except operations.TooMany:
                continue
            let_in.append(1)
        connections.close_all()

    with override_settings(API_CALLS_PER_MINUTE=25):
        threads = [Thread(target=use) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(let_in) == 25
    world.remove_everything()
