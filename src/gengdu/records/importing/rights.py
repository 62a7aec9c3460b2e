"""What a row needs to be taken: a holder the sender may write for, and what is required."""

from __future__ import annotations

from gengdu.records.importing.comparing import Block, can_be_emptied
from gengdu.records.importing.existing import Existing
from gengdu.records.sheets import IDENTITY, Column, Register


def check_holders(
    block: Block, register: Register, existing: Existing, allowed: frozenset[int] | None
) -> None:
    """Refuse rows for holders that the sender may not write for, and things held elsewhere."""
    if allowed is None:
        return
    if not register.held_by:
        for place in range(block.rows.count):
            block.fault(place, register.name, f"“{register.label}”只由教育分局登记和修改")
        return
    if register.is_joined(register.by_key[register.held_by]):
        _check_joined_schools(block, register, existing, allowed)
        return
    key = register.held_by
    held = existing.holders(block.known_things)
    for place, school in enumerate(block.rows.get(key)):
        if school is not None and school not in allowed:
            block.fault(place, key, _OUTSIDE[bool(register.holder)])
        thing = block.things[place]
        if thing is not None and held.get(thing) not in (None, *allowed):
            block.fault(place, key, _ELSEWHERE[bool(register.holder)])


_OUTSIDE = (
    "这所学校不在您的管理范围内，请只填本单位",
    "不在您的管理范围内，请只填本镇的村居",
)
_ELSEWHERE = (
    "目前登记在别的学校，请由那所学校先办转出，或找教育分局办理",
    "目前登记在别的镇，请找教育分局办理",
)


def _check_joined_schools(
    block: Block, register: Register, existing: Existing, allowed: frozenset[int]
) -> None:
    """Refuse rows of people whom a school holds that the sender may not write for."""
    column = register.by_key[register.school]
    pointer = register.pointer(column).key
    before, after = block.rows.before(pointer), block.rows.known(pointer)
    held = existing.through(column, {*before, *after})
    for place, meant in enumerate(zip(before, after, strict=True)):
        if any(one is not None and held.get(one) not in allowed for one in meant):
            block.fault(
                place, register.name,
                "目前不在您管理的学校任职，请核对是谁；刚调入的请先在教职工底册登记任职，"
                "已离开的请找教育分局办理",
            )  # fmt: skip


def check_required(block: Block, register: Register) -> None:
    """Refuse new rows that lack something, and cells emptied that may not be empty."""
    for column in register.columns:
        if register.is_joined(column):
            _refuse_clearing(block, column)
        elif column.required:
            _check_filled(block, register, column)
        elif column.part and not _may_be_cleared(register, column):
            _refuse_clearing(block, column)


def _may_be_cleared(register: Register, column: Column) -> bool:
    if column.part == IDENTITY:
        return False
    part = register.part(column.part)
    return can_be_emptied(part.model._meta.get_field(column.field)) or part.needs == column.key


def _check_filled(block: Block, register: Register, column: Column) -> None:
    said = {remark.place for remark in block.remarks if remark.column == column.key}
    part = register.part_of(column)
    known = block.before.get(part, {})
    others = [block.rows.get(other.key) for other in register.by_part.get(part, ())]
    for place, value in enumerate(block.rows.get(column.key)):
        thing = block.things[place]
        if value is not None or place in said or thing in known or not block.keyed[place]:
            continue
        if thing is None or any(values[place] is not None for values in others):
            block.fault(place, column.key, f"新登记的必须填“{column.label}”")
    _refuse_clearing(block, column)


def _refuse_clearing(block: Block, column: Column) -> None:
    for place, key in block.cleared:
        if key == column.key:
            block.fault(place, key, "这一项不能清空")
