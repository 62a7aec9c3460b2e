import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("records", "0001_initial"),
        ("records", "0002_registers_complete"),
        ("records", "0003_imports"),
        ("records", "0004_several_counters"),
        ("records", "0005_who_confirmed_a_batch"),
        ("records", "0006_ledger_items"),
        ("records", "0007_change_of_evidence"),
    ]

    initial = True

    dependencies = [
        ("access", "0001_squashed_0004_stand_ins"),
    ]

    operations = [
        # PostgreSQL alone: the overlap rules compare plain columns inside a gist index.
        BtreeGistExtension(),
        migrations.CreateModel(
            name="SampleDistrict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scale", models.PositiveIntegerField()),
                ("seed", models.BigIntegerField()),
                ("last_day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="TableRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(db_index=True, max_length=100)),
                ("revision", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("edit", "修改"),
                            ("bulk_edit", "批量修改"),
                            ("import", "导入"),
                            ("school_event", "学校变动"),
                            ("turnover", "学年升级"),
                            ("approval", "审批"),
                            ("evidence", "证明材料"),
                            ("undo", "撤销"),
                        ],
                        max_length=12,
                        verbose_name="操作",
                    ),
                ),
                ("register", models.CharField(max_length=40, verbose_name="底册")),
                ("summary", models.CharField(max_length=200, verbose_name="内容")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("counts", models.JSONField(default=dict, verbose_name="条数")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="records.change",
                        verbose_name="撤销的操作",
                    ),
                ),
            ],
            options={
                "verbose_name": "操作",
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ledger", models.CharField(max_length=40, verbose_name="台账")),
                (
                    "carries_on",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_on_in",
                        to="records.item",
                        verbose_name="承接自",
                    ),
                ),
            ],
            options={
                "verbose_name": "台账条目",
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submit", "提交"),
                            ("pass", "同意"),
                            ("return", "退回"),
                            ("withdraw", "撤回"),
                            ("reopen", "重新打开"),
                            ("revoke", "撤销"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                (
                    "before",
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
                        max_length=10,
                        verbose_name="办理前",
                    ),
                ),
                (
                    "after",
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
                        max_length=10,
                        verbose_name="办理后",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="意见")),
                ("due_on", models.DateField(null=True, verbose_name="期限")),
                ("is_own", models.BooleanField(default=False, verbose_name="本人提交")),
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
                        related_name="steps",
                        to="records.item",
                        verbose_name="条目",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批步骤",
            },
        ),
        migrations.CreateModel(
            name="HeaderMemory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("column", models.CharField(blank=True, max_length=60)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "register", "name"), name="one_memory_per_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40, verbose_name="底册")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "已上传，待对应列名"),
                            ("reading", "正在读取和核对"),
                            ("previewed", "待确认"),
                            ("writing", "正在写入"),
                            ("done", "已导入"),
                            ("undone", "已撤销"),
                            ("failed", "未完成"),
                            ("cancelled", "已放弃"),
                        ],
                        default="uploaded",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="文件摘要")),
                ("sheet", models.CharField(blank=True, max_length=100, verbose_name="工作表")),
                ("mapping", models.JSONField(default=dict, verbose_name="列名对应")),
                ("school", models.BigIntegerField(null=True, verbose_name="未写学校的行属于")),
                ("on", models.DateField(verbose_name="数据截至日期")),
                (
                    "mode",
                    models.CharField(default="change", max_length=10, verbose_name="差异的含义"),
                ),
                ("counts", models.JSONField(default=dict, verbose_name="行数")),
                ("actor", models.JSONField(default=dict, verbose_name="确认人")),
                ("message", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
                (
                    "change",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch",
                        to="records.change",
                        verbose_name="操作",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入批次",
                "indexes": [
                    models.Index(fields=["account", "-uploaded_at"], name="batches_of_account")
                ],
            },
        ),
    ]
