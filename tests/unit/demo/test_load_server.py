"""The demo on PostgreSQL: all of it or nothing, the rows of a file, and never over records."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from django.apps import apps
from django.db import connection
from tests import stores

from gengdu.board import reading
from gengdu.datasets.tables import TABLES
from gengdu.demo import generate, load, load_server
from gengdu.demo.accounts import EVERYBODY
from gengdu.records import bulk, queries, triggers
from gengdu.records.models import SampleDistrict
from gengdu.registers.schools.models import School

SEED = 20230630
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


class Killed(Exception):
    pass


def quietly(done: int, expected: int, label: str) -> None:
    """Take note of nothing."""


def rules() -> set[tuple[Any, ...]]:
    """Return every constraint and index that the database has, word for word."""
    return {
        *stores.execute(
            connection,
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = "
            "current_schema::regnamespace",
        ),
        *stores.execute(
            connection, "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        ),
    }


def generated() -> dict[str, dict[int, dict[str, Any]]]:
    """Return the generator's own rows by table and id."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for batch in generate.batches(scale=1, seed=SEED):
        table = found.setdefault(batch.table, {})
        for row in batch.rows:
            values = dict(zip(batch.columns, row, strict=True))
            table[values["id"]] = values
    return found


def as_generated(value: Any, kind: pa.DataType) -> Any:
    """Return a value read from the database as the generator writes it."""
    if value is None or pa.types.is_floating(kind):
        return value
    if pa.types.is_timestamp(kind):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value) if pa.types.is_date(kind) else value


def test_every_row_is_there_as_it_was_generated() -> None:
    before, revisions = rules(), queries.revisions()

    load_server.write(scale=1, seed=SEED, progress=quietly)

    ours = generated()
    for table in TABLES.values():
        wanted = ours.get(apps.get_model(table.model)._meta.db_table, {})
        read = reading.read_table(table).to_pylist()
        assert {row["id"] for row in read} == set(wanted), table.name
        for row in read:
            found = {name: as_generated(row[name], kind) for name, kind in table.columns.items()}
            # A column that the generator does not write is left blank.
            assert found == {name: wanted[row["id"]].get(name) for name in found}, table.name
    assert rules() == before
    assert triggers.installed(connection) == triggers.expected("postgresql")
    assert queries.revisions() == {table: last + 1 for table, last in revisions.items()}
    assert SampleDistrict.objects.get().seed == SEED
    assert load.Account.objects.filter(is_demo=True).count() == len(EVERYBODY)
    assert School.objects.create().pk == len(ours["schools_school"]) + 1


def test_a_demo_is_replaced_only_when_asked_and_every_revision_moves_on() -> None:
    load_server.write(scale=1, seed=1, progress=quietly)
    before = queries.revisions()

    with pytest.raises(load.AlreadyThere, match="已有示例数据，没有改动它"):
        load_server.write(scale=1, seed=2, progress=quietly)
    assert SampleDistrict.objects.get().seed == 1

    load_server.write(scale=1, seed=2, progress=quietly, replace=True)
    assert SampleDistrict.objects.get().seed == 2
    assert all(now > before[table] for table, now in queries.revisions().items())


def test_real_records_are_never_replaced() -> None:
    School.objects.create()

    with pytest.raises(load.AlreadyThere, match="是真实记录，不是示例数据，没有改动它"):
        load_server.write(scale=1, seed=1, progress=quietly, replace=True)

    assert School.objects.count() == 1


def test_a_load_that_is_killed_leaves_nothing() -> None:
    before, revisions = rules(), queries.revisions()

    def killed(done: int, expected: int, label: str) -> None:
        if done > 0:
            raise Killed

    with pytest.raises(Killed):
        load_server.write(scale=1, seed=1, progress=killed)

    assert not bulk.is_used(connection)
    assert rules() == before
    assert queries.revisions() == revisions
    assert triggers.installed(connection) == triggers.expected("postgresql")


def test_rows_that_overlap_are_found_before_anybody_sees_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fault of the generator is planted: a second profile of one school."""
    real = generate.batches

    def faulty(**asked: Any) -> Any:
        for batch in real(**asked):
            yield batch
            if batch.table == "schools_schoolprofile":
                position = batch.columns.index("id")
                row = list(batch.rows[0])
                row[position] = 1_000_000
                yield batch._replace(rows=[tuple(row)])

    monkeypatch.setattr(generate, "batches", faulty)

    with pytest.raises(load.checks.LoadedWrongly, match="one_profile_per_school"):
        load_server.write(scale=1, seed=1, progress=quietly)

    assert not bulk.is_used(connection)
