"""Staff: twice, wrong numbers, impossible ages, and what a teacher's record must have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.registers.quality.catalogue.identity import FAULTS, IDENTITY_SAYS, SEXES
from gengdu.registers.quality.checks import SCHOOL, STAFF, Check, Severity
from gengdu.registers.quality.sqltext import digits_of_day, years_since

AGE = years_since("birth_date", ":year_of_day", ":month_and_day")

TWICE = Check(
    key="staff_identity_twice",
    title=_("两名教职工身份证件号相同"),
    short=_("教师重号"),
    meaning=_("同一个人登记了两个工号，或号码写错。与对方学校核实，由不在岗的一方结束任职。"),
    subject=STAFF,
    severity=Severity.MUST,
    told=_("证件号 %(identity_number)s 与%(other_school_id)s的一名教职工相同"),
    sql="""
WITH twice AS (
    SELECT identity_number FROM employed WHERE identity_number <> ''
    GROUP BY identity_number HAVING count(DISTINCT staff_id) > 1
)
SELECT p.staff_id AS subject_id, p.school_id, p.identity_number,
    min(o.school_id) AS other_school_id
FROM twice t
JOIN employed p ON p.identity_number = t.identity_number
JOIN employed o ON o.identity_number = t.identity_number AND o.staff_id <> p.staff_id
GROUP BY p.staff_id, p.school_id, p.identity_number
""",
)

FAULTY = Check(
    key="staff_identity_faulty",
    title=_("教职工身份证件号有误"),
    short=_("教师证误"),
    meaning=_("居民身份证号的位数、日期或末位校验码不对。对照证件逐位改正。"),
    subject=STAFF,
    severity=Severity.MUST,
    told=_("证件号 %(identity_number)s：%(identity_state)s"),
    words={"identity_state": FAULTS},
    sql="""
SELECT DISTINCT staff_id AS subject_id, school_id, identity_number, identity_state
FROM employed WHERE identity_state IN ('length', 'characters', 'day', 'check')
""",
)

BIRTH_OR_SEX = Check(
    key="staff_identity_differs",
    title=_("教职工出生日期或性别与身份证件号不一致"),
    short=_("教师不符"),
    meaning=_("证件号第7至14位是出生日期，第17位单数为男、双数为女。对照证件，改正写错的一项。"),
    subject=STAFF,
    severity=Severity.MUST,
    told=_("登记为 %(birth_date)s、%(sex)s，证件号中是 %(identity_birth)s、%(identity_sex)s"),
    words={"sex": SEXES, "identity_sex": SEXES},
    sql=f"""
WITH read AS (
    SELECT DISTINCT staff_id, school_id, birth_date, sex,
        substr(identity_number, 7, 8) AS identity_birth,
        {IDENTITY_SAYS.format("identity_number")} AS identity_sex
    FROM employed WHERE identity_state = 'sound'
)
SELECT staff_id AS subject_id, school_id, birth_date, sex, identity_birth, identity_sex
FROM read
WHERE {digits_of_day("birth_date")} <> identity_birth OR sex <> identity_sex
""",
)

TOO_YOUNG = Check(
    key="staff_too_young",
    title=_("在岗教职工年龄过小"),
    short=_("年龄过小"),
    meaning=_("按出生日期还不到可以任职的年龄。核对出生日期。"),
    subject=STAFF,
    severity=Severity.MUST,
    told=_("%(birth_date)s 出生，%(shown_age)s 岁"),
    parameters={"youngest": "settings.quality_staff_youngest"},
    sql=f"""
SELECT DISTINCT staff_id AS subject_id, school_id, birth_date, {AGE} AS shown_age
FROM employed WHERE {AGE} < :youngest
""",
)

RETIRED = Check(
    key="staff_past_retirement",
    title=_("过了退休年龄仍在岗"),
    short=_("超龄在岗"),
    meaning=_("核对出生日期；已退休的结束任职，返聘的写明佐证。"),
    subject=STAFF,
    severity=Severity.DOUBT,
    told=_("%(birth_date)s 出生，%(shown_age)s 岁，仍登记在岗"),
    parameters={
        "men": "settings.quality_men_retired",
        "women": "settings.quality_women_retired",
    },
    sql=f"""
SELECT DISTINCT staff_id AS subject_id, school_id, birth_date, {AGE} AS shown_age
FROM employed WHERE {AGE} >= CASE sex WHEN 'female' THEN :women ELSE :men END
""",
)

NO_NUMBER = Check(
    key="staff_no_identity_number",
    title=_("教职工没有身份证件号"),
    short=_("教师缺证"),
    meaning=_("没有证件号就查不出重复登记。对照证件补录。"),
    subject=STAFF,
    severity=Severity.MUST,
    told=_("没有登记身份证件号"),
    sql="""
SELECT DISTINCT staff_id AS subject_id, school_id FROM employed WHERE identity_number = ''
""",
)

NO_SUBJECT = Check(
    key="teacher_no_subject",
    title=_("中小学专任教师没有任教学科"),
    short=_("缺学科"),
    meaning=_("学科结构和缺编都按任教学科计算。补录任教学科。"),
    subject=STAFF,
    severity=Severity.MUST,
    told=_("没有登记任教学科"),
    sql="""
SELECT DISTINCT staff_id AS subject_id, school_id
FROM employed WHERE kind = 'teacher' AND stage <> 'preschool' AND subject = ''
""",
)

NO_DEGREE = Check(
    key="teacher_no_degree",
    title=_("专任教师没有学历"),
    short=_("缺学历"),
    meaning=_("学历达标率的分母里有、分子里没有。补录已取得的学历。"),
    subject=STAFF,
    severity=Severity.MUST,
    told=_("没有登记学历"),
    sql="""
SELECT DISTINCT p.staff_id AS subject_id, p.school_id
FROM employed p
LEFT JOIN staff_degree d ON d.staff_id = p.staff_id AND d.superseded_at IS NULL
    AND d.obtained_on <= :on
WHERE p.kind = 'teacher' AND d.id IS NULL
""",
)

# A school that has not begun gets one finding, not one for each teacher.
_CERTIFIED = """
WITH certified AS (
    SELECT DISTINCT staff_id FROM staff_certificate WHERE superseded_at IS NULL
), begun AS (
    SELECT DISTINCT p.school_id FROM employed p JOIN certified c ON c.staff_id = p.staff_id
)"""
NO_CERTIFICATE = Check(
    key="teacher_no_certificate",
    title=_("专任教师没有教师资格"),
    short=_("缺资格证"),
    meaning=_("专任教师须持教师资格证。补录证书；尚未取得的写明佐证。"),
    subject=STAFF,
    severity=Severity.MUST,
    told=_("没有登记教师资格"),
    sql=f"""{_CERTIFIED}
SELECT DISTINCT p.staff_id AS subject_id, p.school_id
FROM employed p
JOIN begun b ON b.school_id = p.school_id
LEFT JOIN certified c ON c.staff_id = p.staff_id
WHERE p.kind = 'teacher' AND c.staff_id IS NULL
""",
)
NOT_BEGUN = Check(
    key="school_no_certificates",
    title=_("学校还没有登记任何教师资格"),
    short=_("未登资格"),
    meaning=_("全校教师的资格证都没有登记，合并成一条提示。请导入教师资格。"),
    subject=SCHOOL,
    severity=Severity.MUST,
    told=_("专任教师的资格证都没有登记"),
    sql=f"""{_CERTIFIED}
SELECT DISTINCT p.school_id AS subject_id, p.school_id
FROM employed p
JOIN open_schools o ON o.school_id = p.school_id
LEFT JOIN begun b ON b.school_id = p.school_id
WHERE p.kind = 'teacher' AND b.school_id IS NULL
""",
)

CHECKS = (TWICE, FAULTY, BIRTH_OR_SEX, TOO_YOUNG, RETIRED, NO_NUMBER, NO_SUBJECT, NO_DEGREE,
          NO_CERTIFICATE, NOT_BEGUN)  # fmt: skip
