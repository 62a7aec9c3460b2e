"""A small district for the specs: two towns, one street, and schools in each.

Schools 11 (town seat), 12 and kindergarten 13 stand in 崮山镇, junior school 14 too; 15 in 泊于镇;
all on the plan's list. School 21 and junior school 22 stand in the street and are not on it.
"""

from __future__ import annotations

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
