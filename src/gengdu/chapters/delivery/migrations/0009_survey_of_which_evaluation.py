"""Surveys of recognition say for which evaluation they are; those there were for 优质均衡."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0001_squashed_0008_surveys"),
    ]

    operations = [
        migrations.AddField(
            model_name="recognitionsurvey",
            name="evaluation",
            field=models.CharField(
                choices=[("quality_balance", "优质均衡"), ("universal_preschool", "普及普惠")],
                default="quality_balance",
                max_length=20,
                verbose_name="评估",
            ),
            preserve_default=False,
        ),
    ]
