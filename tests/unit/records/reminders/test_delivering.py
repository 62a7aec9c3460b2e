"""One message a day to each person over each channel, and no reminder twice, whatever breaks."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.db import connections
from django.test import override_settings

from gengdu.access.models import Account
from gengdu.records.reminders import delivering, gathering, mornings
from gengdu.records.reminders.models import Contact, Delivery, DeliveryState, Reminder
from gengdu.records.reminders.senders.base import NotSent
from gengdu.records.reminders.senders.configured import Channel
from gengdu.records.reminders.senders.webhook import Condition, Webhook, WebhookSender
from tests import world
from tests.unit.records.reminders.conftest import (
    AT,
    MONDAY,
    Remembers,
    Says,
    Ticking,
    due,
    of_school,
)
from tests.unit.records.reminders.gateway import serving

Channels = dict[str, Channel]
TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)


@pytest.fixture
def told(source: Says, head: Account) -> Account:
    """The head has two reminders that nobody has been told of yet."""
    source.occasions = [
        due("plan", MONDAY - timedelta(days=3)),
        due("title", FRIDAY, text="称号未报"),
    ]
    gathering.gather(MONDAY, AT)
    return head


def test_what_speaks_of_a_promise_the_plan_in_force_lacks_is_not_sent(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    gone = Reminder.objects.filter(text="称号未报")
    gone.update(source="targets", link="/targets/another_plan.goal/")

    delivering.deliver(MONDAY, clock, channels)

    (message,) = sender.sent
    assert "称号未报" not in message.plain()


def test_one_message_lists_every_new_reminder_what_is_over_first(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    with override_settings(ADDRESS="https://gengdu.example"):
        delivering.deliver(MONDAY, clock, channels)

    (message,) = sender.sent
    assert message.to.name == "校长"
    assert message.head == "耕读提醒 2025-12-08：2 项，其中已逾期 1 项"
    assert message.plain().splitlines() == [
        "耕读提醒 2025-12-08：2 项，其中已逾期 1 项",
        "1. 一校一案尚未提交",
        "https://gengdu.example/x/",
        "2. 称号未报",
        "https://gengdu.example/x/",
        "全部提醒：https://gengdu.example/reminders/",
    ]


def test_the_second_run_of_a_day_sends_nothing(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    for _ in range(2):
        mornings.run(MONDAY, clock, channels)

    assert len(sender.sent) == 1


def test_what_was_told_is_not_told_again_the_next_day(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking, source: Says
) -> None:
    mornings.run(MONDAY, clock, channels)
    source.occasions.append(due("newer", None, text="新的一项"))

    mornings.run(TUESDAY, clock, channels)

    assert [[item.text for item in one.items] for one in sender.sent][1] == ["新的一项"]


def test_what_comes_up_later_in_the_day_waits_for_the_message_of_the_next(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking, source: Says
) -> None:
    mornings.run(MONDAY, clock, channels)
    source.occasions.append(due("newer", None, text="新的一项"))
    mornings.run(MONDAY, clock, channels)
    sent_on_monday = len(sender.sent)

    mornings.run(TUESDAY, clock, channels)

    assert (sent_on_monday, len(sender.sent)) == (1, 2)


def test_what_a_person_has_read_in_the_page_is_not_sent_as_well(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    Reminder.objects.update(seen_at=AT)

    delivering.deliver(MONDAY, clock, channels)

    assert sender.sent == []


def test_no_word_about_a_child_leaves_the_site(
    source: Says, head: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    about_children = of_school(sensitivity="child")
    source.occasions = [
        due("aid", None, who=about_children, text="本校 2 人未获资助"),
        due("plan", None),
    ]

    mornings.run(MONDAY, clock, channels)

    (message,) = sender.sent
    assert "资助" not in message.plain() + message.markdown() + message.brief
    assert "涉及学生的事项 1 项，请登录后查看" in message.plain()


def test_a_channel_reaches_only_those_who_want_it_and_can_be_reached(
    told: Account, sender: Remembers, clock: Ticking
) -> None:
    letters = {"email": Channel("email", "电子邮件", sender, needs="email")}
    contact = Contact.objects.create(account=told, channels=[], changed_at=AT)
    delivering.deliver(MONDAY, clock, letters)
    contact.channels = ["email"]
    contact.save()
    delivering.deliver(MONDAY, clock, letters)
    unreachable = len(sender.sent)

    contact.email = "head@example.gov.cn"
    contact.save()
    delivering.deliver(MONDAY, clock, letters)

    assert unreachable == 0
    assert sender.sent[0].to.email == "head@example.gov.cn"


def test_each_channel_tells_once(told: Account, clock: Ticking) -> None:
    letters, notes = Remembers(), Remembers()
    both = {
        "letter": Channel("letter", "信", letters, is_default=True),
        "note": Channel("note", "便条", notes, is_default=True),
    }

    for _ in range(2):
        delivering.deliver(MONDAY, clock, both)

    assert (len(letters.sent), len(notes.sent)) == (1, 1)


class Killed(BaseException):
    """Stands for a process that was killed at this very step."""


def test_killed_between_sending_and_noting_nothing_is_sent_again(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    sender.fails = Killed()
    with pytest.raises(Killed):
        delivering.deliver(MONDAY, clock, channels)
    sender.fails = None

    for _ in range(3):
        clock.move(minutes=20)
        delivering.deliver(MONDAY, clock, channels)
        delivering.deliver_again(MONDAY, clock, channels)
    mornings.run(TUESDAY, clock, channels)

    assert len(sender.sent) == 1
    left = Delivery.objects.get(on=MONDAY)
    assert (left.state, "可能已送达" in left.error) == (DeliveryState.UNSURE, True)


def test_a_message_on_its_way_is_left_alone_for_a_while(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    sender.fails = Killed()
    with pytest.raises(Killed):
        delivering.deliver(MONDAY, clock, channels)

    clock.move(minutes=10)

    assert delivering.sweep(clock()) == 0


def test_what_may_have_arrived_is_not_sent_again(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    sender.fails = NotSent("没有答复", is_final=True, is_unsure=True)
    delivering.deliver(MONDAY, clock, channels)
    sender.fails = None

    mornings.run(TUESDAY, clock, channels)

    assert sender.sent == []
    assert Delivery.objects.get().state == DeliveryState.UNSURE


def test_what_surely_did_not_go_out_is_tried_again_after_a_while(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    sender.fails = NotSent("连不上", is_final=False)
    delivering.deliver(MONDAY, clock, channels)
    sender.fails = None
    delivering.deliver_again(MONDAY, clock, channels)
    too_early = len(sender.sent)

    clock.move(minutes=11)
    for _ in range(2):
        delivering.deliver_again(MONDAY, clock, channels)

    assert (too_early, len(sender.sent)) == (0, 1)
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_it_waits_longer_each_time_and_is_given_up_for_the_day(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    sender.fails = NotSent("连不上", is_final=False)
    waits = []
    delivering.deliver(MONDAY, clock, channels)

    while (left := Delivery.objects.get()).state == DeliveryState.FAILED:
        assert left.again_at is not None
        waits.append(left.again_at - clock())
        clock.move(minutes=waits[-1].total_seconds() / 60)
        delivering.deliver_again(MONDAY, clock, channels)

    assert waits == [timedelta(minutes=minutes) for minutes in (10, 20, 40, 80)]
    assert (left.state, left.tries) == (DeliveryState.REFUSED, delivering.MOST_TRIES)


def test_what_was_refused_goes_with_the_message_of_the_next_day_while_it_holds(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking, source: Says
) -> None:
    sender.fails = NotSent("没有这个用户", is_final=True)
    mornings.run(MONDAY, clock, channels)
    sender.fails = None
    source.occasions = [due("title", FRIDAY, text="称号未报")]

    mornings.run(TUESDAY, clock, channels)

    (message,) = sender.sent
    assert [item.text for item in message.items] == ["称号未报"]


def test_what_is_over_by_the_time_of_the_next_try_is_not_sent(
    told: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    sender.fails = NotSent("连不上", is_final=False)
    delivering.deliver(MONDAY, clock, channels)
    sender.fails = None
    Reminder.objects.update(ended_at=AT)

    clock.move(minutes=11)
    delivering.deliver_again(MONDAY, clock, channels)

    assert sender.sent == []


def test_a_sender_that_breaks_stops_no_other_message(
    source: Says, head: Account, clock: Ticking, caplog: Any
) -> None:
    world.account("clerk", "资料员", "school_clerk", "school", 1)
    source.occasions = [due()]
    breaks = Remembers(fails=ZeroDivisionError("broken on purpose"))

    mornings.run(MONDAY, clock, {"note": Channel("note", "便条", breaks, is_default=True)})

    assert Delivery.objects.filter(state=DeliveryState.UNSURE).count() == 2
    assert "broken on purpose" in caplog.text


def test_the_worker_does_a_morning_once_and_not_before_its_hour(
    source: Says, head: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    source.occasions = [due()]
    clock.move(hours=-2)
    before_eight = mornings.tick(MONDAY, clock, channels)
    clock.move(hours=2)

    first, second = (mornings.tick(MONDAY, clock, channels) for _ in range(2))

    assert before_eight is None
    assert first is not None
    assert second is None
    assert len(sender.sent) == 1


def test_a_morning_cut_short_is_finished_at_the_next_look(
    source: Says, head: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    world.account("clerk", "资料员", "school_clerk", "school", 1)
    source.occasions = [due()]
    sender.fails = Killed()
    with pytest.raises(Killed):
        mornings.tick(MONDAY, clock, channels)
    sender.fails = None

    mornings.tick(MONDAY, clock, channels)

    assert [message.to.name for message in sender.sent] == ["校长", "资料员"]


def test_the_worker_rests_on_days_off(
    source: Says, head: Account, channels: Channels, clock: Ticking
) -> None:
    assert mornings.tick(MONDAY - timedelta(days=1), clock, channels) is None


@pytest.fixture
def committed(source: Says, django_db_setup: None, django_db_blocker: Any) -> Iterator[Account]:
    """A head with one reminder, committed, so that every thread sees it with its connection."""
    with django_db_blocker.unblock():
        head = world.account("head", "校长", "school_head", "school", 1)
        source.occasions = [due()]
        gathering.gather(MONDAY, AT)
        yield head
        world.remove_everything()


def test_two_who_deliver_at_once_send_once(
    committed: Account, channels: Channels, sender: Remembers, clock: Ticking
) -> None:
    start = threading.Barrier(4)

    def one() -> None:
        try:
            start.wait(30)
            delivering.deliver(MONDAY, clock, channels)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(sender.sent) == 1


def test_a_process_killed_by_force_while_the_gateway_takes_the_message_sends_it_once(
    committed: Account, clock: Ticking
) -> None:
    """The gateway itself kills the process that asks it, once it has read the message."""
    workers: list[int] = []

    def kill_and_take(handler: BaseHTTPRequestHandler) -> None:
        os.kill(workers[0], signal.SIGKILL)
        handler.send_response(200)
        handler.end_headers()

    with serving(kill_and_take, (200, {"errcode": 0})) as gateway:
        hook = Webhook("网关", f"{gateway.url}/send", {"text": "{text}"}, Condition("errcode", 0))
        channels = {"hook": Channel("hook", "网关", WebhookSender(hook), is_default=True)}
        connections.close_all()
        workers.append(os.fork())
        if not workers[0]:
            delivering.deliver(MONDAY, clock, channels)
            os._exit(0)
        _, status = os.waitpid(workers[0], 0)
        interrupted = Delivery.objects.get().state
        clock.move(minutes=20)
        for _ in range(2):
            mornings.run(MONDAY, clock, channels)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert interrupted == DeliveryState.CLAIMED
    assert Delivery.objects.get(on=MONDAY).state == DeliveryState.UNSURE
    assert len(gateway.asked) == 1
