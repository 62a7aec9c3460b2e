"""Promises about the checks as data."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.apps import apps

from gengdu.policy import facts
from gengdu.records.models import TableRevision
from gengdu.registers.quality import checks, evaluate
from gengdu.registers.quality.checks import OWN_PARAMETERS, Check
from gengdu.registers.quality.relations import RELATIONS

EVERY = checks.every()
every_check = pytest.mark.parametrize("check", EVERY, ids=lambda check: check.key)
TABLES = {model._meta.db_table for model in apps.get_models()}
MADE_INSIDE = re.compile(r"(?:with|,)\s+([a-z_]+) as \(", re.IGNORECASE)
ON = date(2025, 12, 31)


@every_check
def test_a_check_says_what_it_means_in_chinese(check: Check) -> None:
    for words in (check.title, check.short, check.meaning):
        assert re.search("[一-鿿]", str(words))
    assert str(check.meaning).endswith("。")
    assert len(str(check.short)) <= 8


@every_check
def test_a_check_reads_tables_and_relations_that_exist(check: Check) -> None:
    inside = set(MADE_INSIDE.findall(check.sql))

    assert set(check.reads) - inside <= TABLES | set(RELATIONS)
    assert evaluate.tables_behind(check.key)


@every_check
def test_a_check_gets_every_parameter_and_no_other(check: Check) -> None:
    used = checks.parameters_of(check.sql)

    assert used - OWN_PARAMETERS == set(check.parameters)
    assert set(evaluate.parameters(check, ON)) == OWN_PARAMETERS | set(check.parameters)


@every_check
def test_every_threshold_is_a_fact(check: Check) -> None:
    """A number of two digits or more in the SQL would be a threshold in disguise."""
    for name in check.facts:
        assert facts.value(name, on=ON) is not None
    if check.subject in (checks.CLASS, checks.FACILITY_REPORT):
        assert re.findall(r"(?<![\w])\d{2,}(?![\w])", check.sql) == []


@every_check
def test_sql_is_written_for_both_stores(check: Check) -> None:
    text = check.sql.lower()

    for foreign in ("::", " ilike ", "strftime", "date_trunc", "julianday", " glob ", "now(",
                    "group_concat", "string_agg", "current_date", "ifnull("):  # fmt: skip
        assert foreign not in text, foreign


@every_check
@pytest.mark.django_db
def test_what_a_check_tells_is_among_its_columns(check: Check) -> None:
    from django.db import connection

    told = set(re.findall(r"%\((\w+)\)", str(check.told)))
    with connection.cursor() as cursor:
        for name in RELATIONS:
            evaluate._put_together(cursor, name, ON)
        evaluate._findings(cursor, check, ON)
        columns = [column[0] for column in cursor.description]

    assert columns[:2] == ["subject_id", "school_id"]
    assert told - {"class"} <= set(columns)
    if "class" in told:
        assert {"grade", "shown_grade"} & set(columns)
    assert set(check.words) <= set(columns)


def test_relations_read_only_what_comes_before_them() -> None:
    seen: set[str] = set()
    for name, sql in RELATIONS.items():
        assert set(checks.names_read(sql)) <= TABLES | seen
        seen.add(name)


def test_a_key_is_given_once() -> None:
    with pytest.raises(ValueError, match="is taken"):
        checks.declare(EVERY[0])


@pytest.mark.django_db
def test_every_table_behind_a_check_has_a_revision() -> None:
    counted = set(TableRevision.objects.values_list("table", flat=True))
    # An identity row never changes; what is known of it stands in tables that are counted.
    identities = {"pupils_pupil", "staff_staff", "schools_school"}

    for check in EVERY:
        assert set(evaluate.tables_behind(check.key)) - identities <= counted, check.key
