import sqlite3

from gengdu.demo import checks
from gengdu.demo.columns import COLUMNS


def test_no_two_live_rows_of_one_thing_overlap(district: sqlite3.Connection) -> None:
    written = [
        (name, statement)
        for name, statement in checks.overlap_queries()
        if any(f'FROM "{table}"' in statement for table in COLUMNS)
    ]

    assert written
    for name, statement in written:
        assert district.execute(statement).fetchone() is None, name


def test_every_period_ends_after_it_starts(district: sqlite3.Connection) -> None:
    for table, columns in COLUMNS.items():
        if "ends_on" in columns:
            wrong = district.execute(
                f"SELECT id FROM {table} WHERE ends_on <= starts_on"
            ).fetchone()
            assert wrong is None, table
