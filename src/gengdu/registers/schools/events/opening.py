"""Plans the opening of a school."""

from __future__ import annotations

from datetime import date

from gengdu.kernel.identifiers import school_identifier_fault
from gengdu.records.rewriting import Rewrite
from gengdu.registers.schools.events import remarks, standing
from gengdu.registers.schools.events.asked import NewSchool, Opening
from gengdu.registers.schools.events.plans import Effect, Plan
from gengdu.registers.schools.models import (
    Campus,
    School,
    SchoolEvent,
    SchoolEventKind,
    SchoolProfile,
    SchoolStage,
    Stage,
)

CAMPUS = "本部"


def plan(asked: Opening) -> Plan:
    """Return what opening a school would write."""
    made = Plan(SchoolEventKind.OPENED, asked.on, title=f"设立{asked.new.name}")
    school = School()
    event = SchoolEvent(
        school=school, kind=SchoolEventKind.OPENED, happened_on=asked.on, note=asked.note
    )
    add_school(made, school, asked.new, asked.on)
    made.add(Rewrite(None, (event,)))
    return made


def add_school(plan: Plan, school: School, new: NewSchool, on: date) -> None:
    """Take a new school into a plan: its profile, stages and campus."""
    plan.problems += faults(new, on)
    plan.warnings += remarks.on_identifier(new.category, new.identifier)
    plan.things.append(school)
    profile = SchoolProfile(
        school=school, name=new.name, identifier=new.identifier, category=new.category,
        village_id=new.village_id, in_plan=new.in_plan, at_town_seat=new.at_town_seat,
        is_public=new.is_public, school_system=new.school_system,
        urban_rural_class=new.urban_rural_class, address=new.address, starts_on=on,
    )  # fmt: skip
    stages = [SchoolStage(school=school, stage=stage, starts_on=on) for stage in new.stages]
    campus = Campus(school=school, name=CAMPUS, address=new.address, starts_on=on)
    plan.add(*(Rewrite(None, (row,)) for row in (profile, *stages, campus)))
    plan.note("学校情况", Effect.ADDED, 1, [new.name, profile.get_category_display()])
    plan.note("学段", Effect.ADDED, len(stages), [str(Stage(stage).label) for stage in new.stages])
    plan.note("校区", Effect.ADDED, 1, [CAMPUS])


def faults(new: NewSchool, on: date) -> list[str]:
    """Return why a school cannot open as asked."""
    found = []
    if standing.name_taken(new.name, on):
        found.append(f"已有一所在办的学校叫“{new.name}”，请换一个校名。")
    if not new.stages:
        found.append("新学校至少要有一个学段。")
    if new.identifier and standing.identifier_taken(new.identifier, on):
        found.append(f"学校标识码 {new.identifier} 已属于另一所学校，请核对。")
    elif new.identifier and school_identifier_fault(new.identifier):
        found.append(f"学校标识码 {new.identifier}：{school_identifier_fault(new.identifier)}。")
    return found
