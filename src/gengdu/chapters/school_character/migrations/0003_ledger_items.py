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
    "school_character_distinctiveschool": "distinctive_schools",
    "school_character_qualityresult": "quality_results",
    "school_character_laboursite": "labour_sites",
    "school_character_outofschoolbrand": "out_of_school_brands",
}


class Migration(migrations.Migration):
    dependencies = [
        ("school_character", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.AddField("distinctiveschool", "item", item_field(null=True)),
        migrations.AddField("qualityresult", "item", item_field(null=True)),
        migrations.AddField("laboursite", "item", item_field(null=True)),
        migrations.AddField("outofschoolbrand", "item", item_field(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField("distinctiveschool", "revoked_on", REVOKED_ON),
        migrations.AlterField("distinctiveschool", "item", item_field()),
        migrations.AlterField("distinctiveschool", "state", STATE),
        migrations.AddConstraint(
            "distinctiveschool", one_live_row("school_character", "distinctiveschool")
        ),
        migrations.AlterField("qualityresult", "item", item_field()),
        migrations.AlterField("qualityresult", "state", STATE),
        migrations.AddConstraint(
            "qualityresult", one_live_row("school_character", "qualityresult")
        ),
        migrations.AddField("laboursite", "revoked_on", REVOKED_ON),
        migrations.AlterField("laboursite", "item", item_field()),
        migrations.AlterField("laboursite", "state", STATE),
        migrations.AddConstraint("laboursite", one_live_row("school_character", "laboursite")),
        migrations.AddField("outofschoolbrand", "revoked_on", REVOKED_ON),
        migrations.AlterField("outofschoolbrand", "item", item_field()),
        migrations.AlterField("outofschoolbrand", "state", STATE),
        migrations.AddConstraint(
            "outofschoolbrand", one_live_row("school_character", "outofschoolbrand")
        ),
    ]
