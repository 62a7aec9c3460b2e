"""Two days side by side over the small world: a list, its export, and one child."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.documents.reading import read_rows
from gengdu.registers.pupils.models import Enrolment, PupilRecord
from gengdu.registers.schools.models import SchoolProfile
from tests import world
from tests.web.children import pupil, text
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

COMPARE, EXPORT = reverse("pupils_compare"), reverse("pupils_compare_export")
AUTUMN, NEW_YEAR = "2025-10-01", "2025-12-31"


def split(name: str, on: date, **values: Any) -> None:
    """Let the running enrolment of a child hold other values from a day on."""
    running = Enrolment.objects.get(pupil__records__name=name, starts_on="2025-09-01")
    until, running.ends_on = running.ends_on, on
    running.save()
    running.pk, running.starts_on, running.ends_on = None, on, until
    for field, value in values.items():
        setattr(running, field, value)
    running.save(force_insert=True)


def compared(client: Client, **asked: str) -> dict[str, dict[str, list[str]]]:
    """Return by kind what each row that is otherwise says."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind in ("changed", "added", "gone"):
        page = client.get(COMPARE, {"with": AUTUMN, "show": kind} | asked)
        rows = page.context["rows"]
        assert len(rows) == page.context["counts"][kind]
        found[kind] = {
            row.name: [f"{column.key}: {old} → {new}" for column, old, new in row.changes]
            for row in rows
        }
    return found


def test_rows_that_came_went_and_changed_are_told_apart(
    district: World, as_wang: Client, as_li: Client
) -> None:
    split("丛一", date(2025, 11, 1), class_number=2)
    split("丛二", date(2025, 11, 1), school=district.zhao_school)
    Enrolment.objects.filter(pupil=pupil("P03"), starts_on="2025-09-01").update(
        ends_on="2025-11-01"
    )

    assert compared(as_wang) == {
        "changed": {"丛一": ["class_number: 1班 → 2班"], "丛二": ["school: 崮山小学 → 松徐小学"]},
        "added": {}, "gone": {"丛三": []},
    }  # fmt: skip
    assert compared(as_li) == {
        "changed": {"丛一": ["class_number: 1班 → 2班"]}, "added": {},
        "gone": {"丛二": [], "丛三": []},
    }  # fmt: skip


def test_what_came_is_found_whichever_day_is_named_first(district: World, as_li: Client) -> None:
    split("宫一", date(2025, 11, 1), school=district.li_school)

    assert list(compared(as_li)["added"]) == ["宫一"]
    assert list(compared(as_li, on=AUTUMN, **{"with": NEW_YEAR})["added"]) == ["宫一"]


def test_a_new_name_of_the_school_is_no_change_of_its_children(
    district: World, as_wang: Client
) -> None:
    profile = SchoolProfile.objects.get(school=district.li_school)
    profile.ends_on = date(2025, 11, 1)
    profile.save()
    profile.pk, profile.starts_on, profile.ends_on = None, profile.ends_on, None
    profile.name = "崮山第一小学"
    profile.save(force_insert=True)

    assert compared(as_wang) == {"changed": {}, "added": {}, "gone": {}}


def test_the_same_filters_hold_on_both_days(as_wang: Client) -> None:
    split("丛一", date(2025, 11, 1), class_number=2)

    assert compared(as_wang, f_stage="preschool")["changed"] == {}
    assert list(compared(as_wang, q="丛一")["changed"]) == ["丛一"]
    assert compared(as_wang, columns="name,sex")["changed"] == {}


def test_a_new_grade_is_a_change_in_words(as_li: Client) -> None:
    found = compared(as_li, **{"with": "2025-03-01"}, columns="name,grade")

    assert found["changed"]["丛一"] == ["grade: 三年级 → 四年级"]


def test_hidden_numbers_stay_hidden(as_li: Client) -> None:
    record = PupilRecord.objects.get(pupil=pupil("P01"))
    PupilRecord.objects.filter(pk=record.pk).update(identity_number="371002201603010011")

    page = text(as_li.get(reverse("pupils_beside", args=[record.pupil_id])))

    assert "3710**********0011" in page
    assert "371002201603010011" not in page


def test_pages_and_odd_addresses(as_wang: Client) -> None:
    for asked in (
        {"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": "9" * 30}, {"show": "pk"},
        {"sort": "record__pk"}, {"f_pupil__pk": "1"}, {"columns": "superseded_at"},
    ):  # fmt: skip
        assert as_wang.get(COMPARE, {"with": AUTUMN} | asked).status_code == 200, asked


@pytest.mark.parametrize("day", ["2025-02-30", "heute", "1025-01-01"])
def test_a_day_that_is_none_is_told_and_a_year_before_is_taken(as_li: Client, day: str) -> None:
    page = as_li.get(COMPARE, {"with": day})

    assert "alert-warning" in text(page)
    assert page.context["before"] == date(2024, 12, 31)


def test_a_look_at_children_stands_in_the_trail(as_li: Client) -> None:
    split("丛一", date(2025, 11, 1), class_number=2)

    as_li.get(COMPARE, {"with": AUTUMN})

    entry = TrailEntry.objects.filter(kind=Kind.LOOK).latest("pk")
    assert entry.object_count == 1
    assert "两日对比" in entry.detail


def test_the_export_holds_everything_that_is_otherwise(
    district: World, as_wang: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    split("丛一", date(2025, 11, 1), class_number=2)
    Enrolment.objects.filter(pupil=pupil("P03"), starts_on="2025-09-01").update(
        ends_on="2025-11-01"
    )
    path = tmp_path_factory.mktemp("export") / "compare.xlsx"

    response: Any = as_wang.get(EXPORT, {"with": AUTUMN})
    path.write_bytes(b"".join(response.streaming_content))
    head, *rows = [row for _, row in read_rows(path)]

    assert head == ["情况", "姓名", "列", "原来", "现在"]
    assert rows[0] == ["变化", "丛一", "班级", "1班", "2班"]
    assert rows[1][:2] == ["减少", "丛三"]
    assert len(rows) == 2
    assert TrailEntry.objects.filter(kind=Kind.EXPORT).latest("pk").object_count == 2


def test_one_child_stands_side_by_side_and_no_child_of_another_school(as_li: Client) -> None:
    split("丛一", date(2025, 11, 1), class_number=2)

    page = as_li.get(reverse("pupils_beside", args=[pupil("P01")]), {"with": AUTUMN})

    lines = {column.key: (old, new, differs) for _, lines in page.context["groups"]
             for column, old, new, differs in lines}  # fmt: skip
    assert lines["class_number"] == ("1班", "2班", True)
    assert lines["name"] == ("丛一", "丛一", False)
    assert as_li.get(reverse("pupils_beside", args=[pupil("P05")])).status_code == 404


def test_the_town_sees_its_own_rows_alone(district: World, as_sun: Client) -> None:
    split("丛一", date(2025, 11, 1), class_number=2)
    split("宫一", date(2025, 11, 1), class_number=2)

    assert list(compared(as_sun)["changed"]) == ["宫一"]
    assert world.ON.isoformat() == NEW_YEAR
