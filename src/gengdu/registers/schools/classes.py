"""The register of classes, declared: one row for each class of a school year."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.kernel import cells
from gengdu.records import sheets
from gengdu.records.sheets import Column, Part, Register
from gengdu.registers import scopes
from gengdu.registers.pupils.grade_cells import (
    STAGES,
    ClassCell,
    GradeLabel,
    end_of_year,
    resolve_grades,
)
from gengdu.registers.schools.models import SchoolClass
from gengdu.registers.schools.references import SchoolReference
from gengdu.registers.staff.cells import StaffReference

COLUMNS = (
    Column("school", "学校", "class", "school", SchoolReference(), required=True, listed=True,
           filtered=True, width=24, synonyms=("学校名称", "校名", "学校标识码", "学校代码"),
           example="示例小学"),
    Column("grade", "年级", "", "", cells.Text(20), required=True, listed=True, width=10,
           virtual=GradeLabel(), example="三年级", help="如 三年级、初一、大班，或 2024级"),
    Column("class_number", "班级", "class", "class_number", ClassCell(), required=True,
           listed=True, width=8, synonyms=("班", "班级名称", "班号"), example="1班"),
    Column("homeroom_teacher", "班主任", "class", "homeroom_teacher", StaffReference(),
           listed=True, width=12, synonyms=("班主任姓名",), help="姓名；同名的填工号"),
    Column("stage", "学段", "class", "stage", cells.Code(STAGES), internal=True, filtered=True),
    Column("grade_number", "年级（学段内）", "class", "grade", cells.Whole(0, 32_767),
           internal=True),
)  # fmt: skip

CLASSES = sheets.declare(
    Register(
        key="classes",
        label=_("班级"),
        unit=_("个班"),
        identity=None,
        parts=(Part("class", SchoolClass, _("班级"), ends=end_of_year),),
        columns=COLUMNS,
        keys=(("school", "stage", "grade_number", "class_number"),),
        view="view_registers",
        edit="edit_reports",
        order=("school", "stage", "grade_number", "class_number"),
        search=(),
        scope=scopes.own_schools,
        name="class_number",
        school="school",
        resolve=resolve_grades,
    )
)
