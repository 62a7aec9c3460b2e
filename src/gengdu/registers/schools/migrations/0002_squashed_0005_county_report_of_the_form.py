import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("schools", "0005_county_report_of_the_form")]

    dependencies = [
        ("schools", "0001_squashed_0004_reported_counts_apart"),
        ("staff", "0001_squashed_0004_schooling_as_reported"),
    ]

    operations = [
        migrations.AddField(
            model_name="schoolclass",
            name="homeroom_teacher",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.staff",
                verbose_name="班主任",
            ),
        ),
    ]
