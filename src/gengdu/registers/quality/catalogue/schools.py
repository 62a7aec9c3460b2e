"""Schools: who leads them, where they are, and what they are called by."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.registers.quality.checks import SCHOOL, Check, Severity
from gengdu.registers.quality.sqltext import in_force, is_digits

_HEADS = f"""
    SELECT t.school_id, count(DISTINCT t.staff_id) AS heads
    FROM staff_leadershipterm t
    WHERE t.role = 'head' AND {in_force("t")}
    GROUP BY t.school_id"""

TWO_HEADS = Check(
    key="school_two_heads",
    title=_("一所学校同时有两名校长"),
    short=_("两名校长"),
    meaning=_("前任的任期没有结束，或职务登记有误。请结束前任任期。"),
    subject=SCHOOL,
    severity=Severity.MUST,
    told=_("同时有 %(heads)s 名校长在任"),
    sql=f"""
WITH led AS ({_HEADS})
SELECT o.school_id AS subject_id, o.school_id, l.heads
FROM open_schools o JOIN led l ON l.school_id = o.school_id
WHERE l.heads > 1
""",
)

NO_HEAD = Check(
    key="school_no_head",
    title=_("学校没有校长"),
    short=_("无校长"),
    meaning=_("当天没有在任的校长（园长）。登记任期；确实空缺的写明佐证。"),
    subject=SCHOOL,
    severity=Severity.MUST,
    told=_("没有在任的校长（园长）"),
    sql=f"""
WITH led AS ({_HEADS})
SELECT o.school_id AS subject_id, o.school_id
FROM open_schools o LEFT JOIN led l ON l.school_id = o.school_id
WHERE l.school_id IS NULL
""",
)

NO_COORDINATES = Check(
    key="school_no_coordinates",
    title=_("校区没有坐标"),
    short=_("缺坐标"),
    meaning=_("没有坐标就不上地图，也算不出上学路程。在底册的校区里补录经纬度。"),
    subject=SCHOOL,
    severity=Severity.MUST,
    told=_("校区“%(campus)s”没有经纬度"),
    words={"campus": {"": _("未登记")}},
    sql=f"""
SELECT o.school_id AS subject_id, o.school_id, coalesce(c.name, '') AS campus
FROM open_schools o
LEFT JOIN schools_campus c ON c.school_id = o.school_id AND {in_force("c")}
WHERE c.latitude IS NULL OR c.longitude IS NULL
""",
)

NO_VILLAGE = Check(
    key="school_no_village",
    title=_("学校所在村居已失效"),
    short=_("村居失效"),
    meaning=_("登记的村居当天不存在，或不是村居一级。改为现在的村居，城乡分类和镇街都由它定。"),
    subject=SCHOOL,
    severity=Severity.MUST,
    told=_("所在村居当天没有有效记录"),
    sql=f"""
SELECT o.school_id AS subject_id, o.school_id, o.village_id AS place
FROM open_schools o
JOIN places_place p ON p.id = o.village_id
LEFT JOIN places_placerecord r ON r.place_id = o.village_id AND {in_force("r")}
WHERE r.id IS NULL OR p.kind <> 'village'
""",
)

NO_IDENTIFIER = Check(
    key="school_no_identifier",
    title=_("学校没有标识码"),
    short=_("缺标识码"),
    meaning=_("从学校（机构）代码表补录10位标识码。"),
    subject=SCHOOL,
    severity=Severity.MUST,
    told=_("没有登记学校标识码"),
    sql="""
SELECT school_id AS subject_id, school_id FROM open_schools WHERE identifier = ''
""",
)

IDENTIFIER_FAULTY = Check(
    key="school_identifier_faulty",
    title=_("学校标识码有误或重复"),
    short=_("标识码误"),
    meaning=_("标识码为10位数字，一校一码。从学校（机构）代码表复制。"),
    subject=SCHOOL,
    severity=Severity.MUST,
    told=_("标识码 %(identifier)s：%(fault)s"),
    words={"fault": {"form": _("不是10位数字"), "twice": _("另有在办学校使用")}},
    sql=f"""
WITH used AS (
    SELECT identifier, count(*) AS schools FROM open_schools GROUP BY identifier
), read AS (
    SELECT o.school_id, o.identifier,
        CASE WHEN length(o.identifier) <> 10 OR NOT {is_digits("o.identifier")} THEN 'form'
        WHEN u.schools > 1 THEN 'twice' ELSE '' END AS fault
    FROM open_schools o JOIN used u ON u.identifier = o.identifier
    WHERE o.identifier <> ''
)
SELECT school_id AS subject_id, school_id, identifier, fault FROM read WHERE fault <> ''
""",
)

NO_PUPILS = Check(
    key="school_no_pupils",
    title=_("在办学校没有在籍学生"),
    short=_("无学生"),
    meaning=_("学校当天在办，却没有一名在籍学生。导入学生，或登记停办。"),
    subject=SCHOOL,
    severity=Severity.DOUBT,
    told=_("没有在籍学生"),
    sql="""
WITH filled AS (SELECT DISTINCT school_id FROM enrolled)
SELECT o.school_id AS subject_id, o.school_id
FROM open_schools o LEFT JOIN filled f ON f.school_id = o.school_id
WHERE f.school_id IS NULL
""",
)

CHECKS = (TWO_HEADS, NO_HEAD, NO_COORDINATES, NO_VILLAGE, NO_IDENTIFIER, IDENTIFIER_FAULTY,
          NO_PUPILS)  # fmt: skip
