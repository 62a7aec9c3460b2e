import django.db.models.deletion
import gengdu.records.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("schools", "0001_initial"),
        ("schools", "0002_registers_complete"),
        ("schools", "0003_schools_change_their_code"),
        ("schools", "0004_reported_counts_apart"),
    ]

    initial = True

    dependencies = [
        ("places", "0001_squashed_0002_registers_complete"),
        ("records", "0001_squashed_0007_change_of_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="School",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_sample", models.BooleanField(default=False, verbose_name="示例")),
            ],
            options={
                "verbose_name": "学校",
            },
        ),
        migrations.CreateModel(
            name="SchoolEvent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "设立"),
                            ("closed", "撤销"),
                            ("merged", "并入他校"),
                            ("split", "分设新校"),
                            ("renamed", "更名"),
                            ("moved", "迁址"),
                            ("recoded", "变更类型或标识码"),
                        ],
                        max_length=10,
                        verbose_name="事件",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
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
                        related_name="events",
                        to="schools.school",
                        verbose_name="学校",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                        verbose_name="承接学校",
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
                "verbose_name": "学校变动",
            },
        ),
        migrations.CreateModel(
            name="CountyReport",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "primary_funds_per_pupil_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="规定的小学生均公用经费标准（元）"
                    ),
                ),
                (
                    "junior_funds_per_pupil_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="规定的初中生均公用经费标准（元）"
                    ),
                ),
                (
                    "special_school_funds_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="特殊教育学校经费总额（元）"
                    ),
                ),
                (
                    "special_school_pupils",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="特殊教育学校学生（人）"
                    ),
                ),
                (
                    "teacher_pay_yuan",
                    models.FloatField(
                        blank=True,
                        null=True,
                        verbose_name="上年度义务教育学校教师年平均工资收入（元，不含民办）",
                    ),
                ),
                (
                    "civil_servant_pay_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="当地公务员年平均工资收入（元）"
                    ),
                ),
                (
                    "exchange_eligible_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="符合交流条件教师（人）"
                    ),
                ),
                (
                    "exchanged_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="实际交流轮岗教师（人）"
                    ),
                ),
                (
                    "exchanged_lead_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="实际交流骨干教师（人）"
                    ),
                ),
                (
                    "good_senior_places",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="优质高中招生计划（人）"
                    ),
                ),
                (
                    "good_senior_places_allotted",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="优质高中招生分配指标（人）"
                    ),
                ),
                (
                    "good_senior_places_rural",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="向农村学校分配指标（人）"
                    ),
                ),
                (
                    "migrant_children_eligible",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="符合条件的随迁子女（人）"
                    ),
                ),
                (
                    "migrant_children_public",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="在公办学校就读的随迁子女（人）"
                    ),
                ),
                (
                    "migrant_children_bought",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="在政府购买服务的民办学校就读的随迁子女（人）",
                    ),
                ),
                (
                    "disabled_children",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="适龄残疾儿童少年（人）"
                    ),
                ),
                (
                    "disabled_children_enrolled",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="适龄残疾儿童少年入学（人）"
                    ),
                ),
                (
                    "disabled_in_special_schools",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="其中在特殊教育学校就读（人）"
                    ),
                ),
                (
                    "population_10k",
                    models.FloatField(blank=True, null=True, verbose_name="常住人口总数（万人）"),
                ),
                (
                    "rural_population_10k",
                    models.FloatField(blank=True, null=True, verbose_name="农业人口数（万人）"),
                ),
                (
                    "administrative_villages",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="行政村数（个）"
                    ),
                ),
                (
                    "product_per_person_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="年人均国内生产总值（元）"
                    ),
                ),
                (
                    "revenue_per_person_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="年人均地方财政收入（元）"
                    ),
                ),
                (
                    "farmer_income_yuan",
                    models.FloatField(blank=True, null=True, verbose_name="农民年人均纯收入（元）"),
                ),
                (
                    "resident_income_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="城镇居民年人均可支配收入（元）"
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
                "verbose_name": "区县年报",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("year",),
                        name="one_county_report_per_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FacilityReport",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="学年（起始年）")),
                (
                    "teaching_area_m2",
                    models.FloatField(
                        blank=True, null=True, verbose_name="教学及辅助用房面积（㎡）"
                    ),
                ),
                (
                    "indoor_sports_area_m2",
                    models.FloatField(blank=True, null=True, verbose_name="室内体育用房面积（㎡）"),
                ),
                (
                    "sports_area_m2",
                    models.FloatField(blank=True, null=True, verbose_name="体育运动场馆面积（㎡）"),
                ),
                (
                    "equipment_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="教学仪器设备值（元，账面原值）"
                    ),
                ),
                (
                    "multimedia_rooms",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="网络多媒体教室（间）"
                    ),
                ),
                (
                    "school_bandwidth_mbps",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="进校带宽（Mbps）"
                    ),
                ),
                (
                    "class_bandwidth_mbps",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="进班带宽（Mbps）"
                    ),
                ),
                (
                    "recording_classrooms",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="录播室（间）"
                    ),
                ),
                (
                    "on_sky_classroom",
                    models.BooleanField(blank=True, null=True, verbose_name="已对接空中课堂"),
                ),
                (
                    "planned_by_2010",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="2010年及之前规划并建成"
                    ),
                ),
                (
                    "planned_by_2016",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="2016年及之前规划并建成"
                    ),
                ),
                (
                    "in_dense_centre",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="人口密度过高的大城市中心城区学校"
                    ),
                ),
                (
                    "migrant_worker_children",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="进城务工人员随迁子女在校生（人）"
                    ),
                ),
                (
                    "primary_in_zone",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="家庭住址在划片范围内的小学生（人）"
                    ),
                ),
                (
                    "junior_in_zone",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="家庭住址在划片范围内的初中生（人）"
                    ),
                ),
                (
                    "gymnasium_area_m2",
                    models.FloatField(blank=True, null=True, verbose_name="体育馆面积（㎡）"),
                ),
                (
                    "outdoor_sports_area_m2",
                    models.FloatField(blank=True, null=True, verbose_name="校内体育场面积（㎡）"),
                ),
                (
                    "leased_sports_area_m2",
                    models.FloatField(blank=True, null=True, verbose_name="校外租赁场馆面积（㎡）"),
                ),
                (
                    "other_sports_area_m2",
                    models.FloatField(
                        blank=True, null=True, verbose_name="校内其他体育场面积（㎡）"
                    ),
                ),
                (
                    "music_rooms",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="音乐教室（间）"
                    ),
                ),
                (
                    "music_rooms_from_96_m2",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="单间面积≥96㎡的音乐教室（间）"
                    ),
                ),
                (
                    "music_rooms_from_73_m2",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="73㎡≤单间面积＜96㎡的音乐教室（间）"
                    ),
                ),
                (
                    "music_rooms_from_61_m2",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="61㎡≤单间面积＜73㎡的音乐教室（间）"
                    ),
                ),
                (
                    "art_rooms",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="美术教室（间）"
                    ),
                ),
                (
                    "art_rooms_from_90_m2",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="单间面积≥90㎡的美术教室（间）"
                    ),
                ),
                (
                    "art_rooms_from_67_m2",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="67㎡≤单间面积＜90㎡的美术教室（间）"
                    ),
                ),
                (
                    "art_rooms_from_61_m2",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="61㎡≤单间面积＜67㎡的美术教室（间）"
                    ),
                ),
                (
                    "public_funds_budget_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="上一年度公用经费预算总额（元）"
                    ),
                ),
                (
                    "public_funds_spent_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="上一年度公用经费决算总额（元）"
                    ),
                ),
                (
                    "training_budget_yuan",
                    models.FloatField(
                        blank=True, null=True, verbose_name="上一年度教师培训经费预算总额（元）"
                    ),
                ),
                (
                    "visiting_pe_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="体育交流轮岗/兼职/走教教师（人）"
                    ),
                ),
                (
                    "visiting_music_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="音乐交流轮岗/兼职/走教教师（人）"
                    ),
                ),
                (
                    "visiting_art_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="美术交流轮岗/兼职/走教教师（人）"
                    ),
                ),
                (
                    "visiting_arts_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="艺术交流轮岗/兼职/走教教师（人）"
                    ),
                ),
                (
                    "graduates",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="本届毕业学生（人）"
                    ),
                ),
                (
                    "graduates_first_year",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="毕业年级初一时在校学生（人）"
                    ),
                ),
                (
                    "graduates_moved_in",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="毕业年级三年转入学生（人）"
                    ),
                ),
                (
                    "graduates_moved_out",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="毕业年级三年转出学生（人）"
                    ),
                ),
                (
                    "graduates_died",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="毕业年级三年死亡学生（人）"
                    ),
                ),
                (
                    "is_small_rural_school",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="50人及以上不足100人的乡村小规模学校和教学点",
                    ),
                ),
                (
                    "has_small_classes_only",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="最大班额低于30人的农村小规模学校"
                    ),
                ),
                (
                    "reported_primary_pupils",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="小学生（人，上报）"
                    ),
                ),
                (
                    "reported_junior_pupils",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="初中生（人，上报）"
                    ),
                ),
                (
                    "reported_classes",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="班级总数（个，上报）"
                    ),
                ),
                (
                    "reported_classes_to_25",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="25人及以下的班（个，上报）"
                    ),
                ),
                (
                    "reported_classes_26_30",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="26至30人的班（个，上报）"
                    ),
                ),
                (
                    "reported_classes_31_35",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="31至35人的班（个，上报）"
                    ),
                ),
                (
                    "reported_classes_36_40",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="36至40人的班（个，上报）"
                    ),
                ),
                (
                    "reported_classes_41_45",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="41至45人的班（个，上报）"
                    ),
                ),
                (
                    "reported_classes_46_50",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="46至50人的班（个，上报）"
                    ),
                ),
                (
                    "reported_classes_51_55",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="51至55人的班（个，上报）"
                    ),
                ),
                (
                    "reported_classes_56_60",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="56至60人的班（个，上报）"
                    ),
                ),
                (
                    "reported_classes_61_65",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="61至65人的班（个，上报）"
                    ),
                ),
                (
                    "reported_classes_from_66",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="66人及以上的班（个，上报）"
                    ),
                ),
                (
                    "reported_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="专任教师（人，上报）"
                    ),
                ),
                (
                    "reported_college_primary",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="专科学历小学教师（人，上报）"
                    ),
                ),
                (
                    "reported_bachelor_primary",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="本科学历小学教师（人，上报）"
                    ),
                ),
                (
                    "reported_bachelor_junior",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="本科学历初中教师（人，上报）"
                    ),
                ),
                (
                    "reported_master_primary",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="硕士学历小学教师（人，上报）"
                    ),
                ),
                (
                    "reported_master_junior",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="硕士学历初中教师（人，上报）"
                    ),
                ),
                (
                    "reported_doctor_primary",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="博士学历小学教师（人，上报）"
                    ),
                ),
                (
                    "reported_doctor_junior",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="博士学历初中教师（人，上报）"
                    ),
                ),
                (
                    "reported_lead_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="县级及以上骨干教师（人，上报）"
                    ),
                ),
                (
                    "reported_certified_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="持教师资格证的专任教师（人，上报）"
                    ),
                ),
                (
                    "reported_trained_teachers",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="近5年培训满360学时的专任教师（人，上报）",
                    ),
                ),
                (
                    "reported_pe_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="体育专任教师（人，上报）"
                    ),
                ),
                (
                    "reported_music_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="音乐专任教师（人，上报）"
                    ),
                ),
                (
                    "reported_art_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="美术专任教师（人，上报）"
                    ),
                ),
                (
                    "reported_arts_teachers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="艺术专任教师（人，上报）"
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
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facilities",
                        to="schools.school",
                        verbose_name="学校",
                    ),
                ),
            ],
            options={
                "verbose_name": "办学条件年报",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("school", "year"),
                        name="one_facility_report_per_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Campus",
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
                ("name", models.CharField(max_length=60, verbose_name="校区")),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="地址")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
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
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campuses",
                        to="schools.school",
                        verbose_name="学校",
                    ),
                ),
            ],
            options={
                "verbose_name": "校区",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="schools_campus_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school", "name"], name="one_campus_per_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolClass",
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
                    "stage",
                    models.CharField(
                        choices=[("preschool", "学前"), ("primary", "小学"), ("junior", "初中")],
                        max_length=10,
                        verbose_name="学段",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(verbose_name="年级（学段内）")),
                ("class_number", models.PositiveSmallIntegerField(verbose_name="班")),
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
                        related_name="classes",
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
                "verbose_name": "班级",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="schools_schoolclass_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school", "stage", "grade", "class_number"],
                        name="one_class_per_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolProfile",
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
                ("name", models.CharField(max_length=80, verbose_name="校名")),
                (
                    "identifier",
                    models.CharField(blank=True, max_length=10, verbose_name="学校标识码"),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("kindergarten", "幼儿园"),
                            ("primary", "小学"),
                            ("junior", "初级中学"),
                            ("nine_year", "九年一贯制学校"),
                            ("twelve_year", "十二年一贯制学校"),
                            ("complete_secondary", "完全中学"),
                            ("teaching_point", "教学点"),
                            ("special", "特殊教育学校"),
                        ],
                        max_length=20,
                        verbose_name="办学类型",
                    ),
                ),
                (
                    "sponsor",
                    models.CharField(
                        choices=[
                            ("1", "中央教育部门"),
                            ("2", "中央其他部门"),
                            ("3", "省级教育部门"),
                            ("4", "省级其他部门"),
                            ("5", "地级教育部门"),
                            ("6", "地级其他部门"),
                            ("7", "县级教育部门"),
                            ("8", "县级其他部门"),
                            ("9", "地方企业"),
                            ("10", "民办"),
                        ],
                        default="7",
                        max_length=2,
                        verbose_name="举办者类型",
                    ),
                ),
                (
                    "social_credit_code",
                    models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码"),
                ),
                (
                    "urban_rural_class",
                    models.CharField(blank=True, max_length=3, verbose_name="城乡分类代码"),
                ),
                ("in_plan", models.BooleanField(verbose_name="列入乡村学校名单")),
                ("at_town_seat", models.BooleanField(default=False, verbose_name="乡镇驻地学校")),
                ("is_public", models.BooleanField(default=True, verbose_name="公办")),
                ("school_system", models.CharField(max_length=20, verbose_name="学制")),
                ("has_boarding", models.BooleanField(blank=True, null=True, verbose_name="寄宿制")),
                (
                    "built_in",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="建校时间（年）"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="地址")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
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
                        related_name="profiles",
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
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="所在村居",
                    ),
                ),
            ],
            options={
                "verbose_name": "学校情况",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="schools_schoolprofile_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school"], name="one_profile_per_school"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolStage",
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
                    "stage",
                    models.CharField(
                        choices=[("preschool", "学前"), ("primary", "小学"), ("junior", "初中")],
                        max_length=10,
                        verbose_name="学段",
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
                        related_name="stages",
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
                "verbose_name": "学段",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="schools_schoolstage_ends_after_start",
                        violation_error_message="结束日应晚于起始日。",
                    ),
                    gengdu.records.constraints.NoOverlap(
                        fields=["school", "stage"], name="one_stage_per_school"
                    ),
                ],
            },
        ),
    ]
