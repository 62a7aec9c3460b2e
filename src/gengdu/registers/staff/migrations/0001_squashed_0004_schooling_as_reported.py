import django.db.models.deletion
import gengdu.records.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("staff", "0001_initial"),
        ("staff", "0002_registers_complete"),
        ("staff", "0003_certificates_in_order"),
        ("staff", "0004_schooling_as_reported"),
    ]

    initial = True

    dependencies = [
        ("records", "0001_squashed_0007_change_of_evidence"),
        ("schools", "0001_squashed_0004_reported_counts_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("staff_code", models.CharField(max_length=20, unique=True, verbose_name="工号")),
            ],
            options={
                "verbose_name": "教职工",
            },
        ),
        migrations.CreateModel(
            name="Degree",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替代时间"),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "中专（中师）"),
                            (2, "专科"),
                            (3, "本科"),
                            (4, "硕士研究生"),
                            (5, "博士研究生"),
                        ],
                        verbose_name="学历",
                    ),
                ),
                ("obtained_on", models.DateField(verbose_name="取得日期")),
                (
                    "recorded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="登记操作",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="替代操作",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="degrees",
                        to="staff.staff",
                        verbose_name="教职工",
                    ),
                ),
            ],
            options={
                "verbose_name": "学历",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替代时间"),
                ),
                ("starts_on", models.DateField(verbose_name="起始日")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束日（不含）")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("teacher", "专任教师"),
                            ("care_worker", "保育员"),
                            ("support", "职员工勤"),
                        ],
                        max_length=12,
                        verbose_name="岗位",
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=10, verbose_name="任教学段")),
                ("subject", models.CharField(blank=True, max_length=20, verbose_name="任教学科")),
                ("duty", models.CharField(blank=True, max_length=40, verbose_name="职务角色")),
                (
                    "rank_class",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="专业技术岗位等级分类"
                    ),
                ),
                (
                    "rank",
                    models.CharField(blank=True, max_length=40, verbose_name="专业技术岗位等级"),
                ),
                ("salary_step", models.CharField(blank=True, max_length=10, verbose_name="薪级")),
                (
                    "professional_title",
                    models.CharField(blank=True, max_length=40, verbose_name="专业技术职称"),
                ),
                (
                    "title_held_from",
                    models.DateField(blank=True, null=True, verbose_name="职称聘用时间"),
                ),
                (
                    "grades_taught",
                    models.CharField(blank=True, max_length=40, verbose_name="任教年级"),
                ),
                (
                    "is_teaching_post",
                    models.BooleanField(blank=True, null=True, verbose_name="教学岗"),
                ),
                (
                    "recorded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="登记操作",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="schools.school",
                        verbose_name="学校",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="替代操作",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="staff.staff",
                        verbose_name="教职工",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="staff_post_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(fields=["staff"], name="one_post_at_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadershipTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替代时间"),
                ),
                ("starts_on", models.DateField(verbose_name="起始日")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束日（不含）")),
                (
                    "role",
                    models.CharField(
                        choices=[("head", "校长（园长）"), ("deputy", "副校长（副园长）")],
                        max_length=6,
                        verbose_name="职务",
                    ),
                ),
                ("full_term_ends_on", models.DateField(verbose_name="任期届满日")),
                (
                    "recorded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="登记操作",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leadership_terms",
                        to="schools.school",
                        verbose_name="学校",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="替代操作",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leadership_terms",
                        to="staff.staff",
                        verbose_name="教职工",
                    ),
                ),
            ],
            options={
                "verbose_name": "校长任期",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="staff_leadershipterm_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["staff"], name="one_leadership_term_at_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("full_term_ends_on__gt", models.F("starts_on"))),
                        name="full_term_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替代时间"),
                ),
                ("starts_on", models.DateField(verbose_name="起始日")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束日（不含）")),
                ("sequence", models.PositiveSmallIntegerField(verbose_name="第几个聘期")),
                (
                    "recorded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="登记操作",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="schools.school",
                        verbose_name="学校",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="替代操作",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="staff.staff",
                        verbose_name="教职工",
                    ),
                ),
            ],
            options={
                "verbose_name": "聘期",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="staff_contractterm_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["staff"], name="one_contract_at_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替代时间"),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="证书序号")),
                ("kind", models.CharField(blank=True, max_length=40, verbose_name="教师资格类型")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="资格证编号")),
                (
                    "subject",
                    models.CharField(blank=True, max_length=40, verbose_name="资格取得学科"),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="证书颁发日期")),
                (
                    "registered_on",
                    models.DateField(blank=True, null=True, verbose_name="首次注册日期"),
                ),
                (
                    "recorded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="登记操作",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="替代操作",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="staff.staff",
                        verbose_name="教职工",
                    ),
                ),
            ],
            options={
                "verbose_name": "教师资格",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("staff", "position"),
                        name="one_live_certificate_per_position",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替代时间"),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                (
                    "sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女")],
                        max_length=6,
                        verbose_name="性别",
                    ),
                ),
                ("birth_date", models.DateField(verbose_name="出生日期")),
                (
                    "identity_number",
                    models.CharField(blank=True, max_length=18, verbose_name="身份证件号"),
                ),
                (
                    "identity_kind",
                    models.CharField(blank=True, max_length=2, verbose_name="身份证件类型"),
                ),
                ("former_name", models.CharField(blank=True, max_length=40, verbose_name="曾用名")),
                (
                    "nationality",
                    models.CharField(blank=True, max_length=3, verbose_name="国籍/地区"),
                ),
                ("native_place", models.CharField(blank=True, max_length=40, verbose_name="籍贯")),
                ("birthplace", models.CharField(blank=True, max_length=40, verbose_name="出生地")),
                ("ethnicity", models.CharField(blank=True, max_length=20, verbose_name="民族")),
                (
                    "political_status",
                    models.CharField(blank=True, max_length=20, verbose_name="政治面貌"),
                ),
                (
                    "party_joined_on",
                    models.DateField(blank=True, null=True, verbose_name="参加党派时间"),
                ),
                (
                    "marital_status",
                    models.CharField(blank=True, max_length=20, verbose_name="婚姻状况"),
                ),
                ("health", models.CharField(blank=True, max_length=20, verbose_name="健康状况")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="手机号")),
                (
                    "office_phone",
                    models.CharField(blank=True, max_length=30, verbose_name="办公电话"),
                ),
                ("email", models.CharField(blank=True, max_length=80, verbose_name="邮箱")),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="住址")),
                (
                    "work_started_on",
                    models.DateField(blank=True, null=True, verbose_name="参加工作年月"),
                ),
                (
                    "teaching_started_on",
                    models.DateField(blank=True, null=True, verbose_name="从教时间"),
                ),
                (
                    "joined_school_on",
                    models.DateField(blank=True, null=True, verbose_name="进本校年月"),
                ),
                (
                    "leadership_started_on",
                    models.DateField(blank=True, null=True, verbose_name="任校级干部时间"),
                ),
                ("source", models.CharField(blank=True, max_length=40, verbose_name="教职工来源")),
                (
                    "staff_category",
                    models.CharField(blank=True, max_length=40, verbose_name="教职工类别"),
                ),
                (
                    "on_establishment",
                    models.BooleanField(blank=True, null=True, verbose_name="是否在编"),
                ),
                (
                    "employment_form",
                    models.CharField(blank=True, max_length=40, verbose_name="用人形式"),
                ),
                (
                    "contract_state",
                    models.CharField(blank=True, max_length=40, verbose_name="签订合同情况"),
                ),
                ("major", models.CharField(blank=True, max_length=60, verbose_name="所学专业")),
                (
                    "graduated_from",
                    models.CharField(blank=True, max_length=60, verbose_name="毕业学校"),
                ),
                (
                    "is_normal_graduate",
                    models.BooleanField(blank=True, null=True, verbose_name="全日制师范类专业毕业"),
                ),
                (
                    "is_preschool_graduate",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="全日制学前教育专业毕业"
                    ),
                ),
                (
                    "is_special_graduate",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="全日制特殊教育专业毕业"
                    ),
                ),
                (
                    "trained_in_preschool",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="受过学前教育专业培养培训"
                    ),
                ),
                (
                    "trained_in_special",
                    models.BooleanField(blank=True, null=True, verbose_name="受过特教专业培养培训"),
                ),
                (
                    "has_special_certificate",
                    models.BooleanField(blank=True, null=True, verbose_name="有特殊教育从业证书"),
                ),
                (
                    "special_since",
                    models.DateField(blank=True, null=True, verbose_name="从事特教起始年月"),
                ),
                (
                    "computing_ability",
                    models.CharField(blank=True, max_length=40, verbose_name="信息技术应用能力"),
                ),
                (
                    "is_funded_trainee",
                    models.BooleanField(blank=True, null=True, verbose_name="免费（公费）师范生"),
                ),
                (
                    "served_grassroots",
                    models.BooleanField(blank=True, null=True, verbose_name="参加基层服务项目"),
                ),
                (
                    "grassroots_from",
                    models.DateField(
                        blank=True, null=True, verbose_name="参加基层服务项目起始年月"
                    ),
                ),
                (
                    "grassroots_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="参加基层服务项目结束年月"
                    ),
                ),
                (
                    "is_special_rank",
                    models.BooleanField(blank=True, null=True, verbose_name="特级教师"),
                ),
                (
                    "is_lead_teacher",
                    models.BooleanField(blank=True, null=True, verbose_name="县级及以上骨干教师"),
                ),
                (
                    "is_psychology_teacher",
                    models.BooleanField(blank=True, null=True, verbose_name="心理健康教育教师"),
                ),
                (
                    "is_double_skilled",
                    models.BooleanField(blank=True, null=True, verbose_name="“双师型”教师"),
                ),
                (
                    "has_vocational_certificate",
                    models.BooleanField(blank=True, null=True, verbose_name="具备职业技能等级证书"),
                ),
                (
                    "enterprise_months",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="企业工作（实践）时长"
                    ),
                ),
                (
                    "mandarin_level",
                    models.CharField(blank=True, max_length=20, verbose_name="普通话水平"),
                ),
                ("state", models.CharField(blank=True, max_length=20, verbose_name="人员状态")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                (
                    "name_sound",
                    models.CharField(blank=True, max_length=200, verbose_name="姓名拼音"),
                ),
                (
                    "education_level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "中专（中师）"),
                            (2, "专科"),
                            (3, "本科"),
                            (4, "硕士研究生"),
                            (5, "博士研究生"),
                        ],
                        null=True,
                        verbose_name="最高学历",
                    ),
                ),
                (
                    "education_obtained_on",
                    models.DateField(blank=True, null=True, verbose_name="最高学历取得日期"),
                ),
                (
                    "employee_number",
                    models.CharField(blank=True, max_length=30, verbose_name="教职工号"),
                ),
                (
                    "person_kind",
                    models.CharField(blank=True, max_length=40, verbose_name="人员类型"),
                ),
                ("lead_kind", models.CharField(blank=True, max_length=40, verbose_name="骨干类型")),
                (
                    "recorded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="登记操作",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="staff.staff",
                        verbose_name="教职工",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="替代操作",
                    ),
                ),
            ],
            options={
                "verbose_name": "教职工情况",
                "indexes": [models.Index(fields=["identity_number"], name="staff_identity_number")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("staff",),
                        name="one_live_staff_record",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替代时间"),
                ),
                ("starts_on", models.DateField(verbose_name="起始日")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束日（不含）")),
                ("kind", models.CharField(max_length=20, verbose_name="类别")),
                ("name", models.CharField(max_length=60, verbose_name="称号")),
                ("level", models.CharField(max_length=10, verbose_name="级别")),
                (
                    "recorded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="登记操作",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="titles",
                        to="staff.staff",
                        verbose_name="教职工",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="替代操作",
                    ),
                ),
            ],
            options={
                "verbose_name": "教师称号",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="staff_stafftitle_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替代时间"),
                ),
                ("completed_on", models.DateField(verbose_name="完成日期")),
                ("programme", models.CharField(max_length=80, verbose_name="培训项目")),
                ("hours", models.FloatField(verbose_name="学时")),
                (
                    "recorded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="登记操作",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trainings",
                        to="staff.staff",
                        verbose_name="教职工",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="替代操作",
                    ),
                ),
            ],
            options={
                "verbose_name": "培训",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0)),
                        name="training_hours_positive",
                        violation_error_message="学时应大于0。",
                    )
                ],
            },
        ),
    ]
