"""Long lists taken out in the background: told at once, whole or not at all, for one person."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.documents.reading import read_rows
from gengdu.registers.pupils.models import PupilRecord
from gengdu.web.exports import operations, tasks
from gengdu.web.models import ExportState, ListExport
from tests.conftest import signed_in
from tests.web.children import text
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

LIST, EXPORT, MINE = (reverse(name) for name in ("pupils_list", "pupils_export", "exports"))
NUMBER = "371002201603010054"


@pytest.fixture(autouse=True)
def _three_rows_are_many(settings: Any) -> None:
    settings.EXPORT_ROWS_AT_ONCE = 3


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the worker is asked to do and does not do yet."""
    asked: list[int] = []

    class Later:
        @staticmethod
        def enqueue(number: int) -> None:
            asked.append(number)

    monkeypatch.setattr(tasks, "make_export", Later)
    return asked


def ask(client: Client, **query: str) -> ListExport:
    """Ask for a list, and return the export that comes of it."""
    response = client.get(EXPORT, query)
    assert response.status_code == 302, response.status_code
    return ListExport.objects.get(pk=int(response.headers["Location"].split("/")[2]))


def page(export: ListExport) -> str:
    return reverse("export", args=[export.pk])


def file_of(export: ListExport) -> str:
    return reverse("export_file", args=[export.pk])


def now() -> datetime:
    return datetime.now(UTC)


def rows_in(response: Any) -> list[list[object]]:
    assert response.status_code == 200, response.status_code
    path = Path(operations.settings.EXPORTS) / "fetched.xlsx"
    path.write_bytes(io.BytesIO(b"".join(response.streaming_content)).getvalue())
    return [row for _number, row in read_rows(path)]


def test_a_short_list_still_comes_at_once(as_wang: Client) -> None:
    response = as_wang.get(EXPORT, {"q": "宫"})

    assert (response.status_code, ListExport.objects.count()) == (200, 0)
    response.close()


def test_a_long_list_is_told_to_be_on_its_way(as_wang: Client, waiting: list[int]) -> None:
    export = ask(as_wang)

    shown, polled = text(as_wang.get(page(export))), as_wang.get(page(export), HTTP_HX_REQUEST="1")

    assert waiting == [export.pk]
    assert "正在后台生成，可离开本页" in shown
    assert "导出中</span> <b>1</b>" in shown
    assert "排队中" in text(polled)
    assert "<html" not in polled.content.decode()
    assert as_wang.get(file_of(export)).status_code == 302


def test_the_progress_is_seen_and_the_page_turns_when_it_is_done(
    as_wang: Client, waiting: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "TOLD_EVERY", 2)
    export = ask(as_wang)
    seen = []

    def look() -> datetime:
        """The clock is read before the first row and after the last."""
        seen.append(text(as_wang.get(page(export), HTTP_HX_REQUEST="1")))
        return now()

    operations.make(export, look)
    after = as_wang.get(page(export), HTTP_HX_REQUEST="1")

    assert ["0 / 9" in seen[0], "8 / 9" in seen[1]] == [True, True]
    assert after.headers["HX-Refresh"] == "true"


def test_the_file_is_the_list_as_it_was_asked_for(as_sun: Client) -> None:
    PupilRecord.objects.filter(name="宫一").update(identity_number=NUMBER)
    export = ask(as_sun, columns="name,identity_number", sort="-name")

    head, *rows = rows_in(as_sun.get(file_of(export)))

    assert head == ["姓名", "身份证件号"]
    assert [row[0] for row in rows] == ["毕一", "宫二", "宫三", "宫一"]
    assert "3710**********0054" in str(rows)
    assert NUMBER not in str(rows)


def test_every_page_says_that_it_is_done_until_one_has_looked(as_wang: Client) -> None:
    ask(as_wang)

    told = [text(as_wang.get(address)) for address in (reverse("schools"), LIST, MINE, LIST)]

    assert ["导出完成</span> <b>1</b>" in page for page in told] == [True, True, False, False]
    assert "下载名单（9 条）" in told[2]


def test_the_notice_costs_one_statement(as_wang: Client) -> None:
    with CaptureQueriesContext(connections["default"]) as asked:
        as_wang.get(reverse("schools"))

    assert sum("web_listexport" in query["sql"] for query in asked) == 1


def test_each_fetching_is_an_export_in_the_trail(as_sun: Client) -> None:
    export = ask(as_sun)
    before = TrailEntry.objects.filter(kind=Kind.EXPORT).count()

    for _time in range(2):
        rows_in(as_sun.get(file_of(export)))

    noted = TrailEntry.objects.filter(kind=Kind.EXPORT).order_by("-sequence")
    assert (noted.count(), noted[0].object_count) == (before + 2, 4)


def test_a_file_is_for_whoever_asked(as_wang: Client, as_sun: Client) -> None:
    export = ask(as_wang)

    assert [as_sun.get(item(export)).status_code for item in (page, file_of)] == [404, 404]
    assert as_sun.post(page(export), {"step": "drop"}).status_code == 404
    assert "还没有后台导出" in text(as_sun.get(MINE))


def test_whole_numbers_leave_only_with_the_reason_in_the_trail(as_wang: Client) -> None:
    PupilRecord.objects.filter(name="宫一").update(identity_number=NUMBER)
    as_wang.post(EXPORT, {"whole": "1", "reason": "报送学籍"})
    export = ListExport.objects.get()

    rows = rows_in(as_wang.get(file_of(export)))

    assert NUMBER in str(rows)
    assert TrailEntry.objects.filter(kind=Kind.EXPORT, reason="报送学籍").exists()


LESS = {
    "another body": {"role": Role.BODY_OFFICER, "body_key": "health_office"},
    "no whole numbers": {"role": Role.DISTRICT_ADMIN},
    "one school": {"role": Role.SCHOOL_HEAD, "scope_kind": ScopeKind.SCHOOL, "scope_key": 1},
    "no exports": {"role": Role.TEACHER, "scope_kind": ScopeKind.SCHOOL, "scope_key": 1},
}


@pytest.mark.parametrize("less", LESS.values(), ids=list(LESS))
def test_whose_rights_have_shrunk_is_refused_the_file(
    district: World, as_wang: Client, less: dict[str, Any]
) -> None:
    as_wang.post(EXPORT, {"whole": "1", "reason": "报送学籍"})
    export = ListExport.objects.get()
    before = TrailEntry.objects.filter(kind=Kind.EXPORT).count()
    Account.objects.filter(pk=district.wang.pk).update(**less)
    again = signed_in(Account.objects.get(pk=district.wang.pk))

    assert again.get(file_of(export)).status_code == 403
    assert TrailEntry.objects.filter(kind=Kind.EXPORT).count() == before
    if less["role"] != Role.TEACHER:  # who may export nothing has no such page at all
        assert "不能再下载" in text(again.get(page(export)))


def test_a_town_that_lost_a_school_is_refused_the_file(district: World, as_sun: Client) -> None:
    export = ask(as_sun)
    ListExport.objects.filter(pk=export.pk).update(schools=[*export.schools, 10**6])

    assert as_sun.get(file_of(export)).status_code == 403


def test_the_scope_is_that_of_the_moment_of_asking(
    district: World, as_wang: Client, as_sun: Client, waiting: list[int]
) -> None:
    export = ask(as_sun)
    Account.objects.filter(pk=district.sun.pk).update(scope_kind="district", scope_key=None)

    operations.make(export, now)

    assert ListExport.objects.get(pk=export.pk).rows == 4


def test_the_same_asked_twice_is_one_export(as_wang: Client, waiting: list[int]) -> None:
    first = ask(as_wang, sort="name")
    while_waiting, other = ask(as_wang, sort="name"), ask(as_wang, sort="-name")
    operations.make(first, now)
    when_ready = ask(as_wang, sort="name")

    assert first == while_waiting == when_ready != other
    assert waiting == [first.pk, other.pk]


def test_one_person_cannot_make_all_others_wait(as_wang: Client, waiting: list[int]) -> None:
    for column in ("name", "sex", "birth_date", "grade", "class_number"):
        ask(as_wang, columns=column)

    answer = as_wang.get(reverse("pupils_export"), {"sort": "-name"}, follow=True)

    assert len(waiting) == operations.MOST_AT_WORK
    assert "请等其中一份完成后再导出" in text(answer)


def test_after_a_change_in_the_registers_the_same_is_made_anew(
    as_wang: Client, waiting: list[int]
) -> None:
    first = ask(as_wang)
    operations.make(first, now)
    PupilRecord.objects.filter(name="宫一").update(native_place="山东威海")

    assert ask(as_wang) != first


class Killed(BaseException):
    """Stands for a worker that was killed at this very step."""


@pytest.mark.parametrize("step", ["workbooks.write_list", "os.fsync", "Path.replace", "_to READY"])
def test_killed_at_any_step_nothing_half_is_offered_and_it_is_made_again(
    as_wang: Client, waiting: list[int], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    export = ask(as_wang)

    def kill(*given: Any, **more: Any) -> None:
        raise Killed

    def kill_at_the_end(of: ListExport, state: str, **values: Any) -> None:
        if state == ExportState.READY:
            raise Killed

    with monkeypatch.context() as patched:
        if step == "_to READY":
            patched.setattr(operations, "_to", kill_at_the_end)
        else:
            patched.setattr(f"gengdu.web.exports.operations.{step}", kill)
        with pytest.raises(Killed):
            operations.make(export, now)
    offered = as_wang.get(file_of(export))
    as_wang.post(page(export), {"step": "again"})
    operations.make(ListExport.objects.get(pk=export.pk), now)

    assert offered.status_code == 302
    assert waiting == [export.pk, export.pk]
    assert len(rows_in(as_wang.get(file_of(export)))) == 10
    assert list(operations.folder(export).glob("*.part")) == []


def test_a_failure_is_told_and_leaves_no_file(
    as_wang: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations.workbooks, "write_list", lambda *given, **more: 1 / 0)
    export = ask(as_wang)

    assert "程序出错，没有生成文件" in text(as_wang.get(page(export)))
    assert not operations.folder(export).exists()


def test_a_file_is_no_longer_offered_after_its_days_and_then_gone(
    as_wang: Client, settings: Any
) -> None:
    export = ask(as_wang)
    days = timedelta(days=settings.EXPORT_KEPT_DAYS)
    ListExport.objects.update(ready_at=now() - days, asked_at=now() - days)

    assert as_wang.get(file_of(export)).status_code == 302
    assert text(as_wang.get(MINE)).count("下载名单（9 条）") == 0
    assert not operations.folder(export).exists()
    assert not ListExport.objects.exists()


def test_one_that_never_came_to_be_goes_as_well(
    as_wang: Client, waiting: list[int], settings: Any
) -> None:
    export = ask(as_wang)
    operations.drop_old(export.asked_at + timedelta(days=settings.EXPORT_KEPT_DAYS, seconds=-1))
    kept = ListExport.objects.count()
    operations.drop_old(export.asked_at + timedelta(days=settings.EXPORT_KEPT_DAYS))

    assert (kept, ListExport.objects.count()) == (1, 0)


def test_one_deletes_ones_file_oneself(as_wang: Client) -> None:
    export = ask(as_wang)

    as_wang.post(page(export), {"step": "drop"})

    assert not operations.folder(export).exists()
    assert as_wang.get(file_of(export)).status_code == 404
