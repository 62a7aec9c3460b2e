"""Tasks that a plan became: assigned once, signed for, reported on, finished and closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gengdu.access.models import Account
from gengdu.analytics.run import Moment
from gengdu.board.improvement import adopting, observing, reminding
from gengdu.chapters.delivery.task_ledger import queries
from gengdu.chapters.delivery.task_ledger.models import ImprovementTask, TaskStage, TaskStep
from gengdu.chapters.delivery.task_ledger.queries import Light
from gengdu.records.models import Change
from gengdu.records.writing import Moved
from gengdu.registers.schools.models import FacilityReport
from gengdu.registers.schools.queries import viewer_of
from tests import world
from tests.conftest import signed_in
from tests.web.children import text
from tests.web.test_path_to_target import query, reported
from tests.world import ON, World, known

__all__ = ["reported"]
pytestmark = pytest.mark.django_db(databases=["default", "trail"])
FROM_PATH, TASKS = reverse("tasks_from_path"), reverse("tasks")
DUE = "2027-06-30"


def wishes(client: Client, **more: str) -> dict[str, str]:
    """Return what the preview's form sends when nothing is changed."""
    page = client.get(FROM_PATH + query())
    given = {"do": "write", "looked_at": page.context["looked_at"]}
    for place, wish in enumerate(page.context["wishes"]):
        if wish.is_ticked:
            given[f"pick-{place}"] = "1"
        given |= {f"owner-{place}": wish.owner, f"due-{place}": DUE}
    return {**given, **more}


@pytest.fixture
def assigned(reported: None, as_wang: Client) -> list[ImprovementTask]:
    as_wang.post(FROM_PATH + query(), wishes(as_wang))
    return list(queries.assigned().order_by("item"))


@pytest.fixture
def of_li(reported: None, district: World, as_wang: Client) -> ImprovementTask:
    """A task of Li's school, which the school itself carries out."""
    given = wishes(as_wang)
    owners = {key: "school" for key in given if key.startswith("owner-")}
    as_wang.post(FROM_PATH + query(), {**given, **owners})
    found = queries.assigned().filter(school=district.li_school).order_by("item").first()
    assert found is not None
    return found


def do(client: Client, task: ImprovementTask, kind: str, **more: Any) -> str:
    row = queries.assigned().get(item=task.item_id)
    given = {"kind": kind, "seen": row.pk, "note": "办了", **more}
    return text(client.post(reverse("task_do", args=[task.item_id]), given, follow=True))


def stage(task: ImprovementTask) -> str:
    return queries.assigned().get(item=task.item_id).stage


def test_the_preview_writes_nothing_and_names_every_task_of_the_plan(
    reported: None, as_wang: Client
) -> None:
    plan = as_wang.get(reverse("path_to_target") + query()).context["tasks"]
    page = as_wang.get(FROM_PATH + query())

    shown = [wish.task.what for wish in page.context["wishes"]]
    assert len(shown) == len(plan) > 0
    for what, task in zip(shown, plan, strict=True):
        assert task.text in what
        assert task.item.school in what
    assert not queries.assigned().exists()


def test_one_press_assigns_all_with_owner_day_and_where_each_came_from(
    assigned: list[ImprovementTask],
) -> None:
    assert assigned
    assert len({task.recorded_in_id for task in assigned}) == 1
    for task in assigned:
        assert (task.source, task.computed_on, task.lead) == ("path", ON, "education_bureau")
        assert task.due_on == date(2027, 6, 30)
        assert len(task.digest) == 64
        assert task.wanted
        assert task.stage == TaskStage.ASSIGNED


def test_done_twice_says_they_are_there_and_offers_none(
    assigned: list[ImprovementTask], as_wang: Client
) -> None:
    page = as_wang.get(FROM_PATH + query())

    assert page.context["new"] == 0
    assert page.context["there"] == len(assigned)
    assert "这些任务都已交办" in text(page)


def test_a_plan_that_asks_for_more_offers_only_the_rest(
    assigned: list[ImprovementTask], as_wang: Client
) -> None:
    task = max(assigned, key=lambda one: one.wanted or 0)
    assert task.wanted
    assert task.wanted > 1
    queries.assigned().filter(pk=task.pk).update(wanted=task.wanted - 1)

    choices = [wish.choice for wish in as_wang.get(FROM_PATH + query()).context["wishes"]]

    new = [one.new for one in choices if one.new is not None]
    assert [one.wanted for one in new] == [1]


def test_the_same_form_sent_twice_assigns_once(reported: None, as_wang: Client) -> None:
    given = wishes(as_wang)
    as_wang.post(FROM_PATH + query(), given)
    count = queries.assigned().count()

    said = text(as_wang.post(FROM_PATH + query(), given))

    assert "没有写入任何数据" in said
    assert queries.assigned().count() == count


def test_a_plan_seen_before_the_registers_moved_says_so(reported: None, as_wang: Client) -> None:
    mark = as_wang.get(reverse("path_to_target") + query()).context["mark"]
    still = as_wang.get(f"{FROM_PATH}{query()}&seen={mark}")
    given = wishes(as_wang)
    FacilityReport.objects.filter(superseded_at=None).update(equipment_yuan=800_000)

    moved = as_wang.get(f"{FROM_PATH}{query()}&seen={mark}")
    said = text(as_wang.post(FROM_PATH + query(), given))

    assert not still.context["is_moved"]
    assert moved.context["is_moved"]
    assert "没有写入任何数据" in said
    assert not queries.assigned().exists()


def test_a_plan_of_an_older_day_is_adopted_only_when_that_is_ticked(
    reported: None, as_wang: Client
) -> None:
    address = f"{FROM_PATH}{query()}&on={ON - timedelta(days=1)}"
    page = as_wang.get(address)
    given = {"do": "write", "looked_at": page.context["looked_at"], "pick-0": "1",
             "owner-0": "education_bureau", "due-0": DUE}  # fmt: skip

    assert "请勾选“仍按这一天的方案交办”" in text(as_wang.post(address, given))
    assert not queries.assigned().exists()
    as_wang.post(address, {**given, "older": "1"})
    assert queries.assigned().count() == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("due-0", "2025-12-30", "完成期限早于今天"),
        ("due-0", "下个月", "下个月"),
        ("owner-0", "nobody", "没有这个单位"),
    ],
)
def test_one_wrong_row_keeps_all_from_being_written(
    reported: None, as_wang: Client, field: str, value: str, told: str
) -> None:
    page = as_wang.post(FROM_PATH + query(), wishes(as_wang, **{field: value}))

    assert told in text(page)
    assert not queries.assigned().exists()


def test_one_owner_and_day_are_filled_in_for_all(reported: None, as_wang: Client) -> None:
    page = as_wang.post(
        FROM_PATH + query(),
        {**wishes(as_wang), "do": "fill", "owner": "school", "due": "2026-09-01"},
    )

    assert {wish.owner for wish in page.context["wishes"]} == {"school"}
    assert {wish.due for wish in page.context["wishes"]} == {"2026-09-01"}
    assert not queries.assigned().exists()


def test_a_school_takes_its_task_to_the_end_and_the_bureau_closes_it(
    of_li: ImprovementTask, district: World, as_wang: Client
) -> None:
    li = signed_in(district.li)

    do(li, of_li, "sign")
    do(li, of_li, "report", done="1")
    assert stage(of_li) == TaskStage.UNDER_WAY
    assert "还不能办结" in do(li, of_li, "finish", done="0")
    do(li, of_li, "finish", done=str(of_li.wanted))
    assert "不由您办理" in do(li, of_li, "close")
    assert "不能直接销号" in do(as_wang, of_li, "close", note="")
    do(as_wang, of_li, "close", note="验收单已看")

    assert stage(of_li) == TaskStage.CLOSED
    assert [step.kind for step in queries.steps([of_li.item_id])] == [
        "sign", "report", "finish", "close",
    ]  # fmt: skip


def test_nobody_reports_on_the_task_of_another(of_li: ImprovementTask, district: World) -> None:
    zhao = signed_in(district.zhao)
    finance = signed_in(
        world.account(
            "finance", "财政", "body_officer", "district", None, body_key="finance_bureau"
        )
    )

    assert zhao.get(reverse("task", args=[of_li.item_id])).status_code == 404
    assert zhao.post(reverse("task_do", args=[of_li.item_id]), {"kind": "sign"}).status_code == 404
    assert "不由您办理" in do(finance, of_li, "sign")
    assert stage(of_li) == TaskStage.ASSIGNED


def test_whoever_is_second_is_told_and_writes_nothing(
    of_li: ImprovementTask, district: World
) -> None:
    li = signed_in(district.li)
    do(li, of_li, "sign")

    assert "刚刚被别人办理过" in do(li, of_li, "report", seen=of_li.pk)
    assert TaskStep.objects.count() == 1


def test_one_takes_back_ones_own_last_step_and_no_other(
    of_li: ImprovementTask, district: World, as_wang: Client
) -> None:
    li = signed_in(district.li)
    do(li, of_li, "sign")
    first = TaskStep.objects.get()
    do(li, of_li, "report", done="1")
    last = TaskStep.objects.exclude(pk=first.pk).get()
    address = reverse("task_take_back", args=[of_li.item_id])

    assert "只能撤回自己办理的一步" in text(as_wang.post(address, {"step": last.pk}, follow=True))
    assert "又有办理" in text(li.post(address, {"step": first.pk}, follow=True))
    li.post(address, {"step": last.pk})

    row = queries.assigned().get(item=of_li.item_id)
    assert (row.stage, row.done) == (TaskStage.ACCEPTED, 0)
    assert [step.pk for step in queries.steps([of_li.item_id])] == [first.pk]


def test_what_was_assigned_is_taken_back_as_a_whole_and_may_be_assigned_anew(
    assigned: list[ImprovementTask], as_wang: Client
) -> None:
    change = Change.objects.get(pk=assigned[0].recorded_in_id)
    as_wang.post(reverse("improvement_tasks_undo", args=[change.pk]), {"reason": "错了"})

    assert not queries.assigned().exists()
    assert as_wang.get(FROM_PATH + query()).context["new"] == len(assigned)


def test_the_registers_show_a_task_as_done_but_only_a_person_closes_it(
    assigned: list[ImprovementTask], as_wang: Client
) -> None:
    task = next(one for one in assigned if "multimedia_classrooms" in one.levels)
    rose = {"multimedia_rooms": 999, "equipment_yuan": 99_000_000}
    FacilityReport.objects.filter(school=task.school_id).update(**rose)

    page = text(as_wang.get(reverse("task", args=[task.item_id])))
    listed = as_wang.get(TASKS).context["page"]

    assert "系统不会自己办结" in page
    assert listed.proposed_done >= 1
    assert stage(task) == TaskStage.ASSIGNED


@pytest.mark.parametrize(
    ("due_on", "start_by", "wanted"),
    [
        (ON - timedelta(days=1), None, Light.LATE),
        (ON, None, Light.SOON),
        (ON + timedelta(days=30), None, Light.SOON),
        (ON + timedelta(days=31), None, Light.ON_TIME),
        (ON + timedelta(days=99), ON - timedelta(days=1), Light.NOT_BEGUN),
        (ON + timedelta(days=99), ON, Light.ON_TIME),
    ],
)
def test_the_light_turns_on_the_day(due_on: date, start_by: date | None, wanted: Light) -> None:
    task = ImprovementTask(due_on=due_on, start_by=start_by, stage=TaskStage.ACCEPTED)

    assert queries.light(task, ON, queries.due_soon_days(ON)) == wanted
    task.stage = TaskStage.CLOSED
    assert queries.light(task, ON, 30) == Light.CLOSED


@pytest.mark.parametrize("by", ["owner", "school"])
def test_the_page_counts_what_is_done(
    assigned: list[ImprovementTask], as_wang: Client, by: str
) -> None:
    queries.assigned().filter(pk=assigned[0].pk).update(stage=TaskStage.CLOSED)

    page = as_wang.get(f"{TASKS}?by={by}").context["page"]

    assert (page.share.closed, page.share.count) == (1, len(assigned))
    assert sum(len(group.lines) for group in page.groups) == len(assigned)


def test_without_tasks_the_page_says_what_to_do(as_wang: Client, district: World) -> None:
    assert "转为任务" in text(as_wang.get(f"{TASKS}?change=x&by=x&light=x"))
    assert "分局交办给您的单位以后" in text(signed_in(district.li).get(TASKS))


def test_a_promise_that_is_not_foreseen_becomes_a_task_with_its_latest_start(
    as_wang: Client, district: World
) -> None:
    rows = [row["found"] for row in as_wang.get(reverse("forecasts")).context["rows"]]
    behind = next(one for one in rows if not one.is_foreseen)
    address = reverse("tasks_from_forecast", args=[behind.promise.name])
    page = as_wang.get(address)
    given = {"do": "write", "looked_at": page.context["looked_at"], "pick-0": "1",
             "owner-0": "education_bureau", "due-0": behind.target.due_on.isoformat()}  # fmt: skip
    as_wang.post(address, given)

    task = queries.assigned().get()
    assert task.source == "forecast"
    assert task.start_by == (behind.start_by and max(behind.start_by, ON))
    assert task.due_on == behind.target.due_on
    assert as_wang.get(address).context["there"] == 1


def test_relaxations_without_a_recognition_have_no_day_and_say_so(
    reported: None, as_wang: Client
) -> None:
    assert "没有登记优质均衡的认定日期" in text(as_wang.get(reverse("tasks_from_relaxations")))


def test_a_school_may_not_assign(district: World) -> None:
    li: Account = district.li

    assert signed_in(li).get(FROM_PATH).status_code == 403


def test_the_head_of_another_school_sees_no_name(district: World) -> None:
    address = f"{reverse('teachers_to_move')}?giver={district.li_school.pk}&stage=primary"

    assert signed_in(district.zhao).get(f"{address}&kind=qualified_teachers").status_code == 403
    assert signed_in(district.li).get(f"{address}&kind=qualified_teachers").status_code == 200


def test_what_cannot_be_asked_has_no_page(as_wang: Client, district: World) -> None:
    address = f"{reverse('teachers_to_move')}?giver={district.li_school.pk}"

    for query_ in ("&stage=primary", "&stage=x&kind=qualified_teachers", "&stage=primary&kind=x"):
        assert as_wang.get(address + query_).status_code == 404


def test_owners_are_reminded_to_sign_and_to_finish_and_the_bureau_to_close(
    of_li: ImprovementTask, district: World, as_wang: Client
) -> None:
    def told(on: date) -> dict[str, list[str]]:
        said: dict[str, list[str]] = {"li": [], "zhao": [], "wang": []}
        for one in reminding.tasks(on):
            for name, account in (
                ("li", district.li),
                ("zhao", district.zhao),
                ("wang", district.wang),
            ):
                if one.who.includes(account, viewer_of(account, on=on)):
                    said[name].append(one.text)
        return said

    assert any("还没有签收" in text_ for text_ in told(ON)["li"])
    assert not any(of_li.what in text_ for text_ in told(ON)["li"])
    late = told(date(2027, 7, 1))
    assert f"任务应办结：{of_li.what}" in late["li"]
    assert f"任务应办结：{of_li.what}" not in late["zhao"] + late["wang"]

    li = signed_in(district.li)
    do(li, of_li, "sign")
    do(li, of_li, "finish", done=str(of_li.wanted))
    after = told(date(2027, 7, 1))
    assert f"任务应办结：{of_li.what}" not in after["li"]
    assert any("待核实销号" in text_ for text_ in after["wang"])


def test_of_two_who_confirm_at_once_the_second_writes_nothing(
    reported: None, district: World, as_wang: Client
) -> None:
    """Both had looked before either wrote."""
    page = as_wang.get(FROM_PATH + query())
    found, choices = page.context["found"], [wish.choice for wish in page.context["wishes"]]
    asked = adopting.read_wishes(choices, wishes(as_wang), ON)
    figures = observing.figures_of(Moment(ON))

    def confirm() -> None:
        adopting.adopt(
            found, asked, figures, district.wang, known(ON), looked_at=page.context["looked_at"]
        )

    confirm()
    count = queries.assigned().count()
    with pytest.raises(Moved):
        confirm()
    assert queries.assigned().count() == count > 0
