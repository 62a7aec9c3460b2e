"""Identity numbers of pupils against their rule, the birth date, the sex and the registry number.

Where a birth date is shown the number is not: date and mask together would give it away.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.registers.quality.checks import PUPIL, Check, Severity
from gengdu.registers.quality.sqltext import digits_of_day, identity_state, is_day, is_digits

FAULTS = {
    "length": _("位数不是18位"),
    "characters": _("有不该出现的字符"),
    "day": _("其中的出生日期没有这一天"),
    "check": _("末位校验码与前17位不符"),
}
SEXES = {"male": _("男"), "female": _("女")}
IDENTITY_SAYS = "CASE WHEN CAST(substr({}, 17, 1) AS integer) % 2 = 1 THEN 'male' ELSE 'female' END"

FAULTY = Check(
    key="pupil_identity_faulty",
    title=_("学生身份证件号有误"),
    short=_("证件号误"),
    meaning=_("居民身份证号的位数、日期或末位校验码不对。对照户口簿或证件逐位改正。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("证件号 %(identity_number)s：%(identity_state)s"),
    words={"identity_state": FAULTS},
    sql="""
SELECT DISTINCT pupil_id AS subject_id, school_id, identity_number, identity_state
FROM enrolled WHERE identity_state IN ('length', 'characters', 'day', 'check')
""",
)

BIRTH = Check(
    key="pupil_identity_birth",
    title=_("学生出生日期与身份证件号不一致"),
    short=_("生日不符"),
    meaning=_("证件号第7至14位是出生日期。对照户口簿，改正写错的一项。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("登记为 %(birth_date)s，证件号中是 %(identity_birth)s"),
    sql=f"""
SELECT DISTINCT pupil_id AS subject_id, school_id, birth_date,
    substr(identity_number, 7, 8) AS identity_birth
FROM enrolled
WHERE identity_state = 'sound'
    AND {digits_of_day("birth_date")} <> substr(identity_number, 7, 8)
""",
)

SEX = Check(
    key="pupil_identity_sex",
    title=_("学生性别与身份证件号不一致"),
    short=_("性别不符"),
    meaning=_("证件号第17位单数为男、双数为女。对照户口簿，改正写错的一项。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("登记为%(sex)s，证件号 %(identity_number)s 是%(identity_sex)s"),
    words={"sex": SEXES, "identity_sex": SEXES},
    sql=f"""
SELECT DISTINCT pupil_id AS subject_id, school_id, sex, identity_number,
    {IDENTITY_SAYS.format("identity_number")} AS identity_sex
FROM enrolled
WHERE identity_state = 'sound' AND sex <> {IDENTITY_SAYS.format("identity_number")}
""",
)

_BODY = "substr(registry_number, 2)"
REGISTRY_FAULTY = Check(
    key="pupil_registry_faulty",
    title=_("学籍号有误"),
    short=_("学籍号误"),
    meaning=_("学籍号为字母 G、J 或 L 后加18位。从学籍系统复制正确的学籍号。"),
    subject=PUPIL,
    severity=Severity.MUST,
    told=_("学籍号 %(registry_number)s：%(fault)s"),
    words={
        "fault": {
            **FAULTS,
            "letter": _("首位不是 G、J、L"),
            "length": _("字母之后不是18位"),
        }
    },
    sql=f"""
WITH read AS (
    SELECT DISTINCT pupil_id, school_id, registry_number,
        CASE WHEN identity_state = 'sound' AND registry_number IN
            ('G' || identity_number, 'J' || identity_number) THEN 'sound'
        WHEN substr(registry_number, 1, 1) NOT IN ('G', 'J', 'L') THEN 'letter'
        WHEN length(registry_number) <> 19 THEN 'length'
        WHEN substr(registry_number, 1, 1) <> 'L' THEN {identity_state(_BODY)}
        WHEN NOT {is_digits(_BODY)} THEN 'characters'
        WHEN NOT {is_day("registry_number", 8)} THEN 'day' ELSE 'sound' END AS fault
    FROM enrolled WHERE registry_number <> ''
)
SELECT pupil_id AS subject_id, school_id, registry_number, fault
FROM read WHERE fault <> 'sound'
""",
)

REGISTRY_DIFFERS = Check(
    key="pupil_registry_differs",
    title=_("学籍号与身份证件号不同"),
    short=_("籍证不同"),
    meaning=_(
        "G 字头学籍号沿用建籍时的证件号，证件号后来更正的本来就不同。无须答复，供核对学籍时参考。"
    ),
    subject=PUPIL,
    severity=Severity.NOTE,
    told=_("学籍号 %(registry_number)s，证件号 %(identity_number)s"),
    sql="""
SELECT DISTINCT pupil_id AS subject_id, school_id, registry_number, identity_number
FROM enrolled
WHERE identity_state = 'sound' AND substr(registry_number, 1, 1) = 'G'
    AND substr(registry_number, 2) <> identity_number
""",
)

CHECKS = (FAULTY, BIRTH, SEX, REGISTRY_FAULTY, REGISTRY_DIFFERS)
