"""Classes that are too large, too small, or whose numbers have gaps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.registers.quality.checks import CLASS, Check, Severity

LIMIT = """CASE stage WHEN 'primary' THEN :primary WHEN 'junior' THEN :junior ELSE
    CASE grade WHEN 1 THEN :lower WHEN 2 THEN :middle ELSE :upper END END"""

TOO_LARGE = Check(
    key="class_too_large",
    title=_("班额超过标准"),
    short=_("班额超标"),
    meaning=_("班级人数超过标准班额。核对分班登记；确实超额的写明化解办法。"),
    subject=CLASS,
    severity=Severity.DOUBT,
    told=_("%(class)s有 %(pupils)s 人，标准不超过 %(most)s 人"),
    parameters={
        "primary": "class_size.primary",
        "junior": "class_size.junior",
        "lower": "class_size.kindergarten_lower",
        "middle": "class_size.kindergarten_middle",
        "upper": "class_size.kindergarten_upper",
    },
    sql=f"""
SELECT school_id AS subject_id, school_id, stage, grade, class_number, pupils, {LIMIT} AS most,
    school_system AS shown_school_system
FROM classes WHERE pupils > {LIMIT}
""",
)

TOO_SMALL = Check(
    key="class_too_small",
    title=_("班级人数过少"),
    short=_("人数过少"),
    meaning=_("班级只有几名学生，可能是班号写错。核对分班登记；确有这样的小班写明佐证。"),
    subject=CLASS,
    severity=Severity.DOUBT,
    told=_("%(class)s只有 %(pupils)s 人"),
    parameters={"fewest": "settings.quality_class_fewest"},
    sql="""
SELECT school_id AS subject_id, school_id, stage, grade, class_number, pupils,
    school_system AS shown_school_system
FROM classes WHERE pupils < :fewest
""",
)

NUMBERS_MISSING = Check(
    key="class_numbers_missing",
    title=_("班号不连续"),
    short=_("班号缺漏"),
    meaning=_("年级里有的班号没有学生，可能是班号写错或有一个班没有登记。"),
    subject=CLASS,
    severity=Severity.DOUBT,
    told=_("%(class)s登记了 %(classes)s 个班，班号却排到 %(highest)s"),
    sql="""
SELECT school_id AS subject_id, school_id, stage, grade, count(*) AS classes,
    max(class_number) AS highest, school_system AS shown_school_system
FROM classes
GROUP BY school_id, stage, grade, school_system
HAVING max(class_number) <> count(*)
""",
)

CHECKS = (TOO_LARGE, TOO_SMALL, NUMBERS_MISSING)
