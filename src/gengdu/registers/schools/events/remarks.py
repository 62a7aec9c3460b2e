"""What whoever confirms an event should know: small schools, missing steps, numbers that change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from gengdu.kernel.identifiers import school_identifier_fault
from gengdu.policy import facts
from gengdu.registers.schools.events import rules, standing
from gengdu.registers.schools.events.class_numbers import ClassNumbers
from gengdu.registers.schools.models import Category, SchoolProfile

SMALL_KINDS = {Category.PRIMARY, Category.TEACHING_POINT}
WITH_STEPS = {*SMALL_KINDS, Category.KINDERGARTEN}
JUNIOR_KINDS = {Category.JUNIOR, Category.NINE_YEAR}
# First two digits of an identifier by kind of school (standards.md §9); others are not known.
CODE_OF = {
    Category.KINDERGARTEN: "11",
    Category.PRIMARY: "21",
    Category.TEACHING_POINT: "21",
    Category.JUNIOR: "31",
    Category.SPECIAL: "51",
}


def on_closing(
    profile: SchoolProfile, on: date, pupils: int, steps: Mapping[str, date]
) -> Iterator[str]:
    """Yield what is to be known when a school is closed or merged."""
    if not profile.in_plan:
        return
    limit = facts.value("small_schools.pupils", on=on)
    if profile.category in SMALL_KINDS and pupils < limit:
        yield (
            f"{profile.name}列入乡村学校名单，现有 {pupils} 名学生，不足 {limit} 人："
            "小规模学校的撤并须严格论证，确需保留的应当保留。"
        )
    if profile.category in WITH_STEPS:
        yield from _missing(steps, on, "盲目撤并")


def on_moving(
    profile: SchoolProfile, village_id: int, on: date, steps: Mapping[str, date]
) -> Iterator[str]:
    """Yield what is to be known when a school moves."""
    was, will = standing.town_of(profile.village_id, on), standing.town_of(village_id, on)
    leaves_a_town = was is not None and will is not None and (was[1], will[1]) == ("town", "street")
    if profile.in_plan and profile.category in JUNIOR_KINDS and leaves_a_town:
        yield from _missing(steps, on, "简单进城")


def _missing(steps: Mapping[str, date], on: date, counted_as: str) -> Iterator[str]:
    wanted = rules.steps()
    last = next(reversed(wanted), None)
    # The passage of pupils may take place after the day itself; all else comes before it.
    late = [
        label
        for name, label in wanted.items()
        if name not in steps or (steps[name] > on and name != last)
    ]
    if late:
        yield (
            f"四步档案缺：{'、'.join(late)}。没有在变动之前完成的，本次变动会计入“{counted_as}”。"
        )


def on_class_numbers(
    numbers: ClassNumbers, profile: SchoolProfile, successor: str, on: date
) -> Iterator[str]:
    """Yield that class numbers are in use at the successor, and what they become."""
    shown = [
        f"{standing.class_label(profile.school_system, stage, grade, 1)}→{by + 1}班"
        for stage, grade, by in numbers.changed(on)
    ]
    if shown:
        yield (
            f"有 {len(shown)} 个年级的班号在{successor}已有人用，转入的班依次往后排"
            f"（{'、'.join(shown)}，其余类推）；确认后仍可在学生底册里改。"
        )


def on_identifier(category: str, identifier: str, *, was: str | None = None) -> Iterator[str]:
    """Yield doubts about an identifier, which a change of category changes and a new name not."""
    if not identifier:
        yield "没有填学校标识码，请在取得后尽快补登。"
        return
    fault = school_identifier_fault(identifier)
    if fault:
        yield f"学校标识码 {identifier}：{fault}。"
    wanted = CODE_OF.get(Category(category))
    if wanted and not identifier.startswith(wanted):
        yield (
            f"标识码 {identifier} 的前两位一般为 {wanted}"
            f"（{Category(category).label}），请核对；办学类型变了，标识码要换。"
        )
    if was is not None and was == identifier:
        yield "办学类型变了而标识码没有变：按规定应当换发新的标识码。"


def on_becoming_small(name: str, category: str, on: date, pupils: int) -> Iterator[str]:
    """Yield that a rural school would be small from the day on."""
    limit = facts.value("small_schools.pupils", on=on)
    if category in SMALL_KINDS and 0 < pupils < limit:
        yield (
            f"{name}将有 {pupils} 名学生，不足 {limit} 人，会成为新的乡村小规模学校"
            "（文件要求不再新增）。"
        )
