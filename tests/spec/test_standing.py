"""The one rule: how a promise stands on a day, each word with numbers worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from gengdu.analytics import standing
from gengdu.analytics.forms import Range
from gengdu.analytics.standing import Past, Standing, Word
from gengdu.policy import facts

MUST = "campus_titles.green_share"  # all by 2025-12-31
IN_PRINCIPLE = "principals.young_leader_share"  # half by 2026-12-31
LARGELY = "family_education.station_share"  # nearly all by 2025-12-31
GENERALLY = "teacher_development.rural_bachelor_share"  # 普遍, by 2026-12-31
STRIVE = "campus_titles.civility_province"
SUPPORT = "out_of_school.labour_site_share"
YEARLY = "teacher_welfare.medical_check_share"
TERMLY = "vulnerable_children.aid_share"
BY_SCHOOL_YEAR = "digital_campus.online_lesson_share"
UNDATED = "digital_campus.sky_classroom_share"
AVOID = "school_siting.blanket_closing"
QUALITATIVE = "goals.rural_conditions"
RATIO = "goals.degree_ratio"  # at most 1.01 by 2027-12-31
IN_2027 = "school_standards.town_seat_class_ii"  # all by 2027-12-31
FOUR_YEARS_BEFORE = "2023-12-31"  # 1461 days, four years of 365.25


def number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def standing_of(
    promise: str, on: str, value: str | None, *, least: str | None = None,
    greatest: str | None = None, past: Past | None = None,
) -> Standing:  # fmt: skip
    """Judge a promise by a value and, where reports are missing, by how far they could move it."""
    day, exactly = date.fromisoformat(on), number(value)
    low, high = (exactly if end is None else Fraction(end) for end in (least, greatest))
    bounds = None if low is None or high is None else Range(low, high)
    target = standing.target_on(facts.fact(promise), day)
    return standing.judge(target, day, exactly, bounds, past or Past())


def before(*values: str | None) -> Past:
    """Return a past of yearly values, newest first."""
    years = range(2025, 2025 - len(values), -1)
    return Past(
        [(date(year, 12, 31), number(value)) for year, value in zip(years, values, strict=True)]
    )


@pytest.mark.parametrize("on", ["2023-06-30", "2025-12-31", "2030-01-01"])
def test_a_promise_is_met_while_the_comparison_holds(on) -> None:
    found = standing_of(MUST, on, "1")

    assert found == Standing(Word.MET)


@pytest.mark.parametrize(
    ("on", "word"),
    [
        pytest.param("2025-12-30", Word.AT_RISK, id="the day before it is due"),
        pytest.param("2025-12-31", Word.LATE, id="the due day itself"),
        pytest.param("2026-01-01", Word.LATE, id="the day after"),
    ],
)
def test_a_must_not_met_is_late_from_the_due_day_on(on, word) -> None:
    found = standing_of(MUST, on, "99/100")

    assert found.word is word


@pytest.mark.parametrize(
    ("promise", "on", "value"),
    [
        pytest.param(IN_PRINCIPLE, "2026-12-31", "49/100", id="原则上"),
        pytest.param(LARGELY, "2025-12-31", "94/100", id="基本"),
        pytest.param(GENERALLY, "2026-12-31", "999/1000", id="普遍"),
    ],
)
def test_a_weaker_word_past_due_falls_short_and_is_never_late(promise, on, value) -> None:
    found = standing_of(promise, on, value)

    assert found.word is Word.SHORT


@pytest.mark.parametrize(
    ("promise", "value"),
    [pytest.param(STRIVE, "0", id="争创"), pytest.param(SUPPORT, "1/5", id="支持")],
)
@pytest.mark.parametrize("on", ["2023-06-30", "2035-12-31"])
def test_what_is_strived_for_or_supported_is_never_late(promise, value, on) -> None:
    found = standing_of(promise, on, value)

    assert found.word is Word.STRIVING


@pytest.mark.parametrize(("promise", "value"), [(STRIVE, "1"), (SUPPORT, "1")])
def test_what_is_strived_for_or_supported_is_met_when_reached(promise, value) -> None:
    found = standing_of(promise, "2026-06-30", value)

    assert found.word is Word.MET


@pytest.mark.parametrize(("value", "word"), [("1/2", Word.MET), ("49/100", Word.SHORT)])
def test_half_is_enough_where_half_is_asked(value, word) -> None:
    found = standing_of(IN_PRINCIPLE, "2026-12-31", value)

    assert found.word is word


@pytest.mark.parametrize(
    ("value", "word"), [("19/20", Word.MET), ("94/100", Word.SHORT), ("949/1000", Word.SHORT)]
)
def test_nearly_all_counts_from_the_setting_of_95_percent(value, word) -> None:
    found = standing_of(LARGELY, "2025-12-31", value)

    assert found.word is word


def test_the_setting_behind_nearly_all_is_named_beside_what_the_notice_asks() -> None:
    target = standing.target_on(facts.fact(LARGELY), date(2025, 12, 31))

    assert (target.asked, target.counts_from) == (1, Fraction(19, 20))
    assert target.setting is facts.fact("settings.largely_share")


def test_a_must_has_no_setting() -> None:
    target = standing.target_on(facts.fact(MUST), date(2025, 12, 31))

    assert (target.asked, target.counts_from, target.setting) == (1, 1, None)


@pytest.mark.parametrize(
    ("recurs", "on", "last_day"),
    [
        ("year", "2026-01-01", "2026-12-31"),
        ("year", "2026-12-31", "2026-12-31"),
        ("school_year", "2026-08-31", "2026-08-31"),
        ("school_year", "2026-09-01", "2027-08-31"),
        ("term", "2026-09-01", "2027-02-28"),
        ("term", "2027-02-28", "2027-02-28"),
        ("term", "2027-03-01", "2027-08-31"),
        ("term", "2028-02-29", "2028-02-29"),
    ],
)
def test_a_period_ends_on_its_last_day(recurs, on, last_day) -> None:
    found = standing.period_end(recurs, date.fromisoformat(on))

    assert found == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("promise", "running", "last_day", "word"),
    [
        pytest.param(YEARLY, "2026-12-30", "2026-12-31", Word.LATE, id="year"),
        pytest.param(TERMLY, "2027-02-27", "2027-02-28", Word.LATE, id="term"),
        pytest.param(
            BY_SCHOOL_YEAR, "2027-08-30", "2027-08-31", Word.SHORT, id="school year, 普遍"
        ),
    ],
)
def test_a_promise_of_every_period_is_due_on_the_last_day_of_each(
    promise, running, last_day, word
) -> None:
    found = [standing_of(promise, on, "1/2").word for on in (running, last_day)]

    assert found == [Word.AT_RISK, word]


@pytest.mark.parametrize(
    ("last_year", "word"),
    [("1", Word.ON_COURSE), ("99/100", Word.AT_RISK), (None, Word.AT_RISK)],
)
def test_a_running_year_is_on_course_when_the_year_before_kept_the_promise(last_year, word) -> None:
    found = standing_of(YEARLY, "2026-06-30", "1/2", past=before(last_year))

    assert found.word is word


def test_a_year_whose_rows_had_due_days_of_their_own_is_late_at_the_first_one_missed() -> None:
    fact, on = facts.fact("research_projects.reviews_on_time"), date(2026, 6, 30)
    target = standing.target_on(fact, on, is_decided=True)
    missed = Fraction(9, 10)

    found = standing.judge(target, on, missed, Range(missed, missed), before("1"))

    assert found == Standing(Word.LATE)


@pytest.mark.parametrize(
    ("a_year_ago", "word"),
    [
        pytest.param("2/5", Word.ON_COURSE, id="rose"),
        pytest.param("3/5", Word.AT_RISK, id="stood still"),
        pytest.param("4/5", Word.AT_RISK, id="fell"),
        pytest.param(None, Word.AT_RISK, id="nobody knows"),
    ],
)
def test_an_undated_promise_is_on_course_while_it_rises(a_year_ago, word) -> None:
    found = standing_of(UNDATED, "2035-12-31", "3/5", past=before(a_year_ago))

    assert found.word is word


def test_an_undated_promise_once_kept_and_lost_again_is_late() -> None:
    found = standing_of(UNDATED, "2035-12-31", "3/5", past=before("1"))

    assert found == Standing(Word.LATE, was_lost=True)


@pytest.mark.parametrize(("value", "word"), [("0", Word.MET), ("1", Word.LATE)])
def test_what_must_not_happen_is_due_from_the_first_day(value, word) -> None:
    found = standing_of(AVOID, "2023-06-30", value)

    assert found.word is word


@pytest.mark.parametrize("value", [None, "1/2"])
def test_a_promise_without_a_number_is_qualitative(value) -> None:
    found = standing_of(QUALITATIVE, "2028-01-01", value)

    assert found == Standing(Word.QUALITATIVE)


@pytest.mark.parametrize(
    ("promise", "on", "word"),
    [(MUST, "2026-06-30", Word.LATE), (IN_PRINCIPLE, "2027-06-30", Word.SHORT)],
)
def test_a_promise_once_kept_and_lost_again_is_said_to_be_lost(promise, on, word) -> None:
    found = standing_of(promise, on, "2/5", past=before("1/3", "1", "1/3"))

    assert found == Standing(word, was_lost=True)


@pytest.mark.parametrize(
    "past",
    [
        pytest.param(before("99/100", "1/3"), id="never kept"),
        pytest.param(before(None, None), id="nobody knows"),
    ],
)
def test_a_promise_never_kept_is_not_lost(past) -> None:
    found = standing_of(MUST, "2026-06-30", "2/5", past=past)

    assert found == Standing(Word.LATE)


def test_a_year_that_failed_after_a_good_one_is_late_but_nothing_was_lost() -> None:
    found = standing_of(YEARLY, "2026-12-31", "99/100", past=before("1"))

    assert found == Standing(Word.LATE)


@pytest.mark.parametrize("on", ["2024-06-30", "2025-12-31"])
def test_without_a_value_nobody_knows(on) -> None:
    found = standing_of(MUST, on, None)

    assert found == Standing(Word.UNKNOWN)


def test_a_value_that_reports_could_move_nobody_knows_how_far_is_unknown() -> None:
    target, on = standing.target_on(facts.fact(MUST), date(2025, 12, 31)), date(2025, 12, 31)

    found = standing.judge(target, on, Fraction(1), None, Past())

    assert found == Standing(Word.UNKNOWN)


@pytest.mark.parametrize(
    ("least", "greatest", "word"),
    [
        pytest.param("7/10", "9/10", Word.LATE, id="late even in the best case"),
        pytest.param("7/10", "1", Word.UNKNOWN, id="met only in the best case"),
        pytest.param("1", "1", Word.MET, id="met even in the worst case"),
    ],
)
def test_a_missing_report_leaves_a_must_undecided_only_if_it_could_decide_it(
    least, greatest, word
) -> None:
    found = standing_of(MUST, "2025-12-31", least, least=least, greatest=greatest)

    assert found.word is word


@pytest.mark.parametrize(
    ("least", "greatest", "word"),
    [
        pytest.param("1/2", "9/10", Word.MET, id="met even in the worst case"),
        pytest.param("49/100", "51/100", Word.UNKNOWN, id="met only in the best case"),
        pytest.param("3/10", "49/100", Word.SHORT, id="short even in the best case"),
    ],
)
def test_missing_reports_are_weighed_against_half_where_half_is_asked(
    least, greatest, word
) -> None:
    found = standing_of(IN_PRINCIPLE, "2026-12-31", least, least=least, greatest=greatest)

    assert found.word is word


@pytest.mark.parametrize(
    ("least", "greatest", "word"),
    [
        pytest.param("1", "101/100", Word.MET, id="met even in the worst case"),
        pytest.param("1", "102/100", Word.UNKNOWN, id="met only in the best case"),
        pytest.param("102/100", "11/10", Word.LATE, id="late even in the best case"),
    ],
)
def test_for_a_ratio_that_must_fall_the_greatest_value_is_the_worst_case(
    least, greatest, word
) -> None:
    found = standing_of(RATIO, "2027-12-31", "102/100", least=least, greatest=greatest)

    assert found.word is word


@pytest.mark.parametrize(
    ("promise", "on", "value", "is_borderline"),
    [
        pytest.param(MUST, "2025-12-31", "9996/10000", True, id="prints 100.0 %, is not all"),
        pytest.param(MUST, "2025-12-31", "9994/10000", False, id="prints 99.9 %"),
        pytest.param(IN_PRINCIPLE, "2026-12-31", "4996/10000", True, id="prints 50.0 %"),
        pytest.param(LARGELY, "2025-12-31", "9496/10000", True, id="prints 95.0 %"),
        pytest.param(RATIO, "2027-12-31", "10104/10000", True, id="prints 1.010"),
        pytest.param(RATIO, "2027-12-31", "10106/10000", False, id="prints 1.011"),
        pytest.param(IN_PRINCIPLE, "2026-12-31", "1/2", False, id="is the number asked for"),
    ],
)
def test_a_value_is_borderline_when_rounding_would_change_the_verdict(
    promise, on, value, is_borderline
) -> None:
    found = standing_of(promise, on, value)

    assert found.is_borderline is is_borderline


def test_a_growth_so_small_that_it_prints_1_is_met_and_borderline() -> None:
    found = standing_of("task_ledger.spending_growth", "2026-06-30", "81000001/81000000")

    assert found == Standing(Word.MET, is_borderline=True)


def projected(promise: str, value: str, gains: list[str], at_due: str | None = None) -> Standing:
    """Judge a promise of 2027 four years before it is due."""
    past = Past((), number(at_due), [Fraction(gain) for gain in gains])
    return standing_of(promise, FOUR_YEARS_BEFORE, value, past=past)


def test_the_value_expected_is_what_is_recorded_for_the_due_day_and_the_usual_gains() -> None:
    """0.5 is recorded for 2027; gains of 0.06, 0.1 and 0.14 average 0.1 a year, for four years."""
    found = projected(IN_2027, "3/5", ["0.06", "0.1", "0.14"], at_due="0.5")

    projection = found.projection
    assert projection is not None
    assert (projection.on, projection.value) == (date(2027, 12, 31), Fraction("0.9"))
    assert found.word is Word.AT_RISK


def test_the_band_takes_the_leanest_and_the_best_year_throughout() -> None:
    """0.5 and four times 0.06 is 0.74; four times 0.14 would be 1.06, but a share ends at 1."""
    found = projected(IN_2027, "3/5", ["0.06", "0.1", "0.14"], at_due="0.5").projection

    assert found is not None
    assert (found.low, found.high) == (Fraction("0.74"), 1)


@pytest.mark.parametrize(
    ("gains", "value", "word"),
    [
        pytest.param(["0.1"], Fraction(1), Word.ON_COURSE, id="just reaches it"),
        pytest.param(["0.0999"], Fraction("0.9996"), Word.AT_RISK, id="just misses it"),
        pytest.param(["0.3"], Fraction(1), Word.ON_COURSE, id="a share ends at 1"),
        pytest.param(["-0.3"], Fraction(0), Word.AT_RISK, id="nothing falls below 0"),
    ],
)
def test_a_promise_is_on_course_if_the_value_expected_would_keep_it(gains, value, word) -> None:
    found = projected(IN_2027, "3/5", gains)

    assert found.projection is not None
    assert (found.projection.value, found.word) == (value, word)


@pytest.mark.parametrize(
    ("gains", "value", "word"),
    [
        pytest.param(["-0.01"], Fraction("1.01"), Word.ON_COURSE, id="falls far enough"),
        pytest.param(["-0.009"], Fraction("1.014"), Word.AT_RISK, id="falls too slowly"),
    ],
)
def test_a_ratio_that_falls_far_enough_is_on_course_and_is_not_capped_at_1(
    gains, value, word
) -> None:
    found = projected(RATIO, "1.05", gains)

    assert found.projection is not None
    assert (found.projection.value, found.word) == (value, word)


def test_half_a_usual_year_counts_half() -> None:
    """From 1 July to 31 December are 183 days, of 365.25."""
    past = Past(gains=[Fraction("0.1461")])

    found = standing_of(MUST, "2025-07-01", "1/2", past=past).projection

    assert found is not None
    assert found.value == Fraction("0.5") + Fraction("0.0732")


@pytest.mark.parametrize(
    ("a_year_ago", "word"), [("1/2", Word.ON_COURSE), ("3/5", Word.AT_RISK), (None, Word.AT_RISK)]
)
def test_where_no_years_gain_is_known_the_last_year_shows_the_direction(a_year_ago, word) -> None:
    past = Past([(date(2022, 12, 31), number(a_year_ago))])

    found = standing_of(IN_2027, FOUR_YEARS_BEFORE, "3/5", past=past)

    assert found == Standing(word)


@pytest.mark.parametrize(
    ("a_year_ago", "word"),
    [("1.06", Word.ON_COURSE), ("1.05", Word.AT_RISK), ("1.04", Word.AT_RISK)],
)
def test_for_a_ratio_that_must_fall_falling_is_the_right_direction(a_year_ago, word) -> None:
    past = Past([(date(2022, 12, 31), number(a_year_ago))])

    found = standing_of(RATIO, FOUR_YEARS_BEFORE, "1.05", past=past)

    assert found == Standing(word)


def test_the_rule_has_eight_words_and_no_other() -> None:
    words = " ".join(sorted(Word))

    assert words == "at_risk late met on_course qualitative short striving unknown"
