import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("access", "0001_initial"),
        ("access", "0002_roles_and_bodies"),
        ("access", "0003_must_change_password"),
        ("access", "0004_stand_ins"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("district_admin", "区管理员"),
                            ("bureau_officer", "教育分局工作人员"),
                            ("body_officer", "其他责任单位工作人员"),
                            ("town_officer", "镇工作人员"),
                            ("school_head", "校长（园长）"),
                            ("school_clerk", "学校资料员"),
                            ("teacher", "教师"),
                            ("teaching_researcher", "教研员"),
                            ("inspector", "督学"),
                            ("case_worker", "个案工作人员"),
                            ("auditor", "审计员"),
                        ],
                        default="school_head",
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                ("title_zh", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                (
                    "scope_kind",
                    models.CharField(
                        choices=[
                            ("district", "全区"),
                            ("town", "镇"),
                            ("school", "学校"),
                            ("cases", "仅转办的个案"),
                        ],
                        default="school",
                        max_length=10,
                        verbose_name="查看范围",
                    ),
                ),
                (
                    "scope_key",
                    models.BigIntegerField(blank=True, null=True, verbose_name="范围编号"),
                ),
                ("body_key", models.SlugField(blank=True, max_length=60, verbose_name="责任单位")),
                ("is_demo", models.BooleanField(default=False, verbose_name="示例账号")),
                (
                    "must_change_password",
                    models.BooleanField(default=False, verbose_name="须先修改密码"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "succeeds",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="接替的账号",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="StandIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="起始日")),
                ("ends_on", models.DateField(verbose_name="结束日（不含）")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="提前结束时间"),
                ),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="离岗人",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "代办",
            },
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_key", None), ("scope_kind__in", ("town", "school")), _connector="OR"
                ),
                name="account_key_only_of_town_or_school",
                violation_error_message="查看范围为全区或个案时，不应再指定镇或学校。",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "body_officer"), _negated=True),
                    models.Q(("body_key", ""), _negated=True),
                    _connector="OR",
                ),
                name="account_of_a_body_names_it",
                violation_error_message="其他责任单位的账号须写明是哪个单位。",
            ),
        ),
        migrations.AddConstraint(
            model_name="standin",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                name="stand_in_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="standin",
            constraint=models.CheckConstraint(
                condition=models.Q(("absent", models.F("deputy")), _negated=True),
                name="nobody_stands_in_for_oneself",
            ),
        ),
    ]
