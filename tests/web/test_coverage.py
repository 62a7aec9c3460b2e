"""The coverage page of a ledger over the small world: numbers, filters, rights, export, links."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gengdu.documents.reading import read_rows
from gengdu.records.ledgers import Ledger, ledgers
from gengdu.registers.places.models import PlaceRecord
from tests import world
from tests.conftest import signed_in
from tests.web.reading import Page
from tests.world import World, grant

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

TITLES, PLANS = reverse("campus_titles_coverage"), reverse("school_plans_coverage")
STATIONS = reverse("family_stations_coverage")
COVERING = [ledger for ledger in ledgers() if ledger.coverage is not None]
every_covering = pytest.mark.parametrize("ledger", COVERING, ids=lambda one: one.key)


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def sheet(client: Client, address: str, **asked: object) -> Any:
    return client.get(address, asked).context["sheet"]


def listed(client: Client, address: str, **asked: object) -> list[str]:
    return [line.unit.name for line in sheet(client, address, **asked).lines]


def pins(client: Client, address: str, **asked: object) -> list[str]:
    page = text(client.get(address, asked))
    holder = page.split('<script id="map-data" type="application/json">')
    if len(holder) == 1:
        return []
    return [pin["name"] for pin in json.loads(holder[1].split("</script>")[0])["schools"]]


def exported(folder: Path, client: Client, address: str, **asked: object) -> list[list[Any]]:
    response: Any = client.get(address + "export/", asked)
    assert response.status_code == 200
    file = folder / "coverage.xlsx"
    file.write_bytes(b"".join(response.streaming_content))
    return [list(row) for _number, row in read_rows(file)]


# What it shows


@every_covering
@pytest.mark.parametrize("who", ["wang", "sun", "li"])
def test_every_coverage_opens_for_everybody_on_any_day(
    district: World, ledger: Ledger, who: str
) -> None:
    client = signed_in(getattr(district, who))
    address = reverse(f"{ledger.key}_coverage")

    for asked in ({}, {"on": "2000-01-01"}, {"on": "2100-01-01"}, {"known": "2025-06-09"},
                  {"of": "all", "standing": "uncovered"}, {"of": "x", "town": "x", "level": "x",
                   "column": "x", "standing": "x", "page": "x"}):  # fmt: skip
        page = Page(text(client.get(address, asked)))
        assert len(page.headings) == 1
        assert str(ledger.label) in page.headings[0]


def test_the_page_tells_how_many_and_who_is_missing(as_wang: Client) -> None:
    page = text(as_wang.get(PLANS))

    assert Page(page).big[:2] == ["2 / 3", "66.7%"]
    assert "列入乡村学校名单的学校和幼儿园" in page
    assert listed(as_wang, PLANS, standing="uncovered") == ["泊于幼儿园"]
    assert listed(as_wang, PLANS, standing="missing") == []


def test_filters_narrow_numbers_lines_and_columns(district: World, as_wang: Client) -> None:
    found = sheet(as_wang, TITLES, column="reading", town=district.boyu.pk)

    assert list(found.columns) == ["reading"]
    assert (found.covered.tally.covered, found.covered.tally.needed) == (0, 2)
    assert listed(as_wang, TITLES, column="reading", level="city") == [
        "崮山小学", "泊于幼儿园", "松徐小学",
    ]  # fmt: skip
    assert listed(as_wang, TITLES, column="reading", level="city", standing="valid") == ["崮山小学"]


def test_what_is_valid_leads_to_its_entry(as_wang: Client) -> None:
    page = Page(text(as_wang.get(PLANS)))
    entries = [link for link in page.links if "有效" in link.text and "/registers/" in link.path]

    assert len(entries) == 2
    for link in entries:
        assert as_wang.get(link.href).status_code == 200


def test_words_and_signs_tell_what_colours_do(as_wang: Client) -> None:
    page = text(as_wang.get(TITLES))

    for word in ("● <span", "✕ 缺少", "△ <span"):
        assert word in page


def test_the_day_and_the_knowledge_asked_for_are_kept(as_wang: Client) -> None:
    page = Page(text(as_wang.get(PLANS, {"on": "2025-12-31", "known": "2025-06-09"})))
    inside = [link for link in page.links if link.path.startswith("/registers/")]

    assert inside
    by_now = [link.text for link in inside if link.query.get("known") != "2025-06-09"]
    assert by_now == ["改按现在已知"]
    assert page.big[0] == "1 / 3"


def test_villages_have_no_points_and_are_laid_out_by_town(as_wang: Client) -> None:
    page = text(as_wang.get(STATIONS))

    assert "公开数据里没有村居的坐标" in page
    assert "map-data" not in page
    assert page.count("<li><a") == 4


def test_schools_stand_on_the_map_and_those_without_a_point_are_named(as_wang: Client) -> None:
    assert pins(as_wang, PLANS) == ["崮山小学", "松徐小学"]
    assert "没有登记坐标、图上没有的" in text(as_wang.get(PLANS))
    assert pins(as_wang, PLANS, standing="uncovered") == []


def test_whoever_sees_no_village_is_told_so(as_li: Client) -> None:
    assert "在您的查看范围内没有各镇村居" in text(as_li.get(STATIONS))


# A new entry for whoever is missing


def new_links(client: Client, address: str) -> list[Any]:
    page = Page(text(client.get(address)))
    return [link for link in page.links if link.path.endswith("/new/")]


def test_a_missing_entry_is_begun_with_school_and_kind_filled_in(
    district: World, as_li: Client
) -> None:
    links = new_links(as_li, TITLES)

    assert [(link.query["school"], link.query["kind"]) for link in links] == [
        (str(district.li_school.pk), "civility"), (str(district.li_school.pk), "caring"),
    ]  # fmt: skip
    fields = {
        field["name"]: field["value"]
        for _part, group in as_li.get(links[0].href).context["form"].groups()
        for field in group
    }
    assert (fields["school"], fields["kind"]) == ("崮山小学", "文明校园")


@pytest.mark.parametrize("school", ["²", "9" * 5000, "999", "无此学校"])
def test_a_school_that_is_none_begins_the_form_without_one(as_wang: Client, school: str) -> None:
    response = as_wang.get(reverse("campus_titles_new"), {"school": school, "kind": "castle"})
    assert response.status_code == 200
    assert "school" not in response.context["form"]._initial


def test_what_has_ended_is_continued(district: World, as_wang: Client) -> None:
    ended = [link for link in new_links(as_wang, TITLES) if "from" in link.query]

    assert [link.query["kind"] for link in ended] == ["reading"]
    assert ended[0].text == "续填"
    assert as_wang.get(ended[0].href).status_code == 200


def test_nobody_is_offered_what_they_may_not_write(district: World, as_wang: Client) -> None:
    inspector = signed_in(world.account("duxue", "督学", "inspector", "district", None))

    assert new_links(inspector, TITLES) == []
    assert new_links(as_wang, f"{TITLES}?known=2025-12-01") == []


# Rights


@pytest.mark.parametrize(
    ("who", "own"), [("sun", ["泊于幼儿园", "松徐小学"]), ("zhao", ["松徐小学"])]
)
def test_another_towns_schools_are_nowhere_on_the_page_the_map_or_in_the_file(
    district: World, tmp_path: Path, who: str, own: list[str]
) -> None:
    client = signed_in(getattr(district, who))
    of_gushan = {"of": "all", "town": district.gushan.pk}

    for asked in ({}, {"of": "all"}, of_gushan, {"of": "all", "known": "2025-12-30"}):
        page = text(client.get(PLANS, asked))
        rows = exported(tmp_path, client, PLANS, **asked)
        assert "崮山小学" not in page
        assert "崮山镇" not in page
        assert "崮山小学" not in pins(client, PLANS, **asked)
        assert not any("崮山小学" in map(str, row) for row in rows)
    assert listed(client, PLANS) == own
    assert set(pins(client, PLANS)) <= set(own)


def test_a_town_sees_its_own_villages_alone(district: World, as_sun: Client) -> None:
    assert listed(as_sun, STATIONS, of="all") == ["泊于村", "松徐家村"]


# The file


def test_the_file_holds_exactly_what_is_listed(
    district: World, as_wang: Client, tmp_path: Path
) -> None:
    asked = {"column": "reading", "standing": "uncovered"}
    head, *rows = exported(tmp_path, as_wang, TITLES, **asked)

    assert head == ["镇街", "学校", "书香校园", "书香校园级别", "书香校园有效期至"]
    assert [row[1] for row in rows] == listed(as_wang, TITLES, **asked)
    assert rows[0][:3] == ["泊于镇", "泊于幼儿园", "已到期"]
    assert str(rows[0][4]).startswith("2025-08-31")


# What it costs


def queries_of(ask: Callable[[], HttpResponse]) -> int:
    ask()
    with CaptureQueriesContext(connections["default"]) as queries:
        assert ask().status_code == 200
    return len(queries)


@every_covering
@pytest.mark.parametrize("who", ["wang", "sun"])
def test_more_schools_and_villages_cost_no_more_queries(
    district: World, ledger: Ledger, who: str
) -> None:
    client = signed_in(getattr(district, who))
    address = reverse(f"{ledger.key}_coverage")
    few = queries_of(lambda: client.get(address))
    village = PlaceRecord.objects.get(name="泊于村").place
    for number in range(6):
        added = world.school(f"新{number}小学", "primary", village, at=(37.3, 122.3))
        grant(added, "green", "city", date(2024, 1, 1))
        world.place("village", f"37107210529{number}", f"新{number}村", district.boyu)

    assert queries_of(lambda: client.get(address)) == few


# Ways there


def test_the_list_the_measure_and_the_chapter_lead_to_the_coverage(as_wang: Client) -> None:
    pages = (
        reverse("campus_titles_list"), reverse("measure", args=[2]),
        reverse("chapter", args=["moral_education"]),
    )  # fmt: skip
    for address in pages:
        links = Page(text(as_wang.get(address))).links
        assert TITLES in {link.path for link in links}, address
        assert reverse("campus_titles_list") in {link.path for link in links}, address


def test_a_measure_tells_of_its_ledgers_what_their_pages_tell(as_wang: Client) -> None:
    lines = as_wang.get(reverse("measure", args=[1])).context["ledgers"]
    plans = next(line for line in lines if line.ledger.key == "school_plans")

    assert [line.ledger.measure for line in lines] == [1, 1, 1]
    assert (plans.valid, plans.waiting, plans.uncovered, plans.needed) == (2, 1, 1, 3)


def test_an_auditor_reads_the_plan_and_meets_no_ledger(district: World) -> None:
    auditor = signed_in(world.account("audit", "审计员", "auditor", "district", None))

    for address in (reverse("measure", args=[2]), reverse("chapter", args=["moral_education"])):
        links = Page(text(auditor.get(address))).links
        assert not any("/registers/" in link.path for link in links)
    groups = auditor.get(reverse("search_json"), {"q": "校园称号"}).json()["groups"]
    assert "台账" not in [group["title"] for group in groups]


def test_ledgers_and_their_coverage_are_found_by_a_few_letters(as_wang: Client) -> None:
    groups = as_wang.get(reverse("search_json"), {"q": "xych"}).json()["groups"]
    assert groups == []

    groups = as_wang.get(reverse("search_json"), {"q": "yixiaoyian"}).json()["groups"]
    hits = next(group["hits"] for group in groups if group["title"] == "台账")
    assert [hit["label"] for hit in hits] == ["一校一案方案", "一校一案方案覆盖情况"]
    assert all(as_wang.get(hit["url"]).status_code == 200 for hit in hits)
