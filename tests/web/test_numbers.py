"""Finding people by a whole number, which never stands in an address; and lists without search."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gengdu.board import palette
from gengdu.board.views import NUMBER_ASKED
from gengdu.records import sheets
from gengdu.registers.pupils.models import PupilRecord
from gengdu.registers.staff.models import StaffRecord
from gengdu.web.models import SavedView
from gengdu.web.sheets.numbers import is_number
from tests.tokens import program
from tests.web.children import text
from tests.web.reading import Page
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

LIST, SEARCH, JSON = (reverse(name) for name in ("pupils_list", "search", "search_json"))
NUMBER = "37100220160301005X"
FULL_WIDTH = "".join(chr(ord(letter) + 0xFEE0) for letter in NUMBER)
UNSEARCHED = [item.key for item in sheets.registers() if not item.is_searched]


@pytest.fixture(autouse=True)
def child(district: World, db: None) -> int:
    """宫一 of Zhao's school, whose identity number is known."""
    PupilRecord.objects.filter(name="宫一").update(identity_number=NUMBER)
    return PupilRecord.objects.get(name="宫一").pupil_id


def names(client: Client, address: str) -> list[str]:
    """Return who is on the list at an address."""
    context = client.get(address).context
    assert context["total"] == len(context["rows"])
    return [row.cells[1] for row in context["rows"]]


def sent(client: Client, **data: str) -> str:
    """Send the form of the list, and return the address that it leads to."""
    response = client.post(f"{LIST}?on={ON}", data)
    assert response.status_code == 302
    return response.headers["Location"]


def test_the_form_sends_a_number_in_its_body(as_wang: Client) -> None:
    page = text(as_wang.get(LIST))

    assert f'<form class="querybar no-print" method="post" action="{LIST}?' in page


@pytest.mark.parametrize(
    "typed",
    [NUMBER, NUMBER.lower(), " 371002 20160301 005X ", FULL_WIDTH],
)
def test_a_number_finds_its_child_and_stands_in_no_address(
    as_wang: Client, child: int, typed: str
) -> None:
    address = sent(as_wang, q=typed)

    assert address == f"{LIST}?found={child}&on={ON}"
    assert names(as_wang, address) == ["宫一"]
    assert NUMBER not in text(as_wang.get(address))


@pytest.mark.parametrize("typed", [NUMBER, NUMBER[:-2], "G" + NUMBER, "13812345678"])
def test_a_number_in_an_address_is_taken_out_of_it(as_wang: Client, typed: str) -> None:
    response = as_wang.get(LIST, {"q": typed, "sort": "-name", "known": "2026-01-01"})

    assert response.status_code == 302
    assert typed not in response.headers["Location"]
    assert "sort=-name" in response.headers["Location"]
    assert "known=2026-01-01" in response.headers["Location"]


def test_a_number_that_finds_nobody_says_so(as_wang: Client) -> None:
    address = sent(as_wang, q=NUMBER[:-1] + "1")

    assert "found=-" in address
    assert "没有符合条件的记录" in text(as_wang.get(address))


def test_a_name_is_asked_for_in_the_address_as_ever(as_wang: Client) -> None:
    assert (
        sent(as_wang, q="宫一", f_sex="女")
        == f"{LIST}?f_sex=%E5%A5%B3&q=%E5%AE%AB%E4%B8%80&on={ON}"
    )
    assert sent(as_wang, q="") == f"{LIST}?view=0&on={ON}"


def test_what_was_found_is_filtered_sorted_paged_exported_and_changed_together(
    as_wang: Client, child: int
) -> None:
    found = sent(as_wang, q=NUMBER)
    narrowed = sent(as_wang, found=str(child), f_stage="preschool")
    page = as_wang.get(found)
    links = [link for link in Page(text(page)).links if link.query.get("found")]

    assert names(as_wang, narrowed) == []
    assert "f_stage=preschool" in narrowed
    assert {link.path for link in links} == {"", reverse("pupils_export")}
    assert f'<input type="hidden" name="found" value="{child}">' in text(page)
    bulk = as_wang.get(reverse("pupils_bulk"), {"found": str(child), "all": "1"})
    assert bulk.context["count"] == 1
    export: Any = as_wang.get(reverse("pupils_export"), {"found": str(child)})
    assert "_1.xlsx" in export.headers["Content-Disposition"] or export.status_code == 200
    export.close()


def test_a_new_search_forgets_what_a_number_found(as_wang: Client, child: int) -> None:
    assert names(as_wang, sent(as_wang, q="丛", found=str(child))) == [
        "丛一",
        "丛三",
        "丛二",
        "丛四",
    ]


@pytest.mark.parametrize("typed", ["1,,x", "-", "9" * 40, "1;drop", "\uff11"])
def test_what_is_no_list_of_ids_finds_nothing_amiss(as_wang: Client, typed: str) -> None:
    assert as_wang.get(LIST, {"found": typed}).context["total"] <= 1


def test_li_finds_no_child_of_another_school_by_number_or_id(as_li: Client, child: int) -> None:
    assert "found=-" in sent(as_li, q=NUMBER)
    assert names(as_li, f"{LIST}?found={child}") == []


def test_a_view_never_keeps_whom_a_number_found(as_wang: Client, child: int) -> None:
    as_wang.post(reverse("pupils_views"), {"name": "女生", "f_sex": "女", "found": str(child)})

    assert SavedView.objects.get().query == {"f_sex": "女"}


def test_staff_are_found_by_telephone_in_the_same_way(as_wang: Client) -> None:
    someone = StaffRecord.objects.filter(superseded_at=None).first()
    assert someone is not None
    StaffRecord.objects.filter(pk=someone.pk).update(phone="13812345678")

    response = as_wang.post(reverse("staff_list"), {"q": "138 1234 5678"})

    assert response.headers["Location"].endswith(f"?found={someone.staff_id}")


@pytest.mark.parametrize("ask", ["get", "post"])
def test_the_search_of_all_pages_shows_a_number_once_and_by_no_address(
    as_wang: Client, ask: str
) -> None:
    response = getattr(as_wang, ask)(SEARCH, {"q": NUMBER})
    shown, again = text(as_wang.get(SEARCH)), text(as_wang.get(SEARCH))

    assert response.headers["Location"] == SEARCH
    assert "宫一" in shown
    assert f'href="{reverse("pupils_detail", args=[1])}"'.split("1")[0] in shown
    assert NUMBER_ASKED not in as_wang.session
    assert "宫一" not in again


def test_other_words_are_searched_for_by_address(as_wang: Client) -> None:
    response = as_wang.post(f"{SEARCH}?on={ON}", {"q": "崮山"})

    assert response.headers["Location"] == f"{SEARCH}?on={ON}&q=%E5%B4%AE%E5%B1%B1"


def test_the_palette_sends_what_is_typed_in_the_body(as_wang: Client) -> None:
    groups = as_wang.post(JSON, {"q": NUMBER}).json()["groups"]

    assert [hit["label"] for group in groups for hit in group["hits"]] == ["宫一"]
    assert NUMBER not in str(groups)


def test_whoever_shares_a_number_with_many_leads_to_a_list_without_it(
    as_wang: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(palette, "HITS_PER_GROUP", 1)
    StaffRecord.objects.update(phone="13812345678")

    (group,) = as_wang.post(JSON, {"q": "13812345678"}).json()["groups"]

    assert "found=" in group["more"]
    assert "138" not in group["more"].split("found=")[0]
    assert as_wang.get(group["more"]).context["total"] > len(group["hits"])


@pytest.mark.parametrize("words", ["宫一", "gongyi", "2025-09", "一年级3班", "G1", ""])
def test_names_and_short_numbers_are_no_numbers_of_people(words: str) -> None:
    assert not is_number(words)


# Registers in which there is nothing to look for


def test_some_registers_are_not_searched() -> None:
    assert set(UNSEARCHED) == {"classes", "facilities", "county"}


@pytest.mark.parametrize("key", UNSEARCHED)
def test_a_list_that_cannot_be_searched_has_no_box_and_finds_nothing(
    as_wang: Client, key: str
) -> None:
    address = reverse(f"{key}_list")

    plain, asked = text(as_wang.get(address)), as_wang.get(address, {"q": "崮山"})

    assert 'id="q" name="q"' not in plain
    assert asked.context["total"] == 0
    assert "没有可以查找文字的列" in text(asked)


def test_the_api_refuses_a_search_where_there_is_none(district: World) -> None:
    answer = program(district.wang).get("/registers/classes/", {"q": "崮山"})

    assert answer.status_code == 422
    assert "没有可以查找文字的列" in answer.content.decode()
