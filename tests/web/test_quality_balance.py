"""The pages of 优质均衡: items, the form, and what was locked."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from gengdu.chapters.delivery.evaluation.ledger import STATEMENTS
from gengdu.chapters.delivery.evaluation.models import LockedEvaluation
from tests.conftest import signed_in
from tests.ledgers import act, new, prove
from tests.web.reading import Page
from tests.world import ON, World

pytestmark = [
    pytest.mark.xdist_group("pages"),
    pytest.mark.django_db(databases=["default", "trail"]),
]


@pytest.fixture
def wang(district: World, db: None) -> Client:
    return signed_in(district.wang)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    page: str = response.content.decode()
    Page(page)  # every element is closed
    return page


def test_every_item_has_its_line_and_its_page(wang: Client) -> None:
    response = wang.get(reverse("quality_balance_items"))
    page = Page(response.content.decode())

    links = [one.href for one in page.links if "/quality-balance/items/" in one.href]
    assert len({one.split("?")[0] for one in links}) >= 31
    for address in dict.fromkeys(links):
        assert wang.get(address).status_code == 200, address


def test_the_reading_that_holds_is_said(wang: Client) -> None:
    assert "按城区、镇区读" in text_of(wang, reverse("quality_balance_item", args=["g13"]))
    assert "按学生数加权" in text_of(wang, reverse("quality_balance_items"))


def test_the_page_of_a_veto_says_that_it_did_not_happen(district: World, wang: Client) -> None:
    item = new(STATEMENTS, district.wang, subject="v1", conclusion="符合", year=str(ON.year))
    prove(item)
    for decision in ("submit", "pass"):
        act(STATEMENTS, district.wang, decision, item)

    page = text_of(wang, reverse("quality_balance_item", args=["v1"]))

    assert "● 未发生" in page
    assert "符合" not in page.split("<h1>")[1].split("各校")[0]


READINGS = "nearby=2&retention=2&arts_rooms=2&coefficient=2"


def test_a_reading_of_the_address_is_shown_said_to_differ_and_kept_by_links(wang: Client) -> None:
    page = text_of(wang, f"{reverse('quality_balance_items')}?{READINGS}")

    assert page.count("现按所选口径显示") == 4
    assert "读法：按小学、初中读" in page
    assert "按另一口径" in page
    links = [one.href for one in Page(page).links if "/quality-balance/items/" in one.href]
    assert links
    assert all("nearby=2" in one for one in links)


@pytest.mark.parametrize("address", ["quality_balance", "quality_balance_items"])
def test_what_is_set_is_not_said_to_differ(wang: Client, address: str) -> None:
    page = text_of(wang, f"{reverse(address)}?nearby=1&coefficient=1")

    assert "现按所选口径显示" not in page


@pytest.mark.parametrize("wrong", ["3", "0", "x", "\uff11", "1;2", "9" * 400])
def test_a_reading_that_there_is_not_is_told_and_the_setting_shown(
    wang: Client, wrong: str
) -> None:
    address = reverse("quality_balance_item", args=["g13"])
    page = wang.get(address, {"nearby": wrong}).content.decode()

    assert "没有编号为" in page
    assert "读法" in page
    assert "按城区、镇区读" in page
    assert "现按所选口径显示" not in page


def test_the_form_and_what_is_locked_go_by_the_settings(wang: Client) -> None:
    form = reverse("quality_balance_form")
    content = [
        b"".join(wang.get(address).streaming_content)  # type: ignore[attr-defined]
        for address in (form, f"{form}?{READINGS}")
    ]
    assert _cells(content[0]) == _cells(content[1])

    wang.post(f"{reverse('quality_balance_lock')}?{READINGS}", {"reason": "上报"})
    locked = json.loads(LockedEvaluation.objects.get().content)
    readings = {one["key"]: one["reading"] for one in locked["items"]}
    assert readings["g13"].startswith("按城区、镇区读")


def _cells(content: bytes) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell.value for sheet in book for row in sheet for cell in row]


def test_an_item_that_is_not_listed_is_no_page(wang: Client) -> None:
    assert wang.get(reverse("quality_balance_item", args=["g99"])).status_code == 404


def test_the_form_is_downloaded_for_the_day_of_the_page(wang: Client) -> None:
    response = wang.get(reverse("quality_balance_form"))

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert book["表Ⅱ-2"]["B4"].value
    assert "attachment" in response["Content-Disposition"]


def test_the_bureau_locks_compares_and_gets_the_reported_form_again(wang: Client) -> None:
    wang.post(reverse("quality_balance_lock"), {"reason": "上报"})
    row = LockedEvaluation.objects.get()

    assert "上报" in text_of(wang, reverse("quality_balance_locked"))
    assert "现在已知的数与上报的完全相同" in text_of(
        wang, reverse("quality_balance_compared", args=[row.pk])
    )
    response = wang.get(reverse("quality_balance_locked_form", args=[row.pk]))
    assert b"".join(response.streaming_content) == bytes(row.form)  # type: ignore[attr-defined]


def test_a_lock_without_a_reason_says_what_to_do(wang: Client) -> None:
    response = wang.post(reverse("quality_balance_lock"), {"reason": " "}, follow=True)

    assert "没有写明理由" in response.content.decode()
    assert not LockedEvaluation.objects.exists()


def test_a_head_looks_at_all_of_it_and_locks_nothing(district: World, wang: Client) -> None:
    wang.post(reverse("quality_balance_lock"), {"reason": "上报"})
    li = signed_in(district.li)

    assert 'name="reason"' not in li.get(reverse("quality_balance_locked")).content.decode()
    assert li.post(reverse("quality_balance_lock"), {"reason": "上报"}).status_code == 403
    assert li.get(reverse("quality_balance_items")).status_code == 200
