"""What can be wrong with campus titles, told to the data-quality desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.chapters.moral_education.campus_titles.models import Level, TitleKind
from gengdu.registers.quality import checks
from gengdu.registers.quality.checks import Check, Severity, Subject
from gengdu.registers.quality.sqltext import in_force

TITLE = Subject(_("校园称号"), "school", "view_registers", "schools.School")

TWICE = Check(
    key="title_twice",
    title=_("同一校园称号登记了两次"),
    short=_("称号重复"),
    meaning=_("同一所学校同类同级的称号同时有两条有效记录，会被数两次。请删去重复的一条。"),
    subject=TITLE,
    severity=Severity.MUST,
    told=_("%(level)s%(kind)s有 %(titles)s 条有效记录"),
    words={"kind": dict(TitleKind.choices), "level": dict(Level.choices)},
    sql=f"""
SELECT c.school_id AS subject_id, c.school_id, c.kind, c.level, count(*) AS titles
FROM moral_education_campustitle c
WHERE c.state = 'approved' AND {in_force("c")}
GROUP BY c.school_id, c.kind, c.level
HAVING count(*) > 1
""",
)

checks.declare(TWICE)
