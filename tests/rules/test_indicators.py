"""Each indicator: two files of one name, a promise or a trend, and no table it does not declare."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from gengdu.analytics import cards
from gengdu.analytics.cards import Card
from gengdu.analytics.quality_balance import register_facts
from gengdu.analytics.quality_balance import resources as quality_balance
from gengdu.analytics.run import calendar as calendar_of
from gengdu.analytics.universal_preschool import counts as universal_preschool
from gengdu.datasets.tables import TABLES
from gengdu.policy import facts, lists

INDICATORS = Path(cards.__file__).parent / "indicators"
CARDS = list(cards.cards().values())
every_card = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
every_relation = pytest.mark.parametrize("name", sorted(cards.relation_names()))
_COMMENT = re.compile(r"--.*")
_READ = re.compile(r"\b(?:from|join)\s+([a-z_]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")
_LISTS = {path.stem for path in lists.HERE.glob("*.yaml")}


def read_by(sql: str) -> set[str]:
    """Return the tables, relations and lists that a SQL text reads."""
    return set(_READ.findall(_COMMENT.sub("", sql)))


@every_card
def test_a_card_reads_what_its_sql_reads(card: Card) -> None:
    assert read_by(card.sql) == set(card.reads)
    assert set(card.reads) <= set(TABLES) | cards.relation_names() | _LISTS


@every_relation
def test_a_relation_reads_what_it_says(name: str) -> None:
    sql, reads = cards.relation(name)

    assert read_by(sql) == set(reads)
    assert set(reads) <= set(TABLES) | cards.relation_names()


def test_every_relation_is_read_by_something() -> None:
    used = {name for card in CARDS for name in card.reads}
    used |= {name for relation in cards.relation_names() for name in cards.relation(relation)[1]}

    used |= {name for name, _order in register_facts.RELATIONS.values()}
    assert cards.relation_names() <= used | {
        quality_balance.RELATION, universal_preschool.SCHOOLS, universal_preschool.CLASSES,
        universal_preschool.RESIDENTIAL,
    }  # fmt: skip


def test_every_sql_file_belongs_to_a_card() -> None:
    texts = {card.sql for card in CARDS}

    unused = [
        file.name
        for file in INDICATORS.rglob("*.sql")
        if file.read_text(encoding="utf-8") not in texts
    ]  # fmt: skip

    assert unused == []


@every_card
def test_a_card_gives_its_sql_every_parameter_and_no_other(card: Card) -> None:
    calendar = set(calendar_of(date(2025, 12, 31)))
    own = {*card.parameters, *card.facts, *card.derived}
    used = set(_PARAMETER.findall(_COMMENT.sub("", card.sql)))

    assert used - calendar == own
    assert not own & calendar


@every_card
def test_every_sql_begins_with_what_a_row_is_and_lists_units(card: Card) -> None:
    assert card.sql.startswith("-- ")
    for column in ("unit_id", "school_id", "town_id", "counted"):
        assert re.search(rf"\b{column}\b", card.sql), column
    for detail in card.details:
        assert re.search(rf"\b{detail}\b", card.sql), detail
    assert bool(card.parts) == bool(re.search(r"\bpart\b", _COMMENT.sub("", card.sql)))


@every_card
def test_sql_is_written_for_every_engine(card: Card) -> None:
    text = _COMMENT.sub("", card.sql).lower()

    for foreign in ("::", " ilike ", " qualify ", "date_trunc", "strftime", "current_date", "now("):
        assert foreign not in text, foreign


@every_card
def test_a_card_says_in_words_what_is_counted_and_out_of_what(card: Card) -> None:
    assert card.label_zh
    assert card.numerator_zh
    assert card.unit_zh
    assert bool(card.denominator_zh) == (card.form != "count")


@every_card
def test_a_card_stands_in_the_folder_of_its_measure(card: Card) -> None:
    measure = next(item for item in facts.plan().measures if item.number == card.measure)

    home = f"{measure.chapter}/{measure.key}" if measure.number else "goals"
    assert card.path == home


@every_card
def test_a_card_is_compared_with_a_promise_of_its_own_measure_in_the_same_unit(card: Card) -> None:
    if card.compared_with is None:
        return
    promise = facts.fact(card.compared_with)
    measure = facts.plan().measure_of(promise)

    assert promise.kind == "goal"
    assert measure is not None
    assert measure.number == card.measure
    assert promise.unit == card.unit


def test_every_promise_with_a_number_has_exactly_one_indicator() -> None:
    compared = [card.compared_with for card in CARDS if card.compared_with]
    wanted = [promise.name for promise in facts.plan().promises if promise.compare != "qualitative"]

    assert sorted(compared) == sorted(wanted)


def test_every_indicator_without_a_promise_is_the_trend_of_one() -> None:
    trends = {name for promise in facts.plan().promises for name in promise.trends}

    assert trends <= set(cards.cards())
    assert {card.name for card in CARDS if card.compared_with is None} <= trends


@every_card
def test_every_fact_a_card_uses_exists(card: Card) -> None:
    for name in card.facts.values():
        assert facts.value(name, on=date(2025, 1, 1)) is not None


@every_card
def test_every_indicator_has_a_spec(card: Card, root: Path) -> None:
    specs = "\n".join(
        file.read_text(encoding="utf-8") for file in sorted((root / "tests/spec").glob("test_*.py"))
    )

    assert f'"{card.name}"' in specs
