"""Files of an entry over the web: sent in pieces, looked at, handed out, and only to whom they may.

Zhao must never see what proves an entry of Li's school, nor learn that it is there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.chapters.moral_education.models import SchoolPlan
from gengdu.records.evidence import operations, queries
from gengdu.records.evidence.models import Evidence
from gengdu.records.evidence.operations import Given
from gengdu.records.models import Item, State
from gengdu.web.evidence import blocks
from tests import evidence, files
from tests.conftest import signed_in
from tests.evidence import AID, PLANS, by, plan_of, sent
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

JSON = {"Accept": "application/json"}
CONTENT = {
    "photo": ("家访.jpg", files.photo(900, 600)),
    "paper": ("方案.pdf", files.pdf(3)),
    "table": ("签到.xlsx", files.excel(80)),
    "words": ("总结.docx", files.word(table=[["姓名"], ["丛一"]])),
    "video": ("课堂.mp4", files.video()),
    "note": ("记录.txt", "家访三户".encode()),
    "old": ("旧表.doc", files.old_word()),
}


@pytest.fixture(autouse=True)
def _ledgers(tmp_path: Path) -> Iterator[None]:
    places = {"FILES": tmp_path / "files", "UPLOADS": tmp_path / "uploads"}
    with evidence.declared(), override_settings(**places):
        yield


@pytest.fixture
def plan(district: World, db: None) -> Item:
    return plan_of(district.li_school)


@pytest.fixture
def proof(district: World, plan: Item) -> Any:
    """Add a file to the plan of Li's school and return it."""

    def added(what: str, item: Item = plan) -> Evidence:
        name, body = CONTENT[what]
        given = Given.of_upload(sent(district.li, name, body))
        operations.attach(item, [given], by(district.wang if item != plan else district.li))
        return Evidence.objects.get(item=item, file=given.file, superseded_at=None)

    return added


def post(client: Client, address: str, body: Any) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json", headers=JSON)


def send(client: Client, address: str, offset: int, body: bytes) -> Any:
    return client.generic(
        "POST", f"{address}?offset={offset}", body, content_type="application/octet-stream"
    )


def get(client: Client, page: str, one: Evidence, *more: int, **headers: str) -> Any:
    return client.get(reverse(f"evidence_{page}", args=[one.pk, *more]), headers=headers)


def whole(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_file_is_sent_in_pieces_and_added(as_li: Client, plan: Item) -> None:
    name, body = CONTENT["paper"]
    about = {"ledger": plan.ledger, "item": plan.pk, "name": name, "size": len(body)}
    begun = post(as_li, reverse("evidence_upload_begin"), about)
    assert begun.status_code == 201
    address = begun.json()["url"]

    assert send(as_li, address, 0, body[:500]).json()["received"] == 500
    gap = send(as_li, address, 600, body[600:])
    assert (gap.status_code, gap.json()["wanted"]) == (409, 500)
    assert as_li.get(address).json()["received"] == 500
    send(as_li, address, 500, body[500:])
    done = as_li.post(f"{address}finish/")
    added = post(as_li, reverse("evidence_attach", args=[plan.pk]),
                 {"uploads": [done.json()["id"]]})  # fmt: skip

    assert (done.json()["state"], done.json()["kind"]) == ("done", "pdf")
    assert added.json()["count"] == 1
    assert "方案.pdf" in added.json()["html"]
    assert [one.name for one in queries.of_item(plan)] == ["方案.pdf"]


def test_what_is_refused_is_told_in_a_sentence(as_li: Client, plan: Item) -> None:
    begin = reverse("evidence_upload_begin")
    about = {"ledger": plan.ledger, "item": plan.pk}

    by_name = post(as_li, begin, {**about, "name": "工具.exe", "size": 9})
    begun = post(as_li, begin, {**about, "name": "照片.jpg", "size": 60}).json()
    send(as_li, begun["url"], 0, b"MZ" + bytes(58))
    by_content = as_li.post(f"{begun['url']}finish/")

    assert (by_name.status_code, by_content.status_code) == (422, 422)
    assert "“.exe”" in by_name.json()["error"]
    assert "程序" in by_content.json()["error"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"ledger": 1}', "x" * 70_000])
def test_a_malformed_request_begins_nothing(as_li: Client, plan: Item, body: str) -> None:
    response = as_li.post(reverse("evidence_upload_begin"), body, content_type="application/json")

    assert response.status_code in (400, 404)


@pytest.mark.parametrize("offset", ["", "-1", "x", "9" * 30])
def test_a_malformed_piece_adds_nothing(
    as_li: Client, district: World, plan: Item, offset: str
) -> None:
    upload = evidence.begun(district.li, "方案.pdf", CONTENT["paper"][1])
    address = reverse("evidence_upload", args=[upload.public_id])

    response = as_li.generic("POST", f"{address}?offset={offset}", b"x")

    assert response.status_code in (400, 409)
    assert as_li.get(address).json()["received"] == 0


def test_too_large_a_piece_is_not_read(as_li: Client, district: World, plan: Item) -> None:
    upload = evidence.begun(district.li, "课堂.mp4", bytes(9 * 2**20))
    address = reverse("evidence_upload", args=[upload.public_id])

    assert send(as_li, address, 0, bytes(5 * 2**20)).status_code == 400


def test_nobody_sends_files_who_could_use_none(
    district: World, plan: Item, as_zhao: Client
) -> None:
    begin = reverse("evidence_upload_begin")
    teacher = signed_in(
        evidence.world.account("t", "教师", "teacher", "school", district.li_school.pk)
    )
    about = {"name": "a.pdf", "size": 9}

    assert post(teacher, begin, {**about, "ledger": plan.ledger}).status_code == 404
    assert post(as_zhao, begin, {**about, "ledger": "none"}).status_code == 404
    others = post(as_zhao, begin, {**about, "ledger": plan.ledger, "item": plan.pk})
    assert others.status_code == 404


def test_an_upload_of_somebody_else_is_not_there(
    district: World, plan: Item, as_wang: Client
) -> None:
    upload = evidence.begun(district.li, "方案.pdf", CONTENT["paper"][1])
    address = reverse("evidence_upload", args=[upload.public_id])

    assert as_wang.get(address).status_code == 404
    assert send(as_wang, address, 0, b"x").status_code == 404
    for deed in ("finish/", "drop/"):
        assert as_wang.post(address + deed).status_code == 404
    assert as_wang.get(address + "thumbnail/").status_code == 404


@pytest.mark.parametrize("page", ["page", "file", "thumbnail", "picture"])
def test_evidence_is_there_for_those_who_see_the_entry_and_for_nobody_else(
    proof: Any, as_li: Client, as_wang: Client, as_zhao: Client, as_sun: Client, page: str
) -> None:
    photo = proof("photo")

    assert get(as_li, page, photo).status_code == 200
    assert get(as_wang, page, photo).status_code == 200
    assert get(as_zhao, page, photo).status_code == 404
    assert get(as_sun, page, photo).status_code == 404


def test_an_original_is_saved_and_never_opened_by_the_browser(proof: Any, as_li: Client) -> None:
    for what in CONTENT:
        one = proof(what)
        response = get(as_li, "file", one)

        assert response["Content-Disposition"].startswith("attachment;"), what
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["Cache-Control"] == "private, no-store"
        assert int(response["Content-Length"]) == len(whole(response)) == one.file.size


def test_only_what_we_drew_is_shown_in_the_page(proof: Any, as_li: Client) -> None:
    shown = {
        ("picture", ()): (proof("photo"), "image/jpeg", b"\xff\xd8\xff"),
        ("thumbnail", ()): (proof("photo"), "image/jpeg", b"\xff\xd8\xff"),
        ("pdf_page", (2,)): (proof("paper"), "image/png", b"\x89PNG"),
    }

    for (page, more), (one, media_type, mark) in shown.items():
        response = get(as_li, page, one, *more)
        assert (response["Content-Type"], response["Content-Disposition"]) == (media_type, "inline")
        assert response["Content-Security-Policy"].startswith("sandbox")
        assert whole(response).startswith(mark)


def test_what_is_of_another_kind_has_no_such_page(proof: Any, as_li: Client) -> None:
    photo, paper, note = proof("photo"), proof("paper"), proof("note")

    assert get(as_li, "picture", paper).status_code == 404
    assert get(as_li, "video", photo).status_code == 404
    assert get(as_li, "thumbnail", note).status_code == 404
    for page in (0, 4):
        assert get(as_li, "pdf_page", paper, page).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("", 200, slice(None)),
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
    ],
)
def test_a_video_is_played_from_any_place(
    proof: Any, as_li: Client, asked: str, status: int, part: slice
) -> None:
    body = CONTENT["video"][1]
    headers = {"Range": asked} if asked else {}

    response = get(as_li, "video", proof("video"), **headers)

    assert (response.status_code, whole(response)) == (status, body[part])
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("photo", ["<img", "900 × 600"]),
        ("paper", ["/pages/3/", "3 页"]),
        ("table", ["签到表", "教师49", "只显示前 50 行，表格到第 81 行"]),
        ("words", ["工作总结", "丛一"]),
        ("video", ["<video controls"]),
        ("note", ["家访三户"]),
        ("old", ["请下载后打开"]),
    ],
)
def test_each_kind_is_shown_as_far_as_a_page_can(
    proof: Any, as_li: Client, what: str, words: list[str]
) -> None:
    for _time in range(2):  # drawn the first time, kept the second
        page = get(as_li, "page", proof(what)).content.decode()
        for word in words:
            assert word in page


def test_what_a_document_says_is_never_markup_of_the_page(
    district: World, plan: Item, as_li: Client
) -> None:
    body = files.word("<script>alert(1)</script>")
    given = Given.of_upload(sent(district.li, "<img src=x onerror=alert(1)>.docx", body))
    operations.attach(plan, [given], by(district.li))

    page = get(as_li, "page", Evidence.objects.get(file=given.file)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<img src=x" not in page


def test_a_file_is_taken_off_and_put_back(proof: Any, as_li: Client, plan: Item) -> None:
    photo = proof("photo")

    gone = post(as_li, reverse("evidence_detach", args=[photo.pk]), {})
    assert (gone.json()["count"], gone.json()["said"]) == (0, "已移除“家访.jpg”。")
    assert get(as_li, "file", photo).status_code == 404
    back = as_li.post(gone.json()["undo"], headers=JSON)

    assert back.json()["count"] == 1
    assert get(as_li, "file", Evidence.objects.latest("pk")).status_code == 200


def test_a_caption_is_saved_also_without_scripts(proof: Any, as_li: Client, plan: Item) -> None:
    photo = proof("photo")

    response = as_li.post(reverse("evidence_caption", args=[photo.pk]), {"caption": "九月家访"})

    assert response.status_code == 302
    assert queries.of_item(plan).get().caption == "九月家访"


def test_deeds_at_the_evidence_of_others_meet_no_such_page(proof: Any, as_zhao: Client) -> None:
    photo = proof("photo")

    for page in ("detach", "restore", "caption"):
        assert as_zhao.post(reverse(f"evidence_{page}", args=[photo.pk])).status_code == 404
    attach = reverse("evidence_attach", args=[photo.item_id])
    assert post(as_zhao, attach, {"files": [photo.pk]}).status_code == 404
    assert as_zhao.get(reverse("evidence_list", args=[photo.item_id])).status_code == 404


def test_a_locked_entry_says_why_its_files_stay(proof: Any, as_li: Client, plan: Item) -> None:
    photo = proof("photo")

    SchoolPlan.objects.filter(item=plan).update(state=State.APPROVED)

    told = as_li.post(reverse("evidence_detach", args=[photo.pk]), headers=JSON)
    listed = as_li.get(reverse("evidence_list", args=[plan.pk])).json()["html"]

    assert told.status_code == 409
    assert "“已批准”的记录，材料不能改动" in told.json()["error"]
    assert "移除" not in listed


def test_past_knowledge_is_looked_at_and_not_changed(proof: Any, as_li: Client) -> None:
    photo = proof("photo")
    then = "?known=2025-12-31"

    assert as_li.get(reverse("evidence_page", args=[photo.pk]) + then).status_code == 200
    told = as_li.post(reverse("evidence_detach", args=[photo.pk]) + then, headers=JSON)
    before = as_li.get(reverse("evidence_page", args=[photo.pk]) + "?known=2025-12-30")

    assert "只能查看" in told.json()["error"]
    assert before.status_code == 404


def test_files_of_entries_in_sight_are_offered(
    proof: Any, district: World, as_zhao: Client, as_wang: Client, as_li: Client
) -> None:
    photo = proof("photo")
    offered = reverse("evidence_offered")

    assert (
        f'value="{photo.pk}"'
        in as_wang.get(offered, {"q": "家访", "ledger": AID.key}).content.decode()
    )
    assert f'value="{photo.pk}"' not in as_zhao.get(offered, {"ledger": PLANS.key}).content.decode()
    own = as_li.get(offered, {"item": photo.item_id}).content.decode()
    assert f'value="{photo.pk}"' not in own
    assert as_zhao.get(offered, {"item": photo.item_id}).status_code == 404


@pytest.fixture
def child(district: World, db: None) -> Item:
    """The entry of a child of Li's school."""
    found = Item.objects.filter(ledger="aid_recognitions").order_by("pk").first()
    assert found is not None
    return found


def looks(kind: str, item: Item) -> int:
    found = TrailEntry.objects.filter(kind=kind, object_ids=f",{item.pk},")
    return found.filter(detail__contains="证明材料").count()


def test_what_is_about_a_child_is_not_offered_for_what_others_read(
    proof: Any, child: Item, plan: Item, as_wang: Client
) -> None:
    paper = proof("paper", child)
    value, offered = f'value="{paper.pk}"', reverse("evidence_offered")

    assert value in as_wang.get(offered, {"ledger": AID.key}).content.decode()
    assert value not in as_wang.get(offered, {"ledger": PLANS.key}).content.decode()
    post(as_wang, reverse("evidence_attach", args=[plan.pk]), {"files": [paper.pk]})
    assert not queries.of_item(plan).exists()


def test_looking_at_the_evidence_of_a_child_stands_in_the_trail(
    proof: Any, child: Item, as_li: Client
) -> None:
    paper = proof("paper", child)

    page = get(as_li, "page", paper).content.decode()
    assert looks(Kind.LOOK, child) == 1
    for address in re.findall(r'src="([^"]+/pages/\d+/[^"]*)"', page):
        assert as_li.get(address.replace("&amp;", "&")).status_code == 200
    assert looks(Kind.LOOK, child) == 1  # the pages belong to the look that was noted

    get(as_li, "pdf_page", paper, 1)
    assert looks(Kind.LOOK, child) == 2  # asked for alone, a page is a look of its own
    get(as_li, "file", paper)
    assert looks(Kind.EXPORT, child) == 1


def test_a_pass_holds_for_one_person_and_one_file(
    proof: Any, child: Item, as_li: Client, as_wang: Client
) -> None:
    paper = proof("paper", child)
    page = get(as_li, "page", paper).content.decode()
    address = re.findall(r'src="([^"]+/pages/1/[^"]*)"', page)[0].replace("&amp;", "&")
    before = looks(Kind.LOOK, child)

    as_wang.get(address)

    assert looks(Kind.LOOK, child) == before + 1


def test_who_may_not_see_children_sees_none_of_their_evidence(
    proof: Any, district: World, child: Item, as_zhao: Client, as_sun: Client
) -> None:
    paper = proof("paper", child)
    teacher = signed_in(
        evidence.world.account("t", "教师", "teacher", "school", district.li_school.pk)
    )

    for client in (as_zhao, as_sun, teacher):
        for page in ("page", "file", "thumbnail"):
            assert get(client, page, paper).status_code == 404


def test_the_form_of_a_new_entry_brings_what_was_picked(
    proof: Any, district: World, plan: Item
) -> None:
    photo, upload = proof("photo"), sent(district.li, *CONTENT["paper"])
    sent_form = {
        blocks.UPLOAD_FIELD: [upload.public_id, upload.public_id, "none"],
        blocks.FILE_FIELD: [str(photo.pk), "x", "9" * 30],
    }
    request = RequestFactory().post("/", sent_form)
    request.user = district.li
    viewer = by(district.li).viewer

    given = blocks.chosen(request, viewer, evidence.PLANS)
    context = blocks.block(request, viewer, evidence.PLANS, None)

    assert [one.name for one in given] == ["方案.pdf", "家访.jpg"]
    assert [one.name for one in context["picked"]] == ["方案.pdf", "家访.jpg"]
