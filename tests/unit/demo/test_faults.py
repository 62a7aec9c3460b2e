import sqlite3

import pytest

from gengdu.demo.faults import FAULTS, Fault

LIVE = (
    "superseded_at IS NULL AND starts_on <= '2026-09-30' "
    "AND (ends_on IS NULL OR ends_on > '2026-09-30')"
)
CHECKS = {
    "child_twice": f"""
        SELECT id FROM pupils_pupilrecord
        WHERE pupil_id IN (SELECT pupil_id FROM pupils_enrolment WHERE {LIVE})
            AND identity_number IN
            (SELECT identity_number FROM pupils_pupilrecord GROUP BY 1 HAVING count(*) > 1)""",
    "birth_date_differs": """
        SELECT id FROM pupils_pupilrecord
        WHERE replace(birth_date, '-', '') <> substr(identity_number, 7, 8)""",
    "sex_differs": """
        SELECT id FROM pupils_pupilrecord
        WHERE (sex = 'male') <> (substr(identity_number, 17, 1) % 2)""",
    "too_old": """
        SELECT e.id FROM pupils_enrolment e JOIN pupils_pupilrecord p ON p.pupil_id = e.pupil_id
        WHERE e.stage = 'primary' AND e.grade = 1
            AND substr(e.starts_on, 1, 4) - substr(p.birth_date, 1, 4) > 9""",
    "no_registry_number": "SELECT id FROM pupils_pupilrecord WHERE registry_number = ''",
    "area_ten_times": """
        SELECT now.id FROM schools_facilityreport now JOIN schools_facilityreport before
        ON before.school_id = now.school_id AND before.year = now.year - 1
        WHERE now.sports_area_m2 > 5 * before.sports_area_m2""",
    "class_too_large": f"""
        SELECT school_id FROM pupils_enrolment WHERE {LIVE} AND stage = 'primary'
        GROUP BY school_id, grade, class_number HAVING count(*) > 45""",
    "teacher_twice": """
        SELECT id FROM staff_staffrecord WHERE identity_number IN
            (SELECT identity_number FROM staff_staffrecord WHERE superseded_at IS NULL
             GROUP BY 1 HAVING count(*) > 1)""",
    "not_reported": f"""
        SELECT school_id FROM schools_schoolprofile WHERE {LIVE}
        AND school_id NOT IN (SELECT school_id FROM schools_facilityreport WHERE year >= 2025)""",
    "title_twice": """
        SELECT a.id FROM moral_education_campustitle a JOIN moral_education_campustitle b
        ON a.id <> b.id AND a.school_id = b.school_id AND a.kind = b.kind AND a.level = b.level
        WHERE a.superseded_at IS NULL AND b.superseded_at IS NULL AND a.starts_on = b.starts_on""",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.key)
def test_each_mistake_is_where_it_is_declared_and_nowhere_else(
    district: sqlite3.Connection, fault: Fault
) -> None:
    found = sorted(row[0] for row in district.execute(CHECKS[fault.key]))

    assert found == sorted(fault.row_ids)


def test_every_declared_mistake_is_checked() -> None:
    assert {fault.key for fault in FAULTS} == set(CHECKS)
