import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("web", "0001_saved_views"),
        ("web", "0002_exports"),
        ("web", "0003_form_drafts"),
        ("web", "0004_packages_in_the_background"),
    ]

    initial = True

    dependencies = [
        ("access", "0001_squashed_0004_stand_ins"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40, verbose_name="底册")),
                ("thing", models.BigIntegerField(default=0, verbose_name="记录")),
                ("cells", models.JSONField(default=dict, verbose_name="已填的内容")),
                ("seen", models.CharField(blank=True, max_length=200)),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
            ],
            options={
                "verbose_name": "未登记的草稿",
                "indexes": [models.Index(fields=["register", "thing"], name="drafts_of_a_thing")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "register", "thing"), name="one_draft_of_a_form"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40, verbose_name="底册")),
                (
                    "form",
                    models.CharField(
                        choices=[("list", "名单"), ("package", "迎检资料包")],
                        default="list",
                        max_length=10,
                        verbose_name="形式",
                    ),
                ),
                ("ticked", models.JSONField(null=True, verbose_name="选中的记录")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "排队中"),
                            ("making", "正在生成"),
                            ("ready", "可以下载"),
                            ("failed", "未完成"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("query", models.JSONField(default=dict, verbose_name="条件和列")),
                ("on", models.DateField(verbose_name="截至")),
                ("known", models.DateField(null=True, verbose_name="按何日已知")),
                ("whole", models.BooleanField(default=False, verbose_name="号码完整")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                ("role", models.CharField(max_length=30)),
                ("scope_kind", models.CharField(max_length=10)),
                ("scope_key", models.BigIntegerField(null=True)),
                ("body_key", models.CharField(blank=True, max_length=60)),
                ("schools", models.JSONField(default=list)),
                ("digest", models.CharField(max_length=64)),
                ("revision", models.BigIntegerField(null=True)),
                ("rows", models.PositiveIntegerField(verbose_name="行数")),
                ("message", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                ("ready_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="看到的时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="导出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "导出",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "making"])),
                        fields=("account", "digest"),
                        name="one_export_of_a_kind_at_work",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40, verbose_name="底册")),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("query", models.JSONField(default=dict, verbose_name="条件和列")),
                (
                    "sharing",
                    models.CharField(
                        choices=[
                            ("own", "只有我"),
                            ("unit", "本单位"),
                            ("everybody", "能看这本底册的人"),
                        ],
                        default="own",
                        max_length=10,
                        verbose_name="谁能用",
                    ),
                ),
                ("scope_kind", models.CharField(blank=True, max_length=10)),
                ("scope_key", models.BigIntegerField(blank=True, null=True)),
                ("body_key", models.CharField(blank=True, max_length=60)),
                ("is_default", models.BooleanField(default=False, verbose_name="打开底册时先用")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
            ],
            options={
                "verbose_name": "视图",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "register", "name"),
                        name="one_view_of_a_name",
                        violation_error_message="您已有同名的视图，请换一个名称。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("account", "register"),
                        name="one_view_opens_first",
                    ),
                ],
            },
        ),
    ]
