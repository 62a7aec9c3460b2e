import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0002_exports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
    ]
