"""Plans the end of a school: closed, or merged into another."""

from __future__ import annotations

from gengdu.records.models import Dated
from gengdu.records.rewriting import Rewrite
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.events import dossier, remarks, standing
from gengdu.registers.schools.events.asked import Ending
from gengdu.registers.schools.events.changing import add_stages
from gengdu.registers.schools.events.class_numbers import ClassNumbers
from gengdu.registers.schools.events.handing_over import HandingOver, Heir
from gengdu.registers.schools.events.plans import Plan
from gengdu.registers.schools.events.standing import still_running
from gengdu.registers.schools.models import (
    School,
    SchoolEvent,
    SchoolEventKind,
    SchoolProfile,
)
from gengdu.registers.staff.models import Post


def plan(asked: Ending) -> Plan:
    """Return what closing or merging a school would end, carry on and keep."""
    kind = SchoolEventKind.MERGED if asked.is_merger else SchoolEventKind.CLOSED
    made = Plan(kind, asked.on, schools=(asked.school_id, *_successors(asked)))
    made.problems += standing.obstacles(asked.school_id, asked.on)
    profile = standing.profile_on(asked.school_id, standing.day_before(asked.on))
    successor = _successor(made, asked)
    if made.problems or profile is None:
        return made
    made.title = _title(asked, profile, successor)
    event = SchoolEvent(
        school_id=asked.school_id, successor_id=asked.successor_id, kind=kind,
        happened_on=asked.on, note=asked.note,
    )  # fmt: skip
    made.add(Rewrite(None, (event,)))
    numbers = ClassNumbers()
    if successor is not None:
        numbers = ClassNumbers.at(successor.school_id, asked.school_id, asked.on)
        _check_stages(made, asked, profile, successor)
        made.warnings += remarks.on_class_numbers(numbers, profile, successor.name, asked.on)
    else:
        made.problems += _nobody_left_behind(asked)
    HandingOver(
        asked.school_id, asked.on, _heir(successor), numbers, profile.school_system
    ).plan_all(made)
    dossier.add(made, event, asked.steps)
    pupils = standing.pupils_on(asked.school_id, standing.day_before(asked.on))
    made.warnings += remarks.on_closing(profile, asked.on, pupils, asked.steps)
    return made


def _successors(asked: Ending) -> tuple[int, ...]:
    return () if asked.successor_id is None else (asked.successor_id,)


def _successor(plan: Plan, asked: Ending) -> SchoolProfile | None:
    """Return the school that takes over, and note why it cannot."""
    if asked.successor_id is None:
        if asked.is_merger:
            plan.problems.append("请选择并入哪一所学校。")
        return None
    if asked.successor_id == asked.school_id:
        plan.problems.append("学校不能并入自己，请另选承接学校。")
        return None
    plan.problems += standing.obstacles(asked.successor_id, asked.on, may_be_new=True)
    return standing.profile_on(asked.successor_id, asked.on)


def _title(asked: Ending, profile: SchoolProfile, successor: SchoolProfile | None) -> str:
    if successor is None:
        return f"撤销{profile.name}"
    if asked.is_merger:
        return f"{profile.name}并入{successor.name}"
    return f"撤销{profile.name}，师生转入{successor.name}"


def _heir(successor: SchoolProfile | None) -> Heir:
    school: School | None = successor.school if successor is not None else None

    def heir(row: Dated) -> School | None:
        return school

    return heir


def _check_stages(
    plan: Plan, asked: Ending, profile: SchoolProfile, successor: SchoolProfile
) -> None:
    """Let the successor teach the stages that come to it; school systems must be the same."""
    coming = Enrolment.objects.filter(still_running(asked.on), school=asked.school_id)
    stages = set(coming.order_by().values_list("stage", flat=True).distinct())
    taught = standing.stages_on(successor.school_id, asked.on)
    new = sorted(stages - set(taught))
    if new:
        add_stages(plan, successor.school_id, new)
        plan.warnings.append(f"{successor.name}原来没有转入学生所在的学段，将从变动日起增设。")
    if stages - {"preschool"} and profile.school_system != successor.school_system:
        plan.problems.append(
            f"{profile.name}与{successor.name}学制不同，年级对不上，不能整体转入。"
            "请先逐个办理转学，再撤销学校。"
        )


def _nobody_left_behind(asked: Ending) -> list[str]:
    """Return that people are still there, who would be lost without a successor."""
    pupils = Enrolment.objects.filter(still_running(asked.on), school=asked.school_id).count()
    staff = Post.objects.filter(still_running(asked.on), school=asked.school_id).count()
    if not pupils and not staff:
        return []
    return [
        f"学校还有 {pupils} 名学生、{staff} 名教职工，没有承接学校就会从底册里消失。"
        "请选择承接学校，或先办理转学和调动。"
    ]
