"""The records behind one cell of the matrix: teachers who count, or the figures of a report."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.access.scope import Viewer
from gengdu.analytics.quality_balance import resources
from gengdu.analytics.quality_balance.verdict import SchoolVerdict
from gengdu.analytics.run import Moment
from gengdu.board import names
from gengdu.board.drill import NotYours, readable
from gengdu.board.live import LiveIndicators, indicators
from gengdu.kernel.quantities import shown
from gengdu.registers.schools.models import FacilityReport

Rows = list[dict[str, Any]]
COUNTS_BY = {
    "qualified_teachers": "is_above", "lead_teachers": "is_lead",
    "sports_arts_teachers": "is_sports_arts",
}  # fmt: skip
"""The column that says whether a teacher counts for an indicator."""

FIGURES = {
    "teaching_area": (("teaching_area_m2", 1), ("indoor_sports_area_m2", -1)),
    "sports_area": (("sports_area_m2", 1),),
    "equipment_value": (("equipment_yuan", 1),),
    "multimedia_classrooms": (("multimedia_rooms", 1),),
}
"""The figures of the yearly report that an indicator adds up, with their sign."""

VISITING = ("visiting_pe_teachers", "visiting_music_teachers", "visiting_art_teachers",
            "visiting_arts_teachers")  # fmt: skip
DETAILS = {"subject": gettext_lazy("任教学科"), "degree_level": gettext_lazy("学历")}


@dataclass(frozen=True)
class TeacherLine:
    """One teacher of the stage; `counts` is 1, 0, or None where nobody said."""

    staff_id: int
    name: str
    subject: str
    degree: str
    counts: int | None


@dataclass(frozen=True)
class FigureLine:
    """One figure of the report; `sign` is 1 where it is added, -1 where it is taken off."""

    label: str
    value: Fraction | None
    sign: int

    @property
    def shown(self) -> str:
        """The figure, or a dash where it was not reported."""
        return shown(self.value, "per_pupil")


@dataclass(frozen=True)
class Behind:
    """What stands behind one cell.

    Attributes:
        counted: How many of the teachers count.
        report: The yearly report whose figures stand here, with the register's id of its school.
        figures: Its figures: for sports and arts teachers those who visit, where they count.
        total: What all of it comes to, as the cell has it; None where something is missing.
    """

    teachers: tuple[TeacherLine, ...]
    counted: int
    report: FacilityReport | None
    figures: tuple[FigureLine, ...]
    total: Fraction | None


def of(
    one: SchoolVerdict, school_id: int, name: str, moment: Moment, viewer: Viewer
) -> Behind:  # fmt: skip
    """Return the records behind one indicator of one stage of a school.

    Raises:
        NotYours: If they are outside the viewer's scope, or of a kind the viewer may not open.
    """
    sensitivity = "staff" if name in COUNTS_BY else "open"
    if not viewer.may_open(sensitivity, town_id=None, school_id=school_id):
        raise NotYours(name)
    teachers = _teachers(one, school_id, name, moment) if name in COUNTS_BY else ()
    measured = one.stage.measured[name]
    wanted = _figures_of(one, name, sum(line.counts == 1 for line in teachers))
    report = _report(school_id, moment) if wanted else None
    return Behind(
        teachers, sum(line.counts == 1 for line in teachers), report,
        tuple(_figure(report, field, sign) for field, sign in wanted),
        measured.resource if measured is not None else None,
    )  # fmt: skip


def _figures_of(one: SchoolVerdict, name: str, own: int) -> tuple[tuple[str, int], ...]:
    """Return which figures count; those who visit only where the cell counts them."""
    if name != "sports_arts_teachers":
        return FIGURES.get(name, ())
    measured = one.stage.measured[name]
    if measured is not None and measured.resource == own:
        return ()
    return tuple((field, 1) for field in VISITING)


def teachers_of(school_id: int, stage: str, moment: Moment) -> Rows:
    """Return the teachers of a stage of a school, with what each counts for, in order of subject.

    The caller has checked the viewer's right.
    """

    def listed(live: LiveIndicators) -> Rows:
        order = "school_id, stage, subject, staff_id"
        found: Rows = live.relation(resources.TEACHERS, moment, order=order).to_pylist()
        return found

    every = indicators.shown((resources.TEACHERS, moment), listed, is_list=True)
    return [row for row in every if row["school_id"] == school_id and row["stage"] == stage]


def _teachers(
    one: SchoolVerdict, school_id: int, name: str, moment: Moment
) -> tuple[TeacherLine, ...]:
    rows = teachers_of(school_id, one.stage.row.stage.value, moment)
    called = names.staff(row["staff_id"] for row in rows)
    lines = [
        TeacherLine(
            row["staff_id"], called.get(row["staff_id"], f"#{row['staff_id']}"),
            row["subject"] or "—", readable("degree_level", row["degree_level"]),
            row[COUNTS_BY[name]],
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: {1: 0, None: 1, 0: 2}[line.counts]))


def _report(school_id: int, moment: Moment) -> FacilityReport | None:
    """Return the report that the evaluation took: the newest of this school year or the last."""

    def listed(live: LiveIndicators) -> Rows:
        found: Rows = live.relation("facilities_on", moment, order="school_id").to_pylist()
        return found

    rows = indicators.shown(("facilities_on", moment), listed, is_list=True)
    year = next((row["year"] for row in rows if row["school_id"] == school_id), None)
    if year is None:
        return None
    reports = FacilityReport.objects.filter(school=school_id, year=year)
    if moment.known is not None:
        known = reports.filter(recorded_at__date__lte=moment.known)
        return known.exclude(superseded_at__date__lte=moment.known).first()
    return reports.filter(superseded_at=None).first()


def _figure(report: FacilityReport | None, field: str, sign: int) -> FigureLine:
    label = str(FacilityReport._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    value = getattr(report, field) if report is not None else None
    return FigureLine(label, None if value is None else Fraction(str(value)), sign)


def heading(behind: Behind, name: str) -> str:
    """Return how many or how much the records come to."""
    if name in COUNTS_BY:
        said = _("%(count)s 名教师计入") % {"count": behind.counted}
        visiting = sum((line.value or Fraction(0)) for line in behind.figures)
        return said + (_("，另加走教 %(count)s 名") % {"count": visiting} if visiting else "")
    return _("合计 %(total)s") % {"total": shown(behind.total, "per_pupil")}
