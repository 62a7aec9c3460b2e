"""Pages of a notice on its way to a plan: upload, check side by side, correct, adopt."""

from __future__ import annotations

import io
import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from gengdu.board import context
from gengdu.drafts import opening
from gengdu.drafts.models import Adoption, Draft
from gengdu.notices import numbering
from gengdu.notices.files import EMPTY
from tests import drafts, world
from tests.conftest import signed_in
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
CHOICES = {"id": "haiwan_2025", "short_zh": "乡村教育提升", "area_zh": "海湾区", "carry_over": "on"}
SCRIPT = {"HTTP_X_DRAFT": "1"}


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    settings.NOTICES, settings.PLANS = tmp_path / "notices", tmp_path / "plans"
    return tmp_path


@pytest.fixture(autouse=True)
def _no_counts_in_the_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the numbers beside the menu, which each page would compute anew in a test."""
    monkeypatch.setattr(context, "_counts_by_chapter", lambda request: defaultdict(dict))


@pytest.fixture
def draft(district: World) -> Draft:
    return drafts.draft(district.wang)


def send(client: Client, name: str, body: bytes) -> Any:
    file = SimpleUploadedFile(name, body)
    return client.post(reverse("drafts"), {"file": file}, follow=True)


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def do(client: Client, draft: Draft, **given: Any) -> Any:
    given.setdefault("version", draft.version)
    return client.post(reverse("draft_do", args=[draft.pk]), given, **SCRIPT)


def test_a_word_file_becomes_a_draft_and_the_same_file_stays_one(as_wang: Client) -> None:
    document, file = Document(), io.BytesIO()
    for line in drafts.TEXT.splitlines():
        document.add_paragraph(line)
    document.save(file)

    first = send(as_wang, "方案.docx", file.getvalue())
    again = send(as_wang, "方案（副本）.docx", file.getvalue())

    made = Draft.objects.get()
    assert first.redirect_chain == again.redirect_chain
    assert made.reading["doc_no"] == "海政办发[2025]7号"
    assert len(made.reading["measures"]) == 3
    assert "已经上传过" in said(again)
    kept = as_wang.get(reverse("draft_file", args=[made.pk]))
    assert b"".join(kept.streaming_content) == file.getvalue()


def test_what_is_no_notice_is_refused_in_words_and_nothing_is_kept(
    as_wang: Client, folders: Path
) -> None:
    assert EMPTY in said(send(as_wang, "空.txt", b" \n "))
    assert "没有选择文件" in said(as_wang.post(reverse("drafts"), follow=True))

    assert not Draft.objects.exists()
    assert list((folders / "notices").iterdir()) == []


def test_a_file_that_is_too_large_is_not_even_opened(
    as_wang: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 10)

    assert "上限是" in said(send(as_wang, "长.txt", drafts.TEXT.encode()))


def test_what_was_taken_off_the_list_comes_back_with_its_file(as_wang: Client) -> None:
    send(as_wang, "通知.txt", drafts.TEXT.encode())
    made = Draft.objects.get()
    do(as_wang, made, check=drafts.measure(made, 1))

    as_wang.post(reverse("draft_remove", args=[made.pk]))
    as_wang.get(reverse("drafts"))  # tells what was done, once
    assert made.title not in as_wang.get(reverse("drafts")).content.decode()

    send(as_wang, "通知.txt", drafts.TEXT.encode())
    made.refresh_from_db()
    assert (made.removed_at, made.version) == (None, 1)


def test_each_side_leads_to_the_other(as_wang: Client, draft: Draft) -> None:
    page = as_wang.get(reverse("draft", args=[draft.pk])).content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', page))

    for measure in draft.reading["measures"]:
        wanted = [measure, *measure["bodies"]]
        for one in wanted:
            assert {one["id"], f"at-{one['id']}"} <= ids
            assert f'href="#{one["id"]}"' in page
            assert f'href="#at-{one["id"]}"' in page
    for target in draft.reading["targets"]:
        assert {target["id"], f"at-{target['id']}"} <= ids
        assert re.search(rf'data-items="[^"]*\b{target["id"]}\b', page)


def test_what_is_doubtful_comes_first_and_the_text_has_its_order_too(
    as_wang: Client, draft: Draft
) -> None:
    doubtful = drafts.target(draft, "家长委员会")
    next(one for one in draft.reading["targets"] if one["id"] == doubtful)["doubt"] = "没有数字"
    draft.save()

    def order(**query: str) -> list[str]:
        page = as_wang.get(reverse("draft", args=[draft.pk]), query).content.decode()
        return re.findall(r'data-card="([^"]+)"', page)

    assert order()[0] == doubtful
    assert order(order="text")[0] == drafts.measure(draft, 1)
    assert order(show="doubtful") == [doubtful]
    do(as_wang, draft, check=doubtful)
    assert order()[0] != doubtful


def test_deeds_answer_a_script_with_the_cards_that_changed(as_wang: Client, draft: Draft) -> None:
    item = drafts.target(draft, "50%")

    checked = do(as_wang, draft, check=item).json()
    assert (checked["version"], checked["done"], checked["whole"]) == (1, 1, False)
    assert list(checked["cards"]) == [item]
    assert "已核对" in checked["cards"][item]

    dropped = do(as_wang, draft, drop=item, version=1).json()
    assert (dropped["whole"], dropped["undo"]) == (True, True)
    undone = do(as_wang, draft, undo=1, version=2).json()
    assert (undone["count"], undone["redo"]) == (checked["count"], True)


def test_a_promise_is_taken_from_the_proposals_or_let_go(as_wang: Client, draft: Draft) -> None:
    item = drafts.target(draft, "50%")

    do(as_wang, draft, promise=f"{item}:principals.young_leader_share")
    draft.refresh_from_db()
    held = next(one for one in draft.reading["targets"] if one["id"] == item)
    assert held["promise"] == "principals.young_leader_share"

    refused = do(as_wang, draft, promise=f"{item}:no.such")
    assert refused.status_code == 409
    assert "没有叫“no.such”的系统指标" in refused.json()["said"]


def test_a_form_on_an_older_version_is_refused_with_what_was_filled_in(
    as_wang: Client, draft: Draft
) -> None:
    other = world.account("min", "教育分局", "bureau_officer", "district", None, last_name="闵敏")
    item = drafts.measure(draft, 1)
    address = reverse("draft_item", args=[draft.pk, item])
    given = {f"{item}-no": "1", f"{item}-title": "我的标题", "version": "0"}
    clause = draft.reading["measures"][0]["bodies"][0]["id"]
    given |= {f"{clause}-units": "区教育局"}
    signed_in(other).post(address, {**given, f"{item}-title": "先到的标题"})

    late = as_wang.post(address, given)

    page = late.content.decode()
    assert late.status_code == 422
    assert "闵敏" in page
    assert "我的标题" in page
    draft.refresh_from_db()
    assert draft.reading["measures"][0]["title"] == "先到的标题"
    assert "<td>先到的标题</td><td>我的标题</td>" in page

    as_wang.post(address, {**given, "version": late.context["version"]})
    draft.refresh_from_db()
    assert draft.reading["measures"][0]["title"] == "我的标题"


def test_forms_work_without_a_script(as_wang: Client, draft: Draft) -> None:
    words = "开展绿色校园创建行动"
    address = reverse("draft_new", args=[draft.pk, "target"])
    given = {"passage-words": words, "new-measure": "1", "new-kind": "goal", "new-force": "must",
             "new-indicator": words, "new-comparison": "qualitative", "version": "0"}  # fmt: skip

    page = as_wang.post(address, given, follow=True)

    assert "已新增" in said(page)
    assert f"<b>{words}</b>" in page.content.decode()
    assert page.redirect_chain[0][0].endswith("#tx1")
    log = as_wang.get(reverse("draft_corrections", args=[draft.pk])).content.decode()
    assert words in log


@pytest.mark.parametrize("query", ["?start=5&end=3", "?start=0&end=999999", "?start=x&end=9", ""])
def test_a_stretch_that_is_none_asks_for_its_words(
    as_wang: Client, draft: Draft, query: str
) -> None:
    page = as_wang.get(reverse("draft_new", args=[draft.pk, "target"]) + query)

    assert page.status_code == 200


def test_an_item_or_a_draft_that_is_not_there_is_told(as_wang: Client, draft: Draft) -> None:
    gone = as_wang.get(reverse("draft_item", args=[draft.pk, "t999"]), follow=True)

    assert "不在了" in said(gone)
    assert as_wang.get(reverse("draft", args=[10**18])).status_code == 404
    assert as_wang.get(reverse("draft_new", args=[draft.pk, "head"])).status_code == 404


def test_what_is_lacking_is_said_with_the_way_to_the_item_and_nothing_is_written(
    as_wang: Client, draft: Draft, folders: Path
) -> None:
    item = drafts.measure(draft, 2)
    draft.reading["measures"][1]["bodies"] = []
    draft.save()

    page = as_wang.post(reverse("draft_adopt", args=[draft.pk]), CHOICES).content.decode()

    assert "没有采用" in page
    assert f"{reverse('draft', args=[draft.pk])}#{item}" in page
    assert not Adoption.objects.exists()
    assert not (folders / "plans").exists()


def test_the_page_of_an_item_shows_the_words_it_was_read_from(
    as_wang: Client, draft: Draft
) -> None:
    item = drafts.target(draft, "家长委员会")

    page = as_wang.get(reverse("draft_item", args=[draft.pk, item])).content.decode()

    assert '<p class="quote">各学校普遍建立家长委员会</p>' in page


def test_a_year_that_is_filled_in_ends_the_doubt_about_the_deadline(
    as_wang: Client, draft: Draft
) -> None:
    item = drafts.target(draft, "家长委员会")
    address = reverse("draft_item", args=[draft.pk, item])
    assert "没有写期限" in str(draft.reading["targets"])
    form = as_wang.get(address).context["parts"][0].form
    given = {f"{item}-{key}": form[key].value() or "" for key in form.fields}

    as_wang.post(address, {**given, f"{item}-year": "2027", f"{item}-year_kind": "year",
                           "version": draft.version})  # fmt: skip

    draft.refresh_from_db()
    (held,) = [one for one in draft.reading["targets"] if one["id"] == item]
    assert (held["year"], held["doubt"]) == (2027, "")


def test_whoever_only_comes_to_the_address_of_deeds_is_led_to_the_draft(
    as_wang: Client, draft: Draft
) -> None:
    response = as_wang.get(reverse("draft_do", args=[draft.pk]))

    assert response.headers["Location"] == reverse("draft", args=[draft.pk])


def test_what_the_whole_lacks_leads_to_the_form_of_its_head(as_wang: Client, draft: Draft) -> None:
    draft.reading["date"] = None
    draft.save()

    page = as_wang.get(reverse("draft_adopt", args=[draft.pk])).content.decode()

    lack = page.split("没有读出成文日期")[1].split("</li>")[0]
    assert f'href="{reverse("draft_item", args=[draft.pk, "head"])}"' in lack


def test_a_draft_becomes_a_plan_once_and_the_page_says_how_it_is_put_in_force(
    as_wang: Client, draft: Draft, folders: Path
) -> None:
    address = reverse("draft_adopt", args=[draft.pk])
    assert as_wang.get(address).status_code == 200

    page = as_wang.post(address, CHOICES, follow=True).content.decode()

    assert (folders / "plans" / "haiwan_2025" / "plan.yaml").exists()
    assert "GENGDU_PLAN=haiwan_2025" in page
    assert str(folders / "plans" / "haiwan_2025") in page
    again = as_wang.post(address, CHOICES).content.decode()
    assert "已经有编号为“haiwan_2025”的方案" in again
    assert Adoption.objects.get().version == draft.version
    wrong = as_wang.post(address, {**CHOICES, "id": "../x"}).content.decode()
    assert "编号以小写字母开头" in wrong


def test_a_folder_that_a_stop_left_behind_becomes_the_plan_and_another_one_is_not_touched(
    as_wang: Client, draft: Draft, folders: Path
) -> None:
    address, plan = reverse("draft_adopt", args=[draft.pk]), folders / "plans" / "haiwan_2025"
    as_wang.post(address, CHOICES)
    Adoption.objects.all().delete()  # as if it had been killed before it could say so

    (plan / "plan.yaml").write_text("of somebody else", encoding="utf-8")
    refused = as_wang.post(address, CHOICES).content.decode()
    (plan / "plan.yaml").unlink()
    shutil.rmtree(plan)
    as_wang.post(address, {**CHOICES, "id": "other"})
    shutil.copytree(folders / "plans" / "other", plan)
    as_wang.post(address, CHOICES)

    assert "已经有编号为“haiwan_2025”的方案" in refused
    assert set(Adoption.objects.values_list("plan", flat=True)) == {"haiwan_2025", "other"}


def test_measures_that_count_anew_in_each_section_are_renumbered_with_their_targets(
    as_wang: Client, district: World
) -> None:
    draft = drafts.draft(district.wang)
    for one in draft.reading["measures"]:
        one["no"] = 1
    for one in draft.reading["targets"]:
        one["measure"] = 1 if one["measure"] else None
    owned = {
        one["id"]: numbering.measure_of(draft.reading, one) for one in draft.reading["targets"]
    }
    draft.save()
    address = reverse("draft_adopt", args=[draft.pk])

    assert "按出现的顺序全部重编" in as_wang.get(address).content.decode()
    page = as_wang.post(
        reverse("draft_do", args=[draft.pk]), {"renumber": "1", "version": 0}, follow=True
    )

    draft.refresh_from_db()
    assert page.redirect_chain[-1][0] == address
    assert [one["no"] for one in draft.reading["measures"]] == [1, 2, 3]
    numbers = {one["id"]: one["no"] for one in draft.reading["measures"]}
    for one in draft.reading["targets"]:
        own = owned[one["id"]]
        assert one["measure"] == (own and numbers[own["id"]])
    assert "按出现的顺序全部重编" not in as_wang.get(address).content.decode()
    do(as_wang, draft, undo="1")
    draft.refresh_from_db()
    assert {one["no"] for one in draft.reading["measures"]} == {1}


def test_those_without_the_right_see_nothing_of_it(district: World, draft: Draft) -> None:
    for account in (district.li, district.sun):
        client = signed_in(account)
        assert client.get(reverse("drafts")).status_code == 403
        assert do(client, draft, check=drafts.measure(draft, 1)).status_code == 403
        assert reverse("drafts") not in client.get(reverse("me")).content.decode()
    draft.refresh_from_db()
    assert draft.version == 0
