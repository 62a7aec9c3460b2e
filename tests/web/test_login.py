"""The way in: lock-out, first password, second step."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from gengdu.access.models import Account
from gengdu.access.second_factor import operations
from gengdu.access.trail.models import TrailEntry
from tests import world
from tests.conftest import signed_in
from tests.web.reading import Page
from tests.world import World

PASSWORD = "first-made-up-1"
NEW = "second-made-up-2"


@pytest.fixture
def ma(district: World) -> Iterator[Account]:
    """A new officer of the bureau, who sees children; committed, so that numbers are remembered."""
    world.empty_trail()
    account = world.account("ma", "教育分局", "bureau_officer", "district", None)
    account.set_password(PASSWORD)
    account.save()
    yield account
    world.empty_trail()
    for model in (AccessAttempt, StaticDevice, TOTPDevice):
        model.objects.all().delete()
    Account.objects.filter(pk=account.pk).delete()


def log_in(password: str, *, username: str = "ma", address: str = "10.0.0.1") -> Any:
    tried = {"username": username, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse("login"), tried)


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def kinds() -> list[str]:
    return list(TrailEntry.objects.order_by("sequence").values_list("kind", flat=True))


# Lock-out


def test_five_wrong_passwords_lock_the_account_at_that_address(ma: Account) -> None:
    answers = [log_in("wrong") for _ in range(5)]
    locked = log_in(PASSWORD)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert locked.status_code == 429
    assert "锁 15 分钟" in text(locked)
    assert "校长（园长）或区管理员" in text(locked)
    assert log_in(PASSWORD, address="10.0.0.2").status_code == 302


def test_a_lock_is_noted_once_and_hammering_on_does_not_bury_the_trail(ma: Account) -> None:
    for _ in range(9):
        log_in("wrong")

    assert kinds() == ["login_failed"] * 5 + ["lock_out"]
    assert TrailEntry.objects.latest("sequence").username == "ma"
    assert TrailEntry.objects.latest("sequence").client == "10.0.0.1"


def test_a_lock_ends_by_itself(ma: Account) -> None:
    for _ in range(5):
        log_in("wrong")
    attempt = AccessAttempt.objects.get()
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=16))

    assert log_in(PASSWORD).status_code == 302


def test_a_right_password_forgets_the_wrong_ones(ma: Account) -> None:
    for _ in range(2):
        for _ in range(4):
            log_in("wrong")
        assert log_in(PASSWORD).status_code == 302


# The first password


@pytest.fixture
def newcomer(ma: Account) -> Client:
    """The browser of somebody who has just got a first password."""
    ma.must_change_password = True
    ma.save()
    client = Client()
    client.post(reverse("login"), {"username": "ma", "password": PASSWORD})
    return client


def change(client: Client, new: str, *, again: str | None = None, old: str = PASSWORD) -> Any:
    written = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(reverse("password"), written)


def test_a_first_password_leads_nowhere_but_to_its_change(newcomer: Client) -> None:
    for name in ("overview", "schools"):
        answer = newcomer.get(reverse(name))
        assert answer.headers["Location"].startswith(reverse("password"))
    assert "请先换掉初始密码" in text(newcomer.get(reverse("password")))


def test_after_the_change_the_way_is_open(newcomer: Client) -> None:
    answer = change(newcomer, NEW)

    assert answer.headers["Location"] == reverse("overview")
    assert newcomer.get(reverse("overview")).status_code == 200
    assert log_in(PASSWORD).status_code == 200
    assert log_in(NEW).status_code == 302


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (PASSWORD, "新密码和原密码一样"),
        ("short-1", "密码太简单"),
        ("no-figures-in-it", "密码太简单"),
        ("123456789012", "密码太简单"),
        ("gengdu-demo-2026", "公开的示例密码"),
    ],
)
def test_a_weak_password_is_refused_in_words(newcomer: Client, new: str, told: str) -> None:
    assert told in text(change(newcomer, new))


def test_a_slip_in_the_second_writing_is_refused(newcomer: Client) -> None:
    assert "密码" in text(change(newcomer, NEW, again="other-made-up-3"))
    assert Account.objects.get(username="ma").must_change_password


def test_a_change_ends_every_other_session(ma: Account) -> None:
    here, there = signed_in(ma), signed_in(ma)

    change(here, NEW)

    assert here.get(reverse("overview")).status_code == 200
    assert there.get(reverse("overview")).status_code == 302


# The second step


@pytest.fixture
def strict(settings: Any) -> None:
    """The site as it runs outside the demo."""
    settings.REQUIRE_TOTP = True


def code_of(device: TOTPDevice, *, steps_on: int = 0) -> str:
    """Return what the telephone shows now, or some half minutes later."""
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    clock.time = time.time() + steps_on * device.step
    return f"{clock.token():06d}"


def enrolled(account: Account) -> tuple[TOTPDevice, list[str]]:
    device = operations.begin(account)
    return operations.confirm(account, code_of(device))


def test_who_sees_children_must_enrol_first(ma: Account, strict: None) -> None:
    client = signed_in(ma)

    answer = client.get(reverse("schools"))
    page = text(client.get(answer.headers["Location"]))

    assert answer.headers["Location"] == f"{reverse('second_factor_setup')}?next=%2Fschools%2F"
    assert "<svg viewBox=" in page
    assert operations.key_as_text(TOTPDevice.objects.get()) in page


def test_who_sees_no_children_need_not(district: World, ma: Account, strict: None) -> None:
    teacher = world.account("teacher", "教师", "teacher", "school", district.li_school.pk)
    answer = signed_in(teacher).get(reverse("schools"))
    teacher.delete()

    assert answer.status_code == 200


def test_enrolling_shows_recovery_codes_once_and_opens_the_way(ma: Account, strict: None) -> None:
    client = signed_in(ma)
    client.get(reverse("second_factor_setup"))
    device = TOTPDevice.objects.get()

    answer = client.post(
        reverse("second_factor_setup"), {"code": code_of(device), "next": "/schools/"}
    )

    page = text(answer)
    codes = StaticToken.objects.values_list("token", flat=True)
    assert len(codes) == operations.RECOVERY_CODES
    assert all(f"{code[:4]}-{code[4:]}" in page for code in codes)
    assert 'href="/schools/"' in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(reverse("schools")).status_code == 200
    assert kinds()[-1] == "account"


def test_a_wrong_code_enrols_nothing(ma: Account, strict: None) -> None:
    client = signed_in(ma)

    page = text(client.post(reverse("second_factor_setup"), {"code": "000000"}))

    assert "动态码不对，没有启用" in page
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_the_password_alone_opens_nothing(ma: Account, strict: None) -> None:
    enrolled(ma)
    client = signed_in(ma)

    for name in ("overview", "schools", "second_factor_setup"):
        answer = client.get(reverse(name))
        assert answer.headers["Location"].startswith(reverse("second_factor")), name


def test_the_code_opens_the_way_and_leads_on(ma: Account, strict: None) -> None:
    device, _ = enrolled(ma)
    client = signed_in(ma)

    answer = client.post(
        reverse("second_factor"), {"code": code_of(device, steps_on=1), "next": "/schools/"}
    )

    assert answer.headers["Location"] == "/schools/"
    assert client.get(reverse("schools")).status_code == 200


def test_a_code_is_good_only_once(ma: Account, strict: None) -> None:
    device, _ = enrolled(ma)

    answer = signed_in(ma).post(reverse("second_factor"), {"code": code_of(device)})

    assert "没有登录" in Page(text(answer)).alerts[0]


def test_a_recovery_code_is_used_up(ma: Account, strict: None) -> None:
    _, codes = enrolled(ma)
    here, there = signed_in(ma), signed_in(ma)

    first = here.post(reverse("second_factor"), {"code": codes[0].lower()})
    second = there.post(reverse("second_factor"), {"code": codes[0]})

    assert first.status_code == 302
    assert "还剩 7 个" in text(here.get(reverse("overview")))
    assert "没有登录" in text(second)


def test_a_wrong_code_is_noted(ma: Account, strict: None) -> None:
    enrolled(ma)

    signed_in(ma).post(reverse("second_factor"), {"code": "000000"})

    last = TrailEntry.objects.latest("sequence")
    assert (last.kind, last.username, last.details) == (
        "login_failed", "ma", {"what": "动态码不对"},
    )  # fmt: skip


def test_after_many_wrong_codes_even_the_right_one_waits(ma: Account, strict: None) -> None:
    device, _ = enrolled(ma)
    TOTPDevice.objects.update(
        throttling_failure_count=8, throttling_failure_timestamp=datetime.now(UTC)
    )
    client = signed_in(ma)

    answer = client.post(reverse("second_factor"), {"code": code_of(device, steps_on=1)})

    assert "稍等片刻" in text(answer)


def test_the_way_on_never_leads_to_another_site(ma: Account, strict: None) -> None:
    device, _ = enrolled(ma)

    answer = signed_in(ma).post(
        reverse("second_factor"),
        {"code": code_of(device, steps_on=1), "next": "//evil.example/"},
    )

    assert answer.headers["Location"] == "/"


def test_the_second_step_of_one_account_is_none_of_another(
    district: World, ma: Account, strict: None
) -> None:
    device, _ = enrolled(ma)
    enrolled(district.wang)

    answer = signed_in(district.wang).post(
        reverse("second_factor"), {"code": code_of(device, steps_on=1)}
    )

    assert answer.status_code == 200
