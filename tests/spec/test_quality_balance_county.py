"""The guarantee and quality items judged for a county, and whether it passes as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from gengdu.analytics.quality_balance import conclusion, county_items, school_items
from gengdu.analytics.quality_balance.finding import Asked, Monitored, Surveyed
from gengdu.analytics.quality_balance.item_list import listed
from gengdu.analytics.quality_balance.relaxations import deadline
from gengdu.analytics.readings import (
    QUALITY_BALANCE,
    UNIVERSAL_PRESCHOOL,
    Dispute,
    UnknownReading,
    words,
)
from gengdu.analytics.statements import Statement
from gengdu.analytics.verdicts import Verdict
from gengdu.policy import facts
from tests.balance import (
    ON,
    ROOMS,
    asked,
    county,
    everything_met,
    school,
    teacher,
    value_of,
)

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set which reading of a disputed item the settings choose."""

    def choose(name: str, number: int) -> None:
        real = facts.value
        chosen = f"settings.quality_balance_{name}"
        monkeypatch.setattr(
            facts, "value",
            lambda fact, *, on: Fraction(number) if fact == chosen else real(fact, on=on),
        )  # fmt: skip

    return choose


# Every school


def test_the_list_holds_fifteen_guarantees_nine_of_quality_recognition_and_six_vetoes() -> None:
    groups = [one.group for one in listed()]

    assert {name: groups.count(name) for name in groups} == {
        "guarantee": 15, "quality": 9, "recognition": 1, "veto": 6,
    }  # fmt: skip
    assert [one.number for one in listed() if one.group == "guarantee"] == list(range(1, 16))


def test_every_item_is_judged_by_figures_or_stated_or_both() -> None:
    for one in listed():
        assert (one.key in conclusion.JUDGES) == (one.kind != "document")
        assert bool(one.statement_zh) == (one.kind != "data")
        assert bool(one.from_zh) == (one.kind != "document")


def test_rooms_that_nobody_reported_leave_the_item_open_and_say_whose_they_are() -> None:
    found = school_items.arts_rooms(asked(school(1, **ROOMS), school(2)))

    assert found.verdict == UNKNOWN
    assert found.missing_zh == ("2校没有报音乐教室、美术教室的间数（办学条件年报）",)


def test_a_school_that_needs_a_relaxation_for_its_rooms_is_named_and_fails_without() -> None:
    old = school(1, **{**ROOMS, "music_rooms_from_96_m2": 0, "music_rooms_from_73_m2": 1},
                 planned_by_2016=True)  # fmt: skip

    found = school_items.arts_rooms(asked(old))
    strict = school_items.arts_rooms(asked(old, strict=True))

    assert (found.verdict, [one.school for one in found.relaxed]) == (MET, ["1校"])
    assert (strict.verdict, strict.relaxed) == (UNMET, ())


@pytest.mark.parametrize(("largest", "is_relaxed"), [(29, True), (30, False)])
def test_a_small_rural_school_has_smaller_rooms_only_while_its_largest_class_is_below_thirty(
    largest: int, is_relaxed: bool
) -> None:
    rooms = {**ROOMS, "music_rooms_from_96_m2": 0, "music_rooms_from_61_m2": 1}

    found = school_items.arts_rooms(asked(school(1, {"primary": [largest]}, **rooms)))

    assert (found.verdict == MET) == is_relaxed
    assert bool(found.relaxed) == is_relaxed


def test_the_form_counts_schools_over_the_standard_even_where_a_relaxation_lets_them_pass() -> None:
    large = school(1, {"primary": [45] * 46}, planned_by_2010=True)  # 2070 pupils

    found = school_items.school_sizes(asked(large))

    assert (found.verdict, len(found.relaxed)) == (MET, 1)
    assert found.figures == {"primary_over": 1, "junior_over": 0, "combined_over": 0}


def test_the_compulsory_stages_of_a_combined_school_are_counted_together() -> None:
    classes = {"primary": [45] * 40, "junior": [50] * 14}  # 1800 and 700

    of_nine = school_items.school_sizes(asked(school(1, classes, category="nine_year")))
    of_more = school_items.school_sizes(
        asked(school(1, {**classes, "junior": [50] * 15}, category="nine_year"))
    )

    assert (of_nine.verdict, of_more.verdict) == (MET, UNMET)


def test_every_class_counts_and_those_over_the_line_are_counted_for_the_form() -> None:
    classes = {"primary": [45, 46, 47], "junior": [50, 51]}

    found = school_items.class_sizes(asked(school(1, classes, category="nine_year")))

    assert found.verdict == UNMET
    assert found.figures == {"primary_over": 2, "junior_over": 1}


@pytest.mark.parametrize(("paid", "verdict"), [(115_000, MET), (114_999, UNMET), (None, UNKNOWN)])
def test_a_school_of_73_gets_money_for_a_hundred(paid: int | None, verdict: Verdict) -> None:
    small = school(1, {"primary": [37, 36]}, public_funds_budget_yuan=paid)

    found = school_items.small_school_funds(asked(small, primary_funds_per_pupil_yuan=1150))

    assert found.verdict == verdict
    assert found.figures["pupils"] == 73


def test_small_schools_cannot_be_judged_while_the_county_has_not_reported_its_rate() -> None:
    small = school(1, {"primary": [30]}, public_funds_budget_yuan=1_000_000)

    assert school_items.small_school_funds(asked(small)).verdict == UNKNOWN


def test_no_small_school_leaves_nothing_to_miss() -> None:
    found = school_items.small_school_funds(asked(school(1, {"primary": [45, 45, 45]})))

    assert (found.verdict, found.said_zh) == (MET, "没有不足 100 人的学校")


@pytest.mark.parametrize(("spent", "verdict"), [(40_000, MET), (39_999, UNMET), (None, UNKNOWN)])
def test_five_percent_of_public_funds_go_into_training_at_every_school(
    spent: int | None, verdict: Verdict
) -> None:
    one = school(1, public_funds_budget_yuan=800_000, training_budget_yuan=spent)

    assert school_items.training_money(asked(one)).verdict == verdict


# The county


def test_teachers_are_counted_from_the_register_where_it_tells_of_all_of_them() -> None:
    staff = [teacher(hours=360), teacher(hours=359.5)]
    reported = {"reported_teachers": 2, "reported_trained_teachers": 2}

    found = county_items.trained(asked(school(1, teachers=staff, **reported)))

    assert value_of(found) == Fraction(1, 2)
    assert found.verdict == UNMET


def test_a_school_that_did_not_record_them_all_is_taken_from_its_report() -> None:
    staff = [teacher(), teacher(certificates=0)]
    reported = {"reported_teachers": 2, "reported_certified_teachers": 2}

    found = county_items.certified(asked(school(1, teachers=staff, **reported)))

    assert (found.verdict, value_of(found)) == (MET, 1)
    assert found.schools[0].note_zh == "取自办学条件年报"


def test_teachers_of_whom_nothing_is_recorded_are_neither_certified_nor_not() -> None:
    found = county_items.certified(asked(school(1, teachers=[teacher(), teacher(certificates=0)])))

    assert (found.verdict, value_of(found)) == (UNKNOWN, None)
    assert found.missing_zh == ("1校有教师没有登记教师资格，年报也没有报人数",)


def test_one_school_below_the_line_settles_the_matter_whatever_others_have_not_reported() -> None:
    open_school = school(1, teachers=[teacher(hours=None)])
    failing = school(2, teachers=[teacher(hours=10), teacher()])

    found = county_items.trained(asked(open_school, failing))

    assert found.verdict == UNMET
    assert found.said_zh == "最多 66.7%"


@pytest.mark.parametrize(
    ("choice", "zone", "stage", "in_zone", "verdict"),
    [(1, "111", "primary", 99, UNMET), (1, "121", "primary", 95, MET),
     (1, "121", "primary", 94, UNMET), (2, "121", "primary", 95, UNMET),
     (2, "111", "junior", 95, MET), (2, "111", "junior", 94, UNMET)],
)  # fmt: skip
def test_nearby_enrolment_has_two_readings_of_which_a_setting_chooses_one(
    reading: Any, choice: int, zone: str, stage: str, in_zone: int, verdict: Verdict
) -> None:
    reading("nearby", choice)
    one = school(1, {stage: [25] * 4}, urban_rural_class=zone, has_boarding=False,
                 **{f"{stage}_in_zone": in_zone})  # fmt: skip

    found = county_items.nearby(asked(one))

    assert found.verdict == verdict
    assert found.reading_zh == words("nearby", choice)


def test_boarding_private_and_village_schools_stand_aside_from_nearby_enrolment() -> None:
    aside = [
        school(1, urban_rural_class="111", has_boarding=True),
        school(2, urban_rural_class="111", has_boarding=False, is_public=False),
        school(3, urban_rural_class="220", has_boarding=False),
    ]

    assert county_items.nearby(asked(*aside)).verdict == MET


def test_a_school_whose_place_is_not_classed_leaves_nearby_enrolment_open() -> None:
    found = county_items.nearby(asked(school(1, primary_in_zone=30, has_boarding=False)))

    assert found.verdict == UNKNOWN
    assert "城乡分类代码" in found.missing_zh[0]


@pytest.mark.parametrize(
    ("choice", "share"),
    [(1, Fraction(392 - 18 + 12, 390 - 1)), (2, Fraction(392, 390 + 18 - 1 - 12))],
)
def test_retention_has_two_formulas_of_which_a_setting_chooses_one(
    reading: Any, choice: int, share: Fraction
) -> None:
    reading("retention", choice)
    cohort = {"graduates": 392, "graduates_moved_in": 18, "graduates_moved_out": 12,
              "graduates_first_year": 390, "graduates_died": 1}  # fmt: skip

    found = county_items.retention(asked(school(1, {"junior": [40]}, category="junior", **cohort)))

    assert value_of(found) == share


def test_retention_waits_for_every_junior_school_and_no_primary() -> None:
    cohort = {"graduates": 100, "graduates_moved_in": 0, "graduates_moved_out": 0,
              "graduates_first_year": 100, "graduates_died": 0}  # fmt: skip
    junior = school(1, {"junior": [40]}, category="junior", **cohort)

    alone = county_items.retention(asked(junior, school(2)))
    open_one = county_items.retention(asked(junior, school(3, {"junior": [40]}, category="junior")))

    assert (alone.verdict, open_one.verdict) == (MET, UNKNOWN)
    assert open_one.missing_zh == ("3校没有报毕业班五项人数（办学条件年报）",)


@pytest.mark.parametrize(
    ("judge", "report", "verdict"),
    [
        (county_items.exchange, (120, 12, 3), MET),
        (county_items.exchange, (120, 12, 2), UNMET),
        (county_items.exchange, (121, 12, 3), UNMET),
        (county_items.exchange, (120, 12, None), UNKNOWN),
    ],
)
def test_exchanged_teachers_are_a_tenth_and_a_fifth_of_them_lead_teachers(
    judge: Any, report: tuple[int | None, ...], verdict: Verdict
) -> None:
    names = ("exchange_eligible_teachers", "exchanged_teachers", "exchanged_lead_teachers")

    assert judge(asked(**dict(zip(names, report, strict=True)))).verdict == verdict


def test_a_county_without_pupils_of_special_schools_says_so_and_misses_nothing() -> None:
    found = county_items.special_funds(
        asked(special_school_pupils=0, special_school_funds_yuan=None)
    )

    assert found.verdict == MET
    assert "填 0" in found.said_zh


def test_only_the_report_of_this_year_or_the_one_before_counts() -> None:
    assert county(year=2024, disabled_children=1).year == 2024
    assert county(year=2023, disabled_children=1).year is None


@pytest.mark.parametrize(
    ("results", "verdict"),
    [((), UNKNOWN), (((3, "0.149"),), MET), (((3, "0.15"),), UNMET), (((2, "0.1"),), UNMET),
     (((3, "0.1"), (None, "0.1")), UNKNOWN)],
)  # fmt: skip
def test_every_monitored_subject_reaches_level_three_and_lies_strictly_below_the_difference(
    results: tuple[tuple[int | None, str], ...], verdict: Verdict
) -> None:
    monitored = tuple(Monitored("语文", level, Fraction(apart)) for level, apart in results)

    assert county_items.monitoring(Asked(county(), ON, monitored=monitored)).verdict == verdict


@pytest.mark.parametrize(
    ("survey", "verdict"),
    [(None, UNKNOWN), (Surveyed(120, 100, 85, 10, 9), MET), (Surveyed(120, 100, 84, 10, 9), UNMET),
     (Surveyed(120, 100, 85, 20, 16), UNMET), (Surveyed(120, 100, 85), UNKNOWN)],
)  # fmt: skip
def test_recognition_asks_for_questionnaires_and_visits(
    survey: Surveyed | None, verdict: Verdict
) -> None:
    assert county_items.recognition(Asked(county(), ON, surveyed=survey)).verdict == verdict


# What is stated, and the whole


def stated(holds: bool = True, is_approved: bool = True, evidence: int = 1) -> Statement:
    return Statement(2025, holds, is_approved, evidence, "", 7)


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [(None, UNKNOWN), (stated(), MET), (stated(holds=False, evidence=0), UNMET),
     (stated(evidence=0), UNKNOWN), (stated(is_approved=False), UNKNOWN)],
)  # fmt: skip
def test_a_document_item_is_met_only_by_an_approved_statement_with_evidence(
    statement: Statement | None, verdict: Verdict
) -> None:
    given = {"g01": statement} if statement else {}

    found = conclusion.conclude(asked(), MET, given).find("g01")

    assert found is not None
    assert found.verdict == verdict
    assert bool(found.missing_zh) == (verdict == UNKNOWN)


EVERY_STATEMENT = {one.key: stated() for one in listed() if one.needs_statement}


def test_the_county_passes_when_every_item_is_met_and_no_veto_happened() -> None:
    found = conclusion.conclude(everything_met(), MET, EVERY_STATEMENT)

    assert [one.item.key for one in found.judged if one.verdict != MET] == []
    assert found.verdict == MET


@pytest.mark.parametrize("key", sorted(EVERY_STATEMENT))
def test_one_statement_that_is_missing_keeps_the_county_from_passing(key: str) -> None:
    given = {name: one for name, one in EVERY_STATEMENT.items() if name != key}

    assert conclusion.conclude(everything_met(), MET, given).verdict == UNKNOWN


def test_one_veto_fails_the_county_and_so_do_its_resources() -> None:
    happened = {**EVERY_STATEMENT, "v3": stated(holds=False)}

    assert conclusion.conclude(everything_met(), MET, happened).verdict == UNMET
    assert conclusion.conclude(everything_met(), UNMET, EVERY_STATEMENT).verdict == UNMET
    assert conclusion.conclude(everything_met(), UNKNOWN, EVERY_STATEMENT).verdict == UNKNOWN


def test_relaxations_have_to_be_made_good_three_years_after_recognition() -> None:
    assert deadline(date(2025, 3, 14)) == date(2028, 3, 14)
    assert deadline(date(2024, 2, 29)) == date(2027, 2, 28)


# Readings of what is disputed


def test_rooms_of_both_subjects_together_may_suffice_where_each_alone_does_not() -> None:
    lacking = {**ROOMS, "music_rooms": 0, "music_rooms_from_96_m2": 0}
    apart = asked(school(1, **lacking))
    together = replace(apart, readings={"arts_rooms": 2})

    assert school_items.arts_rooms(apart).verdict == Verdict.UNMET
    assert school_items.arts_rooms(together).verdict == Verdict.MET
    assert "合计" in school_items.arts_rooms(together).reading_zh


def test_rooms_together_are_not_known_while_those_of_one_subject_are_not() -> None:
    blank = {name: None for name in ROOMS if name.startswith("music")}
    together = replace(asked(school(1, **{**ROOMS, **blank})), readings={"arts_rooms": 2})

    assert school_items.arts_rooms(together).verdict == Verdict.UNKNOWN


def test_what_is_disputed_is_judged_in_the_other_reading_as_well() -> None:
    lacking = {**ROOMS, "music_rooms": 0, "music_rooms_from_96_m2": 0}
    one = asked(school(1, **lacking))
    concluded = conclusion.conclude(one, Verdict.MET)
    rooms, sizes = concluded.find("g03"), concluded.find("g04")
    assert rooms is not None
    assert sizes is not None

    assert {
        number: other.verdict for number, other in conclusion.read_otherwise(one, rooms).items()
    } == {2: Verdict.MET}
    assert conclusion.read_otherwise(one, sizes) == {}


@pytest.mark.parametrize("dispute", [*QUALITY_BALANCE, *UNIVERSAL_PRESCHOOL], ids=lambda d: d.key)
def test_every_dispute_is_set_to_a_reading_it_has_and_names_an_item_there_is(
    dispute: Dispute,
) -> None:
    assert dispute.set_on(ON) in dispute.readings
    assert dispute.read("2") == 2
    for wrong in ("0", "3", "二", "-1", "1.0", ""):
        with pytest.raises(UnknownReading, match=dispute.label_zh):
            dispute.read(wrong)
    is_listed = dispute.item in {one.key for one in listed()}
    assert is_listed or not dispute.item or dispute in UNIVERSAL_PRESCHOOL
