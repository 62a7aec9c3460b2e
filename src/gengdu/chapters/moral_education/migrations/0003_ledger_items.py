"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations

from gengdu.records.migrating import (
    REVOKED_ON,
    STATE,
    give_items,
    item_field,
    one_live_row,
)

LEDGERS = {
    "moral_education_campustitle": "campus_titles",
    "moral_education_familystation": "family_stations",
    "moral_education_schoolplan": "school_plans",
}


class Migration(migrations.Migration):
    dependencies = [
        ("moral_education", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.AddField("campustitle", "item", item_field(null=True)),
        migrations.AddField("familystation", "item", item_field(null=True)),
        migrations.AddField("schoolplan", "item", item_field(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField("campustitle", "revoked_on", REVOKED_ON),
        migrations.AlterField("campustitle", "item", item_field()),
        migrations.AlterField("campustitle", "state", STATE),
        migrations.AddConstraint("campustitle", one_live_row("moral_education", "campustitle")),
        migrations.AddField("familystation", "revoked_on", REVOKED_ON),
        migrations.AlterField("familystation", "item", item_field()),
        migrations.AlterField("familystation", "state", STATE),
        migrations.AddConstraint("familystation", one_live_row("moral_education", "familystation")),
        migrations.AddField("schoolplan", "revoked_on", REVOKED_ON),
        migrations.AlterField("schoolplan", "item", item_field()),
        migrations.AlterField("schoolplan", "state", STATE),
        migrations.AddConstraint("schoolplan", one_live_row("moral_education", "schoolplan")),
    ]
