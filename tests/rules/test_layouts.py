"""Every column of every official layout has a home in a register, or a reason to have none."""

from __future__ import annotations

import pytest
from django.db import models

from gengdu.kernel import cells
from gengdu.records import layouts, sheets
from gengdu.records.importing import mapping
from gengdu.records.importing.comparing import can_be_emptied, check_layout
from gengdu.records.layouts import Layout
from gengdu.records.ledgers import Ledger
from gengdu.records.sheets import Column, Register
from gengdu.registers.declared import REGISTERS

SIZES = {
    "student_registry": 77, "teacher_registry": 42, "principal_list": 29,
    "teacher_post_list": 21, "quality_balance_school": 68, "quality_balance_county": 20,
    "school_list": 13,
}  # fmt: skip
# A kindergarten's template has 进本园年月 where a school's has 进本校年月.
SAID_TWICE = {"teacher_registry": {"joined_school_on"}}
LAYOUTS = layouts.layouts()
COLUMNS = [
    pytest.param(register, column, id=f"{register.key}.{column.key}")
    for register in REGISTERS
    for column in register.columns
    if column.part and column.part != sheets.IDENTITY
]


def test_the_seven_layouts_are_there_in_full() -> None:
    assert {layout.key: len(layout.fields) for layout in LAYOUTS} == SIZES


def test_every_register_is_declared_once() -> None:
    declared = {one.key for one in sheets.registers() if not isinstance(one, Ledger)}
    assert declared == {one.key for one in REGISTERS}
    assert len({register.key for register in REGISTERS}) == len(REGISTERS)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_every_column_of_a_layout_has_a_home_or_a_reason(layout: Layout) -> None:
    register = layout.register
    names = mapping.Names(register)

    reasons = mapping.ignored(register, layout.fields)
    homes = {field: target for field in layout.fields if (target := names.target(field))}

    assert set(layout.fields) == {*homes, *reasons}
    assert not set(homes) & set(reasons)
    columns = [target.column.key for target in homes.values()]
    twice = {key for key in columns if columns.count(key) > 1}
    assert twice == SAID_TWICE.get(layout.key, set())


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_a_header_is_recognised_as_its_layout(layout: Layout) -> None:
    found = layouts.recognised(layout.fields)

    assert found is not None
    assert (found.layout, found.share) == (layout, 1.0)


def test_a_header_of_another_version_is_recognised_by_most_of_its_names() -> None:
    fields = next(one for one in LAYOUTS if one.key == "teacher_registry").fields

    found = layouts.recognised([*fields[:34], "从未见过的列", "* 备注 "])

    assert found is not None
    assert found.layout.key == "teacher_registry"
    assert 0.7 < found.share < 0.9


def test_a_header_of_nothing_known_is_of_no_layout() -> None:
    assert layouts.recognised(["物品", "数量", "单价", "姓名"]) is None
    assert layouts.recognised([]) is None


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.key)
def test_every_name_that_an_export_writes_is_read_as_its_column(register: Register) -> None:
    labels = {str(column.label): column.key for column in register.read_columns}

    assert mapping.propose(register, labels, {}) == labels


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.key)
def test_rows_are_staged_in_the_order_they_are_written(register: Register) -> None:
    check_layout(register)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.key)
def test_a_register_names_only_columns_that_it_has(register: Register) -> None:
    groups = (*register.keys, *register.weak_keys)
    named = {
        *(key.removeprefix("-") for key in register.order),
        *register.search,
        register.name,
        *(k for g in groups for k in g),
    }
    inputs = {key for c in register.columns if c.virtual for key in c.virtual.inputs}

    assert named | inputs <= set(register.by_key)
    assert register.school in {"", *register.by_key}
    assert register.anchor.needs in {"", *register.by_key}


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.key)
def test_what_is_only_checked_is_virtual_and_never_written(register: Register) -> None:
    for column in register.columns:
        assert column.part or column.virtual is not None, column.key
        if column.checked:
            assert column.virtual is not None, column.key
            assert not column.writable, column.key


@pytest.mark.parametrize(("register", "column"), COLUMNS)
def test_no_cell_is_taken_that_the_field_cannot_keep(register: Register, column: Column) -> None:
    field = register.part(column.part).model._meta.get_field(column.field)
    kind = column.kind

    if isinstance(kind, cells.Text):
        assert isinstance(field, models.CharField)
        assert kind.max_length <= (field.max_length or 0)
    if isinstance(kind, cells.Code):
        assert max(map(len, kind.codes)) <= (getattr(field, "max_length", None) or 0)
    if isinstance(field, models.PositiveIntegerField):
        assert isinstance(kind, cells.Whole)
        assert 0 <= (kind.min or 0) <= (kind.max or 0) < 2**31


FILLED_BY_RULES = {"in_plan", "school_system", "stage", "grade_number", "parent", "short_name"}


@pytest.mark.parametrize(("register", "column"), COLUMNS)
def test_what_the_store_needs_is_asked_for(register: Register, column: Column) -> None:
    part = register.part(column.part)
    field = part.model._meta.get_field(column.field)
    is_kept_at_will = part is not register.anchor and register.identity is None
    if part.is_read_only or column.field in part.fixed or is_kept_at_will:
        return

    fills_itself = field.has_default() or can_be_emptied(field) or column.key in FILLED_BY_RULES

    assert fills_itself or column.required or column.key == part.needs
