import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("delivery", "0001_initial"),
        ("delivery", "0002_registers_complete"),
        ("delivery", "0003_ledger_items"),
        ("delivery", "0004_quality_balance_ledgers"),
        ("delivery", "0005_locked_evaluations"),
        ("delivery", "0006_preschool_statements"),
        ("delivery", "0007_improvement_tasks"),
        ("delivery", "0008_surveys"),
    ]

    initial = True

    dependencies = [
        ("access", "0001_squashed_0004_stand_ins"),
        ("records", "0001_squashed_0007_change_of_evidence"),
        ("schools", "0002_squashed_0005_county_report_of_the_form"),
        ("staff", "0001_squashed_0004_schooling_as_reported"),
    ]

    operations = [
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("quality_balance", "优质均衡社会认可度"),
                            ("universal_preschool", "普及普惠社会认可度"),
                            ("rural_satisfaction", "乡村群众教育满意度"),
                        ],
                        max_length=20,
                        verbose_name="用途",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="开始日期")),
                ("closes_on", models.DateField(verbose_name="截止日期（含）")),
                ("groups", models.JSONField(default=list, verbose_name="调查对象")),
                ("residents", models.JSONField(default=dict, verbose_name="村居户数与发码数")),
                ("margin", models.FloatField(default=0.05, verbose_name="允许误差")),
                ("confidence", models.FloatField(default=0.95, verbose_name="置信水平")),
                ("expected_share", models.FloatField(default=0.5, verbose_name="预计满意率")),
                ("expected_response", models.FloatField(default=0.8, verbose_name="预计回收率")),
                ("each_group", models.BooleanField(default=True, verbose_name="每类对象各自达到")),
                ("at_least", models.PositiveSmallIntegerField(default=2, verbose_name="每层至少")),
                ("seed", models.CharField(max_length=40, verbose_name="抽样种子")),
                ("questionnaire", models.JSONField(verbose_name="问卷")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("drawn_on", models.DateField(null=True, verbose_name="抽样所依据的日期")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="抽样时间")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="开放时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="提前关闭时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="建立人",
                    ),
                ),
                (
                    "entered_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="写入台账",
                    ),
                ),
            ],
            options={
                "verbose_name": "问卷调查",
            },
        ),
        migrations.CreateModel(
            name="SurveyRemark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("question", models.CharField(max_length=10, verbose_name="题")),
                ("text", models.CharField(max_length=300, verbose_name="文字")),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="delivery.survey",
                        verbose_name="问卷调查",
                    ),
                ),
            ],
            options={
                "verbose_name": "意见文字",
            },
        ),
        migrations.CreateModel(
            name="SurveyStratum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, verbose_name="层")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("parents", "学生家长"),
                            ("pupils", "学生"),
                            ("teachers", "教师"),
                            ("residents", "村居群众"),
                        ],
                        max_length=10,
                        verbose_name="对象",
                    ),
                ),
                ("place_key", models.BigIntegerField(verbose_name="学校或村居编号")),
                ("label", models.CharField(max_length=80, verbose_name="学校或村居")),
                ("town_key", models.BigIntegerField(null=True, verbose_name="镇街编号")),
                ("town_label", models.CharField(blank=True, max_length=60, verbose_name="镇街")),
                ("area", models.CharField(blank=True, max_length=10, verbose_name="城乡")),
                ("population", models.PositiveIntegerField(verbose_name="总数")),
                ("sampled", models.PositiveIntegerField(verbose_name="抽取数")),
                ("printed", models.PositiveSmallIntegerField(default=0, verbose_name="打印次数")),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strata",
                        to="delivery.survey",
                        verbose_name="问卷调查",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽样层",
            },
        ),
        migrations.CreateModel(
            name="SurveyCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.PositiveIntegerField(verbose_name="编号")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
                (
                    "state",
                    models.CharField(
                        choices=[("live", "未用"), ("spent", "已答"), ("void", "作废")],
                        default="live",
                        max_length=5,
                        verbose_name="状态",
                    ),
                ),
                (
                    "stratum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="delivery.surveystratum",
                        verbose_name="抽样层",
                    ),
                ),
            ],
            options={
                "verbose_name": "一次性答题码",
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("is_satisfied", models.BooleanField(verbose_name="总体满意")),
                ("answers", models.JSONField(verbose_name="选项")),
                (
                    "stratum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="delivery.surveystratum",
                        verbose_name="抽样层",
                    ),
                ),
            ],
            options={
                "verbose_name": "答卷",
            },
        ),
        migrations.CreateModel(
            name="SurveyUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_key", models.BigIntegerField(verbose_name="学生或教职工编号")),
                ("class_label", models.CharField(blank=True, max_length=40, verbose_name="班级")),
                (
                    "stratum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="delivery.surveystratum",
                        verbose_name="抽样层",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽中对象",
            },
        ),
        migrations.CreateModel(
            name="TaskNominee",
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_nominees",
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
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "verbose_name": "任务人选",
            },
        ),
        migrations.CreateModel(
            name="TaskStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sign", "签收"),
                            ("report", "报进展"),
                            ("finish", "办结"),
                            ("close", "销号"),
                            ("send_back", "退回"),
                            ("reopen", "重新打开"),
                            ("nominate", "附人选"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("assigned", "已交办"),
                            ("accepted", "已签收"),
                            ("under_way", "进行中"),
                            ("finished", "已办结"),
                            ("closed", "已销号"),
                        ],
                        max_length=10,
                        verbose_name="办理前",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("assigned", "已交办"),
                            ("accepted", "已签收"),
                            ("under_way", "进行中"),
                            ("finished", "已办结"),
                            ("closed", "已销号"),
                        ],
                        max_length=10,
                        verbose_name="办理后",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已完成数量")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.change",
                        verbose_name="登记操作",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_steps",
                        to="records.item",
                        verbose_name="条目",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务办理",
            },
        ),
        migrations.CreateModel(
            name="WrittenJudgement",
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
                ("promise", models.CharField(max_length=80, verbose_name="承诺")),
                ("body", models.CharField(max_length=60, verbose_name="判断单位")),
                ("text", models.TextField(verbose_name="判断")),
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
                "verbose_name": "书面判断",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="YearSpending",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("planned_yuan", models.FloatField(verbose_name="预算（元）")),
                ("spent_yuan", models.FloatField(blank=True, null=True, verbose_name="决算（元）")),
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
                "verbose_name": "乡村教育支出",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BalanceStatement",
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
                ("subject", models.CharField(max_length=10, verbose_name="条目")),
                (
                    "conclusion",
                    models.CharField(
                        choices=[("holds", "符合"), ("fails", "不符合")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=1000, verbose_name="简要结论")),
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
                "verbose_name": "优质均衡条目结论",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_balancestatement_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DistrictRecognition",
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
                            ("quality_balance", "义务教育优质均衡发展县"),
                            ("universal_preschool", "学前教育普及普惠县"),
                        ],
                        max_length=30,
                        verbose_name="类别",
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
                "verbose_name": "国家认定",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="delivery_districtrecognition_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_districtrecognition_one_live_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImprovementTask",
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
                ("what", models.CharField(max_length=200, verbose_name="任务")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("path", "达标路径"),
                            ("forecast", "到期日预测"),
                            ("relaxation", "过渡性放宽"),
                            ("own", "自行交办"),
                        ],
                        default="own",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("matter", models.CharField(blank=True, max_length=200, verbose_name="事项")),
                (
                    "computed_on",
                    models.DateField(blank=True, null=True, verbose_name="依据数据日期"),
                ),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="方案校验值")),
                (
                    "stage_of_school",
                    models.CharField(blank=True, max_length=10, verbose_name="学段"),
                ),
                ("subject", models.CharField(blank=True, max_length=60, verbose_name="学科或资格")),
                ("wanted", models.PositiveIntegerField(blank=True, null=True, verbose_name="数量")),
                ("unit", models.CharField(blank=True, max_length=10, verbose_name="单位")),
                ("lead", models.CharField(max_length=60, verbose_name="牵头单位")),
                (
                    "carried_by",
                    models.CharField(
                        choices=[("body", "牵头单位"), ("school", "学校")],
                        default="body",
                        max_length=6,
                        verbose_name="承办",
                    ),
                ),
                ("partners", models.CharField(blank=True, max_length=200, verbose_name="配合单位")),
                ("start_by", models.DateField(blank=True, null=True, verbose_name="最迟启动")),
                ("due_on", models.DateField(verbose_name="完成期限")),
                ("cost_yuan", models.FloatField(blank=True, null=True, verbose_name="费用（元）")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("assigned", "已交办"),
                            ("accepted", "已签收"),
                            ("under_way", "进行中"),
                            ("finished", "已办结"),
                            ("closed", "已销号"),
                        ],
                        default="assigned",
                        max_length=10,
                        verbose_name="进展",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已完成数量")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="销号日期")),
                ("levels", models.JSONField(blank=True, default=dict, verbose_name="底册数")),
                (
                    "giver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                        verbose_name="调出学校",
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
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                "verbose_name": "整改任务",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_improvementtask_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LockedEvaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="评估")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("version", models.PositiveSmallIntegerField(verbose_name="版次")),
                ("on", models.DateField(verbose_name="截至日期")),
                ("known", models.DateField(null=True, verbose_name="已知截至")),
                ("locked_at", models.DateTimeField(verbose_name="锁定时间")),
                ("reason", models.CharField(max_length=400, verbose_name="理由")),
                ("content", models.TextField(verbose_name="内容（JSON）")),
                ("content_hash", models.CharField(max_length=64, verbose_name="校验值")),
                ("form", models.BinaryField(verbose_name="申报表")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="锁定人",
                    ),
                ),
            ],
            options={
                "verbose_name": "锁定的评估",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "year", "version"), name="one_locked_evaluation_per_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MonitoringResult",
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
                    "subject",
                    models.CharField(
                        choices=[
                            ("chinese", "语文"),
                            ("mathematics", "数学"),
                            ("science", "科学"),
                            ("sports", "体育"),
                            ("arts", "艺术"),
                            ("morals", "德育"),
                        ],
                        max_length=12,
                        verbose_name="科目",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("1", "Ⅰ"), ("2", "Ⅱ"), ("3", "Ⅲ"), ("4", "Ⅳ")],
                        max_length=2,
                        verbose_name="学业水平等级",
                    ),
                ),
                ("difference", models.FloatField(blank=True, null=True, verbose_name="校际差异率")),
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
                "verbose_name": "国家质量监测结果",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_monitoringresult_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanDocument",
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
                ("kind", models.CharField(max_length=40, verbose_name="类别")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
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
                "verbose_name": "制度与规划文件",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="delivery_plandocument_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_plandocument_one_live_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreschoolStatement",
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
                ("subject", models.CharField(max_length=10, verbose_name="条目")),
                (
                    "conclusion",
                    models.CharField(
                        choices=[("holds", "符合"), ("fails", "不符合")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=1000, verbose_name="简要结论")),
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
                "verbose_name": "普及普惠条目结论",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_preschoolstatement_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectReview",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("opening", "开题"), ("midterm", "中期"), ("closing", "结题")],
                        max_length=10,
                        verbose_name="环节",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_reviews",
                        to="records.item",
                        verbose_name="课题",
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
                "verbose_name": "课题论证",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_projectreview_one_live_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecognitionSurvey",
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
                    "group",
                    models.CharField(
                        choices=[("all", "计"), ("parents", "其中：家长")],
                        max_length=10,
                        verbose_name="对象",
                    ),
                ),
                ("sent", models.PositiveIntegerField(verbose_name="问卷总数")),
                ("valid", models.PositiveIntegerField(verbose_name="回收有效问卷数")),
                ("satisfied", models.PositiveIntegerField(verbose_name="满意问卷数")),
                (
                    "visited",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="实地走访人数"),
                ),
                (
                    "visited_satisfied",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="走访满意人数"),
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
                "verbose_name": "社会认可度调查结果",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_recognitionsurvey_one_live_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("satisfied__lte", models.F("valid")), ("valid__lte", models.F("sent"))
                        ),
                        name="recognition_satisfied_within_valid_within_sent",
                        violation_error_message="满意问卷数不多于有效问卷数，有效问卷数不多于总数。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResearchProject",
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
                ("title", models.CharField(max_length=120, verbose_name="题目")),
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
                "verbose_name": "课题",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="delivery_researchproject_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_researchproject_one_live_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SatisfactionSurvey",
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
                ("respondents", models.PositiveIntegerField(verbose_name="有效问卷")),
                ("satisfied", models.PositiveIntegerField(verbose_name="满意")),
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
                "verbose_name": "满意度调查",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("item",),
                        name="delivery_satisfactionsurvey_one_live_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("satisfied__lte", models.F("respondents"))),
                        name="satisfied_within_respondents",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="survey_closes_after_it_opens",
                violation_error_message="截止日期不应早于开始日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opened_at", None), ("drawn_at__isnull", False), _connector="OR"
                ),
                name="survey_is_drawn_before_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at", None), ("opened_at__isnull", False), _connector="OR"
                ),
                name="survey_is_open_before_it_closes",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveystratum",
            constraint=models.UniqueConstraint(
                fields=("survey", "key"), name="one_stratum_per_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveystratum",
            constraint=models.CheckConstraint(
                condition=models.Q(("sampled__lte", models.F("population"))),
                name="stratum_samples_no_more_than_there_are",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveycode",
            constraint=models.UniqueConstraint(
                fields=("stratum", "serial"), name="one_code_per_serial"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyunit",
            constraint=models.UniqueConstraint(
                fields=("stratum", "subject_key"), name="unit_drawn_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="tasknominee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("item", "staff"),
                name="one_live_nomination",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenjudgement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("item",),
                name="delivery_writtenjudgement_one_live_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearspending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("item",),
                name="delivery_yearspending_one_live_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearspending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("year",),
                name="one_spending_per_year",
            ),
        ),
    ]
