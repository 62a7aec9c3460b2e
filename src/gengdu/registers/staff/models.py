"""Staff: who they are, where they work, what they have learnt and led."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records import fields
from gengdu.records.models import Dated, NoOverlap, Recorded


class Sex(models.TextChoices):
    """Sex as the identity card has it."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")


class DegreeLevel(models.IntegerChoices):
    """Highest schooling completed; a higher number is a higher level."""

    SECONDARY = 1, _("中专（中师）")
    COLLEGE = 2, _("专科")
    BACHELOR = 3, _("本科")
    MASTER = 4, _("硕士研究生")
    DOCTOR = 5, _("博士研究生")


class Staff(models.Model):
    """One member of staff, whatever is known of them: a number of our own that never changes."""

    staff_code = models.CharField(_("工号"), max_length=20, unique=True)

    class Meta:
        verbose_name = _("教职工")


class StaffRecord(Recorded):
    """What is known of one member of staff; a correction supersedes it and records another.

    The items are those of the national template teacher_registry and of the lists
    principal_list and teacher_post_list (data README, sources TCH and TCH2).

    `education_level` is the highest schooling as lists report it, mostly without the day on which
    it was completed; `Degree` holds the levels whose day is on paper. A reported level without a
    day counts as held all along, since nearly everybody had it before taking up work; whoever
    knows the day fills it in, and the past counts right.
    """

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="records", verbose_name=_("教职工")
    )
    name = models.CharField(_("姓名"), max_length=40)
    sex = models.CharField(_("性别"), max_length=6, choices=Sex)
    birth_date = models.DateField(_("出生日期"))
    identity_number = fields.text(_("身份证件号"), 18)
    identity_kind = fields.text(_("身份证件类型"), 2)
    former_name = fields.text(_("曾用名"))
    nationality = fields.text(_("国籍/地区"), 3)
    native_place = fields.text(_("籍贯"))
    birthplace = fields.text(_("出生地"))
    ethnicity = fields.text(_("民族"), 20)
    political_status = fields.text(_("政治面貌"), 20)
    party_joined_on = fields.day(_("参加党派时间"))
    marital_status = fields.text(_("婚姻状况"), 20)
    health = fields.text(_("健康状况"), 20)
    phone = fields.text(_("手机号"), 30)
    office_phone = fields.text(_("办公电话"), 30)
    email = fields.text(_("邮箱"), 80)
    address = fields.text(_("住址"), 120)
    work_started_on = fields.day(_("参加工作年月"))
    teaching_started_on = fields.day(_("从教时间"))
    joined_school_on = fields.day(_("进本校年月"))
    leadership_started_on = fields.day(_("任校级干部时间"))
    source = fields.text(_("教职工来源"))
    staff_category = fields.text(_("教职工类别"))
    on_establishment = fields.yes_no(_("是否在编"))
    employment_form = fields.text(_("用人形式"))
    contract_state = fields.text(_("签订合同情况"))
    major = fields.text(_("所学专业"), 60)
    graduated_from = fields.text(_("毕业学校"), 60)
    is_normal_graduate = fields.yes_no(_("全日制师范类专业毕业"))
    is_preschool_graduate = fields.yes_no(_("全日制学前教育专业毕业"))
    is_special_graduate = fields.yes_no(_("全日制特殊教育专业毕业"))
    trained_in_preschool = fields.yes_no(_("受过学前教育专业培养培训"))
    trained_in_special = fields.yes_no(_("受过特教专业培养培训"))
    has_special_certificate = fields.yes_no(_("有特殊教育从业证书"))
    special_since = fields.day(_("从事特教起始年月"))
    computing_ability = fields.text(_("信息技术应用能力"))
    is_funded_trainee = fields.yes_no(_("免费（公费）师范生"))
    served_grassroots = fields.yes_no(_("参加基层服务项目"))
    grassroots_from = fields.day(_("参加基层服务项目起始年月"))
    grassroots_until = fields.day(_("参加基层服务项目结束年月"))
    is_special_rank = fields.yes_no(_("特级教师"))
    is_lead_teacher = fields.yes_no(_("县级及以上骨干教师"))
    is_psychology_teacher = fields.yes_no(_("心理健康教育教师"))
    is_double_skilled = fields.yes_no(_("“双师型”教师"))
    has_vocational_certificate = fields.yes_no(_("具备职业技能等级证书"))
    enterprise_months = fields.text(_("企业工作（实践）时长"), 20)
    mandarin_level = fields.text(_("普通话水平"), 20)
    state = fields.text(_("人员状态"), 20)
    note = fields.text(_("备注"), 200)
    name_sound = fields.text(_("姓名拼音"), 200)
    education_level = models.PositiveSmallIntegerField(
        _("最高学历"), choices=DegreeLevel, null=True, blank=True
    )
    education_obtained_on = fields.day(_("最高学历取得日期"))
    employee_number = fields.text(_("教职工号"), 30)
    person_kind = fields.text(_("人员类型"))
    lead_kind = fields.text(_("骨干类型"))

    class Meta:
        verbose_name = _("教职工情况")
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=models.Q(superseded_at=None),
                name="one_live_staff_record",
            )
        ]
        indexes = [models.Index(fields=["identity_number"], name="staff_identity_number")]


class PostKind(models.TextChoices):
    """What a post is for."""

    TEACHER = "teacher", _("专任教师")
    CARE_WORKER = "care_worker", _("保育员")
    SUPPORT = "support", _("职员工勤")


class Post(Dated):
    """A post that one person holds at one school; nobody holds two at once."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts", verbose_name=_("教职工"))
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="posts", verbose_name=_("学校")
    )
    kind = models.CharField(_("岗位"), max_length=12, choices=PostKind)
    stage = models.CharField(_("任教学段"), max_length=10, blank=True)
    subject = models.CharField(_("任教学科"), max_length=20, blank=True)
    duty = fields.text(_("职务角色"))
    rank_class = fields.text(_("专业技术岗位等级分类"))
    rank = fields.text(_("专业技术岗位等级"))
    salary_step = fields.text(_("薪级"), 10)
    professional_title = fields.text(_("专业技术职称"))
    title_held_from = fields.day(_("职称聘用时间"))
    grades_taught = fields.text(_("任教年级"))
    is_teaching_post = fields.yes_no(_("教学岗"))

    on_school_end = "carries_on"

    class Meta(Dated.Meta):
        verbose_name = _("任职")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["staff"], name="one_post_at_once"),
        ]


class Degree(Recorded):
    """A level of schooling that one person completed on one day."""

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="degrees", verbose_name=_("教职工")
    )
    level = models.PositiveSmallIntegerField(_("学历"), choices=DegreeLevel)
    obtained_on = models.DateField(_("取得日期"))

    class Meta:
        verbose_name = _("学历")


class LeadershipRole(models.TextChoices):
    """What a leader is."""

    HEAD = "head", _("校长（园长）")
    DEPUTY = "deputy", _("副校长（副园长）")


class LeadershipTerm(Dated):
    """One term of office of one head or deputy at one school.

    `full_term_ends_on` is when the term would be full; a term that ends earlier was not served out.
    """

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="leadership_terms", verbose_name=_("教职工")
    )
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="leadership_terms", verbose_name=_("学校")
    )
    role = models.CharField(_("职务"), max_length=6, choices=LeadershipRole)
    full_term_ends_on = models.DateField(_("任期届满日"))

    # An office ends with its school; the person carries on in a post.
    on_school_end = "ends"

    class Meta(Dated.Meta):
        verbose_name = _("校长任期")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["staff"], name="one_leadership_term_at_once"),
            models.CheckConstraint(
                name="full_term_ends_after_start",
                condition=models.Q(full_term_ends_on__gt=models.F("starts_on")),
            ),
        ]


class StaffTitle(Dated):
    """A title one person holds over a period, such as lead teacher of the district."""

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="titles", verbose_name=_("教职工")
    )
    kind = models.CharField(_("类别"), max_length=20)
    name = models.CharField(_("称号"), max_length=60)
    level = models.CharField(_("级别"), max_length=10)

    class Meta(Dated.Meta):
        verbose_name = _("教师称号")


class Certificate(Recorded):
    """A teaching certificate one person holds."""

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="certificates", verbose_name=_("教职工")
    )
    position = models.PositiveSmallIntegerField(_("证书序号"), default=1)
    kind = fields.text(_("教师资格类型"))
    number = fields.text(_("资格证编号"))
    subject = fields.text(_("资格取得学科"))
    issued_on = fields.day(_("证书颁发日期"))
    registered_on = fields.day(_("首次注册日期"))

    class Meta:
        verbose_name = _("教师资格")
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "position"],
                condition=models.Q(superseded_at=None),
                name="one_live_certificate_per_position",
            )
        ]


class ContractTerm(Dated):
    """One contract period of one person at one school."""

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="contracts", verbose_name=_("教职工")
    )
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="contracts", verbose_name=_("学校")
    )
    sequence = models.PositiveSmallIntegerField(_("第几个聘期"))

    on_school_end = "carries_on"

    class Meta(Dated.Meta):
        verbose_name = _("聘期")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["staff"], name="one_contract_at_once"),
        ]


class Training(Recorded):
    """Hours of training one person completed, counted for the five-year cycle."""

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="trainings", verbose_name=_("教职工")
    )
    completed_on = models.DateField(_("完成日期"))
    programme = models.CharField(_("培训项目"), max_length=80)
    hours = models.FloatField(_("学时"))

    class Meta:
        verbose_name = _("培训")
        constraints = [
            models.CheckConstraint(
                name="training_hours_positive",
                condition=models.Q(hours__gt=0),
                violation_error_message=_("学时应大于0。"),
            )
        ]
