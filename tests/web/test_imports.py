"""A file comes into a register on its pages: upload, columns, preview, confirm, undo."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from gengdu.access.models import StandIn
from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.records import layouts
from gengdu.records.importing import batches
from gengdu.records.models import BatchState, Change, ImportBatch
from gengdu.registers.pupils.models import Enrolment, PupilRecord, PupilSituation
from gengdu.registers.schools.models import SchoolProfile
from tests import importing, world
from tests.conftest import signed_in
from tests.web.children import file, pupil, text
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

HEAD = "姓名,性别,出生日期,身份证件号,学籍号,学校名称,年级,班级,是否需要乘坐校车"
NEW = "丛新,男,2016-05-06,371002201605060013,G371002201605060013,崮山小学,四年级,1班,是"


def bring(client: Client, upload: SimpleUploadedFile, **more: str) -> ImportBatch:
    """Upload a file, keep the columns proposed, and return the batch as previewed."""
    client.post(reverse("pupils_import"), {"file": upload, "on_day": "2025-09-01"} | more)
    batch = ImportBatch.objects.latest("pk")
    page = client.get(reverse("pupils_batch", args=[batch.pk]))
    columns = {f"column_{letter}": key for letter, _, key in page.context["proposal"]}
    step(client, batch, "read", **columns)
    batch.refresh_from_db()
    return batch


def step(client: Client, batch: ImportBatch, name: str, **more: str) -> HttpResponse:
    return client.post(reverse("pupils_step", args=[batch.pk]), {"step": name} | more)


def enrolled(name: str) -> bool:
    return Enrolment.objects.filter(
        pupil__records__name=name, pupil__records__superseded_at=None, superseded_at=None
    ).exists()


def test_a_clerk_imports_corrects_undoes_and_imports_again(numbered: World, as_li: Client) -> None:
    wrong = NEW.replace("2016-05-06,", "2016-13-06,").replace("四年级", "八年级")
    first = bring(as_li, file(HEAD, NEW.replace("0013", "0013"), wrong.replace("0013", "0021")))
    assert first.counts["rejected"] == 1
    assert not enrolled("丛新")

    second = bring(as_li, file(HEAD, NEW))
    assert (second.state, second.counts.get("new")) == (BatchState.PREVIEWED, 1)
    step(as_li, second, "confirm")
    assert enrolled("丛新")
    assert PupilSituation.objects.get(pupil__records__name="丛新").needs_school_bus is True

    step(as_li, second, "undo", reason="传错了")
    assert not enrolled("丛新")

    third = bring(as_li, file(HEAD, NEW))
    step(as_li, third, "confirm")
    assert enrolled("丛新")
    again = bring(as_li, file(HEAD, NEW))
    assert again.counts == {"unchanged": 1, "warned": 0}


def test_nothing_is_written_before_the_confirmation(numbered: World, as_li: Client) -> None:
    before = Change.objects.count()

    bring(as_li, file(HEAD, NEW))

    assert Change.objects.count() == before
    assert not enrolled("丛新")


def test_rows_for_another_school_are_refused(numbered: World, as_li: Client) -> None:
    batch = bring(as_li, file(HEAD, NEW.replace("崮山小学", "松徐小学")))

    page = text(as_li.get(reverse("pupils_batch", args=[batch.pk])))

    assert batch.counts["rejected"] == 1
    assert "不在您的管理范围内" in page


def test_a_batch_is_its_senders_own(numbered: World, as_li: Client) -> None:
    batch = bring(as_li, file(HEAD, NEW))
    stranger = signed_in(numbered.zhao)

    assert stranger.get(reverse("pupils_batch", args=[batch.pk])).status_code == 404
    assert (
        stranger.post(reverse("pupils_step", args=[batch.pk]), {"step": "confirm"}).status_code
        == 404
    )


def test_the_choice_for_an_unknown_name_is_remembered(numbered: World, as_li: Client) -> None:
    head = HEAD.replace("是否需要乘坐校车", "坐车吗")
    as_li.post(reverse("pupils_import"), {"file": file(head, NEW), "on_day": "2025-09-01"})
    batch = ImportBatch.objects.latest("pk")
    columns = {f"column_{letter}": key for letter, _, key in
               as_li.get(reverse("pupils_batch", args=[batch.pk])).context["proposal"]}  # fmt: skip
    assert columns["column_I"] == ""

    step(as_li, batch, "read", **columns | {"column_I": "needs_school_bus"})
    as_li.post(reverse("pupils_import"), {"file": file(head, NEW), "on_day": "2025-09-01"})

    latest = ImportBatch.objects.latest("pk")
    page = as_li.get(reverse("pupils_batch", args=[latest.pk]))
    assert page.context["proposal"][8] == ("I", "坐车吗", "needs_school_bus")


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("x.xlsx", b"PK\x03\x04 nothing"),
        SimpleUploadedFile("x.csv", b""),
        SimpleUploadedFile("x.xlsx", b"\x89PNG\r\n\x1a\n"),
        file("甲,乙,丙", "1,2,3"),
    ],
    ids=["broken", "empty", "picture", "other table"],
)
def test_what_is_no_list_of_pupils_is_refused_in_a_sentence(
    numbered: World, as_li: Client, upload: SimpleUploadedFile
) -> None:
    before = ImportBatch.objects.count()

    page = text(as_li.post(reverse("pupils_import"), {"file": upload, "on_day": "2025-09-01"}))

    assert ImportBatch.objects.count() == before
    assert "alert-warning" in page


def test_the_export_comes_back_and_changes_nothing(
    numbered: World, as_wang: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    PupilRecord.objects.filter(registry_number="").update(registry_number="x")
    response = as_wang.get(reverse("pupils_export"), {"all_columns": "1", "q": "丛一"})
    content = io.BytesIO(b"".join(response.streaming_content))  # type: ignore[attr-defined]

    batch = bring(as_wang, SimpleUploadedFile("back.xlsx", content.getvalue()), on_day="2025-12-31")

    assert batch.counts.get("changed", 0) == batch.counts.get("new", 0) == 0
    assert date(2025, 12, 31) == world.ON


# Which list it is, and whose


def uploaded(client: Client, upload: SimpleUploadedFile, register: str = "pupils") -> ImportBatch:
    client.post(reverse(f"{register}_import"), {"file": upload, "on_day": "2025-09-01"})
    return ImportBatch.objects.latest("pk")


def columns_page(client: Client, batch: ImportBatch) -> HttpResponse:
    return client.get(reverse(f"{batch.register}_batch", args=[batch.pk]))


def without_school(line: str) -> str:
    cells = line.split(",")
    return ",".join(cells[:5] + cells[6:])


def test_the_page_says_which_official_list_it_takes_the_file_for(
    numbered: World, as_li: Client
) -> None:
    names = next(one for one in layouts.layouts() if one.key == "student_registry").fields
    batch = uploaded(as_li, file(",".join(names), ",".join("" for _ in names) + "x"))

    assert "认出是《全国中小学生学籍信息管理系统" in text(columns_page(as_li, batch))


def test_a_list_that_belongs_to_another_register_is_led_there(
    numbered: World, as_wang: Client
) -> None:
    names = next(one for one in layouts.layouts() if one.key == "student_registry").fields
    batch = uploaded(as_wang, file(",".join(names), ",".join("" for _ in names) + "x"), "staff")

    page = text(columns_page(as_wang, batch))

    assert "属于“学生”底册" in page
    assert reverse("pupils_import") in page


def test_the_district_says_whose_a_list_is_that_names_no_school(
    numbered: World, as_wang: Client
) -> None:
    batch = uploaded(as_wang, file(without_school(HEAD), without_school(NEW)))
    page = columns_page(as_wang, batch)
    offered = {name: school for school, name in page.context["schools"]}
    columns = {f"column_{letter}": key for letter, _, key in page.context["proposal"]}

    step(as_wang, batch, "read", school=str(offered["崮山小学"]), **columns)
    batch.refresh_from_db()

    assert batch.counts.get("new") == 1


def test_without_a_school_new_rows_are_refused(numbered: World, as_wang: Client) -> None:
    batch = bring(as_wang, file(without_school(HEAD), without_school(NEW)))

    assert batch.counts.get("rejected") == 1


def test_a_clerk_chooses_no_school_and_cannot_slip_one_in(numbered: World, as_li: Client) -> None:
    batch = uploaded(as_li, file(without_school(HEAD), without_school(NEW)))
    page = columns_page(as_li, batch)
    columns = {f"column_{letter}": key for letter, _, key in page.context["proposal"]}
    other = SchoolProfile.objects.get(name="松徐小学", superseded_at=None).school_id

    step(as_li, batch, "read", school=str(other), **columns)
    batch.refresh_from_db()

    assert [name for _, name in page.context["schools"]] == ["崮山小学"]
    assert (batch.school, batch.counts.get("new")) == (page.context["schools"][0][0], 1)


def test_a_name_that_stands_twice_in_the_header_is_refused(numbered: World, as_li: Client) -> None:
    page = text(
        as_li.post(
            reverse("pupils_import"),
            {"file": file(f"{HEAD},姓名", f"{NEW},丛旧"), "on_day": "2025-09-01"},
        )
    )

    assert "“姓名”（A、J 列）重复出现" in page.replace("&ldquo;", "“")


# How long files are kept

LATER = datetime.now(UTC) + timedelta(days=31)


def test_files_are_deleted_after_a_month_and_what_was_written_stays(
    numbered: World, as_li: Client
) -> None:
    batch = bring(as_li, file(HEAD, NEW))
    step(as_li, batch, "confirm")

    assert batches.sweep(datetime.now(UTC)) == 0
    assert batches.sweep(LATER) == 1

    batch.refresh_from_db()
    assert not batches.folder(batch).exists()
    assert text(columns_page(as_li, batch))
    step(as_li, batch, "undo", reason="迟了也能撤")
    assert not enrolled("丛新")


def test_a_batch_nobody_confirmed_is_given_up_and_says_so(numbered: World, as_li: Client) -> None:
    batch = bring(as_li, file(HEAD, NEW))

    batches.sweep(LATER)

    batch.refresh_from_db()
    assert batch.state == BatchState.CANCELLED
    assert "超过 30 天没有确认" in text(columns_page(as_li, batch))


# Who did it, in the trail


@pytest.fixture
def stand_in(numbered: World) -> Client:
    """Zhao of the town, who has no pupils to edit, acts for Li, the head of a school."""
    today = timezone.localdate()  # noqa: TID251
    leave = StandIn.objects.create(
        absent=numbered.li, deputy=numbered.zhao, starts_on=today,
        ends_on=today + timedelta(days=2),
    )  # fmt: skip
    client = signed_in(numbered.zhao)
    client.post(reverse("act"), {"stand_in": leave.pk})
    return client


def test_the_trail_says_for_whom_from_where_and_of_which_school_a_file_was_written(
    numbered: World, stand_in: Client
) -> None:
    batch = bring(stand_in, file(HEAD, NEW))
    step(stand_in, batch, "confirm")
    step(stand_in, batch, "undo", reason="传错了")

    written, undone = TrailEntry.objects.filter(kind=Kind.WRITE).order_by("sequence")
    child = PupilRecord.objects.get(name="丛新").pupil_id
    for entry in (written, undone):
        assert (entry.username, entry.stands_in_for) == ("zhao", "li")
        assert (entry.client, entry.role) == ("127.0.0.1", "school_head")
        assert entry.school_ids == f",{numbered.li_school.pk},"
        assert entry.ids == [child]


def test_a_worker_without_a_page_writes_in_the_name_of_whoever_confirmed(
    numbered: World, stand_in: Client
) -> None:
    batch = bring(stand_in, file(HEAD, NEW))
    with override_settings(
        TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    ):
        step(stand_in, batch, "confirm")
    batch.refresh_from_db()

    batches.write(batch, datetime.now(UTC))

    entry = TrailEntry.objects.get(kind=Kind.WRITE)
    assert (entry.username, entry.stands_in_for, entry.client) == ("zhao", "li", "127.0.0.1")


# What a preview and its files let people see


@pytest.fixture
def own_number(numbered: World) -> str:
    """The identity number of a child, well-formed; the number in the registry is made of it."""
    number = importing.identity_number(date(2016, 3, 1), 11)
    PupilRecord.objects.filter(pupil=pupil("P01")).update(
        identity_number=number, registry_number=f"G{number}", birth_date=date(2016, 3, 1),
        sex="male", name="丛一",
    )  # fmt: skip
    return number


def test_a_preview_hides_what_is_recorded_and_is_a_look(own_number: str, as_li: Client) -> None:
    number = importing.identity_number(date(2016, 3, 1), 33)
    batch = bring(as_li, file("学籍号,身份证件号", f"G{own_number},{number}"))
    before = TrailEntry.objects.filter(kind=Kind.LOOK).count()

    page = text(columns_page(as_li, batch))

    assert own_number not in page.replace(f"G{own_number}", "")
    assert number in page
    look = TrailEntry.objects.filter(kind=Kind.LOOK).latest("sequence")
    assert TrailEntry.objects.filter(kind=Kind.LOOK).count() == before + 1
    assert look.ids == [pupil("P01")]


def test_refused_rows_leave_with_a_note_in_the_trail(own_number: str, as_li: Client) -> None:
    batch = bring(as_li, file("学籍号,出生日期", f"G{own_number},2016-02-30"))

    b"".join(as_li.get(reverse("pupils_rejected", args=[batch.pk])).streaming_content)  # type: ignore[attr-defined]

    assert TrailEntry.objects.get(kind=Kind.EXPORT).ids == [pupil("P01")]


def test_a_day_of_birth_is_held_against_the_number_that_is_recorded(
    own_number: str, as_li: Client
) -> None:
    masked = f"{own_number[:4]}**********{own_number[-4:]}"
    head, key = "学籍号,身份证件号,出生日期", f"G{own_number}"

    other = bring(as_li, file(head, f"{key},{masked},2016-03-02"))
    same = bring(as_li, file(head, f"{key},{masked},2016-03-01"))

    assert (other.counts.get("warned"), same.counts.get("warned")) == (1, 0)
    assert "与身份证件号中的出生日期不一致" in text(columns_page(as_li, other))


def test_a_whole_batch_is_taken_back_for_a_reason_alone(numbered: World, as_li: Client) -> None:
    batch = bring(as_li, file(HEAD, NEW))
    step(as_li, batch, "confirm")

    step(as_li, batch, "undo")
    assert enrolled("丛新")

    step(as_li, batch, "undo", reason="传错了")
    assert not enrolled("丛新")


def test_the_history_says_who_took_something_back(own_number: str, as_li: Client) -> None:
    batch = bring(as_li, file("学籍号,姓名", f"G{own_number},丛壹"), mode="correction")
    step(as_li, batch, "confirm")
    step(as_li, batch, "undo", reason="传错了名字")

    steps = as_li.get(reverse("pupils_detail", args=[pupil("P01")])).context["steps"]

    assert [(one.change.kind if one.change else None) for one in steps
            if str(one.part.name) == "record"] == ["undo", "import", None]  # fmt: skip
