"""Programs take entries of ledgers through their flow, and bring the files that prove them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from gengdu.access.models import Account, Role
from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.chapters.moral_education.campus_titles.ledger import CAMPUS_TITLES
from gengdu.records.evidence.models import Evidence, Upload
from gengdu.records.models import Item, Step
from tests import evidence, files, tokens, world
from tests.evidence import AID
from tests.ledgers import act, new, row, state
from tests.tokens import Program, program
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
CARING = {"kind": "温馨校园", "starts_on": "2025-12-01"}


@pytest.fixture(autouse=True)
def _places(tmp_path: Path) -> Iterator[None]:
    with override_settings(FILES=tmp_path / "files", UPLOADS=tmp_path / "uploads"):
        yield


@pytest.fixture
def wang(district: World) -> Program:
    return program(district.wang)


def body(response: HttpResponse, status: int = 200) -> Any:
    assert response.status_code == status, response.content.decode()
    return response.json()


def waiting(clerk: Account, district: World, **given: object) -> int:
    """Return a title that waits for the bureau."""
    item = new(CAMPUS_TITLES, clerk, **CARING | {"document_number": "示例1号"} | given)
    act(CAMPUS_TITLES, clerk, "submit", item)
    act(CAMPUS_TITLES, district.li, "pass", item)
    return item


def bring(program: Program, item: int, content: bytes, name: str, **query: str) -> HttpResponse:
    """Bring a file as the body of a request."""
    asked = "&".join(f"{key}={value}" for key, value in {"name": name, **query}.items())
    return Client().generic(
        "POST", f"{tokens.ROOT}/evidence/{item}/?{asked}", content,
        content_type="application/octet-stream",
        headers={"Authorization": f"Bearer {program.secret}"},
    )  # fmt: skip


# Acts of approval


def test_a_program_sees_what_waits_and_decides_it(
    clerk: Account, district: World, wang: Program
) -> None:
    item = waiting(clerk, district)

    lines = body(wang.get("/approvals/", {"group": "waiting"}))["lines"]
    looked = body(wang.post("/approvals/", {"kind": "pass", "things": [item]}))
    done = body(
        wang.post(
            "/approvals/",
            {"kind": "pass", "things": [item], "dry_run": False, "mark": looked["mark"]},
        )
    )

    [line] = [line for line in lines if line["thing"] == item]
    assert (line["state"], line["ledger"]) == ("at_bureau", "campus_titles")
    assert [one["after"] for one in looked["entries"]] == ["approved"]
    assert [one["promise"] for one in looked["moved"]] == ["campus_titles.caring_share"]
    assert (done["done"], done["refused"]) == (1, 0)
    assert state(CAMPUS_TITLES, item) == "approved"
    assert Step.objects.filter(item=item).last().account == district.wang  # type: ignore[union-attr]


def test_looking_does_nothing(clerk: Account, district: World, wang: Program) -> None:
    item = waiting(clerk, district)

    wang.post("/approvals/", {"kind": "pass", "things": [item]})

    assert state(CAMPUS_TITLES, item) == "at_bureau"


def test_what_moved_since_it_was_looked_at_is_not_done(
    clerk: Account, district: World, wang: Program
) -> None:
    item = waiting(clerk, district)
    mark = body(wang.post("/approvals/", {"kind": "pass", "things": [item]}))["mark"]
    act(CAMPUS_TITLES, district.wang, "return", item)

    answer = wang.post(
        "/approvals/", {"kind": "pass", "things": [item], "dry_run": False, "mark": mark}
    )

    assert body(answer, 409)["error"] == "conflict"
    assert state(CAMPUS_TITLES, item) == "returned"


def test_what_a_decision_grants_goes_into_the_entry(
    clerk: Account, district: World, wang: Program
) -> None:
    item = waiting(clerk, district, document_number=None)
    act(CAMPUS_TITLES, district.wang, "pass", item)  # to the public notice

    answer = wang.post(
        "/approvals/",
        {"kind": "return", "things": [item], "note": "有异议", "dry_run": False},
    )
    wrong = wang.post(
        "/approvals/", {"kind": "pass", "things": [item], "granted": {"starts_on": "不是日期"}}
    )
    unknown = wang.post(
        "/approvals/", {"kind": "pass", "things": [item], "granted": {"state": "approved"}}
    )

    assert body(answer)["done"] == 1
    assert body(wrong, 422)["details"][0]["where"] == "granted.starts_on"
    assert body(unknown, 422)["details"][0]["where"] == "granted.state"


def test_a_number_that_is_granted_is_written(
    clerk: Account, district: World, wang: Program
) -> None:
    item = waiting(clerk, district)

    body(
        wang.post(
            "/approvals/",
            {
                "kind": "pass",
                "things": [item],
                "dry_run": False,
                "granted": {"document_number": "示例2025年9号"},
            },
        )
    )

    assert row(CAMPUS_TITLES, item).document_number == "示例2025年9号"  # type: ignore[attr-defined]


def test_a_return_without_a_reason_is_refused(
    clerk: Account, district: World, wang: Program
) -> None:
    item = waiting(clerk, district)

    answer = wang.post("/approvals/", {"kind": "return", "things": [item], "dry_run": False})

    assert body(answer, 422)["details"] == [{"where": "note", "message_zh": "请写明原因"}]


def test_an_entry_that_allows_it_not_is_named_with_its_place(
    clerk: Account, district: World, wang: Program
) -> None:
    item = new(CAMPUS_TITLES, clerk, **CARING)

    answer = wang.post("/approvals/", {"kind": "pass", "things": [item], "dry_run": False})

    assert [one["where"] for one in body(answer, 422)["details"]] == ["things.0"]


def test_entries_out_of_sight_are_as_if_they_were_not_there(district: World) -> None:
    stranger = world.account(
        "other", "他校驻校员", Role.BUREAU_OFFICER, "school", district.li_school.pk
    )
    item = world.new_item(CAMPUS_TITLES.model).pk

    answer = program(stranger).post("/approvals/", {"kind": "pass", "things": [item]})

    assert body(answer)["entries"] == []
    assert body(answer)["refused"] == 1


def test_a_token_without_the_right_to_review_decides_nothing(
    clerk: Account, district: World
) -> None:
    item = waiting(clerk, district)
    granted = [one for one in tokens.grantable(district.wang.role) if one != "review_bureau"]

    answer = program(district.wang, granted).post(
        "/approvals/", {"kind": "pass", "things": [item], "dry_run": False}
    )

    assert "不由您审批" in body(answer, 422)["message_zh"]
    assert state(CAMPUS_TITLES, item) == "at_bureau"


# Files


def test_a_program_brings_a_file_and_gets_it_back(clerk: Account, wang: Program) -> None:
    item, content = new(CAMPUS_TITLES, clerk, **CARING), files.pdf(2)
    digest = hashlib.sha256(content).hexdigest()

    added = body(bring(wang, item, content, "报告.pdf", caption="自查报告", digest=digest))
    listed = body(wang.get(f"/evidence/{item}/"))
    answer = wang.get(f"/evidence/files/{added['id']}/")

    assert (added["kind"], added["pages"], added["digest"]) == ("pdf", 2, digest)
    assert [one["caption"] for one in listed["files"]] == ["自查报告"]
    assert listed["may_change"]
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_brought_twice_is_there_once(clerk: Account, wang: Program) -> None:
    item, content = new(CAMPUS_TITLES, clerk, **CARING), files.pdf(1)

    numbers = {body(bring(wang, item, content, "报告.pdf"))["id"] for _time in range(2)}

    assert len(numbers) == 1


def test_a_file_is_taken_off_and_it_stays_known(clerk: Account, wang: Program) -> None:
    item = new(CAMPUS_TITLES, clerk, **CARING)
    number = body(bring(wang, item, files.pdf(1), "报告.pdf"))["id"]

    body(wang.post(f"/evidence/files/{number}/detach/", {}))

    assert body(wang.get(f"/evidence/{item}/"))["files"] == []
    assert Evidence.objects.filter(pk=number).exists()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "0 字节"),
        (b"MZ\x90\0", "a.exe", "不能作为材料"),
        (b"<html><script>", "a.pdf", "PDF"),
    ],
)
def test_what_is_no_evidence_is_refused_in_a_sentence_and_let_go(
    clerk: Account, wang: Program, content: bytes, name: str, said: str
) -> None:
    item = new(CAMPUS_TITLES, clerk, **CARING)

    answer = bring(wang, item, content, name)

    assert said in body(answer, 422)["message_zh"]
    assert not Upload.objects.exists()
    assert not Evidence.objects.filter(item=item).exists()


def test_a_file_that_came_otherwise_than_announced_is_refused(
    clerk: Account, wang: Program
) -> None:
    item = new(CAMPUS_TITLES, clerk, **CARING)

    answer = bring(wang, item, files.pdf(1), "报告.pdf", digest="0" * 64)

    assert "不一致" in body(answer, 422)["message_zh"]


def test_an_entry_on_its_way_takes_no_files(clerk: Account, district: World, wang: Program) -> None:
    item = waiting(clerk, district)

    answer = bring(wang, item, files.pdf(1), "报告.pdf")

    assert "不能改动" in body(answer, 403)["message_zh"]
    assert not body(wang.get(f"/evidence/{item}/"))["may_change"]


def test_files_of_children_are_for_whoever_may_see_them_and_noted(
    district: World, wang: Program
) -> None:
    with evidence.declared():
        item = Item.objects.filter(ledger=AID.key).order_by("pk").first()
        assert item is not None
        body(bring(wang, item.pk, files.pdf(1), "证明.pdf"))
        few = [one for one in tokens.grantable(district.wang.role) if "children" not in one]

        assert body(wang.get(f"/evidence/{item.pk}/"))["files"]
        assert program(district.wang, few).get(f"/evidence/{item.pk}/").status_code == 404

    noted = TrailEntry.objects.filter(kind=Kind.API, object_ids=f",{item.pk},")
    assert ["添加" in entry.detail for entry in noted.order_by("pk")] == [True, False]
