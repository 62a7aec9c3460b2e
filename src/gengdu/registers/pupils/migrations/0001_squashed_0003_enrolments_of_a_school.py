import django.db.models.deletion
import gengdu.records.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("pupils", "0001_initial"),
        ("pupils", "0002_registers_complete"),
        ("pupils", "0003_enrolments_of_a_school"),
    ]

    initial = True

    dependencies = [
        ("places", "0001_squashed_0002_registers_complete"),
        ("records", "0001_squashed_0007_change_of_evidence"),
        ("schools", "0002_squashed_0005_county_report_of_the_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pupil",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pupil_code",
                    models.CharField(max_length=20, unique=True, verbose_name="学生编号"),
                ),
            ],
            options={
                "verbose_name": "学生",
            },
        ),
        migrations.CreateModel(
            name="Guardian",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="成员序号")),
                ("name", models.CharField(max_length=40, verbose_name="成员姓名")),
                ("relation", models.CharField(blank=True, max_length=20, verbose_name="关系")),
                (
                    "relation_note",
                    models.CharField(blank=True, max_length=40, verbose_name="关系说明"),
                ),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="现住址")),
                (
                    "household_place_code",
                    models.CharField(blank=True, max_length=12, verbose_name="户口所在地行政区划"),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                (
                    "identity_kind",
                    models.CharField(blank=True, max_length=2, verbose_name="身份证件类型"),
                ),
                (
                    "identity_number",
                    models.CharField(blank=True, max_length=18, verbose_name="身份证件号"),
                ),
                ("ethnicity", models.CharField(blank=True, max_length=20, verbose_name="民族")),
                ("employer", models.CharField(blank=True, max_length=80, verbose_name="工作单位")),
                ("post", models.CharField(blank=True, max_length=40, verbose_name="职务")),
                (
                    "is_guardian",
                    models.BooleanField(blank=True, null=True, verbose_name="是否监护人"),
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
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guardians",
                        to="pupils.pupil",
                        verbose_name="学生",
                    ),
                ),
            ],
            options={
                "verbose_name": "家庭成员",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("pupil", "position"),
                        name="one_live_guardian_per_position",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
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
                ("stage", models.CharField(max_length=10, verbose_name="学段")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="年级（学段内）")),
                ("class_number", models.PositiveSmallIntegerField(verbose_name="班")),
                ("campus_code", models.CharField(blank=True, max_length=20, verbose_name="校区号")),
                ("class_code", models.CharField(blank=True, max_length=30, verbose_name="班号")),
                (
                    "seat_number",
                    models.CharField(blank=True, max_length=20, verbose_name="班内学号"),
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
                        related_name="enrolments",
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
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="pupils.pupil",
                        verbose_name="学生",
                    ),
                ),
            ],
            options={
                "verbose_name": "在籍",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at", None)),
                        fields=["school", "ends_on", "starts_on"],
                        name="live_enrolments_of_a_school",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="pupils_enrolment_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["pupil"], name="one_enrolment_at_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PupilRecord",
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
                    "registry_number",
                    models.CharField(blank=True, max_length=19, verbose_name="学籍号"),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("sex", models.CharField(max_length=6, verbose_name="性别")),
                ("birth_date", models.DateField(verbose_name="出生日期")),
                (
                    "identity_number",
                    models.CharField(blank=True, max_length=18, verbose_name="身份证件号"),
                ),
                (
                    "name_sound",
                    models.CharField(blank=True, max_length=200, verbose_name="姓名拼音"),
                ),
                (
                    "identity_kind",
                    models.CharField(blank=True, max_length=2, verbose_name="身份证件类型"),
                ),
                (
                    "identity_valid_until",
                    models.CharField(blank=True, max_length=20, verbose_name="身份证件有效期"),
                ),
                (
                    "registry_auxiliary",
                    models.CharField(blank=True, max_length=40, verbose_name="学籍辅号"),
                ),
                ("former_name", models.CharField(blank=True, max_length=40, verbose_name="曾用名")),
                (
                    "birthplace_code",
                    models.CharField(blank=True, max_length=12, verbose_name="出生地行政区划代码"),
                ),
                ("native_place", models.CharField(blank=True, max_length=40, verbose_name="籍贯")),
                ("ethnicity", models.CharField(blank=True, max_length=20, verbose_name="民族")),
                (
                    "nationality",
                    models.CharField(blank=True, max_length=3, verbose_name="国籍/地区"),
                ),
                (
                    "overseas_kind",
                    models.CharField(blank=True, max_length=2, verbose_name="港澳台侨外"),
                ),
                ("health", models.CharField(blank=True, max_length=20, verbose_name="健康状况")),
                (
                    "political_status",
                    models.CharField(blank=True, max_length=20, verbose_name="政治面貌"),
                ),
                (
                    "household_kind",
                    models.CharField(blank=True, max_length=2, verbose_name="户口性质"),
                ),
                (
                    "household_place_code",
                    models.CharField(blank=True, max_length=12, verbose_name="户口所在地行政区划"),
                ),
                (
                    "current_address",
                    models.CharField(blank=True, max_length=120, verbose_name="现住址"),
                ),
                (
                    "postal_address",
                    models.CharField(blank=True, max_length=120, verbose_name="通信地址"),
                ),
                (
                    "family_address",
                    models.CharField(blank=True, max_length=120, verbose_name="家庭地址"),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("postcode", models.CharField(blank=True, max_length=6, verbose_name="邮政编码")),
                ("email", models.CharField(blank=True, max_length=80, verbose_name="电子信箱")),
                ("homepage", models.CharField(blank=True, max_length=120, verbose_name="主页地址")),
                ("blood_type", models.CharField(blank=True, max_length=10, verbose_name="血型")),
                ("talent", models.CharField(blank=True, max_length=60, verbose_name="特长")),
                ("entered_on", models.DateField(blank=True, null=True, verbose_name="入学年月")),
                ("entry_mode", models.CharField(blank=True, max_length=4, verbose_name="入学方式")),
                ("origin", models.CharField(blank=True, max_length=20, verbose_name="学生来源")),
                (
                    "is_only_child",
                    models.BooleanField(blank=True, null=True, verbose_name="是否独生子女"),
                ),
                (
                    "had_preschool",
                    models.BooleanField(blank=True, null=True, verbose_name="是否受过学前教育"),
                ),
                (
                    "home",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="居住村居",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="pupils.pupil",
                        verbose_name="学生",
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
                "verbose_name": "学生情况",
                "indexes": [
                    models.Index(fields=["identity_number"], name="pupil_identity_number"),
                    models.Index(fields=["registry_number"], name="pupil_registry_number"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("pupil",),
                        name="one_live_pupil_record",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PupilSituation",
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
                ("boarding", models.CharField(blank=True, max_length=2, verbose_name="就读方式")),
                (
                    "left_behind",
                    models.CharField(blank=True, max_length=2, verbose_name="是否留守儿童"),
                ),
                (
                    "is_rural_left_behind",
                    models.BooleanField(blank=True, null=True, verbose_name="是否农村留守儿童"),
                ),
                (
                    "is_disabled",
                    models.BooleanField(blank=True, null=True, verbose_name="是否残疾人"),
                ),
                (
                    "disability_kind",
                    models.CharField(blank=True, max_length=20, verbose_name="残疾类型"),
                ),
                (
                    "in_inclusive_placement",
                    models.BooleanField(blank=True, null=True, verbose_name="随班就读"),
                ),
                (
                    "applies_for_aid",
                    models.BooleanField(blank=True, null=True, verbose_name="是否需要申请资助"),
                ),
                (
                    "receives_subsidy",
                    models.BooleanField(blank=True, null=True, verbose_name="是否享受一补"),
                ),
                ("is_orphan", models.BooleanField(blank=True, null=True, verbose_name="是否孤儿")),
                (
                    "is_martyr_child",
                    models.BooleanField(blank=True, null=True, verbose_name="是否烈士或优抚子女"),
                ),
                (
                    "is_migrant_child",
                    models.BooleanField(blank=True, null=True, verbose_name="是否随迁子女"),
                ),
                (
                    "is_migrant_worker_child",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="是否进城务工人员随迁子女"
                    ),
                ),
                (
                    "has_bought_place",
                    models.BooleanField(blank=True, null=True, verbose_name="是否由政府购买学位"),
                ),
                (
                    "travel_km",
                    models.FloatField(blank=True, null=True, verbose_name="上下学距离（公里）"),
                ),
                (
                    "travel_mode",
                    models.CharField(blank=True, max_length=20, verbose_name="上下学方式"),
                ),
                (
                    "needs_school_bus",
                    models.BooleanField(blank=True, null=True, verbose_name="是否需要乘坐校车"),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situations",
                        to="pupils.pupil",
                        verbose_name="学生",
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
                "verbose_name": "学生生活情况",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="pupils_pupilsituation_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["pupil"], name="one_situation_at_once"
                    ),
                ],
            },
        ),
    ]
