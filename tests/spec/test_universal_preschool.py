"""县域学前教育普及普惠: the items that are numbers, and those that only papers prove."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from gengdu.analytics.universal_preschool import counts as counting
from gengdu.analytics.universal_preschool import items
from gengdu.analytics.universal_preschool.counts import Counts
from gengdu.analytics.universal_preschool.items import Item, Standing, Statement
from gengdu.kernel.quantities import shown

ON = date(2025, 12, 31)
GOOD = Counts(
    children=1_000, public=500, inclusive=300, population=1_000, teachers=67, classes=40,
    standard_classes=34, people=70, certified=70, towns=2,
    towns_with_public=2, towns_with_centre=2,
)  # fmt: skip
HENGNAN = Counts(children=25_113, public=10_301, inclusive=7_629, teachers=984)
"""衡南县 2020, as published (standards.md §13.8)."""


def item(counts: Counts, number: int) -> Item:
    return next(one for one in items.evaluate(counts, ON).items if one.number == number)


def value(counts: Counts, number: int) -> Fraction:
    measure = item(counts, number).measure
    assert measure is not None
    assert measure.value is not None
    return measure.value


@pytest.mark.parametrize(("number", "hundredths"), [(3, Fraction("41.02")), (2, Fraction("71.40"))])
def test_hengnan_comes_to_the_published_shares(number: int, hundredths: Fraction) -> None:
    assert round(value(HENGNAN, number) * 100, 2) == hundredths


def test_hengnan_has_one_teacher_for_25_5_children_and_fails_all_it_reported() -> None:
    assert shown(value(HENGNAN, 31), "per_pupil") == "25.52"
    assert [item(HENGNAN, n).standing for n in (2, 3, 31)] == [Standing.UNMET] * 3


def test_hengnan_s_gross_enrolment_of_83_1_percent_fails() -> None:
    per_mille = replace(HENGNAN, children=831, population=1_000)

    assert item(per_mille, 1).standing == Standing.UNMET
    assert item(replace(per_mille, children=850), 1).standing == Standing.MET


def test_there_are_36_items_and_the_numbers_of_a_good_county_are_met() -> None:
    found = items.evaluate(GOOD, ON)

    assert [one.number for one in found.items] == list(range(1, 37))
    measured = [one for one in found.items if one.measure is not None]
    assert {one.standing for one in measured if one.number != 31} == {Standing.MET}
    assert len(measured) == 7


@pytest.mark.parametrize(
    ("number", "change", "is_met"),
    [
        (1, {"children": 850, "public": 425}, True),
        (1, {"children": 849, "public": 425}, False),
        (2, {"inclusive": 299}, False),
        (3, {"public": 499}, False),
        (7, {"towns_with_public": 1, "towns_with_centre": 1}, False),
        (28, {"standard_classes": 33}, False),
        (31, {"children": 1_005}, True),
        (31, {"children": 1_006}, False),
        (32, {"certified": 69}, False),
    ],
)
def test_each_line_has_two_sides(number: int, change: dict[str, int], is_met: bool) -> None:
    expected = Standing.MET if is_met else Standing.UNMET

    assert item(replace(GOOD, **change), number).standing == expected


def test_what_was_not_reported_is_neither_met_nor_missed() -> None:
    found = items.evaluate(Counts(), ON)

    assert {one.standing for one in found.items} == {Standing.UNKNOWN}
    assert found.standing == Standing.UNKNOWN


def test_private_ones_not_known_leave_the_inclusive_share_open_only_where_they_decide() -> None:
    open_ = replace(GOOD, inclusive=None)
    enough = replace(GOOD, public=800, inclusive=None)

    assert item(open_, 2).standing == Standing.UNKNOWN
    assert item(enough, 2).standing == Standing.MET
    assert item(replace(GOOD, children=1_000, public=0, inclusive=0), 2).standing == Standing.UNMET


def test_a_town_with_public_kindergartens_may_have_a_centre_that_nobody_marked() -> None:
    assert item(replace(GOOD, towns_with_centre=1), 7).standing == Standing.UNKNOWN


def test_people_without_any_record_of_a_certificate_are_not_taken_for_uncertified() -> None:
    unrecorded = replace(GOOD, certified=69, uncertain=1)

    assert item(unrecorded, 32).standing == Standing.UNKNOWN
    assert item(replace(unrecorded, certified=68), 32).standing == Standing.UNMET


def test_what_papers_prove_is_as_it_was_stated_and_all_items_make_the_verdict() -> None:
    stated = {n: Statement(is_met=True, papers=("示例文件",)) for n in range(1, 37)}
    good = replace(GOOD, children=1_000, teachers=70)

    met = items.evaluate(good, ON, stated)
    lost = items.evaluate(good, ON, {**stated, 24: Statement(is_met=False)})

    assert met.standing == Standing.MET
    assert [one.number for one in items.unmet(lost.items)] == [24]


def test_a_statement_does_not_stand_in_for_a_number() -> None:
    found = items.evaluate(replace(GOOD, public=1), ON, {3: Statement(is_met=True)})

    assert next(one for one in found.items if one.number == 3).standing == Standing.UNMET


# From rows


def row(**given: object) -> dict[str, object]:
    return {
        "town_id": 1, "category": "kindergarten", "town_kind": "town", "at_town_seat": True,
        "is_public": True, "children": 50, "teachers": 4, "people": 5, "certified": 5,
        "unreported": 0, **given,
    }  # fmt: skip


LARGEST = {0: Fraction(30), 1: Fraction(25), 2: Fraction(30), 3: Fraction(35)}


def test_rows_of_kindergartens_add_up_to_a_county() -> None:
    rows = [row(), row(town_id=2, at_town_seat=False), row(is_public=False, at_town_seat=False)]

    made = counting.of_rows(rows, [], 2, LARGEST)

    assert (made.children, made.public, made.private, made.inclusive) == (150, 100, 50, None)
    assert (made.towns, made.towns_with_public, made.towns_with_centre) == (2, 2, 1)
    assert counting.of_rows([row()], [], 1, LARGEST).inclusive == 0


@pytest.mark.parametrize(
    ("grade", "children", "fits"),
    [
        (1, 25, 1),
        (1, 26, 0),
        (2, 30, 1),
        (2, 31, 0),
        (3, 35, 1),
        (3, 36, 0),
        (4, 30, 1),
        (4, 31, 0),
    ],
)
def test_a_class_is_measured_by_its_age(grade: int, children: int, fits: int) -> None:
    classes = [{"grade": grade, "children": children}]

    assert counting.of_rows([row()], classes, 1, LARGEST).standard_classes == fits
