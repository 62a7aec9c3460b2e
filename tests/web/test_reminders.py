"""Reminders as people meet them: the bell, the page, how they want to be told."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from gengdu.access.accounts import stand_ins
from gengdu.access.actors import Actor
from gengdu.access.models import Account
from gengdu.access.trail.models import TrailEntry
from gengdu.records.reminders.models import (
    Contact,
    Delivery,
    DeliveryState,
    Gathering,
    Kind,
    Reminder,
    Telling,
)
from tests import world
from tests.conftest import signed_in
from tests.unit.records.reminders.gateway import serving
from tests.web.reading import Page
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
AT = datetime(2025, 12, 31, 0, 30, tzinfo=UTC)
PAGE, SETTINGS = reverse("reminders"), reverse("reminder_settings")


def reminder(account: Account, text: str, **more: object) -> Reminder:
    values = {"kind": Kind.DUE, "link": "/targets/x/", "due_on": None, "key": f"t:{text}",
              "source": "t"}  # fmt: skip
    return Reminder.objects.create(
        account=account, text=text, made_on=ON, made_at=AT, **{**values, **more}
    )


@pytest.fixture
def of_li(district: World) -> dict[str, Reminder]:
    """Li has one reminder of each kind."""
    made = {
        "over": reminder(district.li, "千兆进校", due_on=ON - timedelta(days=10)),
        "today": reminder(district.li, "温馨校园", due_on=ON),
        "coming": reminder(district.li, "称号将满", kind=Kind.EXPIRING, due_on=date(2026, 1, 20)),
        "missing": reminder(district.li, "年报未报", kind=Kind.MISSING),
        "waiting": reminder(district.li, "待审的计划", kind=Kind.WAITING),
        "returned": reminder(district.li, "退回的计划", kind=Kind.RETURNED),
    }
    Gathering.objects.create(on=ON, at=AT, made=6, ended=0)
    return made


def read(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert len(Page(response.content.decode()).headings) == 1
    return html.unescape(response.content.decode())


def told(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def test_the_page_groups_reminders_under_their_headings(
    as_li: Client, of_li: dict[str, Reminder]
) -> None:
    text = read(as_li)

    places = [text.index(f"<h2>{label} ") for label in
              ("到期", "即将到期", "缺少", "待我审批", "退回给我")]  # fmt: skip
    assert places == sorted(places)
    assert text.index("千兆进校") < text.index("温馨校园") < places[1] < text.index("称号将满")
    for words in ("逾期 10 天", "今天到期", "还有 20 天", "期限 2026-01-20"):
        assert words in text


def test_every_reminder_leads_to_where_it_can_be_dealt_with(
    as_li: Client, of_li: dict[str, Reminder]
) -> None:
    links = [link for link in Page(read(as_li)).links if link.path == "/targets/x/"]

    assert len(links) == len(of_li)


def test_the_bell_counts_what_is_open_and_unread_on_every_page(
    as_li: Client, of_li: dict[str, Reminder]
) -> None:
    Reminder.objects.filter(pk=of_li["over"].pk).update(seen_at=AT)
    Reminder.objects.filter(pk=of_li["coming"].pk).update(ended_at=AT)

    assert 'aria-label="提醒 4 项未读"' in read(as_li, reverse("overview"))


def test_what_speaks_of_a_promise_the_plan_in_force_lacks_is_neither_listed_nor_counted(
    district: World, as_li: Client
) -> None:
    here, gone = "/targets/campus_titles.green_share/", "/targets/another_plan.goal/"
    reminder(district.li, "仍在的承诺", source="targets", link=here)
    reminder(district.li, "已不在的承诺", source="targets", link=gone)
    Gathering.objects.create(on=ON, at=AT, made=2, ended=0)

    text = read(as_li)

    assert "仍在的承诺" in text
    assert "已不在的承诺" not in text
    assert 'aria-label="提醒 1 项未读"' in read(as_li, reverse("overview"))


def test_without_reminders_the_bell_is_silent_and_the_page_says_what_will_come(
    as_li: Client,
) -> None:
    text = read(as_li)

    assert 'class="bell"' in text
    assert "现在没有提醒。承诺快到期、有效期将满、缺少记录" in text
    assert "还没有汇总过" in text


def test_one_group_or_one_state_can_be_asked_for(as_li: Client, of_li: dict[str, Reminder]) -> None:
    Reminder.objects.filter(pk=of_li["waiting"].pk).update(ended_at=AT)
    Reminder.objects.filter(pk=of_li["missing"].pk).update(seen_at=AT)

    over, ended, new = (
        read(as_li, f"{PAGE}?{query}") for query in ("group=over", "state=ended", "state=new")
    )

    assert "千兆进校" in over
    assert "年报未报" not in over
    assert "待审的计划" in ended
    assert "千兆进校" not in ended
    assert "退回的计划" in new
    assert "年报未报" not in new


@pytest.mark.parametrize("query", ["group=all", "state=deleted"])
def test_a_filter_that_does_not_exist_is_no_page(as_li: Client, query: str) -> None:
    assert as_li.get(f"{PAGE}?{query}").status_code == 404


def test_one_some_or_all_can_be_marked_as_read(as_li: Client, of_li: dict[str, Reminder]) -> None:
    address = reverse("reminders_seen")
    counted = []
    for posted in (
        {"one": of_li["over"].pk},
        {"ticked": [of_li["today"].pk, of_li["coming"].pk]},
        {"all": 1},
    ):
        as_li.post(address, posted)
        counted.append(Reminder.objects.exclude(seen_at=None).count())

    assert counted == [1, 3, 6]


def test_marking_leads_back_to_the_same_filter(as_li: Client, of_li: dict[str, Reminder]) -> None:
    posted = {"all": 1, "query": "state=new&group=over"}

    response = as_li.post(reverse("reminders_seen"), posted)

    assert response.headers["Location"] == f"{PAGE}?state=new&group=over"


def test_nothing_ticked_changes_nothing_and_says_so(
    as_li: Client, of_li: dict[str, Reminder]
) -> None:
    response = as_li.post(reverse("reminders_seen"), {"ticked": ["x", "-1"]}, follow=True)

    assert "没有勾选任何提醒" in told(response)
    assert not Reminder.objects.exclude(seen_at=None).exists()


def test_nobody_sees_or_marks_the_reminders_of_another(
    as_zhao: Client, of_li: dict[str, Reminder]
) -> None:
    text = read(as_zhao)
    as_zhao.post(reverse("reminders_seen"), {"one": of_li["over"].pk})
    as_zhao.post(reverse("reminders_seen"), {"all": 1})

    assert "千兆进校" not in text
    assert not Reminder.objects.exclude(seen_at=None).exists()


def test_whoever_stands_in_sees_the_reminders_of_the_absent_person(
    district: World, of_li: dict[str, Reminder]
) -> None:
    deputy = world.account("deputy", "副校长", "school_clerk", "school", district.li_school.pk)
    today = datetime.now(UTC).date()
    stand_in = stand_ins.appoint(
        district.li, deputy, starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=2), on=today - timedelta(days=1), by=Actor(None, "test"),
    )  # fmt: skip
    client = signed_in(deputy)
    before = read(client)

    client.post(reverse("act"), {"stand_in": stand_in.pk})

    assert "千兆进校" not in before
    assert "千兆进校" in read(client)
    assert client.get(SETTINGS).status_code == 403


def test_a_reminder_says_what_became_of_its_message(
    as_li: Client, of_li: dict[str, Reminder], district: World
) -> None:
    delivery = Delivery.objects.create(
        account=district.li, channel="console", on=ON, claimed_at=AT, state=DeliveryState.UNSURE
    )
    Telling.objects.create(reminder=of_li["over"], delivery=delivery, channel="console")

    assert "控制台（示例） 12-31 可能已送达" in read(as_li)


def test_a_gathering_that_lacks_a_part_is_told(as_li: Client, of_li: dict[str, Reminder]) -> None:
    Gathering.objects.update(failed=["targets"])

    assert "上一次汇总有一部分没有算出来" in read(as_li)


def test_the_page_runs_no_query_for_each_of_its_lines(
    as_li: Client, district: World, django_assert_max_num_queries: object
) -> None:
    def queries() -> int:
        from django.db import connections
        from django.test.utils import CaptureQueriesContext

        as_li.get(PAGE)
        with CaptureQueriesContext(connections["default"]) as ran:
            as_li.get(PAGE)
        return len(ran)

    reminder(district.li, "一")
    few = queries()
    for number in range(30):
        reminder(district.li, f"第 {number} 项")

    assert queries() == few


def test_more_than_anybody_reads_is_cut_and_said(as_li: Client, district: World) -> None:
    for number in range(302):
        reminder(district.li, f"第 {number} 项")

    text = read(as_li)

    assert text.count("第 ") == 300
    assert "只列出最早到期的 300 项" in text


# How one wants to be told


@pytest.fixture
def gateway_file(tmp_path: Path) -> Iterator[Path]:
    """A file of senders with one gateway of short messages."""
    path = tmp_path / "senders.yaml"
    with override_settings(SENDERS=str(path)):
        yield path


def write(path: Path, url: str) -> None:
    entry = {
        "label": "短信", "url": f"{url}/send", "body": {"to": "{phone}", "text": "{text}"},
        "success": {"path": "code", "equals": 0}, "needs": "phone", "tries": 1,
    }  # fmt: skip
    path.write_text(yaml.safe_dump({"sms": entry}, allow_unicode=True), encoding="utf-8")


def test_how_to_be_told_is_kept_and_noted_in_the_trail(
    as_li: Client, district: World, gateway_file: Path
) -> None:
    write(gateway_file, "https://sms.example")
    asked = {"email": "li@example.gov.cn", "phone": "138 0631 0001", "channels": ["sms"]}

    response = as_li.post(SETTINGS, asked, follow=True)

    kept = Contact.objects.get(account=district.li)
    assert "提醒方式已保存" in told(response)
    assert (kept.email, kept.phone, kept.channels) == (
        "li@example.gov.cn", "13806310001", ["sms"],
    )  # fmt: skip
    noted = TrailEntry.objects.order_by("-sequence")[0]
    assert noted.details == {"what": "本人修改提醒方式", "channels": ["sms"]}


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"channels": ["sms"]}, "“短信”要用到手机号，请填写。"),
        ({"phone": "1380631000", "channels": ["sms"]}, "应为 11 位"),
        ({"email": "li", "channels": []}, "Email"),
        ({"channels": ["pigeon"]}, "pigeon"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    as_li: Client, gateway_file: Path, asked: dict[str, object], error: str
) -> None:
    write(gateway_file, "https://sms.example")

    response = as_li.post(SETTINGS, asked)

    assert error in told(response)
    assert not Contact.objects.exists()


def test_a_test_message_goes_to_oneself_and_the_answer_is_shown(
    as_li: Client, district: World, gateway_file: Path
) -> None:
    Contact.objects.create(account=district.li, phone="13806310001", changed_at=AT)
    with serving((200, {"code": 0, "id": "SMS-7"})) as gateway:
        write(gateway_file, gateway.url)
        response = as_li.post(reverse("reminder_test"), {"channel": "sms"}, follow=True)

    assert "测试消息已发出：短信已接收" in told(response)
    assert "SMS-7" in told(response)
    assert gateway.asked[0].body["to"] == "13806310001"


def test_a_gateway_that_refuses_a_test_says_why(
    as_li: Client, district: World, gateway_file: Path
) -> None:
    Contact.objects.create(account=district.li, phone="13806310001", changed_at=AT)
    with serving((200, {"code": 7, "msg": "余额不足"})) as gateway:
        write(gateway_file, gateway.url)
        response = as_li.post(reverse("reminder_test"), {"channel": "sms"}, follow=True)

    assert "测试消息没有发出：短信没有接收" in told(response)
    assert "余额不足" in told(response)


def test_tests_cannot_be_sent_one_after_the_other(as_li: Client) -> None:
    first, second = (
        told(as_li.post(reverse("reminder_test"), {"channel": "console"}, follow=True))
        for _ in range(2)
    )

    assert "测试消息已发出" in first
    assert "刚刚测试过" in second


@pytest.mark.parametrize(
    ("channel", "error"), [("pigeon", "没有这种接收方式"), ("sms", "还没有登记")]
)
def test_a_test_that_cannot_be_sent_says_why(
    as_li: Client, gateway_file: Path, channel: str, error: str
) -> None:
    write(gateway_file, "https://sms.example")

    response = as_li.post(reverse("reminder_test"), {"channel": channel}, follow=True)

    assert error in told(response)


def test_nobody_keeps_an_address_on_an_account_that_all_share(district: World) -> None:
    shared = world.account(
        "demo", "示例", "school_head", "school", district.li_school.pk, is_demo=True
    )
    client = signed_in(shared)

    shown, posted = read(client, SETTINGS), client.post(SETTINGS, {"email": "a@b.cn"}, follow=True)

    assert "示例账号是大家共用的" in shown
    assert "示例账号是大家共用的，不能登记联系方式" in told(posted)
    assert not Contact.objects.exists()


def test_where_no_channel_is_there_the_page_says_so(as_li: Client) -> None:
    with override_settings(DEMO=False, SENDERS="", EMAIL_URL=""):
        text = read(as_li, SETTINGS)

    assert "系统管理员还没有配置" in text
