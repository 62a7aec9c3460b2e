import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_who_confirmed_a_batch"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("edit", "修改"),
                    ("bulk_edit", "批量修改"),
                    ("import", "导入"),
                    ("school_event", "学校变动"),
                    ("turnover", "学年升级"),
                    ("approval", "审批"),
                    ("undo", "撤销"),
                ],
                max_length=12,
                verbose_name="操作",
            ),
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
    ]
