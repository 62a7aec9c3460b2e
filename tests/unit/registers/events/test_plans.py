"""What a preview says, what stands against an event, and what confirming it writes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gengdu.chapters.moral_education.models import CampusTitle
from gengdu.chapters.school_conditions.models import SitingDossier
from gengdu.chapters.urban_rural.models import Partnership
from gengdu.records.models import Change
from gengdu.records.queries import in_force
from gengdu.records.writing import CannotUndo, Moved
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.events import headcount, operations, planning
from gengdu.registers.schools.events.asked import (
    Asked,
    ClassKey,
    Ending,
    Moving,
    NewSchool,
    Opening,
    Part,
    Recoding,
    Renaming,
    Split,
)
from gengdu.registers.schools.events.plans import Plan
from gengdu.registers.schools.models import (
    FacilityReport,
    School,
    SchoolEvent,
    SchoolProfile,
    SchoolStage,
)
from gengdu.registers.staff.models import LeadershipTerm, Post
from tests import world
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
ON = date(2026, 2, 20)
NOW = datetime(2026, 2, 10, 1, tzinfo=UTC)
STEPS = {
    "assessed_on": date(2025, 10, 1), "consulted_on": date(2025, 11, 1),
    "built_on": date(2026, 1, 20), "transition_on": date(2026, 3, 1),
}  # fmt: skip


def merger(district: World, **more: Any) -> Ending:
    return Ending(ON, district.zhao_school.pk, district.li_school.pk, True, **more)


def happen(district: World, asked: Asked, at: datetime = NOW) -> Change:
    plan = planning.plan(asked)
    assert plan.problems == []
    return operations.commit(asked, digest=plan.digest, account=district.wang, at=at)


def counts(plan: Plan) -> dict[tuple[str, str], int]:
    return {(line.label, line.effect.value): line.count for line in plan.lines}


def live(model: Any, school: School, on: date = ON) -> int:
    return model.objects.filter(in_force(on), school=school).count()  # type: ignore[no-any-return]


def test_a_preview_writes_nothing(district: World) -> None:
    changes, rows = Change.objects.count(), Enrolment.objects.count()

    planning.plan(merger(district))

    assert (Change.objects.count(), Enrolment.objects.count()) == (changes, rows)


def test_a_merger_says_what_ends_goes_on_and_stays(district: World) -> None:
    found = counts(planning.plan(merger(district)))

    assert found["在籍", "carried_on"] == 3
    assert found["任职", "carried_on"] == 2
    assert found["校长任期", "ended"] == 1
    assert found["校园称号", "ended"] == 1
    assert found["一校一案方案", "ended"] == 1
    assert found["学校情况", "ended"] == 1
    assert found["办学条件年报", "kept"] == 1


def test_pupils_and_staff_carry_on_from_the_day_and_the_school_is_gone(district: World) -> None:
    happen(district, merger(district))

    assert live(Enrolment, district.li_school) == 7
    assert live(Enrolment, district.zhao_school, date(2026, 2, 19)) == 3
    assert (live(Post, district.zhao_school), live(Post, district.li_school)) == (0, 4)
    assert live(SchoolProfile, district.zhao_school) == 0
    assert live(LeadershipTerm, district.zhao_school) == 0
    assert FacilityReport.objects.get(school=district.zhao_school).superseded_at is None


def test_titles_end_with_the_school_and_are_not_inherited(district: World) -> None:
    before = live(CampusTitle, district.li_school)

    happen(district, merger(district))

    assert live(CampusTitle, district.zhao_school) == 0
    assert live(CampusTitle, district.li_school) == before


def test_class_numbers_in_use_at_the_successor_are_put_behind(district: World) -> None:
    plan = planning.plan(merger(district))

    happen(district, merger(district))

    came = Enrolment.objects.filter(in_force(ON), school=district.li_school, class_number=2)
    assert came.count() == 3
    assert any("班号" in warning for warning in plan.warnings)


def test_the_preview_shows_people_before_and_after(district: World) -> None:
    plan = planning.plan(merger(district))

    lines = headcount.headcounts(
        plan, [(district.zhao_school.pk, "松徐小学"), (district.li_school.pk, "崮山小学")]
    )

    assert [(line.pupils, line.pupils_after) for line in lines] == [(3, 0), (4, 7), (7, 7)]
    assert [(line.staff, line.staff_after) for line in lines] == [(2, 0), (2, 4), (4, 4)]


def test_closing_a_small_rural_school_without_the_four_steps_is_warned_of(district: World) -> None:
    warnings = " ".join(planning.plan(merger(district)).warnings)

    assert "不足 100 人" in warnings
    assert "科学评估、征求意见、先建后撤、过渡安排" in warnings


def test_the_steps_given_are_kept_with_the_event(district: World) -> None:
    asked = merger(district, steps=STEPS)

    assert not any("四步档案缺" in text for text in planning.plan(asked).warnings)
    happen(district, asked)
    dossier = SitingDossier.objects.get(superseded_at=None)
    assert dossier.event.kind == "merged"
    assert dossier.built_on == STEPS["built_on"]
    assert dossier.state == "approved"


def test_a_step_taken_after_the_day_is_missing(district: World) -> None:
    asked = merger(district, steps=STEPS | {"built_on": date(2026, 2, 21)})

    assert any("四步档案缺：先建后撤" in text for text in planning.plan(asked).warnings)


def test_a_core_school_that_is_merged_leaves_its_partnership_to_the_successor(
    district: World,
) -> None:
    happen(district, Ending(ON, district.city_school.pk, district.zhao_school.pk, True))

    row = Partnership.objects.filter(in_force(ON)).get()
    assert row.core_school == district.zhao_school


def test_no_partnership_ties_a_school_to_itself(district: World) -> None:
    happen(district, Ending(ON, district.city_school.pk, district.li_school.pk, True))

    assert not Partnership.objects.filter(in_force(ON)).exists()


def test_a_stage_that_is_new_to_the_successor_is_added(district: World) -> None:
    happen(district, Ending(ON, district.kindergarten.pk, district.li_school.pk, True))

    assert live(SchoolStage, district.li_school) == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda d: Ending(ON, d.zhao_school.pk, None, False), "没有承接学校"),
        (lambda d: Ending(ON, d.zhao_school.pk, None, True), "请选择并入哪一所"),
        (lambda d: Ending(ON, d.zhao_school.pk, d.zhao_school.pk, True), "不能并入自己"),
        (lambda d: Ending(ON, d.closed_school.pk, d.li_school.pk, True), "已于 2022-09-01 结束"),
        (lambda d: Ending(ON, d.zhao_school.pk, d.closed_school.pk, True), "已于 2022-09-01 结束"),
        (lambda d: Ending(date(2014, 1, 1), d.zhao_school.pk, d.li_school.pk, True), "自 2015"),
        (lambda d: Ending(date(2022, 1, 1), d.li_school.pk, d.zhao_school.pk, True), "后来的变动"),
        (lambda d: Renaming(ON, d.zhao_school.pk, "崮山小学"), "请换一个校名"),
        (lambda d: Renaming(ON, d.zhao_school.pk, "松徐小学"), "与现在的校名相同"),
        (lambda d: Recoding(ON, d.zhao_school.pk, "primary", "123", ("primary",)), "标识码"),
        (lambda d: Recoding(ON, d.zhao_school.pk, "primary", "", ("junior",)), "还有 3 名学生"),
        (lambda d: Recoding(ON, d.zhao_school.pk, "primary", "", ("primary",)), "没有可变更"),
        (lambda d: Opening(ON, NewSchool("崮山小学", "primary", 1, ("primary",))), "请换一个校名"),
        (lambda d: Opening(ON, NewSchool("新校", "primary", 1, ())), "至少要有一个学段"),
    ],
)
def test_what_stands_against_an_event_is_said_and_nothing_written(
    district: World, asked: Any, told: str
) -> None:
    question = asked(district)
    plan = planning.plan(question)

    assert any(told in problem for problem in plan.problems), plan.problems
    with pytest.raises(operations.CannotHappen):
        operations.commit(question, digest=plan.digest, account=district.wang, at=NOW)
    assert not Change.objects.exists()


def test_what_changed_since_the_preview_is_not_written(district: World) -> None:
    plan = planning.plan(merger(district))
    world.child("P11", "宫五", district.zhao_school)

    with pytest.raises(Moved, match="重新预览"):
        operations.commit(merger(district), digest=plan.digest, account=district.wang, at=NOW)


def test_a_school_with_a_new_name_keeps_code_people_and_titles(district: World) -> None:
    happen(district, Renaming(ON, district.zhao_school.pk, "松徐实验小学"))

    profile = SchoolProfile.objects.get(in_force(ON), school=district.zhao_school)
    assert profile.name == "松徐实验小学"
    assert live(Enrolment, district.zhao_school) == 3
    assert live(CampusTitle, district.zhao_school) == 1


def test_another_kind_of_school_asks_for_another_code(district: World) -> None:
    stages = ("primary", "junior")
    asked = Recoding(ON, district.zhao_school.pk, "nine_year", "", stages)

    plan = planning.plan(asked)
    happen(district, asked)

    assert any("标识码" in warning for warning in plan.warnings)
    assert live(SchoolStage, district.zhao_school) == 2
    assert SchoolEvent.objects.latest("pk").kind == "recoded"


def test_a_moved_school_stands_in_its_new_village(district: World) -> None:
    village = SchoolProfile.objects.get(in_force(ON), school=district.city_school).village_id

    happen(district, Moving(ON, district.zhao_school.pk, village, False, False))

    profile = SchoolProfile.objects.get(in_force(ON), school=district.zhao_school)
    assert (profile.village_id, profile.in_plan) == (village, False)


def split(district: World, *, parent_ends: bool = False) -> Split:
    village = SchoolProfile.objects.get(in_force(ON), school=district.li_school).village_id
    person = Post.objects.filter(in_force(ON), school=district.li_school).earliest("pk").staff_id
    taken = frozenset({ClassKey("primary", 4, 1)})
    parts = [Part(NewSchool("东校", "primary", village, ("primary",)), taken, frozenset({person}))]
    if parent_ends:
        parts.append(Part(NewSchool("西校", "primary", village, ("primary",)), frozenset()))
    return Split(ON, district.li_school.pk, tuple(parts), parent_ends)


def test_a_split_hands_over_the_classes_and_people_chosen(district: World) -> None:
    happen(district, split(district))

    east = SchoolProfile.objects.get(in_force(ON), name="东校").school
    assert (live(Enrolment, east), live(Enrolment, district.li_school)) == (4, 0)
    assert (live(Post, east), live(Post, district.li_school)) == (1, 1)
    assert live(CampusTitle, district.li_school) == 2


def test_a_school_that_is_split_up_leaves_the_rest_to_the_last_part(district: World) -> None:
    happen(district, split(district, parent_ends=True))

    west = SchoolProfile.objects.get(in_force(ON), name="西校").school
    assert live(SchoolProfile, district.li_school) == 0
    assert (live(Enrolment, west), live(Post, west)) == (0, 1)
    assert Partnership.objects.filter(in_force(ON)).get().rural_school == west


def test_a_split_without_classes_or_stages_is_refused(district: World) -> None:
    asked = split(district)
    part = asked.parts[0]
    kindergarten = Part(
        NewSchool("东校", "kindergarten", part.new.village_id, ("preschool",)), part.classes
    )

    nothing = planning.plan(Split(ON, asked.school_id, (Part(part.new, frozenset()),)))
    unfit = planning.plan(Split(ON, asked.school_id, (kindergarten,)))

    assert any("请选择分给新校的班级" in text for text in nothing.problems)
    assert any("没有设小学学段" in text for text in unfit.problems)


def test_an_event_is_undone_once(district: World) -> None:
    change = happen(district, merger(district))
    operations.undo(change, account=district.wang, at=NOW)

    assert live(Enrolment, district.zhao_school) == 3
    with pytest.raises(CannotUndo, match="已经撤销过"):
        operations.undo(change, account=district.wang, at=NOW)


def test_rows_changed_again_later_hold_an_undo_back(district: World) -> None:
    change = happen(district, merger(district))
    later = datetime(2026, 2, 11, tzinfo=UTC)
    happen(district, Ending(date(2026, 3, 1), district.li_school.pk, district.city_school.pk, True),
           later)  # fmt: skip

    with pytest.raises(CannotUndo, match="后来又被改动"):
        operations.undo(change, account=district.wang, at=later)
    assert live(Enrolment, district.li_school) == 7


def test_two_events_are_undone_one_after_the_other(district: World) -> None:
    first = happen(district, Renaming(ON, district.zhao_school.pk, "松徐实验小学"))
    second = happen(district, merger(district))

    operations.undo(second, account=district.wang, at=NOW)
    operations.undo(first, account=district.wang, at=NOW)

    profile = SchoolProfile.objects.get(in_force(ON), school=district.zhao_school)
    assert profile.name == "松徐小学"


def test_a_new_school_that_others_came_to_is_not_undone(district: World) -> None:
    asked = Opening(ON, split(district).parts[0].new)
    change = happen(district, asked)
    world.child("P12", "宫六", School.objects.latest("pk"))

    with pytest.raises(CannotUndo, match="在籍"):
        operations.undo(change, account=district.wang, at=NOW)
