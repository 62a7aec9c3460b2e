"""县域学前教育普及普惠: the items that are numbers, and those that only papers prove."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from gengdu.analytics.statements import Statement, Surveyed
from gengdu.analytics.universal_preschool import counts as counting
from gengdu.analytics.universal_preschool import items
from gengdu.analytics.universal_preschool.counts import Counts, Reported
from gengdu.analytics.universal_preschool.items import Item
from gengdu.analytics.verdicts import Verdict
from gengdu.kernel.quantities import shown
from gengdu.policy import variants

ON = date(2025, 12, 31)
GOOD = Counts(
    children=1_000, public=500, inclusive=300, population=1_000, teachers=67, classes=40,
    standard_classes=34, people=70, certified=70, towns=2,
    towns_with_public=2, towns_with_centre=2, residential=3, residential_run=3,
    is_residential_listed=True,
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
    assert [item(HENGNAN, n).standing for n in (2, 3, 31)] == [Verdict.UNMET] * 3


def test_hengnan_s_gross_enrolment_of_83_1_percent_fails() -> None:
    per_mille = replace(HENGNAN, children=831, population=1_000)

    assert item(per_mille, 1).standing == Verdict.UNMET
    assert item(replace(per_mille, children=850), 1).standing == Verdict.MET


def test_there_are_36_items_and_the_numbers_of_a_good_county_are_met() -> None:
    found = items.evaluate(GOOD, ON)

    assert [one.number for one in found.items] == list(range(1, 37))
    measured = [one for one in found.items if one.measure is not None]
    assert {one.standing for one in measured if one.number != 31} == {Verdict.MET}
    assert {one.number for one in measured} == items.MEASURED


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
    expected = Verdict.MET if is_met else Verdict.UNMET

    assert item(replace(GOOD, **change), number).standing == expected


def test_what_was_not_reported_is_neither_met_nor_missed() -> None:
    found = items.evaluate(Counts(), ON)

    assert {one.standing for one in found.items} == {Verdict.UNKNOWN}
    assert found.standing == Verdict.UNKNOWN


def test_private_ones_not_known_leave_the_inclusive_share_open_only_where_they_decide() -> None:
    open_ = replace(GOOD, inclusive=None)
    enough = replace(GOOD, public=800, inclusive=None)

    assert item(open_, 2).standing == Verdict.UNKNOWN
    assert item(enough, 2).standing == Verdict.MET
    assert item(replace(GOOD, children=1_000, public=0, inclusive=0), 2).standing == Verdict.UNMET


def test_a_town_with_public_kindergartens_may_have_a_centre_that_nobody_marked() -> None:
    assert item(replace(GOOD, towns_with_centre=1), 7).standing == Verdict.UNKNOWN


def test_people_without_any_record_of_a_certificate_are_not_taken_for_uncertified() -> None:
    unrecorded = replace(GOOD, certified=69, uncertain=1)

    assert item(unrecorded, 32).standing == Verdict.UNKNOWN
    assert item(replace(unrecorded, certified=68), 32).standing == Verdict.UNMET


def statement(holds: bool = True, *, approved: bool = True, evidence: int = 1) -> Statement:
    return Statement(2025, holds, approved, evidence, "", 1)


def test_what_papers_prove_is_as_it_was_stated_and_all_items_make_the_verdict() -> None:
    stated = {n: statement() for n in items.stated()}
    good = replace(GOOD, children=1_000, teachers=70)

    met = items.evaluate(good, ON, stated, surveyed=Surveyed(valid=100, satisfied=85))
    lost = items.evaluate(good, ON, {**stated, 24: statement(holds=False)})

    assert met.standing == Verdict.MET
    assert [one.number for one in items.unmet(lost.items)] == [24]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (None, "没有填"),
        (statement(approved=False), "还没有批准"),
        (statement(evidence=0), "没有证明材料"),
        (statement(holds=False, approved=False), "还没有批准"),
    ],
)
def test_a_statement_without_approval_or_evidence_counts_for_nothing_and_says_why(
    told: Statement | None, why: str
) -> None:
    found = items.evaluate(GOOD, ON, {24: told} if told else {})

    one = next(one for one in found.items if one.number == 24)
    assert one.standing == Verdict.UNKNOWN
    assert why in one.missing_zh


def test_that_something_is_not_met_needs_no_papers() -> None:
    found = items.evaluate(GOOD, ON, {24: statement(holds=False, evidence=0)})

    assert [one.number for one in items.unmet(found.items)] == [24]


def test_a_statement_does_not_stand_in_for_a_number() -> None:
    found = items.evaluate(replace(GOOD, public=1), ON, {3: statement()})

    assert next(one for one in found.items if one.number == 3).standing == Verdict.UNMET


@pytest.mark.parametrize(
    ("surveyed", "expected"),
    [
        (Surveyed(valid=100, satisfied=85, visited=10, visited_satisfied=1), Verdict.MET),
        (Surveyed(valid=100, satisfied=84), Verdict.UNMET),
        (Surveyed(valid=0, satisfied=0), Verdict.UNKNOWN),
        (None, Verdict.UNKNOWN),
    ],
)
def test_85_of_100_questionnaires_have_to_be_satisfied_whatever_visits_came_to(
    surveyed: Surveyed | None, expected: Verdict
) -> None:
    found = items.evaluate(GOOD, ON, surveyed=surveyed)

    assert found.recognition.standing == expected
    assert found.standings[-1] == expected
    assert bool(found.recognition.missing) == (expected == Verdict.UNKNOWN)


# Space and books for each child


BLANK = dict.fromkeys(("outdoor_activity_area_m2", "activity_room_area_m2", "building_area_m2",
                       "picture_books"))  # fmt: skip


def row(**given: object) -> dict[str, object]:
    return {
        "town_id": 1, "category": "kindergarten", "town_kind": "town", "at_town_seat": True,
        "is_public": True, "children": 50, "teachers": 4, "people": 5, "certified": 5,
        "unreported": 0, "is_inclusive": 0, "school_id": 1, "school": "示例", "planned_in": None,
        **BLANK, **given,
    }  # fmt: skip


LARGEST = {0: Fraction(30), 1: Fraction(25), 2: Fraction(30), 3: Fraction(35)}


def space(planned_in: int | None = 2012, **given: float | None) -> dict[str, object]:
    """Return a row of ten children with 4 m² outdoors, 8.17 m² of rooms and 10.44 m² in all."""
    has = {"outdoor_activity_area_m2": 40, "activity_room_area_m2": 81.7,
           "building_area_m2": 104.4, "picture_books": 30}  # fmt: skip
    return row(children=10, planned_in=planned_in, **{**has, **given})


LESS = {"outdoor_activity_area_m2": 39.9}


def stood(number: int, *rows: dict[str, object], stated: bool = True, key: str = "") -> Verdict:
    told = {26: statement(), 27: statement()} if stated else {}
    counts = counting.of_rows(rows, [], 1, LARGEST)
    found = items.evaluate(counts, ON, told, variants.variant(key))
    return found.items[number - 1].standing


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([space(), space(**LESS)], Verdict.MET),  # half of the older ones suffice
        ([space(), space(**LESS), space(**LESS)], Verdict.UNMET),
        ([space(), space(**BLANK), space(**LESS)], Verdict.UNKNOWN),
        ([space(), space(**BLANK)], Verdict.MET),
        ([space(2017), space(**LESS)], Verdict.UNMET),  # a new one does not count for the old
        ([space(2017)], Verdict.MET),
        ([space(building_area_m2=0), space(**LESS)], Verdict.UNMET),  # nothing is not unreported
        ([space(None, **LESS)], Verdict.UNKNOWN),
        ([space(picture_books=None)], Verdict.MET),  # no national number of books is known
    ],
)
def test_half_of_the_older_kindergartens_have_to_have_space(
    rows: list[dict[str, object]], expected: Verdict
) -> None:
    assert stood(26, *rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([space(2017), space(2020)], Verdict.MET),
        ([space(2017, **LESS), space(2020)], Verdict.UNMET),
        ([space(2016, **LESS)], Verdict.MET),  # none is asked
        ([space(2017), space(2020, **BLANK)], Verdict.UNKNOWN),
        ([space(2017), space(None, **LESS)], Verdict.UNKNOWN),
        ([space(2017), space(None)], Verdict.MET),  # whenever it was planned
    ],
)
def test_every_kindergarten_planned_since_2017_has_to_have_space(
    rows: list[dict[str, object]], expected: Verdict
) -> None:
    assert stood(27, *rows, stated=False) == expected


def test_what_was_stated_answers_until_a_kindergarten_reports_and_toys_are_always_stated() -> None:
    for number in (26, 27):
        assert stood(number, space(**BLANK)) == Verdict.MET
        assert stood(number, space(**BLANK), stated=False) == Verdict.UNKNOWN
    assert stood(26, space(), stated=False) == Verdict.UNKNOWN
    assert stood(27, space(2017, **LESS)) == Verdict.UNMET  # it stands in for no number


@pytest.mark.parametrize(("books", "expected"), [(30, Verdict.MET), (29, Verdict.UNMET)])
def test_books_count_where_the_province_has_a_number(books: int, expected: Verdict) -> None:
    few = [space(picture_books=books)]

    assert stood(26, *few, key="liaoning") == expected
    assert stood(27, space(2017, picture_books=books), key="liaoning") == Verdict.MET


def test_liaoning_lets_one_of_twenty_fall_short() -> None:
    good = [space() for _ in range(19)]

    assert stood(26, *good, space(**LESS), key="liaoning") == Verdict.MET
    assert stood(26, *good[1:], space(**LESS), key="liaoning") == Verdict.UNMET


# Lists that may be short


def test_only_a_complete_list_makes_private_ones_that_are_not_on_it_no_inclusive_ones() -> None:
    listed = replace(GOOD, inclusive=None, recognised=299)
    complete = counting.completed(listed, Reported(is_inclusive_listed=True))

    assert item(listed, 2).standing == Verdict.UNKNOWN
    assert complete.inclusive == 299
    assert item(complete, 2).standing == Verdict.UNMET
    assert item(replace(listed, recognised=300), 2).standing == Verdict.MET


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Verdict.MET),
        ({"residential_run": 2}, Verdict.UNMET),
        ({"is_residential_listed": False}, Verdict.MET),
        ({"is_residential_listed": False, "unlisted": 1}, Verdict.UNKNOWN),
        ({"is_residential_listed": False, "unlisted": 9, "residential_run": 2}, Verdict.UNMET),
        ({"residential_run": 2, "residential_open": 1}, Verdict.UNKNOWN),
        ({"residential": 0, "residential_run": 0}, Verdict.MET),
        (
            {"residential": 0, "residential_run": 0, "is_residential_listed": False},
            Verdict.UNKNOWN,
        ),
    ],
)
def test_every_kindergarten_of_a_residential_area_is_to_be_public_or_inclusive(
    change: dict[str, int], expected: Verdict
) -> None:
    found = item(replace(GOOD, **change), 9)

    assert found.standing == expected
    assert expected != Verdict.UNKNOWN or found.missing_zh


# From rows


def test_rows_of_kindergartens_add_up_to_a_county() -> None:
    rows = [row(), row(town_id=2, at_town_seat=False), row(is_public=False, at_town_seat=False)]

    made = counting.of_rows(rows, [], 2, LARGEST)

    assert (made.children, made.public, made.private, made.inclusive) == (150, 100, 50, None)
    assert (made.towns, made.towns_with_public, made.towns_with_centre) == (2, 2, 1)
    assert counting.of_rows([row()], [], 1, LARGEST).inclusive == 0


def test_rows_of_the_lists_add_up_as_well() -> None:
    rows = [row(), row(school_id=2, is_public=False, is_inclusive=1, children=30),
            row(school_id=3, is_public=False)]  # fmt: skip
    areas = [{"school_id": school, "is_run": run} for school, run in [(1, 1), (None, 0), (3, None)]]

    made = counting.of_rows(rows, [], 1, LARGEST, areas)

    assert (made.recognised, made.inclusive) == (30, None)
    assert (made.residential, made.residential_run, made.residential_open) == (3, 1, 1)
    assert made.unlisted == 1


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
