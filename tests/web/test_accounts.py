"""Managing accounts, handing them over, standing in: who may, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from gengdu.access.models import Account, StandIn
from gengdu.access.second_factor import operations as second_factor
from gengdu.access.trail.models import TrailEntry
from tests import world
from tests.conftest import signed_in
from tests.world import World

Make = Callable[..., Account]


@pytest.fixture
def make(district: World) -> Iterator[Make]:
    """Makes accounts that are gone after the test, with all that tests made beside them."""
    world.empty_trail()
    kept = set(Account.objects.values_list("pk", flat=True))

    def made(username: str, role: str, school: Any = None, **more: Any) -> Account:
        kind, key = ("school", school.pk) if school else ("district", None)
        return world.account(username, f"{username} 的职务", role, kind, key, **more)

    yield made
    StandIn.objects.all().delete()
    TOTPDevice.objects.all().delete()
    Account.objects.exclude(pk__in=kept).update(succeeds=None)
    Account.objects.exclude(pk__in=kept).delete()
    Account.objects.filter(pk__in=kept).update(is_active=True)
    world.empty_trail()


@pytest.fixture
def admin(make: Make) -> Client:
    """The district administrator's browser."""
    return signed_in(make("guan", "district_admin"))


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def password_in(response: Any) -> str:
    return text(response).split('first-password">', 1)[1].split("<", 1)[0]


def noted() -> list[str]:
    entries = TrailEntry.objects.filter(kind="account").order_by("sequence")
    return [entry.details["what"] for entry in entries]


def create(client: Client, username: str, **more: object) -> Any:
    written = {"username": username, "name": "郑敏", "title_zh": "", "role": "auditor", **more}
    return client.post(reverse("account_new"), written)


# Create


def test_a_new_account_shows_its_first_password_once(admin: Client) -> None:
    answer = create(admin, "zheng")

    made = Account.objects.get(username="zheng")
    assert check_password(password_in(answer), made.password)
    assert made.must_change_password
    assert "no-store" in answer.headers["Cache-Control"]
    assert "first-password" not in text(admin.get(reverse("account", args=[made.pk])))
    assert noted() == ["zheng：新建账号，角色：审计员"]
    assert password_in(answer) not in str(TrailEntry.objects.values_list("detail", flat=True))


def test_the_role_decides_how_far_the_account_sees(district: World, admin: Client) -> None:
    school, town = district.li_school.pk, district.boyu.pk
    wanted = {
        "ming": ({"role": "school_head", "school": school}, ("school", school, "")),
        "zhen": ({"role": "town_officer", "town": town, "body": "boyu_town"},
                 ("town", town, "boyu_town")),
        "du": ({"role": "inspector"}, ("district", None, "")),
        "dudu": ({"role": "inspector", "town": town}, ("town", town, "")),
        "gean": ({"role": "case_worker", "body": "social_work_department"},
                 ("cases", None, "social_work_department")),
        "fen": ({"role": "bureau_officer", "school": school}, ("district", None, "")),
    }  # fmt: skip

    for username, (written, _) in wanted.items():
        assert create(admin, username, **written).status_code == 200

    for username, (_, scope) in wanted.items():
        made = Account.objects.get(username=username)
        assert (made.scope_kind, made.scope_key, made.body_key) == scope, username


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"role": "school_clerk"}, "请选定查看范围"),
        ({"role": "body_officer"}, "须写明是哪个单位"),
        ({"username": "guan"}, "已经有了"),
        ({"username": "two words"}, "用户名"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    admin: Client, written: dict[str, object], told: str
) -> None:
    answer = create(admin, **{"username": "zheng", **written})  # type: ignore[arg-type]

    assert told in text(answer)
    assert not Account.objects.filter(username="zheng").exists()


def test_a_head_creates_clerks_and_teachers_of_the_own_school_alone(
    district: World, make: Make
) -> None:
    li = signed_in(district.li)

    create(li, "zi", role="school_clerk", school=district.zhao_school.pk)
    refused = [
        create(li, f"x{role}", role=role) for role in ("school_head", "bureau_officer", "auditor")
    ]

    made = Account.objects.get(username="zi")
    assert (made.scope_kind, made.scope_key) == ("school", district.li_school.pk)
    assert all("选择一个有效的选项" in text(answer) for answer in refused)
    assert not Account.objects.filter(username__startswith="x").exists()


# Whose are whose


@pytest.fixture
def theirs(district: World, make: Make) -> dict[str, Account]:
    return {
        "clerk of li": make("lc", "school_clerk", district.li_school),
        "teacher of li": make("lt", "teacher", district.li_school),
        "clerk of zhao": make("zc", "school_clerk", district.zhao_school),
        "officer": make("of", "bureau_officer"),
        "li": district.li,
    }


def test_a_head_manages_the_own_people_and_nobody_else(
    district: World, theirs: dict[str, Account]
) -> None:
    li = signed_in(district.li)

    opened = {
        name
        for name, account in theirs.items()
        if li.get(reverse("account", args=[account.pk])).status_code == 200
    }
    listed = text(li.get(reverse("accounts")))

    assert opened == {"clerk of li", "teacher of li"}
    assert ">lc<" in listed
    assert ">zc<" not in listed


@pytest.mark.parametrize("deed", ["account_reset", "account_disable", "account_enable"])
def test_a_guessed_address_of_somebody_elses_account_does_nothing(
    district: World, theirs: dict[str, Account], deed: str
) -> None:
    before = theirs["clerk of zhao"].password

    answer = signed_in(district.li).post(reverse(deed, args=[theirs["clerk of zhao"].pk]))

    after = Account.objects.get(username="zc")
    assert answer.status_code == 403
    assert (after.password, after.is_active) == (before, True)


def test_an_administrator_manages_all_but_the_own_account(
    admin: Client, theirs: dict[str, Account]
) -> None:
    own = Account.objects.get(username="guan")

    for account in theirs.values():
        assert admin.get(reverse("account", args=[account.pk])).status_code == 200
    assert admin.get(reverse("account", args=[own.pk])).status_code == 403


@pytest.mark.parametrize("role", ["bureau_officer", "auditor", "school_clerk", "inspector"])
def test_other_roles_manage_nobody(district: World, make: Make, role: str) -> None:
    school = district.li_school if role == "school_clerk" else None
    client = signed_in(make("xx", role, school))

    for name in ("accounts", "account_new"):
        assert client.get(reverse(name)).status_code == 403


# Reset, disable, amend, hand over


def test_a_reset_gives_a_new_password_and_ends_everything_old(
    district: World, theirs: dict[str, Account]
) -> None:
    clerk = theirs["clerk of li"]
    second_factor.begin(clerk)
    theirs_browser = signed_in(clerk)

    answer = signed_in(district.li).post(reverse("account_reset", args=[clerk.pk]))

    clerk.refresh_from_db()
    assert check_password(password_in(answer), clerk.password)
    assert clerk.must_change_password
    assert not TOTPDevice.objects.filter(user=clerk).exists()
    assert theirs_browser.get(reverse("me")).status_code == 302
    assert noted() == ["lc：重设密码和动态码，解除锁定"]


def test_a_reset_unlocks(district: World, theirs: dict[str, Account]) -> None:
    clerk = theirs["clerk of li"]
    tried = {"username": "lc", "password": "wrong"}
    for _ in range(5):
        Client().post(reverse("login"), tried)

    password = password_in(signed_in(district.li).post(reverse("account_reset", args=[clerk.pk])))

    answer = Client().post(reverse("login"), {"username": "lc", "password": password})
    assert answer.status_code == 302


def test_an_account_out_of_service_cannot_go_on_and_can_come_back(
    admin: Client, theirs: dict[str, Account]
) -> None:
    officer = theirs["officer"]
    browser = signed_in(officer)

    admin.post(reverse("account_disable", args=[officer.pk]))
    gone = browser.get(reverse("me")).status_code
    admin.post(reverse("account_enable", args=[officer.pk]))

    officer.refresh_from_db()
    assert (gone, officer.is_active) == (302, True)
    assert noted() == ["of：停用", "of：启用"]


def test_another_role_ends_the_sessions_and_keeps_the_password(
    district: World, admin: Client, theirs: dict[str, Account]
) -> None:
    officer = theirs["officer"]
    browser, before = signed_in(officer), officer.password
    written = {"name": "吴", "role": "town_officer", "town": district.boyu.pk}

    admin.post(reverse("account_edit", args=[officer.pk]), written)

    officer.refresh_from_db()
    assert (officer.role, officer.scope_kind, officer.scope_key) == (
        "town_officer", "town", district.boyu.pk,
    )  # fmt: skip
    assert officer.password == before
    assert browser.get(reverse("me")).status_code == 302


def test_a_post_goes_to_a_new_person_with_role_and_scope(
    district: World, admin: Client, theirs: dict[str, Account]
) -> None:
    old = theirs["clerk of zhao"]
    address = reverse("account_hand_over", args=[old.pk])

    answer = admin.post(address, {"username": "xin", "name": "新资料员"})
    again = admin.post(address, {"username": "xinxin", "name": "又一个"})

    old.refresh_from_db()
    new = Account.objects.get(username="xin")
    assert not old.is_active
    assert (new.role, new.scope_key, new.succeeds) == (old.role, old.scope_key, old)
    assert check_password(password_in(answer), new.password)
    assert "已经交接过" in text(again)
    assert "xin" in text(admin.get(reverse("account", args=[old.pk])))
    assert noted()[-1] == "zc：岗位交接给 xin"


def test_who_handed_over_does_not_come_back(admin: Client, theirs: dict[str, Account]) -> None:
    old = theirs["clerk of zhao"]
    admin.post(reverse("account_hand_over", args=[old.pk]), {"username": "xin", "name": "新资料员"})

    answer = admin.post(reverse("account_enable", args=[old.pk]), follow=True)

    assert "已交给接替人" in text(answer)
    assert not Account.objects.get(pk=old.pk).is_active


# Stand-in


TODAY = timezone.localdate()  # noqa: TID251


def appoint(absent: Account, deputy: Account, *, days: int = 7, start: int = 0) -> Any:
    first = TODAY + timedelta(days=start)
    written = {
        "deputy": deputy.pk,
        "first": first.isoformat(),
        "last": (first + timedelta(days=days - 1)).isoformat(),
    }
    return signed_in(absent).post(reverse("me"), written)


def act(client: Client, stand_in: StandIn | None) -> Any:
    return client.post(reverse("act"), {"stand_in": stand_in.pk if stand_in else ""})


@pytest.fixture
def teacher(district: World, make: Make) -> Account:
    """A teacher of Li's school, who sees no child."""
    return make("deputy", "teacher", district.li_school)


@pytest.fixture
def standing(district: World, teacher: Account) -> StandIn:
    """Li is on leave, the teacher stands in."""
    appoint(district.li, teacher)
    return StandIn.objects.get()


def children(district: World) -> str:
    return f"{reverse('records', args=['aid_share'])}?school={district.li_school.pk}"


def test_a_stand_in_has_the_rights_of_the_absent_and_only_when_chosen(
    district: World, teacher: Account, standing: StandIn
) -> None:
    client = signed_in(teacher)

    before = client.get(children(district)).status_code
    offered = text(client.get(reverse("schools")))
    act(client, standing)
    during = client.get(children(district)).status_code
    head = text(client.get(reverse("schools")))
    act(client, None)
    after = client.get(children(district)).status_code

    assert (before, during, after) == (403, 200, 403)
    assert "代 li 办理" in offered
    assert "deputy 的职务 代 li 办理" in head
    assert "恢复本人身份" in head


def test_the_trail_names_both(district: World, teacher: Account, standing: StandIn) -> None:
    client = signed_in(teacher)
    act(client, standing)

    client.get(children(district))

    entry = TrailEntry.objects.get(kind="look")
    assert (entry.username, entry.stands_in_for, entry.role) == ("deputy", "li", "school_head")
    assert (entry.account_id, entry.stands_in_for_id) == (teacher.pk, district.li.pk)


@pytest.mark.parametrize("end", ["over", "ended", "absent gone"])
def test_a_stand_in_ends_by_itself(
    district: World, teacher: Account, standing: StandIn, end: str
) -> None:
    client = signed_in(teacher)
    act(client, standing)

    if end == "over":
        StandIn.objects.update(starts_on=TODAY - timedelta(days=7), ends_on=TODAY)
    elif end == "ended":
        signed_in(district.li).post(reverse("stand_in_end", args=[standing.pk]))
    else:
        Account.objects.filter(pk=district.li.pk).update(is_active=False)

    assert client.get(children(district)).status_code == 403
    assert "现在是您本人的身份" in text(client.get(reverse("schools")))


def test_a_stand_in_of_tomorrow_does_not_act_today(district: World, teacher: Account) -> None:
    appoint(district.li, teacher, start=1)
    client = signed_in(teacher)

    answer = act(client, StandIn.objects.get())

    assert answer.status_code == 404
    assert client.get(children(district)).status_code == 403


def test_nobody_acts_under_a_stand_in_of_somebody_else(
    district: World, make: Make, standing: StandIn
) -> None:
    stranger = signed_in(make("other", "teacher", district.li_school))

    assert act(stranger, standing).status_code == 404
    assert stranger.get(children(district)).status_code == 403


def test_standing_in_is_never_passed_on(
    district: World, make: Make, teacher: Account, standing: StandIn
) -> None:
    """The deputy's own deputy gets the deputy's rights, not those of the absent head."""
    third = make("third", "teacher", district.li_school)
    client = signed_in(teacher)
    act(client, standing)
    client.post(
        reverse("me"),
        {"deputy": third.pk, "first": TODAY.isoformat(), "last": TODAY.isoformat()},
    )
    own = StandIn.objects.get(absent=teacher)
    thirds = signed_in(third)

    act(thirds, own)

    assert own.deputy == third
    assert thirds.get(children(district)).status_code == 403


def test_only_the_absent_person_ends_it(
    district: World, teacher: Account, standing: StandIn
) -> None:
    answer = signed_in(teacher).post(reverse("stand_in_end", args=[standing.pk]))

    standing.refresh_from_db()
    assert answer.status_code == 404
    assert standing.ended_at is None


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"days": 0}, "起止日期不对"),
        ({"start": -1}, "起止日期不对"),
        ({"days": 91}, "最多安排 90 天"),
    ],
)
def test_dates_that_do_not_fit_are_refused(
    district: World, teacher: Account, more: dict[str, int], told: str
) -> None:
    assert told in text(appoint(district.li, teacher, **more))
    assert not StandIn.objects.exists()


def test_two_stand_ins_at_once_are_refused(district: World, make: Make, standing: StandIn) -> None:
    answer = appoint(district.li, make("other", "teacher", district.li_school), start=3)

    assert "这几天已安排了代办人" in text(answer)


@pytest.mark.parametrize("role", ["district_admin", "auditor"])
def test_whoever_watches_others_neither_lends_nor_borrows(
    district: World, make: Make, role: str
) -> None:
    watcher = make("watch", role)

    lent = appoint(watcher, district.wang)
    borrowed = appoint(district.wang, watcher)

    assert "不能由别人代办" in text(lent)
    assert "选择一个有效的选项" in text(borrowed)
    assert not StandIn.objects.exists()


def test_colleagues_of_another_school_are_not_offered(district: World, make: Make) -> None:
    other = make("other", "teacher", district.zhao_school)

    appoint(district.li, other)

    assert not StandIn.objects.exists()


def test_a_stand_in_for_a_head_manages_the_heads_people_but_not_the_own_account(
    district: World, teacher: Account, standing: StandIn, theirs: dict[str, Account]
) -> None:
    client = signed_in(teacher)
    act(client, standing)

    listed = text(client.get(reverse("accounts")))
    assert ">lc<" in listed
    assert reverse("account", args=[teacher.pk]) not in listed
    assert client.get(reverse("account", args=[theirs["clerk of li"].pk])).status_code == 200
    assert client.get(reverse("account", args=[theirs["clerk of zhao"].pk])).status_code == 403
    assert client.get(reverse("account", args=[teacher.pk])).status_code == 403


def test_whoever_stands_in_for_who_sees_children_takes_the_second_step(
    settings: Any, teacher: Account, standing: StandIn
) -> None:
    settings.REQUIRE_TOTP = True
    client = signed_in(teacher)
    before = client.get(reverse("schools")).status_code

    act(client, standing)

    assert before == 200
    assert (
        client.get(reverse("schools"))
        .headers["Location"]
        .startswith(reverse("second_factor_setup"))
    )


# The own account


def test_everybody_sees_where_they_are_signed_in_and_ends_the_others(
    district: World, make: Make
) -> None:
    wu = make("wu", "inspector")
    here, there = signed_in(wu), signed_in(wu)

    page = text(here.get(reverse("me")))
    here.post(reverse("sessions_end"))

    assert page.count("lead-cell") == 2
    assert here.get(reverse("me")).status_code == 200
    assert there.get(reverse("me")).status_code == 302


def test_a_demo_account_is_shared_and_keeps_its_password(make: Make) -> None:
    demo = signed_in(make("demo", "inspector", is_demo=True))

    answer = demo.get(reverse("password"), follow=True)

    assert "密码不能改" in text(answer)
