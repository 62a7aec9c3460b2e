import sqlite3
from datetime import date

import pytest

from gengdu.demo.moments import LAST_DAY
from gengdu.demo.school_list import school_id
from gengdu.kernel.identifiers import is_identity_number

IN_FORCE = "superseded_at IS NULL AND starts_on <= :on AND (ends_on IS NULL OR ends_on > :on)"
NOTICE_DAY = date(2023, 6, 30)
FIRSTS_OF_MONTHS = [
    date(year, month, 1)
    for year in range(2021, 2027)
    for month in range(1, 13)
    if date(2021, 9, 1) <= date(year, month, 1) <= LAST_DAY
]


def one(district: sqlite3.Connection, sql: str, on: date = LAST_DAY) -> int:
    found: int = district.execute(sql.format(in_force=IN_FORCE), {"on": on.isoformat()}).fetchone()[
        0
    ]
    return found


def pairs(district: sqlite3.Connection, sql: str, on: date = LAST_DAY) -> dict[object, int]:
    return dict(district.execute(sql.format(in_force=IN_FORCE), {"on": on.isoformat()}).fetchall())


def test_the_district_has_the_schools_that_were_asked_for(district: sqlite3.Connection) -> None:
    found = pairs(
        district,
        "SELECT iif(category = 'kindergarten', 'kindergarten', 'school') || in_plan, count(*) "
        "FROM schools_schoolprofile WHERE {in_force} GROUP BY 1",
    )

    assert found == {"school0": 12, "school1": 12, "kindergarten0": 6, "kindergarten1": 10}


def test_every_school_is_named_as_an_example(district: sqlite3.Connection) -> None:
    assert (
        one(district, "SELECT count(*) FROM schools_schoolprofile WHERE name NOT LIKE '示例%'") == 0
    )


def test_four_rural_schools_stand_at_town_seats(district: sqlite3.Connection) -> None:
    sql = "SELECT count(*) FROM schools_schoolprofile WHERE {in_force} AND at_town_seat AND in_plan"

    assert one(district, sql) == 4


def test_about_24000_children_are_enrolled_on_the_last_day(district: sqlite3.Connection) -> None:
    by_stage = pairs(
        district, "SELECT stage, count(*) FROM pupils_enrolment WHERE {in_force} GROUP BY 1"
    )

    assert abs(sum(by_stage.values()) - 24_000) <= 150
    assert 20_000 <= by_stage["primary"] + by_stage["junior"] <= 21_000
    assert 3_000 <= by_stage["preschool"] <= 4_000


def test_1900_staff_are_in_post_1560_of_them_full_time_teachers(
    district: sqlite3.Connection,
) -> None:
    by_kind = pairs(district, "SELECT kind, count(*) FROM staff_post WHERE {in_force} GROUP BY 1")

    assert sum(by_kind.values()) == 1_900
    assert by_kind["teacher"] == 1_560


def test_children_in_class_are_from_3_to_15_years_old(district: sqlite3.Connection) -> None:
    born = district.execute(
        "SELECT min(birth_date), max(birth_date) FROM pupils_pupilrecord WHERE pupil_id IN "
        f"(SELECT pupil_id FROM pupils_enrolment WHERE {IN_FORCE})",
        {"on": LAST_DAY.isoformat()},
    ).fetchone()

    assert born[0] >= "2011-09-01"
    assert born[1] <= "2023-08-31"


def test_staff_are_from_22_to_60_years_old(district: sqlite3.Connection) -> None:
    born = district.execute(
        "SELECT min(birth_date), max(birth_date) FROM staff_staffrecord WHERE staff_id IN "
        f"(SELECT staff_id FROM staff_post WHERE {IN_FORCE})",
        {"on": LAST_DAY.isoformat()},
    ).fetchone()

    assert born[0] > "1966-09-30"
    assert born[1] <= "2004-09-30"


@pytest.mark.parametrize("on", [date(2021, 10, 1), date(2023, 10, 1), date(2025, 3, 1), LAST_DAY])
def test_classes_keep_their_limits_but_for_the_planted_one(
    district: sqlite3.Connection, on: date
) -> None:
    classes = district.execute(
        "SELECT stage, grade, count(*) FROM pupils_enrolment "
        f"WHERE {IN_FORCE} GROUP BY school_id, stage, grade, class_number",
        {"on": on.isoformat()},
    ).fetchall()
    limits = {"primary": 45, "junior": 50, "preschool": 35}

    too_large = [size for stage, grade, size in classes if size > limits[stage]]

    assert too_large == ([46] if on == LAST_DAY else [])


def test_children_of_the_merged_school_all_continue_at_its_successor(
    district: sqlite3.Connection,
) -> None:
    merged, successor = school_id(0, "linghou"), school_id(0, "wuzhuhe")
    enrolled = f"SELECT pupil_id FROM pupils_enrolment WHERE {IN_FORCE} AND school_id = :school"
    before = district.execute(
        enrolled + " AND grade < 5", {"on": "2024-08-31", "school": merged}
    ).fetchall()
    after = district.execute(enrolled, {"on": "2024-09-01", "school": successor}).fetchall()

    assert before
    assert set(before) <= set(after)
    assert not district.execute(enrolled, {"on": "2024-09-01", "school": merged}).fetchall()


@pytest.mark.parametrize("on", FIRSTS_OF_MONTHS, ids=str)
def test_every_child_is_counted_once_on_the_first_of_a_month(
    district: sqlite3.Connection, on: date
) -> None:
    sql = "SELECT count(*) - count(DISTINCT pupil_id) FROM pupils_enrolment WHERE {in_force}"

    assert one(district, sql, on) == 0


@pytest.mark.parametrize("year", range(2021, 2026))
def test_no_child_is_lost_between_two_school_years(district: sqlite3.Connection, year: int) -> None:
    """Only children at the end of a stage leave, and some who go elsewhere in mid-year."""
    last, first = f"{year + 1}-08-31", f"{year + 1}-09-01"
    lost = district.execute(
        "SELECT count(*) FROM pupils_enrolment e WHERE superseded_at IS NULL "
        "AND starts_on <= ? AND ends_on > ? AND NOT (stage = 'junior' AND grade = 4) "
        "AND NOT (stage = 'preschool' AND grade = 3) AND pupil_id NOT IN "
        "(SELECT pupil_id FROM pupils_enrolment "
        "WHERE superseded_at IS NULL AND starts_on <= ? AND ends_on > ?)",
        (last, last, first, first),
    ).fetchone()[0]

    assert lost == 0


SMALL = {
    NOTICE_DAY: {"hukou", "shalongwang", "linghou"},
    LAST_DAY: {"hukou", "shalongwang", "wenquanzhai"},
}


@pytest.mark.parametrize(("on", "small"), SMALL.items(), ids=["notice", "last day"])
def test_three_rural_primary_schools_are_small_then_and_now(
    district: sqlite3.Connection, on: date, small: set[str]
) -> None:
    found = pairs(
        district,
        "SELECT e.school_id, count(*) FROM pupils_enrolment e JOIN schools_schoolprofile s "
        "ON s.school_id = e.school_id AND s.superseded_at IS NULL AND s.starts_on <= :on "
        "AND (s.ends_on IS NULL OR s.ends_on > :on) AND s.in_plan "
        "AND s.category IN ('primary', 'teaching_point') "
        "WHERE e.superseded_at IS NULL AND e.starts_on <= :on AND e.ends_on > :on "
        "GROUP BY 1 HAVING count(*) < 100",
        on,
    )

    assert set(found) == {school_id(0, key) for key in small}


def test_the_school_modelled_on_a_real_one_shrinks_from_six_classes_to_five(
    district: sqlite3.Connection,
) -> None:
    school = school_id(0, "guanzhuang")

    def size(on: str) -> tuple[int, int]:
        found: tuple[int, int] = district.execute(
            "SELECT count(*), count(DISTINCT grade * 10 + class_number) FROM pupils_enrolment "
            f"WHERE {IN_FORCE} AND school_id = :school",
            {"on": on, "school": school},
        ).fetchone()
        return found

    assert size("2021-10-01") == (162, 6)
    assert size("2026-09-30") == (110, 5)


@pytest.mark.parametrize("table", ["pupils_pupilrecord", "staff_staffrecord"])
def test_identity_numbers_are_well_formed_and_of_an_area_nobody_comes_from(
    district: sqlite3.Connection, table: str
) -> None:
    live = district.execute(f"SELECT identity_number FROM {table} WHERE superseded_at IS NULL")
    numbers = [row[0] for row in live]

    assert all(number.startswith("371099") for number in numbers)
    assert all(is_identity_number(number) for number in numbers)
    assert len(numbers) - len(set(numbers)) == 1  # the one person planted twice


HISTORIES = (
    "pupils_enrolment",
    "staff_post",
    "moral_education_campustitle",
    "schools_schoolprofile",
)


@pytest.mark.parametrize("table", HISTORIES)
def test_nothing_is_recorded_outside_office_hours_or_after_the_last_day(
    district: sqlite3.Connection, table: str
) -> None:
    latest, latest_hour = district.execute(
        f"SELECT max(recorded_at), max(substr(recorded_at, 12, 2)) FROM {table}"
    ).fetchone()

    assert latest < "2026-10-01"
    assert latest_hour < "09"


@pytest.mark.parametrize("table", HISTORIES)
def test_a_row_is_superseded_only_after_it_was_recorded(
    district: sqlite3.Connection, table: str
) -> None:
    assert one(district, f"SELECT count(*) FROM {table} WHERE superseded_at < recorded_at") == 0
