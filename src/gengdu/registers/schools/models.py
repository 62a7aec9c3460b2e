"""Schools, what they were over time, what happened to them, and what they have."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records import fields
from gengdu.records.models import Dated, NoOverlap, Recorded


class Category(models.TextChoices):
    """Kind of institution."""

    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初级中学")
    NINE_YEAR = "nine_year", _("九年一贯制学校")
    TWELVE_YEAR = "twelve_year", _("十二年一贯制学校")
    COMPLETE_SECONDARY = "complete_secondary", _("完全中学")
    TEACHING_POINT = "teaching_point", _("教学点")
    SPECIAL = "special", _("特殊教育学校")


class Stage(models.TextChoices):
    """Stage of schooling."""

    PRESCHOOL = "preschool", _("学前")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")


class Sponsor(models.TextChoices):
    """Who runs a school, by the codes of the national form (standards.md §1.3)."""

    CENTRAL_EDUCATION = "1", _("中央教育部门")
    CENTRAL_OTHER = "2", _("中央其他部门")
    PROVINCE_EDUCATION = "3", _("省级教育部门")
    PROVINCE_OTHER = "4", _("省级其他部门")
    CITY_EDUCATION = "5", _("地级教育部门")
    CITY_OTHER = "6", _("地级其他部门")
    COUNTY_EDUCATION = "7", _("县级教育部门")
    COUNTY_OTHER = "8", _("县级其他部门")
    LOCAL_ENTERPRISE = "9", _("地方企业")
    PRIVATE = "10", _("民办")


class School(models.Model):
    """One school or kindergarten whose identity outlives its names and codes."""

    is_sample = models.BooleanField(_("示例"), default=False)

    class Meta:
        verbose_name = _("学校")


class SchoolProfile(Dated):
    """What a school was over a period; it is open on the days that some profile covers.

    The plan flag, the place and the urban-rural class are three different facts, and none is
    derived from another.
    """

    school = models.ForeignKey(
        School, models.PROTECT, related_name="profiles", verbose_name=_("学校")
    )
    name = models.CharField(_("校名"), max_length=80)
    identifier = models.CharField(_("学校标识码"), max_length=10, blank=True)
    category = models.CharField(_("办学类型"), max_length=20, choices=Category)
    sponsor = models.CharField(
        _("举办者类型"), max_length=2, choices=Sponsor, default=Sponsor.COUNTY_EDUCATION
    )
    social_credit_code = fields.text(_("统一社会信用代码"), 18)
    village = models.ForeignKey(
        "places.Place", models.PROTECT, related_name="+", verbose_name=_("所在村居")
    )
    urban_rural_class = models.CharField(_("城乡分类代码"), max_length=3, blank=True)
    in_plan = models.BooleanField(_("列入乡村学校名单"))
    at_town_seat = models.BooleanField(_("乡镇驻地学校"), default=False)
    is_public = models.BooleanField(_("公办"), default=True)
    school_system = models.CharField(_("学制"), max_length=20)
    has_boarding = fields.yes_no(_("寄宿制"))
    built_in = models.PositiveSmallIntegerField(_("建校时间（年）"), null=True, blank=True)
    address = fields.text(_("地址"), 120)
    phone = fields.text(_("联系电话"), 30)

    on_school_end = "ends"

    class Meta(Dated.Meta):
        verbose_name = _("学校情况")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["school"], name="one_profile_per_school"),
        ]


class Campus(Dated):
    """A site of a school; every school has at least one."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="campuses", verbose_name=_("学校")
    )
    name = models.CharField(_("校区"), max_length=60)
    address = fields.text(_("地址"), 120)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)

    on_school_end = "ends"

    class Meta(Dated.Meta):
        verbose_name = _("校区")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["school", "name"], name="one_campus_per_name"),
        ]


class SchoolStage(Dated):
    """A stage that a school teaches over a period."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="stages", verbose_name=_("学校")
    )
    stage = models.CharField(_("学段"), max_length=10, choices=Stage)

    on_school_end = "ends"

    class Meta(Dated.Meta):
        verbose_name = _("学段")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["school", "stage"], name="one_stage_per_school"),
        ]


class SchoolEventKind(models.TextChoices):
    """What can happen to a school."""

    OPENED = "opened", _("设立")
    CLOSED = "closed", _("撤销")
    MERGED = "merged", _("并入他校")
    SPLIT = "split", _("分设新校")
    RENAMED = "renamed", _("更名")
    MOVED = "moved", _("迁址")
    RECODED = "recoded", _("变更类型或标识码")


class SchoolEvent(Recorded):
    """Something that happened to a school on one day."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="events", verbose_name=_("学校")
    )
    successor = models.ForeignKey(
        School, models.PROTECT, related_name="+", verbose_name=_("承接学校"), null=True, blank=True
    )
    kind = models.CharField(_("事件"), max_length=10, choices=SchoolEventKind)
    happened_on = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    on_school_end = "stays"

    class Meta:
        verbose_name = _("学校变动")


class SchoolClass(Dated):
    """One class of one school year, with the teacher who looks after it."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="classes", verbose_name=_("学校")
    )
    stage = models.CharField(_("学段"), max_length=10, choices=Stage)
    grade = models.PositiveSmallIntegerField(_("年级（学段内）"))
    class_number = models.PositiveSmallIntegerField(_("班"))
    homeroom_teacher = models.ForeignKey(
        "staff.Staff", models.PROTECT, related_name="+", verbose_name=_("班主任"),
        null=True, blank=True,
    )  # fmt: skip

    on_school_end = "carries_on"

    class Meta(Dated.Meta):
        verbose_name = _("班级")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(
                fields=["school", "stage", "grade", "class_number"], name="one_class_per_number"
            ),
        ]


class FacilityReport(Recorded):
    """What a school had in one school year, as it reported it; an empty cell is not reported.

    The items are those of the yearly form quality_balance_school (data README, source QB) and the
    network items of measure 10. Counts that the registers know as well are kept as reported
    (`reported_…`), so that the data-quality desk can hold them against the registers.
    """

    school = models.ForeignKey(
        School, models.PROTECT, related_name="facilities", verbose_name=_("学校")
    )
    year = models.PositiveSmallIntegerField(_("学年（起始年）"))
    teaching_area_m2 = fields.number(_("教学及辅助用房面积（㎡）"))
    indoor_sports_area_m2 = fields.number(_("室内体育用房面积（㎡）"))
    sports_area_m2 = fields.number(_("体育运动场馆面积（㎡）"))
    equipment_yuan = fields.number(_("教学仪器设备值（元，账面原值）"))
    multimedia_rooms = models.PositiveSmallIntegerField(
        _("网络多媒体教室（间）"), null=True, blank=True
    )
    school_bandwidth_mbps = fields.count(_("进校带宽（Mbps）"))
    class_bandwidth_mbps = fields.count(_("进班带宽（Mbps）"))
    recording_classrooms = models.PositiveSmallIntegerField(
        _("录播室（间）"), null=True, blank=True
    )
    on_sky_classroom = fields.yes_no(_("已对接空中课堂"))
    planned_by_2010 = fields.yes_no(_("2010年及之前规划并建成"))
    planned_by_2016 = fields.yes_no(_("2016年及之前规划并建成"))
    in_dense_centre = fields.yes_no(_("人口密度过高的大城市中心城区学校"))
    migrant_worker_children = fields.count(_("进城务工人员随迁子女在校生（人）"))
    primary_in_zone = fields.count(_("家庭住址在划片范围内的小学生（人）"))
    junior_in_zone = fields.count(_("家庭住址在划片范围内的初中生（人）"))
    gymnasium_area_m2 = fields.number(_("体育馆面积（㎡）"))
    outdoor_sports_area_m2 = fields.number(_("校内体育场面积（㎡）"))
    leased_sports_area_m2 = fields.number(_("校外租赁场馆面积（㎡）"))
    other_sports_area_m2 = fields.number(_("校内其他体育场面积（㎡）"))
    music_rooms = fields.count(_("音乐教室（间）"))
    music_rooms_from_96_m2 = fields.count(_("单间面积≥96㎡的音乐教室（间）"))
    music_rooms_from_73_m2 = fields.count(_("73㎡≤单间面积＜96㎡的音乐教室（间）"))
    music_rooms_from_61_m2 = fields.count(_("61㎡≤单间面积＜73㎡的音乐教室（间）"))
    art_rooms = fields.count(_("美术教室（间）"))
    art_rooms_from_90_m2 = fields.count(_("单间面积≥90㎡的美术教室（间）"))
    art_rooms_from_67_m2 = fields.count(_("67㎡≤单间面积＜90㎡的美术教室（间）"))
    art_rooms_from_61_m2 = fields.count(_("61㎡≤单间面积＜67㎡的美术教室（间）"))
    public_funds_budget_yuan = fields.number(_("上一年度公用经费预算总额（元）"))
    public_funds_spent_yuan = fields.number(_("上一年度公用经费决算总额（元）"))
    training_budget_yuan = fields.number(_("上一年度教师培训经费预算总额（元）"))
    visiting_pe_teachers = fields.count(_("体育交流轮岗/兼职/走教教师（人）"))
    visiting_music_teachers = fields.count(_("音乐交流轮岗/兼职/走教教师（人）"))
    visiting_art_teachers = fields.count(_("美术交流轮岗/兼职/走教教师（人）"))
    visiting_arts_teachers = fields.count(_("艺术交流轮岗/兼职/走教教师（人）"))
    graduates = fields.count(_("本届毕业学生（人）"))
    graduates_first_year = fields.count(_("毕业年级初一时在校学生（人）"))
    graduates_moved_in = fields.count(_("毕业年级三年转入学生（人）"))
    graduates_moved_out = fields.count(_("毕业年级三年转出学生（人）"))
    graduates_died = fields.count(_("毕业年级三年死亡学生（人）"))
    is_small_rural_school = fields.yes_no(_("50人及以上不足100人的乡村小规模学校和教学点"))
    has_small_classes_only = fields.yes_no(_("最大班额低于30人的农村小规模学校"))
    reported_primary_pupils = fields.count(_("小学生（人，上报）"))
    reported_junior_pupils = fields.count(_("初中生（人，上报）"))
    reported_classes = fields.count(_("班级总数（个，上报）"))
    reported_classes_to_25 = fields.count(_("25人及以下的班（个，上报）"))
    reported_classes_26_30 = fields.count(_("26至30人的班（个，上报）"))
    reported_classes_31_35 = fields.count(_("31至35人的班（个，上报）"))
    reported_classes_36_40 = fields.count(_("36至40人的班（个，上报）"))
    reported_classes_41_45 = fields.count(_("41至45人的班（个，上报）"))
    reported_classes_46_50 = fields.count(_("46至50人的班（个，上报）"))
    reported_classes_51_55 = fields.count(_("51至55人的班（个，上报）"))
    reported_classes_56_60 = fields.count(_("56至60人的班（个，上报）"))
    reported_classes_61_65 = fields.count(_("61至65人的班（个，上报）"))
    reported_classes_from_66 = fields.count(_("66人及以上的班（个，上报）"))
    reported_teachers = fields.count(_("专任教师（人，上报）"))
    reported_college_primary = fields.count(_("专科学历小学教师（人，上报）"))
    reported_bachelor_primary = fields.count(_("本科学历小学教师（人，上报）"))
    reported_bachelor_junior = fields.count(_("本科学历初中教师（人，上报）"))
    reported_master_primary = fields.count(_("硕士学历小学教师（人，上报）"))
    reported_master_junior = fields.count(_("硕士学历初中教师（人，上报）"))
    reported_doctor_primary = fields.count(_("博士学历小学教师（人，上报）"))
    reported_doctor_junior = fields.count(_("博士学历初中教师（人，上报）"))
    reported_lead_teachers = fields.count(_("县级及以上骨干教师（人，上报）"))
    reported_certified_teachers = fields.count(_("持教师资格证的专任教师（人，上报）"))
    reported_trained_teachers = fields.count(_("近5年培训满360学时的专任教师（人，上报）"))
    reported_pe_teachers = fields.count(_("体育专任教师（人，上报）"))
    reported_music_teachers = fields.count(_("音乐专任教师（人，上报）"))
    reported_art_teachers = fields.count(_("美术专任教师（人，上报）"))
    reported_arts_teachers = fields.count(_("艺术专任教师（人，上报）"))

    # What 普及普惠 asks of kindergartens.
    outdoor_activity_area_m2 = fields.number(_("幼儿园户外活动场地面积（㎡）"))
    activity_room_area_m2 = fields.number(_("幼儿活动用房面积（㎡）"))
    building_area_m2 = fields.number(_("幼儿园园舍建筑面积（㎡）"))
    picture_books = fields.count(_("幼儿图书（册）"))
    planned_in = models.PositiveSmallIntegerField(_("幼儿园规划设计年份"), null=True, blank=True)

    # A report stays with the school that made it.
    on_school_end = "stays"

    class Meta:
        verbose_name = _("办学条件年报")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"],
                condition=models.Q(superseded_at=None),
                name="one_facility_report_per_year",
            )
        ]


class CountyReport(Recorded):
    """What the county itself reports once a year for the quality-balance evaluation (source QB).

    The last items are those of table Ⅰ of the national form, which no register knows.
    """

    year = models.PositiveSmallIntegerField(_("年度"))
    primary_funds_per_pupil_yuan = fields.number(_("规定的小学生均公用经费标准（元）"))
    junior_funds_per_pupil_yuan = fields.number(_("规定的初中生均公用经费标准（元）"))
    special_school_funds_yuan = fields.number(_("特殊教育学校经费总额（元）"))
    special_school_pupils = fields.count(_("特殊教育学校学生（人）"))
    teacher_pay_yuan = fields.number(_("上年度义务教育学校教师年平均工资收入（元，不含民办）"))
    civil_servant_pay_yuan = fields.number(_("当地公务员年平均工资收入（元）"))
    exchange_eligible_teachers = fields.count(_("符合交流条件教师（人）"))
    exchanged_teachers = fields.count(_("实际交流轮岗教师（人）"))
    exchanged_lead_teachers = fields.count(_("实际交流骨干教师（人）"))
    good_senior_places = fields.count(_("优质高中招生计划（人）"))
    good_senior_places_allotted = fields.count(_("优质高中招生分配指标（人）"))
    good_senior_places_rural = fields.count(_("向农村学校分配指标（人）"))
    migrant_children_eligible = fields.count(_("符合条件的随迁子女（人）"))
    migrant_children_public = fields.count(_("在公办学校就读的随迁子女（人）"))
    migrant_children_bought = fields.count(_("在政府购买服务的民办学校就读的随迁子女（人）"))
    disabled_children = fields.count(_("适龄残疾儿童少年（人）"))
    disabled_children_enrolled = fields.count(_("适龄残疾儿童少年入学（人）"))
    disabled_in_special_schools = fields.count(_("其中在特殊教育学校就读（人）"))
    population_10k = fields.number(_("常住人口总数（万人）"))
    rural_population_10k = fields.number(_("农业人口数（万人）"))
    administrative_villages = fields.count(_("行政村数（个）"))
    product_per_person_yuan = fields.number(_("年人均国内生产总值（元）"))
    revenue_per_person_yuan = fields.number(_("年人均地方财政收入（元）"))
    farmer_income_yuan = fields.number(_("农民年人均纯收入（元）"))
    resident_income_yuan = fields.number(_("城镇居民年人均可支配收入（元）"))

    class Meta:
        verbose_name = _("区县年报")
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=models.Q(superseded_at=None),
                name="one_county_report_per_year",
            )
        ]
