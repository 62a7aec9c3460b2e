"""Who fits an action that moves teachers: by the registers, with reasons, for eyes that may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gengdu.analytics.run import Moment
from gengdu.board.improvement import candidates
from gengdu.board.improvement.candidates import Candidate
from gengdu.chapters.delivery.task_ledger import queries
from gengdu.chapters.delivery.task_ledger.models import ImprovementTask
from gengdu.records.evidence import rights
from gengdu.records.models import Item, State
from gengdu.registers.schools.queries import viewer_of
from gengdu.registers.staff.models import ContractTerm, Staff, StaffRecord
from tests import world
from tests.conftest import signed_in
from tests.web.children import text
from tests.world import LONG_AGO, ON, World, known

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
QUALIFIED, SPORTS = "qualified_teachers", "sports_arts_teachers"


def of_zhao(district: World, *kind: str) -> tuple[dict[str, Candidate], dict[str, Candidate]]:
    found = candidates.of_school(
        Moment(ON), district.zhao_school.pk, "primary", kind or (QUALIFIED,)
    )
    return {one.name: one for one in found.fitting}, {one.name: one for one in found.staying}


def fitting(
    district: World, code: str, *, born: date = date(1990, 1, 1), subject: str = "语文"
) -> Staff:
    return world.teacher(code, code, born, district.zhao_school, degree=3, subject=subject)


def contract(staff: Staff, district: World, sequence: int) -> None:
    ContractTerm.objects.create(
        staff=staff, school=district.zhao_school, sequence=sequence, starts_on=date(2024, 9, 1),
        ends_on=date(2027, 9, 1), recorded_at=known(LONG_AGO),
    )  # fmt: skip


def test_only_who_counts_for_all_that_is_asked_is_listed(district: World, db: None) -> None:
    fitting(district, "甲")
    fitting(district, "乙", subject="音乐")

    assert set(of_zhao(district)[0]) == {"甲", "乙"}
    assert set(of_zhao(district, QUALIFIED, SPORTS)[0]) == {"乙"}


def test_who_counts_for_more_stands_behind_with_the_reason(district: World, db: None) -> None:
    fitting(district, "乙", subject="音乐")
    fitting(district, "甲")

    found, _staying = of_zhao(district)

    assert list(found) == ["甲", "乙"]
    assert "还计入" in found["乙"].reason


def test_a_first_contract_keeps_and_a_second_does_not(district: World, db: None) -> None:
    contract(fitting(district, "首聘"), district, 1)
    contract(fitting(district, "再聘"), district, 2)
    fitting(district, "未登记")

    found, staying = of_zhao(district)

    assert staying["首聘"].kept == "首个聘期未满"
    assert found["再聘"].unknown == ()
    assert found["未登记"].unknown == ("聘期没有登记",)


def test_the_head_stays(district: World, db: None) -> None:
    assert "任期" in of_zhao(district)[1]["赵强"].kept


@pytest.mark.parametrize(
    ("born", "stays"),
    [
        (ON.replace(year=ON.year - 57), True),
        (ON.replace(year=ON.year - 57) + timedelta(days=1), False),
    ],
)
def test_who_retires_within_three_years_stays(
    district: World, db: None, born: date, stays: bool
) -> None:
    fitting(district, "长者", born=born)

    assert ("长者" in of_zhao(district)[1]) == stays


@pytest.mark.parametrize(
    ("joined", "ready"),
    [
        (ON.replace(year=ON.year - 6), True),
        (ON.replace(year=ON.year - 6) + timedelta(days=1), False),
    ],
)
def test_six_years_at_the_school_make_ready_for_an_exchange(
    district: World, db: None, joined: date, ready: bool
) -> None:
    staff = fitting(district, "甲")
    StaffRecord.objects.filter(staff=staff).update(joined_school_on=joined)

    assert of_zhao(district)[0]["甲"].may_exchange is ready


@pytest.fixture
def task(district: World, db: None) -> ImprovementTask:
    """A task of moving one teacher from Zhao's school to Li's, carried out by Zhao's body."""
    return ImprovementTask.objects.create(
        item=Item.objects.create(ledger="improvement_tasks"), state=State.APPROVED,
        recorded_at=known(LONG_AGO), what="崮山小学：调入 1 名教师", source="path",
        matter="path:transfer_teacher:x", school=district.li_school, giver=district.zhao_school,
        stage_of_school="primary", wanted=1, unit="名", lead="education_bureau",
        due_on=date(2026, 12, 31), levels={QUALIFIED: ["1", "2"]},
    )  # fmt: skip


def test_names_are_attached_and_taken_off_and_only_seen_by_who_may(
    task: ImprovementTask, district: World, as_wang: Client
) -> None:
    staff = fitting(district, "某某甲")
    stranger = Staff.objects.get(staff_code="S02")
    address = reverse("task_teachers", args=[task.item_id])
    page = reverse("task", args=[task.item_id])

    as_wang.post(address, {"seen": task.pk, "staff": [staff.pk, stranger.pk]})

    assert queries.nominees(task.item_id) == [staff.pk]
    assert "某某甲" in text(as_wang.get(page))
    of_li = text(signed_in(district.li).get(page))
    assert "某某甲" not in of_li
    assert "已附人选 1 人" in of_li
    assert signed_in(district.li).get(address).status_code == 403
    assert "刚刚被别人办理过" in text(as_wang.post(address, {"seen": task.pk}, follow=True))
    as_wang.post(address, {"seen": queries.assigned().get().pk})
    assert queries.nominees(task.item_id) == []


def test_files_are_added_by_who_works_on_the_task_until_it_is_closed(
    task: ImprovementTask, district: World
) -> None:
    def why(account: object) -> str:
        return rights.why_not(task.item, viewer_of(account, on=ON), ON)  # type: ignore[arg-type]

    assert why(district.wang) == ""
    assert why(district.li) != ""
    ImprovementTask.objects.filter(pk=task.pk).update(carried_by="school")
    assert why(district.li) == ""
    assert why(district.zhao) != ""
    ImprovementTask.objects.filter(pk=task.pk).update(stage="closed")
    assert "已销号" in why(district.li)
