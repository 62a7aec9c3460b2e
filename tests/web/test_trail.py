"""The auditor's pages: who saw what, without what they saw."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gengdu.access.trail.models import TrailEntry
from tests import world
from tests.conftest import signed_in
from tests.unit.access.trail.test_trail import change
from tests.web.reading import Page
from tests.world import World

CHILDREN = "aid_share"


@pytest.fixture
def auditor(district: World) -> Iterator[Client]:
    """The auditor's browser, over an empty trail."""
    world.empty_trail()
    account = world.account("shen", "审计员", "auditor", "district", None)
    yield signed_in(account)
    account.delete()
    world.empty_trail()


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def open_children(browser: Client, **query: object) -> None:
    answer = browser.get(reverse("records", args=[CHILDREN]), query)
    assert answer.status_code == 200


def test_whoever_opens_childrens_records_is_in_the_trail_with_their_ids(
    district: World, auditor: Client
) -> None:
    open_children(signed_in(district.zhao), school=district.zhao_school.pk)

    entry = TrailEntry.objects.get(kind="look")
    assert (entry.username, entry.role, entry.subject) == ("zhao", "school_head", "pupils.Pupil")
    assert entry.object_count == 2
    assert entry.school_ids == f",{district.zhao_school.pk},"
    page = text(auditor.get(reverse("trail")))
    assert all(f"#{number}" in page for number in entry.ids)
    assert "松徐小学" in page
    assert "宫一" not in page


def test_a_list_that_names_no_child_leaves_no_note(district: World, auditor: Client) -> None:
    signed_in(district.wang).get(reverse("records", args=["young_leader_share"]))

    assert not TrailEntry.objects.filter(kind="look").exists()


def test_log_ins_and_log_outs_are_noted(district: World, auditor: Client) -> None:
    browser = signed_in(district.li)
    browser.post(reverse("logout"))

    kinds = TrailEntry.objects.filter(username="li").order_by("sequence")
    assert list(kinds.values_list("kind", flat=True)) == ["login", "logout"]


def test_a_failed_log_in_names_the_account_only_if_there_is_one(
    district: World, auditor: Client
) -> None:
    """What was typed may be a password in the wrong field."""
    for name in ("li", "my-secret-password"):
        Client().post(reverse("login"), {"username": name, "password": "wrong"})

    failed = TrailEntry.objects.filter(kind="login_failed").order_by("sequence")
    assert list(failed.values_list("username", flat=True)) == ["li", ""]
    assert "my-secret" not in text(auditor.get(reverse("trail")))


def test_the_trail_is_filtered_as_asked(district: World, auditor: Client) -> None:
    open_children(signed_in(district.zhao), school=district.zhao_school.pk)
    open_children(signed_in(district.wang))
    child = TrailEntry.objects.filter(kind="look").order_by("sequence")[0].ids[0]

    def listed(**query: object) -> int:
        page = text(auditor.get(reverse("trail"), query))
        return int(page.split("共 ", 1)[1].split(" 条")[0])

    everything = listed()
    assert listed(kind="look") == 2
    assert listed(who="zhao") == 2
    assert listed(who="zhao", kind="look") == 1
    assert listed(object=child) == 2
    assert listed(object=999_999) == 0
    assert listed(school=district.zhao_school.pk) == 2
    assert listed(school=district.city_school.pk) == 0
    assert listed(first="2000-01-01") == everything
    assert listed(last="2000-01-01") == 0


def test_the_page_proves_the_trail_and_says_where_it_breaks(
    district: World, auditor: Client
) -> None:
    signed_in(district.li)
    whole = Page(text(auditor.get(reverse("trail"), {"check": 1})))
    change(2, username="wang")

    broken = Page(text(auditor.get(reverse("trail"), {"check": 1})))

    assert "从第 2 条起不可信" in broken.alerts[0]
    assert "核验通过：2 条" in whole.alerts[0]


def test_the_export_has_what_was_asked_and_is_itself_noted(
    district: World, auditor: Client
) -> None:
    open_children(signed_in(district.wang))

    answer = auditor.get(reverse("trail_download"), {"kind": "look"})

    book = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue()))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "审计记录，共 1 条"
    assert len(rows) == 4
    assert "丛一" not in str(rows)
    assert TrailEntry.objects.latest("sequence").kind == "export"


@pytest.mark.parametrize("name", ["wang", "li", "zhao", "sun"])
def test_nobody_else_reads_the_trail(district: World, name: str) -> None:
    browser = signed_in(getattr(district, name))

    for address in ("trail", "trail_download"):
        assert browser.get(reverse(address)).status_code == 403
    assert reverse("trail") not in text(browser.get(reverse("overview")))
