"""One child or one number twice among the pupils of the day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.registers.quality.checks import PUPIL, Check, Severity

TWICE_HERE = Check(
    key="pupil_identity_twice_here",
    title=_("同校两名学生身份证件号相同"),
    short=_("同校重号"),
    meaning=_("同一个证件号在本校登记了两名学生。核对证件：号码写错的改正，重复登记的删去一条。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("证件号 %(identity_number)s 在本校有 %(pupils)s 名学生"),
    sql="""
WITH twice AS (
    SELECT school_id, identity_number, count(DISTINCT pupil_id) AS pupils
    FROM enrolled WHERE identity_number <> ''
    GROUP BY school_id, identity_number HAVING min(pupil_id) < max(pupil_id)
)
SELECT DISTINCT e.pupil_id AS subject_id, e.school_id, e.identity_number, t.pupils
FROM twice t
JOIN enrolled e ON e.school_id = t.school_id AND e.identity_number = t.identity_number
""",
)

TWICE_ELSEWHERE = Check(
    key="pupil_identity_twice_elsewhere",
    title=_("两所学校的学生身份证件号相同"),
    short=_("跨校重号"),
    meaning=_(
        "同一个证件号同时在两所学校在籍。与对方学校核实：已转走的一方办理离校，号码写错的一方改正。"
    ),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("证件号 %(identity_number)s 同时在%(other_school_id)s在籍"),
    sql="""
WITH twice AS (
    SELECT identity_number FROM enrolled WHERE identity_number <> ''
    GROUP BY identity_number HAVING min(school_id) < max(school_id)
), shared AS (
    SELECT pupil_id, school_id, identity_number FROM enrolled
    WHERE identity_number IN (SELECT identity_number FROM twice)
)
SELECT e.pupil_id AS subject_id, e.school_id, e.identity_number,
    min(o.school_id) AS other_school_id
FROM shared e
JOIN shared o ON o.identity_number = e.identity_number
    AND o.school_id <> e.school_id AND o.pupil_id <> e.pupil_id
GROUP BY e.pupil_id, e.school_id, e.identity_number
""",
)

REGISTRY_TWICE = Check(
    key="pupil_registry_twice",
    title=_("两名学生学籍号相同"),
    short=_("学籍重号"),
    meaning=_("学籍号一人一号。从学籍系统核对后改正，或删去重复登记的一条。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("学籍号 %(registry_number)s 有 %(pupils)s 名在籍学生"),
    sql="""
WITH twice AS (
    SELECT registry_number, count(DISTINCT pupil_id) AS pupils
    FROM enrolled WHERE registry_number <> ''
    GROUP BY registry_number HAVING min(pupil_id) < max(pupil_id)
)
SELECT DISTINCT e.pupil_id AS subject_id, e.school_id, e.registry_number, t.pupils
FROM twice t JOIN enrolled e ON e.registry_number = t.registry_number
""",
)

# Two numbers that differ, or a missing one: with the same number, the check above finds them.
LOOK_ALIKE = Check(
    key="pupil_look_alike",
    title=_("疑似同一名学生在两所学校在籍"),
    short=_("疑似重复"),
    meaning=_(
        "姓名、出生日期和家庭成员电话都相同。与对方学校核实是否同一人；是双胞胎或确非同一人的，写明佐证。"
    ),
    subject=PUPIL,
    severity=Severity.DOUBT,
    told=_("与%(other_school_id)s的一名学生姓名、出生日期、家庭成员电话（%(phone)s）都相同"),
    sql="""
WITH alike AS (
    SELECT name, birth_date FROM enrolled
    GROUP BY name, birth_date HAVING min(school_id) < max(school_id)
), reached AS (
    SELECT DISTINCT e.pupil_id, e.school_id, e.name, e.birth_date, e.identity_number, g.phone
    FROM alike a
    JOIN enrolled e ON e.name = a.name AND e.birth_date = a.birth_date
    JOIN pupils_guardian g ON g.pupil_id = e.pupil_id AND g.superseded_at IS NULL
    WHERE g.phone <> ''
)
SELECT r.pupil_id AS subject_id, r.school_id, r.name, r.birth_date, r.phone,
    min(o.school_id) AS other_school_id
FROM reached r
JOIN reached o ON o.name = r.name AND o.birth_date = r.birth_date AND o.phone = r.phone
    AND o.school_id <> r.school_id AND o.pupil_id <> r.pupil_id
WHERE r.identity_number = '' OR o.identity_number <> r.identity_number
GROUP BY r.pupil_id, r.school_id, r.name, r.birth_date, r.phone
""",
)

# The database refuses this; the check stands watch over what came in around it.
TWO_ENROLMENTS = Check(
    key="pupil_two_enrolments",
    title=_("一名学生同时有两条在籍记录"),
    short=_("两处在籍"),
    meaning=_("同一名学生同一天只能在一个班在籍。请结束其中不再就读的一条。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("同一天有 %(enrolments)s 条在籍记录"),
    sql="""
WITH twice AS (
    SELECT pupil_id, count(*) AS enrolments FROM enrolled
    GROUP BY pupil_id HAVING count(*) > 1
)
SELECT DISTINCT e.pupil_id AS subject_id, e.school_id, e.school_id AS own_school_id, t.enrolments
FROM twice t JOIN enrolled e ON e.pupil_id = t.pupil_id
""",
)

CHECKS = (TWICE_HERE, TWICE_ELSEWHERE, REGISTRY_TWICE, LOOK_ALIKE, TWO_ENROLMENTS)
