"""The register of schools, declared: the list school_list and what the plan asks of a school.

学生数, 教师数 and 校长 are facts of other registers, and 城乡类型 follows from the class of three
digits: a file's are held against them and never stored.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.kernel import cells
from gengdu.records import sheets
from gengdu.records.sheets import Column, Part, Register
from gengdu.registers import columns, scopes
from gengdu.registers.places.references import PlaceReference
from gengdu.registers.pupils.grade_cells import STAGES
from gengdu.registers.schools import cells as own
from gengdu.registers.schools import rules
from gengdu.registers.schools.models import Campus, School, SchoolProfile, SchoolStage
from gengdu.registers.schools.stage_list import StageList

NAMED = ("name", "identifier")

PROFILE = (
    Column("name", "学校名称", "profile", "name", cells.Text(80), required=True, listed=True,
           width=24, synonyms=("校名", "学校", "园名", "幼儿园名称"), example="示例小学",
           help="与印章一致的全称"),
    Column("identifier", "学校标识码", "profile", "identifier", cells.SchoolIdentifier(),
           listed=True, width=14, synonyms=("学校代码", "机构标识码", "学校（机构）标识码"),
           help="10位数字，从学校（机构）代码表复制", example="2137000001"),
    Column("category", "办学类型", "profile", "category", own.CATEGORY_CELL, required=True,
           listed=True, filtered=True, width=14, synonyms=("学校类型", "学校类别", "办学类别"),
           example="小学"),
    Column("stages", "学段", "", "", cells.Text(40), listed=True, width=12, virtual=StageList(),
           synonyms=("办学学段",), help="不填时按办学类型登记；有附设班的写全，如“学前、小学”"),
    Column("is_public", "办学性质", "profile", "is_public", own.OwnershipCell(), listed=True,
           filtered=True, width=8, synonyms=("公民办", "公办民办"), example="公办"),
    Column("sponsor", "举办者类型", "profile", "sponsor", own.SPONSOR_CELL, width=14,
           synonyms=("举办者", "办别", "学校举办者类型")),
    Column("social_credit_code", "统一社会信用代码", "profile", "social_credit_code",
           cells.Uscc(), width=20, synonyms=("信用代码",)),
    Column("village", "所在村居", "profile", "village", PlaceReference(), required=True,
           listed=True, width=16, synonyms=("所在村", "所在社区", "村居"),
           help="村居名称或12位区划代码；新登记的可由地址认出"),
    Column("urban_rural_class", "城乡分类代码", "profile", "urban_rural_class", own.CLASS_CELL,
           filtered=True, width=8, help="3位代码，如 111 主城区、220 村庄"),
    columns.yes_no("in_plan", "列入乡村学校名单", "profile", "in_plan", listed=True,
                   filtered=True, synonyms=("乡村学校名单", "是否乡村学校"),
                   help="方案所说的乡村学校；与城乡分类代码是两回事"),
    columns.yes_no("at_town_seat", "乡镇驻地学校", "profile", "at_town_seat", filtered=True,
                   synonyms=("是否乡镇驻地学校",)),
    Column("school_system", "学制", "profile", "school_system", own.SYSTEM_CELL, width=8,
           example="五四学制"),
    columns.yes_no("has_boarding", "寄宿制", "profile", "has_boarding", filtered=True,
                   synonyms=("是否寄宿制学校", "寄宿制学校")),
    Column("built_in", "建校时间", "profile", "built_in", own.YearCell(), width=8,
           synonyms=("建校年份", "建校年月"), help="年份"),
    columns.text("address", "地址", "profile", length=120, width=24,
                 synonyms=("学校地址", "详细地址")),
    Column("phone", "联系电话", "profile", "phone", cells.Phone(), width=14,
           synonyms=("学校电话", "办公电话", "电话")),
)  # fmt: skip
SITE = (
    Column("campus_name", "校区", "campus", "name", cells.Text(60), internal=True),
    columns.text("campus_address", "本部地址", "campus", "address", 120, width=24,
                 help="与学校地址不同时填"),
    Column("latitude", "纬度", "campus", "latitude", cells.Number(3, 54, 6), width=10,
           help="WGS-84 坐标，十进制度"),
    Column("longitude", "经度", "campus", "longitude", cells.Number(73, 136, 6), width=10,
           help="WGS-84 坐标，十进制度"),
)  # fmt: skip
TAUGHT = tuple(
    Column(f"teaches_{stage}", f"办{label}", f"stage_{stage}", "stage", cells.Code(STAGES),
           internal=True)
    for stage, label in STAGES.items()
)  # fmt: skip
CHECKED = (
    Column("county_code", "区县代码", "", "", cells.AreaCode(), writable=False, checked=True,
           virtual=own.OwnCounty("code"), width=8),
    Column("zone", "城乡类型", "", "", own.ZONE_CELL, writable=False, checked=True,
           virtual=own.Zone(), width=8),
    Column("head", "校长", "", "", cells.Text(40), writable=False, checked=True,
           virtual=own.Known(NAMED, own.heads), width=10, synonyms=("园长", "校长姓名")),
    Column("pupils", "学生数", "", "", cells.Whole(), writable=False, checked=True, width=8,
           virtual=own.Known(NAMED, own.pupils), synonyms=("在校生数", "学生人数")),
    Column("teachers", "教师数", "", "", cells.Whole(), writable=False, checked=True, width=8,
           virtual=own.Known(NAMED, own.teachers), synonyms=("专任教师数", "教师人数")),
)  # fmt: skip

SCHOOLS = sheets.declare(
    Register(
        key="schools",
        label=_("学校登记"),
        unit=_("所学校"),
        identity=School,
        parts=(
            Part("profile", SchoolProfile, _("学校情况"), "school", needs="name"),
            Part("campus", Campus, _("本部"), "school", {"name": rules.MAIN_CAMPUS}),
            *(Part(f"stage_{stage}", SchoolStage, label, "school", {"stage": stage})
              for stage, label in STAGES.items()),
        ),
        columns=(*PROFILE, *SITE, *CHECKED, *TAUGHT),
        keys=(("identifier",), ("name",)),
        view="view_registers",
        edit="edit_schools",
        order=("category", "name"),
        search=("name", "identifier", "address"),
        scope=scopes.everything,
        name="name",
        resolve=rules.resolve,
        rules=(rules.no_former_names, rules.credit_codes, rules.sponsor_and_ownership,
               rules.held_against_the_registers),
        layouts=("school_list",),
        ignored={
            "区县名称": "由区县代码核对",
            "区县类型": "是区县的情况，不是学校的",
            "序号": "只是行号",
        },
    )
)  # fmt: skip
