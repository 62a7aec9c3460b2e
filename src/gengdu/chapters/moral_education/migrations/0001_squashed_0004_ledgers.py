import django.db.models.deletion
import gengdu.records.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("moral_education", "0001_initial"),
        ("moral_education", "0002_registers_complete"),
        ("moral_education", "0003_ledger_items"),
        ("moral_education", "0004_ledgers"),
    ]

    initial = True

    dependencies = [
        ("places", "0001_squashed_0002_registers_complete"),
        ("records", "0001_squashed_0007_change_of_evidence"),
        ("schools", "0002_squashed_0005_county_report_of_the_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampusTitle",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("civility", "文明校园"),
                            ("green", "绿色校园"),
                            ("reading", "书香校园"),
                            ("caring", "温馨校园"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "国家级"),
                            ("province", "省级"),
                            ("city", "市级"),
                            ("district", "区级"),
                        ],
                        max_length=10,
                        verbose_name="级别",
                    ),
                ),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=60, verbose_name="文号"),
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
                "verbose_name": "校园称号",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="moral_education_campustitle_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="moral_education_campustitle_one_live_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyStation",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("parent_school", "家长学校"),
                            ("guidance_station", "家庭教育指导服务站点"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("host", models.CharField(blank=True, max_length=80, verbose_name="依托单位")),
                ("manager", models.CharField(blank=True, max_length=40, verbose_name="负责人")),
                (
                    "instructors",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="指导人员数"
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
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="村居",
                    ),
                ),
            ],
            options={
                "verbose_name": "家庭教育站点",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="moral_education_familystation_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="moral_education_familystation_one_live_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadershipArrangement",
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
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("party_led", "党组织领导的校长负责制"),
                            ("head_led", "校长负责制"),
                        ],
                        max_length=10,
                        verbose_name="领导体制",
                    ),
                ),
                ("organisation", models.CharField(max_length=80, verbose_name="党组织名称")),
                ("secretary", models.CharField(max_length=40, verbose_name="党组织书记")),
                (
                    "with_teaching",
                    models.CharField(blank=True, max_length=1000, verbose_name="党建与教学结合"),
                ),
                (
                    "with_moral_education",
                    models.CharField(blank=True, max_length=1000, verbose_name="党建与德育结合"),
                ),
                (
                    "with_ideology",
                    models.CharField(blank=True, max_length=1000, verbose_name="党建与思政课结合"),
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
                "verbose_name": "党组织领导体制",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="moral_education_leadershiparrangement_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="moral_education_leadershiparrangement_one_live_row",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school"], name="one_leadership_arrangement_at_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParentCommittee",
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
                (
                    "level",
                    models.CharField(
                        choices=[("school", "学校"), ("grade", "年级"), ("class", "班级")],
                        max_length=10,
                        verbose_name="层级",
                    ),
                ),
                ("group", models.CharField(max_length=20, verbose_name="年级或班级")),
                ("members", models.PositiveSmallIntegerField(verbose_name="委员人数")),
                ("chair", models.CharField(blank=True, max_length=40, verbose_name="主任委员")),
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
                "verbose_name": "家长委员会",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="moral_education_parentcommittee_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="moral_education_parentcommittee_one_live_row",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school", "level", "group"], name="one_parent_committee_at_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParentSession",
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
                ("topic", models.CharField(max_length=80, verbose_name="主题")),
                ("audience", models.CharField(blank=True, max_length=40, verbose_name="对象")),
                ("speaker", models.CharField(blank=True, max_length=40, verbose_name="主讲人")),
                ("attendance", models.PositiveSmallIntegerField(verbose_name="参加人数")),
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
                "verbose_name": "家长学校授课",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="moral_education_parentsession_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolPlan",
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
                ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("goals", models.CharField(blank=True, max_length=2000, verbose_name="工作目标")),
                (
                    "all_staff",
                    models.CharField(blank=True, max_length=4000, verbose_name="全员育人"),
                ),
                (
                    "whole_process",
                    models.CharField(blank=True, max_length=4000, verbose_name="全过程育人"),
                ),
                (
                    "all_round",
                    models.CharField(blank=True, max_length=4000, verbose_name="全方位育人"),
                ),
                (
                    "safeguards",
                    models.CharField(blank=True, max_length=2000, verbose_name="组织保障"),
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
                "verbose_name": "一校一案方案",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="moral_education_schoolplan_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="moral_education_schoolplan_one_live_row",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school"], name="one_school_plan_at_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionPlan",
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
                ("planned_on", models.DateField(verbose_name="计划日期")),
                ("topic", models.CharField(max_length=80, verbose_name="主题")),
                ("audience", models.CharField(blank=True, max_length=40, verbose_name="对象")),
                ("speaker", models.CharField(blank=True, max_length=40, verbose_name="主讲人")),
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
                "verbose_name": "家长学校学期计划",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="moral_education_sessionplan_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StationSession",
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
                ("topic", models.CharField(max_length=80, verbose_name="主题")),
                ("speaker", models.CharField(blank=True, max_length=40, verbose_name="主讲人")),
                ("attendance", models.PositiveSmallIntegerField(verbose_name="参加人数")),
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
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="村居",
                    ),
                ),
            ],
            options={
                "verbose_name": "村居家庭教育活动",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="moral_education_stationsession_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="YouthLink",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("league", "党建带团建"), ("pioneers", "党建带队建")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("organisation", models.CharField(max_length=80, verbose_name="团队组织")),
                ("counsellor", models.CharField(max_length=40, verbose_name="团干部或辅导员")),
                (
                    "measures",
                    models.CharField(blank=True, max_length=1000, verbose_name="联建做法"),
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
                "verbose_name": "团建队建联建",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="moral_education_youthlink_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="moral_education_youthlink_one_live_row",
                    ),
                ],
            },
        ),
    ]
