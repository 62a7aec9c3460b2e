from __future__ import annotations

import pytest
from django.db import IntegrityError

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.scope import Viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [ScopeKind.DISTRICT, ScopeKind.CASES])
def test_only_towns_and_schools_have_a_key(kind: str) -> None:
    with pytest.raises(IntegrityError, match="account_key_only_of_town_or_school"):
        Account.objects.create(username="wu", scope_kind=kind, scope_key=7)


def test_an_officer_of_another_body_names_it() -> None:
    with pytest.raises(IntegrityError, match="account_of_a_body_names_it"):
        Account.objects.create(username="wu", role=Role.BODY_OFFICER, scope_kind=ScopeKind.DISTRICT)


def test_a_viewer_carries_both_axes() -> None:
    wu = Account(
        role=Role.BODY_OFFICER, scope_kind=ScopeKind.DISTRICT, body_key="social_work_department"
    )

    assert Viewer.of(wu) == Viewer(
        "body_officer", "district", None, body_key="social_work_department"
    )
