import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("quality", "0001_answers"), ("quality", "0002_ledger_items")]

    initial = True

    dependencies = [
        ("access", "0001_squashed_0004_stand_ins"),
        ("records", "0001_squashed_0007_change_of_evidence"),
        ("schools", "0002_squashed_0005_county_report_of_the_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
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
                ("check_key", models.SlugField(max_length=60, verbose_name="检查项")),
                ("subject_id", models.BigIntegerField(verbose_name="对象编号")),
                ("fingerprint", models.CharField(max_length=24, verbose_name="事实摘要")),
                ("told", models.CharField(max_length=300, verbose_name="当时的问题")),
                (
                    "kind",
                    models.CharField(
                        choices=[("change", "变更"), ("remove", "删除"), ("evidence", "佐证")],
                        max_length=10,
                        verbose_name="答复",
                    ),
                ),
                ("note", models.CharField(max_length=400, verbose_name="说明")),
                ("approved_by", models.CharField(blank=True, max_length=40, verbose_name="批准人")),
                ("answered_at", models.DateTimeField(verbose_name="答复时间")),
                (
                    "review_note",
                    models.CharField(blank=True, max_length=400, verbose_name="核验意见"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
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
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核验人",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
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
                "verbose_name": "问题答复",
                "indexes": [
                    models.Index(fields=["check_key", "subject_id"], name="answers_of_a_thing")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("check_key", "subject_id", "fingerprint"),
                        name="one_live_answer_per_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "remove"), _negated=True),
                            models.Q(("approved_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="removal_names_who_approved",
                        violation_error_message="删除须写明由谁批准。",
                    ),
                ],
            },
        ),
    ]
