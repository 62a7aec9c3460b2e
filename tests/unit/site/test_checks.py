"""A site in earnest does not start while the demo's accounts or password could open it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.serving import refuse_open_doors
from gengdu.demo.accounts import DEMO_PASSWORD
from gengdu.site import checks

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_earnest(settings: Any) -> None:
    settings.DEMO = False
    settings.REQUIRE_TOTP = True


def account(username: str, *, password: str = "made-up-word-1", **more: Any) -> Account:
    return Account.objects.create_user(
        username, password=password, role=Role.INSPECTOR, scope_kind=ScopeKind.DISTRICT, **more
    )


def found() -> list[str]:
    return [error.id for error in checks.nothing_of_the_demo()]  # type: ignore[misc]


def test_real_accounts_with_their_own_passwords_may_be_served(in_earnest: None) -> None:
    account("wang")

    assert found() == []
    refuse_open_doors()


def test_an_account_of_the_demo_stops_the_start(in_earnest: None) -> None:
    account("fenju", is_demo=True)

    assert found() == [checks.DEMO_ACCOUNT]
    with pytest.raises(CannotGoOn, match="fenju"):
        refuse_open_doors()


def test_the_demo_password_on_a_real_account_stops_the_start(in_earnest: None) -> None:
    account("wang", password=DEMO_PASSWORD)

    assert found() == [checks.KNOWN_PASSWORD]
    with pytest.raises(CannotGoOn, match="wang"):
        refuse_open_doors()


def test_accounts_out_of_service_do_not_matter(in_earnest: None) -> None:
    account("fenju", is_demo=True, is_active=False)

    assert found() == []


def test_a_start_without_the_second_step_is_stopped(in_earnest: None, settings: Any) -> None:
    settings.REQUIRE_TOTP = False

    assert found() == [checks.NO_SECOND_STEP]


def test_the_demo_itself_may_be_served(settings: Any) -> None:
    settings.DEMO = True
    account("fenju", password=DEMO_PASSWORD, is_demo=True)

    assert found() == []


def test_looking_for_accounts_makes_no_database(
    in_earnest: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "none.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", path)

    assert found() == []
    assert not path.exists()
