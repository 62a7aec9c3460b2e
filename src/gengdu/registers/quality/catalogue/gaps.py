"""What every pupil's record must have and some lack."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.registers.quality.checks import PUPIL, Check, Severity

# Kindergartens register children in a system of their own, without the national 学籍号.
REGISTRY_NUMBER = Check(
    key="pupil_no_registry_number",
    title=_("学生没有学籍号"),
    short=_("缺学籍号"),
    meaning=_("义务教育阶段学生都应有学籍号。从学籍系统补录；正在办理的写明佐证。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("没有登记学籍号"),
    sql="""
SELECT DISTINCT pupil_id AS subject_id, school_id
FROM enrolled WHERE registry_number = '' AND stage <> 'preschool'
""",
)

IDENTITY_NUMBER = Check(
    key="pupil_no_identity_number",
    title=_("学生没有身份证件号"),
    short=_("缺证件号"),
    meaning=_("对照户口簿补录；尚未落户或持其他证件的，登记证件类型和号码，或写明佐证。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("没有登记身份证件号"),
    sql="""
SELECT DISTINCT pupil_id AS subject_id, school_id FROM enrolled WHERE identity_number = ''
""",
)

GUARDIAN_PHONE = Check(
    key="pupil_no_guardian_phone",
    title=_("学生没有家庭成员联系电话"),
    short=_("缺家长电话"),
    meaning=_("出事时找不到家长。请补录至少一位家庭成员的电话。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told="%(reason)s",
    words={
        "reason": {
            "nobody": _("没有登记家庭成员"),
            "no_phone": _("登记的家庭成员都没有电话"),
        }
    },
    sql="""
WITH family AS (
    SELECT e.pupil_id, e.school_id, count(g.id) AS members, count(nullif(g.phone, '')) AS phones
    FROM enrolled e
    LEFT JOIN pupils_guardian g ON g.pupil_id = e.pupil_id AND g.superseded_at IS NULL
    GROUP BY e.pupil_id, e.school_id
)
SELECT pupil_id AS subject_id, school_id,
    CASE WHEN members = 0 THEN 'nobody' ELSE 'no_phone' END AS reason
FROM family WHERE phones = 0
""",
)

CHECKS = (REGISTRY_NUMBER, IDENTITY_NUMBER, GUARDIAN_PHONE)
