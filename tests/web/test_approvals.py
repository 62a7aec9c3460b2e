"""A day with a ledger in the browser's requests: what each person sees, does, and is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gengdu.access.models import Account
from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.chapters.moral_education.campus_titles.ledger import CAMPUS_TITLES
from gengdu.chapters.moral_education.family_education.ledger import PARENT_SESSIONS
from gengdu.chapters.moral_education.school_plans.ledger import SCHOOL_PLANS
from gengdu.records import waiting
from gengdu.records.evidence import queries, stores
from gengdu.records.evidence.operations import Given, attach
from gengdu.records.models import Item
from gengdu.web.exports import tasks
from gengdu.web.exports.tasks import make_export
from gengdu.web.models import FormDraft
from tests import evidence, files, ledgers
from tests.conftest import signed_in
from tests.ledgers import act, new, state
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
PLAN = {
    "goals": "立德树人", "all_staff": "晨读｜李明｜每周", "whole_process": "家访｜周静｜每学期",
    "all_round": "劳动｜李明｜每月",
}  # fmt: skip


def text_of(page: Any) -> str:
    """Return a page as it was sent."""
    return str(page.content.decode())


def send(client: Client, kind: str, *items: int, **more: object) -> str:
    """Do an act at once, as the buttons on an entry's page do, and return what is said."""
    data = {"kind": kind, "item": items, "confirm": "1", "back": "/approvals/", **more}
    return text_of(client.post("/approvals/act/", data, follow=True))


def test_a_plan_from_nothing_to_counted(clerk: Account, district: World) -> None:
    page = signed_in(clerk).post(
        "/registers/school_plans/new/", {"starts_on": "2026-01-01", "school": "崮山小学", **PLAN}
    )
    item = int(page["Location"].rstrip("/").rsplit("/", 1)[1])

    said = [
        send(signed_in(clerk), "submit", item),
        send(signed_in(district.li), "return", item, note="缺组织保障"),
        send(signed_in(clerk), "submit", item),
        send(signed_in(district.li), "pass", item),
        send(signed_in(district.wang), "pass", item),
    ]

    for text, word in zip(said, ("提交", "退回", "提交", "同意", "同意"), strict=True):
        assert f"已{word} 1 条" in text
    assert state(SCHOOL_PLANS, item) == "approved"
    assert ledgers.row(SCHOOL_PLANS, item).version == 2  # type: ignore[attr-defined]


def test_approving_a_plan_ends_the_one_before_it_and_says_so_first(
    clerk: Account, district: World
) -> None:
    item = new(SCHOOL_PLANS, clerk, starts_on="2026-01-01", **PLAN)
    act(SCHOOL_PLANS, district.li, "submit", item)

    shown = text_of(
        signed_in(district.wang).post("/approvals/act/", {"kind": "pass", "item": item})
    )
    act(SCHOOL_PLANS, district.wang, "pass", item)

    assert "原来 2023-10-01 起的一条到 2025-12-31 为止" in shown
    before = SCHOOL_PLANS.model.objects.get(
        school=district.li_school, version=1, superseded_at=None
    )
    assert str(before.ends_on) == "2026-01-01"


def test_twelve_at_once_after_a_look_at_each(district: World, db: None) -> None:
    kinds = [(kind, level) for kind in ("文明校园", "绿色校园", "书香校园", "温馨校园")
             for level in ("省级", "市级", "国家级")]  # fmt: skip
    items = [new(CAMPUS_TITLES, district.li, kind=kind, level=level) for kind, level in kinds]
    act(CAMPUS_TITLES, district.li, "submit", *items)
    client = signed_in(district.wang)

    page = client.post("/approvals/act/", {"kind": "pass", "item": items})
    looked_at = page.context["looked_at"]
    said = send(client, "pass", *items, looked_at=looked_at)

    assert "已同意 12 条" in said
    assert {state(CAMPUS_TITLES, item) for item in items} == {"at_notice"}


def test_what_somebody_else_decided_meanwhile_is_shown_again_and_nothing_is_written(
    district: World, db: None
) -> None:
    items = [new(CAMPUS_TITLES, district.li, level=level) for level in ("省级", "市级")]
    act(CAMPUS_TITLES, district.li, "submit", *items)
    client = signed_in(district.wang)
    looked_at = client.post("/approvals/act/", {"kind": "pass", "item": items}).context["looked_at"]
    act(CAMPUS_TITLES, district.li, "withdraw", items[0])

    said = send(client, "pass", *items, looked_at=looked_at)

    assert "已被别人办理" in said
    assert state(CAMPUS_TITLES, items[1]) == "at_bureau"


def test_the_number_of_the_document_goes_into_every_title_granted_together(
    district: World, db: None
) -> None:
    items = [new(CAMPUS_TITLES, district.li, level=level, document_number="旧")
             for level in ("省级", "市级")]  # fmt: skip
    act(CAMPUS_TITLES, district.li, "submit", *items)

    send(signed_in(district.wang), "pass", *items, granted_document_number="示例字7号",
         granted_starts_on="2025-12-30")  # fmt: skip

    rows = [ledgers.row(CAMPUS_TITLES, item) for item in items]
    assert {(row.document_number, str(row.starts_on)) for row in rows} == {  # type: ignore[attr-defined]
        ("示例字7号", "2025-12-30")
    }


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"kind": "pass"}, "还没有选中任何一条"),
        ({"kind": "eat", "item": "1"}, "请选择要怎样办理"),
        ({"kind": "pass", "item": "999999", "confirm": "1"}, "没有找到要办理的记录"),
        ({"kind": "pass", "item": "x"}, "还没有选中任何一条"),
    ],
)
def test_what_makes_no_sense_is_told(district: World, db: None, data: object, said: str) -> None:
    page = signed_in(district.wang).post("/approvals/act/", data, follow=True)

    assert said in text_of(page)


def test_back_leads_nowhere_but_to_this_site(district: World, db: None) -> None:
    data = {"kind": "pass", "back": "https://example.org/"}

    assert signed_in(district.wang).post("/approvals/act/", data)["Location"] == "/approvals/"


def test_a_stranger_is_not_told_what_an_entry_is_called(clerk: Account, district: World) -> None:
    item = new(CAMPUS_TITLES, clerk)

    page = signed_in(district.zhao).post("/approvals/act/", {"kind": "pass", "item": item})

    assert "崮山小学" not in text_of(page)


# Drafts and continuing


def test_what_is_typed_is_there_again_after_the_page_was_lost(clerk: Account) -> None:
    client = signed_in(clerk)
    client.post("/registers/school_plans/draft/", {"draft_of": "0", "goals": "写了一半", "x": "1"})

    page = text_of(client.get("/registers/school_plans/new/"))

    assert "写了一半" in page
    assert "填了还没保存的内容" in page
    assert list(FormDraft.objects.values_list("cells", flat=True)) == [{"goals": "写了一半"}]


def test_a_draft_goes_once_it_is_saved_or_given_up(clerk: Account) -> None:
    client = signed_in(clerk)
    for _ in range(2):
        client.post("/registers/school_plans/draft/", {"draft_of": "0", "goals": "写了一半"})
        client.post("/registers/school_plans/draft/", {"draft_of": "0", "forget": "1"})
        assert not FormDraft.objects.exists()
    client.post("/registers/school_plans/draft/", {"draft_of": "0", "goals": "写了一半"})
    client.post("/registers/school_plans/new/", {"starts_on": "2026-01-01", "school": "崮山小学"})

    assert not FormDraft.objects.exists()


def test_two_people_at_once_see_each_other_and_both_versions(
    clerk: Account, district: World
) -> None:
    item = new(SCHOOL_PLANS, clerk, **PLAN)
    address = f"/registers/school_plans/{item}/edit/"
    head, own = signed_in(district.li), signed_in(clerk)
    seen = own.get(address).context["form"].seen
    own.post(
        "/registers/school_plans/draft/", {"draft_of": item, "goals": "资料员写的", "seen": seen}
    )

    opened = text_of(head.get(address))
    head.post(address, {"seen": seen, "goals": "校长写的"})
    again = text_of(own.get(address))

    assert "崮山小学资料员" in opened
    assert "也在改这条记录" in opened
    assert "资料员写的" in again
    assert "校长写的" in again


def test_a_draft_of_anothers_entry_cannot_be_kept(clerk: Account, district: World) -> None:
    item = new(SCHOOL_PLANS, clerk, **PLAN)

    page = signed_in(district.zhao).post("/registers/school_plans/draft/", {"draft_of": item})

    assert page.status_code == 404


def test_a_new_plan_starts_from_the_one_before_but_for_its_days(clerk: Account) -> None:
    item = new(SCHOOL_PLANS, clerk, **PLAN)

    form = signed_in(clerk).get(f"/registers/school_plans/new/?from={item}").context["form"]

    values = {field["name"]: field["value"] for _, fields in form.groups() for field in fields}
    assert (values["goals"], values["school"]) == ("立德树人", "崮山小学")
    assert (values["version"], values["ends_on"]) == ("", "")


def test_nobody_starts_from_an_entry_that_is_not_theirs_to_see(
    clerk: Account, district: World
) -> None:
    item = new(SCHOOL_PLANS, clerk, **{**PLAN, "goals": "只给本校看"})

    page = signed_in(district.zhao).get(f"/registers/school_plans/new/?from={item}")

    assert "只给本校看" not in text_of(page)


# Papers


def test_two_versions_stand_side_by_side_with_what_changed(clerk: Account) -> None:
    old = new(SCHOOL_PLANS, clerk, **PLAN)
    later = new(SCHOOL_PLANS, clerk, **{**PLAN, "goals": "立德树人，五育并举"})

    page = signed_in(clerk).get(f"/registers/school_plans/{later}/versus/?with={old}")

    assert "<ins>，五育并举</ins>" in page.content.decode()
    assert "晨读" not in text_of(page)


def test_a_plan_is_printed_as_word(clerk: Account) -> None:
    item = new(SCHOOL_PLANS, clerk, **PLAN)

    page = signed_in(clerk).get(f"/registers/school_plans/{item}/word/")

    document = docx.Document(io.BytesIO(b"".join(page.streaming_content)))  # type: ignore[attr-defined]
    said = "\n".join(p.text for p in document.paragraphs)
    told = "\n".join(c.text for t in document.tables for row in t.rows for c in row.cells)
    assert "崮山小学 第2版" in said
    assert "全员育人" in said
    assert "周静" in told


# Evidence: by phone, on the way to approval, and for an inspection


def uploaded(account: Account) -> str:
    """Bring in a photo as a phone does, and return what the form sends of it."""
    return evidence.sent(account, "现场.jpg", files.photo(), ledger="parent_sessions").public_id


def test_an_activity_is_brought_in_by_phone_with_its_photo_and_place(
    clerk: Account, district: World
) -> None:
    data = {
        "topic": "亲子沟通", "attendance": "45", "held_on": "2025-12-30",
        "evidence_upload": uploaded(clerk), "latitude": "37.345", "longitude": "122.31",
    }  # fmt: skip

    page = signed_in(clerk).post("/registers/parent_sessions/quick/", data, follow=True)

    (line,) = waiting.lines(ledgers.viewer(district.li), ON, groups=["waiting"])
    (proof,) = queries.of_item(Item.objects.get(pk=line.item))
    assert "已登记并提交：崮山小学 2025-12-30 亲子沟通" in text_of(page)
    assert line.state == "at_school"
    assert (proof.latitude, proof.longitude) == (37.345, 122.31)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"topic": "", "attendance": "45"}, "新登记的必须填“主题”"),
        ({"topic": "亲子", "attendance": "很多"}, "没有保存"),
    ],
)
def test_what_is_missing_is_asked_for_again_with_the_photos_kept(
    clerk: Account, data: dict[str, str], said: str
) -> None:
    photo = uploaded(clerk)

    page = signed_in(clerk).post(
        "/registers/parent_sessions/quick/", {**data, "evidence_upload": photo}
    )

    assert said in text_of(page)
    assert photo in text_of(page)
    assert not PARENT_SESSIONS.model.objects.exists()


def test_sent_twice_by_phone_it_is_there_once(clerk: Account) -> None:
    data = {"topic": "亲子沟通", "attendance": "45", "held_on": "2025-12-30"}
    client = signed_in(clerk)

    client.post("/registers/parent_sessions/quick/", data)
    again = client.post("/registers/parent_sessions/quick/", data)

    assert "不能修改" in text_of(again) or "已经登记过了" in text_of(again)
    assert PARENT_SESSIONS.model.objects.filter(superseded_at=None).count() == 1


def test_whoever_approves_is_told_that_papers_are_missing(clerk: Account, district: World) -> None:
    item = new(SCHOOL_PLANS, clerk, **PLAN)
    act(SCHOOL_PLANS, district.li, "submit", item)

    page = signed_in(district.wang).post("/approvals/act/", {"kind": "pass", "item": item})

    assert "没有证明材料" in text_of(page)


def test_the_page_of_an_entry_names_another_of_the_same_matter(
    clerk: Account, district: World
) -> None:
    days = ("2025-12-01", "2025-12-02")
    first, second = (new(CAMPUS_TITLES, clerk, starts_on=day) for day in days)

    page = text_of(signed_in(clerk).get(f"/registers/campus_titles/{second}/"))

    assert "同一事项另有一条" in page
    assert f'<a href="/registers/campus_titles/{first}/">“草稿”</a>' in page


def test_a_submission_with_something_to_look_at_is_looked_at_first(
    clerk: Account, district: World
) -> None:
    bare, proved = (new(CAMPUS_TITLES, clerk, level=level) for level in ("市级", "省级"))
    proof = Given.of_upload(evidence.sent(clerk, "证书.jpg", files.photo()))
    attach(Item.objects.get(pk=proved), [proof], evidence.by(clerk))

    shown = send(signed_in(clerk), "submit", bare, confirm="if_clear")
    done = send(signed_in(clerk), "submit", proved, confirm="if_clear")

    assert "没有证明材料" in shown
    assert state(CAMPUS_TITLES, bare) == "draft"
    assert "已提交 1 条" in done
    assert state(CAMPUS_TITLES, proved) == "at_school"


def test_a_new_entry_is_told_all_that_it_lacks_at_once(clerk: Account, district: World) -> None:
    page = text_of(
        signed_in(clerk).post(
            "/registers/campus_titles/new/", {"school": "", "kind": "", "level": ""}
        )
    )

    for label in ("学校", "类别", "级别", "授予日期"):
        assert f"新登记的必须填“{label}”" in page


def test_an_entry_that_was_revoked_says_so_and_from_when(district: World, db: None) -> None:
    item = new(CAMPUS_TITLES, district.li, kind="温馨校园", document_number="示例1号",
               starts_on="2025-01-01")  # fmt: skip
    act(CAMPUS_TITLES, district.li, "submit", item)
    act(CAMPUS_TITLES, district.wang, "pass", item)
    act(CAMPUS_TITLES, district.wang, "revoke", item, day=ON)

    page = text_of(signed_in(district.wang).get(f"/registers/campus_titles/{item}/"))

    assert f"自 {ON} 起撤销" in page
    assert 'value="revoke"' not in page


def test_who_decides_is_offered_no_withdrawal(clerk: Account, district: World) -> None:
    item = new(CAMPUS_TITLES, clerk)
    send(signed_in(clerk), "submit", item)
    address = f"/registers/campus_titles/{item}/"

    of_clerk, of_head = (text_of(signed_in(who).get(address)) for who in (clerk, district.li))

    assert 'value="withdraw"' in of_clerk
    assert 'value="withdraw"' not in of_head
    assert 'value="return"' in of_head
    assert "请审批人退回" in of_clerk
    assert "请审批人退回" not in of_head.split('id="evidence"')[0]


def test_a_target_leads_to_the_ledgers_it_counts_and_a_ledger_to_its_measure(
    district: World, db: None
) -> None:
    wang = signed_in(district.wang)

    target = text_of(wang.get("/targets/campus_titles.green_share/"))
    ledger = text_of(wang.get("/registers/campus_titles/"))

    assert '"/registers/campus_titles/"' in target
    assert '"/registers/campus_titles/coverage/"' in target
    assert '"/measures/2/"' in ledger


def test_the_search_names_entries_by_their_whole_name(clerk: Account, district: World) -> None:
    new(CAMPUS_TITLES, clerk, level="市级")

    assert "崮山小学 市级 书香校园" in text_of(signed_in(clerk).get("/search/?q=崮山小学"))


def statements(ask: Callable[[], Any]) -> int:
    """Return how many statements an answer takes once its numbers are in memory."""
    ask()
    with CaptureQueriesContext(connection) as found:
        assert ask().status_code == 200
    return len(found)


def test_the_list_of_what_waits_and_the_look_at_it_ask_nothing_for_each_entry(
    district: World, db: None
) -> None:
    wang = signed_in(district.wang)

    def looked_at() -> tuple[int, int]:
        items = [line.item for line in waiting.lines(ledgers.viewer(district.wang), ON)
                 if line.ledger == CAMPUS_TITLES.key and line.group == "waiting"]  # fmt: skip
        look = {"kind": "pass", "item": items}
        return (
            statements(lambda: wang.get("/approvals/?group=waiting")),
            statements(lambda: wang.post("/approvals/act/", look)),
        )

    def send_some(*levels: str) -> None:
        items = [
            new(CAMPUS_TITLES, district.li, kind=kind, level=level, document_number="示例1号")
            for kind in ("温馨校园", "文明校园")
            for level in levels
        ]
        act(CAMPUS_TITLES, district.li, "submit", *items)

    send_some("区级")
    few = looked_at()
    send_some("市级", "省级", "国家级")

    assert looked_at() == few


def test_entries_ticked_on_a_list_are_acted_on_together(district: World, db: None) -> None:
    items = [new(CAMPUS_TITLES, district.li, level=level) for level in ("省级", "市级")]

    send(signed_in(district.li), "submit", ledger="campus_titles", all="1", f_state="draft")

    assert {state(CAMPUS_TITLES, item) for item in items} == {"at_bureau"}


def test_the_evidence_of_a_selection_comes_out_as_one_indexed_package(
    clerk: Account, district: World
) -> None:
    item = new(CAMPUS_TITLES, clerk, level="市级")
    proof = Given.of_upload(evidence.sent(clerk, "证书.jpg", files.photo()))
    attach(Item.objects.get(pk=item), [proof], evidence.by(clerk))

    page = signed_in(district.wang).get(f"/registers/campus_titles/package/?thing={item}")

    with zipfile.ZipFile(io.BytesIO(b"".join(page.streaming_content))) as packed:  # type: ignore[attr-defined]
        names = packed.namelist()
    assert {"00 封面.pdf", "01 目录.pdf", "01 目录.xlsx", "校验.txt"} <= set(names)
    folders = {name.split("/")[0] for name in names if "/" in name}
    assert {folder.split(" ")[0] for folder in folders} == {"2-3", "2-4"}
    assert len([name for name in names if name.endswith("证书.jpg")]) == 2


@pytest.fixture
def at_the_worker(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[int]:
    """What the worker is asked to make, where one entry is many already."""
    settings.PACKAGE_ENTRIES_AT_ONCE, settings.EXPORTS = 1, tmp_path / "exports"
    asked: list[int] = []
    later = type("Later", (), {"enqueue": staticmethod(asked.append)})
    monkeypatch.setattr(tasks, "make_export", later)
    return asked


def test_a_large_package_is_made_by_the_worker_and_fetched_afterwards(
    clerk: Account, district: World, at_the_worker: list[int]
) -> None:
    items = [new(CAMPUS_TITLES, clerk, level=level) for level in ("市级", "省级", "区级")]
    ticked = "&".join(f"thing={item}" for item in items[:2])
    wang = signed_in(district.wang)

    page = wang.get(f"/registers/campus_titles/package/?{ticked}")
    [number] = at_the_worker
    make_export.call(number)
    told = text_of(wang.get(page["Location"]))
    file = wang.get(f"/exports/{number}/file/")

    assert "下载迎检资料包（2 条）" in told
    assert "四个校园称号迎检资料包" in unquote(file["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content))) as packed:  # type: ignore[attr-defined]
        assert packed.testzip() is None
        assert "00 封面.pdf" in packed.namelist()
    assert list((Path(settings.EXPORTS) / str(number)).glob("*.part")) == []
    assert signed_in(clerk).get(f"/exports/{number}/file/").status_code == 404
    noted = TrailEntry.objects.filter(kind=Kind.EXPORT).last()
    assert noted is not None
    assert noted.object_ids == f",{items[0]},{items[1]},"


def test_a_package_that_cannot_be_made_says_why_and_leaves_nothing(
    clerk: Account, district: World, at_the_worker: list[int]
) -> None:
    items = [new(CAMPUS_TITLES, clerk, level=level) for level in ("市级", "省级")]
    proof = Given.of_upload(evidence.sent(clerk, "证书.jpg", files.photo()))
    attach(Item.objects.get(pk=items[0]), [proof], evidence.by(clerk))
    wang = signed_in(district.wang)
    page = wang.get("/registers/campus_titles/package/?all=1")
    stores.chosen().remove(proof.file.kept_digest)

    make_export.call(at_the_worker[0])

    assert "读不出来" in text_of(wang.get(page["Location"]))
    assert not (Path(settings.EXPORTS) / str(at_the_worker[0])).exists()


def test_the_same_package_asked_for_twice_is_made_once(
    clerk: Account, district: World, at_the_worker: list[int]
) -> None:
    for level in ("市级", "省级"):
        new(CAMPUS_TITLES, clerk, level=level)
    wang = signed_in(district.wang)

    pages = [wang.get("/registers/campus_titles/package/?all=1") for _time in range(2)]
    other = wang.get("/registers/campus_titles/package/?all=1&f_level=市级&f_kind=温馨校园")

    assert pages[0]["Location"] == pages[1]["Location"] != other["Location"]
    assert len(at_the_worker) == 1


def test_nothing_of_anothers_school_comes_into_a_package(clerk: Account, district: World) -> None:
    item = new(CAMPUS_TITLES, clerk)

    page = signed_in(district.zhao).get(f"/registers/campus_titles/package/?thing={item}")

    assert page.status_code == 302
