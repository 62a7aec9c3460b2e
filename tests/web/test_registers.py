"""The pages of a register over the small world: list, detail, form, export and import of pupils."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.chapters.delivery.evaluation.ledger import STATEMENTS
from gengdu.documents.reading import read_rows
from gengdu.records.models import Change
from gengdu.registers.pupils.models import Enrolment, PupilRecord
from gengdu.registers.schools.models import CountyReport
from tests.ledgers import new
from tests.web.children import NUMBERS, pupil, text
from tests.world import LONG_AGO, World, known

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

LIST = reverse("pupils_list")


# The list


def test_each_person_sees_the_children_of_their_own_scope(
    district: World, as_wang: Client, as_li: Client, as_sun: Client
) -> None:
    pages = {"wang": text(as_wang.get(LIST)), "li": text(as_li.get(LIST)),
             "sun": text(as_sun.get(LIST))}  # fmt: skip

    assert "共 9 名学生" in pages["wang"]
    assert "共 4 名学生" in pages["li"]
    assert "宫一" not in pages["li"]
    assert "共 4 名学生" in pages["sun"]
    assert "丛一" not in pages["sun"]


def test_years_are_not_printed_as_amounts(district: World, as_wang: Client) -> None:
    CountyReport.objects.create(year=2025, exchanged_teachers=2_318, recorded_at=known(LONG_AGO))
    new(STATEMENTS, district.wang, subject="g01", year="2025")

    for register in ("county", "balance_statements"):
        page = text(as_wang.get(reverse(f"{register}_list")))
        assert ">2025<" in page
        assert "2,025" not in page
    assert "2,318" in text(as_wang.get(reverse("county_list")))


OF_ZHAO = {"宫一", "宫二", "宫三"}


@pytest.mark.parametrize(
    ("q", "found"),
    [("宫一", {"宫一"}), ("宫", OF_ZHAO), ("gong", OF_ZHAO), ("gy", {"宫一"}), ("nobody", set())],
)
def test_names_are_found_by_any_part_and_by_pinyin(
    as_wang: Client, q: str, found: set[str]
) -> None:
    page = text(as_wang.get(LIST, {"q": q}))

    assert {name for name in ("宫一", "宫二", "宫三", "丛一") if name in page} == found


def test_hidden_numbers_are_found_whole_and_never_by_a_part(
    numbered: World, as_wang: Client
) -> None:
    whole, part = (
        text(as_wang.get(LIST, {"q": q}, follow=True)) for q in (NUMBERS["P05"], "37100220160301")
    )

    assert "宫一" in whole
    assert "3710**********0054" in whole
    assert "没有符合条件的记录" in part


@pytest.mark.parametrize("sort", ["pk", "record__name", "name;drop", "-school__pk", "stage"])
def test_a_name_that_the_register_does_not_show_sorts_nothing(as_wang: Client, sort: str) -> None:
    assert "共 9 名学生" in text(as_wang.get(LIST, {"sort": sort, "f_nothing": "1"}))


def test_filters_narrow_and_unknown_values_find_nothing(as_wang: Client) -> None:
    junior = text(as_wang.get(LIST, {"f_stage": "preschool"}))
    nonsense = text(as_wang.get(LIST, {"f_stage": "nonsense"}))

    assert "毕一" in junior
    assert "丛一" not in junior
    assert "没有符合条件的记录" in nonsense


def test_a_look_at_children_is_written_into_the_trail(as_li: Client) -> None:
    before = TrailEntry.objects.filter(kind=Kind.LOOK).count()

    as_li.get(LIST)

    assert TrailEntry.objects.filter(kind=Kind.LOOK).count() == before + 1


# Detail and form


def test_a_child_of_another_school_has_no_page(as_li: Client) -> None:
    for view in ("pupils_detail", "pupils_edit"):
        assert as_li.get(reverse(view, args=[pupil("P05")])).status_code == 404


def test_whole_numbers_are_shown_for_a_reason_only(numbered: World, as_wang: Client) -> None:
    address = reverse("pupils_detail", args=[pupil("P05")])

    hidden, without = text(as_wang.get(address)), text(as_wang.post(address, {"reason": " "}))
    shown = text(as_wang.post(address, {"reason": "核对学籍"}))

    assert NUMBERS["P05"] not in hidden + without
    assert NUMBERS["P05"] in shown
    assert TrailEntry.objects.filter(kind=Kind.REVEAL, reason="核对学籍").exists()


def form_of(client: Client, thing: int) -> dict[str, str]:
    """Return what the form of a child holds."""
    form = client.get(reverse("pupils_edit", args=[thing])).context["form"]
    fields = (field for _, fields in form.groups() for field in fields)
    return {field["column"].key: field["value"] for field in fields} | {"seen": form.seen}


def test_saving_a_form_unchanged_writes_nothing(numbered: World, as_li: Client) -> None:
    thing = pupil("P01")
    before = Change.objects.count()

    as_li.post(reverse("pupils_edit", args=[thing]), form_of(as_li, thing))

    assert Change.objects.count() == before


def test_a_change_holds_from_its_day_and_the_past_stays(as_li: Client) -> None:
    thing = pupil("P01")
    data = form_of(as_li, thing) | {"class_number": "2班", "holds_from": "2025-11-01"}

    as_li.post(reverse("pupils_edit", args=[thing]), data)

    live = Enrolment.objects.filter(pupil=thing, superseded_at=None, starts_on__gte="2025-09-01")
    assert list(live.order_by("starts_on").values_list("starts_on", "ends_on", "class_number")) == [
        (date(2025, 9, 1), date(2025, 11, 1), 1),
        (date(2025, 11, 1), date(2026, 9, 1), 2),
    ]


def test_a_correction_keeps_the_period(as_li: Client) -> None:
    thing = pupil("P01")
    data = form_of(as_li, thing) | {"class_number": "3", "mode": "correction"}

    as_li.post(reverse("pupils_edit", args=[thing]), data)

    live = Enrolment.objects.get(pupil=thing, superseded_at=None, starts_on="2025-09-01")
    assert (live.ends_on, live.class_number) == (date(2026, 9, 1), 3)
    assert live.recorded_in is not None
    assert live.recorded_in.account.username == "li"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(as_li: Client) -> None:
    thing = pupil("P01")
    data = form_of(as_li, thing) | {"birth_date": "2016-02-30", "native_place": "山东威海"}

    page = text(as_li.post(reverse("pupils_edit", args=[thing]), data))

    assert "有 1 处需要改正" in page
    assert "山东威海" in page
    assert not PupilRecord.objects.filter(pupil=thing, native_place="山东威海").exists()


def test_whoever_was_slower_sees_both_versions(as_li: Client, as_wang: Client) -> None:
    thing = pupil("P01")
    address = reverse("pupils_edit", args=[thing])
    opened = form_of(as_li, thing)
    as_wang.post(address, form_of(as_wang, thing) | {"native_place": "山东荣成"})

    page = text(as_li.post(address, opened | {"native_place": "山东文登"}))

    assert "别人已经改过" in page
    assert "山东荣成" in page
    assert "山东文登" in page
    assert PupilRecord.objects.get(pupil=thing, superseded_at=None).native_place == "山东荣成"


def test_no_head_moves_a_child_to_a_school_that_is_not_theirs(as_li: Client) -> None:
    thing = pupil("P01")

    page = text(as_li.post(reverse("pupils_edit", args=[thing]),
                           form_of(as_li, thing) | {"school": "松徐小学"}))  # fmt: skip

    assert "不在您的管理范围内" in page


# Export


def sheet(response: HttpResponse, tmp_path_factory: pytest.TempPathFactory) -> list[list[object]]:
    path = tmp_path_factory.mktemp("export") / "list.xlsx"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    return [row for _, row in read_rows(path)]


def test_the_export_is_the_list_hidden_numbers_hidden(
    numbered: World, as_sun: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    head, *rows = sheet(as_sun.get(reverse("pupils_export")), tmp_path_factory)

    assert head[:3] == ["学校标识码", "姓名", "性别"]
    assert len(rows) == 4
    assert {row[1] for row in rows} == {"宫一", "宫二", "宫三", "毕一"}
    assert "3710**********0054" in {row[head.index("身份证件号")] for row in rows}


def test_whole_numbers_leave_only_with_right_and_reason(
    numbered: World, as_wang: Client, as_sun: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address, asked = reverse("pupils_export"), {"whole": "1", "reason": "报送学籍"}

    wang = str(sheet(as_wang.post(address, asked), tmp_path_factory))
    sun = str(sheet(as_sun.post(address, asked), tmp_path_factory))
    without = as_wang.post(address, {"whole": "1"})

    assert NUMBERS["P05"] in wang
    assert NUMBERS["P05"] not in sun
    assert without.status_code == 302
