import django.db.models.deletion
import gengdu.records.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("bodies", "0001_initial"), ("bodies", "0002_registers_complete")]

    initial = True

    dependencies = [
        ("places", "0001_squashed_0002_registers_complete"),
        ("records", "0001_squashed_0007_change_of_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60, unique=True, verbose_name="标识")),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="places.place",
                        verbose_name="所辖镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "责任单位",
            },
        ),
        migrations.CreateModel(
            name="BodyAlias",
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
                ("alias", models.CharField(max_length=60, verbose_name="别称")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aliases",
                        to="bodies.body",
                        verbose_name="单位",
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
                "verbose_name": "单位别称",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("body", "alias"),
                        name="alias_once_per_body",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BodyName",
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
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="bodies.body",
                        verbose_name="单位",
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
                "verbose_name": "单位名称",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="bodies_bodyname_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(fields=["body"], name="one_body_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BodyOfficer",
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
                    "duty",
                    models.CharField(
                        choices=[("leader", "分管领导"), ("liaison", "联络员")],
                        max_length=10,
                        verbose_name="职责",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("post", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officers",
                        to="bodies.body",
                        verbose_name="单位",
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
                "verbose_name": "单位联系人",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="bodies_bodyofficer_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["body", "duty", "name"], name="one_duty_at_once"
                    ),
                ],
            },
        ),
    ]
