import django.db.models.deletion
import gengdu.records.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("school_conditions", "0001_initial"),
        ("school_conditions", "0002_registers_complete"),
        ("school_conditions", "0003_ledger_items"),
        ("school_conditions", "0004_preschool_lists"),
    ]

    initial = True

    dependencies = [
        ("records", "0001_squashed_0007_change_of_evidence"),
        ("schools", "0002_squashed_0005_county_report_of_the_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="CurriculumUnit",
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
                ("stage", models.CharField(max_length=10, verbose_name="学段")),
                ("school_system", models.CharField(max_length=10, verbose_name="学制")),
                ("subject", models.CharField(max_length=20, verbose_name="学科")),
                ("edition", models.CharField(max_length=40, verbose_name="版本")),
                ("grade", models.CharField(max_length=10, verbose_name="年级")),
                ("volume", models.CharField(max_length=10, verbose_name="册")),
                ("unit_number", models.CharField(max_length=10, verbose_name="单元序号")),
                ("title", models.CharField(max_length=120, verbose_name="单元")),
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
            ],
            options={
                "verbose_name": "教材单元",
            },
        ),
        migrations.CreateModel(
            name="ConditionResult",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审"),
                            ("at_school", "待学校审核"),
                            ("at_town", "待镇审核"),
                            ("at_bureau", "待分局审核"),
                            ("at_notice", "公示中"),
                            ("returned", "退回"),
                            ("approved", "已批准"),
                            ("revoked", "已撤销"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("criterion", models.CharField(max_length=40, verbose_name="项目")),
                ("condition_class", models.PositiveSmallIntegerField(verbose_name="类别")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s",
                        to="records.item",
                        verbose_name="条目",
                    ),
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
                        related_name="+",
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
            ],
            options={
                "verbose_name": "办学条件核定",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="school_conditions_conditionresult_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="school_conditions_conditionresult_one_live_row",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school", "criterion"], name="one_condition_result_at_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseResource",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审"),
                            ("at_school", "待学校审核"),
                            ("at_town", "待镇审核"),
                            ("at_bureau", "待分局审核"),
                            ("at_notice", "公示中"),
                            ("returned", "退回"),
                            ("approved", "已批准"),
                            ("revoked", "已撤销"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                (
                    "is_free_for_rural",
                    models.BooleanField(default=True, verbose_name="向乡村教师免费开放"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s",
                        to="records.item",
                        verbose_name="条目",
                    ),
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="school_conditions.curriculumunit",
                        verbose_name="教材单元",
                    ),
                ),
            ],
            options={
                "verbose_name": "课程资源",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="school_conditions_courseresource_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="school_conditions_courseresource_one_live_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EquipmentCheck",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审"),
                            ("at_school", "待学校审核"),
                            ("at_town", "待镇审核"),
                            ("at_bureau", "待分局审核"),
                            ("at_notice", "公示中"),
                            ("returned", "退回"),
                            ("approved", "已批准"),
                            ("revoked", "已撤销"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("is_complete", models.BooleanField(verbose_name="配齐配全")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s",
                        to="records.item",
                        verbose_name="条目",
                    ),
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
                        related_name="+",
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
            ],
            options={
                "verbose_name": "保教设施设备核查",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="school_conditions_equipmentcheck_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="school_conditions_equipmentcheck_one_live_row",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school"], name="one_equipment_check_at_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InclusiveKindergarten",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审"),
                            ("at_school", "待学校审核"),
                            ("at_town", "待镇审核"),
                            ("at_bureau", "待分局审核"),
                            ("at_notice", "公示中"),
                            ("returned", "退回"),
                            ("approved", "已批准"),
                            ("revoked", "已撤销"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("document_number", models.CharField(max_length=60, verbose_name="认定文号")),
                (
                    "list_address",
                    models.CharField(blank=True, max_length=300, verbose_name="名单公示网址"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s",
                        to="records.item",
                        verbose_name="条目",
                    ),
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
                        related_name="+",
                        to="schools.school",
                        verbose_name="幼儿园",
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
                "verbose_name": "普惠性民办园名单",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="school_conditions_inclusivekindergarten_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="school_conditions_inclusivekindergarten_one_live_row",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school"], name="one_inclusive_recognition_at_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreschoolYear",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审"),
                            ("at_school", "待学校审核"),
                            ("at_town", "待镇审核"),
                            ("at_bureau", "待分局审核"),
                            ("at_notice", "公示中"),
                            ("returned", "退回"),
                            ("approved", "已批准"),
                            ("revoked", "已撤销"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "registered_children",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="户籍3—6岁人口（人）"
                    ),
                ),
                (
                    "resident_children",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="常住3—5岁人口（人）"
                    ),
                ),
                (
                    "is_inclusive_listed",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="普惠性民办园名单已完整"
                    ),
                ),
                (
                    "is_residential_listed",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="小区配套幼儿园清单已完整"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s",
                        to="records.item",
                        verbose_name="条目",
                    ),
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
            ],
            options={
                "verbose_name": "学前教育年度数据",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="school_conditions_preschoolyear_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResidentialKindergarten",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审"),
                            ("at_school", "待学校审核"),
                            ("at_town", "待镇审核"),
                            ("at_bureau", "待分局审核"),
                            ("at_notice", "公示中"),
                            ("returned", "退回"),
                            ("approved", "已批准"),
                            ("revoked", "已撤销"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("area_name", models.CharField(max_length=80, verbose_name="小区名称")),
                (
                    "agreement",
                    models.CharField(blank=True, max_length=120, verbose_name="移交协议"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s",
                        to="records.item",
                        verbose_name="条目",
                    ),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                        verbose_name="幼儿园",
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
                "verbose_name": "小区配套幼儿园清单",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="school_conditions_residentialkindergarten_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="school_conditions_residentialkindergarten_one_live_row",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["area_name"], name="one_kindergarten_of_an_area_at_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedLesson",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审"),
                            ("at_school", "待学校审核"),
                            ("at_town", "待镇审核"),
                            ("at_bureau", "待分局审核"),
                            ("at_notice", "公示中"),
                            ("returned", "退回"),
                            ("approved", "已批准"),
                            ("revoked", "已撤销"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="日期")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("dedicated", "专递课堂"),
                            ("expert", "名师课堂"),
                            ("school_network", "名校网络课堂"),
                        ],
                        max_length=20,
                        verbose_name="模式",
                    ),
                ),
                ("subject", models.CharField(max_length=20, verbose_name="学科")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s",
                        to="records.item",
                        verbose_name="条目",
                    ),
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
                        related_name="+",
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
            ],
            options={
                "verbose_name": "远程课堂",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="school_conditions_sharedlesson_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SitingDossier",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审"),
                            ("at_school", "待学校审核"),
                            ("at_town", "待镇审核"),
                            ("at_bureau", "待分局审核"),
                            ("at_notice", "公示中"),
                            ("returned", "退回"),
                            ("approved", "已批准"),
                            ("revoked", "已撤销"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("assessed_on", models.DateField(blank=True, null=True, verbose_name="科学评估")),
                ("consulted_on", models.DateField(blank=True, null=True, verbose_name="征求意见")),
                ("built_on", models.DateField(blank=True, null=True, verbose_name="先建后撤")),
                ("transition_on", models.DateField(blank=True, null=True, verbose_name="过渡安排")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.schoolevent",
                        verbose_name="学校变动",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s",
                        to="records.item",
                        verbose_name="条目",
                    ),
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
            ],
            options={
                "verbose_name": "布局调整档案",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="school_conditions_sitingdossier_one_live_row",
                    )
                ],
            },
        ),
    ]
