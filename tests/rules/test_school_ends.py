"""Every table that points to a school says what becomes of its rows when the school ends."""

from __future__ import annotations

import pytest
from django.apps import apps

from gengdu.records.models import Dated, Recorded
from gengdu.registers.schools.events.rules import Link, OnSchoolEnd, UndeclaredTable, links, steps
from gengdu.registers.schools.models import School, SchoolEvent

LINKS = links()


def named(link: Link) -> str:
    return f"{link.model._meta.label}.{link.field}"


def test_every_column_that_points_to_a_school_is_found() -> None:
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is School and model is not SchoolEvent
    }

    assert {named(link) for link in LINKS} == pointing
    assert all(issubclass(link.model, Recorded) for link in LINKS)


@pytest.mark.parametrize("link", LINKS, ids=named)
def test_every_table_says_what_becomes_of_its_rows(link: Link) -> None:
    assert link.rule in OnSchoolEnd


@pytest.mark.parametrize(
    "link", [link for link in LINKS if link.rule is not OnSchoolEnd.STAYS], ids=named
)
def test_only_rows_with_a_period_end_or_go_on_and_nothing_points_to_them(link: Link) -> None:
    """A row that ends is recorded anew: whatever pointed to the old one would lose it."""
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is link.model
    ]

    assert issubclass(link.model, Dated)
    assert pointing == []


def test_a_table_that_says_nothing_is_refused() -> None:
    with pytest.raises(UndeclaredTable, match=r"records\.Change"):
        _ = Link(apps.get_model("records.Change"), "school").rule


def test_the_steps_before_closing_are_those_of_the_dossier_in_order() -> None:
    assert list(steps()) == ["assessed_on", "consulted_on", "built_on", "transition_on"]
