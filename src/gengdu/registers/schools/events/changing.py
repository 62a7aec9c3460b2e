"""Plans a new name, a new place, another kind or another identifier: the school itself goes on."""

from __future__ import annotations

from datetime import date
from typing import Any

from gengdu.kernel.identifiers import school_identifier_fault
from gengdu.records import rewriting
from gengdu.records.rewriting import Rewrite
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.events import dossier, remarks, standing
from gengdu.registers.schools.events.asked import Moving, Recoding, Renaming
from gengdu.registers.schools.events.plans import Effect, Plan
from gengdu.registers.schools.events.standing import still_running
from gengdu.registers.schools.models import (
    Campus,
    Category,
    SchoolEvent,
    SchoolEventKind,
    SchoolProfile,
    SchoolStage,
    Stage,
)

REST = "其余记录（学生、教职工、台账、称号）"
REST_NOTE = "学校还是这一所，全部照旧"


def plan_renaming(asked: Renaming) -> Plan:
    """Return what a new name would write; the identifier stays."""
    plan, profile = _begun(SchoolEventKind.RENAMED, asked)
    if profile is None:
        return plan
    plan.title = f"{profile.name}更名为{asked.name}"
    if asked.name == profile.name:
        plan.problems.append("新校名与现在的校名相同，没有可变更的内容。")
    elif standing.name_taken(asked.name, asked.on, besides=asked.school_id):
        plan.problems.append(f"已有一所在办的学校叫“{asked.name}”，请换一个校名。")
    _change(plan, profile, {"name": asked.name}, f"{profile.name} → {asked.name}")
    if profile.identifier:
        plan.warnings.append(f"更名不换标识码，仍为 {profile.identifier}。")
    return plan


def plan_moving(asked: Moving) -> Plan:
    """Return what a move to another place would write."""
    plan, profile = _begun(SchoolEventKind.MOVED, asked)
    if profile is None:
        return plan
    was, will = (_village(key, asked.on) for key in (profile.village_id, asked.village_id))
    plan.title = f"{profile.name}由{was}迁至{will}"
    if asked.village_id == profile.village_id and asked.address in ("", profile.address):
        plan.problems.append("新址与现址相同，没有可变更的内容。")
    changed = {
        "village_id": asked.village_id, "in_plan": asked.in_plan, "address": asked.address,
        "at_town_seat": asked.at_town_seat, "urban_rural_class": asked.urban_rural_class,
    }  # fmt: skip
    _change(plan, profile, changed, f"{was} → {will}")
    _move_campus(plan, asked)
    plan.warnings += remarks.on_moving(profile, asked.village_id, asked.on, asked.steps)
    dossier.add(plan, _event(plan), asked.steps)
    return plan


def _move_campus(plan: Plan, asked: Moving) -> None:
    """Move the campus that has been there longest; further ones stay where they are."""
    there = Campus.objects.filter(still_running(asked.on), school=asked.school_id)
    campus = there.filter(starts_on__lte=asked.on).order_by("starts_on", "pk").first()
    if campus is None:
        return
    plan.add(
        rewriting.changed_from(
            campus, asked.on, address=asked.address, latitude=None, longitude=None
        )
    )
    plan.note("校区", Effect.CHANGED, 1, [campus.name], "新址坐标待补，补登前地图上不标")


def plan_recoding(asked: Recoding) -> Plan:
    """Return what another kind or another identifier would write."""
    plan, profile = _begun(SchoolEventKind.RECODED, asked)
    if profile is None:
        return plan
    changed = {"category": asked.category, "identifier": asked.identifier}
    said = [
        f"{profile.get_category_display()} → {Category(asked.category).label}"
        if asked.category != profile.category else "",
        f"{profile.identifier or '未登记'} → {asked.identifier}"
        if asked.identifier != profile.identifier else "",
    ]  # fmt: skip
    plan.title = f"{profile.name}变更：{'，'.join(filter(None, said)) or '学段'}"
    stages = standing.stages_on(asked.school_id, asked.on)
    if not any(said) and set(stages) == set(asked.stages):
        plan.problems.append("办学类型、标识码和学段都与现在相同，没有可变更的内容。")
    plan.problems += _identifier_faults(asked, profile)
    _change(plan, profile, changed, *filter(None, said))
    _change_stages(plan, asked, stages)
    if asked.category != profile.category:
        plan.warnings += remarks.on_identifier(
            asked.category, asked.identifier, was=profile.identifier
        )
    return plan


def _identifier_faults(asked: Recoding, profile: SchoolProfile) -> list[str]:
    if not asked.identifier or asked.identifier == profile.identifier:
        return []
    if standing.identifier_taken(asked.identifier, asked.on, besides=asked.school_id):
        return [f"学校标识码 {asked.identifier} 已属于另一所学校，请核对。"]
    fault = school_identifier_fault(asked.identifier)
    return [f"学校标识码 {asked.identifier}：{fault}。"] if fault else []


def _change_stages(plan: Plan, asked: Recoding, stages: tuple[str, ...]) -> None:
    """End the stages no longer taught, where no pupil is in them, and begin the new ones."""
    gone = [stage for stage in stages if stage not in asked.stages]
    new = [stage for stage in asked.stages if stage not in stages]
    if not asked.stages:
        plan.problems.append("学校至少要有一个学段。")
    pupils = Enrolment.objects.filter(still_running(asked.on), school=asked.school_id)
    for stage in gone:
        if left := pupils.filter(stage=stage).count():
            plan.problems.append(
                f"{Stage(stage).label}学段还有 {left} 名学生，不能停办这个学段。请先办理转学。"
            )
    rows = SchoolStage.objects.filter(still_running(asked.on), school=asked.school_id)
    plan.add(*(rewriting.ended(row, asked.on) for row in rows.filter(stage__in=gone)))
    add_stages(plan, asked.school_id, new)
    plan.note("学段", Effect.ENDED, len(gone), [str(Stage(stage).label) for stage in gone])


def add_stages(plan: Plan, school_id: int, stages: list[str]) -> None:
    """Let a school teach further stages from the day on."""
    rows = [SchoolStage(school_id=school_id, stage=stage, starts_on=plan.on) for stage in stages]
    plan.add(*(Rewrite(None, (row,)) for row in rows))
    plan.note("学段", Effect.ADDED, len(rows), [str(Stage(stage).label) for stage in stages])


def _begun(
    kind: SchoolEventKind, asked: Renaming | Moving | Recoding
) -> tuple[Plan, SchoolProfile | None]:
    """Return a plan with its event, and the profile that changes; None where nothing can."""
    plan = Plan(kind, asked.on, schools=(asked.school_id,))
    plan.problems += standing.obstacles(asked.school_id, asked.on)
    event = SchoolEvent(school_id=asked.school_id, kind=kind, happened_on=asked.on, note=asked.note)
    plan.add(Rewrite(None, (event,)))
    return plan, standing.profile_on(asked.school_id, asked.on)


def _event(plan: Plan) -> SchoolEvent:
    return next(
        row for rewrite in plan.rewrites for row in rewrite.new if isinstance(row, SchoolEvent)
    )


def _change(plan: Plan, profile: SchoolProfile, changed: dict[str, Any], *said: str) -> None:
    plan.add(rewriting.changed_from(profile, plan.on, **changed))
    plan.note("学校情况", Effect.CHANGED, 1, said)
    plan.note(REST, Effect.KEPT, 1, note=REST_NOTE)


def _village(place_id: int, on: date) -> str:
    rows = PlaceRecord.objects.filter(superseded_at=None, place=place_id, starts_on__lte=on)
    found = rows.order_by("-starts_on").values_list("short_name", flat=True).first()
    return found or "未知村居"
