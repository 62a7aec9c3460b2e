"""The pages over the small world: everybody gets what is theirs, and every number opens.

SQL per page is frozen in query_counts.json; `WRITE_QUERY_COUNTS=1 pytest tests/web/test_pages.py`
writes it anew, and the difference is then seen in review.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gengdu.analytics import cards
from gengdu.analytics.run import Moment
from gengdu.board import presentation, queries
from gengdu.chapters.moral_education.models import SchoolPlan
from gengdu.policy import facts
from tests import world
from tests.conftest import signed_in
from tests.web.reading import Link, Page
from tests.world import ON, World

QUERY_COUNTS = Path(__file__).with_name("query_counts.json")
PROMISES = facts.plan().promises
ABOUT_PEOPLE = [card for card in cards.cards().values() if card.sensitivity != "open"]
DAYS = ("2000-01-01", "2022-08-31", "2100-01-01")

Browse = dict[str, Client]
# One worker builds the world and computes its numbers, not each.
pytestmark = pytest.mark.xdist_group("pages")


@pytest.fixture(scope="module")
def browsers(district: World) -> Browse:
    """A browser for each person, signed in once."""
    people = (district.wang, district.li, district.zhao, district.sun)
    return {account.username: signed_in(account) for account in people}


def body(response: HttpResponse) -> str:
    return response.content.decode()


def read(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return Page(body(response))


def addresses(district: World) -> Iterator[str]:
    """Every kind of page, and each page of the plan."""
    plan = facts.plan()
    yield from (reverse(name) for name in ("overview", "indicators", "schools"))
    yield from (reverse("chapter", args=[chapter.key]) for chapter in plan.chapters)
    yield from (reverse("measure", args=[measure.number]) for measure in plan.measures)
    yield from (reverse("target", args=[promise.name]) for promise in plan.promises)
    trends = (card for card in cards.cards().values() if card.compared_with is None)
    yield from (reverse("indicator", args=[card.name]) for card in trends)
    yield reverse("records", args=["green_share"])
    yield reverse("standard", args=["settings.small_count"])
    everyone = (*district.schools, district.closed_school)
    yield from (reverse("school", args=[school.pk]) for school in everyone)


# Everybody


def test_every_page_opens_for_the_town(district: World, browsers: Browse) -> None:
    """Li follows every link in a test of his own, and Wang opens each target, below."""
    for address in addresses(district):
        page = read(browsers["sun"], address)
        assert len(page.headings) == 1, address
        assert page.headings[0], address


@pytest.mark.parametrize("day", DAYS)
def test_pages_open_on_any_day(district: World, browsers: Browse, day: str) -> None:
    for address in (
        reverse("overview"),
        reverse("measure", args=[11]),
        reverse("target", args=["goals.degree_ratio"]),
        reverse("target", args=["goals.rural_satisfaction"]),
        reverse("indicators"),
        reverse("schools"),
        reverse("records", args=["small_school_increase"]),
    ):
        response = browsers["wang"].get(address, {"on": day})
        assert response.status_code == 200, address
        assert f'value="{day}"' in body(response)
        assert "alert-warning" not in body(response)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2025-02-30", "“2025-02-30”不是有效日期"),
        ("yesterday", "“yesterday”不是有效日期"),
        ("1999-12-31", "1999-12-31 超出可查的范围"),
        ("2100-01-02", "2100-01-02 超出可查的范围"),
        ("<b>", "“&lt;b&gt;”不是有效日期"),
    ],
)
def test_a_wrong_day_is_told_and_the_usual_one_shown(
    browsers: Browse, asked: str, told: str
) -> None:
    text = body(browsers["wang"].get(reverse("schools"), {"on": asked}))

    assert told in text
    assert "现按默认日期显示" in text
    assert 'name="on" type="date" value="2025-12-31"' in text


def test_a_wrong_day_is_told_once(browsers: Browse) -> None:
    first = read(browsers["wang"], f"{reverse('schools')}?on=never")
    second = read(browsers["wang"], reverse("schools"))

    assert len(first.alerts) == 1
    assert second.alerts == []


def test_a_day_asked_for_is_kept_in_every_link_of_a_page(browsers: Browse) -> None:
    page = read(browsers["wang"], f"{reverse('measure', args=[2])}?on=2025-12-31&known=2025-06-09")

    inside = [link for link in page.links if link.path.startswith("/")]
    assert len(inside) > 20
    assert all(link.query.get("on") == "2025-12-31" for link in inside)
    by_now = [link.text for link in inside if link.query.get("known") != "2025-06-09"]
    assert by_now == ["改按现在已知"]


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "rural_satisfaction_share"), (3, "parent_committee_share"), (16, "school_brand_share")],
)
def test_the_page_of_a_measure_shows_its_indicators_without_a_promise(
    browsers: Browse, number: int, name: str
) -> None:
    page = read(browsers["wang"], reverse("measure", args=[number]))

    assert reverse("indicator", args=[name]) in [link.path for link in page.links]


def test_known_changes_the_number_and_says_so(browsers: Browse) -> None:
    address = reverse("target", args=["school_plans.school_plan_share"])

    by_now = browsers["wang"].get(address)
    by_then = browsers["wang"].get(address, {"known": "2025-06-09"})

    assert Page(body(by_now)).big[0] == "66.7%"
    assert Page(body(by_then)).big[0] == "33.3%"
    assert "按 2025-06-09 当天已知的记录计算" in body(by_then)


# Numbers


def test_the_overview_counts_every_promise_once(browsers: Browse) -> None:
    page = read(browsers["wang"], reverse("overview"))
    found = queries.statuses(Moment(ON))

    assert page.headings == [f"{len(found)} 项承诺，兑现到哪一步"]
    linked = {link.path for link in page.links}
    assert {reverse("target", args=[promise.name]) for promise in PROMISES} <= linked


@pytest.mark.parametrize("name", [promise.name for promise in PROMISES])
def test_a_target_page_shows_the_numbers_of_the_status_and_each_opens(
    district: World, browsers: Browse, name: str
) -> None:
    status = queries.status(facts.fact(name), Moment(ON))

    response = browsers["wang"].get(reverse("target", args=[name]))

    page, text = Page(body(response)), body(response)
    assert facts.fact(name).label_zh in page.headings[0]
    assert presentation.word_of(status) in text
    if status.card is None or status.result is None:
        assert page.number_links == []
        return
    assert page.big[0] == presentation.counted(status)
    assert status.card.numerator_zh in text
    of_district = {
        link.href: link
        for link in page.number_links
        if "school" not in link.query and "town" not in link.query
    }
    printed = [link.number for link in of_district.values()]
    for counts in status.result.district.values():
        assert counts.counted in printed
    for link in of_district.values():
        assert read(browsers["wang"], link.href).records == link.number, link.href


@pytest.mark.parametrize(
    "name",
    ["goals.degree_ratio", "digital_campus.class_hundred_share", "vulnerable_children.aid_share",
     "school_siting.small_school_increase"],
)  # fmt: skip
def test_every_number_of_a_school_or_town_opens_into_as_many_records(
    browsers: Browse, name: str
) -> None:
    page = read(browsers["wang"], reverse("target", args=[name]))
    links = {link.href: link for link in page.number_links}

    assert any("school" in link.query for link in links.values())
    assert any("town" in link.query for link in links.values())
    for link in links.values():
        assert read(browsers["wang"], link.href).records == link.number, link.href


def test_the_shortfalls_of_the_overview_open_into_what_does_not_count(browsers: Browse) -> None:
    page = read(browsers["wang"], reverse("overview"))

    assert page.number_links
    for link in page.number_links:
        assert link.query["of"] == "rest"
        assert read(browsers["wang"], link.href).records >= link.number


def test_a_long_list_of_records_is_cut_into_pages_without_losing_any(
    district: World, browsers: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gengdu.board.views.ROWS_PER_PAGE", 2)
    address = f"{reverse('records', args=['green_share'])}?of=rows"

    seen = [read(browsers["wang"], f"{address}&page={number}").records for number in (1, 2)]

    assert seen == [2, 1]
    assert read(browsers["wang"], f"{address}&page=99").records == 1
    assert read(browsers["wang"], f"{address}&page=x").records == 2


# Rights


def records_of(card: str, **query: object) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse('records', args=[card])}?{asked}"


@pytest.mark.parametrize("name", ["li", "sun"])
@pytest.mark.parametrize("card", ABOUT_PEOPLE, ids=lambda card: card.name)
def test_nobody_is_offered_a_link_that_is_not_theirs(
    browsers: Browse, name: str, card: cards.Card
) -> None:
    page = read(browsers[name], reverse("indicator", args=[card.name]))

    for link in page.number_links:
        assert read(browsers[name], link.href).records == link.number, link.href


def test_a_town_opens_the_numbers_of_each_of_its_schools(district: World, browsers: Browse) -> None:
    page = read(browsers["sun"], reverse("indicator", args=["young_leader_share"]))
    own = f"school={district.zhao_school.pk}"

    assert any(own in link.href for link in page.number_links)
    assert not any(f"school={district.li_school.pk}" in link.href for link in page.number_links)


@pytest.mark.parametrize("card", ABOUT_PEOPLE, ids=lambda card: card.name)
def test_a_guessed_address_of_other_peoples_records_is_refused(
    district: World, browsers: Browse, card: cards.Card
) -> None:
    zhaos, own_town = district.zhao_school.pk, district.boyu.pk
    refused = {
        "li": [{}, {"school": zhaos}, {"town": district.gushan.pk}, {"of": "counted"}],
        "sun": [{}, {"town": district.gushan.pk}, {"school": district.li_school.pk}],
        "zhao": [{}, {"school": district.li_school.pk}, {"town": own_town}],
    }

    for name, guesses in refused.items():
        for guess in guesses:
            response = browsers[name].get(records_of(card.name, **guess))
            assert response.status_code == 403, (name, guess)
            assert "没有权限打开这一页" in body(response)
    assert browsers["sun"].get(records_of(card.name, town=own_town)).status_code == 200
    assert browsers["zhao"].get(records_of(card.name, school=zhaos)).status_code == 200


# Names of people who only Zhao, Sun and Wang may read about; heads are known to all.
OF_ZHAOS_SCHOOL = ("宫一", "宫二", "宫三", "吴桐")


def reachable(client: Client, start: str) -> Iterator[tuple[str, str]]:
    """Follow every link from a page and yield what each address answers."""
    waiting, seen = [start], {start}
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        text = body(response)
        yield address, text
        for link in Page(text).links:
            if link.href not in seen and is_worth_following(link):
                seen.add(link.href)
                waiting.append(link.href)


def is_worth_following(link: Link) -> bool:
    """Leave out other sites, other orders, files, and parts of lists open to everybody whole."""
    is_file = (
        link.path.endswith(("/export/", "/template/", "/word/", ".xlsx")) or "word" in link.query
    )
    if not link.href.startswith("/") or "sort" in link.query or is_file:
        return False
    is_part = link.opens_records and ("school" in link.query or "town" in link.query)
    return not is_part or link.path.split("/")[2] in {card.name for card in ABOUT_PEOPLE}


def test_whatever_li_follows_opens_and_never_names_zhaos_people(browsers: Browse) -> None:
    visited = 0
    for address, text in reachable(browsers["li"], reverse("overview")):
        visited += 1
        for person in OF_ZHAOS_SCHOOL:
            assert person not in text, address

    assert visited > 150


def test_zhao_reads_about_the_own_people(district: World, browsers: Browse) -> None:
    text = body(browsers["zhao"].get(records_of("aid_share", school=district.zhao_school.pk)))

    assert "宫一" in text
    assert "宫二" in text


def test_small_counts_of_children_are_hidden_from_those_who_may_not_see_them(
    district: World, browsers: Browse
) -> None:
    """At Zhao's school one of two children was paid; Li must not be able to tell."""
    address = reverse("target", args=["vulnerable_children.aid_share"])

    for_li, for_zhao = (body(browsers[name].get(address)) for name in ("li", "zhao"))

    assert "人数过少，不显示" in for_li
    assert "50%" not in for_li
    assert "50%" in for_zhao


def test_an_auditor_is_offered_no_record_and_no_register(district: World) -> None:
    auditor = world.account("audit", "审计员", "auditor", "district", None)
    try:
        browser = signed_in(auditor)
        pages = [
            read(browser, address)
            for address in (reverse("overview"), reverse("indicator", args=["green_share"]),
                            reverse("target", args=["principals.young_leader_share"]))
        ]  # fmt: skip
        refused = [
            browser.get(address).status_code
            for address in (reverse("schools"), records_of("green_share", of="rows"))
        ]
    finally:
        auditor.delete()

    links = [link for page in pages for link in page.links]
    assert not any(link.opens_records or link.path.startswith("/schools/") for link in links)
    assert refused == [403, 403]


def test_a_role_without_the_permission_is_refused_in_words(district: World) -> None:
    visitor = world.account("visitor", "访客", "visitor", "district", None)
    try:
        response = signed_in(visitor).get(reverse("overview"))
    finally:
        visitor.delete()

    assert response.status_code == 403
    assert "没有权限打开这一页" in body(response)


def test_everybody_is_told_how_far_they_see(browsers: Browse) -> None:
    scopes = {"wang": "全区 · 4 所学校", "sun": "泊于镇 · 2 所学校", "li": "崮山小学"}

    for name, scope in scopes.items():
        assert scope in body(browsers[name].get(reverse("schools")))


# Schools


def test_the_list_of_schools_is_filtered_as_asked(district: World, browsers: Browse) -> None:
    def listed(**query: object) -> set[str]:
        text = body(browsers["wang"].get(reverse("schools"), query))
        return {
            link.text
            for link in Page(text).links
            if link.path.startswith("/schools/") and link.text != "学校"
        }

    every = {"崮山小学", "松徐小学", "泊于幼儿园", "皇冠小学"}
    assert every <= listed()
    assert listed(q="松徐") & every == {"松徐小学"}
    assert listed(category="kindergarten") & every == {"泊于幼儿园"}
    assert listed(town=district.gushan.pk) & every == {"崮山小学"}
    assert listed(rural="False") & every == {"皇冠小学"}
    assert listed(on="2022-08-31") & (every | {"旧泊于小学"}) == every | {"旧泊于小学"}


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "password"},
        {"sort": "-name; drop table schools_school"},
        {"category": "castle"},
        {"town": "x"},
        {"page": "999"},
        {"page": "x"},
        {"q": "<script>alert(1)</script>"},
    ],
)
def test_a_query_made_up_by_hand_breaks_nothing(browsers: Browse, query: dict[str, str]) -> None:
    response = browsers["wang"].get(reverse("schools"), query)

    assert response.status_code in (200, 404)
    assert "<script>alert" not in body(response)


def test_a_school_that_was_merged_away_says_so_and_names_its_successor(
    district: World, browsers: Browse
) -> None:
    response = browsers["wang"].get(reverse("school", args=[district.closed_school.pk]))

    assert "已撤销或并入他校" in body(response)
    assert "并入他校：松徐小学" in body(response)
    assert "这一天没有在校生记录" in body(response)
    assert "本校没有计入任何一项" in body(response)


def test_the_successor_remembers_the_merger(district: World, browsers: Browse) -> None:
    text = body(browsers["wang"].get(reverse("school", args=[district.zhao_school.pk])))

    assert "旧泊于小学并入本校" in text


def test_before_it_was_merged_the_school_was_open(district: World, browsers: Browse) -> None:
    address = reverse("school", args=[district.closed_school.pk])

    text = body(browsers["wang"].get(address, {"on": "2022-08-31"}))

    assert "已撤销" not in text
    assert "泊于镇 泊于村" in text


def test_a_school_does_not_exist_before_its_first_day(district: World, browsers: Browse) -> None:
    address = reverse("school", args=[district.li_school.pk])

    assert browsers["wang"].get(address, {"on": "2015-08-31"}).status_code == 404
    assert browsers["wang"].get(address, {"on": "2022-08-31"}).status_code == 200


def test_a_school_page_counts_children_and_staff_by_hand(district: World, browsers: Browse) -> None:
    text = body(browsers["wang"].get(reverse("school", args=[district.zhao_school.pk])))

    assert "四年级" in text
    assert "赵强" in text
    assert "2 人，本科及以上 1 人" in " ".join(text.split())


def test_the_standing_of_a_schools_children_is_shown_to_those_who_may_see_them(
    district: World, browsers: Browse
) -> None:
    address = reverse("school", args=[district.zhao_school.pk])
    promise = facts.fact("vulnerable_children.aid_share").short_zh
    shown_to = {name for name in browsers if promise in body(browsers[name].get(address))}

    assert shown_to == {"wang", "zhao", "sun"}


# Nothing there


def test_records_of_nothing_say_what_is_needed(browsers: Browse) -> None:
    page = read(browsers["wang"], records_of("library_share", of="rows"))

    assert page.records == 0
    assert page.empty == ["没有这样的记录。需要先有：教材单元目录。"]


def test_a_day_before_everything_shows_empty_pages_with_a_way_on(browsers: Browse) -> None:
    schools = read(browsers["wang"], f"{reverse('schools')}?on=2000-01-01")
    target = read(
        browsers["wang"], f"{reverse('target', args=['campus_titles.green_share'])}?on=2000-01-01"
    )

    assert schools.empty == ["没有符合条件的学校。请放宽筛选条件，或点“清除条件”。"]
    assert "还没有足够的历年记录画走势。" in target.empty
    assert target.big[0] == "—"


def test_a_promise_without_a_number_shows_its_judgement_or_asks_for_one(browsers: Browse) -> None:
    written = body(browsers["wang"].get(reverse("target", args=["goals.rural_satisfaction"])))
    missing = body(browsers["wang"].get(reverse("target", args=["goals.teaching_quality"])))

    assert "群众满意度总体稳定。" in written
    assert "还没有书面判断" in missing


@pytest.mark.parametrize(
    "address",
    [
        "/targets/principals.young_leaders/",
        "/targets/principals.young_leader_age/",
        "/targets/settings.small_count/",
        "/measures/21/",
        "/chapters/nowhere/",
        "/indicators/nothing/",
        "/indicators/nothing/records/",
        "/indicators/green_share/records/?of=secrets",
        "/indicators/green_share/records/?part=now",
        "/indicators/green_share/records/?town=x",
        "/indicators/green_share/records/?school=1%20or%201=1",
        "/standards/nothing/",
        "/schools/999999/",
        "/nowhere/",
    ],
)
def test_an_address_that_does_not_exist_is_answered_in_words(
    browsers: Browse, address: str
) -> None:
    response = browsers["wang"].get(address)

    assert response.status_code == 404
    assert "没有这一页" in body(response)


# The way in


def test_the_demo_accounts_are_offered_only_where_the_demo_runs(
    district: World, settings: object
) -> None:
    offered = {}
    for settings.DEMO in (True, False):  # type: ignore[attr-defined]
        offered[settings.DEMO] = "data-fill-password" in body(Client().get(reverse("login")))  # type: ignore[attr-defined]

    assert offered == {True: True, False: False}


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(district: World) -> None:
    wrong = {"username": "wang", "password": "wrong"}
    nobody = {"username": "nobody", "password": "wrong"}

    told = {
        tuple(Page(body(Client().post(reverse("login"), tried))).alerts)
        for tried in (wrong, nobody)
    }

    assert len(told) == 1
    assert "账号或密码不对，没有登录" in told.pop()[0]


def test_signing_in_never_leads_to_another_site(district: World) -> None:
    officer = world.account("ma", "教育分局", "bureau_officer", "district", None)
    officer.set_password(world.PASSWORD)
    officer.save()
    tried = {"username": "ma", "password": world.PASSWORD, "next": "//evil.example/"}

    response = Client().post(reverse("login"), tried)

    assert (response.status_code, response.headers["Location"]) == (302, reverse("overview"))


def test_every_answer_carries_the_content_policy(browsers: Browse) -> None:
    headers = browsers["wang"].get(reverse("schools")).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


# The budget of queries


def frozen_pages(district: World) -> dict[str, str]:
    plan = SchoolPlan.objects.get(school=district.li_school, superseded_at=None)
    return {
        "overview": reverse("overview"),
        "chapter": reverse("chapter", args=["workforce"]),
        "measure": reverse("measure", args=[11]),
        "target": reverse("target", args=["principals.young_leader_share"]),
        "records": records_of("young_leader_share", of="rows"),
        "indicators": reverse("indicators"),
        "evaluation": reverse("quality_balance"),
        "evaluation years": reverse("quality_balance_years"),
        "evaluation items": reverse("quality_balance_items"),
        "locked evaluations": reverse("quality_balance_locked"),
        "preschool": reverse("universal_preschool"),
        "forecasts": reverse("forecasts"),
        "tasks": reverse("tasks"),
        "surveys": reverse("surveys"),
        "path to target": reverse("path_to_target"),
        "changes of admission": reverse("path_to_target_scenarios"),
        "evaluated school": reverse("quality_balance_school", args=[district.li_school.pk]),
        "school list": reverse("schools"),
        "school page": reverse("school", args=[district.li_school.pk]),
        "reminders": reverse("reminders"),
        "approvals": reverse("approvals"),
        "ledger list": reverse("school_plans_list"),
        "ledger coverage": reverse("school_plans_coverage"),
        "entry": reverse("school_plans_detail", args=[plan.item_id]),
        "entry form": reverse("school_plans_new"),
        "entries compared": reverse("school_plans_versus", args=[plan.item_id]),
    }


def count_queries(ask: Callable[[], HttpResponse]) -> int:
    """Return how many statements a page runs once its numbers are in memory."""
    ask()
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["trail"]) as trail,
    ):
        assert ask().status_code == 200
    return len(main) + len(trail)


def test_pages_keep_their_budget_of_queries(district: World, browsers: Browse) -> None:
    counted = {
        name: count_queries(lambda address=address: browsers["wang"].get(address))  # type: ignore[misc]
        for name, address in frozen_pages(district).items()
    }

    if os.environ.get("WRITE_QUERY_COUNTS"):
        QUERY_COUNTS.write_text(json.dumps(counted, indent=2, ensure_ascii=False) + "\n")
    assert counted == json.loads(QUERY_COUNTS.read_text())


def test_a_list_runs_no_query_for_each_of_its_rows(district: World, browsers: Browse) -> None:
    """One more school must not cost one more statement."""
    address = reverse("schools")
    few = count_queries(lambda: browsers["wang"].get(address, {"on": "2025-12-31", "q": "松徐"}))
    many = count_queries(lambda: browsers["wang"].get(address, {"on": "2025-12-31"}))

    assert many <= few + 1


def test_the_default_day_is_the_last_of_the_sample(browsers: Browse) -> None:
    text = body(browsers["wang"].get(reverse("schools")))

    assert f"历史止于 {ON}" in text
    assert date.fromisoformat(text.split('type="date" value="')[1][:10]) == ON
