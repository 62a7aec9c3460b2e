"""A small district for the specs: two towns, one street, and schools in each.

Schools 11 (town seat), 12 and kindergarten 13 stand in 崮山镇, junior school 14 too; 15 in 泊于镇;
all on the plan's list. School 21 and junior school 22 stand in the street and are not on it.
"""

from __future__ import annotations

from tests.spec.cases import DAY, DAY_BEFORE, NEXT_DAY, rows

PLACES = """
    id  | kind
    1   | county
    2   | town
    3   | town
    4   | street
    101 | village
    102 | village
    103 | village
    104 | village
"""
PLACE_RECORDS = """
    place_id | parent_id | code         | name
    1        |           | 371072       | 开发区
    2        | 1         | 371072103    | 崮山镇
    3        | 1         | 371072105    | 泊于镇
    4        | 1         | 371072008    | 皇冠街道
    101      | 2         | 371072103201 | 甲村
    102      | 2         | 371072103202 | 乙村
    103      | 3         | 371072105201 | 丙村
    104      | 4         | 371072008001 | 丁社区
"""
SCHOOL_PROFILES = """
    school_id | name     | category     | village_id | in_plan | at_town_seat | school_system
    11        | 甲小学   | primary      | 101        | yes     | yes          | five_four
    12        | 乙小学   | primary      | 102        | yes     | no           | five_four
    13        | 甲幼儿园 | kindergarten | 101        | yes     | yes          | five_four
    14        | 甲初中   | junior       | 101        | yes     | yes          | five_four
    15        | 丙小学   | primary      | 103        | yes     | no           | five_four
    21        | 丁小学   | primary      | 104        | no      | no           | five_four
    22        | 丁初中   | junior       | 104        | no      | no           | five_four
"""
SCHOOLS_AND_PLACES = {
    "places": PLACES,
    "place_records": PLACE_RECORDS,
    "school_profiles": SCHOOL_PROFILES,
}


def districts(profiles: dict[int, list[dict[str, object]]], **drawn: str) -> dict[str, str]:
    """Return the district where some schools are otherwise: for each, one profile per change."""
    heads, *lines = (
        [cell.strip() for cell in line.split("|")] for line in SCHOOL_PROFILES.strip().splitlines()
    )
    every: list[dict[str, object]] = []
    for line in lines:
        given = dict(zip(heads, line, strict=True))
        every += [{**given, **change} for change in profiles.get(int(given["school_id"]), [{}])]
    return {**SCHOOLS_AND_PLACES, "school_profiles": rows(*every), **drawn}


# What may happen to school 11, which holds everything that counts: the district, the day asked
# about, and (counted, rows) then. School 12 takes over; nothing of 11 ever passes to it.
MERGED = (
    f"school_id | successor_id | kind   | happened_on\n11        | 12           | merged | {DAY}"
)
CLOSED = f"school_id | kind   | happened_on\n11        | closed | {DAY}"
_UNTIL_DAY, _FROM_DAY = {"ends_on": DAY}, {"starts_on": DAY}
_GONE = {11: [_UNTIL_DAY]}
_OFF_THE_LIST = {11: [_UNTIL_DAY, {**_FROM_DAY, "in_plan": "no"}]}
_ON_THE_LIST = {11: [{**_UNTIL_DAY, "in_plan": "no"}, _FROM_DAY]}
_RENAMED = {11: [_UNTIL_DAY, {**_FROM_DAY, "name": "甲新小学"}]}
_MOVED = {11: [_UNTIL_DAY, {**_FROM_DAY, "village_id": 104}]}
SCHOOL_ENDS = {
    "merged that day": (districts(_GONE, school_events=MERGED), DAY, (0, 4)),
    "merged the next day": (districts(_GONE, school_events=MERGED), DAY_BEFORE, (1, 5)),
    "closed that day": (districts(_GONE, school_events=CLOSED), DAY, (0, 4)),
    "closed the next day": (districts(_GONE, school_events=CLOSED), DAY_BEFORE, (1, 5)),
    "off the plan's list that day": (districts(_OFF_THE_LIST), DAY, (0, 4)),
    "off the plan's list the next day": (districts(_OFF_THE_LIST), DAY_BEFORE, (1, 5)),
    "on the plan's list that day": (districts(_ON_THE_LIST), DAY, (1, 5)),
    "on the plan's list the next day": (districts(_ON_THE_LIST), DAY_BEFORE, (0, 4)),
    "renamed": (districts(_RENAMED), NEXT_DAY, (1, 5)),
    "moved to the street, still on the list": (districts(_MOVED), NEXT_DAY, (1, 5)),
}
