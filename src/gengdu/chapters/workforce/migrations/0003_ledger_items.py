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
    "workforce_preservicetraining": "preservice_trainings",
    "workforce_subjectquota": "subject_quotas",
    "workforce_degreestudy": "degree_studies",
    "workforce_programmeselection": "programme_selections",
    "workforce_medicalcheck": "medical_checks",
    "workforce_titleruleweight": "title_rule_weights",
}


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.AddField("preservicetraining", "item", item_field(null=True)),
        migrations.AddField("subjectquota", "item", item_field(null=True)),
        migrations.AddField("degreestudy", "item", item_field(null=True)),
        migrations.AddField("programmeselection", "item", item_field(null=True)),
        migrations.AddField("medicalcheck", "item", item_field(null=True)),
        migrations.AddField("titleruleweight", "item", item_field(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AlterField("preservicetraining", "item", item_field()),
        migrations.AlterField("preservicetraining", "state", STATE),
        migrations.AddConstraint(
            "preservicetraining", one_live_row("workforce", "preservicetraining")
        ),
        migrations.AddField("subjectquota", "revoked_on", REVOKED_ON),
        migrations.AlterField("subjectquota", "item", item_field()),
        migrations.AlterField("subjectquota", "state", STATE),
        migrations.AddConstraint("subjectquota", one_live_row("workforce", "subjectquota")),
        migrations.AddField("degreestudy", "revoked_on", REVOKED_ON),
        migrations.AlterField("degreestudy", "item", item_field()),
        migrations.AlterField("degreestudy", "state", STATE),
        migrations.AddConstraint("degreestudy", one_live_row("workforce", "degreestudy")),
        migrations.AlterField("programmeselection", "item", item_field()),
        migrations.AlterField("programmeselection", "state", STATE),
        migrations.AddConstraint(
            "programmeselection", one_live_row("workforce", "programmeselection")
        ),
        migrations.AlterField("medicalcheck", "item", item_field()),
        migrations.AlterField("medicalcheck", "state", STATE),
        migrations.AddConstraint("medicalcheck", one_live_row("workforce", "medicalcheck")),
        migrations.AddField("titleruleweight", "revoked_on", REVOKED_ON),
        migrations.AlterField("titleruleweight", "item", item_field()),
        migrations.AlterField("titleruleweight", "state", STATE),
        migrations.AddConstraint("titleruleweight", one_live_row("workforce", "titleruleweight")),
    ]
