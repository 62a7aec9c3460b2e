"""The triggers are there, stay there, and move a table's revision with every change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, models, transaction

from gengdu.chapters.moral_education.models import SchoolPlan
from gengdu.records import queries, triggers
from gengdu.records.models import NoOverlap, Recorded
from gengdu.registers.schools.models import School, SchoolProfile
from tests import world

TABLE = SchoolPlan._meta.db_table
EXPECTED = triggers.expected(connection.vendor)


def revision(table: str = TABLE) -> int:
    return queries.revisions()[table]


def another(school: School) -> SchoolPlan:
    return world.entry(SchoolPlan, world.NOTICE_DAY, school=school, version=1)  # type: ignore[no-any-return]


@pytest.fixture
def school(db: None) -> School:
    return School.objects.create()


def test_every_recorded_table_has_its_triggers(db: None) -> None:
    assert triggers.installed(connection) == EXPECTED


def test_what_is_expected_covers_every_recorded_table_and_every_overlap_rule() -> None:
    recorded = [model for model in apps.get_models() if issubclass(model, Recorded)]
    overlaps = [
        constraint
        for model in recorded
        for constraint in model._meta.constraints
        if isinstance(constraint, NoOverlap)
    ]

    assert len(recorded) > 40
    assert len(triggers.expected("sqlite")) == 3 * len(recorded) + 2 * len(overlaps)
    assert len(triggers.expected("postgresql")) == 4 * len(recorded)


def test_every_recorded_table_has_a_revision(db: None) -> None:
    tables = {model._meta.db_table for model in triggers.recorded_models()}

    assert set(queries.revisions()) == tables


@pytest.mark.django_db(transaction=True)
def test_every_insert_update_and_delete_moves_the_revision() -> None:
    school = School.objects.create()
    seen = [revision()]

    row = another(school)
    seen.append(revision())
    SchoolPlan.objects.filter(pk=row.pk).update(version=2)
    seen.append(revision())
    row.delete()
    seen.append(revision())

    assert [later - earlier for earlier, later in pairwise(seen)] == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_bulk_writes_move_it_as_well() -> None:
    rows = [another(School.objects.create()) for _ in range(2)]
    seen = [revision()]

    SchoolPlan.objects.bulk_update(rows, ["version"])
    seen.append(revision())
    SchoolPlan.objects.all().delete()
    seen.append(revision())

    assert seen[0] < seen[1] < seen[2]


def test_a_change_moves_no_other_table(school: School) -> None:
    before = queries.revisions()

    another(school)

    now = queries.revisions()
    assert {table for table in now if now[table] != before[table]} == {TABLE}


def test_a_rollback_takes_the_revision_back(school: School) -> None:
    before = revision()

    with transaction.atomic():
        another(school)
        assert revision() == before + 1
        transaction.set_rollback(True)

    assert revision() == before
    another(school)
    assert revision() == before + 1


def test_a_change_of_no_row_moves_nothing(school: School) -> None:
    before = revision()

    SchoolPlan.objects.filter(pk=-1).update(version=9)

    assert revision() == before


def test_all_can_be_taken_off_and_put_back_without_losing_the_count(school: School) -> None:
    another(school)
    before = revision()

    triggers.remove(connection)
    assert triggers.installed(connection) == []
    triggers.install(connection, set(connection.introspection.table_names()))

    assert triggers.installed(connection) == EXPECTED
    assert revision() == before


@pytest.fixture
def rebuilt() -> Iterator[None]:
    """The table of school plans as a migration leaves it that altered one of its columns."""
    old = SchoolPlan._meta.get_field("version")
    new = models.IntegerField()
    new.set_attributes_from_name("version")
    new.model = SchoolPlan
    with connection.schema_editor() as editor:
        editor.alter_field(SchoolPlan, old, new)
    yield
    with connection.schema_editor() as editor:
        editor.alter_field(SchoolPlan, new, old)
    after_migrate()


def after_migrate() -> None:
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


LOST_BY_REBUILDING = {
    "sqlite": {
        *(f"gengdu_{TABLE}_{change}" for change in ("insert", "update", "delete")),
        *(f"gengdu_one_school_plan_at_once_{change}" for change in ("insert", "update")),
    },
    "postgresql": set(),
}


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_a_table_gets_its_triggers_back(rebuilt: None) -> None:
    lost = set(EXPECTED) - set(triggers.installed(connection))
    assert lost == LOST_BY_REBUILDING[connection.vendor]

    after_migrate()

    assert triggers.installed(connection) == EXPECTED
    before = revision()
    another(School.objects.create())
    assert revision() == before + 1


@pytest.mark.sqlite
def test_the_message_of_an_overlap_names_the_rule(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name LIKE 'gengdu_one_profile_%'")
        texts = [row[0] for row in cursor.fetchall()]

    assert len(texts) == 2
    assert all(SchoolProfile._meta.db_table in text for text in texts)
    assert all(
        f"{triggers.OVERLAP_MESSAGE}: gengdu_one_profile_per_school" in text for text in texts
    )
