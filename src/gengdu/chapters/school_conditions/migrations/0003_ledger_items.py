"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations

from gengdu.records.constraints import NoOverlap
from gengdu.records.migrating import (
    REVOKED_ON,
    STATE,
    give_items,
    item_field,
    one_live_row,
)

LEDGERS = {
    "school_conditions_courseresource": "course_resources",
    "school_conditions_sharedlesson": "shared_lessons",
    "school_conditions_equipmentcheck": "equipment_checks",
    "school_conditions_sitingdossier": "siting_dossiers",
    "school_conditions_conditionresult": "condition_results",
}


class Migration(migrations.Migration):
    dependencies = [
        ("school_conditions", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.RemoveConstraint("conditionresult", "one_condition_result_at_once"),
        migrations.RenameField("conditionresult", "item", "criterion"),
        migrations.AddField("courseresource", "item", item_field(null=True)),
        migrations.AddField("sharedlesson", "item", item_field(null=True)),
        migrations.AddField("equipmentcheck", "item", item_field(null=True)),
        migrations.AddField("sitingdossier", "item", item_field(null=True)),
        migrations.AddField("conditionresult", "item", item_field(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField("courseresource", "revoked_on", REVOKED_ON),
        migrations.AlterField("courseresource", "item", item_field()),
        migrations.AlterField("courseresource", "state", STATE),
        migrations.AddConstraint(
            "courseresource", one_live_row("school_conditions", "courseresource")
        ),
        migrations.AlterField("sharedlesson", "item", item_field()),
        migrations.AlterField("sharedlesson", "state", STATE),
        migrations.AddConstraint("sharedlesson", one_live_row("school_conditions", "sharedlesson")),
        migrations.AddField("equipmentcheck", "revoked_on", REVOKED_ON),
        migrations.AlterField("equipmentcheck", "item", item_field()),
        migrations.AlterField("equipmentcheck", "state", STATE),
        migrations.AddConstraint(
            "equipmentcheck", one_live_row("school_conditions", "equipmentcheck")
        ),
        migrations.AlterField("sitingdossier", "item", item_field()),
        migrations.AlterField("sitingdossier", "state", STATE),
        migrations.AddConstraint(
            "sitingdossier", one_live_row("school_conditions", "sitingdossier")
        ),
        migrations.AddField("conditionresult", "revoked_on", REVOKED_ON),
        migrations.AlterField("conditionresult", "item", item_field()),
        migrations.AlterField("conditionresult", "state", STATE),
        migrations.AddConstraint(
            "conditionresult", one_live_row("school_conditions", "conditionresult")
        ),
        migrations.AddConstraint(
            "conditionresult",
            NoOverlap(fields=["school", "criterion"], name="one_condition_result_at_once"),
        ),
    ]
