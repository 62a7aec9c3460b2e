"""Who is reminded of what: once, on working days, until it no longer holds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from gengdu.access.models import Account
from gengdu.records.reminders import gathering
from gengdu.records.reminders.models import Delivery, Gathering, Kind, Reminder, Telling
from gengdu.records.reminders.occasions import waiting
from tests import world
from tests.unit.records.reminders.conftest import AT, MONDAY, Says, due, of_school


def gather(on: date = MONDAY, at: datetime = AT) -> gathering.Gathered:
    return gathering.gather(on, at)


def test_a_person_is_reminded_with_sentence_link_and_day(source: Says, head: Account) -> None:
    source.occasions = [due()]

    gather()

    told = Reminder.objects.get()
    assert (told.account, told.kind, told.text, told.link, told.due_on) == (
        head, Kind.DUE, "一校一案尚未提交", "/x/", MONDAY,
    )  # fmt: skip


def test_gathering_again_reminds_of_nothing_twice(source: Says, head: Account) -> None:
    source.occasions = [due()]

    first, second = gather(), gather()

    assert (len(first.made), len(second.made), Reminder.objects.count()) == (1, 0, 1)


def test_each_stage_before_the_day_is_a_reminder_and_ends_the_one_before(
    source: Says, head: Account
) -> None:
    source.occasions = [due()]

    for days in range(35, -1, -1):
        gather(MONDAY - timedelta(days=days))

    stages = [one.key.rsplit("/", 1)[1] for one in Reminder.objects.order_by("pk")]
    assert stages == ["30", "7", "1"]
    assert [one.key[-2:] for one in Reminder.objects.filter(ended_at=None)] == ["/1"]


def test_while_overdue_there_is_one_reminder_a_week(source: Says, head: Account) -> None:
    source.occasions = [due()]

    for days in range(1, 29):
        gather(MONDAY + timedelta(days=days))

    assert Reminder.objects.count() == 4
    assert Reminder.objects.filter(ended_at=None).count() == 1


def test_what_waits_is_told_at_once_and_again_as_its_last_day_comes_near(
    source: Says, head: Account
) -> None:
    source.occasions = [
        waiting(
            "step5", of_school(), what="一校一案", link="/x/", due_on=MONDAY + timedelta(days=9)
        )
    ]

    for days in range(12):
        gather(MONDAY + timedelta(days=days))

    stages = [one.key.rsplit("/", 1)[1] for one in Reminder.objects.order_by("pk")]
    assert stages == ["30", "7", "1", "+0"]


def test_what_is_far_ahead_is_not_told_yet(source: Says, head: Account) -> None:
    source.occasions = [due(due_on=MONDAY + timedelta(days=60))]

    assert gather().open == 0


@pytest.mark.parametrize("day_off", [date(2025, 12, 7), date(2025, 10, 6)])
def test_nothing_is_told_on_a_day_off(source: Says, head: Account, day_off: date) -> None:
    source.occasions = [due(due_on=None)]

    assert gather(day_off).is_day_off
    assert not Reminder.objects.exists()
    assert not Gathering.objects.exists()


def test_a_sunday_that_is_worked_is_a_day_like_any_other(source: Says, head: Account) -> None:
    source.occasions = [due(due_on=None)]

    assert len(gather(date(2025, 9, 28)).made) == 1


def test_what_no_longer_holds_ends_by_itself(source: Says, head: Account) -> None:
    source.occasions = [due(due_on=None)]
    gather()
    source.occasions = []

    ended = gather(at=AT + timedelta(hours=1)).ended

    assert ended == 1
    assert Reminder.objects.get().ended_at == AT + timedelta(hours=1)


def test_what_holds_again_is_open_again_and_the_same_reminder(source: Says, head: Account) -> None:
    for told in ([due(due_on=None)], [], [due(due_on=None)]):
        source.occasions = told
        gather()

    assert Reminder.objects.get().ended_at is None


def test_a_reminder_that_still_holds_says_it_in_the_words_of_today(
    source: Says, head: Account
) -> None:
    source.occasions = [due(text="差 5 人")]
    gather()
    source.occasions = [due(text="差 3 人")]

    gather()

    assert Reminder.objects.get().text == "差 3 人"


def test_a_broken_source_ends_nothing_and_stops_no_other(
    source: Says, head: Account, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    from gengdu.records.reminders import occasions

    other = Says([due("other", due_on=None)])
    occasions.declare_source("other", other)
    source.occasions = [due(due_on=None)]
    gather()
    source.is_broken = True
    other.occasions = [due("newer", due_on=None)]

    found = gather()

    assert found.failed == ("ledger",)
    assert Gathering.objects.get(on=MONDAY).failed == ["ledger"]
    still = set(Reminder.objects.filter(ended_at=None).values_list("key", flat=True))
    assert still == {"ledger:plan", "other:newer"}
    assert "broken on purpose" in caplog.text


def test_whoever_lost_the_right_or_left_is_reminded_no_longer(source: Says, head: Account) -> None:
    source.occasions = [due(due_on=None)]
    gather()
    Account.objects.update(is_active=False)

    gather()

    assert Reminder.objects.filter(ended_at=None).count() == 0


def test_reminders_of_a_source_that_is_gone_end(
    source: Says, head: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gengdu.records.reminders import occasions

    source.occasions = [due(due_on=None)]
    gather()
    monkeypatch.setattr(occasions, "_sources", {})

    assert gather().ended == 1


def test_what_is_about_children_is_marked(source: Says, head: Account, officer: Account) -> None:
    source.occasions = [due(who=of_school(sensitivity="child"))]

    gather()

    assert Reminder.objects.get().is_sensitive


def test_a_preview_tells_all_and_keeps_nothing(source: Says, head: Account) -> None:
    source.occasions = [due()]

    told = gathering.preview(MONDAY, AT)

    assert [one.text for one in told.made] == ["一校一案尚未提交"]
    assert not Reminder.objects.exists()
    assert not Gathering.objects.exists()


def test_what_ended_long_ago_is_forgotten_with_the_messages_that_told_it(
    source: Says, head: Account
) -> None:
    source.occasions = [due(due_on=None)]
    gather()
    told = Reminder.objects.get()
    delivery = Delivery.objects.create(account=head, channel="note", on=MONDAY, claimed_at=AT)
    Telling.objects.create(delivery=delivery, reminder=told, channel="note")
    source.occasions = []
    gather()

    gather(at=AT + gathering.KEPT - timedelta(days=1))
    kept = Reminder.objects.count()
    gather(at=AT + gathering.KEPT + timedelta(days=1))

    assert kept == 1
    assert not Reminder.objects.exists()
    assert not Delivery.objects.exists()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Account]:
    """One head, committed, so that every thread sees the same with its own connection."""
    with django_db_blocker.unblock():
        yield world.account("head", "校长", "school_head", "school", 1)
        world.remove_everything()


def test_two_who_gather_at_once_remind_once(source: Says, committed: Account) -> None:
    source.occasions = [replace(due(due_on=None), key=f"plan{number}") for number in range(40)]
    start = threading.Barrier(4)
    failed: list[BaseException] = []

    def one() -> None:
        try:
            start.wait(30)
            gather()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert Reminder.objects.count() == 40
    assert Reminder.objects.filter(ended_at=None).count() == 40
