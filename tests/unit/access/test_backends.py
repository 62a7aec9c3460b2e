from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.test import Client

from gengdu.access.models import Account, Role, ScopeKind

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
PASSWORD = "a long made-up password"


def account(username: str, *, is_demo: bool = False, is_active: bool = True) -> Account:
    return Account.objects.create_user(
        username, password=PASSWORD, role=Role.BUREAU_OFFICER, scope_kind=ScopeKind.DISTRICT,
        is_demo=is_demo, is_active=is_active,
    )  # fmt: skip


def test_a_demo_account_signs_in_where_the_demo_runs(settings: Any) -> None:
    settings.DEMO = True
    demo = account("demo", is_demo=True)

    assert authenticate(HttpRequest(), username="demo", password=PASSWORD) == demo


def test_a_demo_account_cannot_sign_in_elsewhere_whatever_the_password(
    settings: Any,
) -> None:
    settings.DEMO = False
    account("demo", is_demo=True)

    assert authenticate(HttpRequest(), username="demo", password=PASSWORD) is None


def test_a_demo_account_signed_in_before_is_signed_out_when_the_demo_is_over(
    settings: Any,
) -> None:
    settings.DEMO = True
    client = Client()
    client.force_login(account("demo", is_demo=True))

    settings.DEMO = False

    assert client.get("/schools/").headers["Location"].startswith("/login/")


def test_a_real_account_signs_in_with_and_without_the_demo(settings: Any) -> None:
    real = account("wang")

    for settings.DEMO in (True, False):
        assert authenticate(HttpRequest(), username="wang", password=PASSWORD) == real


def test_an_account_taken_out_of_service_cannot_sign_in() -> None:
    account("gone", is_active=False)

    assert authenticate(HttpRequest(), username="gone", password=PASSWORD) is None


def test_a_wrong_password_is_refused_and_passwords_are_kept_hashed() -> None:
    wang = account("wang")

    assert authenticate(HttpRequest(), username="wang", password="wrong") is None
    assert wang.password.startswith("argon2$")
    assert PASSWORD not in wang.password
