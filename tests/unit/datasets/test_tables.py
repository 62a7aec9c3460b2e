"""What the border declares; tests/rules compares it with the models."""

from __future__ import annotations

import pytest

from gengdu.datasets.protection import Becomes, becomes
from gengdu.datasets.tables import DAY, ID, MOMENT, TABLES, TEXT, Table


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_table_says_what_a_row_is_and_when_it_was_known(table: Table) -> None:
    assert table.grain
    assert table.columns["id"] == ID
    assert table.columns["recorded_at"] == table.columns["superseded_at"] == MOMENT


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_columns_are_typed_as_they_are_named(table: Table) -> None:
    for column, found in table.columns.items():
        if column.endswith("_id"):
            assert found == ID, column
        if column.endswith("_on") and not column.startswith("on_"):
            assert found == DAY, column
        if column.startswith(("is_", "in_", "on_", "at_")):
            assert str(found) == "bool", column


def test_what_needs_approval_carries_its_state() -> None:
    for table in TABLES.values():
        assert table.approvable == (table.columns.get("state") == TEXT), table.name


def test_a_schema_keeps_the_declared_order() -> None:
    table = TABLES["campus_titles"]

    assert table.schema.names == list(table.columns)
    assert table.schema.names[:4] == ["id", "school_id", "kind", "level"]


def test_no_identifying_number_of_a_person_crosses_the_border() -> None:
    crossing = {column for table in TABLES.values() for column in table.columns}

    assert crossing.isdisjoint({"identity_number", "registry_number"})
    assert "name" not in TABLES["staff_records"].columns
    assert "pupils" not in TABLES


def test_of_staff_alone_the_sex_is_read_and_it_stays_in_the_county() -> None:
    with_sex = [table for table in TABLES.values() if "sex" in table.columns]

    assert [table.name for table in with_sex] == ["staff_records"]
    assert becomes(with_sex[0], "sex") == Becomes.DROPPED
