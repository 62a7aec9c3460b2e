from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from gengdu.access import looking
from gengdu.access.actors import Actor, client_address, typed_at_the_server
from gengdu.access.models import Account
from gengdu.access.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
PUPIL = "pupils.Pupil"


def asked_by_li(**meta: str) -> HttpRequest:
    request = RequestFactory().get("/pupils/7/", **meta)
    request.user = Account(pk=4, username="li", role="school_head")
    return request


def test_a_look_is_noted_with_the_page_and_the_person() -> None:
    looking.looked(asked_by_li(), subject=PUPIL, ids=[7], school_ids=[3], what="学生详情")

    entry = TrailEntry.objects.get()
    assert (entry.kind, entry.username, entry.account_id) == ("look", "li", 4)
    assert (entry.path, entry.ids, entry.details) == ("/pupils/7/", [7], {"what": "学生详情"})


def test_an_empty_page_leaves_no_note() -> None:
    looking.looked(asked_by_li(), subject=PUPIL, ids=[], what="学生名册")

    assert not TrailEntry.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \t"])
def test_nothing_is_revealed_without_a_reason(reason: str) -> None:
    with pytest.raises(looking.NoReason, match="没有写明理由"):
        looking.revealed(asked_by_li(), subject=PUPIL, ids=[7], what="身份证件号", reason=reason)

    assert not TrailEntry.objects.exists()


def test_a_reason_is_kept() -> None:
    looking.revealed(asked_by_li(), subject=PUPIL, ids=[7], what="身份证件号", reason=" 核对学籍 ")

    entry = TrailEntry.objects.get()
    assert (entry.kind, entry.reason) == ("reveal", "核对学籍")


def test_a_change_keeps_the_names_of_fields_alone() -> None:
    looking.wrote(
        typed_at_the_server(), subject=PUPIL, ids=[7], what="更正", fields=["phone", "address"]
    )

    entry = TrailEntry.objects.get()
    assert entry.details == {"what": "更正", "fields": ["address", "phone"]}
    assert entry.username.startswith("命令行 ")


def test_an_export_is_noted() -> None:
    looking.exported(Actor(4, "li"), subject=PUPIL, ids=[7, 8], what="学生名册")

    entry = TrailEntry.objects.get()
    assert (entry.kind, entry.object_count) == ("export", 2)


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "10.0.0.1"), (1, "203.0.113.5"), (9, "198.51.100.9")]
)
def test_an_address_is_believed_only_as_far_as_proxies_are_trusted(
    proxies: int, address: str
) -> None:
    """The first address may be made up by whoever asks."""
    request = asked_by_li(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9, 203.0.113.5")

    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address(request) == address


def test_what_is_no_address_is_not_taken_for_one() -> None:
    request = asked_by_li(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="'; drop table")

    with override_settings(TRUSTED_PROXIES=1):
        assert client_address(request) == "10.0.0.1"
