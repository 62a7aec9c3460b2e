import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from gengdu.demo import generate
from gengdu.demo.accounts import NUMBERS
from gengdu.demo.columns import BLANK, COLUMNS
from gengdu.demo.rows import Ids, Rows, UnknownColumn

DIGEST = """
import hashlib
from gengdu.demo import generate
found = hashlib.sha256()
for batch in generate.batches(scale={scale}, seed=7):
    found.update(repr(batch).encode())
print(found.hexdigest())
"""
PEAKS = """
import resource
from gengdu.demo import generate
peaks = []
for batch in generate.batches(scale={scale}, seed=7):
    assert len(batch.rows) <= 2_000
    if batch.table == "places_place":
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(peaks[1], peaks[-1])
"""


def run(program: str, *, hash_seed: str = "0") -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    finished = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return finished.stdout.strip()


def by_table() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def test_the_same_seed_gives_the_same_bytes_in_every_process() -> None:
    first = run(DIGEST.format(scale=1), hash_seed="1")
    second = run(DIGEST.format(scale=1), hash_seed="2")

    assert first == second


def test_another_seed_gives_other_children() -> None:
    first, second = (_pupils(seed) for seed in (1, 2))

    assert next(first) != next(second)


def _pupils(seed: int) -> Iterator[object]:
    for batch in generate.batches(scale=1, seed=seed):
        if batch.table == "pupils_pupilrecord":
            yield from batch.rows[10:]


@pytest.mark.parametrize("scale", [2, pytest.param(20, marks=pytest.mark.scale)])
def test_memory_does_not_grow_with_the_number_of_districts(scale: int) -> None:
    after_one, after_all = map(int, run(PEAKS.format(scale=scale)).split())

    assert after_all < after_one * 1.1


def test_columns_are_written_in_the_models_order_and_what_is_left_out_may_be_unknown() -> None:
    for table, columns in COLUMNS.items():
        model = by_table()[table]

        fields = {field.column: field for field in model._meta.concrete_fields}
        assert columns == tuple(column for column in fields if column in columns), table
        assert all(fields[column].null for column in fields.keys() - set(columns)), table


def test_columns_left_empty_are_texts_that_may_be_blank() -> None:
    for table, columns in COLUMNS.items():
        for field in by_table()[table]._meta.concrete_fields:
            if field.column in BLANK and field.column in columns:
                assert isinstance(field, models.CharField), (table, field.column)


def test_rows_come_after_the_rows_they_refer_to_and_never_share_an_id_or_a_code() -> None:
    known: dict[str, set[int]] = {table: set() for table in COLUMNS}
    known["access_account"] = set(NUMBERS.values())
    references = {table: _references(table) for table in COLUMNS}
    codes: list[str] = []

    for batch in generate.batches(scale=2, seed=3):
        ids = {row[0] for row in batch.rows}
        assert len(ids) == len(batch.rows)
        assert known[batch.table].isdisjoint(ids)
        known[batch.table] |= ids
        for position, target in references[batch.table]:
            assert {row[position] for row in batch.rows} - {None} <= known[target], batch.table
        if batch.table == "places_placerecord":
            codes += [row[batch.columns.index("code")] for row in batch.rows]

    invented = [code for code in codes if code.startswith("99")]
    assert len(invented) == len(set(invented)) == 1 + 5 + 81


def _references(table: str) -> list[tuple[int, str]]:
    fields = {field.column: field for field in by_table()[table]._meta.concrete_fields}
    return [
        (position, fields[column].related_model._meta.db_table)
        for position, column in enumerate(COLUMNS[table])
        if fields[column].related_model is not None
    ]


def test_a_value_without_a_column_is_refused() -> None:
    rows = Rows(Ids())

    with pytest.raises(UnknownColumn, match="has no"):
        rows.add("schools_school", colour="red")
