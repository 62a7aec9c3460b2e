"""The data-quality desk as people use it, over the small world."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gengdu.access import scope
from gengdu.access.models import Role, ScopeKind
from gengdu.access.trail.models import TrailEntry
from gengdu.board import context
from gengdu.cli import main
from gengdu.registers.quality import checks, evaluate, queries
from gengdu.registers.quality.models import Answer
from tests import world
from tests.conftest import signed_in
from tests.unit.quality.cases import BOY, GIRL, OTHER_BOY, act, pupil
from tests.web.reading import Page
from tests.world import ON, World

Browse = dict[str, Client]
BIRTH = "pupil_identity_birth"
PHONE = "pupil_no_guardian_phone"
OF_ZHAOS_SCHOOL = ("宫一", "宫二", "宫三", "吴桐", "松徐小学")


@pytest.fixture(scope="module")
def browsers(district: World) -> Browse:
    """A browser for each person, with birth dates that differ at Li's and at Zhao's school."""
    for code, number in (("P01", BOY), ("P02", OTHER_BOY), ("P05", GIRL)):
        pupil(code, identity_number=number, birth_date=date(2016, 3, 2))
    people = (district.wang, district.li, district.zhao, district.sun)
    return {account.username: signed_in(account) for account in people}


def body(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    assert len(Page(response.content.decode()).headings) == 1
    return body(response)


def of(name: str, **query: object) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse("quality_check", args=[name]) + (f"?{asked}" if asked else "")


def tokens(client: Client, address: str) -> list[str]:
    return re.findall(r'name="token" value="([^"]+)"', read(client, address))


def answer(client: Client, key: str, chosen: list[str], **more: str) -> HttpResponse:
    given = {"token": chosen, "kind": "change", "note": "已更正，等待同步。", **more}
    return client.post(reverse("quality_answer", args=[key]), given, follow=True)  # type: ignore[return-value]


@pytest.fixture
def clean(district: World) -> None:
    """Begin without answers."""
    Answer.objects.all().delete()


# Everybody


@pytest.mark.parametrize("check", checks.every(), ids=lambda check: check.key)
def test_every_check_has_a_page_and_one_to_print(browsers: Browse, check: checks.Check) -> None:
    text = read(browsers["wang"], of(check.key, standing=""))

    assert str(check.title) in text
    assert str(check.meaning) in text
    assert 'name="token"' not in read(browsers["wang"], of(check.key, print=1))


@pytest.mark.parametrize("role", Role.values)
def test_the_desk_opens_for_every_role_that_sees_registers(district: World, role: str) -> None:
    kind = "cases" if role == Role.CASE_WORKER else "district"
    visitor = world.account(f"one-{role}", role, role, kind, None, body_key="education_bureau")
    browser = signed_in(visitor)

    statuses = {browser.get(reverse("quality")).status_code, browser.get(of("class_too_small"))
                .status_code}  # fmt: skip

    assert statuses == ({403} if role == Role.AUDITOR else {200})
    if role != Role.AUDITOR:
        may = scope.allows(role, "view_children")
        assert browser.get(of(BIRTH)).status_code == (200 if may else 404)


@pytest.mark.usefixtures("clean")
def test_the_bureau_sees_schools_by_checks_and_every_count_opens(browsers: Browse) -> None:
    answer(browsers["li"], BIRTH, tokens(browsers["li"], of(BIRTH))[:1])
    page = Page(browsers["wang"].get(reverse("quality")).content.decode())
    counts = [
        link for link in page.links
        if link.path.startswith("/quality/") and "standing" in link.query
    ]  # fmt: skip

    assert len(counts) > 10
    for link in counts:
        wanted = int(link.text.strip("＋"))
        assert len(tokens(browsers["wang"], link.href)) == wanted, link.href


def test_a_school_sees_its_own_list_at_once(browsers: Browse) -> None:
    text = read(browsers["li"], reverse("quality"))

    assert "登记为 2016-03-02，证件号中是 2016-03-01" in text
    assert "丛一" in text
    assert BOY not in text


# Rights


def test_li_never_sees_what_is_wrong_at_zhaos_school(district: World, browsers: Browse) -> None:
    addresses = [reverse("quality"), f"{reverse('quality')}?school={district.zhao_school.pk}"]
    addresses += [of(check.key, standing="") for check in checks.every()]
    addresses += [of(BIRTH, school=district.zhao_school.pk, standing="")]

    for address in addresses:
        text = read(browsers["li"], address)
        for person in OF_ZHAOS_SCHOOL:
            assert person not in text, address


def test_counts_on_the_first_page_and_in_the_menu_are_of_the_own_scope(
    district: World, browsers: Browse
) -> None:
    for name in ("wang", "li", "zhao", "sun"):
        to_do = queries.summary(act(getattr(district, name)).viewer, on=ON).to_do
        text = read(browsers[name], reverse("overview"))
        assert f"<strong>{to_do}</strong>" in text, name
        assert f'title="待处理">{to_do}</i>' in text, name
    assert "松徐小学 " not in read(browsers["li"], reverse("quality"))


def test_a_town_sees_its_schools_alone(browsers: Browse) -> None:
    text = read(browsers["sun"], reverse("quality"))

    assert "松徐小学" in text
    assert "泊于幼儿园" in text
    assert "崮山小学" not in text


def test_who_may_not_answer_or_accept_is_refused(district: World, browsers: Browse) -> None:
    teacher = signed_in(world.account("lu", "教师", Role.TEACHER, ScopeKind.SCHOOL,
                                      district.li_school.pk))  # fmt: skip

    assert "答复选中" not in read(teacher, of("class_too_small"))
    assert answer(teacher, "class_too_small", ["1-x-0"]).status_code == 403
    for address in (reverse("quality_review"), reverse("quality_decide", args=[BIRTH])):
        assert browsers["li"].get(address).status_code == 403
    assert teacher.get(of(BIRTH)).status_code == 404


def test_pages_that_show_children_are_noted(browsers: Browse) -> None:
    before = TrailEntry.objects.count()

    read(browsers["li"], of(BIRTH))

    entry = TrailEntry.objects.latest("sequence")
    assert TrailEntry.objects.count() == before + 1
    assert (entry.username, entry.subject) == ("li", "pupils.Pupil")


# Answers


@pytest.mark.usefixtures("clean")
def test_an_answer_is_given_on_the_page_and_shown_there(browsers: Browse) -> None:
    chosen = tokens(browsers["li"], of(BIRTH))

    response = answer(browsers["li"], BIRTH, chosen[:1])

    assert response.redirect_chain == [(reverse("quality_check", args=[BIRTH]), 302)]  # type: ignore[attr-defined]
    assert "已答复 1 条：变更" in body(response)
    assert "已更正，等待同步。" in body(response)


@pytest.mark.usefixtures("clean")
def test_what_was_typed_stays_when_something_is_missing(browsers: Browse) -> None:
    chosen = tokens(browsers["li"], of(BIRTH))

    response = answer(browsers["li"], BIRTH, chosen, kind="remove", note="重复登记")

    text = body(response)
    assert "须写明由谁批准" in text
    assert ">重复登记</textarea>" in text
    assert text.count("checked") == len(chosen)
    assert not Answer.objects.exists()


@pytest.mark.usefixtures("clean")
def test_all_that_match_are_answered_at_once_or_none(
    browsers: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gengdu.registers.quality.views.ROWS_PER_PAGE", 2)
    page = read(browsers["wang"], of(PHONE))
    (stated,) = re.findall(r'name="all" value="(\d+)"', page)
    assert len(tokens(browsers["wang"], of(PHONE))) == 2

    refused = answer(browsers["wang"], PHONE, [], all="4")
    taken = answer(browsers["wang"], PHONE, [], all=stated)

    assert "与刚才不同" in body(refused)
    assert f"已答复 {stated} 条" in body(taken)
    assert Answer.objects.count() == int(stated) == 9


@pytest.mark.usefixtures("clean")
def test_evidence_is_returned_then_accepted_and_leaves_the_counts(
    district: World, browsers: Browse
) -> None:
    chosen = tokens(browsers["zhao"], of(BIRTH))
    answer(browsers["zhao"], BIRTH, chosen, kind="evidence", note="户口簿如此")
    decide, review = reverse("quality_decide", args=[BIRTH]), reverse("quality_review")
    assert "户口簿如此" in read(browsers["sun"], review)

    def decided(decision: str, note: str) -> str:
        shown = tokens(browsers["sun"], review)
        given = {"token": shown, "decision": decision, "note": note}
        return body(browsers["sun"].post(decide, given, follow=True))  # type: ignore[arg-type]

    assert "退回须写明理由" in decided("return", "")
    assert "已退回 1 条" in decided("return", "请附照片")
    assert "请附照片" in read(browsers["zhao"], reverse("quality"))
    answer(browsers["zhao"], BIRTH, tokens(browsers["zhao"], of(BIRTH)), kind="evidence", note="附")
    assert "已认可 1 条" in decided("accept", "")

    assert tokens(browsers["zhao"], of(BIRTH)) == []
    history = read(browsers["zhao"], of(BIRTH, standing="accepted"))
    assert "以前的答复" in history
    assert "户口簿如此" in history


@pytest.mark.usefixtures("clean")
def test_the_slower_of_two_is_told(browsers: Browse) -> None:
    chosen = tokens(browsers["zhao"], of(BIRTH))
    answer(browsers["zhao"], BIRTH, chosen)

    told = body(answer(browsers["sun"], BIRTH, chosen, note="镇里代答"))

    assert "刚被别人答复" in told
    assert ">镇里代答</textarea>" in told
    assert Answer.objects.get().answered_by.username == "zhao"


@pytest.mark.parametrize(
    "address",
    ["/quality/nothing/", of(BIRTH, school="x"), of(BIRTH, school="٣"),
     of(BIRTH, standing="all")],
)  # fmt: skip
def test_an_address_that_does_not_exist_is_answered_in_words(
    browsers: Browse, address: str
) -> None:
    assert browsers["wang"].get(address).status_code == 404


@pytest.mark.parametrize("view", ["quality_answer", "quality_decide"])
def test_what_writes_is_not_asked_for_by_a_link(browsers: Browse, view: str) -> None:
    assert browsers["wang"].get(reverse(view, args=[BIRTH])).status_code == 405
    if view == "quality_answer":
        answered = browsers["wang"].post(reverse(view, args=[BIRTH]), {"kind": "no"})
        assert answered.status_code == 404


# The budget of queries, and the command


def count_queries(ask: Callable[[], HttpResponse]) -> int:
    ask()
    with CaptureQueriesContext(connections["default"]) as counted:
        assert ask().status_code == 200
    return len(counted)


def test_lists_run_no_query_for_each_row_and_the_first_page_runs_no_check(
    browsers: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = count_queries(lambda: browsers["li"].get(of(BIRTH)))
    many = count_queries(lambda: browsers["wang"].get(of(PHONE)))
    monkeypatch.setattr(evaluate, "run", None)

    assert many <= one + 1
    assert count_queries(lambda: browsers["wang"].get(reverse("quality"))) <= 14
    assert count_queries(lambda: browsers["wang"].get(reverse("overview"))) <= 17


def counted(page: str) -> bool:
    """Tell whether the desk's line of the menu has a number."""
    line = page[page.index(f'href="{reverse("quality")}"') :].split("</a>")[0]
    return 'title="待处理"' in line


def test_the_menu_shows_no_number_rather_than_an_old_one(district: World, browsers: Browse) -> None:
    read(browsers["wang"], reverse("quality"))
    assert counted(read(browsers["wang"], reverse("schools")))

    world.grant(district.city_school, "caring", "district", date(2025, 1, 1))

    assert not counted(read(browsers["wang"], reverse("schools")))
    assert context.MenuItem("", "", False).to_do == 0


def test_the_command_counts_and_lists_a_school(
    district: World, browsers: Browse, capsys: pytest.CaptureFixture[str]
) -> None:
    to_do = queries.summary(act(district.li).viewer, on=ON).to_do

    main(["quality", "--on", "2025-12-31"])
    counts = capsys.readouterr().out
    main(["quality", "--on", "2025-12-31", "--school", "崮山小学"])
    listed = capsys.readouterr().out
    main(["quality", "--on", "2025-12-31", "--json"])
    data = json.loads(capsys.readouterr().out)

    assert "学生出生日期与身份证件号不一致" in counts
    assert f"待处理 {to_do} 条" in listed
    for person in OF_ZHAOS_SCHOOL:
        assert person not in listed
    assert {item["school"] for item in data} >= {"崮山小学", "松徐小学"}
    assert BOY not in json.dumps(data)
    assert TrailEntry.objects.latest("sequence").username.startswith("命令行")


def test_a_school_that_nobody_knows_is_answered_with_those_that_look_alike(
    browsers: Browse, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["quality", "--on", "2025-12-31", "--school", "崮山"])

    assert left.value.code == 2
    assert "是不是想查：崮山小学？" in capsys.readouterr().err
