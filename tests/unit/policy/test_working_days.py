"""Working days as the State Council announces them, year by year."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.policy import facts, loading, working_days
from gengdu.policy.loading import MalformedFact
from gengdu.policy.working_days import (
    add_working_days,
    is_known,
    is_working_day,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_between,
)

YEARS = range(2021, 2027)
POLICY = Path(facts.__file__).parent

days = st.dates(date(2019, 1, 1), date(2030, 12, 31))
counts = st.integers(-80, 80)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_a_known_year_is_what_an_independent_calendar_says(year: int) -> None:
    every = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    of_the_year = [day for day in every if day.year == year]

    ours = {day: is_working_day(day) for day in of_the_year}

    assert is_known(year)
    assert ours == {day: chinese_calendar.is_workday(day) for day in of_the_year}


@pytest.mark.parametrize("year", YEARS)
def test_every_year_names_the_notice_it_comes_from(year: int) -> None:
    sources = loading.read_yaml(POLICY / "sources.yaml")

    found = next(item for item in working_days.calendar().years if item.year == year)
    source = sources[found.source]

    assert source["issuer"] == "国务院办公厅"
    assert source["number"].startswith("国办发明电")
    assert str(year - 1) in source["number"]
    assert source["issued_on"] < f"{year}-01-01"


def test_the_calendar_says_which_years_it_knows() -> None:
    assert [is_known(year) for year in (2020, 2021, 2026, 2027)] == [False, True, True, False]


@given(st.dates(date(2031, 1, 1), date(2060, 12, 31)))
def test_a_year_without_a_notice_has_weekdays_and_weekends_alone(day: date) -> None:
    assert is_working_day(day) == (day.weekday() < 5)


@given(days, counts)
def test_so_many_working_days_on_there_are_so_many_between(day: date, count: int) -> None:
    assert working_days_between(day, add_working_days(day, count)) == count or count < 0


@given(days, st.integers(1, 80))
def test_going_back_is_going_on_from_a_working_day(day: date, count: int) -> None:
    start = working_day_on_or_after(day)

    assert add_working_days(add_working_days(start, count), -count) == start


@given(days, counts.filter(bool))
def test_one_arrives_on_a_working_day(day: date, count: int) -> None:
    arrived = add_working_days(day, count)

    assert is_working_day(arrived)
    assert (arrived > day) == (count > 0)


@given(days)
def test_no_working_days_on_is_the_day_itself(day: date) -> None:
    assert add_working_days(day, 0) == day


@given(days, days)
def test_between_counts_the_days_one_by_one(start: date, end: date) -> None:
    first, last = min(start, end), max(start, end)
    span = (last - first).days
    one_by_one = sum(
        is_working_day(first + timedelta(days=number)) for number in range(1, span + 1)
    )

    assert working_days_between(start, end) == (one_by_one if end >= start else -one_by_one)


@given(days, days, days)
def test_counts_add_up_over_any_third_day(one: date, other: date, third: date) -> None:
    whole = working_days_between(one, third)

    assert working_days_between(one, other) + working_days_between(other, third) == whole


@given(days)
def test_the_nearest_working_days_enclose_a_day(day: date) -> None:
    before, after = working_day_on_or_before(day), working_day_on_or_after(day)

    assert before <= day <= after
    assert is_working_day(before)
    assert is_working_day(after)
    assert (before == after) == is_working_day(day)


def test_a_long_holiday_is_stepped_over_and_its_made_up_sunday_is_worked() -> None:
    assert add_working_days(date(2025, 9, 26), 1) == date(2025, 9, 28)
    assert add_working_days(date(2025, 9, 30), 1) == date(2025, 10, 9)


# What a calendar says wrongly → what the refusal says.
WRONG = {
    "{name: 元旦, from: 2021-01-03, to: 2021-01-01, works: []}": "末日 2021-01-01 早于首日",
    "{name: 元旦, from: 2021-01-01, to: 2021-01-01, works: [2021-01-04]}": "本来就要上班",
    "{name: 元旦, from: 2021-01-01, to: 2021-01-02, works: [2021-01-02]}": "2021-01-02 写了两次",
    "{name: 元旦, from: 2021-02-30, to: 2021-03-01, works: []}": "没有这一天",
    "{name: 元旦, from: 2012-01-01, to: 2012-01-01, works: []}": "不在 2021 年前后",
    "{name: 元旦, from: 2021-01-01, works: []}": "缺少'to'",
    "{name: 元旦, from: 1月1日, to: 2021-01-01, works: []}": "应合样式",
    "{name: 元旦, from: 2021-01-01, to: 2021-01-01, works: [], rest: []}": "不认识的键“rest”",
}


def with_calendar(folder: Path, text: str) -> Path:
    (folder / "lists").mkdir()
    shutil.copy(POLICY / "sources.yaml", folder / "sources.yaml")
    (folder / "lists" / "working_days.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_line_is_refused_with_the_reason(tmp_path: Path, line: str) -> None:
    head = "- year: 2021\n  source: holidays_2021\n  checked: 2026-11-28\n  holidays:\n"

    with pytest.raises(MalformedFact) as refused:
        working_days.load(with_calendar(tmp_path, f"{head}    - {line}\n"))

    assert str(refused.value).startswith("working_days.yaml：")
    assert WRONG[line] in str(refused.value)


def year_of(number: int, source: str) -> str:
    holiday = f"{{name: 元旦, from: {number}-01-01, to: {number}-01-01, works: []}}"
    return f"- {{year: {number}, source: {source}, checked: 2026-11-28, holidays: [{holiday}]}}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (year_of(2022, "holidays_2022") + year_of(2021, "holidays_2021"), "从早到晚"),
        (year_of(2021, "a_rumour"), "来源“a_rumour”不在 sources.yaml"),
    ],
)
def test_years_stand_in_order_and_each_has_its_notice(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(MalformedFact, match=told):
        working_days.load(with_calendar(tmp_path, text))


def test_a_key_that_yaml_reads_as_yes_or_no_is_named_like_any_other(tmp_path: Path) -> None:
    line = "    - {name: 元旦, from: 2021-01-01, to: 2021-01-01, works: [], off: []}\n"
    head = "- year: 2021\n  source: holidays_2021\n  checked: 2026-11-28\n  holidays:\n"

    with pytest.raises(MalformedFact, match="不认识的键"):
        working_days.load(with_calendar(tmp_path, head + line))
