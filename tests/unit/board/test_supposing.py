"""What an approval is said to move is what it then moves."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gengdu.access.models import Account
from gengdu.board import queries, supposing
from gengdu.chapters.moral_education.campus_titles.ledger import CAMPUS_TITLES
from gengdu.chapters.moral_education.family_education.ledger import (
    FAMILY_STATIONS,
    PARENT_SESSIONS,
)
from gengdu.policy import facts
from gengdu.records import approving
from gengdu.records.approving import Act
from gengdu.records.ledgers import Ledger
from gengdu.web.approvals.effects import Effects
from tests.conftest import signed_in
from tests.ledgers import act, new, viewer
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
CARING = "campus_titles.caring_share"


def title(clerk: Account, district: World, **given: object) -> int:
    """Return a title that waits for the bureau."""
    given = {
        "kind": "温馨校园",
        "document_number": "示例2025年1号",
        "starts_on": "2025-12-01",
    } | given
    item = new(CAMPUS_TITLES, clerk, **given)
    act(CAMPUS_TITLES, clerk, "submit", item)
    act(CAMPUS_TITLES, district.li, "pass", item)
    return item


def foretold(
    ledger: Ledger, account: Account, kind: str, *items: int, day: date | None = None
) -> Effects:
    asked = Act(ledger, kind, items, viewer(account), account, ON, "写明", day)
    planned = approving.plan(asked)
    return supposing.effects(approving.rewrites_of(asked, planned), ON)


def value(promise: str) -> str:
    found = queries.statuses(queries.Moment(ON), [facts.fact(promise)])[0]
    return supposing.presentation.counted(found)


def test_what_is_foretold_is_what_is_counted_afterwards(clerk: Account, district: World) -> None:
    item, before = title(clerk, district), value(CARING)

    [effect] = foretold(CAMPUS_TITLES, district.wang, "pass", item).moved
    act(CAMPUS_TITLES, district.wang, "pass", item)

    assert effect.before == before != effect.after
    assert effect.after == value(CARING)
    assert effect.url == reverse("target", args=[CARING])


def test_a_revocation_says_what_it_takes_away(clerk: Account, district: World) -> None:
    item, before = title(clerk, district), value(CARING)
    act(CAMPUS_TITLES, district.wang, "pass", item)

    [effect] = foretold(CAMPUS_TITLES, district.wang, "revoke", item, day=ON).moved

    assert (effect.before, effect.after) == (value(CARING), before)


def test_looking_writes_nothing_and_leaves_the_numbers(clerk: Account, district: World) -> None:
    item, before = title(clerk, district), value(CARING)

    foretold(CAMPUS_TITLES, district.wang, "pass", item)

    assert value(CARING) == before


def test_a_title_that_begins_later_moves_nothing_today(clerk: Account, district: World) -> None:
    item = title(clerk, district, starts_on="2099-01-01")

    found = foretold(CAMPUS_TITLES, district.wang, "pass", item)

    assert found.is_counted
    assert not found.moved


def test_an_act_on_the_way_counts_nothing(clerk: Account, district: World) -> None:
    item = new(CAMPUS_TITLES, clerk, kind="温馨校园")

    assert not foretold(CAMPUS_TITLES, clerk, "submit", item).is_counted


def test_a_ledger_that_no_target_reads_moves_none(clerk: Account, district: World) -> None:
    item = new(PARENT_SESSIONS, clerk)
    act(PARENT_SESSIONS, clerk, "submit", item)
    act(PARENT_SESSIONS, district.li, "pass", item)

    assert not foretold(PARENT_SESSIONS, district.wang, "pass", item).moved


def test_the_page_shows_what_moves_before_it_is_done(clerk: Account, district: World) -> None:
    item = title(clerk, district)

    page = signed_in(district.wang).post("/approvals/act/", {"kind": "pass", "item": item})

    assert "对目标的影响" in page.content.decode()
    assert reverse("target", args=[CARING]) in page.content.decode()


def test_a_station_of_a_village_moves_the_share_of_villages(district: World) -> None:
    item = new(FAMILY_STATIONS, district.wang)
    act(FAMILY_STATIONS, district.wang, "submit", item)

    found = foretold(FAMILY_STATIONS, district.wang, "pass", item)

    assert [effect.url.rsplit("/", 2)[1] for effect in found.moved] == [
        "family_education.station_share"
    ]
