"""Plans the splitting of a school: classes go to new schools, by rule."""

from __future__ import annotations

from collections.abc import Iterator

from gengdu.kernel.school_years import SchoolYear
from gengdu.records.models import Dated
from gengdu.records.rewriting import Rewrite
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.events import remarks, standing
from gengdu.registers.schools.events.asked import Split
from gengdu.registers.schools.events.class_numbers import ClassNumbers, Cohort
from gengdu.registers.schools.events.handing_over import HandingOver
from gengdu.registers.schools.events.opening import add_school
from gengdu.registers.schools.events.plans import Plan
from gengdu.registers.schools.events.rules import links
from gengdu.registers.schools.models import (
    School,
    SchoolClass,
    SchoolEvent,
    SchoolEventKind,
    SchoolProfile,
    Stage,
)
from gengdu.registers.staff.models import ContractTerm, LeadershipTerm, Post

WITH_STAFF = (Post, ContractTerm, LeadershipTerm)
HANDED_OVER = (Enrolment, SchoolClass, *WITH_STAFF)


def plan(asked: Split) -> Plan:
    """Return what splitting a school would hand over, keep and add."""
    made = Plan(SchoolEventKind.SPLIT, asked.on, schools=(asked.school_id,))
    made.problems += standing.obstacles(asked.school_id, asked.on)
    profile = standing.profile_on(asked.school_id, standing.day_before(asked.on))
    if made.problems or profile is None:
        return made
    names = "、".join(part.new.name for part in asked.parts)
    made.title = f"{profile.name}{'撤销，' if asked.parent_ends else ''}分设{names}"
    made.problems += _faults(asked)
    shares = _Shares(asked)
    for part, school in zip(asked.parts, shares.schools, strict=True):
        add_school(made, school, part.new, asked.on)
        event = SchoolEvent(
            school_id=asked.school_id, successor=school, kind=SchoolEventKind.SPLIT,
            happened_on=asked.on, note=asked.note,
        )  # fmt: skip
        made.add(Rewrite(None, (event,)))
    _hand_over(made, asked, shares, profile)
    _check_stages(made, asked, shares)
    _remark(made, asked, shares, profile)
    return made


class _Shares:
    """Who takes over what: a class by its cohort, a person by name; else the last part, or none."""

    def __init__(self, asked: Split) -> None:
        self.asked = asked
        self.schools = [School() for _ in asked.parts]
        year = SchoolYear.containing(asked.on).begins_in
        self._classes: dict[tuple[Cohort, int], School] = {}
        self._staff: dict[int, School] = {}
        for part, school in zip(asked.parts, self.schools, strict=True):
            for key in part.classes:
                cohort = (key.stage, year - key.grade)
                self._classes.setdefault((cohort, key.class_number), school)
            for person in part.staff:
                self._staff.setdefault(person, school)

    def heir(self, row: Dated) -> School | None:
        """Return where a row goes on; None where it stays with the parent."""
        rest = self.schools[-1] if self.asked.parent_ends and self.schools else None
        if isinstance(row, Enrolment | SchoolClass):
            cohort = (row.stage, SchoolYear.containing(row.starts_on).begins_in - row.grade)
            return self._classes.get((cohort, row.class_number), rest)
        if isinstance(row, Post | ContractTerm | LeadershipTerm):
            return self._staff.get(row.staff_id, rest)
        return rest


def _hand_over(plan: Plan, asked: Split, shares: _Shares, profile: SchoolProfile) -> None:
    handing = HandingOver(
        asked.school_id, asked.on, shares.heir, ClassNumbers(), profile.school_system
    )
    if asked.parent_ends:
        handing.plan_all(plan)
        return
    for link in links():
        if link.model in HANDED_OVER:
            rows = [row for row in handing.running(link) if shares.heir(row) is not None]
            handing.plan_table(plan, link, rows)


def _faults(asked: Split) -> list[str]:
    """Return why a school cannot be split as asked."""
    found = []
    if not asked.parts or (asked.parent_ends and len(asked.parts) < 2):
        found.append("原校撤销时至少要分成两所新校；只有一所时请用“更名”或“并入他校”。")
    names = [part.new.name for part in asked.parts]
    if len(set(names)) != len(names):
        found.append("新学校的校名不能相同。")
    taught = {row[:3] for row in standing.classes_on(asked.school_id, asked.on)}
    asked_for = [key for part in asked.parts for key in part.classes]
    if len(set(asked_for)) != len(asked_for):
        found.append("有班级同时分给了两所新校，请只选一处。")
    missing = [key for key in asked_for if (key.stage, key.grade, key.class_number) not in taught]
    if missing:
        found.append(f"有 {len(missing)} 个选中的班级在变动日没有学生，请重新选择。")
    if not asked_for:
        found.append("请选择分给新校的班级。")
    return found


def _check_stages(plan: Plan, asked: Split, shares: _Shares) -> None:
    """Refuse a new school that does not teach the stages of the classes it gets."""
    for part, school in zip(asked.parts, shares.schools, strict=True):
        coming = {row.stage for row in _arriving(plan) if row.school is school}
        missing = [str(Stage(stage).label) for stage in sorted(coming - set(part.new.stages))]
        if missing:
            plan.problems.append(
                f"{part.new.name}没有设{'、'.join(missing)}学段，却分到了这个学段的班级。"
            )


def _arriving(plan: Plan) -> Iterator[Enrolment]:
    """Yield the enrolments at schools that are not saved yet."""
    for rewrite in plan.rewrites:
        for row in rewrite.new:
            if isinstance(row, Enrolment) and row.school_id is None:
                yield row


def _remark(plan: Plan, asked: Split, shares: _Shares, profile: SchoolProfile) -> None:
    counted = {key[:3]: key[3] for key in standing.classes_on(asked.school_id, asked.on)}
    rest = sum(counted.values())
    for part in asked.parts:
        pupils = sum(counted.get((key.stage, key.grade, key.class_number), 0)
                     for key in part.classes)  # fmt: skip
        rest -= pupils
        if part.new.in_plan:
            plan.warnings += remarks.on_becoming_small(
                part.new.name, part.new.category, asked.on, pupils
            )
    if profile.in_plan and not asked.parent_ends:
        plan.warnings += remarks.on_becoming_small(profile.name, profile.category, asked.on, rest)
