"""The numbers of this moment: read once, read again after a change, and never from two states."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import override_settings
from django.urls import reverse

from gengdu.analytics import cards
from gengdu.analytics.run import Moment
from gengdu.board import live, reading
from gengdu.board.live import indicators
from gengdu.chapters.school_character.models import OutOfSchoolBrand
from gengdu.datasets.tables import TABLES, Table
from gengdu.records import renewing
from gengdu.records.models import Change
from tests import stores, world
from tests.conftest import signed_in
from tests.waiting import until_true
from tests.world import ON, World

BRANDS, TITLES = "brand_count", "green_share"
NOW = Moment(ON)
LAGS = "正在重新计算"
pytestmark = pytest.mark.xdist_group("board")


def counted(name: str) -> int:
    with indicators.reading() as now:
        return _rows_of(now, name)


def _rows_of(now: live.LiveIndicators, name: str) -> int:
    found = now.result(cards.card(name), NOW).district.get("all")
    return found.counted if found else 0


def add_brand(name: str = "耕读园") -> OutOfSchoolBrand:
    return world.entry(OutOfSchoolBrand, world.NOTICE_DAY, name=name)  # type: ignore[no-any-return]


@pytest.fixture
def no_brand_stays(district: World) -> Iterator[World]:
    """The small world, rid of brands afterwards: these tests commit."""
    yield district
    OutOfSchoolBrand.objects.all().delete()


# Reading a table


def _value(field: models.Field[Any, Any], made: dict[type, models.Model]) -> Any:
    if isinstance(field, models.ForeignKey):
        return _row(field.related_model, made)  # type: ignore[arg-type]
    if isinstance(field, models.DateTimeField):
        return world.known(ON)
    if isinstance(field, models.DateField):
        return {"full_term_ends_on": date(2026, 9, 1), "ends_on": date(2026, 1, 1)}.get(
            field.name, ON
        )
    if isinstance(field, models.BooleanField):
        return True
    return 1.5 if isinstance(field, models.FloatField) else "1"


def _row(model: type[models.Model], made: dict[type, models.Model]) -> models.Model:
    """Return a row of a model with every field filled, and the rows it points to."""
    if model not in made:
        fields = [
            field
            for field in model._meta.concrete_fields
            if not field.primary_key and field.related_model not in (Change, model)
        ]
        made[model] = model._default_manager.create(
            **{field.name: _value(field, made) for field in fields}
        )
    return made[model]


def _sparse_row(model: type[models.Model], made: dict[type, models.Model]) -> None:
    """Add a superseded row in which everything that may be empty is."""
    values = {
        field.name: _value(field, made)
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.null
    }
    for field in model._meta.concrete_fields:
        if field.name.endswith("_code"):
            values[field.name] = "2"
    model._default_manager.create(**(values | {"superseded_at": world.known(ON)}))


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_table_is_read_in_exactly_its_declared_shape(table: Table) -> None:
    model, made = apps.get_model(table.model), {}
    full = _row(model, made)
    _sparse_row(model, made)

    read = live.read_table(table)

    assert read.schema.equals(table.schema)
    assert read.num_rows == 2
    row = read.filter(pa.compute.equal(read["id"], full.pk)).to_pylist()[0]
    recorded_at = row.pop("recorded_at")
    assert recorded_at == world.known(ON).replace(tzinfo=None)
    full.refresh_from_db()
    expected = {name: getattr(full, name) for name in row if name != "superseded_at"}
    assert {name: row[name] for name in expected} == expected


@pytest.mark.django_db
def test_an_empty_table_has_its_declared_shape_too() -> None:
    read = live.read_table(TABLES["out_of_school_brands"])

    assert read.num_rows == 0
    assert read.schema.equals(TABLES["out_of_school_brands"].schema)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["", "NULL", "null", '引"号', "a,b", "两\n行", "\\N", "t", "0012", " 空 格 ", "𠮷村小", "\\."],
)
def test_text_is_read_to_the_letter(name: str) -> None:
    world.entry(OutOfSchoolBrand, world.NOTICE_DAY, name=name)

    assert live.read_table(TABLES["out_of_school_brands"])["name"].to_pylist() == [name]


@pytest.mark.django_db
@pytest.mark.parametrize("microsecond", [0, 1, 120_000, 999_999])
def test_moments_are_read_to_the_microsecond(microsecond: int) -> None:
    at = world.known(ON).replace(microsecond=microsecond)
    brand = add_brand()
    OutOfSchoolBrand.objects.filter(pk=brand.pk).update(superseded_at=at)

    read = live.read_table(TABLES["out_of_school_brands"])

    assert read["superseded_at"].to_pylist() == [at.replace(tzinfo=None)]


@pytest.mark.django_db
def test_a_table_of_many_blocks_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BLOCK_BYTES", 2_000)
    monkeypatch.setattr(reading, "BATCH_ROWS", 7)
    names = [f"品牌\n{number}" for number in range(200)]
    OutOfSchoolBrand.objects.bulk_create(
        OutOfSchoolBrand(
            item=world.new_item(OutOfSchoolBrand),
            name=name,
            starts_on=ON,
            state="approved",
            recorded_at=world.known(ON),
        )
        for name in names
    )

    read = live.read_table(TABLES["out_of_school_brands"])

    assert sorted(read["name"].to_pylist()) == sorted(names)
    assert read["name"].num_chunks > 5


# Reading again only after a change


@pytest.fixture
def read_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tables read from now on."""
    names: list[str] = []
    real: Callable[[Table], pa.Table] = live.read_table

    def spy(table: Table) -> pa.Table:
        names.append(table.name)
        return real(table)

    monkeypatch.setattr(live, "read_table", spy)
    return names


def test_nothing_is_read_twice_without_a_change(
    no_brand_stays: World, read_names: list[str]
) -> None:
    counted(BRANDS)
    read_names.clear()

    counted(BRANDS)

    assert read_names == []


def test_a_change_of_one_small_table_reads_that_table_alone(
    no_brand_stays: World, read_names: list[str]
) -> None:
    assert (counted(BRANDS), counted(TITLES)) == (0, 3)
    read_names.clear()

    add_brand()

    assert (counted(BRANDS), counted(TITLES)) == (1, 3)
    assert read_names == ["out_of_school_brands"]


def test_results_of_untouched_indicators_are_not_computed_again(no_brand_stays: World) -> None:
    with indicators.reading() as now:
        before = now.result(cards.card(TITLES), NOW), now.result(cards.card(BRANDS), NOW)

    add_brand()

    with indicators.reading() as now:
        after = now.result(cards.card(TITLES), NOW), now.result(cards.card(BRANDS), NOW)
    assert after[0] is before[0]
    assert after[1] is not before[1]


def test_a_list_of_units_is_kept_until_a_table_behind_it_moves(no_brand_stays: World) -> None:
    with indicators.reading() as now:
        before = now.units(cards.card(TITLES), NOW), now.units(cards.card(BRANDS), NOW)

    add_brand()

    with indicators.reading() as now:
        after = now.units(cards.card(TITLES), NOW), now.units(cards.card(BRANDS), NOW)
    assert after[0] is before[0]
    assert (before[1].num_rows, after[1].num_rows) == (0, 1)


def test_only_the_last_few_lists_are_kept(no_brand_stays: World) -> None:
    for number in range(3 * live.LISTS_KEPT):
        with indicators.reading() as now:
            now.units(cards.card(BRANDS), Moment(date(2025, 1, 1 + number)))

    assert len(indicators._kept.units) == live.LISTS_KEPT


def test_a_table_that_is_needed_through_a_relation_counts_as_behind_the_indicator() -> None:
    behind = cards.tables_behind(cards.card(TITLES).reads)

    assert behind == ("campus_titles", "place_records", "places", "school_profiles")


def test_lists_of_the_policy_are_no_tables() -> None:
    assert cards.tables_behind(cards.card("mechanisms_share").reads) == ("plan_documents",)


# Other people


def insert_brand_sql() -> str:
    """Return the statement that adds a brand, under any identity that no brand has yet."""
    item = "(SELECT max(id) FROM records_item)"
    return (
        "INSERT INTO school_character_outofschoolbrand "
        "(name, item_id, starts_on, state, recorded_at) "
        f"VALUES ('海草房', {item}, '2024-01-01', 'approved', '2024-01-01 00:00:00')"
    )


def test_a_change_committed_by_another_process_is_in_the_next_number(no_brand_stays: World) -> None:
    assert counted(BRANDS) == 0

    in_another_process(insert_brand_sql())

    assert counted(BRANDS) == 1


def in_another_process(sql: str) -> None:
    if connection.vendor == "sqlite":
        script = "import sqlite3 as driver, sys; c = driver.connect(sys.argv[1])"
        name = connection.settings_dict["NAME"]
    else:
        script = "import psycopg as driver, sys; c = driver.connect(sys.argv[1])"
        name = stores.url_of(connection.settings_dict["NAME"])
    script += "; c.execute(sys.argv[2]); c.commit()"
    subprocess.run([sys.executable, "-c", script, name, sql], check=True)


def test_reading_keeps_no_writer_waiting_and_stays_with_its_own_state(
    no_brand_stays: World,
) -> None:
    with stores.another_connection() as other, indicators.reading() as now:
        before = now.result(cards.card(BRANDS), NOW).district

        stores.execute(other, insert_brand_sql())

        assert now.result(cards.card(BRANDS), NOW).district == before == {}
        assert OutOfSchoolBrand.objects.count() == 0
    assert counted(BRANDS) == 1


def test_many_threads_get_the_same_number(no_brand_stays: World) -> None:
    add_brand()
    found: list[int] = []

    def ask() -> None:
        try:
            found.append(counted(BRANDS))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [1] * 8


# Inside somebody's transaction


def test_nothing_is_remembered_of_a_transaction_that_is_rolled_back(no_brand_stays: World) -> None:
    assert counted(BRANDS) == 0

    with transaction.atomic():
        add_brand()
        assert counted(BRANDS) == 1
        transaction.set_rollback(True)

    assert counted(BRANDS) == 0
    add_brand("别的品牌")
    assert counted(BRANDS) == 1
    with indicators.reading() as now:
        assert now.units(cards.card(BRANDS), NOW)["label"].to_pylist() == ["别的品牌"]


def test_a_fault_while_reading_leaves_no_transaction_open(no_brand_stays: World) -> None:
    def fails() -> None:
        with indicators.reading():
            raise LookupError("on purpose")

    with pytest.raises(LookupError):
        fails()

    with transaction.atomic():  # which no open transaction would allow
        pass
    assert counted(BRANDS) == 0


# What pages show


def not_renewed_yet() -> threading.Lock:
    """Keep renewals waiting, however slow the page is beside them."""
    return renewing._one_at_a_time


def brands(*, is_aside: bool = False) -> int:
    """Return the brands counted, remembered as what many pages show."""
    return indicators.shown(("brands",), lambda now: _rows_of(now, BRANDS), is_aside=is_aside)


def test_a_page_without_time_shows_the_moment_before_until_the_new_number_is_there(
    no_brand_stays: World,
) -> None:
    assert brands() == 0
    add_brand()

    with not_renewed_yet(), renewing.patience(0) as page:
        assert brands() == 0
    assert page.shown_of is not None

    until_true(lambda: brands(is_aside=True) == 1)
    with renewing.patience(0) as page:
        assert brands() == 1
    assert page.shown_of is None


def test_whoever_states_no_patience_gets_the_number_of_now(no_brand_stays: World) -> None:
    brands()
    add_brand()

    assert brands() == 1


def test_a_page_that_lags_says_so_and_offers_to_look_again(no_brand_stays: World) -> None:
    client, address = signed_in(no_brand_stays.wang), reverse("indicators")
    assert LAGS not in client.get(address).content.decode()
    add_brand()

    with not_renewed_yet(), override_settings(NUMBERS_WAIT_SECONDS=0):
        text = client.get(address).content.decode()

    assert LAGS in text
    until_true(lambda: LAGS not in client.get(address).content.decode())


@pytest.mark.django_db
def test_inside_an_open_transaction_nothing_is_old(district: World) -> None:
    with renewing.patience(0):
        assert brands() == 0
        add_brand()
        assert brands() == 1
