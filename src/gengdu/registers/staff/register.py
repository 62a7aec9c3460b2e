"""The register of staff, declared: teacher_registry, principal_list and teacher_post_list.

What the three lists call by different names is one column. The code lists of 教职工来源,
教职工类别, 人员类型, 用人形式, 签订合同情况, 信息技术应用能力, 职称, 岗位等级, 教师资格类型,
骨干类型, 人员状态, 政治面貌, 婚姻状况 and 健康状况 were not found: these are kept as the file has
them. 学历 is kept as reported (`StaffRecord.education_level`); 骨干类型 is what a list says, while
titles granted by document stand in `StaffTitle`.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.kernel import cells
from gengdu.records import sheets
from gengdu.records.choices import SEX
from gengdu.records.sheets import Column, Part, Register
from gengdu.records.sounds import sound
from gengdu.registers import columns, scopes
from gengdu.registers.people import (
    IDENTITY_KIND_CELL,
    IDENTITY_SYNONYMS,
    CountryCode,
    DocumentNumber,
    identity_numbers,
)
from gengdu.registers.schools.references import SchoolReference
from gengdu.registers.staff import cells as own
from gengdu.registers.staff.models import Certificate, LeadershipTerm, Post, Staff, StaffRecord

WHO = (
    Column("school", "学校", "post", "school", SchoolReference(), required=True, listed=True,
           filtered=True, width=18,
           help="校名或10位学校标识码；整份名册同属一所学校的，上传时选定即可",
           synonyms=("学校名称", "学校标识码", "学校代码", "单位", "工作单位", "所在学校",
                     "任职学校")),
    Column("name", "姓名", "record", "name", cells.Text(40), required=True, listed=True, width=10,
           synonyms=("教师姓名", "教职工姓名"), example="示例李老师"),
    Column("sex", "性别", "record", "sex", SEX, required=True, listed=True, filtered=True,
           width=6, example="女"),
    Column("birth_date", "出生日期", "record", "birth_date", cells.Day(), required=True,
           synonyms=("出生年月日", "生日"), example="1990-07-09"),
    Column("identity_kind", "身份证件类型", "record", "identity_kind", IDENTITY_KIND_CELL,
           synonyms=("证件类型",)),
    Column("identity_number", "身份证件号", "record", "identity_number", DocumentNumber(),
           masking="identity_number", width=20, synonyms=IDENTITY_SYNONYMS,
           help="18位公民身份号码；其他证件照证件填写"),
    columns.text("employee_number", "教职工号", "record", length=30,
                 synonyms=("工号", "职工号", "教工号")),
    columns.text("former_name", "曾用名", "record"),
    Column("nationality", "国籍/地区", "record", "nationality", CountryCode(), width=8,
           synonyms=("国籍",)),
    columns.text("native_place", "籍贯", "record"),
    columns.text("birthplace", "出生地", "record"),
    columns.text("ethnicity", "民族", "record", length=20, width=8),
    columns.text("political_status", "政治面貌", "record", length=20, filtered=True),
    columns.day("party_joined_on", "参加党派时间", "record", synonyms=("入党时间", "入党日期")),
    columns.text("marital_status", "婚姻状况", "record", length=20),
    columns.text("health", "健康状况", "record", length=20),
    Column("phone", "手机号", "record", "phone", cells.Phone(), masking="phone", width=14,
           synonyms=("手机", "手机号码", "联系电话", "移动电话", "电话")),
    Column("office_phone", "办公电话", "record", "office_phone", cells.Phone(), width=14,
           synonyms=("办公室电话", "固定电话")),
    columns.text("email", "邮箱", "record", length=80, width=20,
                 synonyms=("电子邮箱", "电子信箱", "邮件")),
    columns.text("address", "住址", "record", length=120, width=24, masking="address",
                 synonyms=("家庭住址", "现住址", "家庭地址")),
)  # fmt: skip
WORK = (
    columns.day("work_started_on", "参加工作年月", "record",
                synonyms=("参加工作时间", "参加工作日期", "工作时间")),
    columns.day("teaching_started_on", "从教时间", "record", synonyms=("从教年月", "任教时间")),
    columns.day("joined_school_on", "进本校年月", "record",
                synonyms=("进本园年月", "进校时间", "入校时间", "到校时间")),
    columns.day("leadership_started_on", "任校级干部时间", "record"),
    columns.text("source", "教职工来源", "record"),
    columns.text("staff_category", "教职工类别", "record"),
    columns.text("person_kind", "人员类型", "record"),
    columns.yes_no("on_establishment", "是否在编", "record", "on_establishment", filtered=True,
                   synonyms=("在编",)),
    columns.text("employment_form", "用人形式", "record"),
    columns.text("contract_state", "签订合同情况", "record"),
    columns.text("state", "人员状态", "record", length=20, synonyms=("在岗状态", "教职工状态")),
)  # fmt: skip
POST = (
    Column("kind", "岗位", "post", "kind", own.KIND_CELL, required=True, listed=True,
           filtered=True, synonyms=("岗位类别",), example="专任教师",
           help="专任教师、保育员或职员工勤；未填时由“是否专任教”或“教职工类别”认定"),
    Column("is_full_time_teacher", "是否专任教", "", "", cells.YesNo(), writable=False,
           checked=True, virtual=own.IsFullTimeTeacher(), width=8, synonyms=("是否专任教师",)),
    columns.yes_no("is_teaching_post", "是否教学岗", "post", "is_teaching_post"),
    Column("stage", "任教学段", "post", "stage", own.STAGE_CELL, listed=True, filtered=True,
           width=8, synonyms=("学段",), example="小学"),
    Column("subject", "任教学科", "post", "subject", cells.Text(20), listed=True, filtered=True,
           width=10, synonyms=("学科", "教授科目", "任教科目", "所教学科", "任课学科"),
           example="语文"),
    columns.text("grades_taught", "任教年级", "post", synonyms=("年级",)),
    columns.text("duty", "职务角色", "post", synonyms=("行政职务", "职务", "党政职务")),
    columns.text("rank_class", "专业技术岗位等级分类", "post"),
    columns.text("rank", "专业技术岗位等级", "post"),
    columns.text("professional_title", "专业技术职称", "post",
                 synonyms=("职称", "专业技术职务")),
    columns.day("title_held_from", "职称聘用时间", "post", synonyms=("职称聘任时间",)),
    columns.text("salary_step", "薪级", "post", length=10, width=6),
)  # fmt: skip
SCHOOLING = (
    Column("education_level", "最高学历", "record", "education_level", own.LevelCell(),
           listed=True, filtered=True, width=10, synonyms=("学历", "文化程度"), example="本科",
           help="中专、专科、本科、硕士或博士；不知道取得日期的，视为一直具有"),
    columns.day("education_obtained_on", "最高学历取得日期", "record",
                synonyms=("毕业时间", "毕业日期", "学历取得时间")),
    columns.text("major", "所学专业", "record", length=60, synonyms=("专业",)),
    columns.text("graduated_from", "毕业学校", "record", length=60,
                 synonyms=("毕业院校", "毕业院校名称")),
    columns.yes_no("is_normal_graduate", "是否全日制师范类专业毕业", "record",
                   "is_normal_graduate"),
    columns.yes_no("is_preschool_graduate", "是否全日制学前教育专业毕业", "record",
                   "is_preschool_graduate"),
    columns.yes_no("is_special_graduate", "是否全日制特殊教育专业毕业", "record",
                   "is_special_graduate"),
    columns.yes_no("trained_in_preschool", "是否受过学前教育专业培养培训", "record",
                   "trained_in_preschool"),
    columns.yes_no("trained_in_special", "是否受过特教专业培养培训", "record",
                   "trained_in_special"),
    columns.yes_no("has_special_certificate", "是否有特殊教育从业证书", "record",
                   "has_special_certificate"),
    columns.day("special_since", "从事特教起始年月", "record"),
    columns.text("computing_ability", "信息技术应用能力", "record"),
    columns.yes_no("is_funded_trainee", "是否属于免费（公费）师范生", "record", "is_funded_trainee",
                   synonyms=("是否公费师范生", "是否免费师范生")),
    columns.yes_no("served_grassroots", "是否参加基层服务项目", "record", "served_grassroots"),
    columns.day("grassroots_from", "参加基层服务项目起始年月", "record"),
    columns.day("grassroots_until", "参加基层服务项目结束年月", "record"),
)  # fmt: skip
STANDING = (
    columns.yes_no("is_special_rank", "是否是特级教师", "record", "is_special_rank",
                   synonyms=("是否特级教师",)),
    columns.yes_no("is_lead_teacher", "是否是县级及以上骨干教师", "record", "is_lead_teacher",
                   synonyms=("是否县级及以上骨干教师", "是否骨干教师")),
    columns.text("lead_kind", "骨干类型", "record", synonyms=("骨干教师类型",)),
    columns.yes_no("is_psychology_teacher", "是否心理健康教育教师", "record",
                   "is_psychology_teacher"),
    columns.yes_no("is_double_skilled", "是否“双师型”教师", "record", "is_double_skilled",
                   synonyms=("是否双师型教师", '是否"双师型"教师')),
    columns.yes_no("has_vocational_certificate", "是否具备职业技能等级证书", "record",
                   "has_vocational_certificate"),
    columns.text("enterprise_months", "企业工作（实践）时长", "record", length=20),
    columns.text("mandarin_level", "普通话水平", "record", length=20,
                 synonyms=("普通话等级",)),
    Column("code", "教职工编号", sheets.IDENTITY, "staff_code", cells.Text(20), width=14,
           help="系统自编的编号，新登记的留空"),
    columns.text("note", "备注", "record", length=200, width=24),
)  # fmt: skip
CERTIFICATE = (
    columns.text("certificate_kind", "教师资格类型", "certificate", "kind",
                 synonyms=("教师资格", "教师资格种类", "教师资格证类型")),
    columns.text("certificate_number", "资格证编号", "certificate", "number", width=20,
                 synonyms=("教师资格证编号", "教师资格证号", "教师资格证书号码")),
    columns.text("certificate_subject", "资格取得学科", "certificate", "subject",
                 synonyms=("教师资格学科", "资格学科")),
    Column("certificate_issued_on", "证书颁发日期", "certificate", "issued_on",
           cells.DayOrMonth(), synonyms=("教师资格证颁发日期",)),
    Column("certificate_registered_on", "首次注册日期", "certificate", "registered_on",
           cells.DayOrMonth(), synonyms=("教师资格首次注册日期",)),
)  # fmt: skip
LEADERSHIP = (
    Column("leader_role", "校长任职", "leadership", "role", own.ROLE_CELL, writable=False,
           filtered=True),
    Column("leader_since", "任期起始日", "leadership", "starts_on", cells.Day(), writable=False),
    Column("leader_until", "任期届满日", "leadership", "full_term_ends_on", cells.Day(),
           writable=False),
)  # fmt: skip

FROM_SCHOOL = "由学校所在地确定，不另外登记"

STAFF = sheets.declare(
    Register(
        key="staff",
        label=_("教职工"),
        unit=_("名教职工"),
        identity=Staff,
        parts=(
            Part("post", Post, _("任职"), "staff", needs="school"),
            Part("record", StaffRecord, _("基本信息"), "staff", needs="name",
                 computed={"name_sound": lambda row: sound(row["name"])}),
            Part("certificate", Certificate, _("教师资格"), "staff", {"position": 1}),
            Part("leadership", LeadershipTerm, _("校长任期"), "staff", is_read_only=True),
        ),
        columns=(*WHO, *POST, *WORK, *SCHOOLING, *STANDING, *CERTIFICATE, *LEADERSHIP),
        keys=(("code",), ("identity_number",)),
        weak_keys=(("name", "phone"),),
        view="view_staff",
        edit="edit_staff",
        order=("school", "kind", "name"),
        search=("name", "identity_number", "employee_number", "phone"),
        sounds="record__name_sound",
        scope=scopes.own_schools,
        name="name",
        school="school",
        resolve=own.resolve,
        rules=(identity_numbers, own.days_in_order, own.known_degrees),
        code=lambda number: {"staff_code": f"T{number:09d}"},
        layouts=("teacher_registry", "principal_list", "teacher_post_list"),
        ignored=dict.fromkeys(("省", "市", "区县", "区（县）", "县区"), FROM_SCHOOL)
        | {"序号": "只是行号", "年龄": "由出生日期算出"},
    )
)  # fmt: skip
