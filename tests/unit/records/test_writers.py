"""Several writers on PostgreSQL: none waits for another's rows, and no reader is misled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management.sql import emit_pre_migrate_signal
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from gengdu.chapters.moral_education.models import SchoolPlan
from gengdu.records import queries
from gengdu.records.models import TableRevision
from gengdu.registers.schools.models import FacilityReport, School
from tests import stores, world

TABLE = SchoolPlan._meta.db_table
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """A second writer, who gives up at once where it would have to wait."""
    with stores.another_connection() as other:
        yield other


def add_plan(school: School) -> None:
    world.entry(SchoolPlan, world.NOTICE_DAY, school=school, version=1)


def sql_of_plan(school: School) -> str:
    """Return the statement that adds a plan, with its identity in the same statement."""
    return (
        "WITH made AS (INSERT INTO records_item (ledger) VALUES ('school_plans') RETURNING id) "
        f"INSERT INTO {TABLE} (item_id, school_id, version, starts_on, state, recorded_at, "
        "goals, all_staff, whole_process, all_round, safeguards) "
        f"SELECT id, {school.pk}, 1, '2024-01-01', 'approved', now(), '', '', '', '', '' FROM made"
    )


def seen_by(other: BaseDatabaseWrapper) -> tuple[object, ...]:
    """Return the revision and the number of rows that another connection sees now."""
    return stores.execute(
        other,
        f"SELECT (SELECT sum(revision) FROM records_tablerevision WHERE \"table\" = '{TABLE}'), "
        f"(SELECT count(*) FROM {TABLE})",
    )[0]


def test_two_writers_of_one_table_do_not_wait_for_each_other(other: BaseDatabaseWrapper) -> None:
    first, second = School.objects.create(), School.objects.create()
    before = queries.revisions()[TABLE]

    with transaction.atomic():
        add_plan(first)
        stores.execute(other, sql_of_plan(second))

    assert queries.revisions()[TABLE] == before + 2
    assert TableRevision.objects.filter(table=TABLE).count() == 2


def test_a_counter_that_is_free_again_is_used_again(other: BaseDatabaseWrapper) -> None:
    test_two_writers_of_one_table_do_not_wait_for_each_other(other)

    add_plan(School.objects.create())

    assert TableRevision.objects.filter(table=TABLE).count() == 2


def test_who_commits_first_hides_nothing_of_who_commits_last(other: BaseDatabaseWrapper) -> None:
    first, second = School.objects.create(), School.objects.create()
    seen = [seen_by(other)]

    with transaction.atomic():
        add_plan(first)
        seen.append(seen_by(other))
        stores.execute(other, sql_of_plan(second))
        seen.append(seen_by(other))
    seen.append(seen_by(other))

    base = seen[0][0]
    assert seen == [(base, 0), (base, 0), (base + 1, 1), (base + 2, 2)]  # type: ignore[operator]


def test_a_transaction_moves_the_revision_once_and_again_after_a_rolled_back_savepoint() -> None:
    schools = [School.objects.create() for _ in range(4)]
    before = queries.revisions()[TABLE]

    with transaction.atomic():
        with transaction.atomic():
            add_plan(schools[0])
            transaction.set_rollback(True)
        assert queries.revisions()[TABLE] == before
        for school in schools:
            add_plan(school)
        assert queries.revisions()[TABLE] == before + 1

    assert queries.revisions()[TABLE] == before + 1


def test_emptying_a_table_moves_its_revision() -> None:
    before = queries.revisions()[TABLE]

    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE}")

    assert queries.revisions()[TABLE] == before + 1


def test_two_who_write_two_tables_in_different_order_do_not_block_each_other(
    other: BaseDatabaseWrapper,
) -> None:
    first, second = School.objects.create(), School.objects.create()
    report_of_second = (
        "INSERT INTO schools_facilityreport (school_id, year, recorded_at) "
        f"VALUES ({second.pk}, 2024, now())"
    )

    with transaction.atomic():
        add_plan(first)
        stores.execute(other, "BEGIN")
        stores.execute(other, report_of_second)
        world.report(first, 2024, school=1000, in_class=100, recording=1, sky=True)
        stores.execute(other, sql_of_plan(second))
        stores.execute(other, "COMMIT")

    assert (SchoolPlan.objects.count(), FacilityReport.objects.count()) == (2, 2)


def test_a_migration_may_take_longer_than_a_statement_of_the_site() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '5s'")

    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")

    assert stores.execute(connection, "SHOW statement_timeout") == [("0",)]
