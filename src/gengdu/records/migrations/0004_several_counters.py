from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a table have several counters; the rows are made again after migrating."""

    dependencies = [
        ("records", "0003_imports"),
    ]

    operations = [
        migrations.DeleteModel(name="TableRevision"),
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
    ]
