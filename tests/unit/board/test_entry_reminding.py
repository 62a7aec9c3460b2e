"""What the ledgers remind of: an entry on its way, told to whoever it waits for at the moment."""

from __future__ import annotations

from datetime import date

import pytest

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.board import entry_reminding
from gengdu.chapters.moral_education.campus_titles.ledger import CAMPUS_TITLES
from gengdu.records.reminders.models import Kind
from gengdu.records.reminders.occasions import Occasion
from tests import world
from tests.ledgers import act, new
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
TITLES = CAMPUS_TITLES


def of(account: Account, kind: Kind, on: date = ON) -> list[Occasion]:
    """Return what somebody is told of the ledger of titles."""
    return [
        one
        for one in entry_reminding.entries(on)
        if one.kind == kind
        and TITLES.key in one.key
        and one.who.includes(account, Viewer.of(account))
    ]


def test_what_waits_is_told_where_it_waits_and_only_there(clerk: Account, district: World) -> None:
    draft = new(TITLES, clerk)
    act(TITLES, clerk, "submit", draft)
    at_school = [len(of(one, Kind.WAITING)) for one in (district.li, district.wang, district.zhao)]
    act(TITLES, district.li, "pass", draft)

    at_bureau = [len(of(one, Kind.WAITING)) for one in (district.li, district.wang, district.zhao)]

    assert (at_school, at_bureau) == ([1, 0, 0], [0, 1, 0])
    (told,) = of(district.wang, Kind.WAITING)
    assert told.text.endswith("：1 条记录待您审批")
    assert told.link == "/approvals/?group=waiting"


def test_another_that_comes_is_news_and_the_same_is_not(clerk: Account, district: World) -> None:
    first, second = new(TITLES, clerk), new(TITLES, clerk, kind="温馨校园", level="市级")
    act(TITLES, clerk, "submit", first)
    keys = {one.key for one in of(district.li, Kind.WAITING)}
    same = {one.key for one in of(district.li, Kind.WAITING)}

    act(TITLES, clerk, "submit", second)

    (told,) = of(district.li, Kind.WAITING)
    assert same == keys
    assert told.key not in keys
    assert told.text.endswith("：2 条记录待您审批")


def test_what_waits_longer_than_it_should_is_told_each_week(
    clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", new(TITLES, clerk))
    later, a_week_on = date(2026, 1, 20), date(2026, 1, 27)

    late = [
        {one.key for one in of(district.li, Kind.WAITING, on) if "已过办理期限" in one.text}
        for on in (ON, later, a_week_on)
    ]

    assert [len(keys) for keys in late] == [0, 1, 1]
    assert late[1] != late[2]


def test_what_was_returned_is_told_to_those_who_keep_it_with_its_page(
    clerk: Account, district: World
) -> None:
    draft = new(TITLES, clerk)
    act(TITLES, clerk, "submit", draft)
    act(TITLES, district.li, "return", draft, note="级别不对")

    (told,) = of(clerk, Kind.RETURNED)

    assert told.link.endswith(f"/{draft}/")
    assert "已退回" in told.text
    assert of(district.zhao, Kind.RETURNED) == []


def test_returned_a_second_time_is_news_again(clerk: Account, district: World) -> None:
    draft, keys = new(TITLES, clerk), []
    for _ in range(2):
        act(TITLES, clerk, "submit", draft)
        act(TITLES, district.li, "return", draft, note="级别不对")
        keys += [one.key for one in of(clerk, Kind.RETURNED)]

    assert len(set(keys)) == 2


def test_a_title_that_soon_ends_is_told_to_its_school_alone(district: World) -> None:
    world.grant(district.li_school, "caring", "district", date(2023, 1, 20),
                ends_on=date(2026, 1, 20))  # fmt: skip

    (told,) = of(district.li, Kind.EXPIRING)

    assert told.due_on == date(2026, 1, 19)
    assert of(district.zhao, Kind.EXPIRING) == []
    assert of(district.wang, Kind.EXPIRING) == []
