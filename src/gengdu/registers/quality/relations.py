"""Shared relations that checks read: who is enrolled and employed, and which schools are open.

Each is put together once for all checks of a run, as a temporary table of the connection.
"""

from __future__ import annotations

from gengdu.policy import lists
from gengdu.registers.pupils.grades import ENTERS_AT
from gengdu.registers.quality.sqltext import identity_state, in_force

# Numbers of residents alone follow the rule; '' is what older rows have for a resident.
_STATE = """CASE WHEN r.identity_number = '' THEN 'none'
    WHEN r.identity_kind NOT IN ('', '1') THEN 'foreign' ELSE {state} END"""

ENROLLED = f"""
-- one row per pupil, school and class on the day
SELECT e.pupil_id, e.school_id, e.stage, e.grade, e.class_number,
    r.name, r.sex, r.birth_date, r.identity_number, r.registry_number,
    {_STATE.format(state=identity_state("r.identity_number"))} AS identity_state
FROM pupils_enrolment e
JOIN pupils_pupilrecord r ON r.pupil_id = e.pupil_id AND r.superseded_at IS NULL
WHERE {in_force("e")}
"""

EMPLOYED = f"""
-- one row per member of staff and post on the day
SELECT p.staff_id, p.school_id, p.kind, p.stage, p.subject,
    r.name, r.sex, r.birth_date, r.identity_number,
    {_STATE.format(state=identity_state("r.identity_number"))} AS identity_state
FROM staff_post p
JOIN staff_staffrecord r ON r.staff_id = p.staff_id AND r.superseded_at IS NULL
WHERE {in_force("p")}
"""

OPEN_SCHOOLS = f"""
-- one row per school open on the day
SELECT s.school_id, s.name, s.category, s.identifier, s.village_id, s.school_system
FROM schools_schoolprofile s
WHERE {in_force("s")}
"""

CLASSES = """
-- one row per class that has pupils on the day
SELECT e.school_id, e.stage, e.grade, e.class_number, o.school_system,
    count(DISTINCT e.pupil_id) AS pupils
FROM enrolled e
JOIN open_schools o ON o.school_id = e.school_id
GROUP BY e.school_id, e.stage, e.grade, e.class_number, o.school_system
"""


def _grades() -> str:
    """Return, for each school system and stage, how many grades it has and when a child enters."""
    rows = []
    for system in lists.items("school_systems"):
        enters_at = {**ENTERS_AT, "junior": ENTERS_AT["primary"] + system["primary"]}
        rows += [
            f"SELECT '{system['key']}' AS school_system, '{stage}' AS stage, "
            f"{system[stage]} AS grades, {age} AS enters_at"
            for stage, age in enters_at.items()
        ]
    return " UNION ALL ".join(rows)


# In the order in which they are put together: one may read those before it.
RELATIONS: dict[str, str] = {
    "grades_taught": _grades(),
    "open_schools": OPEN_SCHOOLS,
    "enrolled": ENROLLED,
    "classes": CLASSES,
    "employed": EMPLOYED,
}
