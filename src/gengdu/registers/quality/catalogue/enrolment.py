"""Where and in which grade pupils are enrolled."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.registers.quality.checks import PUPIL, Check, Severity
from gengdu.registers.quality.sqltext import in_force, years_since

# Children enter in the year in which they are of age on the day before the school year.
BEFORE_SCHOOL_YEAR = "'08-31'"
AGE = years_since("e.birth_date", ":year", BEFORE_SCHOOL_YEAR)

# What is left at a closed school goes to the school that took it over; without one, to the bureau.
CLOSED = Check(
    key="pupil_at_closed_school",
    title=_("学生登记在已停办的学校"),
    short=_("校已停办"),
    meaning=_("学校当天已不在办。由承接的学校办理转入；没有承接学校的由教育分局处理。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("仍登记在已停办的%(closed_school_id)s"),
    sql="""
WITH taken_over AS (
    SELECT v.school_id, max(v.successor_id) AS successor_id
    FROM schools_schoolevent v
    JOIN open_schools o ON o.school_id = v.successor_id
    WHERE v.superseded_at IS NULL AND v.happened_on <= :on
    GROUP BY v.school_id
)
SELECT DISTINCT e.pupil_id AS subject_id, t.successor_id AS school_id,
    e.school_id AS closed_school_id
FROM enrolled e
LEFT JOIN open_schools o ON o.school_id = e.school_id
LEFT JOIN taken_over t ON t.school_id = e.school_id
WHERE o.school_id IS NULL
""",
)

NOT_TAUGHT = Check(
    key="pupil_grade_not_taught",
    title=_("学校不办该学段或年级"),
    short=_("无此年级"),
    meaning=_("学生登记的学段或年级不在学校当天的办学学段、学制之内。改正年级，或补登学校的学段。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("登记在%(stage)s第 %(grade)s 个年级，学校不办"),
    sql=f"""
SELECT DISTINCT e.pupil_id AS subject_id, e.school_id, e.stage, e.grade
FROM enrolled e
JOIN open_schools o ON o.school_id = e.school_id
LEFT JOIN schools_schoolstage s ON s.school_id = e.school_id AND s.stage = e.stage
    AND {in_force("s")}
LEFT JOIN grades_taught g ON g.school_system = o.school_system AND g.stage = e.stage
WHERE s.id IS NULL OR g.stage IS NULL OR e.grade < 1 OR e.grade > g.grades
""",
)

AGE_OF_GRADE = Check(
    key="pupil_age",
    title=_("学生年龄与年级明显不符"),
    short=_("年龄不符"),
    meaning=_(
        "年龄比该年级应有的年龄小很多或大很多。核对出生日期和年级；确属缓学、复学的写明佐证。"
    ),
    subject=PUPIL,
    severity=Severity.DOUBT,
    told=_("%(birth_date)s 出生，%(shown_age)s 岁读%(class)s"),
    parameters={
        "years_younger": "settings.quality_years_younger",
        "years_older": "settings.quality_years_older",
    },
    sql=f"""
WITH aged AS (
    SELECT e.pupil_id, e.school_id, e.birth_date, e.stage, e.grade,
        o.school_system, {AGE} AS age, g.enters_at + e.grade - 1 AS expected
    FROM enrolled e
    JOIN open_schools o ON o.school_id = e.school_id
    JOIN grades_taught g ON g.school_system = o.school_system AND g.stage = e.stage
)
SELECT DISTINCT pupil_id AS subject_id, school_id, birth_date, age - expected AS years_off,
    age AS shown_age, stage AS shown_stage, grade AS shown_grade,
    school_system AS shown_school_system
FROM aged
WHERE age < expected - :years_younger OR age > expected + :years_older
""",
)

CHECKS = (CLOSED, NOT_TAUGHT, AGE_OF_GRADE)
