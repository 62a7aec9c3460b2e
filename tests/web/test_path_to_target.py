"""The pages of the cheapest way to pass, as people open them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from gengdu.analytics.run import Moment
from gengdu.board.path_to_target import answers
from gengdu.board.path_to_target.allowed import SORTS, Allowed
from gengdu.documents.reading import read_rows
from gengdu.registers.schools.models import FacilityReport
from gengdu.registers.staff.models import StaffTitle
from tests.conftest import signed_in
from tests.web.children import text
from tests.world import LONG_AGO, ON, World, known

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
PATH, TASKS, SCENARIOS = (
    reverse(name) for name in ("path_to_target", "path_to_target_tasks", "path_to_target_scenarios")
)


@pytest.fixture
def reported(district: World, db: None) -> None:
    """All schools have reported enough of everything but rooms with multimedia."""
    for school in (district.li_school, district.zhao_school, district.city_school):
        FacilityReport.objects.filter(school=school).delete()
        FacilityReport.objects.create(
            school=school, year=2025, recorded_at=known(date(2025, 10, 20)),
            teaching_area_m2=4000, indoor_sports_area_m2=4, sports_area_m2=5000,
            equipment_yuan=900_000, multimedia_rooms=0, visiting_pe_teachers=0,
            visiting_music_teachers=0, visiting_art_teachers=0, visiting_arts_teachers=0,
        )  # fmt: skip
    StaffTitle.objects.create(
        staff_id=_staff("S02"), kind="lead_teacher", name="骨干教师", level="district",
        starts_on=LONG_AGO, ends_on=None, recorded_at=known(LONG_AGO),
    )  # fmt: skip
    for code in ("S03", "S06"):
        StaffTitle.objects.create(
            staff_id=_staff(code), kind="lead_teacher", name="骨干教师", level="district",
            starts_on=LONG_AGO, ends_on=date(2021, 1, 1), recorded_at=known(LONG_AGO),
        )  # fmt: skip


def _staff(code: str) -> int:
    from gengdu.registers.staff.models import Staff

    return Staff.objects.get(staff_code=code).pk


def query(**asked: str) -> str:
    generous = {f"{sort.name}_each": "99" for sort in SORTS} | {"transfer_teacher_each": "0"}
    return "?" + urlencode({**generous, **asked})


def test_what_was_not_reported_is_listed_and_the_form_stays(as_wang: Client) -> None:
    page = text(as_wang.get(PATH))

    assert "有未报或矛盾的数，没有计算" in page
    assert "骨干教师" in page
    assert "每项措施的费用和上限" in page
    assert as_wang.get(TASKS).status_code == 200


@pytest.mark.usefixtures("reported")
def test_the_page_says_what_it_costs_and_what_cannot_cost_less(as_wang: Client) -> None:
    answer = as_wang.get(PATH + query()).context["answer"]

    assert answer.reach is None
    assert answer.plan.bound <= answer.plan.cost
    assert "示例设置，没有官方数字" in text(as_wang.get(PATH))


@pytest.mark.usefixtures("reported")
def test_the_page_answers_as_the_model_does(as_wang: Client) -> None:
    shown = as_wang.get(PATH + query(budget_all="12")).context["answer"]

    allowed = Allowed.on(ON)
    allowed = allowed.changed({(sort.name, "each"): Fraction(99) for sort in SORTS})
    allowed = allowed.changed({("transfer_teacher", "each"): Fraction(0)})
    allowed = replace(allowed, budgets={"all": Fraction(120_000)})
    own = answers.of_district(Moment(ON), allowed)

    assert shown.reach is not None
    assert (shown.reach.passing, shown.plan.cost) == (own.reach.passing, own.plan.cost)  # type: ignore[union-attr]
    assert shown.plan.cost <= 120_000


@pytest.mark.usefixtures("reported")
def test_what_is_no_number_is_told_and_not_lost(as_wang: Client) -> None:
    answer = as_wang.get(PATH + query(budget_all="一百万"))

    assert "“全部经费”的“一百万”不是不小于 0 的数" in text(answer)
    assert 'value="一百万"' in text(answer)


@pytest.mark.parametrize("address", [PATH, TASKS, SCENARIOS, reverse("tasks_from_path")])
@pytest.mark.usefixtures("reported")
def test_no_result_stands_beside_a_limit_that_was_not_understood(
    as_wang: Client, address: str
) -> None:
    answer = as_wang.get(address + query(budget_all="-5"), follow=True)

    assert "“全部经费”的“-5”小于 0" in text(answer)
    assert "没有计算" in text(answer)
    assert not [key for key in ("answer", "scenarios", "wishes") if key in answer.context]


@pytest.mark.usefixtures("reported")
def test_the_slider_keeps_its_range_whatever_is_chosen(as_wang: Client) -> None:
    free = as_wang.get(PATH + query())
    full = free.context["answer"].plan.cost / 10_000

    ranges = {
        as_wang.get(PATH + query(budget_all=chosen)).context["slider"]["most"]
        for chosen in ("", "0", "1", "1e9")
    }

    assert ranges == {free.context["slider"]["most"]}
    assert full * Fraction(3, 2) <= int(ranges.pop()) <= full * 2 + 10
    assert 'aria-label="全部经费，拖动改变（万元）"' in text(free)


@pytest.mark.usefixtures("reported")
def test_drawing_the_slider_solves_once(as_wang: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    most = as_wang.get(PATH + query()).context["slider"]["most"]
    asked_for: list[Any] = []
    solve = answers.of_district
    monkeypatch.setattr(
        answers, "of_district",
        lambda *args, **kwargs: asked_for.append(args) or solve(*args, **kwargs),
    )  # fmt: skip

    drawn = as_wang.get(PATH + query(budget_all="1", slider_most=most))

    assert drawn.context["slider"]["most"] == most
    assert len(asked_for) == 1


@pytest.mark.usefixtures("reported")
def test_the_fold_of_terms_stays_open_while_something_in_it_is_changed(as_wang: Client) -> None:
    limited = "松徐小学，新建教学用房，0"

    assert '<details class="terms">' in text(as_wang.get(PATH))
    assert '<details class="terms">' in text(as_wang.get(PATH + "?budget_all=5"))
    for changed in ({"of_schools": limited}, {"hire_teacher_each": "1", "budget_all": "5"}):
        page = text(as_wang.get(f"{PATH}?{urlencode(changed)}"))
        assert '<details class="terms" open>' in page
        assert "已改动 1 项" in page


@pytest.mark.usefixtures("reported")
def test_the_workbook_holds_the_tasks_of_the_page(as_wang: Client, tmp_path: Path) -> None:
    tasks = as_wang.get(PATH + query()).context["tasks"]
    answer = as_wang.get(TASKS + query())
    file = tmp_path / "tasks.xlsx"
    file.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]

    rows = [list(cells) for _number, cells in read_rows(file)]
    head = next(number for number, cells in enumerate(rows) if "任务" in cells)
    listed = [cells for cells in rows[head + 1 :] if any(cells)]

    assert [(cells[1], cells[3]) for cells in listed] == [
        (task.item.school, task.text) for task in tasks
    ]
    assert tasks
    costs = [cells[6] for cells in listed]
    assert all(isinstance(cost, int | float) for cost in costs)
    facts = dict(openpyxl.load_workbook(file).worksheets[1].iter_rows(values_only=True))
    assert facts["费用合计（万元）"] == pytest.approx(sum(costs))


@pytest.mark.usefixtures("reported")
def test_changes_of_admission_stand_beside_each_other(as_wang: Client, district: World) -> None:
    shift = f"primary-{district.li_school.pk}-{district.zhao_school.pk}-1"
    impossible = f"primary-{district.li_school.pk}-{district.zhao_school.pk}-99999"
    page = as_wang.get(f"{SCENARIOS}?shift={shift}&shift={impossible}")

    first, second, third = page.context["scenarios"]
    assert first.said == "现状（不调整划片）"
    assert first.evaluation.stages[0].pupils == second.evaluation.stages[0].pupils
    assert first.evaluation.stages[0].spreads != second.evaluation.stages[0].spreads
    assert "划不出 99999 名" in third.fault


@pytest.mark.usefixtures("reported")
def test_each_school_is_offered_for_the_stages_that_it_has(as_wang: Client) -> None:
    answer = as_wang.get(SCENARIOS)
    found = answer.context["scenarios"][0].evaluation

    has = {(one.stage.row.school, one.stage.row.stage.value) for one in found.schools}
    offered = {(name, stage) for _id, name, of in answer.context["schools"] for stage in of.split()}
    assert offered == has
    assert 'data-of="primary"' in text(answer)


@pytest.mark.usefixtures("reported")
def test_a_change_is_added_to_those_before_it(as_wang: Client, district: World) -> None:
    ids = (district.li_school.pk, district.zhao_school.pk)
    kept = f"primary-{ids[0]}-{ids[1]}-1"
    page = as_wang.get(f"{SCENARIOS}?shift={kept}&stage=primary&from={ids[1]}&to={ids[0]}&pupils=2")

    assert page.context["kept"] == [kept, f"primary-{ids[1]}-{ids[0]}-2"]


@pytest.mark.parametrize(
    "address", [PATH, TASKS, SCENARIOS, reverse("tasks_from_path"), PATH + "?strict=1"]
)
@pytest.mark.usefixtures("district")
def test_a_day_without_pupils_is_told_and_nothing_is_computed(
    as_wang: Client, address: str
) -> None:
    answer = as_wang.get(address, {"on": "2019-01-01"}, follow=True)

    assert answer.status_code == 200
    assert "没有小学、初中学段的在校学生，无从计算" in text(answer)


def test_who_may_not_export_gets_no_workbook(district: World) -> None:
    assert signed_in(district.li).get(TASKS).status_code in (200, 403)
    assert signed_in(district.li).get(PATH).status_code == 200
